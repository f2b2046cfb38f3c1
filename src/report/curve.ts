import { scaleLinear, scaleLog } from 'd3-scale';
import { line } from 'd3-shape';
import type { Words } from '../derivation/words/index.ts';
import { extent, shown } from './numbers.ts';
import { axes, frameOf, type Scale } from './plane.ts';
import { element, figure, picture, pictureName, shortPath } from './svg.ts';

const WIDTH = 720;
const HEIGHT = 360;

/** A curve keeps the least and the greatest cost of each of so many stretches: no spike is lost. */
const STRETCHES = 300;

/** Costs that differ by more than this factor need a logarithmic scale. */
const WIDE = 20;

/** The cost over the epochs. */
export function costCurve(history: ArrayLike<number>, objective: string, words: Words): string {
  const w = words.page.training;
  const points = thinned(history);
  const [least, most] = extent(points.map(([, cost]) => cost));
  const logarithmic = least > 0 && most / least > WIDE;
  const frame = frameOf(WIDTH, HEIGHT);
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
  ].join('\n');
  const description = `${w.curveNote(name, logarithmic)} ${shown(history[0]!)} → ${shown(history[history.length - 1]!)}`;
  const svg = picture({ id: 'curve', title: w.curve, description, width: WIDTH, height: HEIGHT, body });
  return figure(svg, w.curveNote(name, logarithmic));
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
