import { children, isConstant, isNamed, type Node } from '../graph/node.ts';
import { ownWeight } from '../simplify/weight.ts';
import { laggedOf } from './lag-form.ts';

/** Written out, an expression up to this long keeps repeated scalar parts; a longer one names them. */
const LONG = 200;
/** A part that is used this often and is this long gets a name. */
const OFTEN = 3;
const WORTH_A_NAME = 6;
/** The name of a function that is written again rather than named: softmax. */
const LONGEST_CALL = 7;

/** `inv(S)`, `softmax(z)`: a name for it would say less, and be hardly shorter. */
const isCallOfNames = (node: Node): boolean =>
  (node.kind === 'array' || node.kind === 'apply') &&
  node.operator.name.length <= LONGEST_CALL &&
  node.args.every((arg) => arg.kind === 'variable' || arg.kind === 'definition');

/** Parts worth a name: how often each would be written, counted down from the roots, a named part counting once. */
export function repeatedParts(
  roots: readonly Node[],
  order: readonly Node[],
  known: ReadonlyMap<Node, string> = new Map(),
): Set<Node> {
  const weights = new Map<Node, number>();
  for (const node of order)
    weights.set(
      node,
      Math.min(
        1e9,
        ownWeight(node, (part) => weights.get(part)!),
      ),
    );
  const long = roots.reduce((length, root) => length + weights.get(root)!, 0) > LONG;
  const whole = new Set(roots);
  const written = new Map<Node, number>(roots.map((root) => [root, 1]));
  const named = new Set<Node>();
  for (let k = order.length - 1; k >= 0; k--) {
    const node = order[k]!;
    const times = written.get(node) ?? 0;
    const worth =
      !whole.has(node) &&
      !isConstant(node) &&
      node.kind !== 'affine' &&
      node.kind !== 'definition' &&
      node.kind !== 'variable' &&
      (known.has(node) || !isCallOfNames(node)) &&
      weights.get(node)! >= WORTH_A_NAME;
    const often = node.shape.length > 0 ? OFTEN : 2;
    const name = worth && times >= often && (long || node.shape.length > 0);
    if (name) named.add(node);
    if (isNamed(node)) continue;
    // Of what a recurrence starts its steps from only the recurrence is written: h[t − 1].
    const lagged = laggedOf(node);
    for (const part of lagged ? [lagged.source] : children(node))
      written.set(part, Math.min(1e9, (written.get(part) ?? 0) + (name ? 1 : times)));
  }
  return named;
}
