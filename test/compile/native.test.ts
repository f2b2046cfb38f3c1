import { describe, expect, it } from 'vitest';
import { isKnown } from '../../src/compile/bodies.ts';
import { compileProgram, type Executable, type ProgramSpec } from '../../src/compile/index.ts';
import { isSpecial } from '../../src/compile/targets/c/special/index.ts';
import { Graph } from '../../src/graph/graph.ts';
import type { Node, Variable } from '../../src/graph/node.ts';
import { compile, derive, jacobian, type Tensor } from '../../src/index.ts';
import { operatorNamed, operators } from '../../src/operators/index.ts';
import { bigNumbers } from '../../src/verify/big-numbers.ts';
import type { BigNumber } from '../../src/verify/decimals.ts';
import { domainPoints } from '../support/sample.ts';
import { expectAgreement, hasCompiler, inputsOf, manyRoots, natively, provide } from './natively.ts';
import { stream } from './random.ts';
import { difference, fill, reference } from './ways.ts';
import { XOR_COST, xorStart, xorStep } from './xor.ts';

const NONE = new Map<string, number>();

describe.skipIf(!hasCompiler)('native code', () => {
  it('gives what the interpreter gives of random graphs', () => {
    const { spec, inputs } = manyRoots(Array.from({ length: 8 }, (_, seed) => seed));
    expectAgreement(spec, inputs, natively(spec));
  });

  it('multiplies matrices of all sizes, however they lie', () => {
    const g = new Graph();
    const next = stream(5);
    const whole = (most: number) => 1 + Math.floor(most * next());
    const outputs = Array.from({ length: 24 }, (_, k) => {
      const [i, j, s, b] = [whole(70), whole(70), whole(40), k % 3 === 0 ? whole(3) : 1];
      const order = (list: number[]) => (next() < 0.5 ? list : [...list].reverse());
      const sizes = new Map([i, j, s, b].map((size, index) => [index, size]));
      const [left, right] = [order([3, 0, 2]), order([3, 2, 1])];
      const variable = (name: string, indices: number[]) =>
        g.variable(
          `${name}${k}`,
          indices.map((index) => sizes.get(index)!),
        );
      return g.contract({
        factors: [variable('A', left), variable('B', right)],
        indices: [left, right],
        result: [3, 0, 1],
        sizes,
      });
    });
    for (const precision of ['f64', 'f32'] as const) {
      const spec: ProgramSpec = { outputs, sizes: NONE, precision };
      const program = natively(spec);
      const inputs = inputsOf(program, 3);
      if (precision === 'f64') expectAgreement(spec, inputs, program);
      else {
        fill(program, inputs);
        program.run();
        reference(spec, inputs).outputs.forEach((data, k) => {
          expect(difference(data, program.outputs[k]!.data)).toBeLessThan(1e-5);
        });
      }
    }
  });

  it.each(['f64', 'f32'] as const)('copies half of a product that is its own transpose in %s', (precision) => {
    const g = new Graph();
    const outputs = [3, 16, 24, 41, 130, 257].flatMap((n, at) => {
      const [x, y, w] = [g.variable(`x${at}`, [2, 19, n]), g.variable(`y${at}`, [2, 19, n]), g.variable(`w${at}`, [19])];
      const sizes = new Map([2, n, n, 19].map((size, k) => [k, size]));
      const [left, right] = [
        [0, 3, 1],
        [0, 3, 2],
      ];
      const made = (factors: Node[], indices: number[][]): Node => g.contract({ factors, indices, result: [0, 1, 2], sizes });
      return [made([x, x], [left, right]), made([w, x, x], [[3], left, right]), made([x, y], [left, right])];
    });
    const spec: ProgramSpec = { outputs, sizes: NONE, precision };
    const program = natively(spec);
    expect(program.source!.match(/multiply_f..\(.*, 0, 1\);/g)).toHaveLength(12);
    fill(program, inputsOf(program, 4));
    program.run();
    const rounded = new Map([...program.inputs].map(([name, { data }]) => [name, Array.from(data)]));
    reference(spec, rounded).outputs.forEach((data, k) => {
      const { data: found, shape } = program.outputs[k]!;
      expect(difference(data, found)).toBeLessThan(precision === 'f64' ? 1e-13 : 1e-5);
      const n = shape[1]!;
      const at = (b: number, i: number, j: number) => found[(b * n + i) * n + j]!;
      if (k % 3 < 2) for (let i = 0; i < n; i++) for (let j = 0; j < i; j++) expect(at(1, i, j)).toBe(at(1, j, i));
    });
  });

  it('rounds a product before it is added where it may not be fused, in kernels too', () => {
    provide();
    const [a, b] = [1 + 2 ** -30, 1 - 2 ** -30];
    const many = (value: number) => Array<number>(40).fill(value);
    const shapes = { x: [40], y: [40], z: [40] };
    const rounded = { backend: 'native', fma: false } as const;
    expect(compile('a*b + c', rounded)({ a, b, c: -1 })).toBe(0);
    expect(compile('sum(abs(x.*y + z))', { ...rounded, shapes })({ x: many(a), y: many(b), z: many(-1) })).toBe(0);
    // Of rows [−1, a] and columns [1, b].
    const filled = (n: number, at: (i: number, j: number) => number) =>
      Array.from({ length: n }, (_, i) => Array.from({ length: n }, (_, j) => at(i, j)));
    const A = filled(32, (_, j) => [-1, a][j] ?? 0);
    const B = filled(32, (i) => [1, b][i] ?? 0);
    const product = compile('A*B', { ...rounded, shapes: { A: [32, 32], B: [32, 32] } })({ A, B }) as Tensor;
    expect(product.data).toEqual(new Float64Array(32 * 32));
  });

  it.each([
    ['f64', 1e-12, true],
    ['f64', 1e-12, false],
    ['f32', 1e-5, true],
    ['f32', 1e-5, false],
  ] as const)('computes each function that it can be told in %s', (precision, close, fma) => {
    const able = operators.filter(isKnown);
    const points = able.map((f) => domainPoints(f, 8));
    const g = new Graph();
    const outputs = able.map((f, k) =>
      g.apply(f, ...Array.from({ length: f.arity }, (_, at) => g.variable(`x${k}_${at}`, [points[k]!.length]))),
    );
    const program = natively({ outputs, sizes: NONE, precision, fma });
    const round = precision === 'f32' ? Math.fround : (x: number) => x;
    able.forEach((f, k) => {
      for (let at = 0; at < f.arity; at++) program.input(`x${k}_${at}`)!.data.set(points[k]!.map((p) => round(p[at]!)));
    });
    program.run();
    const wrong = able.flatMap((f, k) =>
      points[k]!.flatMap((point, at) => {
        const args = point.map(round);
        const [own, kernel] = [program.outputs[k]!.data[at]!, round(f.kernel(...args))];
        // Near a zero or a pole single precision has lost the argument.
        const near = precision === 'f32' && f.kernel(...args.map((x) => x * (1 + 2e-7))) - kernel;
        const allowed = close * Math.abs(kernel) + Math.abs(near || 0) * 4 + (precision === 'f32' ? 1e-38 : 0);
        return Object.is(own, kernel) || own === kernel || Math.abs(own - kernel) <= allowed
          ? []
          : [`${f.name}(${args}) is ${kernel}, not ${own}`];
      }),
    );
    expect(wrong).toEqual([]);
  });

  it('learns XOR as JavaScript does, step by step or at once', () => {
    const started = (): Executable => {
      const program = natively(xorStep());
      for (const [name, data] of Object.entries(xorStart())) program.input(name)!.data.set(data);
      return program;
    };
    const [together, alone] = [started(), started()];
    const history = new Float64Array(5000);
    expect(together.repeat(5000, history)).toBe(5000);
    expect(Math.abs(history[4999]! / XOR_COST - 1)).toBeLessThan(1e-9);
    for (let k = 0; k < 5000; k++) alone.run();
    for (const [name, { data }] of together.inputs) expect(alone.input(name)!.data).toEqual(data);
    // A history that is shorter than the run takes what it can.
    expect(together.repeat(3, new Float64Array(1))).toBe(3);
  });

  it('stops before the updates of a step whose objective is not finite', () => {
    const g = new Graph();
    const x = g.variable('x', [2], 'param') as Variable;
    const sum = g.contract({ factors: [x, x], indices: [[0], [0]], result: [], sizes: new Map([[0, 2]]) });
    const program = natively({ outputs: [sum], updates: [{ variable: x, value: g.mul(1e60, x) }], sizes: NONE });
    program.input('x')!.data.set([1, 2]);
    expect(program.repeat(9)).toBe(4);
    expect(difference(program.input('x')!.data, [1e180, 2e180])).toBeLessThan(1e-15);
  });

  it.each(['f64', 'f32'] as const)('computes functions that are no expressions in %s', (precision) => {
    const special = operators.filter(({ name }) => isSpecial(name));
    const g = new Graph();
    const points = special.map((f) => domainPoints(f, 8).map((point) => point.map(Math.fround)));
    const names = special.map((f, k) => Array.from({ length: f.arity }, (_, at) => `x${k}_${at}`));
    const outputs = special.map((f, k) => g.apply(f, ...names[k]!.map((name) => g.variable(name, [8]))));
    const program = natively({ outputs, sizes: NONE, precision });
    for (const [k, own] of names.entries())
      for (const [at, name] of own.entries()) program.input(name)!.data.set(points[k]!.map((p) => p[at]!));
    program.run();
    special.forEach((f, k) => {
      const kernel = points[k]!.map((args) => f.kernel(...args));
      expect(difference(kernel, program.outputs[k]!.data), f.name).toBeLessThan(precision === 'f64' ? 1e-11 : 1e-6);
    });
  });

  it('says by name what C cannot be told', () => {
    provide();
    const g = new Graph();
    const { definition: _, ...bare } = operatorNamed.get('digamma')!;
    const spec: ProgramSpec = { outputs: [g.apply({ ...bare, name: 'made' }, g.variable('x'))], sizes: NONE };
    expect(() => compileProgram({ ...spec, backend: 'native' })).toThrow(
      expect.objectContaining({ code: 'unsupported', message: 'made has no native code' }),
    );
    expect(compileProgram(spec).outputs).toHaveLength(1);
  });

  it('keeps its memory as long as somebody computes in it', () => {
    const program = natively(xorStep());
    const [output] = program.outputs;
    const moved = structuredClone(output!.data.buffer, { transfer: [output!.data.buffer as ArrayBuffer] });
    program.run();
    expect(moved.byteLength).toBeGreaterThan(0);
  });
});

