import { scaleLinear, scaleLog } from 'd3-scale';
import { line } from 'd3-shape';
import type { Words } from '../derivation/words/index.ts';
import { extent, shown } from './numbers.ts';
import { axes, frameOf, LEGEND_ROOM, legend, type Scale } from './plane.ts';
import { element, figure, picture, pictureName, shortPath } from './svg.ts';

const WIDTH = 720;
const HEIGHT = 360;

/** A curve keeps the least and the greatest cost of each of so many stretches: no spike is lost. */
const STRETCHES = 300;

/** Costs that differ by more than this factor need a logarithmic scale. */
const WIDE = 20;

/** The validation cost after each epoch, and after how many of them it was the best that a run went back to. */
export interface Validated {
  readonly costs: ArrayLike<number>;
  readonly best?: number | undefined;
}

/** The cost over the epochs, and beside it the validation cost. */
export function costCurve(history: ArrayLike<number>, objective: string, words: Words, validated?: Validated): string {
  const w = words.page.training;
  const points = thinned(history);
  const aside = validated ? thinned(validated.costs).map(([epoch, cost]) => [epoch + 1, cost] as const) : [];
  const [least, most] = extent([...points, ...aside].map(([, cost]) => cost));
  const logarithmic = least > 0 && most / least > WIDE;
  const frame = frameOf(WIDTH, HEIGHT - (validated ? LEGEND_ROOM : 0));
  const x = scaleLinear([0, Math.max(1, history.length - 1)], [frame.left, frame.right]);
  const range = [frame.bottom, frame.top];
  const y: Scale = logarithmic ? scaleLog([least, most], range).nice() : scaleLinear(roomFor(least, most), range).nice();
  const curve = line<readonly [number, number]>(
    ([epoch]) => x(epoch),
    ([, cost]) => y(cost),
  );
  const name = pictureName(objective);
  const body = [
    axes({ frame, x, y, xName: w.epoch, yName: name }, true),
    element('path', { class: 'curve', d: shortPath(curve(points)) }),
    ...(validated ? [element('path', { class: 'path', d: shortPath(curve(aside)) }), ...legendOf(validated, x, y, w)] : []),
  ].join('\n');
  const note = w.curveNote(name, logarithmic, validated !== undefined);
  const description = `${note} ${shown(history[0]!)} → ${shown(history[history.length - 1]!)}`;
  const svg = picture({ id: 'curve', title: w.curve, description, width: WIDTH, height: HEIGHT, body });
  return figure(svg, note);
}

/** Where the run went back to, and what the curves are. */
function legendOf({ costs, best }: Validated, x: Scale, y: Scale, w: Words['page']['training']): string[] {
  const place = best ? costs[best - 1] : undefined;
  const circle = (at: object) => element('circle', { class: 'mark path', r: 4, ...at });
  const entries = [
    { label: w.learnedFrom, mark: element('path', { class: 'curve', d: 'M-9,0H9' }) },
    { label: w.validation, mark: element('path', { class: 'path', d: 'M-9,0H9' }) },
    ...(place === undefined ? [] : [{ label: w.best, mark: circle({}) }]),
  ];
  const there = place === undefined ? [] : [circle({ cx: x(best!), cy: y(place) })];
  return [...there, legend(entries, frameOf(WIDTH, HEIGHT).left, HEIGHT - 8)];
}

const roomFor = (least: number, most: number): [number, number] =>
  most > least ? [least > 0 && least < most / 2 ? 0 : least, most] : [least - 1, most + 1];

/** Epoch and cost of the finite entries, thinned out to what a picture can show. */
export function thinned(history: ArrayLike<number>, stretches = STRETCHES): [number, number][] {
  const points: [number, number][] = [];
  const size = Math.max(1, Math.ceil(history.length / stretches));
  for (let from = 0; from < history.length; from += size) {
    let least: number | undefined;
    let most: number | undefined;
    for (let k = from; k < Math.min(from + size, history.length); k++) {
      if (!Number.isFinite(history[k]!)) continue;
      if (least === undefined || history[k]! < history[least]!) least = k;
      if (most === undefined || history[k]! > history[most]!) most = k;
    }
    if (least === undefined || most === undefined) continue;
    for (const k of new Set([Math.min(least, most), Math.max(least, most)])) points.push([k, history[k]!]);
  }
  const last = history.length - 1;
  if (last >= 0 && Number.isFinite(history[last]!) && points[points.length - 1]?.[0] !== last)
    points.push([last, history[last]!]);
  return points;
}
