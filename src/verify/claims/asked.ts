import { derivativeForm, isDerivative } from '../../elaborate/derivative-call.ts';
import type { Graph } from '../../graph/graph.ts';
import { inlineDefinitions } from '../../graph/map.ts';
import { children, type Node } from '../../graph/node.ts';
import { dependents, topological } from '../../graph/traverse.ts';
import { GradusError } from '../../language/diagnostics.ts';
import { visitExpressions } from '../../language/parts.ts';
import type { Call, Expr, Statement } from '../../language/tree.ts';
import { listed } from '../../language/visible.ts';
import { forRunning } from '../../simplify/pipelines.ts';

/** A claim, and what it is about. */
interface Said {
  readonly graph: Graph;
  readonly objective: Node;
  /** The name of the derivative, as `dZ`, where it has one. */
  readonly adjoint: string | undefined;
  /** What is derived by, and its name. */
  readonly by: { readonly name: string; readonly node: Node | undefined };
  /** Names of what arrives on the way, which it may use. */
  readonly arriving: readonly string[];
  readonly statements: readonly Statement[];
  readonly claim: string;
  /** Names that are no derivatives. */
  readonly own: (name: string) => boolean;
  /** The value of an expression of the claim; undefined where it has none. */
  readonly nodeOf: (expr: Expr) => Node | undefined;
}

/**
 * Who judges a derivative does not take one that the engine finds: `grad(Cost, W)` for ∂Cost/∂W, also where numbers and what
 * does not depend on W stand about it, `dW`, and `dZ` for dZ. That of a part, as in 2·sin(x)·diff(sin(x), x), is a step.
 * @throws GradusError `argument` at the place
 */
export function refuseAsked(said: Said): void {
  visitExpressions(said.statements, (expr) => {
    if (isName(expr, said) || (expr.kind === 'call' && isDerivative(expr) && isAsked(expr, said)))
      throw new GradusError('argument', 'this asks for the derivative that the claim is to say', {
        span: expr.span,
        hint: said.arriving.length > 0 ? `write it out; what arrives has names: ${listed(said.arriving)}` : 'write it out',
      });
  });
}

/** `dW`, `∂W`, also as a part of `dCost/dW`. */
function isName(expr: Expr, { adjoint, by, own }: Said): boolean {
  if (expr.kind !== 'name' || own(expr.name)) return false;
  return expr.name === adjoint || (adjoint === undefined && (expr.name === `d${by.name}` || expr.name === `∂${by.name}`));
}

function isAsked(call: Call, said: Said): boolean {
  const { of, by } = derivativeForm(call, said.claim);
  const at = by.findIndex((one) => (one.kind === 'name' ? one : one.target).name === said.by.name);
  if (at < 0 || !said.by.node) return false;
  const others = by.toSpliced(at, 1);
  const before = said.nodeOf(others.length > 0 ? { ...call, callee: 'diff', args: [of, ...others] } : of);
  return before !== undefined && containsMoving(said, said.by.node, before);
}

/** Whether what moves of the objective is in a value: 2·f and log f have all of f, sin x has not all of (sin x)². */
function containsMoving({ graph: g, objective }: Said, by: Node, value: Node): boolean {
  const [whole, part] = forRunning(
    g,
    inlineDefinitions(g, [objective, value], (definition) => definition !== by),
  ) as [Node, Node];
  const below = topological([whole, part]);
  const moving = dependents(below, [by]);
  const core = coreOf(whole, moving);
  return moving.has(core) && core !== by ? topological([part]).includes(core) : moving.has(part) && coreOf(part, moving) === core;
}

/** Without factors and terms that do not move. */
function coreOf(node: Node, moving: ReadonlySet<Node>): Node {
  let core = node;
  while (core.kind === 'contraction' || core.kind === 'sum' || core.kind === 'definition') {
    const parts = children(core).filter((part) => moving.has(part));
    if (parts.length !== 1) return core;
    core = parts[0]!;
  }
  return core;
}
