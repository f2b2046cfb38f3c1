import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { isBasic, isKnown } from '../../src/compile/bodies.ts';
import { compileProgram, type ProgramSpec, printProgram } from '../../src/compile/index.ts';
import { laidOut, programOf } from '../../src/compile/link.ts';
import { PLAIN } from '../../src/compile/machine.ts';
import { printC } from '../../src/compile/targets/c/printer.ts';
import { isSpecial } from '../../src/compile/targets/c/special/index.ts';
import { prepare } from '../../src/compile/task.ts';
import { Graph } from '../../src/graph/graph.ts';
import type { Variable } from '../../src/graph/node.ts';
import { GradusError } from '../../src/language/diagnostics.ts';
import { operatorNamed, operators } from '../../src/operators/index.ts';
import { corpus } from '../support/corpus.ts';
import { expressions, SEED } from '../support/generate.ts';
import { domainPoints } from '../support/sample.ts';
import { compiled, hasCompiler, type Ran, STRICT, type Unit } from './cc.ts';
import { type Case, caseOf } from './specs.ts';
import { difference, nudged, reference } from './ways.ts';
import { xorStart, xorStep } from './xor.ts';

/** At once, what `printProgram` prints once the printer is loaded. */
function printed(spec: ProgramSpec, name: string): string {
  const { task } = prepare(spec);
  return printC(laidOut(task, programOf(task, PLAIN)), name);
}

const SANITIZED = [...STRICT, '-g', '-fsanitize=address,undefined', '-fno-sanitize-recover=all'];

type Given = Case['values'];

function unitOf(spec: ProgramSpec, values: Given, name: string, steps?: number): Unit {
  const { inputs, outputs } = prepare(spec);
  return {
    text: printed(spec, name),
    name,
    precision: spec.precision ?? 'f64',
    arrays: [...[...inputs.keys()].map((input) => values.get(input)!), ...outputs.map(({ slot }) => slot.length)],
    ...(steps === undefined ? {} : { steps }),
  };
}

const outputsOf = (spec: ProgramSpec, { arrays }: Ran): readonly number[][] => arrays.slice(prepare(spec).inputs.size);

/** As far as the last bits of the inputs matter, but 1e-12 at least. */
function agrees(spec: ProgramSpec, values: Given, ran: Ran, least = 1e-12): void {
  const inputs = new Map([...values].map(([name, data]) => [name, Array.from(data)]));
  const exact = reference(spec, inputs).outputs;
  const moved = [1, 2, 3].map((seed) => reference(spec, nudged(inputs, seed)).outputs);
  outputsOf(spec, ran).forEach((found, k) => {
    const allowed = moved.reduce((most, outputs) => Math.max(most, 8 * difference(exact[k]!, outputs[k]!)), least);
    // Beyond a number, the least change decides.
    if (allowed === Number.POSITIVE_INFINITY) return;
    expect(difference(exact[k]!, found), `output ${k}`).toBeLessThanOrEqual(allowed);
  });
}

