import { Graph, layout } from '@dagrejs/dagre';
import { curveBasis, line } from 'd3-shape';
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
  const graph = new Graph();
  graph.setGraph({ rankdir: 'TB', nodesep: beside, ranksep: below, marginx: margin, marginy: margin });
  graph.setDefaultEdgeLabel(() => ({}));
  // The last comes first: so the layout keeps the order of the source from left to right.
  for (const box of [...boxes].reverse()) graph.setNode(key.get(box)!, { ...sizeOf(box) });
  for (const arrow of [...arrows].reverse()) {
    const label = labelOf(arrow);
    graph.setEdge(key.get(arrow.from)!, key.get(arrow.to)!, label ? { ...label, labelpos: 'c' } : {});
  }
  layout(graph);
  const curve = line<Place>(
    (p) => p.x,
    (p) => p.y,
  ).curve(curveBasis);
  const edge = ({ from, to }: Arrow) => graph.edge(key.get(from)!, key.get(to)!);
  const { width = 0, height = 0 } = graph.graph();
  return {
    width,
    height,
    box(box) {
      const { x = 0, y = 0 } = graph.node(key.get(box)!);
      return { x, y };
    },
    path: (arrow) => curve(edge(arrow)?.points ?? []) ?? '',
    label(arrow) {
      const { x, y } = edge(arrow) ?? {};
      return x === undefined || y === undefined || !labelOf(arrow) ? undefined : { x, y };
    },
  };
}
