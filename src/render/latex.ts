import { partsOf } from '../language/parts.ts';
import { LEVEL, type Operator, operatorOf } from '../language/precedence.ts';
import type { Bracket, Expr, IndexBinder, Statement, Subscript } from '../language/tree.ts';
import { functions, notationOf } from '../operators/index.ts';
import { chainIn } from '../reading/chain.ts';
import { DERIVATIVE, isCall, PARTIAL, PARTIAL_DERIVATIVE } from '../reading/syntax.ts';
import { grouped, latexName } from './latex-name.ts';

export { latexDerivative, latexEntry, latexName, latexQuotient, latexTarget } from './latex-name.ts';

/** An expression as LaTeX, for KaTeX and papers. */

interface Layout {
  readonly tex: string;
  readonly level: number;
}

/** The name of a choice in a tree. */
const CHOICE = 'where';

/** Between two statements on one line. */
const BETWEEN = ' ;\\quad ';

/** Statements as LaTeX, separated by quads. What is typeset as itself, h[0] = h0, says nothing beside others. */
export function printLatex(statements: readonly Statement[]): string {
  const said = statements.length > 1 ? statements.filter((s) => !isTypesetAsItself(s)) : statements;
  return said.map(statement).join(BETWEEN);
}

const isTypesetAsItself = (s: Statement): boolean =>
  s.kind === 'entries' && latexEntriesOf(latexName(s.name), s.subscripts) === latexValue(s.value);

/** What a number is worth: what is true or false in brackets. */
export const latexValue = (value: Expr): string => latexExpr(value, NUMBER);

/** Z_{ij} for the name of Z, set already. */
export const latexEntriesOf = (name: string, places: readonly Subscript[]): string =>
  `${name.startsWith('\\frac') ? `\\left(${name}\\right)` : grouped(name)}_{${subscripts(places)}}`;

/** Of which entries it is said, where these are not all: t = 2, …, T. */
export function latexRange(places: readonly Subscript[]): string {
  const ranges = places.flatMap((place) => {
    if (place.kind !== 'binder') return [];
    const { name, from, to } = place.index;
    const isAll = !from || !to || (from.kind === 'number' && from.text === '1');
    return isAll ? [] : [`${latexName(name)} = ${latexExpr(from)}, \\dots, ${latexExpr(to)}`];
  });
  return ranges.length > 0 ? `,\\quad ${ranges.join(',\\; ')}` : '';
}

function statement(s: Statement): string {
  switch (s.kind) {
    case 'assignment':
      return `${latexName(s.name)} = ${latexValue(s.value)}`;
    case 'entries':
      return `${latexEntriesOf(latexName(s.name), s.subscripts)} = ${latexValue(s.value)}${latexRange(s.subscripts)}`;
    case 'function':
      return `${operatorName(s.name)}(${s.parameters.map((p) => latexName(p.name)).join(', ')})${s.value ? ` = ${latexValue(s.value)}` : ''}`;
    case 'objective':
      return `${s.name ? `${latexName(s.name)} = ` : ''}${latexValue(s.value)}`;
    case 'declaration':
      return latexName(s.name);
  }
}

/**
 * One expression. Trees are laid out from the leaves up with a stack of their own, so that depth is no limit.
 */
export function latexExpr(root: Expr, level = 0): string {
  const done = new Map<Expr, Layout>();
  const stack: Expr[] = [root];
  while (stack.length > 0) {
    const expr = stack[stack.length - 1]!;
    const open = done.has(expr) ? [] : partsOf(expr).filter((p) => !done.has(p));
    if (open.length > 0) {
      stack.push(...open);
      continue;
    }
    stack.pop();
    if (!done.has(expr))
      done.set(
        expr,
        layout(expr, (part, level) => at(done.get(part)!, level)),
      );
  }
  return at(done.get(root)!, level);
}

/** Asked for instead of a level where a number is meant, and no parentheses are needed. */
const NUMBER = -1;

/** What is true or false counts as 1 or 0 in brackets (Iverson 1962), where it stands for a number. */
function at({ tex, level }: Layout, needed: number): string {
  const isLogical = level > LEVEL.choice && level <= LEVEL.comparison;
  if (isLogical && (needed === NUMBER || needed > LEVEL.sum)) return `[${tex}]`;
  return level < needed ? parenthesized(tex) : tex;
}

