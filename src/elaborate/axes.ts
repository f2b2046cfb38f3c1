import type { Node } from '../graph/node.ts';
import { prelude, preludeNames } from '../language/prelude.ts';
import type { Call, FunctionDefinition } from '../language/tree.ts';
import type { Value } from '../operators/builder.ts';
import { functions } from '../operators/index.ts';
import { softmax } from '../operators/reductions.ts';
import type { Context } from './context.ts';

const AXES = new Set(['rows', 'cols', 'columns']);

/** `rows` or `cols` as the last argument of a function that takes one, unless the name means something else. */
export function axisName(expr: Call, { scope, locals, axes }: Context): string | undefined {
  const last = expr.args[expr.args.length - 1];
  if (expr.args.length < 2 || last?.kind !== 'name') return undefined;
  const known = functions.get(expr.callee);
  const own = scope.functions.get(expr.callee);
  if (!own && !known?.axis && !takesAxis(expr)) return undefined;
  const given = axes?.get(last.name);
  if (given !== undefined) return given;
  if (scope.values.has(last.name) || locals.has(last.name)) return undefined;
  if (AXES.has(last.name)) return last.name === 'rows' ? 'rows' : 'cols';
  // Where another value may stand, max(X, n), the name of a length is that number.
  const isAxis = !own && expr.args.length > (known?.arity[1] ?? 2) && scope.dimensions.has(last.name);
  return isAxis ? last.name : undefined;
}

/** A function of the prelude has a form with so many arguments, the last of which is an axis. */
const takesAxis = ({ callee, args }: Call): boolean =>
  preludeNames.includes(callee) && axisForm(callee, args.length) !== undefined;

export const axisForm = (name: string, count: number): FunctionDefinition | undefined =>
  prelude()
    .functions.get(name)
    ?.find(({ parameters }) => parameters.length === count && parameters.at(-1)!.name === 'axis');

/** Along which axis of matrices the classes lie, where something is known of one of them: `cols`; undefined for rows, or if nothing is. */
export const classAxis = (values: readonly Value[]): 'cols' | undefined =>
  values.some(({ node }) => sharesAlong(node) === 1) ? 'cols' : undefined;

/** The axis of a matrix along which its entries sum to 1. */
function sharesAlong(value: Node): number | undefined {
  let node = value;
  while (node.kind === 'definition') node = node.value;
  if (node.shape.length !== 2) return undefined;
  if (node.kind === 'variable') return node.facts?.find(({ record }) => record.sums)?.axis;
  // A function of cells keeps them last.
  return node.kind === 'array' && node.operator === softmax(1) ? 1 : undefined;
}
