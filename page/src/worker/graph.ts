import { Graph, layout } from '@dagrejs/dagre';
import { curveBasis, line } from 'd3-shape';
import { isKnown, type Sizes, showShape, sizeOf } from '../../../src/graph/dimension.ts';
import type { Box, BoxGraph } from '../../../src/report/boxes.ts';
import { letters, pictureName } from '../../../src/report/svg.ts';
import type { GraphPicture } from '../engine/protocol.ts';

/** Where boxes and arrows lie. Boxes keep room for their numbers, so that nothing moves when these come. */

export const PADDING = 10;
export const LINE = 16;
const [MOST_ROWS, MOST_COLUMNS] = [4, 4];
const [NAME, FORMULA, NUMBER, SLOPE] = [8.6, 7.2, 7.3, 6.6];
/** `−6.09e−5`, and what stands apart from the next. */
const CELL = 10;
const LONGEST_FORMULA = 40;

export function graphPicture(
  { boxes, arrows }: BoxGraph,
  wrt: ReadonlySet<string>,
  isScalar: boolean,
  sizes: Sizes,
): GraphPicture {
  const used = new Set(arrows.map(({ from }) => from));
  const drawn = boxes.map((box) => ({
    box,
    ...sizesOf(box, isScalar && (wrt.has(box.name) || (box.kind === 'step' && used.has(box))), sizes),
  }));
  const key = new Map(boxes.map((box, k) => [box, String(k)]));
  const graph = new Graph();
  graph.setGraph({ rankdir: 'TB', nodesep: 22, ranksep: 40, marginx: 8, marginy: 8 });
  graph.setDefaultEdgeLabel(() => ({}));
  // The last comes first: so the layout keeps the order of the source from left to right.
  for (const { box, width, height } of [...drawn].reverse()) graph.setNode(key.get(box)!, { width, height });
  for (const { from, to, slope } of [...arrows].reverse()) {
    const label = slope ? { width: letters(slope) * SLOPE + 6, height: LINE, labelpos: 'c' } : {};
    graph.setEdge(key.get(from)!, key.get(to)!, label);
  }
  layout(graph);
  const path = line<{ x: number; y: number }>(
    (p) => p.x,
    (p) => p.y,
  ).curve(curveBasis);
  const { width = 0, height = 0 } = graph.graph();
  return {
    width,
    height,
    boxes: drawn.map(({ box, formula, shape, rows, hasGradient, width: w, height: h }) => {
      const { x = 0, y = 0 } = graph.node(key.get(box)!);
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
    arrows: arrows.map(({ from, to, slope }) => {
      const { points = [], x, y } = graph.edge(key.get(from)!, key.get(to)!) ?? {};
      const at = slope && x !== undefined && y !== undefined ? { at: { x, y }, slope: pictureName(slope) } : {};
      return { from: from.name, to: to.name, path: path(points) ?? '', ...at };
    }),
  };
}

function sizesOf(box: Box, hasGradient: boolean, known: Sizes) {
  const shape = box.shape.length === 0 ? '' : showShape(box.shape);
  const written = box.formula === undefined ? '' : pictureName(box.formula);
  const formula = [...written].length > LONGEST_FORMULA ? `${[...written].slice(0, LONGEST_FORMULA).join('')}…` : written;
  const [rows, columns] = roomOf(box, known);
  const numbers = (columns * CELL - 2) * NUMBER;
  const head = letters(pictureName(box.name)) * NAME + (shape === '' ? 0 : 20 + letters(shape) * 7);
  const width = 2 * PADDING + Math.max(64, head, letters(formula) * FORMULA, numbers);
  const lines = (box.name === '' ? 0 : 1) + (formula === '' ? 0 : 1) + rows * (hasGradient ? 2 : 1);
  return { formula, shape, rows, hasGradient, width, height: 2 * PADDING + LINE * lines - 4 + (hasGradient ? 4 : 0) };
}

/** Rows and columns that are shown of its numbers; what is larger is a line that tells its range. */
function roomOf({ shape }: Box, known: Sizes): [number, number] {
  const sizes = shape.map((dim) => (isKnown(dim, known) ? sizeOf(dim, known) : Number.POSITIVE_INFINITY));
  const [rows = 1, columns = 1] = sizes;
  return sizes.length > 2 || rows > MOST_ROWS || columns > MOST_COLUMNS ? [1, 2] : [rows, columns];
}