/** Parentheses that grow only around what is tall: growing ones stand off from what is before them. */
const parenthesized = (tex: string): string => (/\\(frac|sum|prod|begin|left)/.test(tex) ? `\\left(${tex}\\right)` : `(${tex})`);

/** A function's arguments, close to its name. */
const applied = (head: string, args: readonly string[]): string => {
  const inside = parenthesized(args.join(', '));
  return `${head}${inside.startsWith('(') ? inside : `\\mathopen{}${inside}`}`;
};

type Of = (part: Expr, level: number) => string;

function layout(expr: Expr, of: Of): Layout {
  switch (expr.kind) {
    case 'number':
      return {
        tex: expr.text.replace(/^1e([+-]?\d+)$/, '10^{$1}').replace(/e([+-]?\d+)$/, ' \\cdot 10^{$1}'),
        level: /e/.test(expr.text) ? LEVEL.product : LEVEL.atom,
      };
    case 'name':
      return { tex: latexName(expr.name), level: LEVEL.atom };
    case 'bracket':
      return {
        tex: `\\begin{bmatrix}${rowsOf(expr)
          .map((row) => row.map((e) => of(e, 0)).join(' & '))
          .join(' \\\\ ')}\\end{bmatrix}`,
        level: LEVEL.atom,
      };
    case 'subscripted':
      return { tex: `${grouped(of(expr.target, LEVEL.atom))}_{${subscripts(expr.subscripts)}}`, level: LEVEL.atom };
    case 'indexed':
      return reduction(expr.callee, binders(expr.indices), expr.args, of, rangeOf(expr.indices));
    case 'call':
      return call(expr.callee, expr.args, of);
  }
}

/** A list of lists is a matrix, whose rows they are: `[[1, 2], [3, 4]]`. */
function rowsOf({ rows }: Bracket): readonly (readonly Expr[])[] {
  const [list = [], ...more] = rows;
  const inner = list.flatMap((part) => (part.kind === 'bracket' && part.rows.length === 1 ? part.rows : []));
  const isMatrix = more.length === 0 && inner.length === list.length && inner.every((row) => row.length === inner[0]!.length);
  return isMatrix && list.length > 0 ? inner : rows;
}

/** @param range where a single index begins and ends, if that is said */
function reduction(
  callee: string,
  below: string,
  args: readonly Expr[],
  of: Of,
  range?: readonly [from: string, to: string],
): Layout {
  const sign = notationOf(callee)?.big?.latex;
  const lower = below === '' ? '' : `_{${below}}`;
  if (sign && args.length === 1) {
    const limits = range ? `_{${below} = ${range[0]}}^{${range[1]}}` : lower;
    return { tex: `${sign}${limits} ${of(args[0]!, LEVEL.product)}`, level: LEVEL.sum + 0.5 };
  }
  return application(`${operatorName(callee)}${lower}`, args, of);
}

const application = (head: string, args: readonly Expr[], of: Of): Layout => ({
  tex: applied(
    head,
    // An axis is told by a word: softmax(Z, rows).
    args.map((a, k) => (k > 0 && a.kind === 'name' ? axisTex(a.name) : of(a, 0))),
  ),
  level: LEVEL.atom,
});

/** A call by its form, if it has one for so many arguments. */
function formed(callee: string, args: readonly Expr[], of: Of): Layout | undefined {
  const { latex, level = 'atom' } = notationOf(callee)?.form ?? {};
  const text = typeof latex === 'object' ? latex[args.length] : latex;
  if (text === undefined || args.length === 0) return undefined;
  const tex = text.replace(/\$(!?)([1-9]|\*)/g, (_, tight: string, place: string) => {
    if (place === '*') return args.map((a) => of(a, 0)).join(' \\times ');
    return of(args[Number(place) - 1]!, tight ? LEVEL.postfix + 1 : 0);
  });
  return { tex, level: LEVEL[level] };
}

/** A choice, and those in its last branch, as the cases of one brace. */
function cases(args: readonly Expr[], of: Of): Layout {
  const rows: string[] = [];
  let [condition, value, otherwise] = args as [Expr, Expr, Expr];
  for (;;) {
    rows.push(`${of(value, 0)} & ${of(condition, 0)}`);
    if (!isCall(otherwise, CHOICE) || otherwise.args.length !== 3) break;
    [condition, value, otherwise] = otherwise.args as [Expr, Expr, Expr];
  }
  rows.push(`${of(otherwise, 0)} & \\text{otherwise}`);
  return { tex: `\\begin{cases} ${rows.join(' \\\\ ')} \\end{cases}`, level: LEVEL.choice };
}

