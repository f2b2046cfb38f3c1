import type { Graph } from '../graph/graph.ts';
import type { Node } from '../graph/node.ts';
import { GradusError } from '../language/diagnostics.ts';
import type { Call, Expr } from '../language/tree.ts';
import { shapeOf, type Value } from '../operators/builder.ts';
import { rememberOrigin } from './derived.ts';
import { differentiate } from './differentiate.ts';
import { inlineDefinitions } from './inline.ts';

/** A derivative within an expression: of what, by what. */
interface Form {
  readonly scalarOnly: boolean;
  readonly order: 1 | 2;
}

/** `grad(f, x)` needs a scalar f; `jacobian` and `diff` take any; `hessian` is the gradient's Jacobian. */
const FORMS: ReadonlyMap<string, Form> = new Map([
  ['grad', { scalarOnly: true, order: 1 }],
  ['diff', { scalarOnly: false, order: 1 }],
  ['jacobian', { scalarOnly: false, order: 1 }],
  ['hessian', { scalarOnly: true, order: 2 }],
]);

/** The derivative that a call means, with its two operands: `grad(f, x)`, or `∂(f)/∂(x)`. */
export function derivativeForm(expr: Call): { name: string; operands: readonly [Expr, Expr] } | undefined {
  const [first, second] = expr.args;
  if (FORMS.has(expr.callee)) {
    if (expr.args.length === 2) return { name: expr.callee, operands: [first!, second!] };
    throw new GradusError('argument', `${expr.callee} takes an expression and a name, not ${expr.args.length} arguments`, {
      span: expr.span,
    });
  }
  if (expr.callee !== '/' || !isPartial(first) || !isPartial(second)) return undefined;
  return { name: 'diff', operands: [first.args[0]!, second.args[0]!] };
}

const isPartial = (expr: Expr | undefined): expr is Call =>
  expr?.kind === 'call' && expr.callee === '∂' && expr.args.length === 1;

/** The derivative as a value: derivatives nest. */
export function derivative(g: Graph, expr: Call, [f, x]: readonly [Value, Value]): Value {
  const form = derivativeForm(expr)!;
  const { scalarOnly, order } = FORMS.get(form.name)!;
  const place = { span: form.operands[1].span };
  if (x.node.kind !== 'variable' && x.node.kind !== 'definition')
    throw new GradusError('argument', 'a derivative is taken by a name', place);
  if (f.indices.length + x.indices.length > 0)
    throw new GradusError('unsupported', 'a derivative within index notation is not supported yet', place);
  if (scalarOnly && shapeOf(f).length > 0) {
    throw new GradusError('shape', `${form.name} is of a scalar`, {
      span: form.operands[0].span,
      hint: 'the derivative of an array is its jacobian(…)',
    });
  }
  let node = f.node;
  for (let k = 0; k < order; k++) node = anonymous(g, node, x.node);
  return { node, indices: [] };
}

/** The derivative without names for its adjoints, which nobody has asked to see. */
function anonymous(g: Graph, f: Node, x: Node): Node {
  const known = new Set<Node>();
  const [result] = differentiate(g, f, [x], { adjoint: (_, adjoint) => known.add(adjoint) });
  const [plain] = inlineDefinitions(g, [result!], (d) => known.has(d)) as [Node];
  rememberOrigin(plain, f, x);
  return plain;
}
