import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { graphPicture as pagePicture } from '../../page/src/worker/graph.ts';
import { derive } from '../../src/api/derive.ts';
import { english } from '../../src/derivation/words/en.ts';
import { differentiate } from '../../src/differentiate/sweep.ts';
import { Callable } from '../../src/numeric/callable.ts';
import { type Arrow, type Box, boxGraph } from '../../src/report/boxes.ts';
import { graphLayout } from '../../src/report/graph-layout.ts';
import { graphPicture } from '../../src/report/graph-picture.ts';
import { quantities, startOf } from '../../src/report/values.ts';

function graphOf(source: string, wrt?: string | string[]) {
  const derivation = derive(source, wrt as string);
  const { model, name } = derivation;
  return { derivation, model, graph: boxGraph(model, name, derivation.wrt, derivation.document({ detail: 'full' })) };
}

const calledBy = ({ name, formula }: Box): string => name || formula!;
const toldOf = ({ arrows }: { arrows: readonly Arrow[] }): string[] =>
  arrows.map(({ from, to, slope, back }) => `${calledBy(from)} ${back ? '⇢' : '→'} ${calledBy(to)}: ${slope ?? ''}`);

describe('on each arrow of what moves stands its local slope', () => {
  test('of a scalar expression', () => {
    expect(toldOf(graphOf('x^2*sin(3x)', 'x').graph)).toEqual([
      'x → x²: 2x',
      'x → 3x: 3',
      '3x → sin(3x): cos(3x)',
      'x² → f: sin(3x)',
      'sin(3x) → f: x²',
    ]);
  });
  test('of a cost to which two ways lead, though it has a name', () => {
    expect(toldOf(graphOf('param a = 2, b = 1; minimize e = (a + b)*(b + 1)').graph)).toEqual([
      'a → a + b: 1',
      'b → a + b: 1',
      'b → b + 1: 1',
      'a + b → e: b + 1',
      'b + 1 → e: a + b',
    ]);
  });
  test('of an array of expressions, without what only puts them at their places', () => {
    expect(toldOf(graphOf('[x^2*y; x*y]', ['x', 'y']).graph)).toEqual([
      'x → x²: 2x',
      'x² → x²·y: y',
      'y → x²·y: x²',
      'x → x·y: y',
      'y → x·y: x',
      'x²·y → f: [1; 0]',
      'x·y → f: [0; 1]',
    ]);
  });
  test('of what is used in two ways by one quantity', () => {
    const source = 'data x : [5]; param m, s; z = (x - m)/s; minimize L = sum(z.^2)/2 + 5*log(s)';
    expect(toldOf(graphOf(source).graph)).toEqual(['x → z: ', 'm → z: −1/s', 's → z: −(x_k − m)/s²', 'z → L: z_k', 's → L: 5/s']);
    expect(toldOf(graphOf('a = x^2; b = a*x; a*b + sin(a)', 'x').graph)).toContain('a → f: cos(a) + b');
  });
  test('of a softmax that the cost is made of: it has a name where it is long', () => {
    const told = toldOf(graphOf(readFileSync('examples/softmax-regression.grad', 'utf8')).graph);
    expect(told).toContain('Z → Cost: dZ_ik');
  });
  test('as one quotient', () => {
    const source = 'data X : [2, m]; param W : [3, 2]; Z = W*X; minimize C = sum(Z.^2)/2 + 1/1000*sum(W.^2)';
    expect(toldOf(graphOf(source).graph)).toContain('W → C: W_ij/500');
    expect(toldOf(graphOf(readFileSync('examples/models/attention.grad', 'utf8')).graph)).toContain('Q → S: K_bhjk/√2');
  });
});