const MODELS: Record<string, Parameters<typeof caseOf>[0]> = {
  'a network on XOR': {
    source:
      'data X : [2, 4], Y : [1, 4]\nparam W1 : [3, 2], b1 : [3], W2 : [1, 3], b2\nA1 = σ(W1*X + b1)\nA2 = σ(W2*A1 + b2)\nminimize Cost = mean((A2 - Y).^2)/2',
    shapes: {},
    wrt: [],
  },
  'an MLP with cross-entropy': {
    source:
      'data X : [5, 7], Y : [3, 7] distribution columns\nparam W1 : [6, 5], b1 : [6], W2 : [3, 6], b2 : [3]\nH = relu(W1*X + b1)\nminimize Loss = cross_entropy(softmax(W2*H + b2, rows), Y)',
    shapes: {},
    wrt: [],
  },
  'an LSTM': {
    source:
      'c[0] = zeros(3); h[0] = zeros(3)\nf[t=1:T] = σ(W*h[t-1] + U*X[t])\nc[t=1:T] = f[t].*c[t-1] + (1 - f[t]).*tanh(V*h[t-1])\nh[t=1:T] = tanh(c[t])\nsum((h*v).^2)',
    shapes: { X: ['T', 2], W: [3, 3], U: [3, 2], V: [3, 3], v: [3] },
    wrt: ['W', 'U', 'V', 'v'],
  },
  'choices and extremes': {
    source: 'sum(where(x > 0 and y < 1, x.*y, max(x, y))) + max(A) - min(sort(x)) + sum(abs(x - 1)) + sum(step(y))',
    shapes: { x: [7], y: [7], A: [3, 4] },
    wrt: ['x', 'y', 'A'],
  },
  'a convolution': {
    source: 'y[i=1:8,j=1:8] = sum[p=1:3,q=1:3](I[i+p-1,j+q-1]*K[p,q]); sum(tanh(y).^2)',
    shapes: { I: [10, 10], K: [3, 3] },
    wrt: ['I', 'K'],
  },
  'linear equations and determinants': {
    source: "sum((A \\ b).^2) + logdet(A*A' + eye(4)) + tr(inv(A)) + sum(cholesky(A*A' + eye(4)))",
    shapes: { A: [4, 4], b: [4] },
    wrt: ['A', 'b'],
  },
  'names that C has for itself': {
    source: 'β = int.*θ_1 + double; float = exp(β) + π*log(i); sum(float.*t1) + sum(larger.*sigmoid_ + memory)',
    shapes: { int: [3], θ_1: [3], double: [], i: [3], t1: [3], larger: [3], sigmoid_: [3], memory: [] },
    wrt: ['int', 'θ_1'],
  },
};

const usable = (work: () => Case): Case | undefined => {
  try {
    const made = work();
    printed(made.spec, 'f');
    return made;
  } catch (error) {
    if (error instanceof GradusError) return undefined;
    throw error;
  }
};

const named: [string, Case][] = [
  ...Object.entries(MODELS).map(([name, source]): [string, Case] => [name, caseOf(source)]),
  ...corpus
    .filter((_, k) => k % 23 === 5)
    .flatMap((s): [string, Case][] => {
      const made = usable(() => caseOf(s));
      return made ? [[s.source, made]] : [];
    }),
  ...fc.sample(expressions({ wider: true }), { seed: SEED, numRuns: 30 }).flatMap((g): [string, Case][] => {
    const made = usable(() => caseOf({ ...g, wrt: [g.wrt] }));
    return made ? [[g.source, made]] : [];
  }),
];

const known = (name: string): [string, Case] => named.find(([own]) => own === name)!;

/** In single precision, too. */
const SINGLE = Object.keys(MODELS).slice(0, 5);

const units: Unit[] = named.map(([, { spec, values }], k) => unitOf(spec, values, `case_${k}`));
const single = SINGLE.map((name, k) => {
  const [, { spec, values }] = known(name);
  return { spec: { ...spec, precision: 'f32' as const }, values: rounded(values), name: `single_${k}` };
});

function rounded(values: Given): Given {
  return new Map([...values].map(([name, data]) => [name, Array.from(data, Math.fround)]));
}

