import { scaleLinear } from 'd3-scale';
import type { Words } from '../derivation/words/index.ts';
import type { Fit } from '../descend/index.ts';
import type { Model } from '../model/model.ts';
import type { Inputs } from '../numeric/binding.ts';
import { REACH } from './band.ts';
import { extent } from './numbers.ts';
import { axes, frameOf, widened } from './plane.ts';
import { examplesOf, featureRows, type Prediction, sayingOf } from './prediction.ts';
import { element, figure, picture } from './svg.ts';
import type { Start } from './values.ts';

const WIDTH = 720;
const HEIGHT = 300;
const MOST_EXAMPLES = 2000;

/** What a fit leaves of each example, over what it says: without a pattern where the model is right. */
export function residualsFigure(
  model: Model,
  prediction: Prediction,
  start: Start,
  learned: Inputs,
  fit: Fit,
  words: Words,
): string | undefined {
  const { observations, degreesOfFreedom } = fit;
  if (!observations || !degreesOfFreedom) return undefined;
  const w = words.page.training;
  const targets = Array.from(start.values.get(prediction.target.name)!).slice(0, MOST_EXAMPLES);
  const features = featureRows(prediction, start).map((row) => Array.from(row).slice(0, MOST_EXAMPLES));
  const said = sayingOf(model, [prediction.output]).run({ ...learned, ...examplesOf(prediction, features, start) })[0]!.data;
  const rests = targets.map((t, k) => t - said[k]!);
  if (!rests.every(Number.isFinite)) return undefined;
  // That of the fit is in the units of the weights.
  const square = rests.reduce((sum, rest) => sum + rest * rest, 0) / rests.length;
  const deviation = Math.sqrt((square * observations) / degreesOfFreedom);
  const frame = frameOf(WIDTH, HEIGHT);
  const x = scaleLinear(widened(extent(Array.from(said)), 0.06), [frame.left, frame.right]);
  const y = scaleLinear(widened(extent([...rests, -REACH * deviation, REACH * deviation]), 0.1), [frame.bottom, frame.top]);
  const level = (value: number, style: string) =>
    element('line', { class: style, x1: frame.left, x2: frame.right, y1: y(value), y2: y(value) });
  const body = [
    axes({ frame, x, y, xName: w.said, yName: w.residual }, true),
    level(0, 'curve'),
    level(REACH * deviation, 'earlier'),
    level(-REACH * deviation, 'earlier'),
    ...rests.map((rest, k) => element('circle', { class: 'example', cx: x(said[k]!), cy: y(rest), r: 3.5 })),
  ].join('\n');
  return figure(
    picture({ id: 'residuals', title: w.residuals, description: w.residualsNote, width: WIDTH, height: HEIGHT, body }),
    w.residualsNote,
  );
}
