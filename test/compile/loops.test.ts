import { expect, it } from 'vitest';
import { compileProgram } from '../../src/compile/index.ts';
import { programOf } from '../../src/compile/link.ts';
import { PLAIN } from '../../src/compile/machine.ts';
import type { Statement } from '../../src/compile/program.ts';
import { prepare } from '../../src/compile/task.ts';
import { elaborate } from '../../src/elaborate/elaborate.ts';
import { Graph } from '../../src/graph/graph.ts';
import { parse } from '../../src/language/parser.ts';
import { runningGradient } from '../../src/model/running.ts';
import { tanh } from '../../src/operators/trigonometric.ts';

const shapes = { x: [5000], z: [5000], A: [400, 400], B: [400, 400] };

/** How many loops a program has, and how many places of memory it writes. */
function counts(quantities: readonly string[]): { loops: number; writes: number; source: string } {
  const lines = quantities.map((q, k) => `q${k} = ${q}`).join('\n');
  const model = elaborate(parse(`${lines}\nsum(x)`), { shapes });
  const outputs = model.definitions.map(({ node }) => node);
  const source = compileProgram({ outputs, sizes: new Map(), backend: 'js' }).source!;
  return { loops: source.match(/\bfor \(/g)!.length, writes: source.match(/^\s*b\d+\[.*\] = /gm)!.length, source };
}

const gradientOf = (objective: string): string =>
  compileProgram({ outputs: runningGradient(elaborate(parse(objective), { shapes }), ['x']), sizes: new Map(), backend: 'js' })
    .source!;

it.each<[what: string, quantities: string[], loops: number, writes: number]>([
  ['functions of one vector', ['sin(x)', 'tanh(x)'], 1, 2],
  ['functions of two vectors', ['sin(x)', 'tanh(z)'], 1, 2],
  ['functions of one matrix', ['sin(A)', 'tanh(A)'], 2, 2],
  ['a function of a function, which is not kept', ['sin(tanh(x))'], 1, 1],
  ['a chain with a number in it', ['2*sin(tanh(x) + 1).*x'], 1, 1],
  ['a part that is asked for too', ['sin(A).*cos(A)', 'sin(A)'], 2, 2],
  ['a matrix and its transpose', ["A' + A.^2"], 2, 1],
  ['what a sum must be known for', ['x/sum(x)'], 2, 1],
  ['a block, read where it is', ['sin(x[2:])'], 1, 1],
  ['a block of a sum', ['sin(x[2:] + z[1:4999])'], 1, 1],
  ['two sums', ['sum(sin(x))', 'sum(cos(x))'], 1, 2],
])('%s: %j are %i loops, %i writes', (_, quantities, loops, writes) => {
  expect(counts(quantities)).toMatchObject({ loops, writes });
});

it.each<[what: string, quantities: string[], loops: number]>([
  ['a neighbour', ['sin(x)[2:] - sin(x)[1:4999]', 'sin(x)'], 2],
  ['the transpose', ["sin(A) + sin(A)'", 'sin(A)'], 4],
  ['an entry', ['sin(x)*sin(x)[7]', 'sin(x)'], 2],
])('what reads %s of what is written has a loop of its own: %j', (_, quantities, loops) => {
  expect(counts(quantities).loops).toBe(loops);
});

it('a long loop is a function, called with what it reads and given back what it adds to', () => {
  const model = elaborate(parse('s = sum(exp(A))\nsum(tanh(A)./(1 + s))'), { shapes: { A: [200, 200] } });
  const { source = '', ...program } = compileProgram({ outputs: [model.objective!.node], sizes: new Map(), backend: 'js' });
  expect(source.match(/^const p\d = \(.*\) => \{$/gm)).toHaveLength(2);
  expect(source).toMatch(/t\d+ = p0\(t\d+\);/);
  const { data } = program.inputs.get('A')!;
  data.forEach((_, k) => {
    data[k] = Math.sin(k);
  });
  program.run();
  const [s, t] = [[...data].reduce((n, x) => n + Math.exp(x), 0), [...data].reduce((n, x) => n + Math.tanh(x), 0)];
  expect(program.outputs[0]!.data[0]).toBeCloseTo(t / (1 + s), 12);
});

it.each<[what: string, quantities: string[], loops: number]>([
  ['blocks side by side', ['sin([A, B])'], 3],
  ['blocks one above the other', ['sin([A; B])'], 4],
  ['a vector after another', ['sin([x; z])'], 2],
])('%s are loops that need not ask where they are: %j', (_, quantities, loops) => {
  const { loops: made, source } = counts(quantities);
  expect(made).toBe(loops);
  expect(source).not.toMatch(/\?/);
});

it('a neighbour beyond the end is a statement beside the loop', () => {
  const source = gradientOf('sum(sin(x[2:5000] - x[1:4999]))');
  expect(source).not.toMatch(/\?/);
  expect(source.match(/< 4998;/g)).toHaveLength(1);
});

it('what does not change between steps is computed before the first', () => {
  const g = new Graph();
  const X = g.variable('X', [40, 30]);
  const w = g.variable('w', [30]);
  const sizes = [30, 30, 40];
  const gram = g.contract({
    factors: [X, X],
    indices: [
      [2, 0],
      [2, 1],
    ],
    result: [0, 1],
    sizes,
  });
  const step = g.contract({ factors: [g.apply(tanh, gram), w], indices: [[0, 1], [1]], result: [0], sizes: [30, 30] });
  const { task } = prepare({ outputs: [], updates: [{ variable: w, value: g.sub(w, step) }], sizes: new Map() });
  const { before, compute, commit } = programOf(task, { ...PLAIN, product: 64 });
  expect(before.map((s) => s.kind)).toContain('product');
  expect([...compute, ...commit].map((s) => s.kind)).not.toContain('product');
});

it.each<[window: number, extents: number[]]>([
  [3, [30, 290]],
  [5, [30, 290, 5, 5]],
])('a sum of few terms is written out where the innermost loop is over something else: %i×%i', (window, extents) => {
  const lines = [
    'data X : [40, 300]',
    `data F : [${window}, ${window}]`,
    `C[i=1:30,j=1:290] = sum[p=1:${window}, q=1:${window}](X[i+p-1,j+q-1]*F[p,q])`,
  ].join('\n');
  const model = elaborate(parse(`${lines}\nsum(C)`));
  const { task } = prepare({ outputs: [model.definitions[0]!.node], sizes: new Map() });
  const made: number[] = [];
  const visit = (s: Statement): void => {
    if (s.kind !== 'loop') return;
    made.push(s.counter.extent);
    s.body.forEach(visit);
  };
  programOf(task, PLAIN).compute.forEach(visit);
  expect(made).toEqual(extents);
});
