import { contours } from 'd3-contour';
import { scaleLinear } from 'd3-scale';
import { curveCatmullRom, line } from 'd3-shape';
import { compileProgram, type Executable } from '../compile/index.ts';
import type { Words } from '../derivation/words/index.ts';
import { runningForms } from '../model/expanded.ts';
import type { Model } from '../model/model.ts';
import { type Chosen, chosenEntries } from './chosen.ts';
import type { Place } from './descent-path.ts';
import { clipTo, contourPath, gridValues } from './grid.ts';
import { extent, shown } from './numbers.ts';
import { axes, frameOf, legend, type Scale, widened } from './plane.ts';
import { element, figure, group, picture, pictureName, shortPath, text } from './svg.ts';
import type { Start } from './values.ts';

const SIZE = { width: 620, height: 520 };
/** Where the name of the way stands, unless there is less room. */
const LEGEND = { from: 330, room: 150 };
const LEVELS = 14;
const MOST_CELLS = 64;

/** Evaluating the grid may take so many milliseconds: with much data it is coarser. */
const PATIENCE = 1500;

export interface SurfaceOptions {
  /** Labels of two entries of the parameters; those that moved most unless told. */
  readonly over?: readonly [string, string] | undefined;
  /** In pixels. */
  readonly size?: { readonly width: number; readonly height: number };
}

/**
 * The cost over two entries of the parameters, with the way that descent took over it. With more than two entries, those
 * that moved most, unless others are wanted by their labels; the rest is held where it ended.
 */
export function surfaceFigure(
  model: Model,
  start: Start,
  path: readonly Place[],
  objective: string,
  words: Words,
  { over: wanted, size: { width, height } = SIZE }: SurfaceOptions = {},
): string | undefined {
  const chosen = chosenEntries(model, start, path, wanted);
  if (!chosen) return undefined;
  const { first, second, slice } = chosen;
  const along = (entry: Chosen) => path.map((place) => place.get(entry.name)![entry.at]!);
  const [xs, ys] = [along(first), along(second)];
  const frame = frameOf(width, height - 34);
  const x = scaleLinear(around(xs), [frame.left, frame.right]);
  const y = scaleLinear(around(ys), [frame.bottom, frame.top]);
  const cost = costAt(model, start, path[path.length - 1]!, first, second);
  const cells = cellsFor(() => cost(xs[0]!, ys[0]!));
  const values = gridValues(x, y, cells, cells, ([a, b]) => a.map((v, k) => cost(v, b[k]!)));
  const finite = values.filter(Number.isFinite);
  if (finite.length < values.length / 4) return undefined;
  const [least, most] = extent(finite);
  const w = words.page.training;
  const labels = [first, second].map((entry) => pictureName(entry.label)) as [string, string];
  const filled = values.map((v) => (Number.isFinite(v) ? v : most));
  const bands = contours().size([cells, cells]).thresholds(levelsOf(finite))(filled);
  const shades = bands.map((band, k) =>
    element('path', {
      d: contourPath(band, x, y, cells, cells),
      fill: shade((k + 1) / bands.length),
      stroke: 'var(--paper)',
      'stroke-opacity': 0.35,
    }),
  );
  const { left, top, right, bottom } = frame;
  const area = { x: left, y: top, width: right - left, height: bottom - top };
  const body = [
    element('rect', { ...area, fill: shade(0) }),
    element('defs', {}, clipTo('surface-clip', frame)),
    group({ 'clip-path': 'url(#surface-clip)' }, ...shades),
    axes({ frame, x, y, xName: labels[0], yName: labels[1] }, false),
    descent(xs, ys, x, y),
    costScale(least, most, frame.left, height - 14),
    legend(
      [{ label: w.path, mark: element('path', { class: 'path', d: 'M-9,0H9' }) }],
      Math.min(frame.left + LEGEND.from, width - LEGEND.room),
      height - 14,
    ),
  ].join('\n');
  const note = w.surfaceNote(pictureName(objective), labels[0], labels[1], slice);
  return figure(picture({ id: 'surface', title: w.surface, description: note, width, height, body }), note);
}

/** From where to where an axis goes: about the way, or about where it begins. */
function around(values: readonly number[]): [number, number] {
  const [least, most] = extent(values);
  if (most > least) return widened([least, most], 0.3);
  const reach = 2 * Math.max(1, Math.abs(least));
  return [least - reach, least + reach];
}

/** The way, its beginning an open ring and its end a disc. */
function descent(xs: readonly number[], ys: readonly number[], x: Scale, y: Scale): string {
  const curve = line<number>(x, (_, k) => y(ys[k]!)).curve(curveCatmullRom);
  const d = shortPath(curve(xs as number[]));
  const end = xs.length - 1;
  return group(
    {},
    element('path', { class: 'halo', d }),
    element('path', { class: 'path', d }),
    element('circle', { class: 'start', cx: x(xs[0]!), cy: y(ys[0]!), r: 5 }),
    element('circle', { class: 'end', cx: x(xs[end]!), cy: y(ys[end]!), r: 6 }),
  );
}

/** From the colour of low costs to that of high ones. */
const shade = (share: number): string => `color-mix(in oklab, var(--high) ${Math.round(100 * share)}%, var(--low))`;

/** Levels between which equal areas lie: a valley shows its shape, however steep its walls are. */
function levelsOf(values: readonly number[]): number[] {
  const sorted = [...values].sort((a, b) => a - b);
  const levels = Array.from({ length: LEVELS }, (_, k) => sorted[Math.floor(((k + 1) / (LEVELS + 1)) * sorted.length)]!);
  return [...new Set(levels)];
}

/** The shades from the lowest cost to the highest. */
function costScale(least: number, most: number, left: number, baseline: number): string {
  const low = shown(least, 2);
  const begin = left + 12 + 7 * [...low].length;
  const steps = Array.from({ length: 12 }, (_, k) =>
    element('rect', { x: begin + 10 * k, y: baseline - 6, width: 10.5, height: 12, fill: shade(k / 11) }),
  );
  return group(
    { class: 'legend' },
    text(low, { class: 'tick', x: left, y: baseline + 4 }),
    ...steps,
    text(shown(most, 2), { class: 'tick', x: begin + 128, y: baseline + 4 }),
  );
}

/** The cost as a function of the two entries. */
function costAt(model: Model, start: Start, end: Place, first: Chosen, second: Chosen): (a: number, b: number) => number {
  const program: Executable = compileProgram({
    outputs: runningForms(model, [model.objective!.node]),
    sizes: start.sizes,
  });
  for (const [name, { data }] of program.inputs) data.set(end.get(name) ?? start.values.get(name)!);
  const [x, y] = [first, second].map(({ name }) => program.input(name)!.data) as [Float64Array, Float64Array];
  return (a, b) => {
    x[first.at] = a;
    y[second.at] = b;
    program.run();
    return program.outputs[0]!.data[0]!;
  };
}

function cellsFor(evaluate: () => unknown): number {
  const begun = performance.now();
  for (let k = 0; k < 3; k++) evaluate();
  const each = (performance.now() - begun) / 3;
  return Math.max(16, Math.min(MOST_CELLS, Math.floor(Math.sqrt(PATIENCE / Math.max(each, 1e-3)))));
}
