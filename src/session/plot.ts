import { scaleLinear, scaleLog } from 'd3-scale';
import { showNumber } from '../numeric/value-text.ts';
import { thinned } from '../report/curve.ts';
import { ENGLISH, type Voice } from './speech.ts';

/** Dots of a braille character: two columns of four. The bits by column, from the top. */
const DOTS = [
  [0x01, 0x02, 0x04, 0x40],
  [0x08, 0x10, 0x20, 0x80],
] as const;
const BLANK = 0x2800;

const ROWS = 10;
/** Costs that differ by more than this factor need a logarithmic scale, as in the reports. */
const WIDE = 20;

/** A grid of dots that are set one by one and written as characters. */
interface Canvas {
  /** Dots across and down. */
  readonly across: number;
  readonly down: number;
  set(x: number, y: number): void;
  rows(): string[];
}

function braille(columns: number, rows: number): Canvas {
  const cells = Array.from({ length: rows }, () => new Uint8Array(columns));
  return {
    across: 2 * columns,
    down: 4 * rows,
    set: (x, y) => {
      cells[y >> 2]![x >> 1]! |= DOTS[x & 1]![y & 3]!;
    },
    rows: () => cells.map((row) => Array.from(row, (bits) => String.fromCodePoint(BLANK + bits)).join('')),
  };
}

function stars(columns: number, rows: number): Canvas {
  const cells = Array.from({ length: rows }, () => Array<string>(columns).fill(' '));
  return {
    across: columns,
    down: rows,
    set: (x, y) => {
      cells[y]![x] = '*';
    },
    rows: () => cells.map((row) => row.join('')),
  };
}

/**
 * The costs over the epochs as lines of text: logarithmic where they fall far.
 * @param width of the whole, in columns
 */
export function plotLines(
  costs: ArrayLike<number>,
  name: string,
  width: number,
  ascii: boolean,
  { say }: Voice = ENGLISH,
): string[] {
  const epochs = costs.length - 1;
  const columns = Math.max(10, Math.min(60, width - 14));
  const canvas = (ascii ? stars : braille)(columns, ROWS);
  const points = thinned(costs, canvas.across);
  const [least, most] = [Math.min(...points.map(([, y]) => y)), Math.max(...points.map(([, y]) => y))];
  const logarithmic = least > 0 && most / least > WIDE;
  const domain = most > least ? [least, most] : [least - 1, most + 1];
  const range = [canvas.down - 1, 0];
  const y = logarithmic ? scaleLog(domain, range) : scaleLinear(domain, range);
  const x = scaleLinear([0, Math.max(1, epochs)], [0, canvas.across - 1]);
  let before: readonly [number, number] | undefined;
  for (const [epoch, cost] of points) {
    const here = [Math.round(x(epoch)), Math.round(y(cost))] as const;
    for (const [column, row] of line(before ?? here, here)) canvas.set(column, row);
    before = here;
  }
  const labels = [domain[1]!, domain[0]!].map((value) => showNumber(value, 4));
  const wide = Math.max(...labels.map((label) => label.length));
  const body = canvas.rows().map((row, k) => {
    const label = k === 0 ? labels[0]! : k === ROWS - 1 ? labels[1]! : '';
    return `${label.padStart(wide)} ${ascii ? '|' : '│'}${row.replace(/[\s\u2800]+$/, '')}`;
  });
  const last = String(epochs);
  return [
    `${name}${logarithmic ? say(', logarithmic') : ''}`,
    ...body,
    `${' '.repeat(wide)} ${ascii ? `+${'-'.repeat(columns)}` : `└${'─'.repeat(columns)}`}`,
    `${' '.repeat(wide)}  ${say(`0${last.padStart(columns - 1)} epochs`)}`,
  ];
}

/** The dots from one to another, both included. */
function* line([x0, y0]: readonly [number, number], [x1, y1]: readonly [number, number]): Generator<readonly [number, number]> {
  const steps = Math.max(Math.abs(x1 - x0), Math.abs(y1 - y0), 1);
  for (let k = 0; k <= steps; k++) yield [Math.round(x0 + ((x1 - x0) * k) / steps), Math.round(y0 + ((y1 - y0) * k) / steps)];
}
