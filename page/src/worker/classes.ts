import { contours } from 'd3-contour';
import { scaleLinear } from 'd3-scale';
import type { Model } from '../../../src/model/model.ts';
import { featureNames, planeOf } from '../../../src/report/boundary.ts';
import { contourPath, gridValues } from '../../../src/report/grid.ts';
import { hiddenLayers } from '../../../src/report/neurons.ts';
import { classifierOf, examplesOf, featureRows, type Prediction, sayingOf } from '../../../src/report/prediction.ts';
import { pictureName } from '../../../src/report/svg.ts';
import type { Start } from '../../../src/report/values.ts';
import { CELLS, MOST_POINTS, neuronsOf, type Painter, SMALL } from './cells.ts';

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
  const layers = hiddenLayers(model, prediction, start);
  const x = scaleLinear(plane.x, [0, CELLS - 2]);
  const y = scaleLinear(plane.y, [CELLS - 2, 0]);
  const program = sayingOf(model, [prediction.output, ...layers.map(({ node }) => node)]);
  const grid: [number[], number[]] = [[], []];
  gridValues(x, y, CELLS, CELLS, ([a, b]) => {
    grid[0] = a;
    grid[1] = b;
    return [];
  });
  const points = examplesOf(prediction, plane.features(...grid), start);
  const names = featureNames(prediction);
  return {
    layers,
    scene: {
      kind: 'classes',
      x: plane.x,
      y: plane.y,
      names: [names[0]!, names[1]!],
      output: pictureName(prediction.name),
      count,
      points: kinds.of.slice(0, MOST_POINTS).map((kind, k) => ({ x: rows[0]![k]!, y: rows[1]![k]!, kind })),
      cells: CELLS - 2,
      small: SMALL,
    },
    paint(learned) {
      const [output, ...hidden] = program.run({ ...learned, ...points });
      const leads = leadsOf(output!.data, count, kinds.along);
      return {
        regions: leads.map((lead) => {
          if (!lead.every(Number.isFinite)) return '';
          const [region] = contours().size([CELLS, CELLS]).thresholds([0])(lead);
          return contourPath(region!, x, y, CELLS, CELLS);
        }),
        neurons: layers.flatMap((layer, k) => neuronsOf(layer, hidden[k]!, SMALL)),
      };
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
