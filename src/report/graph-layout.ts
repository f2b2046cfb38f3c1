import { Graph, layout } from '@dagrejs/dagre';
import { curveBasis, curveBumpY, line } from 'd3-shape';
import type { Arrow, Box, BoxGraph } from './boxes.ts';

/** Where the boxes and arrows of a graph lie, from inputs down to the objective. */

interface Size {
  readonly width: number;
  readonly height: number;
}

interface Place {
  readonly x: number;
  readonly y: number;
}

/** How far things stand apart, in pixels. */
interface Spacing {
  readonly beside: number;
  readonly below: number;
  readonly margin: number;
}

export interface GraphLayout extends Size {
  /** The middle of a box. */
  box(box: Box): Place;
  /** The curve of an arrow as the data of a path; empty where there is none. */
  path(arrow: Arrow): string;
  /** The middle of an arrow's label, if it has one. */
  label(arrow: Arrow): Place | undefined;
}

/**
 * @param sizeOf how large a box is
 * @param labelOf how large an arrow's label is, if it has one
 */
export function graphLayout(
  { boxes, arrows }: BoxGraph,
  sizeOf: (box: Box) => Size,
  labelOf: (arrow: Arrow) => Size | undefined,
  { beside, below, margin }: Spacing,
): GraphLayout {
  const key = new Map(boxes.map((box, k) => [box, String(k)]));
  const graph = new Graph({ multigraph: true });
  graph.setGraph({ rankdir: 'TB', nodesep: beside, ranksep: below, marginx: margin, marginy: margin });
  graph.setDefaultEdgeLabel(() => ({}));
  // The last comes first: so the layout keeps the order of the source from left to right.
  for (const box of [...boxes].reverse()) graph.setNode(key.get(box)!, { ...sizeOf(box) });
  const nameOf = new Map(arrows.map((arrow, k) => [arrow, String(k)]));
  // What leads back, to the next step, is laid the other way round, so that the graph has a top and a bottom.
  const endsOf = ({ from, to, back }: Arrow) => (back ? [to, from] : [from, to]) as [Box, Box];
  const edgeOf = (arrow: Arrow) => {
    const [v, w] = endsOf(arrow);
    return [key.get(v)!, key.get(w)!, nameOf.get(arrow)!] as const;
  };
  for (const arrow of [...arrows].reverse()) {
    const label = labelOf(arrow);
    const [v, w, name] = edgeOf(arrow);
    const room = v === w ? { width: LOOP, height: 0, labelpos: 'c' as const } : {};
    graph.setEdge(v, w, label ? { ...label, labelpos: 'c' } : room, name);
  }
  layout(graph);
  const edge = (arrow: Arrow) => graph.edge(...edgeOf(arrow));
  const { width = 0, height = 0 } = graph.graph();
  const placeOf = (box: Box): Place => {
    const { x = 0, y = 0 } = graph.node(key.get(box)!);
    return { x, y };
  };
  const routes = routesOf(
    arrows.map((arrow) => ({ arrow, ends: endsOf(arrow), points: edge(arrow)?.points ?? [] })),
    new Map(boxes.map((box) => [box, { ...placeOf(box), ...sizeOf(box) }])),
  );
  return {
    width,
    height,
    box: placeOf,
    path(arrow) {
      const { points, isLoop } = routes.get(arrow)!;
      const curve = line<Place>(
        (p) => p.x,
        (p) => p.y,
      ).curve(isLoop ? curveBasis : curveBumpY);
      return curve(arrow.back && !isLoop ? points.toReversed() : points) ?? '';
    },
    label(arrow) {
      const { x, y } = edge(arrow) ?? {};
      return x === undefined || y === undefined || !labelOf(arrow) ? undefined : { x, y };
    },
  };
}

/** How far what leads from a box to itself stands out. */
const LOOP = 36;

