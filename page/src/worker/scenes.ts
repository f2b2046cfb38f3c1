import type { Model } from '../../../src/model/model.ts';
import type { Inputs } from '../../../src/numeric/binding.ts';
import { featureNames, featurePlane } from '../../../src/report/boundary.ts';
import { samplesOf } from '../../../src/report/fit.ts';
import { examplesOf, featureRows, type Prediction, predictionOf, sayingOf } from '../../../src/report/prediction.ts';
import { pictureName } from '../../../src/report/svg.ts';
import type { Start } from '../../../src/report/values.ts';
import { bytes, CELLS, MOST_POINTS, type Painter } from './cells.ts';
import { classesPainter } from './classes.ts';
import { overPlane } from './over-plane.ts';

/** What a model predicts over its features, at parameters that change from frame to frame. */

/** Undefined where the model predicts nothing that can be drawn over one or two features. */
export function painterOf(model: Model, start: Start): Painter | undefined {
  const prediction = predictionOf(model, start);
  if (!prediction) return classesPainter(model, start);
  return planePainter(model, prediction, start) ?? curvePainter(model, prediction, start);
}

function planePainter(model: Model, prediction: Prediction, start: Start): Painter | undefined {
  const plane = featurePlane(model, prediction, start);
  if (!plane) return undefined;
  const { rows, targets, high, edge: changes } = plane;
  const { layers, drawn, said, around } = overPlane(model, prediction, plane, start);
  return {
    layers,
    scene: {
      kind: 'plane',
      ...drawn,
      changes,
      points: targets.slice(0, MOST_POINTS).map((t, k) => ({ x: rows[0]![k]!, y: rows[1]![k]!, isHigh: t === high })),
    },
    paint(learned) {
      const { output, neurons } = said(learned);
      const shares = Array.from(output, plane.share);
      return { shares: bytes(CELLS - 2, 1, (place) => 255 * shares[place]!), edge: around(shares, 0.5), neurons };
    },
  };
}

function curvePainter(model: Model, prediction: Prediction, start: Start): Painter | undefined {
  const [row, more] = featureRows(prediction, start);
  if (!row || more) return undefined;
  const xs = samplesOf(row);
  const program = sayingOf(model, [prediction.output]);
  const points = examplesOf(prediction, [xs], start);
  const said = (learned: Inputs): number[] => Array.from(program.run({ ...learned, ...points })[0]!.data);
  const targets = start.values.get(prediction.target.name)!;
  return {
    layers: [],
    scene: {
      kind: 'curve',
      names: [featureNames(prediction)[0]!, pictureName(prediction.target.name)],
      xs,
      before: said(start.inputs),
      points: row.slice(0, MOST_POINTS).map((x, k) => ({ x, y: targets[k]! })),
    },
    paint: (learned) => ({ fitted: said(learned) }),
  };
}
