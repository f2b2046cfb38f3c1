import type { Counter, Expression, Local, Place, Slot } from './expression.ts';
import type { Routine } from './intrinsic.ts';

/**
 * The loop program: what a target prints. A step computes, then commits its updates; `before` and `after` run once
 * around all steps. `protocol.ts` says how these make a run.
 */
export interface Program {
  readonly slots: readonly Slot[];
  readonly before: readonly Statement[];
  readonly compute: readonly Statement[];
  readonly commit: readonly Statement[];
  readonly after: readonly Statement[];
  /** The buffer whose memory a temporary uses, where it is not its own. */
  readonly memory?: ReadonlyMap<Slot, Slot>;
  /** The first output, if it is a scalar. */
  readonly objective: Expression | undefined;
}

export type Statement = Let | Assign | Store | Product | Call | Loop;

/** A new local. `variable` ones are assigned to later on. */
export interface Let {
  readonly kind: 'let';
  readonly local: Local;
  readonly value: Expression;
  readonly variable: boolean;
}

/** local = value, or local += value. */
export interface Assign {
  readonly kind: 'assign';
  readonly local: Local;
  readonly value: Expression;
  readonly accumulate: boolean;
}

/** slot[at] = value, or slot[at] += value. */
export interface Store {
  readonly kind: 'store';
  readonly slot: Slot;
  readonly at: Place;
  readonly value: Expression;
  readonly accumulate: boolean;
}

/**
 * A product of matrices: slot[at] = scale·Σ left·right over `summed`, or += that, for all rows and columns. The left operand
 * has no columns, the right one no rows; columns lie side by side in the result.
 */
export interface Product {
  readonly kind: 'product';
  readonly rows: Counter;
  readonly columns: Counter;
  /** At least one. */
  readonly summed: readonly Counter[];
  readonly left: Operand;
  readonly right: Operand;
  readonly slot: Slot;
  readonly at: Place;
  readonly scale: number;
  readonly accumulate: boolean;
  /** Whether an entry is the same where rows and columns change places, so that half of them may be copied; if so, one index is summed. */
  readonly mirrored: boolean;
}

/** An array of a product, by the place of an entry. */
export interface Operand {
  readonly slot: Slot;
  readonly at: Place;
}

/** A routine over whole buffers. */
export interface Call {
  readonly kind: 'call';
  readonly routine: Routine;
  readonly args: readonly Slot[];
  readonly out: Slot;
  readonly count: number;
  readonly shapes: readonly (readonly number[])[];
}

export interface Loop {
  readonly kind: 'loop';
  readonly counter: Counter;
  readonly body: readonly Statement[];
}

export const letLocal = (local: Local, value: Expression, variable = false): Let => ({ kind: 'let', local, value, variable });
export const assign = (local: Local, value: Expression, accumulate = false): Assign => ({
  kind: 'assign',
  local,
  value,
  accumulate,
});
export const store = (slot: Slot, at: Place, value: Expression, accumulate = false): Store => ({
  kind: 'store',
  slot,
  at,
  value,
  accumulate,
});
export const loop = (counter: Counter, body: readonly Statement[]): Loop => ({ kind: 'loop', counter, body });
