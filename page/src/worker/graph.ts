import { showShape } from '../../../src/graph/dimension.ts';
import type { Model } from '../../../src/model/model.ts';
import type { Arrow, Box, BoxGraph } from '../../../src/report/boxes.ts';
import { graphLayout } from '../../../src/report/graph-layout.ts';
import { letters, pictureName } from '../../../src/report/svg.ts';
import { LINE, PADDING } from '../engine/measures.ts';
import type { GraphPicture } from '../engine/protocol.ts';
import { roomOf } from './room.ts';

/** Where boxes and arrows lie. Boxes keep room for their numbers, so that nothing moves when these come. */

const [NAME, FORMULA, NUMBER, SLOPE] = [8.6, 7.2, 7.3, 6.6];
const LONGEST_FORMULA = 40;

export function graphPicture(
  { boxes, arrows }: BoxGraph,
  wrt: ReadonlySet<string>,
  isScalar: boolean,
  model: Pick<Model, 'inputs' | 'sizes'>,
): GraphPicture {
  const used = new Set(arrows.map(({ from }) => from));
  const drawn = boxes.map((box) => ({
    box,
    ...sizesOf(box, isScalar && (wrt.has(box.name) || (box.kind === 'step' && used.has(box))), model),
  }));
  const sizeOfBox = new Map(drawn.map(({ box, width, height }) => [box, { width, height }]));
  const label = ({ slope }: Arrow) => (slope ? { width: letters(slope) * SLOPE + 6, height: LINE } : undefined);
  const laid = graphLayout({ boxes, arrows }, (box) => sizeOfBox.get(box)!, label, { beside: 16, below: 38, margin: 6 });
  const { width, height } = laid;
  return {
    width,
    height,
    boxes: drawn.map(({ box, formula, shape, hasGradient, width: w, height: h }) => {
      const { x, y } = laid.box(box);
      return {
        id: box.id,
        name: box.name,
        shown: pictureName(box.name),
        kind: box.kind,
        formula,
        shape,
        hasGradient,
        x: x - w / 2,
        y: y - h / 2,
        width: w,
        height: h,
      };
    }),
    arrows: arrows.map((arrow) => {
      const { from, to, slope, back } = arrow;
      const at = laid.label(arrow);
      const label = slope && at && { at, slope: pictureName(slope) };
      return { from: from.id, to: to.id, path: laid.path(arrow), ...label, ...(back && { isNext: true }) };
    }),
  };
}

function sizesOf(box: Box, hasGradient: boolean, model: Pick<Model, 'inputs' | 'sizes'>) {
  const shape = box.shape.length === 0 ? '' : showShape(box.shape);
  const written = box.formula === undefined ? '' : pictureName(box.formula);
  const formula = [...written].length > LONGEST_FORMULA ? `${[...written].slice(0, LONGEST_FORMULA).join('')}…` : written;
  const { rows, letters: most } = roomOf(box, model);
  const head = letters(pictureName(box.name)) * NAME + (shape === '' ? 0 : 20 + letters(shape) * 7);
  const width = 2 * PADDING + Math.max(64, head, letters(formula) * FORMULA, most * NUMBER);
  const lines = (box.name === '' ? 0 : 1) + (formula === '' ? 0 : 1) + rows * (hasGradient ? 2 : 1);
  return { formula, shape, hasGradient, width, height: 2 * PADDING + LINE * lines - 4 + (hasGradient ? 4 : 0) };
}
