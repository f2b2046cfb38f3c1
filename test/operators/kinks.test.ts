import { beforeAll, describe, expect, it } from 'vitest';
import { compileProgram, doubles, evaluate } from '../../src/compile/index.ts';
import { differentiate } from '../../src/differentiate/sweep.ts';
import { elaborate } from '../../src/elaborate/elaborate.ts';
import type { Node } from '../../src/graph/node.ts';
import { derive } from '../../src/index.ts';
import { parse } from '../../src/language/parser.ts';
import { operatorNamed } from '../../src/operators/index.ts';
import { forReading } from '../../src/simplify/pipelines.ts';
import { type BigNumbers, bigNumbers } from '../../src/verify/big-numbers.ts';

type Point = Readonly<Record<string, number | readonly number[]>>;

let numbers: BigNumbers;
beforeAll(async () => {
  numbers = await bigNumbers();
});

const flat = (x: number | readonly number[]): readonly number[] => (typeof x === 'number' ? [x] : x);
const NO_SIZES = new Map<string, number>();

/** The derivative of a source by a name, as it is derived and as it is simplified. */
function derivatives(source: string, wrt: string, at: Point) {
  const shapes = Object.fromEntries(Object.entries(at).map(([name, x]) => [name, typeof x === 'number' ? [] : [x.length]]));
  const { graph, inputs, objective } = elaborate(parse(source), { shapes });
  const derived = differentiate(graph, objective!.node, [inputs.get(wrt)!.node]);
  return { graph, nodes: [...derived, ...forReading(graph, derived)] };
}

/** The value in every target: generated code, closures, the interpreter in doubles and in many digits. */
function everywhere(source: string, wrt: string, at: Point): Record<string, (readonly number[])[]> {
  const { nodes } = derivatives(source, wrt, at);
  const compiled = (backend: 'js' | 'closure') => {
    const program = compileProgram({ outputs: nodes, sizes: NO_SIZES, backend });
    for (const [name, x] of Object.entries(at)) program.input(name)?.data.set(flat(x));
    program.run();
    return program.outputs.map(({ data }) => [...data]);
  };
  const interpreted = <T>(from: (x: number) => T, run: (values: (name: string) => T[]) => readonly (readonly T[])[]) =>
    run((name) => flat(at[name]!).map(from)).map((data) => data.map(Number));
  const shape = (node: Node) => node.shape.map(Number);
  return {
    js: compiled('js'),
    closure: compiled('closure'),
    doubles: interpreted(
      (x) => x,
      (of) => evaluate(nodes, (v) => ({ shape: shape(v), data: of(v.name) }), NO_SIZES, doubles).map((v) => v.data),
    ),
    'many digits': interpreted(numbers.from, (of) =>
      evaluate(nodes, (v) => ({ shape: shape(v), data: of(v.name) }), NO_SIZES, numbers.arithmetic).map((v) => v.data),
    ),
  };
}

function expectSlope(source: string, wrt: string, at: Point, expected: number | readonly number[]): void {
  for (const [target, values] of Object.entries(everywhere(source, wrt, at))) {
    for (const value of values) {
      expect(value, `${source} in ${target}`).toHaveLength(flat(expected).length);
      value.forEach((x, k) => {
        expect(x, `${source} by ${wrt} in ${target}`).toBeCloseTo(flat(expected)[k]!, 14);
      });
    }
  }
}

