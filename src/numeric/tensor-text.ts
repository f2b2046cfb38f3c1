import { shortNumber } from '../language/console.ts';

/** Entries shown along an axis, and of an array. */
const MOST_ALONG = 8;
const MOST = 24;

/**
 * An array in one line: `2×3 [[1, 2, 3], [4, 5, 6]]`, six digits a number, long axes cut.
 * @param entry the number at a place, indices from 0
 */
export function tensorText(shape: readonly number[], entry: (index: readonly number[]) => number): string {
  let shown = 0;
  const part = (index: readonly number[]): string => {
    const size = shape[index.length];
    if (size === undefined) {
      shown += 1;
      return shortNumber(entry(index));
    }
    const parts: string[] = [];
    for (let i = 0; i < size; i++) {
      if (parts.length === MOST_ALONG || shown >= MOST) {
        parts.push('…');
        break;
      }
      parts.push(part([...index, i]));
    }
    return `[${parts.join(', ')}]`;
  };
  const numbers = part([]);
  return shape.length === 0 ? numbers : `${shape.join('×')} ${numbers}`;
}

/** A long series of numbers by its ends: `Float64Array(1001) [0.25, 0.248, 0.246, …, 0.0012]`. */
export function seriesText(series: Float64Array | readonly number[]): string {
  const { length } = series;
  const first = Array.from(series.slice(0, length > MOST_ALONG ? MOST_ALONG - 1 : length)).map(shortNumber);
  const last = length > MOST_ALONG ? ['…', shortNumber(series[length - 1]!)] : [];
  return `Float64Array(${length}) [${[...first, ...last].join(', ')}]`;
}
