import { scaleLinear } from 'd3-scale';
import { area, line } from 'd3-shape';
import type { Words } from '../derivation/words/index.ts';
import type { Fit } from '../descend/index.ts';
import type { Model } from '../model/model.ts';
import type { Inputs } from '../numeric/binding.ts';
import { errorsOf, REACH } from './band.ts';
import { featureNames } from './boundary.ts';
import { clipTo } from './grid.ts';
import { extent } from './numbers.ts';
import { axes, frameOf, legend, widened } from './plane.ts';
import { examplesOf, featureRows, type Prediction, sayingOf } from './prediction.ts';
import { element, figure, picture, pictureName, shortPath } from './svg.ts';
import type { Start } from './values.ts';

const WIDTH = 720;
const HEIGHT = 420;
const SAMPLES = 160;
const FAR = 3;
const MOST_EXAMPLES = 2000;
/** Among more, the distances would be a blot. */
const MOST_DISTANCES = 200;

/** Places of one feature at which a fitted curve is drawn: the examples with some room beside them. */
export function samplesOf(row: readonly number[]): number[] {
  const [from, to] = widened(extent(row), 0.06);
  return Array.from({ length: SAMPLES }, (_, k) => from + (k / (SAMPLES - 1)) * (to - from));
}

/**
 * The examples of one feature, with what the model says of it before and after training, and how sure it is.
 * @returns undefined unless there is one feature
 */
export function fitFigure(
  model: Model,
  prediction: Prediction,
  start: Start,
  learned: Inputs,
  words: Words,
  fit?: Fit,
): string | undefined {
  const rows = featureRows(prediction, start);
  if (rows.length !== 1) return undefined;
  const w = words.page.training;
  const targets = Array.from(start.values.get(prediction.target.name)!);
  const frame = frameOf(WIDTH, HEIGHT - 34);
  const samples = samplesOf(rows[0]!);
  const x = scaleLinear(extent(samples), [frame.left, frame.right]);
  const said = (params: Inputs, features: readonly number[]) =>
    sayingOf(model, [prediction.output]).run({ ...params, ...examplesOf(prediction, [features], start) })[0]!.data;
  const before = said(start.inputs, samples);
  const after = said(learned, samples);
  const distances = targets.length <= MOST_DISTANCES;
  const fitted = distances ? said(learned, rows[0]!) : [];
  const errors = fit && errorsOf(model, prediction, fit, { ...learned, ...examplesOf(prediction, [samples], start) });
  const told = extent([...targets, ...after.filter(Number.isFinite)]);
  const whole = extent([...told, ...before.filter(Number.isFinite)]);
  // A beginning that is far off would press the examples flat.
  const far = whole[1] - whole[0] > FAR * (told[1] - told[0]);
  const y = scaleLinear(widened(far ? told : whole, 0.1), [frame.bottom, frame.top]);
  const curve = (values: ArrayLike<number>, style: string) => {
    const path = line<number>(x, (_, k) => y(values[k]!)).defined((_, k) => Number.isFinite(values[k]));
    return element('path', { class: style, d: shortPath(path(samples)), 'clip-path': 'url(#fit-clip)' });
  };
  const bandPath = (reach: Float64Array) => {
    const between = area<number>()
      .x((sample) => x(sample))
      .y0((_, k) => y(after[k]! - REACH * reach[k]!))
      .y1((_, k) => y(after[k]! + REACH * reach[k]!))
      .defined((_, k) => Number.isFinite(after[k]! + reach[k]!));
    return shortPath(between(samples));
  };
  const body = [
    element('defs', {}, clipTo('fit-clip', frame)),
    axes({ frame, x, y, xName: featureNames(prediction)[0]!, yName: pictureName(prediction.target.name) }, true),
    ...(errors ? [element('path', { class: 'band', d: bandPath(errors), 'clip-path': 'url(#fit-clip)' })] : []),
    ...Array.from(fitted).flatMap((value, k) => {
      if (!Number.isFinite(value)) return [];
      const across = x(rows[0]![k]!);
      return element('line', { class: 'distance', x1: across, x2: across, y1: y(targets[k]!), y2: y(value) });
    }),
    ...targets
      .slice(0, MOST_EXAMPLES)
      .map((t, k) => element('circle', { class: 'example', cx: x(rows[0]![k]!), cy: y(t), r: 4 })),
    curve(before, 'earlier'),
    curve(after, 'curve'),
    legend(
      [
        { label: w.data, mark: element('circle', { class: 'example', r: 4 }) },
        { label: w.before, mark: element('path', { class: 'earlier', d: 'M-9,0H9' }) },
        { label: w.after, mark: element('path', { class: 'curve', d: 'M-9,0H9' }) },
      ],
      frame.left,
      HEIGHT - 14,
    ),
  ].join('\n');
  const note = w.fitNote(distances, errors !== undefined);
  return figure(picture({ id: 'fit', title: w.fit, description: note, width: WIDTH, height: HEIGHT, body }), note);
}
