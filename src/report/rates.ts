import { scaleLinear, scaleLog } from 'd3-scale';
import { line } from 'd3-shape';
import type { Words } from '../derivation/words/index.ts';
import { DEFAULTS, type TrainOptions } from '../descend/options.ts';
import type { Model } from '../model/model.ts';
import type { Inputs } from '../numeric/binding.ts';
import { extent, shown } from './numbers.ts';
import { axes, frameOf, LEGEND_ROOM, legend, type Scale } from './plane.ts';
import { type RateRuns, type Run, rateRuns } from './rate-runs.ts';
import type { Point } from './samples.ts';
import { element, figure, picture, pictureName, shortPath } from './svg.ts';
import type { Start } from './values.ts';

/** In a report; a place that is narrower has letters of the same size. */
const SIZE = { width: 720, height: 380 };
/** Longer runs would hide how they begin. */
const MOST_EPOCHS = 200;
/** Above the first cost there is room for so many times the way down: what goes farther leaves the picture. */
const ABOVE = 1.5;
/** Costs that differ by more than this factor need a logarithmic scale, which ends at a 10⁶th of the first. */
const WIDE = 20;
const BELOW = 1e-6;

const STYLES = { small: 'earlier', right: 'curve', large: 'path' } as const;
type Place = keyof typeof STYLES;

/** The cost by plain descent at a rate that is too small, at one that is right, and at one that is too large. */
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
  const found = rateRuns(model, data, start, plain, rate);
  if (!found) return undefined;
  const runs = (['small', 'right', 'large'] as const).flatMap((place) => (found[place] ? [{ place, run: found[place] }] : []));
  const frame = frameOf(width, height - LEGEND_ROOM);
  const x = scaleLinear([0, plain.epochs - 1], [frame.left, frame.right]);
  const y = scaleFor(found).range([frame.bottom, frame.top]);
  const away = model.objective?.sense === 'maximize' ? 'down' : 'up';
  const name = pictureName(objective);
  const body = [
    axes({ frame, x, y, xName: w.epoch, yName: name }, true),
    ...runs.map(({ place, run }) => element('path', { class: STYLES[place], d: shortPath(pathOf(run, x, y, away)) })),
    legend(
      runs.map(({ place, run }) => ({
        label: place === found.chosen && width >= SIZE.width ? `α = ${w.chosenRate(shown(run.lr))}` : `α = ${shown(run.lr)}`,
        mark: element('path', { class: STYLES[place], d: 'M-8,0H8' }),
      })),
      frame.left,
      height - 8,
    ),
  ].join('\n');
  const note = noteOn(found, words);
  return figure(picture({ id: 'rates', title: w.rates, description: note, width, height, body }), note);
}

/** What the curves show. */
function noteOn({ small, right, large, fate, chosen, share }: RateRuns, words: Words): string {
  const w = words.page.training;
  const called = (place: Place, { lr }: Run): string => (place === chosen ? w.chosenRate(shown(lr)) : shown(lr));
  const rest = large && fate ? w.tooLarge[fate](called('large', large)) : w.noneTooLarge;
  return w.ratesNote(called('small', small), called('right', right), shown(Math.max(0, share) * 100, 2), rest);
}

/** From the least cost of the runs that come down to some way above the first. */
function scaleFor({ small, right }: RateRuns): Scale {
  const first = right.history[0]!;
  const [least, most] = extent([...small.history, ...right.history].filter(Number.isFinite));
  const isDown = right.history[right.history.length - 1]! < first;
  const way = most - least;
  if (isDown && least > 0 && most / least > WIDE)
    return scaleLog([Math.max(least, BELOW * first), most * (1 + ABOVE)], [0, 1]).nice();
  return scaleLinear(
    isDown ? [least > 0 && least < way ? 0 : least, most + ABOVE * way] : [least - ABOVE * way, most],
    [0, 1],
  ).nice();
}

/** The curve, up to where it leaves through an edge and from where it comes back, also where the next cost cannot be drawn. */
function pathOf({ history }: Run, x: Scale, y: Scale, away: 'up' | 'down'): string | null {
  const [bottom, top] = y.range() as [number, number];
  const [low] = y.domain() as [number];
  const place = (epoch: number): Point => {
    const cost = history[epoch]!;
    if (!Number.isFinite(cost)) return { x: x(epoch), y: away === 'up' ? Number.NEGATIVE_INFINITY : Number.POSITIVE_INFINITY };
    // On a logarithmic scale there is nothing at 0.
    return { x: x(epoch), y: cost <= 0 && low > 0 ? Number.POSITIVE_INFINITY : y(cost) };
  };
  const isInside = (p: Point): boolean => p.y <= bottom + ROUNDING && p.y >= top - ROUNDING;
  const ended = history.findIndex((cost) => !Number.isFinite(cost));
  const places = Array.from({ length: ended < 0 ? history.length : ended + 1 }, (_, epoch) => place(epoch));
  const points = places.flatMap((next, k): (Point | undefined)[] => {
    const before = places[k - 1];
    const own = isInside(next) ? next : undefined;
    if (!before || isInside(before) === isInside(next)) return [own];
    return own ? [crossing(own, before, top, bottom), own] : [crossing(before, next, top, bottom), undefined];
  });
  return line<Point | undefined>(
    (p) => p!.x,
    (p) => p!.y,
  ).defined((p) => p !== undefined)(points);
}

/** Half a pixel on the edge is inside. */
const ROUNDING = 0.5;

/** Where a stroke from inside to outside meets the edge. */
function crossing(inside: Point, outside: Point, top: number, bottom: number): Point {
  const edge = outside.y < inside.y ? top : bottom;
  const t = Number.isFinite(outside.y) ? (edge - inside.y) / (outside.y - inside.y) : 0;
  return { x: inside.x + t * (outside.x - inside.x), y: edge };
}
