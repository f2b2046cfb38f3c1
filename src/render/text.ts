import { LEVEL, type Operator, operatorOf, PRODUCT, REDUCTION } from '../language/precedence.ts';
import type { Call, Expr, IndexBinder, Name, Statement, Subscript } from '../language/tree.ts';
import { infinity, pi } from '../operators/constants.ts';
import { functions, notationOf } from '../operators/index.ts';
import { chainIn } from '../reading/chain.ts';
import { DERIVATIVE, isCall, PARTIAL, PARTIAL_DERIVATIVE } from '../reading/syntax.ts';

/**
 * How plain text is spelled. ASCII parses back to the same tree; Unicode is what people write; with indices below the
 * line it is what they write of entries, `Σ_j W_ij X_jk`.
 */
export type Spelling = 'ascii' | 'unicode' | 'indices';

/** A piece of output, or an expression still to be written at a place that binds this tightly. */
type Piece = string | Item;

interface Item {
  readonly expr: Expr;
  readonly level: number;
}

/** An expression as text. A loop with a stack of its own, so that depth is no limit. */
export function printExpr(root: Expr, spelling: Spelling = 'ascii'): string {
  const out: string[] = [];
  const stack: Piece[] = [{ expr: root, level: 0 }];
  while (stack.length > 0) {
    const piece = stack.pop()!;
    if (typeof piece === 'string') {
      out.push(piece);
      continue;
    }
    const { pieces, level } = layout(piece.expr, spelling);
    const wrapped = level < piece.level ? ['(', ...pieces, ')'] : pieces;
    for (let k = wrapped.length - 1; k >= 0; k--) stack.push(wrapped[k]!);
  }
  return out.join('');
}

interface Layout {
  readonly pieces: readonly Piece[];
  /** How tightly the whole binds. */
  readonly level: number;
}

const at = (expr: Expr, level: number): Piece => ({ expr, level });

function layout(expr: Expr, spelling: Spelling): Layout {
  if (spelling === 'ascii') return plain(expr, 'ascii');
  return (spelling === 'indices' ? byIndices(expr) : undefined) ?? unicode(expr);
}

const list = (exprs: readonly Expr[]): Piece[] => exprs.flatMap((e, k) => (k > 0 ? [', ', at(e, 0)] : [at(e, 0)]));

function plain(expr: Expr, spelling: Spelling): Layout {
  switch (expr.kind) {
    case 'number':
      return { pieces: [spelling === 'unicode' ? expr.text.replace(/^-/, '−') : expr.text], level: LEVEL.atom };
    case 'name':
      return { pieces: [nameText(expr, spelling)], level: LEVEL.atom };
    case 'bracket':
      return {
        pieces: ['[', ...expr.rows.flatMap((row, k) => [...(k > 0 ? ['; '] : []), ...list(row)]), ']'],
        level: LEVEL.atom,
      };
    case 'subscripted':
      return { pieces: [at(expr.target, LEVEL.atom), '[', ...subscriptList(expr.subscripts), ']'], level: LEVEL.atom };
    case 'indexed':
      return {
        pieces: [functionName(expr.callee, spelling), '[', ...binders(expr.indices), '](', ...list(expr.args), ')'],
        level: LEVEL.atom,
      };
    case 'call': {
      const operator = operatorOf(expr.callee, expr.args.length);
      if (operator && (spelling === 'unicode' || operator.ascii !== undefined)) return operation(operator, expr.args, spelling);
      return { pieces: [functionName(expr.callee, spelling), '(', ...list(expr.args), ')'], level: LEVEL.atom };
    }
  }
}