describe.skipIf(!hasCompiler)('C', () => {
  let ran: ReadonlyMap<string, Ran>;
  const all = () => {
    ran ??= compiled([...units, ...single.map((s) => unitOf(s.spec, s.values, s.name))], STRICT);
    return ran;
  };

  it('compiles without a warning', { timeout: 300_000 }, () => {
    expect(named.length).toBeGreaterThan(35);
    expect(all().size).toBe(units.length + single.length);
  });

  it.each(named.map(([name, made], k) => [name, made, k] as const))(
    'computes value and gradient of %s',
    (_, { spec, values }, k) => {
      agrees(spec, values, all().get(`case_${k}`)!);
    },
  );

  it.each(single.map((s, k) => [SINGLE[k]!, s] as const))('computes in single precision %s', (_, { spec, values, name }) => {
    agrees(spec, values, all().get(name)!, 1e-5);
  });

  it('touches no memory but its own and does nothing undefined', { timeout: 300_000 }, () => {
    const some = units.filter((_, k) => k < Object.keys(MODELS).length || k % 4 === 0);
    const again = compiled(some, SANITIZED);
    for (const { name } of some) expect(again.get(name)!.arrays).toEqual(all().get(name)!.arrays);
  });

  it('takes steps as JavaScript does', { timeout: 60_000 }, () => {
    const spec = xorStep();
    const start = new Map(Object.entries(xorStart()));
    const own = compiled([unitOf(spec, start, 'train', 200)], STRICT).get('train')!;
    const program = compileProgram(spec);
    for (const [name, data] of start) program.input(name)!.data.set(data);
    const history = new Float64Array(200);
    expect(own.steps).toBe(program.repeat(200, history));
    expect(difference(history, own.history)).toBeLessThan(1e-12);
    const buffers = [...program.inputs.values(), ...program.outputs];
    for (const [k, { data }] of buffers.entries()) expect(difference(data, own.arrays[k]!)).toBeLessThan(1e-12);
  });

  it('stops before the updates of a step whose objective is not finite', { timeout: 60_000 }, () => {
    const g = new Graph();
    const x = g.variable('x', [2], 'param') as Variable;
    const sum = g.contract({ factors: [x, x], indices: [[0], [0]], result: [], sizes: new Map([[0, 2]]) });
    const spec: ProgramSpec = { outputs: [sum], updates: [{ variable: x, value: g.mul(1e60, x) }], sizes: new Map() };
    const start = new Map([['x', [1, 2]]]);
    const own = compiled([unitOf(spec, start, 'grow', 9)], STRICT).get('grow')!;
    const program = compileProgram(spec);
    program.input('x')!.data.set([1, 2]);
    expect(own.steps).toBe(program.repeat(9));
    expect(own.steps).toBe(4);
    expect(difference(program.input('x')!.data, own.arrays[0]!)).toBeLessThan(1e-12);
  });

  it('computes each function that it can be told', { timeout: 60_000 }, () => {
    const able = operators.filter(isKnown).filter(({ name }) => !isSpecial(name));
    const points = able.map((f) => [
      ...domainPoints(f, 12),
      ...(f.orders
        ? []
        : EDGES.slice(0, f.arity === 1 ? EDGES.length : 5).map((u, k) => [u, ...EDGES.slice(k, k + f.arity - 1)])),
    ]);
    const g = new Graph();
    const spec: ProgramSpec = {
      outputs: able.map((f, k) =>
        g.apply(f, ...Array.from({ length: f.arity }, (_, at) => g.variable(`x${k}_${at}`, [points[k]!.length]))),
      ),
      names: able.map((_, k) => `y${k}`),
      sizes: new Map(),
    };
    const values = new Map(
      able.flatMap((f, k) => Array.from({ length: f.arity }, (_, at) => [`x${k}_${at}`, points[k]!.map((p) => p[at]!)] as const)),
    );
    const found = outputsOf(spec, compiled([unitOf(spec, values, 'functions')], STRICT).get('functions')!);
    able.forEach((f, k) => {
      points[k]!.forEach((args, at) => {
        // The kernel says 0 there, where Γ has no limit.
        if (f.name === 'gamma' && args[0] === Number.NEGATIVE_INFINITY) return;
        const [own, kernel] = [found[k]![at]!, f.kernel(...args)];
        const close = Object.is(own, kernel) || own === kernel || Math.abs(own - kernel) <= 1e-12 * Math.abs(kernel);
        expect(close, `${f.name}(${args}) is ${kernel}, not ${own}`).toBe(true);
      });
    });
  });
});

/** Beside the borders of their series, fractions and recurrences. */
const PLACES = [5e-324, 1e-12, 0.05, 0.3, 0.7, 1, 1.4, 1.6, 2.1, 3.3, 5.9, 6.3, 11, 19.5, 21, 39, 41, 120, 700, 2500, 1e8, 1e300];
const WHOLE = [0, 1, 2, 3, 6, 25];

