/** A piece of source, ready to stand beside an operator. */
export const parenthesised = (text: string): string =>
  /^[\p{L}\p{N}_]+$|^[\p{L}\p{N}_]*\([^()]*\)$/u.test(text) ? text : `(${text})`;

/** The transpose of a piece of source. */
export const turnedText = (text: string): string => /^([\p{L}\p{N}_]+)'$/u.exec(text)?.[1] ?? `${parenthesised(text)}'`;
