import { hessianProduct, jacobianProduct, productJacobian } from '../differentiate/derivatives.ts';
import type { Graph } from '../graph/graph.ts';
import type { Node } from '../graph/node.ts';
import { GradusError } from '../language/diagnostics.ts';
import { LIMITS } from '../language/limits.ts';
import { namesWithin } from '../language/parts.ts';
import type { Call, Expr, Name, Subscripted } from '../language/tree.ts';

/** By what a derivative is taken: a name, or an entry of one. */
export type By = Name | (Subscripted & { readonly target: Name });

/** A derivative within an expression: of what, by what one after the other, and along which direction. */
export interface DerivativeForm {
  readonly of: Expr;
  readonly by: readonly By[];
  readonly scalarOnly: boolean;
  readonly along?: Along;
}

/** A derivative times a direction, found without the derivative. */
export interface Along {
  readonly direction: Expr;
  readonly find: (g: Graph, f: Node, x: Node, direction: Node) => Node;
  /** What the direction has the shape of. */
  readonly like: 'f' | 'x';
}

type Reading = (expr: Call, text: string) => DerivativeForm;

/** How a call of each name is read. */
const FORMS: Readonly<Record<string, Reading>> = {
  grad: (expr, text) => ({ ...taken(expr, text, 2), scalarOnly: true }),
  jacobian: (expr, text) => taken(expr, text, 2),
  hessian: (expr, text) => {
    const { of, by } = taken(expr, text, 2, 3);
    return { of, by: by.length === 1 ? [by[0]!, by[0]!] : by, scalarOnly: true };
  },
  diff: (expr, text) => taken(expr, text, 2, Number.POSITIVE_INFINITY),
  jvp: along('x', false, jacobianProduct),
  vjp: along('f', false, productJacobian),
  hvp: along('x', true, hessianProduct),
};

function along(like: Along['like'], scalarOnly: boolean, find: Along['find']): Reading {
  return (expr, text) => {
    const [of, by, direction] = expr.args;
    if (expr.args.length !== 3) throw wrongCount(expr, text, 'an expression, a name and a direction');
    return { of: of!, by: [nameOf(by!)], scalarOnly, along: { direction: direction!, find, like } };
  };
}

/** Is the call a derivative: `grad(f, x)`, `∂(f)/∂(x)`? */
export const isDerivative = (expr: Call): boolean => Object.hasOwn(FORMS, expr.callee) || isQuotient(expr);

/** Whether a name is that of a derivative: `hessian`. */
export const namesDerivative = (name: string): boolean => Object.hasOwn(FORMS, name);

/** Derivatives that may be taken by several scalars at once: what they are made of, one name at a time. */
const BY_SEVERAL: Readonly<
  Record<string, (by: (...names: Expr[]) => Expr, names: readonly Expr[]) => readonly (readonly Expr[])[]>
> = {
  grad: (by, names) => [names.map((name) => by(name))],
  jacobian: (by, names) => [names.map((name) => by(name))],
  hessian: (by, names) => names.map((row) => names.map((column) => by(row, column))),
};

/** `grad(f, [x, y])` as `[grad(f, x), grad(f, y)]`, with the names; undefined for anything else. */
export function bySeveral(expr: Call): { names: readonly Name[]; stacked: Expr } | undefined {
  const [of, by] = expr.args;
  const made = Object.hasOwn(BY_SEVERAL, expr.callee) ? BY_SEVERAL[expr.callee] : undefined;
  if (!made || expr.args.length !== 2 || by?.kind !== 'bracket') return undefined;
  const names = by.rows.flat();
  if (!names.every((name): name is Name => name.kind === 'name')) return undefined;
  const rows = made((...single) => ({ ...expr, args: [of!, ...single] }), names);
  return { names, stacked: { kind: 'bracket', rows, span: expr.span } };
}

const isQuotient = ({ callee, args }: Call): boolean => callee === '/' && isPartial(args[0]) && isPartial(args[1]);

const isPartial = (expr: Expr | undefined): boolean => expr?.kind === 'call' && expr.callee === '∂' && expr.args.length === 1;

/**
 * What a derivative's call asks for.
 * @throws GradusError `argument` for a wrong number of arguments, or what is no name
 */
export function derivativeForm(expr: Call, text: string): DerivativeForm {
  if (!isQuotient(expr)) return FORMS[expr.callee]!(expr, text);
  const [of, by] = expr.args.map((part) => (part as Call).args[0]!);
  return { of: of!, by: [nameOf(by!)], scalarOnly: false };
}

function taken(expr: Call, text: string, least: number, most = least): DerivativeForm {
  if (expr.args.length < least || expr.args.length > most) throw wrongCount(expr, text, 'an expression and a name');
  const [of, ...by] = expr.args;
  return { of: of!, by: expr.callee === 'diff' ? repeated(by) : by.map(nameOf), scalarOnly: false };
}

function wrongCount({ callee, args, span }: Call, text: string, what: string): GradusError {
  const message = `${callee} takes ${what}, not ${args.length} argument${args.length === 1 ? '' : 's'}`;
  return new GradusError('argument', message, { span, hint: exampleOf(callee, args, text) });
}

/** The call with what is left out: by the only name, along a direction. */
function exampleOf(callee: string, [of, by]: readonly Expr[], text: string): string {
  const names = of ? [...namesWithin(of)] : [];
  const name = by ? text.slice(by.span.start, by.span.end) : (names[0] ?? 'x');
  const along = FORMS_ALONG.has(callee) ? ', v' : '';
  const written = of && text.slice(of.span.start, of.span.end);
  // x by x is 1: a name alone is another function's argument.
  if (!written || written.length > 60 || (!by && (names.length > 1 || of.kind === 'name')))
    return `for example ${callee}(x^2, x${along})`;
  return `write ${callee}(${written}, ${name}${along})`;
}

const FORMS_ALONG = new Set(['jvp', 'vjp', 'hvp']);

function nameOf(expr: Expr): By {
  if (expr.kind === 'name') return expr;
  if (expr.kind === 'subscripted' && expr.target.kind === 'name') return expr as By;
  const hint = expr.kind === 'bracket' ? 'one name at a time: jacobian(f, x), jacobian(f, y)' : 'for example diff(x^2, x)';
  throw new GradusError('argument', 'a derivative is taken by a name', { span: expr.span, hint });
}

/** `x, 2, y`: by x twice, then by y. */
function repeated(args: readonly Expr[]): By[] {
  const by: By[] = [];
  for (const arg of args) {
    const last = by[by.length - 1];
    if (arg.kind !== 'number' || !last) {
      by.push(nameOf(arg));
      continue;
    }
    const order = Number(arg.text);
    if (!Number.isInteger(order) || order < 1 || order > LIMITS.order)
      throw new GradusError('argument', `an order is an integer from 1 to ${LIMITS.order}`, { span: arg.span });
    for (let k = 1; k < order; k++) by.push(last);
  }
  return by;
}
