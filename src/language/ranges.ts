import { GradusError } from './diagnostics.ts';

/** `in 0..1` after a declared name: what its entries lie between. The words are one token, written in one way. */

const BOUND = '([-+−]?)[ \\t]*((?:\\d+(?:\\.\\d+)?|\\.\\d+)(?:[eE][-+]?\\d+)?|inf|∞)';
const RANGE = new RegExp(`^in[ \\t]*${BOUND}[ \\t]*(?:\\.\\.|…)[ \\t]*${BOUND}`, 'u');

interface RangeToken {
  readonly text: string;
  readonly length: number;
}

/**
 * The range that begins with the word `in` at `start`.
 * @throws GradusError `syntax` for anything else after the word
 */
export function rangeAt(text: string, start: number): RangeToken {
  const found = RANGE.exec(text.slice(start, start + 200));
  if (!found)
    throw new GradusError('syntax', 'after `in` stand the bounds of a range', {
      span: { start, end: start + 2 },
      hint: 'for example in 0..1, in -1..1, in 0..inf',
    });
  const bound = (sign: string, size: string): string => `${sign === '' || sign === '+' ? '' : '-'}${size.replace('∞', 'inf')}`;
  const [whole, lowSign, low, highSign, high] = found;
  return { text: `in ${bound(lowSign!, low!)}..${bound(highSign!, high!)}`, length: whole.length };
}

/** The bounds that a range token says; undefined for any other word. */
export function rangeOf(word: string): { readonly least: number; readonly most: number } | undefined {
  const found = /^in (.+)\.\.(.+)$/.exec(word);
  if (!found) return undefined;
  const [least, most] = [found[1]!, found[2]!].map((bound) => Number(bound.replace('inf', 'Infinity'))) as [number, number];
  return { least, most };
}
