import type { Sizes } from '../graph/dimension.ts';
import type { Node } from '../graph/node.ts';
import type { Model } from '../model/model.ts';
import type { Callable } from '../numeric/callable.ts';
import type { Points } from './points.ts';

/** Nodes that are said to be the derivative by a name: of this or of another graph, with variables of the same names. */
export interface Claim {
  readonly name: string;
  /** Each is compared. */
  readonly forms: readonly Node[];
  /** The one that is also compiled, of the model's own graph. */
  readonly runs?: Node;
  /** The objective's axes, and the name's: together those of the derivative. */
  readonly front: readonly number[];
  readonly own: readonly number[];
}

/** What is to be compared, and where. */
export interface Task {
  readonly model: Model;
  readonly objective: Node;
  readonly claims: readonly Claim[];
  /** The objective and what runs of each claim: the program that the API hands out. */
  readonly program?: Callable;
  readonly points: Points;
  readonly sizes: Sizes;
  /** The number of points. */
  readonly count: number;
  readonly seed: number;
}
