import { LEVEL, type Operator, operatorOf } from '../language/precedence.ts';
import type { Expr, IndexBinder, Statement, Subscript } from '../language/tree.ts';
import { operators } from '../operators/index.ts';
import { isCall } from './syntax.ts';

/** An expression as LaTeX, for KaTeX and papers. */

interface Layout {
  readonly tex: string;
  readonly level: number;
}

const GREEK = new Set(
  'alpha beta gamma delta epsilon zeta eta theta iota kappa lambda mu nu xi pi rho sigma tau upsilon phi chi psi omega Gamma Delta Theta Lambda Xi Pi Sigma Upsilon Phi Psi Omega'.split(
    ' ',
  ),
);
const GREEK_LETTERS: Readonly<Record<string, string>> = Object.fromEntries(
  [...'αβγδεζηθικλμνξπρστυφχψω'].map((letter, k) => [
    letter,
    `\\${'alpha beta gamma delta epsilon zeta eta theta iota kappa lambda mu nu xi pi rho sigma tau upsilon phi chi psi omega'.split(' ')[k]}`,
  ]),
);

/** `W1` as W₁, `x_out` as x with that subscript, `alpha` as α, `dZ2` as dZ₂, `yhat` and `ŷ` with a hat. */
export function latexName(text: string): string {
  if (text.startsWith('[')) return `\\left${escaped(text.slice(0, -1))}\\right]`;
  const [, stem = '', digits = ''] = /^(.*?[^\d_])_?(\d*)$/u.exec(text) ?? [];
  const [base = text, ...rest] = (stem === '' ? text : stem).split('_');
  const lower = [...rest.map(letters), ...(digits ? [digits] : [])].join(',');
  const head = letters(base);
  return lower === '' ? head : `${head}_{${lower}}`;
}

function letters(word: string): string {
  const hatted = /^(.+)hat$/.exec(word) ?? /^(.)\u0302$/u.exec(word.normalize('NFD'));
  if (hatted) return `\\hat{${letters(hatted[1]!)}}`;
  if (GREEK.has(word)) return `\\${word}`;
  if (GREEK_LETTERS[word]) return GREEK_LETTERS[word];
  if ([...word].length === 1) return escaped(word);
  // An adjoint is a d before the name of what it is the derivative by.
  const adjoint = /^d(\p{Lu}|\p{L}$)(.*)$/u.exec(word);
  if (adjoint) return `\\mathrm{d}${letters(adjoint[1]! + adjoint[2]!)}`;
  return `\\mathit{${escaped(word)}}`;
}