/** An arrow as it was laid, its upper end first. */
interface Laid {
  readonly arrow: Arrow;
  readonly ends: readonly [Box, Box];
  readonly points: readonly Place[];
}

interface Route {
  readonly points: readonly Place[];
  readonly isLoop: boolean;
}

/** Boxes of one row. */
interface Row {
  readonly y: number;
  readonly top: number;
  readonly bottom: number;
}

/**
 * The ways that arrows take: upright out of a box and into one, and upright past the boxes of a row, so that none runs behind
 * a box. Several at one side of a box are spread over it.
 */
function routesOf(laid: readonly Laid[], boxes: ReadonlyMap<Box, Place & Size>): ReadonlyMap<Arrow, Route> {
  const rows = rowsOf([...boxes.values()]);
  const rowAt = (y: number): Row | undefined => rows.find((row) => Math.abs(row.y - y) < 1);
  const isLoop = ({ ends: [v, w] }: Laid) => v === w;
  const plain = laid.filter((one) => !isLoop(one));
  const leaving = spread(plain, boxes, 0);
  const entering = spread(plain, boxes, 1);
  return new Map(
    laid.map((one): [Arrow, Route] => {
      const { arrow, ends, points } = one;
      if (isLoop(one)) return [arrow, { points: loopAt(boxes.get(ends[0])!), isLoop: true }];
      const [above, below] = ends.map((box) => boxes.get(box)!) as [Place & Size, Place & Size];
      const [x0, x1] = [leaving.get(arrow)!, entering.get(arrow)!];
      const inner = points.slice(1, -1).flatMap(({ x, y }) => {
        const row = rowAt(y);
        return row ? [row.top, row.bottom].map((at) => ({ x, y: at })) : [{ x, y }];
      });
      const way = [
        { x: x0, y: above.y + above.height / 2 },
        { x: x0, y: rowAt(above.y)!.bottom },
        ...inner,
        { x: x1, y: rowAt(below.y)!.top },
        { x: x1, y: below.y - below.height / 2 },
      ];
      return [arrow, { points: way.filter((p, k) => k === 0 || p.y > way[k - 1]!.y + 0.5), isLoop: false }];
    }),
  );
}

/** Out of the right side of a box, and into it again. */
function loopAt({ x, y, width, height }: Place & Size): Place[] {
  const right = x + width / 2;
  const corners: [number, number][] = [
    [0, 1],
    [LOOP, 1],
    [LOOP, -1],
    [0, -1],
  ];
  return corners.map(([out, side]) => ({ x: right + out, y: y + (side * height) / 4 }));
}

function rowsOf(places: readonly (Place & Size)[]): Row[] {
  const rows: Row[] = [];
  for (const { y, height } of places) {
    const at = rows.findIndex((row) => Math.abs(row.y - y) < 1);
    const [top, bottom] = [y - height / 2, y + height / 2];
    if (at < 0) rows.push({ y, top, bottom });
    else rows[at] = { y, top: Math.min(rows[at]!.top, top), bottom: Math.max(rows[at]!.bottom, bottom) };
  }
  return rows;
}

/** Where arrows meet the lower side of their upper box, or the upper side of their lower one: in the order in which they come. */
function spread(laid: readonly Laid[], boxes: ReadonlyMap<Box, Place & Size>, end: 0 | 1): ReadonlyMap<Arrow, number> {
  const groups = new Map<Box, Laid[]>();
  for (const one of laid) groups.set(one.ends[end], [...(groups.get(one.ends[end]) ?? []), one]);
  return new Map(
    [...groups].flatMap(([box, own]) => {
      const { x, width } = boxes.get(box)!;
      const next = ({ points }: Laid): number => points.at(end === 0 ? 1 : -2)!.x;
      return own
        .toSorted((a, b) => next(a) - next(b))
        .map(({ arrow }, k): [Arrow, number] => [arrow, x + width * ((k + 1) / (own.length + 1) - 0.5)]);
    }),
  );
}
