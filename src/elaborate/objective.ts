import { showShape } from '../graph/dimension.ts';
import type { Node } from '../graph/node.ts';
import { GradusError } from '../language/diagnostics.ts';
import type { Objective } from '../language/tree.ts';

/**
 * What is minimized is one number; an array as the last expression has a Jacobian.
 * @throws GradusError `shape` for `minimize` or `maximize` of an array
 */
export function requireScalar({ sense, name, value: written }: Objective, { shape }: Node, text: string): void {
  if (sense === 'none' || shape.length === 0) return;
  throw new GradusError('shape', `only a scalar can be ${sense}d`, {
    span: written.span,
    note: `this is ${showShape(shape)}`,
    hint: `${sense} ${name ? `${name} = ` : ''}sum(${text.slice(written.span.start, written.span.end)})`,
  });
}