describe.skipIf(!hasCompiler)('a function that is no expression', () => {
  const special = operators.filter(({ name }) => isSpecial(name));
  const points = special.map((f) => {
    const own = PLACES.flatMap((u) => [u, -u]);
    const edges = [0, Number.NaN, Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY];
    if (f.arity === 1) return [...domainPoints(f, 20), ...own.map((u) => [u]), ...edges.map((u) => [u])];
    const firsts = f.orders ? WHOLE.flatMap((n) => [n, -n]) : [...own.filter((u) => Math.abs(u) < 50), 0];
    return [...domainPoints(f, 20), ...firsts.flatMap((n) => [...own, ...edges].map((u) => [n, u]))];
  });
  let found: readonly number[][] | undefined;
  const all = (): readonly number[][] => {
    const g = new Graph();
    const names = special.map((f, k) => Array.from({ length: f.arity }, (_, at) => `x${k}_${at}`));
    const spec: ProgramSpec = {
      outputs: special.map((f, k) => g.apply(f, ...names[k]!.map((name) => g.variable(name, [points[k]!.length])))),
      names: special.map((_, k) => `y${k}`),
      sizes: new Map(),
    };
    const values = new Map(names.flatMap((own, k) => own.map((name, at) => [name, points[k]!.map((p) => p[at]!)] as const)));
    found ??= outputsOf(spec, compiled([unitOf(spec, values, 'special')], SANITIZED).get('special')!);
    return found;
  };

  it.each(special.map((f, k) => [f.name, f, k] as const))('is as in JavaScript: %s', { timeout: 60_000 }, (name, f, k) => {
    const finite = points[k]!.filter((args, at) => {
      const [own, kernel] = [all()[k]![at]!, f.kernel(...args)];
      // Of what waves, or is a difference, the last bits of the arguments decide.
      const beside = [1 - 2e-16, 1 + 3e-16].map((by) => f.kernel(...args.map((x, i) => (f.orders?.includes(i) ? x : x * by))));
      const noise = Math.max(0, ...beside.map((y) => Math.abs(y - kernel)).filter(Number.isFinite));
      const close = Object.is(own, kernel) || own === kernel || Math.abs(own - kernel) <= 1e-12 * Math.abs(kernel) + 8 * noise;
      expect(close, `${name}(${args}) is ${kernel}, not ${own}`).toBe(true);
      return Number.isFinite(kernel);
    });
    expect(finite.length).toBeGreaterThan(20);
  });
});

const EDGES = [0, 1, -1, 0.5, Number.NaN, Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY, 2.5, -2.5, 3.5, 1e-9, 40, -40];

describe('what C cannot be told', () => {
  it('is said by name', () => {
    const g = new Graph();
    const { definition: _, ...bare } = operatorNamed.get('digamma')!;
    const made = { ...bare, name: 'made' };
    const spec: ProgramSpec = { outputs: [g.apply(made, g.variable('x'))], sizes: new Map() };
    expect(isBasic(made)).toBe(false);
    expect(() => printed(spec, 'f')).toThrow(
      expect.objectContaining({ code: 'unsupported', message: 'made cannot be printed as C' }),
    );
  });
});

describe('the text of a program in C', () => {
  const text = (source: string, shapes: Record<string, (number | string)[]>, wrt: string[]) =>
    printed(caseOf({ source, shapes, wrt }).spec, 'f');

  it('has the names and the formulas of the model', async () => {
    const text = await printProgram(caseOf(MODELS['a network on XOR']!).spec, 'c', 'cost');
    expect(text).toMatch(/^void cost\(.*const real \*W1.*real \*Cost, real \*dW1.*\) \{$/m);
    expect(text).toContain('// A1 = sigmoid(W1*X + b1)');
    expect(text).toMatch(/A1\[i \* 4 \+ j\] = /);
    expect(text).toContain('// X: input, 2 x 4');
  });

  it('lets nothing that a user wrote out of a comment or a name', () => {
    const g = new Graph();
    const evil = 'x*/ \n#include "/etc/passwd" ??/\\\u202e;';
    const x = g.variable(evil, [3]);
    const y = g.define(`${evil}y`, g.apply(operatorNamed.get('sinh')!, x));
    const lines = printed({ outputs: [y], sizes: new Map() }, evil).split('\n');
    for (const line of lines.filter((l) => !/^\s*\/\//.test(l))) expect(line).not.toMatch(/passwd"|[^\x20-\x7e]/);
    for (const line of lines) expect(line).not.toMatch(/\\|\?\?|\u202e/);
    expect(lines.filter((l) => l.startsWith('#'))).toEqual(['#include <math.h>']);
  });

  it('grows with the program, not with the lengths', () => {
    const [short, long] = [10, 1000].map((n) => text('sum(tanh(A*x).^2)', { A: [n, n], x: [n] }, ['A', 'x']));
    expect(long!.length).toBeLessThan(1.1 * short!.length);
  });
});
