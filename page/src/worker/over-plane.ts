import { contours } from 'd3-contour';
import { scaleLinear } from 'd3-scale';
import type { Model } from '../../../src/model/model.ts';
import type { Inputs } from '../../../src/numeric/binding.ts';
import { featureNames, type Plane } from '../../../src/report/boundary.ts';
import { contourPath, gridValues } from '../../../src/report/grid.ts';
import { hiddenLayers } from '../../../src/report/neurons.ts';
import { examplesOf, type Prediction, sayingOf } from '../../../src/report/prediction.ts';
import { pictureName } from '../../../src/report/svg.ts';
import type { Start } from '../../../src/report/values.ts';
import { CELLS, neuronsOf, SMALL } from './cells.ts';

/** What a prediction and its hidden layers say at every cell of a plane of two features. */
export function overPlane(model: Model, prediction: Prediction, plane: Plane, start: Start) {
  const layers = hiddenLayers(model, prediction, start);
  // Pixels are cells: the page scales the path.
  const x = scaleLinear(plane.x, [0, CELLS - 2]);
  const y = scaleLinear(plane.y, [CELLS - 2, 0]);
  const program = sayingOf(model, [prediction.output, ...layers.map(({ node }) => node)]);
  let points: Inputs = {};
  gridValues(x, y, CELLS, CELLS, ([a, b]) => {
    points = examplesOf(prediction, plane.features(a, b), start);
    return [];
  });
  const [first, second] = featureNames(prediction);
  const names = [first!, second!] as const;
  return {
    layers,
    /** What the scene says of the plane, whatever is drawn in it. */
    drawn: { x: plane.x, y: plane.y, names, output: pictureName(prediction.name), cells: CELLS - 2, small: SMALL },
    /** At some parameters: the prediction in every cell, and the pictures of the neurons. */
    said: (learned: Inputs) => {
      const [output, ...hidden] = program.run({ ...learned, ...points });
      return { output: output!.data, neurons: layers.flatMap((layer, k) => neuronsOf(layer, hidden[k]!, SMALL)) };
    },
    /** The line around where values are above a level; nothing where one is no number. */
    around: (values: number[], level: number): string => {
      if (!values.every(Number.isFinite)) return '';
      const [found] = contours().size([CELLS, CELLS]).thresholds([level])(values);
      return contourPath(found!, x, y, CELLS, CELLS);
    },
  };
}
