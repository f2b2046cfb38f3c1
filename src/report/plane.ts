import type { ScaleContinuousNumeric } from 'd3-scale';
import { extent, shownTicks } from './numbers.ts';
import { element, group, letters, text } from './svg.ts';

export type Scale = ScaleContinuousNumeric<number, number>;

/** The rectangle that two axes span, in pixels from the picture's corner. */
export interface Frame {
  readonly left: number;
  readonly top: number;
  readonly right: number;
  readonly bottom: number;
}

/** Room for numbers at the left and names below. */
export const frameOf = (width: number, height: number): Frame => ({ left: 64, top: 26, right: width - 16, bottom: height - 46 });

/** Room for marks and their meaning below the names. */
export const LEGEND_ROOM = 22;

export interface Axes {
  readonly frame: Frame;
  readonly x: Scale;
  readonly y: Scale;
  readonly xName: string;
  readonly yName: string;
}

/** Ticks, numbers and names; the grid is for planes that are not shaded. */
export function axes({ frame, x, y, xName, yName }: Axes, grid: boolean): string {
  const { left, top, right, bottom } = frame;
  const parts: string[] = [];
  const across = x.ticks(6);
  const along = shownTicks(across, 4);
  for (const [k, value] of across.entries()) {
    const at = x(value);
    if (grid) parts.push(element('line', { class: 'grid', x1: at, x2: at, y1: top, y2: bottom }));
    parts.push(element('line', { class: 'axis', x1: at, x2: at, y1: bottom, y2: bottom + 5 }));
    parts.push(text(along[k]!, { class: 'tick', x: at, y: bottom + 19, 'text-anchor': 'middle' }));
  }
  const up = ticksOf(y);
  const beside = shownTicks(up, 4);
  for (const [k, value] of up.entries()) {
    const at = y(value);
    if (grid) parts.push(element('line', { class: 'grid', x1: left, x2: right, y1: at, y2: at }));
    parts.push(element('line', { class: 'axis', x1: left - 5, x2: left, y1: at, y2: at }));
    parts.push(text(beside[k]!, { class: 'tick', x: left - 9, y: at + 4, 'text-anchor': 'end' }));
  }
  parts.push(element('path', { class: 'axis', d: `M${left},${top}V${bottom}H${right}`, fill: 'none' }));
  parts.push(text(xName, { class: 'axis-name', x: (left + right) / 2, y: bottom + 38, 'text-anchor': 'middle' }));
  parts.push(text(yName, { class: 'axis-name', x: left - 8, y: top - 10, 'text-anchor': 'end' }));
  return group({ class: 'axes' }, ...parts);
}

/** A logarithmic scale offers a tick for every digit: the powers of ten are enough where there are several. */
function ticksOf(scale: Scale): number[] {
  const all = scale.ticks(6);
  if (all.length <= 9) return all;
  const powers = all.filter((t) => Number.isInteger(Math.round(1e6 * Math.log10(t)) / 1e6));
  return powers.length > 1 ? powers : all.filter((_, k) => k % 2 === 0);
}

/** A domain with a margin on both sides; a single value gets room around it. */
export function widened([least, most]: readonly [number, number], share = 0.15): [number, number] {
  const margin = most > least ? (most - least) * share : Math.max(Math.abs(most) * 0.5, 0.5);
  return [least - margin, most + margin];
}

/** Of the values this share at either end is left to itself: a pole would press the rest flat. */
const TAIL = 0.04;

/** From where to where the values of a curve are drawn: all of them, or all but what runs off to a pole. */
export function heights(values: readonly number[]): [number, number] {
  const sorted = values.filter(Number.isFinite).sort((a, b) => a - b);
  if (sorted.length === 0) return [-1, 1];
  const cut = Math.floor(sorted.length * TAIL);
  const [least, most] = extent(sorted.slice(cut, sorted.length - cut));
  const room = Math.max(most - least, 1e-9);
  const [low, high] = [Math.max(sorted[0]!, least - room), Math.min(sorted[sorted.length - 1]!, most + room)];
  return high > low ? [low, high] : [low, low + 1];
}

export interface LegendEntry {
  readonly label: string;
  /** The mark, drawn around the origin. */
  readonly mark: string;
}

/** Marks and their meaning, in a line below the picture's frame. */
export function legend(entries: readonly LegendEntry[], left: number, baseline: number): string {
  let x = left;
  const parts = entries.map(({ label, mark }) => {
    const at = x;
    x += 30 + 7.4 * letters(label) + 18;
    return group({ transform: `translate(${at + 8},${baseline})` }, mark, text(label, { class: 'tick', x: 16, y: 4 }));
  });
  return group({ class: 'legend' }, ...parts);
}
