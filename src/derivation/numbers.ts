import type { Node } from '../graph/node.ts';

/** Numbers of one shape, row-major. */
export interface Numbers {
  readonly shape: readonly number[];
  readonly data: ArrayLike<number>;
}

/** A named quantity of a derivation with what it is worth. */
export interface Measured extends Numbers {
  readonly name: string;
  readonly node: Node;
  /** What it is the derivative by: it has the letters of that. */
  readonly by?: Node;
  /** It is filled entry by entry: its formula is in the source. */
  readonly filled?: true;
  /** The axis that counts examples, if it has one. */
  readonly examples?: number;
  /** It has no value where it is looked at. */
  readonly none?: true;
}

/** `positive`, and where it keeps a parameter: `at least half of what it was`. */
interface Keeping {
  readonly fact: string;
  readonly where?: string | undefined;
}

/** A parameter before and after a step of descent. */
export interface Stepped {
  readonly name: string;
  /** `∂Cost/∂W` */
  readonly slope: string;
  readonly before: Numbers;
  readonly gradient: Numbers;
  readonly after: Numbers;
  /** Where its slope alone would have taken it, and the facts that keep it elsewhere, and where. */
  readonly kept?: { readonly to: Numbers; readonly facts: readonly Keeping[] };
}

/** One step of descent: every parameter moves, then forward again. */
export interface Update {
  readonly rate: number;
  /** An objective to be maximized is climbed. */
  readonly sign: '−' | '+';
  /** The letter of the learning rate, one that the source does not use. */
  readonly letter: string;
  readonly parameters: readonly Stepped[];
  readonly objective: { readonly name: string; readonly before: number; readonly after: number };
  /** The quantities on the way that it changes, as they are afterwards, where they are few. */
  readonly forward: readonly Measured[];
}

/** What is to be said where numbers, or a step, are missing. */
export type Remark =
  | { readonly kind: 'noValue' | 'noEntry' | 'beyond' | 'flat' }
  | { readonly kind: 'unimproved'; readonly climbs: boolean }
  | { readonly kind: 'noStep'; readonly rate: number };

/** The numbers behind a derivation, in its order: forward, backward, and what a step of descent makes of them. */
export interface DerivationNumbers {
  readonly forward: readonly Measured[];
  readonly backward: readonly Measured[];
  readonly update?: Update;
  readonly remarks: readonly Remark[];
}

/** A named quantity with its formula and its numbers, as the API returns it. */
export interface Quantity extends Numbers {
  readonly name: string;
  readonly label: string;
  /** The axis that counts examples, if it has one. */
  readonly examples?: number;
}

/** A learning rate as it is said: 1e−8. */
export const rateText = (rate: number): string => String(rate).replace('-', '−');
