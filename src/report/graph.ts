import type { Words } from '../derivation/words/index.ts';
import type { Model } from '../model/model.ts';
import type { Inputs } from '../numeric/binding.ts';
import { escapeHtml } from '../render/katex.ts';
import type { BoxGraph } from './boxes.ts';
import { graphPicture } from './graph-picture.ts';
import { figure } from './svg.ts';
import { quantities, type Start } from './values.ts';

/** A graph of more boxes is not a picture any more. */
const MOST_BOXES = 80;

interface GraphSubject {
  readonly model: Model;
  readonly name: string;
  readonly wrt: readonly string[];
  readonly start: Start | undefined;
  /** All inputs after training, the parameters as learned. */
  readonly learned: Inputs | undefined;
}

/** The graph with the numbers at the start; folded away below it, the same after training. */
export function graphSection(graph: BoxGraph, { model, name, wrt, start, learned }: GraphSubject, words: Words): string {
  const w = words.page.graph;
  if (graph.boxes.length > MOST_BOXES) return '';
  const numbers = start && quantities(model, graph.boxes, wrt, start.inputs);
  const first = figure(
    graphPicture('graph-picture', graph, name, numbers, words),
    escapeHtml(
      [w.caption, graph.arrows.some(({ back }) => back) ? w.back : '', start ? w.withNumbers : ''].filter(Boolean).join(' '),
    ),
  );
  if (!learned) return first;
  const last = graphPicture('graph-trained', graph, name, quantities(model, graph.boxes, wrt, learned), words);
  return `${first}\n<details><summary>${escapeHtml(w.trained)}</summary>\n<div class="picture">${last}</div></details>`;
}
