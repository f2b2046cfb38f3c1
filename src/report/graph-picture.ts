import type { Words } from '../derivation/words/index.ts';
import { showShape } from '../graph/dimension.ts';
import { escapeHtml } from '../render/katex.ts';
import type { Arrow, Box, BoxGraph, Quantity } from './boxes.ts';
import { graphLayout } from './graph-layout.ts';
import { valueLines } from './numbers.ts';
import { element, formulaText, group, letters, picture, pictureName, shortPath, text } from './svg.ts';

const MOST = { rows: 4, columns: 4 };
const LONGEST_FORMULA = 44;
const PADDING = 12;
const LINE = 17;
const GAP = 6;

/** A box with its lines and its size. */
interface Drawn {
  readonly box: Box;
  readonly lines: readonly Line[];
  readonly width: number;
  readonly height: number;
}

interface Line {
  readonly content: string;
  readonly style: string;
  /** Pixels a character. */
  readonly pitch: number;
  /** Stands apart from the line above it. */
  readonly apart?: boolean;
}

const MONOSPACED = 7.3;
const SLOPE_PITCH = 6.4;

/** The graph of a model as a picture, from inputs down to the objective, with numbers where there are any. */
export function graphPicture(
  id: string,
  { boxes, arrows }: BoxGraph,
  objective: string,
  numbers: ReadonlyMap<Box, Quantity> | undefined,
  words: Words,
): string {
  const drawn = new Map(boxes.map((box) => [box, drawnBox(box, objective, numbers?.get(box), words)]));
  const label = ({ slope }: Arrow) => (slope ? { width: letters(slope) * SLOPE_PITCH + GAP, height: LINE } : undefined);
  const laid = graphLayout({ boxes, arrows }, (box) => drawn.get(box)!, label, { beside: 26, below: 34, margin: 6 });
  const head = element(
    'marker',
    { id: `${id}-head`, viewBox: '0 0 10 10', refX: 9, refY: 5, markerWidth: 7, markerHeight: 7, orient: 'auto' },
    element('path', { class: 'arrow-head', d: 'M0,0L10,5L0,10z' }),
  );
  const lines = arrows.map((arrow) => arrowLine(laid.path(arrow), arrow, id));
  const slopes = arrows.flatMap((arrow) => {
    const { from, to, slope } = arrow;
    const at = laid.label(arrow);
    if (!slope || !at) return [];
    const { x, y } = at;
    const said = element('title', {}, escapeHtml(`∂${calledIn(to)}/∂${calledIn(from)} = ${slope}`));
    return [group({}, said, formulaText(pictureName(slope), { class: 'slope', x, y: y + 4, 'text-anchor': 'middle' }))];
  });
  const placed = [...drawn].map(([box, d]) => {
    const { x, y } = laid.box(box);
    return boxBody(d, x - d.width / 2, y - d.height / 2);
  });
  const { width, height } = laid;
  return picture({
    id,
    title: words.page.graph.title,
    description: words.page.graph.describe(boxes.length, arrows.length),
    width,
    height,
    body: [element('defs', {}, head), ...lines, ...slopes, ...placed].join('\n'),
  });
}

/** A box without a name is called what it is: (a + b). */
function calledIn({ name, formula = '' }: Box): string {
  if (name !== '') return pictureName(name);
  return /^[\p{L}\d_]*$/u.test(formula) ? pictureName(formula) : `(${pictureName(formula)})`;
}

function arrowLine(path: string, { from, to, back }: Arrow, id: string): string {
  const title = element('title', {}, escapeHtml(`${calledIn(from)} → ${calledIn(to)}`));
  const style = back ? 'arrow back' : 'arrow';
  return element('path', { class: style, d: shortPath(path), 'marker-end': `url(#${id}-head)` }, title);
}

function drawnBox(box: Box, objective: string, quantity: Quantity | undefined, words: Words): Drawn {
  const lines: Line[] = [];
  const shape = box.shape.length === 0 ? '' : showShape(box.shape);
  const name = pictureName(box.name);
  const formula = box.formula === undefined ? '' : pictureName(box.formula);
  if (name !== '') lines.push({ content: name, style: 'box-name', pitch: 8.5 });
  const shown = formula.length > LONGEST_FORMULA ? `${formula.slice(0, LONGEST_FORMULA)}…` : formula;
  const isEquation = name === '' || / = /.test(shown);
  if (shown !== '' && shown !== name) lines.push({ content: isEquation ? shown : `= ${shown}`, style: 'box-formula', pitch: 7 });
  for (const content of quantity?.value === undefined ? [] : valueLines(quantity.value, MOST))
    lines.push({ content, style: 'numbers', pitch: MONOSPACED });
  if (quantity?.gradient !== undefined) {
    const by = calledIn(box);
    lines.push({ content: `∂${pictureName(objective)}/∂${by.length > 14 ? '…' : by}`, style: 'gradient', pitch: 7, apart: true });
    for (const content of valueLines(quantity.gradient, MOST))
      lines.push({ content, style: 'numbers gradient', pitch: MONOSPACED });
  }
  const role = box.kind === 'step' || box.kind === 'objective' ? '' : words.page.roles[box.kind];
  const first = lines[0];
  const aside = [role, shape].filter(Boolean).join(' ');
  const head = (first ? letters(first.content) * first.pitch : 0) + (aside === '' ? 0 : 18 + letters(aside) * 7.4);
  const width = 2 * PADDING + Math.max(56, head, ...lines.map((l) => letters(l.content) * l.pitch));
  const note: Line[] = aside === '' ? [] : [{ content: aside, style: 'box-shape', pitch: 0 }];
  return {
    box,
    lines: [...lines, ...note],
    width,
    height: 2 * PADDING - 6 + LINE * lines.length + GAP * lines.filter((l) => l.apart).length,
  };
}

/** The lines from the top; what has no width of its own stands at the right of the first. */
function boxBody({ box, lines, width, height }: Drawn, x: number, y: number): string {
  let baseline = y + PADDING + 9 - LINE;
  const texts = lines.map(({ content, style, pitch, apart }) => {
    if (pitch === 0) return text(content, { class: style, x: x + width - PADDING, y: y + PADDING + 9, 'text-anchor': 'end' });
    baseline += LINE + (apart ? GAP : 0);
    return (style === 'box-formula' ? formulaText : text)(content, { class: style, x: x + PADDING, y: baseline });
  });
  return group({ class: 'node' }, element('rect', { class: `box ${box.kind}`, x, y, width, height, rx: 6 }), ...texts);
}