function operation(operator: Operator, args: readonly Expr[], spelling: Spelling): Layout {
  const sign = spelling === 'ascii' ? operator.ascii! : operator.unicode;
  const { level, fixity, callee } = operator;
  if (level === LEVEL.choice)
    return { pieces: [at(args[0]!, level + 1), ' ? ', at(args[1]!, level + 1), ' : ', at(args[2]!, level)], level };
  // −a·b is read as −(a·b): the sign covers the product after it.
  if (callee === '-' && fixity === 'prefix') return { pieces: [sign, at(args[0]!, LEVEL.product)], level: LEVEL.sum + 0.5 };
  if (fixity === 'prefix') return { pieces: [/^\p{L}/u.test(sign) ? `${sign} ` : sign, at(args[0]!, level)], level };
  if (fixity === 'postfix') return { pieces: [at(args[0]!, level), sign], level };
  if (callee === '+') return { pieces: sumPieces(args, spelling), level };
  const chain = callee === 'and' ? chainIn(args) : undefined;
  if (chain) return { pieces: chainPieces(chain, spelling), level: LEVEL.comparison };
  if (operator.grouping === 'right') return { pieces: [at(args[0]!, level + 1), sign, at(args[1]!, LEVEL.sign)], level };
  const gap = spaced(operator, spelling) ? ` ${sign} ` : sign;
  const pieces = args.flatMap((arg, k): Piece[] => {
    const item = looksDerived(operator, args, k) ? at(arg, LEVEL.atom + 1) : at(arg, operandLevel(operator, arg, k));
    return k > 0 ? [gap, item] : [item];
  });
  return { pieces, level };
}

/** `0 < x < 1`: what is compared twice stands once. */
function chainPieces([a, b]: readonly [Call, Call], spelling: Spelling): Piece[] {
  const sign = ({ callee }: Call): string => {
    const operator = operatorOf(callee, 2)!;
    return ` ${spelling === 'ascii' ? operator.ascii! : operator.unicode} `;
  };
  const side = (expr: Expr): Piece => at(expr, LEVEL.comparison + 1);
  return [side(a.args[0]!), sign(a), side(a.args[1]!), sign(b), side(b.args[1]!)];
}

const spaced = (operator: Operator, spelling: Spelling): boolean =>
  operator.level < LEVEL.product || (spelling === 'unicode' && ['.*', './'].includes(operator.callee));

/** d/dx of names is a quotient: with d/(dx) nobody takes it for a derivative. */
const looksDerived = ({ callee }: Operator, args: readonly Expr[], k: number): boolean => {
  const [above, below] = args;
  return (
    callee === '/' &&
    k === 1 &&
    above?.kind === 'name' &&
    below?.kind === 'name' &&
    /^[d∂]$/.test(above.name) &&
    /^[d∂]./u.test(below.name)
  );
};

/** The first operand may be of the same level; matrix and entrywise products within each other are set apart for the eye. */
function operandLevel({ level, callee, grouping }: Operator, arg: Expr, position: number): number {
  const entrywise = callee === '.*' || callee === './';
  if (entrywise && isCall(arg, '*') && !(arg.args.length === 2 && arg.args[0]!.kind === 'number')) return level + 1;
  if (callee === '*' && (isCall(arg, '.*') || isCall(arg, './'))) return level + 1;
  // a < b == c is a < b and b == c: a comparison of comparisons has them apart.
  return position === 0 && grouping !== 'chain' ? level : level + 1;
}

/** `a - b + c`: negated terms are subtracted. */
function sumPieces(terms: readonly Expr[], spelling: Spelling): Piece[] {
  const minus = spelling === 'ascii' ? '-' : '−';
  return terms.flatMap((term, k): Piece[] => {
    const negated = isCall(term, '-') && term.args.length === 1;
    if (k === 0) return [at(term, LEVEL.sum)];
    const own = negated ? term.args[0]! : term;
    // What a Σ at the end adds up ends with the line.
    const isLast = k === terms.length - 1 && spelling !== 'ascii' && isSummed(own);
    return [negated ? ` ${minus} ` : ' + ', at(own, isLast ? LEVEL.reduction : LEVEL.product)];
  });
}

/** Σ x, Σ x/m. */
const isSummed = (expr: Expr): boolean => isSum(isCall(expr, '/') ? expr.args[0]! : expr);

function subscriptList(subscripts: readonly Subscript[]): Piece[] {
  return subscripts.flatMap((s, k): Piece[] => [...(k > 0 ? [', '] : []), ...subscriptPieces(s)]);
}