/** Where a function is used: every size, the tails, and what lies beside the edges. */
function everywhere(): number[] {
  const next = stream(11);
  const sizes = Array.from({ length: 120 }, (_, k) => (k % 2 === 0 ? 1 : -1) * 2 ** (next() * 44 - 36) * (1 + next()));
  const near = Array.from({ length: 120 }, () => 4 * next() - 2);
  const tails = Array.from({ length: 80 }, () => 1500 * next() - 750);
  return [
    ...sizes,
    ...near,
    ...tails,
    5e-324,
    1e-310,
    -1e-310,
    1e300,
    -1e300,
    1.7e308,
    -1 + 1e-15,
    709.7,
    709.8,
    -745.1,
    88.7,
    -103.9,
  ];
}

const EDGES = [0, -0, 1, -1, Number.NaN, Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY];

describe.skipIf(!hasCompiler)('functions in vectors', () => {
  const all = ['exp', 'expm1', 'log', 'log1p', 'tanh', 'sigmoid', 'softplus', 'logsigmoid', 'sin', 'cos'].map(
    (name) => operatorNamed.get(name)!,
  );
  const { arithmetic, from } = bigNumbers(60);
  const apply = (name: string, x: BigNumber) => arithmetic.apply(operatorNamed.get(name)!, [x]);
  /** A double as it is, not as it is written for short. */
  const exactly = (x: number): BigNumber => {
    const exponent = Math.max(-1074, Math.floor(Math.log2(Math.abs(x))) - 52);
    const [down, rest] = exponent < -1000 ? [1000, exponent + 1000] : [0, exponent];
    return from(x * 2 ** down * 2 ** -rest).mul(from(2).pow(exponent));
  };
  const tail = (x: number): BigNumber => {
    const t = apply('exp', exactly(-Math.abs(x)));
    return t.lt(1e-30) ? t : apply('log1p', t);
  };
  /** By a definition that loses nothing with so many digits. */
  const truth = (name: string, x: number): BigNumber => {
    if (name === 'softplus') return tail(x).plus(from(0).plus(x > 0 ? exactly(x) : 0));
    if (name === 'logsigmoid')
      return tail(x)
        .neg()
        .plus(x < 0 ? exactly(x) : 0);
    return apply(name, exactly(x));
  };

  it.each([
    ['f64', 2, 2 ** -1074, 52],
    ['f32', 4, 2 ** -149, 23],
  ] as const)('are right to the last places in %s, and at the edges', (precision, most, least, bits) => {
    const round = precision === 'f32' ? Math.fround : (x: number) => x;
    const xs = [...everywhere(), ...EDGES].map(round);
    const g = new Graph();
    // Whether all numbers are near 0 decides how sin and cos are computed.
    const sets = { all: xs, near: xs.filter((x) => Math.abs(x) < 1e6) };
    const cases = Object.entries(sets).flatMap(([name, set]) => all.map((f) => ({ f, set, x: g.variable(name, [set.length]) })));
    const program = natively({ outputs: cases.map(({ f, x }) => g.apply(f, x)), sizes: NONE, precision });
    for (const [name, set] of Object.entries(sets)) program.input(name)!.data.set(set);
    program.run();
    const wrong = cases.flatMap(({ f, set }, k) =>
      set.flatMap((x, at) => {
        const found = program.outputs[k]!.data[at]!;
        const rounded = round(f.kernel(x));
        if (Object.is(found, rounded) || found === rounded || !Number.isFinite(rounded) || !Number.isFinite(x)) {
          return Object.is(found, rounded) || found === rounded ? [] : [`${f.name}(${x}) is ${rounded}, not ${found}`];
        }
        const exact = truth(f.name, x);
        const unit = Math.max(least, 2 ** (Math.floor(Math.log2(Math.abs(rounded))) - bits));
        const off = Number(exactly(found).minus(exact).abs().div(from(unit)));
        // σ is 0 there where its reciprocal overflows.
        const lost = f.name === 'sigmoid' && found === 0 && Math.abs(rounded) < 2 ** -126;
        return off <= most || lost ? [] : [`${f.name}(${x}): ${off} units off`];
      }),
    );
    expect(wrong).toEqual([]);
  });
});

