import type { Node } from '../graph/node.ts';
import type { Input, Model } from '../model/model.ts';
import type { Value } from '../numeric/value-text.ts';
import type { HeldObjective } from './held.ts';

/** A line of the program: a named quantity, under its formula and, of derivatives, the rule that it comes by. */
export interface Line {
  /** As the model has it, `Z1`, `dZ1`; a gradient as `dCost/dW1`. */
  readonly name: string;
  /** The quantity as it runs; the parts that it shares with others are nodes of these, as definitions. */
  readonly node: Node;
  /** The formula in the notation of mathematics, for a comment. */
  readonly formula: string;
  readonly reason?: string;
}

/** A model with its derivatives, ready to be printed in another language. */
export interface Exported {
  readonly model: Model;
  /** The objective's name; `cost` where it has none. */
  readonly name: string;
  /** The named quantities that the objective needs, in order, the objective last. */
  readonly forward: readonly Line[];
  /** What arrives at them, and the gradient by each parameter, in an order in which each needs only those before it. */
  readonly backward: readonly Line[];
  /** Named quantities that neither needs by itself; what computes a recurrence step by step may come by them. */
  readonly others: readonly Line[];
  readonly gradients: ReadonlyMap<string, Node>;
  /** What differences move, where that is not the objective itself. */
  readonly held: HeldObjective | undefined;
  readonly params: readonly Input[];
  readonly data: readonly Input[];
  /** What the parameters start from, and the data that the source holds, by name. */
  readonly values: ReadonlyMap<string, Value>;
  /** Sizes that were given as such. */
  readonly sizes: Readonly<Record<string, number>>;
  /** What the model predicts, if that is clear. */
  readonly predicted: { readonly name: string; readonly node: Node } | undefined;
  readonly precision: 'f64' | 'f32';
  /** The comments at the head of the source. */
  readonly comment: readonly string[];
}

/** A language that models are handed on to: one record a dialect, in the list of `index.ts`. */
export interface Dialect {
  readonly name: string;
  /** What it is, for the help. */
  readonly words: string;
  /**
   * The files of the program by their names.
   * @throws GradusError `unsupported` for an operator that the language cannot be told, by its name
   */
  readonly files: (exported: Exported) => Promise<Readonly<Record<string, string>>> | Readonly<Record<string, string>>;
}
