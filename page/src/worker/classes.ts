import type { Model } from '../../../src/model/model.ts';
import { planeOf } from '../../../src/report/boundary.ts';
import { classifierOf, featureRows, type Prediction } from '../../../src/report/prediction.ts';
import type { Start } from '../../../src/report/values.ts';
import { CELLS, MOST_POINTS, type Painter } from './cells.ts';
import { overPlane } from './over-plane.ts';

/** More cannot be told apart. */
const MOST_CLASSES = 7;

/** Where each of several classes is the likeliest; undefined unless targets are one-hot and features lie in a plane. */
export function classesPainter(model: Model, start: Start): Painter | undefined {
  const prediction = classifierOf(model, start);
  const rows = prediction && featureRows(prediction, start);
  const plane = rows && planeOf(rows);
  const kinds = prediction && kindsOf(prediction, start);
  if (!plane || !kinds || kinds.count > MOST_CLASSES) return undefined;
  const { count } = kinds;
  const { layers, drawn, said, around } = overPlane(model, prediction, plane, start);
  return {
    layers,
    scene: {
      kind: 'classes',
      ...drawn,
      count,
      points: kinds.of.slice(0, MOST_POINTS).map((kind, k) => ({ x: rows[0]![k]!, y: rows[1]![k]!, kind })),
    },
    paint(learned) {
      const { output, neurons } = said(learned);
      return { regions: leadsOf(output, count, kinds.along).map((lead) => around(lead, 0)), neurons };
    },
  };
}

/** The class of each example, how many there are, and which axis counts the examples; undefined where one is in none. */
function kindsOf({ target, examples }: Prediction, { values }: Start) {
  const data = values.get(target.name)!;
  const along = target.shape.indexOf(examples.axis);
  const count = data.length / examples.count;
  const of = Array.from({ length: examples.count }, (_, k) => {
    const row = Array.from({ length: count }, (__, c) => data[place(k, c, along, count, examples.count)]!);
    return row.every((v) => v === 0 || v === 1) && row.filter((v) => v === 1).length === 1 ? row.indexOf(1) : -1;
  });
  return of.includes(-1) ? undefined : { of, count, along };
}

const place = (example: number, kind: number, along: number, count: number, examples: number): number =>
  along === 0 ? example * count + kind : kind * examples + example;

/** By how much each class is ahead of the best other one, at every point of the grid. */
function leadsOf(data: ArrayLike<number>, count: number, along: number): number[][] {
  const points = CELLS * CELLS;
  const leads = Array.from({ length: count }, () => new Array<number>(points));
  for (let k = 0; k < points; k++) {
    const at = (kind: number): number => data[place(k, kind, along, count, points)]!;
    for (let kind = 0; kind < count; kind++) {
      let best = Number.NEGATIVE_INFINITY;
      for (let other = 0; other < count; other++) if (other !== kind) best = Math.max(best, at(other));
      leads[kind]![k] = at(kind) - best;
    }
  }
  return leads;
}
