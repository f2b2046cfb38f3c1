import type { Reason } from '../classes.ts';
import type { Refusal, Said, ToldVerdict } from '../told.ts';
import type { Way } from '../verdict.ts';

/** What is said of a model whose dimension is split over devices, in one language. */
export interface ParallelWords {
  /** `Cost, its examples (m) split over devices: average` */
  readonly title: (objective: string, m: string, verdict: ToldVerdict) => string;
  /** What devices do, and what of all it is that they find. */
  readonly ways: Readonly<Record<Way, (objective: string, m: string, verdict: ToldVerdict) => string>>;
  readonly split: (names: readonly string[], m: string, averaged: boolean) => string;
  readonly once: (formula: string, place: string) => string;
  readonly derived: (formula: string) => string;
  readonly given: (formula: string, place: string) => string;
  readonly counted: (m: string) => string;
  /** Where something stands, `in Cost (line 7)`. */
  readonly place: (place: Said) => string;
  /** A part that no single line can say. */
  readonly part: string;
  readonly reasons: Readonly<Record<Reason, (refusal: Refusal, m: string, verdict: ToldVerdict) => string>>;
  readonly sent: (bytes: number) => string;
  readonly gradients: string;
  readonly compiled: string;
  readonly untold: (names: readonly string[]) => string;
  readonly held: string;
  readonly parameters: string;
  readonly optimizer: string;
  readonly carries: (arrays: number) => string;
  readonly data: string;
  readonly values: string;
  readonly numbers: (count: string) => string;
  readonly bytes: (fixed: string, each: string | undefined, m: string) => string;
  readonly nothing: string;
  readonly more: (count: number) => string;
  /** Between items. */
  readonly comma: string;
  /** Between what something is and what it comes to. */
  readonly colon: string;
}