const escaped = (text: string): string =>
  text.replace(/[\\{}$&#%_^~]/g, (c) => `\\${c === '\\' || c === '^' || c === '~' ? `text{\\${c}}` : c}`);

/** `∂Cost/∂W` as a fraction; any other target is a name. */
export function latexTarget(target: string): string {
  const partial = /^∂(.+)\/∂(.+)$/u.exec(target);
  return partial ? `\\frac{\\partial ${latexName(partial[1]!)}}{\\partial ${latexName(partial[2]!)}}` : latexName(target);
}

/** Statements as LaTeX, separated by quads. */
export const printLatex = (statements: readonly Statement[]): string => statements.map(statement).join(' ;\\quad ');

function statement(s: Statement): string {
  switch (s.kind) {
    case 'assignment':
      return `${latexName(s.name)} = ${latexExpr(s.value)}`;
    case 'entries':
      return `${latexName(s.name)}_{${subscripts(s.subscripts)}} = ${latexExpr(s.value)}`;
    case 'function':
      return `${latexName(s.name)}(${s.parameters.map((p) => latexName(p.name)).join(', ')}) = ${latexExpr(s.value)}`;
    case 'objective':
      return `${s.name ? `${latexName(s.name)} = ` : ''}${latexExpr(s.value)}`;
    case 'declaration':
      return latexName(s.name);
  }
}

/**
 * One expression. Trees are laid out from the leaves up with a stack of their own, so that depth is no limit.
 */
export function latexExpr(root: Expr): string {
  const done = new Map<Expr, Layout>();
  const stack: Expr[] = [root];
  while (stack.length > 0) {
    const expr = stack[stack.length - 1]!;
    const open = done.has(expr) ? [] : parts(expr).filter((p) => !done.has(p));
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
  return done.get(root)!.tex;
}

const at = ({ tex, level }: Layout, needed: number): string => (level < needed ? `\\left(${tex}\\right)` : tex);

function parts(expr: Expr): readonly Expr[] {
  switch (expr.kind) {
    case 'number':
    case 'name':
      return [];
    case 'call':
    case 'indexed':
      return expr.args;
    case 'bracket':
      return expr.rows.flat();
    case 'subscripted':
      return [expr.target];
  }
}

type Of = (part: Expr, level: number) => string;

function layout(expr: Expr, of: Of): Layout {
  switch (expr.kind) {
    case 'number':
      return {
        tex: expr.text.replace(/e([+-]?\d+)$/, '\\cdot 10^{$1}'),
        level: /e/.test(expr.text) ? LEVEL.product : LEVEL.atom,
      };
    case 'name':
      return { tex: latexName(expr.name), level: LEVEL.atom };
    case 'bracket':
      return {
        tex: `\\begin{bmatrix}${expr.rows.map((row) => row.map((e) => of(e, 0)).join(' & ')).join(' \\\\ ')}\\end{bmatrix}`,
        level: LEVEL.atom,
      };
    case 'subscripted':
      return { tex: `${of(expr.target, LEVEL.atom)}_{${subscripts(expr.subscripts)}}`, level: LEVEL.atom };
    case 'indexed':
      return reduction(expr.callee, binders(expr.indices), expr.args, of);
    case 'call':
      return call(expr.callee, expr.args, of);
  }
}

const BIG: Readonly<Record<string, string>> = { sum: '\\sum', prod: '\\prod' };

function reduction(callee: string, below: string, args: readonly Expr[], of: Of): Layout {
  const sign = BIG[callee];
  if (sign && args.length === 1)
    return { tex: `${sign}${below ? `_{${below}}` : ''} ${of(args[0]!, LEVEL.product)}`, level: LEVEL.sum + 0.5 };
  return {
    tex: `${operatorName(callee)}${below ? `_{${below}}` : ''}\\left(${args.map((a) => of(a, 0)).join(', ')}\\right)`,
    level: LEVEL.atom,
  };
}

function call(callee: string, args: readonly Expr[], of: Of): Layout {
  const [x, y] = args;
  if (callee === '/' && y) return { tex: `\\frac{${of(x!, 0)}}{${of(y, 0)}}`, level: LEVEL.product };
  if (callee === 'sqrt' && x) return { tex: `\\sqrt{${of(x, 0)}}`, level: LEVEL.atom };
  if (callee === 'exp' && x) return { tex: `e^{${of(x, 0)}}`, level: LEVEL.power };
  if (callee === 'abs' && x) return { tex: `\\left|${of(x, 0)}\\right|`, level: LEVEL.atom };
  if (callee === 'diff' && y?.kind === 'name')
    return { tex: `\\frac{d}{d${latexName(y.name)}}\\left(${of(x!, 0)}\\right)`, level: LEVEL.atom };
  if (callee === 'sum' && args.length === 1) return reduction('sum', '', args, of);
  const operator = operatorOf(callee, args.length);
  if (operator) return operation(operator, args, of);
  return { tex: `${operatorName(callee)}\\left(${args.map((a) => of(a, 0)).join(', ')}\\right)`, level: LEVEL.atom };
}

const SIGNS: Readonly<Record<string, string>> = {
  '*': ' \\, ',
  '.*': ' \\odot ',
  './': ' \\oslash ',
  '⊗': ' \\otimes ',
  '<=': ' \\le ',
  '>=': ' \\ge ',
  '!=': ' \\ne ',
  '==': ' = ',
};

function operation({ callee, fixity, level, grouping }: Operator, args: readonly Expr[], of: Of): Layout {
  const [x, y] = args;
  if (callee === 'transpose') return { tex: `${of(x!, LEVEL.postfix + 1)}^{\\top}`, level: LEVEL.postfix };
  if (grouping === 'right' && y) {
    const ring = callee === '.^' ? '\\circ ' : '';
    return { tex: `${of(x!, LEVEL.postfix + 1)}^{${ring}${of(y, 0)}}`, level: LEVEL.power };
  }
  if (fixity === 'prefix') return { tex: `${callee}${of(x!, level)}`, level };
  if (callee === '+') {
    const tex = args.map((term, k) => {
      const negated = isCall(term, '-') && term.args.length === 1;
      if (k === 0) return of(term, LEVEL.sum);
      return negated ? ` - ${of(term.args[0]!, LEVEL.product)}` : ` + ${of(term, LEVEL.product)}`;
    });
    return { tex: tex.join(''), level };
  }
  const sign = SIGNS[callee] ?? ` ${callee} `;
  return { tex: args.map((a, k) => of(a, k === 0 && !mixed(callee, a) ? level : level + 1)).join(sign), level };
}

/** Matrix and entrywise products within each other are set apart. */
const mixed = (callee: string, arg: Expr): boolean =>
  (callee === '*' && (isCall(arg, '.*') || isCall(arg, './'))) ||
  (callee.startsWith('.') && isCall(arg, '*') && arg.args[0]!.kind !== 'number');

const operatorName = (callee: string): string =>
  operators.find((o) => o.name === callee)?.notation?.latex ?? `\\operatorname{${callee}}`;

const subscripts = (list: readonly Subscript[]): string => list.map(subscript).join(',');

function subscript(s: Subscript): string {
  if (s.kind === 'at') return latexExpr(s.index);
  if (s.kind === 'binder') return latexName(s.index.name);
  return `${s.from ? latexExpr(s.from) : ''}:${s.to ? latexExpr(s.to) : ''}`;
}

const binders = (indices: readonly IndexBinder[]): string => indices.map((i) => latexName(i.name)).join(',');
