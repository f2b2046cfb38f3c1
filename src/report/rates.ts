import { scaleLinear, scaleLog } from 'd3-scale';
import { line } from 'd3-shape';
import type { Words } from '../derivation/words/index.ts';
import { largestCurvature } from '../descend/curvature.ts';
import { DEFAULTS, type TrainOptions } from '../descend/options.ts';
import { problemOf } from '../descend/problem.ts';
import { runnerFor } from '../descend/train.ts';
import type { Model } from '../model/model.ts';
import { bind, type Inputs } from '../numeric/binding.ts';
import { thinned } from './curve.ts';
import { extent, shown } from './numbers.ts';
import { axes, frameOf, legend, type Scale } from './plane.ts';
import { element, figure, picture, pictureName, shortPath } from './svg.ts';
import type { Start } from './values.ts';

/** In a report; a place that is narrower has letters of the same size. */
const SIZE = { width: 720, height: 380 };
/** Longer runs would hide how they begin. */
const MOST_EPOCHS = 200;
/** A rate so many times smaller creeps. */
const SMALLER = 30;
/** How often the largest rate that the curvature at the start allows, 2/λ, is doubled in search of one that fails. */
const DOUBLINGS = 12;
/** Costs above so many times the first are outside of the picture, and those of a 10⁶th below it. */
const ABOVE = 4;
const BELOW = 1e-6;

interface Run {
  readonly lr: number;
  /** The cost before each epoch; what is not reached is no number. */
  readonly history: Float64Array;
}

/** The cost by plain descent at a rate that is too small, at the one that was chosen, and at one that is too large. */
export function ratesFigure(
  model: Model,
  data: Inputs,
  start: Start,
  options: TrainOptions,
  objective: string,
  words: Words,
  { width, height } = SIZE,
): string | undefined {
  const w = words.page.training;
  const { optimizer: method = DEFAULTS.optimizer, epochs = DEFAULTS.epochs, lr: rate, precision, backend } = options;
  if (method !== DEFAULTS.optimizer || epochs < 2) return undefined;
  const plain = { ...(precision && { precision }), ...(backend && { backend }), epochs: Math.min(epochs, MOST_EPOCHS) };
  const problemAt = (lr: number | undefined) =>
    problemOf(model, bind(model, data), { ...plain, ...(lr && { lr }) }, () => start.values);
  const { options: chosen } = problemAt(rate);
  const run = (lr: number): Run => {
    const runner = runnerFor(problemAt(lr));
    const history = new Float64Array(chosen.epochs).fill(Number.NaN);
    runner.run(chosen.epochs, history);
    runner.release();
    return { lr, history };
  };
  const right = run(chosen.lr);
  const curvature = largestCurvature(problemAt(chosen.lr));
  const fails = ({ history }: Run): boolean => !(history[history.length - 1]! <= right.history[0]!);
  // Where no rate is too large there is nothing to be shown.
  if (!curvature || fails(right)) return undefined;
  let large: Run | undefined;
  for (let k = 0, lr = 2 / curvature; k < DOUBLINGS && !large; k++, lr *= 2) {
    const found = lr > chosen.lr ? run(lr) : undefined;
    if (found && fails(found)) large = found;
  }
  if (!large) return undefined;
  const runs = [
    { ...run(chosen.lr / SMALLER), style: 'earlier' },
    { ...right, style: 'curve' },
    { ...large, style: 'path' },
  ].map(({ lr, style, history }) => ({ lr, style, points: thinned(history) }));
  const first = runs[0]!.points[0]?.[1] ?? 0;
  if (!(first > 0)) return undefined;
  const inside = (cost: number): boolean => cost <= ABOVE * first && cost >= BELOW * first;
  const [least, most] = extent(runs.flatMap(({ points }) => points.map(([, cost]) => cost).filter(inside)));
  const frame = frameOf(width, height);
  const x = scaleLinear([0, chosen.epochs - 1], [frame.left, frame.right]);
  const range = [frame.bottom, frame.top];
  const y: Scale = most / least > 20 ? scaleLog([least, most], range).nice() : scaleLinear([0, most], range).nice();
  const path = line<readonly [number, number]>(
    ([epoch]) => x(epoch),
    ([, cost]) => y(cost),
  ).defined(([, cost]) => inside(cost));
  const name = pictureName(objective);
  const body = [
    axes({ frame, x, y, xName: w.epoch, yName: name }, true),
    ...runs.map(({ style, points }) => element('path', { class: style, d: shortPath(path(points)) })),
    legend(
      runs.map(({ lr, style }) => ({ label: `α = ${shown(lr)}`, mark: element('path', { class: style, d: 'M-8,0H8' }) })),
      frame.left,
      height - 6,
    ),
  ].join('\n');
  const [small, , huge] = runs.map(({ lr }) => shown(lr)) as [string, string, string];
  const note = w.ratesNote(small, shown(chosen.lr), huge);
  return figure(picture({ id: 'rates', title: w.rates, description: note, width, height, body }), note);
}