/** A fraction's bar holds it together: only a power needs parentheses around it. */
const FRACTION = LEVEL.power - 0.5;

function call(callee: string, args: readonly Expr[], of: Of): Layout {
  const [x, y] = args;
  if (callee === PARTIAL && x && !y) return { tex: `\\partial ${of(x, LEVEL.atom)}`, level: FRACTION };
  if (callee === '/' && y) return { tex: `\\frac{${of(x!, NUMBER)}}{${of(y, NUMBER)}}`, level: FRACTION };
  if (callee === DERIVATIVE && y?.kind === 'name')
    return { tex: applied(`\\frac{d}{d${latexName(y.name)}}`, [of(x!, 0)]), level: LEVEL.atom };
  if (callee === PARTIAL_DERIVATIVE && y?.kind === 'name')
    return { tex: applied(`\\frac{\\partial}{\\partial ${latexName(y.name)}}`, [of(x!, 0)]), level: LEVEL.atom };
  if (notationOf(callee)?.big && x) return reduction(callee, y?.kind === 'name' ? axisTex(y.name) : '', [x], of);
  if (callee === CHOICE && args.length === 3) return cases(args, of);
  const form = formed(callee, args, of);
  if (form) return form;
  const operator = operatorOf(callee, args.length);
  return operator ? operation(operator, args, of) : application(operatorName(callee), args, of);
}

function operation({ callee, fixity, level, grouping }: Operator, args: readonly Expr[], of: Of): Layout {
  const [x, y] = args;
  if (callee === 'transpose') return { tex: `${of(x!, LEVEL.postfix + 1)}^{\\top}`, level: LEVEL.postfix };
  if (grouping === 'right' && y) return power(x!, y, callee === '.^' ? '\\circ ' : '', of);
  // As in text, the sign covers the product after it.
  if (callee === '-' && fixity === 'prefix')
    return { tex: `-${of(x!, isBig(x!) ? LEVEL.sum + 0.5 : LEVEL.product)}`, level: LEVEL.sum + 0.5 };
  if (fixity === 'prefix') return { tex: `${signOf(callee)}${of(x!, level)}`, level };
  if (callee === '+') {
    const tex = args.map((term, k) => {
      const negated = isCall(term, '-') && term.args.length === 1;
      if (k === 0) return of(term, LEVEL.sum);
      const own = negated ? term.args[0]! : term;
      // A brace at the end needs no parentheses: nothing follows that could belong to it.
      const isLast = k === args.length - 1 && isCall(own, CHOICE);
      return `${negated ? ' - ' : ' + '}${of(own, isLast ? LEVEL.choice : isBig(own) ? LEVEL.sum + 0.5 : LEVEL.product)}`;
    });
    return { tex: tex.join(''), level };
  }
  const chain = callee === 'and' ? chainIn(args) : undefined;
  if (chain) {
    const [a, b] = chain;
    const side = (e: Expr): string => of(e, LEVEL.comparison + 1);
    const [left, middle, right] = [a.args[0]!, a.args[1]!, b.args[1]!].map(side);
    return { tex: `${left} ${signOf(a.callee).trim()} ${middle} ${signOf(b.callee).trim()} ${right}`, level: LEVEL.comparison };
  }
  const last = args.length - 1;
  const operands = args.map((a, k) => {
    if (k === last && callee === '*' && isBig(a)) return of(a, LEVEL.sum + 0.5);
    return of(a, k === 0 && grouping !== 'chain' && !mixed(callee, a) ? level : level + 1);
  });
  if (callee === '*') return { tex: juxtaposed(operands), level };
  return { tex: operands.join(` ${signOf(callee).trim()} `), level };
}

/** The sign of an operator; a command stands off from what follows. */
function signOf(callee: string): string {
  const sign = notationOf(callee)?.latex ?? callee;
  return sign.startsWith('\\') ? `${sign} ` : sign;
}

