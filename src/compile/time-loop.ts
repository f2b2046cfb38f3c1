import type { Graph } from '../graph/graph.ts';
import type { Node, Recurrence, StepBody } from '../graph/node.ts';
import { outside } from '../graph/traverse.ts';
import { type ArrayOperator, internalOperator } from '../operators/array.ts';

/** A recurrence as the compiler sees it: a loop over time whose body is computed step by step. */
export interface TimeLoop extends ArrayOperator {
  readonly body: StepBody;
  readonly axis: number;
  readonly backward: boolean;
}

export const isTimeLoop = (operator: ArrayOperator): operator is TimeLoop => 'body' in operator;

/** Its arguments are the first entry, the arrays that are read at each time, and what is the same at all times. */
export function timeLoop(g: Graph, { id, init, axis, backward, body, shape }: Recurrence): Node {
  const args = [init, ...outside({ body })];
  const cells = args.map((a) => a.shape.length);
  const record = internalOperator('recurrence', `recurrence ${id}`, cells, () => shape);
  const operator: TimeLoop = { ...record, body: body(), axis, backward };
  return g.array(operator, ...args);
}