test.each([
  ['x^2*log(x)/y', ['x', 'y'], { x: 1.7, y: 0.6 }],
  ['sqrt(x^2 + y)*exp(x*y)', ['x', 'y'], { x: 1.7, y: 0.6 }],
  ['param a = 2, b = 1; minimize e = (a + b)*(b + 1)^2', ['a', 'b'], { a: 2, b: 1 }],
])('the slopes along the ways to %s add up to its derivatives', (source, wrt, values) => {
  const { model, graph } = graphOf(source, wrt);
  const worth = quantities(model, graph.boxes, wrt, values);
  const number = (box: Box): number => worth.get(box)!.value as number;
  const text = (slope: string): string =>
    slope
      .replace(/√\(/g, 'sqrt(')
      .replace(/√(\p{L})/gu, 'sqrt($1)')
      .replaceAll('·', '*')
      .replaceAll('−', '-')
      .replaceAll('²', '^2');
  const slopeAt = ({ slope }: Arrow): number => {
    const own = derive(`0*(${wrt.join('+')}) + ${text(slope!)}`, wrt);
    return Callable.of(own.model, [own.model.objective!.node]).run(values)[0]!.data[0]!;
  };
  const total = new Map<Box, number>([[graph.boxes.find(({ kind }) => kind === 'objective')!, 1]]);
  for (const box of [...graph.boxes].reverse())
    for (const arrow of graph.arrows.filter(({ to }) => to === box))
      total.set(arrow.from, (total.get(arrow.from) ?? 0) + total.get(box)! * slopeAt(arrow));
  const partials = differentiate(
    model.graph,
    model.objective!.node,
    wrt.map((by) => model.inputs.get(by)!.node),
  );
  const wanted = Callable.of(model, partials).run(values);
  wrt.forEach((by, k) => {
    const box = graph.boxes.find(({ name }) => name === by)!;
    expect(number(box)).toBe(values[by as keyof typeof values]);
    expect(total.get(box)).toBeCloseTo(wanted[k]!.data[0]!, 10);
  });
});

describe('a recurrence', () => {
  const source = readFileSync('examples/models/rnn.grad', 'utf8');
  test('shows what its steps compute, and what leads to the next one', () => {
    const told = toldOf(graphOf(source).graph);
    expect(told).toEqual(expect.arrayContaining(['U → s: h[t − 1, j]', 'v → s: x_t', 'b → s: 1', 's → h: 1 − h_ti²', 'h ⇢ s: ']));
    expect(told.filter((line) => line.endsWith('→ h: '))).toEqual([]);
  });
  test('of several states has the arrows that are written', () => {
    const told = toldOf(graphOf(readFileSync('examples/models/lstm.grad', 'utf8')).graph);
    expect(told.filter((line) => line.includes('→ zf'))).toEqual(['X → zf: ', 'Wf → zf: h[t − 1, l]', 'Uf → zf: X_tj']);
    expect(told).toContain('c ⇢ c: ');
  });
  test('has in its boxes what the derivation calls δ', () => {
    const { derivation, model, graph } = graphOf(source);
    const worth = quantities(model, graph.boxes, derivation.wrt, startOf(model, {}, 1)!.inputs);
    for (const name of ['h', 's']) {
      const box = graph.boxes.find((one) => one.name === name)!;
      const { gradient } = worth.get(box)!;
      const told = derivation.values({}).backward.find((one) => one.name === `δ${name}`)!;
      const found = typeof gradient === 'object' ? Array.from(gradient.data) : [];
      expect(found).toHaveLength(40);
      for (const [k, x] of found.entries()) expect(x).toBeCloseTo(told.data[k]!, 12);
    }
  });
});

test('the page tells what leads to the next step from what leads on', () => {
  const { derivation, model, graph } = graphOf(readFileSync('examples/models/rnn.grad', 'utf8'));
  const { arrows } = pagePicture(graph, new Set(derivation.wrt), true, model);
  expect(arrows.filter(({ isNext }) => isNext).map(({ from, to }) => `${from} ${to}`)).toEqual(['h s']);
});

test('of an array of numbers the boxes have its derivatives, which are no more than a matrix', () => {
  const { model, graph } = graphOf('[x^2*y; x*y]', ['x', 'y']);
  const worth = quantities(model, graph.boxes, ['x', 'y'], { x: 2, y: 3 });
  const of = (name: string) => worth.get(graph.boxes.find((box) => box.name === name)!)!.gradient;
  expect([of('x'), of('y')].map((value) => typeof value === 'object' && Array.from(value.data))).toEqual([
    [12, 3],
    [4, 2],
  ]);
});

test('what has no name is called by what it is', () => {
  const { model, graph } = graphOf('(x + 1)^2*x', 'x');
  const svg = graphPicture('g', graph, 'f', quantities(model, graph.boxes, ['x'], { x: 2 }), english);
  expect([...svg.matchAll(/<title>([^<]*)<\/title>/g)].map(([, said]) => said)).toContain('x → (x + 1)');
  expect(svg).not.toMatch(/> → |→ </);
  expect(svg).toContain('∂f/∂(x + 1)');
});

describe.each(['rnn', 'attention', 'lstm'])('the arrows of %s', (name) => {
  test('run behind no box', () => {
    const { graph } = graphOf(readFileSync(`examples/models/${name}.grad`, 'utf8'));
    // Boxes of one row that are of different heights.
    const size = (box: Box) => ({ width: 100, height: 40 + 45 * (graph.boxes.indexOf(box) % 3) });
    const laid = graphLayout(graph, size, () => undefined, { beside: 26, below: 34, margin: 6 });
    const within = (box: Box, [x, y]: readonly [number, number]): boolean => {
      const at = laid.box(box);
      return Math.abs(x - at.x) < size(box).width / 2 - 1 && Math.abs(y - at.y) < size(box).height / 2 - 1;
    };
    for (const arrow of graph.arrows) {
      const hit = graph.boxes.filter((box) => pointsAlong(laid.path(arrow)).some((point) => within(box, point)));
      expect(hit.map(({ name: own }) => `${arrow.from.name} → ${arrow.to.name} meets ${own}`)).toEqual([]);
    }
  });
});

/** Points of a path of lines and cubic curves. */
function pointsAlong(d: string): [number, number][] {
  const found: [number, number][] = [];
  let at: [number, number] = [0, 0];
  for (const [, kind, rest] of d.matchAll(/([MLC])([^MLC]*)/g)) {
    const n = rest!.split(/[ ,]+/).filter(Boolean).map(Number);
    const [a, b, c] = (kind === 'C' ? [n.slice(0, 2), n.slice(2, 4), n.slice(4, 6)] : [n, n, n]) as [number, number][];
    for (let t = 0; t <= 1; t += 0.05) {
      const mix = (k: 0 | 1): number =>
        kind === 'C'
          ? (1 - t) ** 3 * at[k] + 3 * (1 - t) ** 2 * t * a![k] + 3 * (1 - t) * t * t * b![k] + t ** 3 * c![k]
          : kind === 'M'
            ? n[k]!
            : at[k] + t * (n[k]! - at[k]);
      found.push([mix(0), mix(1)]);
    }
    at = c!;
  }
  return found;
}

/** Arrays whose operations have no names, some of which no formula of whole arrays says. */
const UNNAMED = [
  'param A : [n, n] = [[2, 1], [1, 3]]\nminimize f = sum[i](max[j](A[i,j]^2))',
  'data X : [n, d]\nparam C : [k, d]\nsum[i](max[k](exp(-sum[j]((X[i,j] - C[k,j])^2))))',
  'param x : [n]\nsum[i](log(sum[j](exp(-(x[i] - x[j])^2))))',
  'param A : [n, n], b : [n]\nsum(sin(A*b).^2)',
  'param a : [n, 1], b : [n]\nsum[i](log(1 + (a[i, 1]*b[i])^2))',
];
const examples = ['examples', 'examples/models'].flatMap((folder) =>
  readdirSync(folder)
    .filter((file) => file.endsWith('.grad'))
    .map((file) => [file, readFileSync(join(folder, file), 'utf8')] as const),
);

describe.each([...examples, ...UNNAMED.map((source) => [source, source] as const)])('%s', (_, source) => {
  test('has a picture in which everything is called what it is', () => {
    const { boxes, arrows } = graphOf(source).graph;
    expect(boxes.filter((box) => calledBy(box) === '')).toEqual([]);
    expect([...boxes.flatMap((box) => box.formula ?? ''), ...arrows.flatMap(({ slope }) => slope ?? '')].join()).not.toMatch(
      /[⟨⟩]/,
    );
  });
});

test('what has no name is called by its entry where no formula of arrays says it', () => {
  expect(toldOf(graphOf(readFileSync('examples/models/k-means.grad', 'utf8')).graph)).toEqual([
    'C → −C_kj: −1',
    'X → X_ij − C_kj: ',
    '−C_kj → X_ij − C_kj: 1',
    'X_ij − C_kj → (X_ij − C_kj)²: 2(X_ij − C_kj)',
    '(X_ij − C_kj)² → Σ_j (X_ij − C_kj)²: 1',
    'Σ_j (X_ij − C_kj)² → min_k(Σ_j (X_ij − C_kj)²): ',
    'min_k(Σ_j (X_ij − C_kj)²) → Cost: 1',
  ]);
});