describe('at a kink the derivative is the subgradient of least norm', () => {
  it.each<[string, string, string, Point, number | number[]]>([
    ["|x|' = 0 at 0", 'abs(x)', 'x', { x: 0 }, 0],
    ["relu' = 0 at 0", 'relu(x)', 'x', { x: 0 }, 0],
    ["leaky_relu' = 0.01 at 0", 'leaky_relu(x)', 'x', { x: 0 }, 0.01],
    ["leaky_relu' = a left of 0", 'leaky_relu(x, 0.2)', 'x', { x: -3 }, 0.2],
    ["elu' = 1 at 0", 'elu(x)', 'x', { x: 0 }, 1],
    ["elu' = a at 0 for a < 1", 'elu(x, 0.5)', 'x', { x: 0 }, 0.5],
    ["hardtanh' = 0 at 1", 'hardtanh(x)', 'x', { x: 1 }, 0],
    ["hardtanh' = 0 at −1", 'hardtanh(x)', 'x', { x: -1 }, 0],
    ["hardtanh' = 1 at 0", 'hardtanh(x)', 'x', { x: 0 }, 1],
    ["relu6' = 0 at 0", 'relu6(x)', 'x', { x: 0 }, 0],
    ["relu6' = 0 at 6", 'relu6(x)', 'x', { x: 6 }, 0],
    ["hardsigmoid' = 1/6 at 0", 'hardsigmoid(x)', 'x', { x: 0 }, 1 / 6],
    ["softsign' = 1 at 0", 'softsign(x)', 'x', { x: 0 }, 1],
    ['a tie in max is shared: first', 'max(x, y)', 'x', { x: 2, y: 2 }, 0.5],
    ['a tie in max is shared: second', 'max(x, y)', 'y', { x: 2, y: 2 }, 0.5],
    ['a tie in min is shared', 'min(x, y)', 'x', { x: -1, y: -1 }, 0.5],
    ['a tie of three is shared by three', 'max(x, y, z)', 'x', { x: 1, y: 1, z: 1 }, 1 / 3],
    ['a tie of two among three is shared by two', 'max(x, y, z)', 'z', { x: 1, y: 2, z: 2 }, 0.5],
    ['what is below passes nothing', 'max(x, y, z)', 'x', { x: 1, y: 2, z: 2 }, 0],
    ['the smallest of four', 'min(w, x, y, z)', 'w', { w: -1, x: 1, y: 2, z: 3 }, 1],
    ['max with itself is itself', 'max(x, x)', 'x', { x: 3 }, 1],
    ['max with itself and another', 'max(x, y, x)', 'x', { x: 3, y: 3 }, 0.5],
    ["sign' = 0", 'sign(x)', 'x', { x: 0 }, 0],
    ["step' = 0", 'step(x)', 'x', { x: 0 }, 0],
    ["floor' = 0", 'floor(x)', 'x', { x: 2 }, 0],
    ["ceil' = 0", 'ceil(x)', 'x', { x: 2.5 }, 0],
    ["round' = 0", 'round(x)', 'x', { x: 0.5 }, 0],
    ['mod by its first argument', 'mod(x, y)', 'x', { x: 7.5, y: 2 }, 1],
    ['mod by its second argument', 'mod(x, y)', 'y', { x: 7.5, y: 2 }, -3],
    ['mod of a negative number', 'mod(x, y)', 'y', { x: -7.5, y: 2 }, 4],
    ['max passes the larger', 'max(x, y)', 'x', { x: 3, y: 2 }, 1],
    ['max stops the smaller', 'max(x, y)', 'y', { x: 3, y: 2 }, 0],
    ['softplus at 0 has slope ½', 'softplus(x)', 'x', { x: 0 }, 0.5],
    ['hypot at the corner', 'hypot(x, y)', 'x', { x: 0, y: 0 }, 0],
    ['hypot of three at the corner', 'hypot(x, y, z)', 'y', { x: 0, y: 0, z: 0 }, 0],
    ['hypot beside the corner', 'hypot(x, y)', 'x', { x: 3, y: 4 }, 0.6],
    ['the norm at 0', 'norm(x)', 'x', { x: [0, 0, 0] }, [0, 0, 0]],
    ['the norm beside 0', 'norm(x)', 'x', { x: [3, 0, 4] }, [0.6, 0, 0.8]],
    ['its square at 0', 'norm(x)^2', 'x', { x: [0, 0] }, [0, 0]],
    ['its cube at 0', 'norm(x)^3', 'x', { x: [0, 0] }, [0, 0]],
    ['its root of a definition at 0', 'n = norm(x - 1); 2*n', 'x', { x: [1, 1] }, [0, 0]],
    ['the norm of a residual that is 0', 'norm(2*x - y)', 'x', { x: [1, 2], y: [2, 4] }, [0, 0]],
    ['the root of a scalar product at 0', "sqrt(x'*x)", 'x', { x: [0, 0] }, [0, 0]],
    ['the root mean square at 0', 'sqrt(mean(x.^2))', 'x', { x: [0, 0] }, [0, 0]],
    ['the root of a sum of two squares at 0', 'sqrt(x^2 + 4y^2)', 'y', { x: 0, y: 0 }, 0],
    ['a norm times another thing at 0', 'norm(x)*exp(sum(x))', 'x', { x: [0, 0] }, [0, 0]],
  ])('%s', (_, source, wrt, at, expected) => {
    expectSlope(source, wrt, at, expected);
  });

  it('ties in max over entries are shared entry by entry', () => {
    expectSlope('sum(max(x, y))', 'x', { x: [1, 2, 3], y: [2, 2, 2] }, [0, 0.5, 1]);
  });

  it('a root that is no length has no slope at 0', () => {
    const { nodes } = derivatives('sqrt(x)', 'x', { x: 0 });
    const [value] = evaluate(nodes, () => ({ shape: [], data: [0] }), NO_SIZES, doubles);
    expect(value!.data[0]).toBe(Number.POSITIVE_INFINITY);
  });
});

describe('second derivatives take the branch', () => {
  it.each<[string, string, Point, number]>([
    ['2*elu(-x)', 'x', { x: 1 }, 2 * Math.exp(-1)],
    ['elu(x)', 'x', { x: 1 }, 0],
    // That of the left branch, whose slope is taken there.
    ['elu(x)', 'x', { x: 0 }, 1],
    ['relu(x)^2', 'x', { x: 3 }, 2],
    ['hypot(x, y)', 'x', { x: 3, y: 4 }, 16 / 125],
    ['hypot(x, y)', 'x', { x: 0, y: 0 }, 0],
  ])("%s'' by %s at %o", (source, wrt, at, expected) => {
    expectSlope(`diff(${source}, ${wrt})`, wrt, at, expected);
  });

  it('from the printed first derivative too', () => {
    const once = derive('2*elu(-x)', 'x').partial.toString();
    expect(derive(once, 'x').compile().gradient({ x: 1 }).x).toBeCloseTo(2 * Math.exp(-1), 15);
  });
});

it.each([
  ['max', 'u > v', 'larger'],
  ['min', 'u < v', 'smaller'],
])('%s says whose slope it passes on: where %s', (name, where, which) => {
  const { rule } = operatorNamed.get(name)!;
  expect(rule.formula).toContain(`1 if ${where}`);
  expect(rule.why).toContain(which);
});
