import { topological } from '../graph/traverse.ts';
import { lengthOf } from './executable.ts';
import { running } from './running.ts';
import { plain, sizeOfNode } from './schedule.ts';
import type { Task } from './task.ts';
import { isTimeLoop } from './time-loop.ts';

/** A call of `exp` or the like, in additions. */
const CALL = 8;

/** About how many additions and multiplications a step is: known before there is a program, for the choice of a target. */
export function workOf({ outputs, updates }: Pick<Task, 'outputs' | 'updates'>): number {
  return workBelow([...outputs, ...updates].map(({ node }) => node));
}

function workBelow(roots: Parameters<typeof topological>[0]): number {
  let work = 0;
  for (const node of topological(roots)) {
    const size = sizeOfNode(node);
    if (node.kind === 'apply') work += CALL * size;
    else if (node.kind === 'sum') work += size * node.terms.length;
    else if (node.kind === 'contraction') {
      const { loops } = running(node);
      work += lengthOf(loops.map((i) => node.sizes[i] as number)) * Math.max(1, node.factors.length);
    } else if (node.kind === 'array') {
      const { operator, args } = node;
      if (isTimeLoop(operator)) work += (node.shape[operator.axis] as number) * workBelow([operator.body.value]);
      // A matrix that is factored or solved takes about as many operations as it has entries, times their root.
      else work += args.reduce((sum, arg) => sum + sizeOfNode(plain(arg)) ** 1.5, CALL * size);
    }
  }
  return work;
}
