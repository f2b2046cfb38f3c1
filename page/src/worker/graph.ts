import { isKnown, type Sizes, showShape, sizeOf } from '../../../src/graph/dimension.ts';
import type { Input, Model } from '../../../src/model/model.ts';
import type { Arrow, Box, BoxGraph } from '../../../src/report/boxes.ts';
import { graphLayout } from '../../../src/report/graph-layout.ts';
import { letters, pictureName } from '../../../src/report/svg.ts';
import { LINE, PADDING } from '../engine/measures.ts';
import type { GraphPicture } from '../engine/protocol.ts';

/** Where boxes and arrows lie. Boxes keep room for their numbers, so that nothing moves when these come. */

const [MOST_ROWS, MOST_COLUMNS] = [4, 4];
const [NAME, FORMULA, NUMBER, SLOPE] = [8.6, 7.2, 7.3, 6.6];
/** `−6.09e−5`, and what stands apart from the next. */
const CELL = 10;
const LEAST_CELL = 5;
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
    boxes: drawn.map(({ box, formula, shape, rows, hasGradient, width: w, height: h }) => {
      const { x, y } = laid.box(box);
      return {
        name: box.name,
        shown: pictureName(box.name),
        kind: box.kind,
        formula,
        shape,
        rows,
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
      return { from: from.name, to: to.name, path: laid.path(arrow), ...label, ...(back && { isNext: true }) };
    }),
  };
}

function sizesOf(box: Box, hasGradient: boolean, { inputs, sizes }: Pick<Model, 'inputs' | 'sizes'>) {
  const shape = box.shape.length === 0 ? '' : showShape(box.shape);
  const written = box.formula === undefined ? '' : pictureName(box.formula);
  const formula = [...written].length > LONGEST_FORMULA ? `${[...written].slice(0, LONGEST_FORMULA).join('')}…` : written;
  const [rows, columns] = roomOf(box, sizes);
  const numbers = (columns * cellOf(inputs.get(box.name)) - 2) * NUMBER;
  const head = letters(pictureName(box.name)) * NAME + (shape === '' ? 0 : 20 + letters(shape) * 7);
  const width = 2 * PADDING + Math.max(64, head, letters(formula) * FORMULA, numbers);
  const lines = (box.name === '' ? 0 : 1) + (formula === '' ? 0 : 1) + rows * (hasGradient ? 2 : 1);
  return { formula, shape, rows, hasGradient, width, height: 2 * PADDING + LINE * lines - 4 + (hasGradient ? 4 : 0) };
}

/** Letters that a number and the gap before the next take: what the source gives, and training leaves, takes what it takes. */
function cellOf(input: Input | undefined): number {
  if (input?.initial?.kind !== 'array' || input.role === 'param') return CELL;
  const { data } = input.initial.array;
  if (data.length > MOST_ROWS * MOST_COLUMNS) return CELL;
  const lengths = data.map((x) => String(Number(x.toPrecision(3))).length + 2);
  return Math.min(CELL, Math.max(LEAST_CELL, ...lengths));
}

/** Rows and columns that are shown of its numbers; what is larger is a line that tells its range. */
function roomOf({ shape }: Box, known: Sizes): [number, number] {
  const sizes = shape.map((dim) => (isKnown(dim, known) ? sizeOf(dim, known) : Number.POSITIVE_INFINITY));
  const [rows = 1, columns = 1] = sizes;
  return sizes.length > 2 || rows > MOST_ROWS || columns > MOST_COLUMNS ? [1, 2] : [rows, columns];
}
