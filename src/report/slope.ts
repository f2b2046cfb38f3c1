import { scaleLinear } from 'd3-scale';
import { line } from 'd3-shape';
import type { Derivation } from '../api/derive.ts';
import type { Words } from '../derivation/words/index.ts';
import { Callable } from '../numeric/callable.ts';
import { axes, frameOf, heights, legend } from './plane.ts';
import { element, figure, picture, pictureName, shortPath } from './svg.ts';

const WIDTH = 720;
const HEIGHT = 360;
const FROM = -4;
const TO = 4;
const POINTS = 401;
interface Point {
  readonly x: number;
  readonly y: number;
}

/** A function of one number and its derivative, where the source is just that. */
export function slopeFigure({ model, name, wrt, partials }: Derivation, words: Words): string {
  const [by] = wrt;
  const inputs = [...model.inputs.values()];
  const isPlane = inputs.length === 1 && wrt.length === 1 && inputs[0]!.shape.length === 0;
  if (!by || !isPlane || model.objective!.node.shape.length > 0) return '';
  const w = words.page.slope;
  const both = Callable.of(model, [model.objective!.node, partials[by]!.node]);
  const sampled = Array.from({ length: POINTS }, (_, k) => {
    const x = FROM + ((TO - FROM) * k) / (POINTS - 1);
    const [f, slope] = both.run({ [by]: x }).map(({ data }) => data[0]!);
    return { x, f: f!, slope: slope! };
  });
  const values = sampled.flatMap(({ f, slope }) => [f, slope]).filter(Number.isFinite);
  if (values.length < POINTS / 4) return '';
  const [low, high] = heights(values);
  const frame = frameOf(WIDTH, HEIGHT);
  const x = scaleLinear([FROM, TO], [frame.left, frame.right]);
  const y = scaleLinear([low, high], [frame.bottom, frame.top]).nice();
  const [bottom, top] = y.domain() as [number, number];
  const path = line<Point>(
    (p) => x(p.x),
    (p) => y(p.y),
  ).defined((p) => p.y >= bottom && p.y <= top);
  const curve = (style: string, of: (s: (typeof sampled)[number]) => number): string =>
    element('path', { class: style, d: shortPath(path(sampled.map((s) => ({ x: s.x, y: of(s) })))) });
  const [f, derived] = [`${pictureName(name)}(${by})`, `${pictureName(name)}′(${by})`];
  const mark = (style: string): string => element('path', { class: style, d: 'M-8,0H8' });
  const body = [
    axes({ frame, x, y, xName: by, yName: '' }, true),
    curve('curve', (s) => s.f),
    curve('path', (s) => s.slope),
    legend(
      [
        { label: f, mark: mark('curve') },
        { label: derived, mark: mark('path') },
      ],
      frame.left,
      HEIGHT - 8,
    ),
  ].join('\n');
  const svg = picture({
    id: 'slope-picture',
    title: w.title,
    description: w.note(f, derived),
    width: WIDTH,
    height: HEIGHT,
    body,
  });
  return figure(svg, w.note(f, derived));
}
