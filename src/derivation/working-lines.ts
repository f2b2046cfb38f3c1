import type { Shape } from '../graph/dimension.ts';
import type { Node } from '../graph/node.ts';
import type { Expr } from '../language/tree.ts';
import type { Resting } from './resting.ts';
import type { Applied } from './rules.ts';
import type { Way } from './walk.ts';

/** What the working of a step is made of and comes to. */

/** What is said beside a line. */
export type Remark =
  /** The part reaches the objective through one entry of the value only. */
  | { readonly id: 'only'; readonly part: Expr; readonly value: Expr; readonly objective: Expr }
  /** It does through an entry for each of the letters: the paths add up. */
  | { readonly id: 'every'; readonly part: Expr; readonly value: Expr; readonly letters: readonly string[] }
  /** It is in each term of a sum over the letters. */
  | { readonly id: 'terms'; readonly part: Expr; readonly value: Expr; readonly letters: readonly string[] }
  /** Of the sum over all letters one term has the part. */
  | { readonly id: 'term'; readonly part: Expr; readonly letters: readonly string[] }
  /** The value uses the part at several places. */
  | { readonly id: 'places'; readonly part: Expr; readonly count: number }
  /** It does through several quantities, or directly. */
  | { readonly id: 'ways'; readonly through: readonly (Expr | undefined)[] }
  | { readonly id: 'arrives' }
  /** A term for each place at which the objective has it. */
  | { readonly id: 'each' }
  /** By entries, rules of whole arrays are told of these. */
  | { readonly id: 'rules'; readonly rules: readonly Applied[]; readonly byEntries?: true }
  | { readonly id: 'cancels'; readonly factors: readonly [Expr, Expr] }
  /** What arrives is replaced by what it is. */
  | { readonly id: 'put-in'; readonly cancelled?: Expr; readonly sums?: readonly Expr[] }
  | { readonly id: 'resting'; readonly resting: readonly Resting[] }
  /** Sums of differences from a mean, each 0. */
  | { readonly id: 'vanishing'; readonly sums: readonly Expr[] }
  /** Terms with two indices of a matrix either way round are one. */
  | { readonly id: 'symmetric'; readonly names: readonly string[] }
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

/** A line of formulas. */
export interface FormulaLine {
  readonly label?: Exclude<LineLabel, 'shapes'>;
  /** Left out where the line goes on from the one before. */
  readonly left?: Expr;
  readonly right: Expr;
  readonly remark?: Remark;
}

/** The dimension check, as text: shapes are no formulas of the language. */
interface ShapesLine {
  readonly label: 'shapes';
  readonly left?: undefined;
  readonly right: string;
  readonly remark?: Remark;
}

export type WorkingLine = FormulaLine | ShapesLine;

/** What the working of a step is made of, besides the step. */
export interface Explained {
  readonly node: Node;
  /** The name of that, if it has one. */
  readonly name: string;
  /** The derivative by it, under its name if it has one. */
  readonly adjoint: Node;
  readonly ways: () => readonly Way[];
  /** The names of what arrives somewhere, which are not those of the source. */
  readonly adjoints: ReadonlySet<string>;
  /** What is found, in general: what is declared of the data may make it shorter. */
  readonly plain: Node;
}