function subscriptPieces(s: Subscript): Piece[] {
  if (s.kind === 'at') return [at(s.index, 0)];
  if (s.kind === 'binder') return binderPieces(s.index);
  return [...(s.from ? [at(s.from, LEVEL.sum)] : []), ':', ...(s.to ? [at(s.to, LEVEL.sum)] : [])];
}

const binders = (indices: readonly IndexBinder[]): Piece[] =>
  indices.flatMap((i, k) => [...(k > 0 ? [', '] : []), ...binderPieces(i)]);

const binderPieces = (i: IndexBinder): Piece[] =>
  i.from && i.to ? [`${i.name}=`, at(i.from, LEVEL.sum), ':', at(i.to, LEVEL.sum)] : [i.name];

/** Letters below the line, sums over them, and derivatives of entries by entries. */
function byIndices(expr: Expr): Layout | undefined {
  if (expr.kind === 'subscripted') {
    const letters = expr.subscripts.map((s) => (s.kind === 'at' && s.index.kind === 'name' ? s.index.name : undefined));
    if (letters.includes(undefined)) return undefined;
    const between = letters.every((letter) => /^\p{Ll}$/u.test(letter!)) ? '' : ',';
    return { pieces: [at(expr.target, LEVEL.atom), `_${letters.join(between)}`], level: LEVEL.atom };
  }
  if (expr.kind === 'indexed') {
    const sign = notationOf(expr.callee)?.big?.unicode;
    const [first] = expr.args;
    if (expr.args.length !== 1 || expr.indices.some((i) => i.from)) return undefined;
    const letters = expr.indices.map((i) => i.name).join('');
    if (!sign) return { pieces: [`${functionName(expr.callee, 'unicode')}_${letters}(`, at(first!, 0), ')'], level: LEVEL.atom };
    return { pieces: [`${sign}_${letters} `, at(first!, LEVEL.product)], level: LEVEL.reduction };
  }
  if (expr.kind !== 'call') return undefined;
  if (expr.callee === PARTIAL && expr.args.length === 1)
    return { pieces: ['∂', at(expr.args[0]!, LEVEL.atom)], level: LEVEL.atom };
  const [first, second] = expr.args;
  if (expr.callee === '/' && isPartial(first!) && isPartial(second!))
    return { pieces: [at(first!, LEVEL.atom), '/', at(second!, LEVEL.atom)], level: LEVEL.atom };
  if (expr.callee === '/' && endsInSum(first!))
    return { pieces: [at(first!, LEVEL.reduction), '/', at(second!, LEVEL.product + 1)], level: LEVEL.reduction };
  if (expr.callee === '+') return { pieces: entrySum(expr), level: LEVEL.sum };
  if (expr.callee === '-' && expr.args.length === 1)
    return { pieces: ['−', at(first!, LEVEL.reduction)], level: LEVEL.sum + 0.5 };
  return expr.callee === '*' ? entryProduct(expr) : undefined;
}

/** Σ_k x_k/m is the same read either way. */
const endsInSum = (expr: Expr): boolean =>
  expr.kind === 'indexed' || (isCall(expr, '*') && expr.args[expr.args.length - 1]!.kind === 'indexed');

const isPartial = (expr: Expr): boolean => isCall(expr, PARTIAL) && expr.args.length === 1;

/** Σ_j a_j + Σ_k b_k: what a Σ adds up ends where the next term begins. */
const entrySum = ({ args }: Call): Piece[] =>
  sumPieces(args, 'unicode').map((piece, k) => (typeof piece === 'string' || k === 0 ? piece : at(piece.expr, LEVEL.reduction)));