describe.skipIf(!hasCompiler)('the larger and the smaller in native code', () => {
  const pairs = EDGES.flatMap((a) => EDGES.map((b) => [a, b]));
  const shapes = { x: [pairs.length], y: [pairs.length], A: [pairs.length, 2] };
  const inputs = { x: pairs.map(([a]) => a!), y: pairs.map(([, b]) => b!), A: pairs };

  it.each(['f64', 'f32'] as const)('are those of the kernels at the edges, in %s', (precision) => {
    provide();
    for (const name of ['max', 'min']) {
      const expected = pairs.map(([a, b]) => operatorNamed.get(name)!.kernel(a!, b!));
      const way = { precision, backend: 'native' } as const;
      expect([...(compile(`${name}(x, y)`, { ...way, shapes })(inputs) as Tensor).data]).toEqual(expected);
      expect([...(compile(`${name}(A, cols)`, { ...way, shapes })(inputs) as Tensor).data]).toEqual(expected);
      const slope = (backend: 'js' | 'native') =>
        derive(`sum(${name}(A, cols))`, 'A', { shapes })
          .compile({ ...way, backend })
          .valueAndGradient(inputs).gradient;
      expect(slope('native')).toEqual(slope('js'));
    }
  });
});

describe.skipIf(!hasCompiler)('inputs of native code', () => {
  it('are read where they lie, if they are large and as the program has them', () => {
    provide();
    const f = compile('sum(x.^2) + sum(y)', { backend: 'native', shapes: { x: ['n'], y: ['m'] } });
    const [x, y] = [new Float64Array(5000).fill(2), new Float64Array(2000).fill(1)];
    // The first call finds out what values look like.
    for (let call = 0; call < 3; call++) expect(f({ x, y })).toBe(22_000);
    x[0] = 4;
    expect(f({ x, y })).toBe(22_012);
    // One of another kind is copied, and so is one in shared memory; what was lent before counts no more.
    expect(f({ x: new Float32Array(5000).fill(1), y })).toBe(7000);
    const shared = new Float64Array(new SharedArrayBuffer(8 * 5000)).fill(3);
    expect(f({ x: shared, y })).toBe(47_000);
    expect(f({ x: Array.from({ length: 5000 }, () => 1), y: Array.from(y) })).toBe(7000);
    // The same array twice, a part of another one, and another length.
    expect(f({ x, y: x.subarray(0, 2000) })).toBe(20_012 + 4002);
    expect(f({ x: x.subarray(1, 4001), y })).toBe(18_000);
    expect(() => f({ x, y: 'no' as never })).toThrow(expect.objectContaining({ code: 'data' }));
    expect(f({ x, y })).toBe(22_012);
  });

  it('are the program’s own where it changes them', () => {
    const g = new Graph();
    const [x, step] = [g.variable('x', [2000], 'param') as Variable, g.variable('step', [2000])];
    const program = natively({
      outputs: [g.contract({ factors: [x, x], indices: [[0], [0]], result: [], sizes: new Map([[0, 2000]]) })],
      updates: [{ variable: x, value: g.sum(x, step) }],
      sizes: NONE,
    });
    expect([...program.lends!.keys()]).toEqual(['step']);
  });
});

