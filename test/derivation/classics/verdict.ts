import { check, type Derivation, derive } from '../../../src/index.ts';
import { parse } from '../../../src/language/parser.ts';
import type { Expr } from '../../../src/language/tree.ts';
import { printExpr } from '../../../src/render/text.ts';
import { stepsOf } from '../../support/worth.ts';
import type { Classic } from './classic.ts';

export const derived = ({ source, order, wrt }: Classic): Derivation =>
  derive(source, wrt, {
    ...(order !== undefined && { order }),
  });

/** What is printed, a line for each formula of the book: `dZ = (P - Y)/m: as printed`. */
export async function verdicts(classic: Classic, derivation: Derivation): Promise<string[]> {
  const { source, says, order = 1 } = classic;
  // The second derivative is the first one's.
  const below = order > 1 ? derive(source, derivation.wrt, { order: order - 1 }).partial.toString() : source;
  const { claims } = await check(below, { claim: says });
  return Object.entries(says).map(([name, text]) => {
    const forms = formsOf(derivation, name);
    const at = forms.findIndex((form) => keyOf(form) === keyOf(text));
    const verdict = at >= 0 ? 'so it is printed' : `printed as ${forms[0]}`;
    return `${name}: ${text}   ${claims[name]!.ok ? verdict : `differs: ${claims[name]!.message}`}`;
  });
}

/** How the derivation writes a derivative: as the step's result, and in one line. */
function formsOf(derivation: Derivation, name: string): string[] {
  const { wrt, partials, steps } = derivation;
  const target = wrt.includes(name) ? `∂${derivation.name}/∂${name}` : name;
  const told = stepsOf(derivation).filter((step) => step.target === target);
  const lines = told
    .flatMap(({ working }) => working.map(({ right }) => right))
    .flatMap((right) => (typeof right === 'string' ? [] : [printExpr(right, 'ascii')]));
  const own = steps.filter((step) => step.target === target).map(({ after }) => after.toString());
  const scalar = own.length === 0 ? steps.flatMap(({ result }) => (result ? [result.toString()] : [])) : [];
  return [...own, ...scalar, ...(wrt.includes(name) ? [partials[name]!.toString()] : []), ...lines];
}

/** A formula up to the order of terms and of factors, one by entries as if it were of arrays: `(A[k] - Y[k])/m`. */
function keyOf(text: string): string {
  const plain = text
    .replace(/\[\p{L}(, \p{L})*\]/gu, '')
    .replaceAll('σ(', 'sigmoid(')
    .replaceAll('ln(', 'log(');
  const last = parse(plain).statements.at(-1)!;
  return last.kind === 'objective' ? key(last.value, /[A-Z]|\[/u.test(text)) : text;
}

function key(expr: Expr, hasArrays: boolean): string {
  if (expr.kind !== 'call') return printExpr(expr, 'ascii');
  const { callee, args } = expr;
  const flat = (sign: string, part: Expr): Expr[] =>
    part.kind === 'call' && part.callee === sign ? part.args.flatMap((arg) => flat(sign, arg)) : [part];
  const parts = (callee === '*' || callee === '.*' || callee === '+' ? flat(callee, expr) : args).map((arg) =>
    key(arg, hasArrays),
  );
  if (callee === '+' || callee === '.*' || (callee === '*' && !hasArrays)) parts.sort();
  return `${callee}(${parts.join()})`;
}