/** W_ij X_jk, 2(A_k − Y_k), 2w_j: entries stand side by side, a numeral directly before what it multiplies. */
function entryProduct({ args }: Call): Layout {
  const { pieces, level } = unicodeProduct(args);
  const last = pieces[pieces.length - 1]!;
  const open = isKind(last, 'indexed') ? [...pieces.slice(0, -1), at((last as Item).expr, LEVEL.reduction)] : pieces;
  const apart = open.flatMap((piece, k): Piece[] => {
    if (piece !== '·') return [piece];
    const [before, after] = [open[k - 1]!, open[k + 1]!];
    if (isKind(before, 'subscripted') && isKind(after, 'subscripted')) return [' '];
    return isNumeral(before) && (isKind(after, 'subscripted') || isCallPiece(after, '+')) ? [] : [piece];
  });
  return { pieces: apart, level: isKind(last, 'indexed') ? LEVEL.reduction : level };
}

const isKind = (piece: Piece, kind: Expr['kind']): boolean => typeof piece !== 'string' && piece.expr.kind === kind;
/** 2, but not 1e-5, whose digits go on in the eye. */
const isNumeral = (piece: Piece): boolean =>
  typeof piece !== 'string' && piece.expr.kind === 'number' && !piece.expr.text.includes('e');
const isCallPiece = (piece: Piece, callee: string): boolean => typeof piece !== 'string' && isCall(piece.expr, callee);

const SUPERSCRIPT = '⁰¹²³⁴⁵⁶⁷⁸⁹';
const superscript = (digits: string): string => [...digits].map((d) => SUPERSCRIPT[Number(d)]).join('');

/** What Unicode writes otherwise than by other signs: x², (A − Y)∘², 2x, Σ x, ½. */
function unicode(expr: Expr): Layout {
  const sum = summed(expr);
  if (sum) return { pieces: [`${sum.sign} `, at(sum.of, LEVEL.product)], level: LEVEL.reduction };
  if (expr.kind !== 'call') return plain(expr, 'unicode');
  const [first, second] = expr.args;
  if ((expr.callee === '^' || expr.callee === '.^') && second?.kind === 'number' && /^\d+$/.test(second.text)) {
    const ring = expr.callee === '.^' ? '∘' : '';
    return { pieces: [at(first!, LEVEL.postfix + 1), ring + superscript(second.text)], level: LEVEL.power };
  }
  if (isDerivative(expr.callee) && second?.kind === 'name' && expr.args.length === 2) {
    const d = expr.callee === DERIVATIVE ? 'd' : '∂';
    return { pieces: [`${d}/${d}${nameText(second, 'unicode')}(`, at(first!, 0), ')'], level: LEVEL.atom };
  }
  const form = formOf(expr);
  // || would be read as the bar of a norm.
  if (form && !(form.startsWith('|') && startsWithBar(first!)))
    return {
      pieces: form.split(/\$([1-9])/).map((piece, k) => (k % 2 === 0 ? piece : at(expr.args[Number(piece) - 1]!, 0))),
      level: LEVEL.atom,
    };
  if (expr.callee === '*') return unicodeProduct(expr.args);
  if (expr.callee === '-' && !second && isSummed(first!))
    return { pieces: ['−', at(first!, LEVEL.reduction)], level: LEVEL.sum + 0.5 };
  if (expr.callee === '/' && isSum(first!)) {
    // Σ x/m is the same read either way.
    return { pieces: [at(first!, LEVEL.reduction), '/', at(second!, LEVEL.product + 1)], level: LEVEL.reduction };
  }
  if (expr.callee === '/' && first?.kind === 'number' && second?.kind === 'number') {
    const vulgar = VULGAR[`${first.text}/${second.text}`];
    if (vulgar) return { pieces: [vulgar], level: LEVEL.atom };
  }
  return plain(expr, 'unicode');
}

const isDerivative = (callee: string): boolean => callee === DERIVATIVE || callee === PARTIAL_DERIVATIVE;

/** Whether the text of an expression begins with a bar, as far as no parenthesis is put before it. */
function startsWithBar(expr: Expr): boolean {
  let first = expr;
  while (first.kind === 'call' || first.kind === 'subscripted') {
    if (first.kind === 'call' && formOf(first)?.startsWith('|')) return true;
    if (first.kind === 'call' && operatorOf(first.callee, first.args.length)?.fixity === 'prefix') return false;
    first = first.kind === 'call' ? first.args[0]! : first.target;
  }
  return false;
}