describe.skipIf(!hasCompiler)('large results of native code', () => {
  const length = 40_000;
  const x = Float64Array.from({ length }, (_, k) => 1 + k / length);

  it.each(['f64', 'f32'] as const)('are the caller’s own, in %s', (precision) => {
    provide();
    const f = compile('2*x', { backend: 'native', shapes: { x: ['n'] }, precision });
    const given = precision === 'f32' ? Float32Array.from(x) : x;
    const made = [f({ x: given }), f({ x: given.map((y) => -y) }), f({ x: given })] as Tensor[];
    expect(new Set(made.map(({ data }) => data.buffer)).size).toBe(3);
    expect(made.map(({ data }) => data[length - 1]! / given[length - 1]!)).toEqual([2, -2, 2]);
    for (const { data } of made) expect(data.constructor).toBe(given.constructor);
    // Where the program has its own, they stay as they were.
    const bound = f.bind({ x: given });
    expect((bound.run() as Float64Array)[0]).toBe(2 * given[0]!);
    expect(made[1]!.data[0]).toBe(-2 * given[0]!);
  });

  it('are apart where they are equal, and beside small ones', () => {
    const g = new Graph();
    const v = g.variable('v', [length]);
    const square = g.contract({ factors: [v, v], indices: [[0], [0]], result: [0], sizes: new Map([[0, length]]) });
    const sum = g.contract({ factors: [v], indices: [[0]], result: [], sizes: new Map([[0, length]]) });
    const program = natively({ outputs: [square, sum, square], sizes: NONE });
    expect(program.fills!.map((number) => number === undefined)).toEqual([false, true, false]);
    program.input('v')!.data.set(x);
    const lent = [undefined, undefined, undefined].map(() => new Float64Array(length).fill(Number.NaN));
    program.run([undefined, ...lent].slice(0, 1 + Math.max(...program.fills!.map((number) => number ?? 0))));
    const [first, last] = [program.fills![0]!, program.fills![2]!].map((number) => lent[number - 1]!);
    expect(first).toEqual(x.map((y) => y * y));
    expect(last).toEqual(first);
    expect(last).not.toBe(first);
  });

  it('have all of their zeros', () => {
    provide();
    const f = jacobian('[x; 3*x]', 'x', { shapes: { x: [200] } }).compile({ backend: 'native' });
    const made = f({ x: x.subarray(0, 200) }) as Tensor;
    made.data.forEach((entry, k) => {
      const [row, column] = [Math.floor(k / 200), k % 200];
      if (entry !== (row % 200 === column ? (row < 200 ? 1 : 3) : 0)) throw new Error(`entry ${row}, ${column} is ${entry}`);
    });
  });
});
