import { scaleLinear } from 'd3-scale';
import { line } from 'd3-shape';
import type { Derivation } from '../api/derive.ts';
import type { Words } from '../derivation/words/index.ts';
import type { NamedPart } from '../model/held.ts';
import { derivativeName } from '../model/objective-name.ts';
import type { Inputs } from '../numeric/binding.ts';
import { Callable } from '../numeric/callable.ts';
import { shown } from './numbers.ts';
import { axes, type Frame, frameOf, heights, LEGEND_ROOM, legend } from './plane.ts';
import { type Point, strokesOf, type Window, windowOf } from './samples.ts';
import { element, figure, picture, pictureName, shortPath } from './svg.ts';
import { startOf } from './values.ts';

const WIDTH = 720;
const HEIGHT = 382;
/** Of two pictures, one below the other, each. */
const LOW = 250;
/** A function that is so many times flatter than its slope would be a line beside it. */
const FLAT = 12;

/** A function of one number, or a derivative of it. */
interface Drawn {
  readonly label: string;
  readonly style: string;
  readonly at: (x: number) => number;
}

/**
 * A function of one number and its derivatives, where all other names have values.
 * @param lower of a higher derivative, the function and its derivatives below the one that is derived
 */
export function slopeFigure(
  { model, name, wrt, partials }: Derivation,
  words: Words,
  data: Inputs = {},
  lower: readonly NamedPart[] = [],
): string {
  const [by] = wrt;
  const objective = model.objective!.node;
  if (!by || wrt.length !== 1 || objective.shape.length > 0 || model.inputs.get(by)!.shape.length > 0) return '';
  // What is drawn has no value of its own as a rule; all others need one.
  const others = startOf(model, { [by]: 1, ...data }, 1);
  if (!others) return '';
  const given = startOf(model, data, 1)?.inputs[by];
  const point = typeof given === 'number' && Number.isFinite(given) ? given : undefined;
  const all = Callable.of(model, [...lower.map((part) => part.node), objective, partials[by]!.node]);
  const names = [...lower.map((part) => part.name), name];
  names.push(derivativeName(names[0]!, names.length));
  const drawn = names.map((own, k): Drawn => {
    const style = k === 0 ? 'curve' : k === names.length - 1 ? 'path' : 'earlier';
    const at = (x: number): number => all.run({ ...others.inputs, [by]: x })[k]!.data[0]!;
    return { label: `${pictureName(own)}(${pictureName(by)})`, style, at };
  });
  const window = windowOf(drawn[0]!.at, point);
  return window ? drawnFigure(drawn, window, by, point, words) : '';
}

function drawnFigure(drawn: readonly Drawn[], window: Window, by: string, point: number | undefined, words: Words): string {
  const w = words.page.slope;
  const f = drawn[0]!;
  const isThere = (x: number): boolean => Number.isFinite(f.at(x));
  const curves = drawn.map((one) => ({ ...one, strokes: strokesOf(one.at, isThere, window) }));
  const rangesOf = (own: readonly Curve[]): [number, number] => heights(own.flatMap((c) => c.strokes.flat().map((p) => p.y)));
  const [own, others] = [rangesOf(curves.slice(0, 1)), rangesOf(curves.slice(1))].map(([low, high]) => high - low) as [
    number,
    number,
  ];
  const isApart = own > 0 && others > 0 && Math.max(own, others) > FLAT * Math.min(own, others);
  const groups = isApart ? [curves.slice(0, 1), curves.slice(1)] : [curves];
  const height = isApart ? 2 * LOW : HEIGHT;
  const body = [
    ...groups.map((group, k) => {
      const plain = frameOf(WIDTH, isApart ? LOW - LEGEND_ROOM / 2 : HEIGHT - LEGEND_ROOM);
      const frame = {
        ...plain,
        top: plain.top + k * LOW - (k * LEGEND_ROOM) / 2,
        bottom: plain.bottom + k * LOW - (k * LEGEND_ROOM) / 2,
      };
      return panel(group, rangesOf(group), frame, window, by, point);
    }),
    legend(
      drawn.map(({ label, style }) => ({ label, mark: element('path', { class: style, d: 'M-8,0H8' }) })),
      frameOf(WIDTH, height).left,
      height - 8,
    ),
  ].join('\n');
  const isMarked = point !== undefined && point >= window[0] && point <= window[1] && isThere(point);
  const values = drawn.map(
    ({ label, at }) => `${label.replace(/\([^()]*\)$/, `(${shown(point ?? 0)})`)} = ${shown(at(point ?? 0))}`,
  );
  const next = drawn[1]!;
  const note = [w.note(f.label, next.label), isMarked ? w.marked(values.join(words.comma)) : ''].filter(Boolean).join(' ');
  return figure(picture({ id: 'slope-picture', title: w.title, description: note, width: WIDTH, height, body }), note);
}

interface Curve extends Drawn {
  readonly strokes: readonly (readonly Point[])[];
}

/** Curves over one pair of axes, with the point that was asked for. */
function panel(
  curves: readonly Curve[],
  range: readonly [number, number],
  frame: Frame,
  window: Window,
  by: string,
  point: number | undefined,
): string {
  const x = scaleLinear([...window], [frame.left, frame.right]);
  const y = scaleLinear([...range], [frame.bottom, frame.top]).nice();
  const [bottom, top] = y.domain() as [number, number];
  const isInside = (p: Point): boolean => p.y >= bottom && p.y <= top;
  const path = line<Point>(
    (p) => x(p.x),
    (p) => y(p.y),
  ).defined(isInside);
  return [
    axes({ frame, x, y, xName: pictureName(by), yName: '' }, true),
    ...curves.map(({ style, strokes }) =>
      element('path', { class: style, d: shortPath(strokes.map((stroke) => path([...stroke]) ?? '').join('')) }),
    ),
    ...curves.flatMap(({ at, style }) => {
      const p = point !== undefined && point >= window[0] && point <= window[1] ? { x: point, y: at(point) } : undefined;
      return p && isInside(p) ? [element('circle', { class: `mark ${style}`, cx: x(p.x), cy: y(p.y), r: 5 })] : [];
    }),
  ].join('\n');
}
