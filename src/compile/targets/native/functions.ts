import type { Precision } from '../../executable.ts';

/** A function that is written here, since the library's is slower, or does not vectorise. */
export interface Written {
  readonly name: string;
  readonly text: string;
  /** What the text calls, as programs call it. */
  readonly needs?: readonly string[];
}

export const fast = (name: string, precision: Precision): Written | undefined => BY_PRECISION[precision].get(name);

const all = (precision: Precision): Map<string, Written> => new Map(precision === 'f32' ? [] : []);

const BY_PRECISION: Record<Precision, Map<string, Written>> = { f64: all('f64'), f32: all('f32') };
