import type { Shape } from '../graph/dimension.ts';
import type { Node } from '../graph/node.ts';
import type { Expr } from '../language/tree.ts';
import type { Way } from './paths.ts';
import type { Resting } from './resting.ts';
import type { Applied } from './rules.ts';

/** What the working of a step is made of and comes to. */

/** What is said beside a line. */
export type Remark =
  /** The part reaches the objective through one entry of the value only. */
  | { readonly id: 'only'; readonly part: Expr; readonly value: Expr; readonly objective: Expr }
  /** It does through an entry for each of the letters: the paths add up. */
  | { readonly id: 'every'; readonly part: Expr; readonly value: Expr; readonly letters: readonly string[] }
  /** Of the sum over all letters one term has the part. */
  | { readonly id: 'term'; readonly part: Expr; readonly letters: readonly string[] }
  /** The value uses the part at several places. */
  | { readonly id: 'places'; readonly part: Expr; readonly count: number }
  /** It does through several quantities, or directly. */
  | { readonly id: 'ways'; readonly through: readonly (Expr | undefined)[] }
  | { readonly id: 'arrives' }
  | { readonly id: 'rules'; readonly rules: readonly Applied[] }
  | { readonly id: 'cancels'; readonly factors: readonly [Expr, Expr] }
  /** What arrives is replaced by what it is. */
  | { readonly id: 'put-in' }
  | { readonly id: 'resting'; readonly resting: readonly Resting[] }
  /** Both factors are summed over one index of theirs. */
  | {
      readonly id: 'summed';
      readonly factors: readonly [Expr, Expr];
      readonly axes: readonly [number, number];
      readonly letter: string;
    }
  /** No index is summed: each entry of the one with each of the other. */
  | { readonly id: 'outer'; readonly factors: readonly [Expr, Expr] }
  /** Of the products of two factors this alone has the shape. */
  | { readonly id: 'alone'; readonly factors: readonly [Expr, Expr]; readonly shape: Shape };

export type LineLabel = 'forward' | 'paths' | 'matrices' | 'shapes';

export interface WorkingLine {
  readonly label?: LineLabel;
  /** Left out where the line goes on from the one before. */
  readonly left?: Expr;
  readonly right: Expr | string;
  readonly remark?: Remark;
}

/** What there is to be explained. */
export interface Explained {
  readonly node: Node;
  /** The name of that, if it has one. */
  readonly name: string;
  /** The derivative by it, under its name if it has one. */
  readonly adjoint: Node;
  readonly target: string;
  readonly ways: () => readonly Way[];
  /** The names of what arrives somewhere, which are not those of the source. */
  readonly adjoints: ReadonlySet<string>;
  readonly before: Node;
  /** In general, and with what is declared of the data. */
  readonly plain: Node;
  readonly after: Node;
  readonly resting: readonly Resting[];
  readonly rules: readonly Applied[];
  readonly shapes: string | undefined;
}
