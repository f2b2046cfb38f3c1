import { contours } from 'd3-contour';
import { scaleLinear } from 'd3-scale';
import type { Words } from '../derivation/words/index.ts';
import type { Model } from '../model/model.ts';
import type { Inputs } from '../numeric/binding.ts';
import { sigmoid } from '../operators/activation.ts';
import { clipTo, contourPath, gridValues } from './grid.ts';
import { areLogOdds } from './log-odds.ts';
import { extent, shown } from './numbers.ts';
import { axes, frameOf, type LegendEntry, legend, widened } from './plane.ts';
import { examplesOf, featureRows, type Prediction, sayingOf } from './prediction.ts';
import { element, figure, group, picture, pictureName } from './svg.ts';
import type { Start } from './values.ts';

const WIDTH = 560;
const HEIGHT = 500;
const CELLS = 80;
const MOST_EXAMPLES = 2000;

/** Shares of the way from one class to the other at which the shading deepens. */
const STEPS = [0.5, 0.6, 0.7, 0.8, 0.9, 0.98];

/** The plane of two features, as far as examples lie in it. */
export interface Plane {
  readonly x: [number, number];
  readonly y: [number, number];
  /** The rows of features of points of the plane. */
  readonly features: (a: readonly number[], b: readonly number[]) => readonly (readonly number[])[];
}

/** A plane of two features with examples of two kinds. */
export interface FeaturePlane extends Plane {
  /** The features of the examples, and what they should be. */
  readonly rows: readonly (readonly number[])[];
  readonly targets: readonly number[];
  readonly low: number;
  readonly high: number;
  /** Where the model changes its mind: half the way between the kinds, 0 where it says log-odds. */
  readonly edge: number;
  /** How far what it says is from the lower kind to the higher; a half at the edge. */
  readonly share: (said: number) => number;
}

/** The plane of rows of features; undefined unless there are two, or a third that is their product. */
export function planeOf(rows: readonly (readonly number[])[]): Plane | undefined {
  const crossed = rows.length === 3 && isProduct(rows[2]!, rows[0]!, rows[1]!);
  if (!(rows.length === 2 || crossed)) return undefined;
  return {
    x: widened(extent(rows[0]!), 0.3),
    y: widened(extent(rows[1]!), 0.3),
    features: (a, b) => (crossed ? [a, b, a.map((v, k) => v * b[k]!)] : [a, b]),
  };
}

/** The plane of a classifier; undefined unless there are two features and two kinds of targets. */
export function featurePlane(model: Model, prediction: Prediction, start: Start): FeaturePlane | undefined {
  const rows = featureRows(prediction, start);
  const targets = Array.from(start.values.get(prediction.target.name)!);
  const [low, high, more] = [...new Set(targets)].sort((a, b) => a - b);
  const plane = planeOf(rows);
  if (!plane || low === undefined || high === undefined || more !== undefined) return undefined;
  const kinds = { ...plane, rows, targets, low, high };
  if (low === 0 && high === 1 && areLogOdds(model, prediction.output)) return { ...kinds, edge: 0, share: sigmoid.kernel };
  return { ...kinds, edge: (low + high) / 2, share: (said) => (said - low) / (high - low) };
}

/**
 * Where a classifier of two features changes its mind, both sides shaded, with the examples.
 * @returns undefined unless there are two features and two kinds of targets
 */
export function boundaryFigure(
  model: Model,
  prediction: Prediction,
  start: Start,
  learned: Inputs,
  words: Words,
): string | undefined {
  const plane = featurePlane(model, prediction, start);
  if (!plane) return undefined;
  const { rows, targets, low, high } = plane;
  const w = words.page.training;
  const frame = frameOf(WIDTH, HEIGHT - 34);
  const x = scaleLinear(plane.x, [frame.left, frame.right]);
  const y = scaleLinear(plane.y, [frame.bottom, frame.top]);
  const grid = gridValues(x, y, CELLS, CELLS, ([a, b]) => {
    const inputs = { ...learned, ...examplesOf(prediction, plane.features(a, b), start) };
    return sayingOf(model, [prediction.output]).run(inputs)[0]!.data;
  });
  const share = grid.map(plane.share);
  const side = (values: readonly number[], style: string) =>
    STEPS.map((level) => {
      const [area] = contours().size([CELLS, CELLS]).thresholds([level])([...values]);
      return element('path', { d: contourPath(area!, x, y, CELLS, CELLS), fill: `var(--${style})`, 'fill-opacity': 0.14 });
    });
  const [edge] = contours().size([CELLS, CELLS]).thresholds([0.5])([...share]);
  const names = featureNames(prediction);
  const body = [
    element('defs', {}, clipTo('boundary-clip', frame)),
    group(
      { 'clip-path': 'url(#boundary-clip)' },
      ...side(share, 'side-b'),
      ...side(
        share.map((s) => 1 - s),
        'side-a',
      ),
      element('path', { class: 'boundary', d: contourPath(edge!, x, y, CELLS, CELLS) }),
    ),
    axes({ frame, x, y, xName: names[0]!, yName: names[1]! }, false),
    ...targets.slice(0, MOST_EXAMPLES).map((t, k) => mark(x(rows[0]![k]!), y(rows[1]![k]!), t === high)),
    legend(legendOf(low, high, w.target), frame.left, HEIGHT - 14),
  ].join('\n');
  const output = prediction.name === '' ? '…' : pictureName(prediction.name);
  const note = w.boundaryNote(output, shown(plane.edge), pictureName(prediction.target.name));
  return figure(picture({ id: 'boundary', title: w.boundary, description: note, width: WIDTH, height: HEIGHT, body }), note);
}

/** A third feature that is the product of two: a cross, which follows from them anywhere. */
const isProduct = (row: readonly number[], a: readonly number[], b: readonly number[]): boolean =>
  row.every((v, k) => v === a[k]! * b[k]!);

/** The kinds differ in form too: a disc, and a square that stands on its corner. */
const mark = (x: number, y: number, high: boolean): string =>
  high
    ? element('path', {
        class: 'example',
        d: `M${x},${y - 8}L${x + 8},${y}L${x},${y + 8}L${x - 8},${y}Z`,
        style: 'fill: var(--second)',
      })
    : element('circle', { class: 'example', cx: x, cy: y, r: 6, style: 'fill: var(--accent)' });

const legendOf = (low: number, high: number, label: (value: string) => string): LegendEntry[] => [
  { label: label(shown(low)), mark: mark(0, 0, false) },
  { label: label(shown(high)), mark: mark(0, 0, true) },
];

/** `X₁`, `X₂` for the rows of one input; the inputs' names where each has one. */
export const featureNames = ({ features }: Prediction): string[] =>
  features.flatMap(({ input, rows }) =>
    rows === 1 ? [pictureName(input.name)] : Array.from({ length: rows }, (_, k) => pictureName(`${input.name}${k + 1}`)),
  );