/** A sum or a product over something. */
const isBig = (e: Expr): boolean => (e.kind === 'call' || e.kind === 'indexed') && notationOf(e.callee)?.big !== undefined;

/** sin²(x), as mathematics has it; (f(x))² for functions that are not known by an upright name of their own. */
function power(x: Expr, y: Expr, ring: string, of: Of): Layout {
  const exponent = of(y, 0);
  if (x.kind === 'call' && x.args.length === 1 && ring === '' && y.kind === 'number' && /^[2-9]$/.test(y.text)) {
    const head = operatorName(x.callee);
    if (/^\\(a?(sin|cos|tan|cot|sec|csc)h?|ln|log)$/.test(head)) return application(`${head}^{${exponent}}`, x.args, of);
  }
  return { tex: `${of(x, LEVEL.postfix + 1)}^{${ring}${exponent}}`, level: LEVEL.power };
}

/** One letter, perhaps with an index and an exponent. */
const LETTER = /^(?:\p{L}|\\[a-zA-Z]+|\\hat\{[^{}]+\})(?:_\{[^{}]*\})?(?:\^\{[^{}]*\})?$/u;
const NUMERAL = /^[\d.]+$/;

/** A product: `6x`, `WX`, `2(x + 1)`; a little space beside words and functions, a dot before a digit. */
function juxtaposed(operands: readonly string[]): string {
  let tex = operands[0]!;
  for (let k = 1; k < operands.length; k++) tex += between(operands[k - 1]!, operands[k]!, k === 1) + operands[k]!;
  return tex;
}

/** What stands between two factors. */
function between(left: string, right: string, first: boolean): string {
  if (/^[\d.]/.test(right)) return ' \\cdot ';
  // These keep their own distance.
  if (/^\\(operatorname|sum|prod|max|min|det|exp|ln|log|a?(sin|cos|tan|cot|sec|csc)h?)(?![a-z])/.test(right)) return ' ';
  const last = /(?:^|[ \d])([^ ]+)$/u.exec(left)?.[1] ?? left;
  const numeral = first && NUMERAL.test(left);
  const opens = /^(\(|\\left\()/.test(right);
  return (LETTER.test(last) || numeral) && (LETTER.test(right) || opens || numeral) ? ' ' : ' \\, ';
}

/** Matrix and entrywise products within each other are set apart. */
const mixed = (callee: string, arg: Expr): boolean =>
  (callee === '*' && (isCall(arg, '.*') || isCall(arg, './'))) ||
  (callee.startsWith('.') && isCall(arg, '*') && arg.args[0]!.kind !== 'number');

function operatorName(callee: string): string {
  const known = notationOf(callee)?.latex;
  if (known || functions.has(callee)) return known ?? `\\operatorname{${callee.replaceAll('_', '\\_')}}`;
  // A declared function, or a derivative of one: f'', g_12.
  const [, name = callee, primes = '', places = ''] = /^(.+?)(?:('+)|_([1-9]+))?$/u.exec(callee) ?? [];
  return `${places ? `\\partial_{${[...places].join(',')}} ` : ''}${latexName(name)}${primes}`;
}

/** W_{ij}, but h_{t-1,j}: letters alone need no commas. */
const subscripts = (list: readonly Subscript[]): string => {
  const texts = list.map(subscript);
  return texts.join(texts.every((text) => /^\p{Ll}$/u.test(text)) ? '' : ',');
};

function subscript(s: Subscript): string {
  if (s.kind === 'at') return latexExpr(s.index);
  if (s.kind === 'binder') return latexName(s.index.name);
  return `${s.from ? latexExpr(s.from) : ''}:${s.to ? latexExpr(s.to) : ''}`;
}

const binders = (indices: readonly IndexBinder[]): string => {
  const letters = indices.map((i) => latexName(i.name));
  return letters.join(letters.every((letter) => letter.length === 1) ? '' : ',');
};

/** The range of a single index: of several the letters say enough. */
function rangeOf(indices: readonly IndexBinder[]): [string, string] | undefined {
  const [{ from, to } = {}, ...more] = indices;
  return more.length === 0 && from && to ? [latexExpr(from), latexExpr(to)] : undefined;
}

/** What a sum runs over: the words for axes are words, the name of a length is a name. */
const axisTex = (name: string): string => (name === 'rows' || name === 'cols' ? `\\text{${name}}` : latexName(name));