const VULGAR: Readonly<Record<string, string>> = { '1/2': '½', '1/3': '⅓', '2/3': '⅔', '1/4': '¼', '3/4': '¾' };

/** A numeral stands directly before a name or a call; a sum at the end needs no parentheses. */
function unicodeProduct(args: readonly Expr[]): Layout {
  const last = args.length - 1;
  const pieces = args.flatMap((arg, k): Piece[] => {
    const trailing = k === last && isSum(arg);
    const item = at(arg, trailing ? LEVEL.reduction : operandLevel(PRODUCT, arg, k));
    if (k === 0) return [item];
    const joined = k === 1 && isNumeral(at(args[0]!, 0)) && startsWithLetter(arg);
    return joined ? [item] : ['·', item];
  });
  return { pieces, level: LEVEL.product };
}

/** Σ x, Σ_t x[t]: its sign and what it adds up. */
function summed(e: Expr): { readonly sign: string; readonly of: Expr } | undefined {
  if (e.kind !== 'call' && e.kind !== 'indexed') return undefined;
  const [of, ...more] = e.args;
  const sign = notationOf(e.callee)?.big?.unicode;
  if (!of || more.length > 0 || !sign) return undefined;
  if (e.kind === 'call') return { sign, of };
  const [{ name: letter, from }, ...others] = e.indices as [IndexBinder];
  const isOne = sign === REDUCTION.unicode && others.length === 0 && !from && /^\p{L}$/u.test(letter);
  return isOne ? { sign: `${sign}_${letter}`, of } : undefined;
}

const isSum = (e: Expr): boolean => summed(e) !== undefined;

const formOf = ({ callee }: Call): string | undefined => notationOf(callee)?.form?.unicode;

function startsWithLetter(expr: Expr): boolean {
  if (expr.kind === 'name') return !/^e\d?$/i.test(expr.name) && /^\p{L}/u.test(expr.name);
  if (expr.kind !== 'call') return false;
  if (expr.callee === '^' || expr.callee === '.^' || expr.callee === 'transpose') return startsWithLetter(expr.args[0]!);
  return !operatorOf(expr.callee, expr.args.length) && !notationOf(expr.callee)?.big && !isDerivative(expr.callee);
}

function functionName(callee: string, spelling: Spelling): string {
  if (callee === PARTIAL_DERIVATIVE) return DERIVATIVE;
  if (spelling === 'ascii') return functions.get(callee)?.name ?? callee;
  return notationOf(callee)?.unicode ?? callee;
}

/** Numbers that have a sign for their name. */
const SIGNS = new Map([pi, infinity].map(({ name, notation }) => [name, notation!.unicode!]));

const nameText = ({ name, shown }: Name, spelling: Spelling): string =>
  spelling === 'ascii' ? name : (SIGNS.get(name) ?? shown ?? name);

/** A source as text: statements on one line, or one a line. */
export function printStatements(statements: readonly Statement[], spelling: Spelling = 'ascii', between = '; '): string {
  return statements.map((s) => printStatement(s, spelling)).join(between);
}

function printStatement(s: Statement, spelling: Spelling): string {
  switch (s.kind) {
    case 'assignment':
      return `${s.metric ? 'metric ' : ''}${s.name} = ${printExpr(s.value, spelling)}`;
    case 'entries':
      return `${s.name}[${subscriptList(s.subscripts)
        .map((p) => (typeof p === 'string' ? p : printExpr(p.expr, spelling)))
        .join('')}] = ${printExpr(s.value, spelling)}`;
    case 'function':
      return `${s.value ? '' : 'function '}${functionName(s.name, spelling)}(${s.parameters.map((p) => p.name).join(', ')})${s.value ? ` = ${printExpr(s.value, spelling)}` : ''}`;
    case 'objective':
      return `${s.sense === 'none' ? '' : `${s.sense} `}${s.name ? `${s.name} = ` : ''}${printExpr(s.value, spelling)}`;
    case 'declaration':
      return `${s.role} ${s.name}${s.columns ? ` from ${s.columns.map(({ name }) => name).join(', ')}` : ''}`;
  }
}
