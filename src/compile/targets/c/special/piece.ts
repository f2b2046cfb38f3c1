/** A function of C that is written down where it is called, as its kernel in `operators/kernels` computes it. */
export interface Piece {
  /** Other pieces that it calls. */
  readonly needs?: readonly string[];
  /** Functions of the language that it calls, which the file may call otherwise. */
  readonly calls?: readonly string[];
  /** @param named what the file calls a function of the language */
  readonly text: (named: (operator: string) => string) => string;
}

/** A piece that calls no function of the language. */
export const piece = (text: string, ...needs: string[]): Piece => ({ needs, text: () => text });

/** A table of numbers in C. */
export const table = (numbers: readonly number[]): string => `{\n    ${numbers.join(',\n    ')}}`;
