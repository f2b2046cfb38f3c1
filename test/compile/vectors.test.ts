import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import type { Numbers, Precision } from '../../src/compile/executable.ts';
import { type Counter, type Expression, Expressions, place, type Slot } from '../../src/compile/expression.ts';
import { layoutOf, viewsOf } from '../../src/compile/layout.ts';
import { loop, type Program, type Statement, store } from '../../src/compile/program.ts';
import { wasm } from '../../src/compile/targets/wasm/index.ts';
import { VECTOR_FUNCTIONS } from '../../src/compile/targets/wasm/math/index.ts';
import { hasVector } from '../../src/compile/targets/wasm/vector-writer.ts';
import { operatorNamed, operators } from '../../src/operators/index.ts';
import { bigNumbers } from '../../src/verify/big-numbers.ts';
import { stream } from './random.ts';

/** What vectors promise, in units of the last place. */
const ULPS: Record<Precision, number> = { f64: 2, f32: 4 };

const RANGES: Readonly<Record<string, readonly (readonly [number, number])[]>> = {
  exp: [
    [-1, 1],
    [-110, 100],
    [-746, 710],
  ],
  expm1: [
    [-1e-9, 1e-9],
    [-1, 1],
    [-50, 100],
    [-750, 709],
  ],
  log: [
    [0, 1e-310],
    [0.5, 2],
    [0, 1e9],
  ],
  log1p: [
    [-1, 1],
    [-1e-9, 1e-9],
    [0, 1e20],
  ],
  tanh: [
    [-1e-9, 1e-9],
    [-0.7, 0.7],
    [5, 9],
    [-25, 25],
  ],
  sigmoid: [
    [-40, 40],
    [-110, 100],
    [-750, 750],
  ],
  softplus: [
    [-5, 5],
    [-110, 100],
    [-750, 750],
  ],
  sin: [
    [-4, 4],
    [-1e5, 1e5],
    [-1e12, 1e12],
  ],
  cos: [
    [-4, 4],
    [-1e5, 1e5],
    [-1e12, 1e12],
  ],
  sqrt: [
    [0, 1e-310],
    [0, 4],
  ],
};

const EDGES = [0, 1, 1e-320, 2 ** -1022, 1e-45, 1e-38, 0.5, 88.8, 709.9, 1e22, 1e300, 3.5e38, Infinity].flatMap((x) => [x, -x]);

/** The values of a function at many points, as a loop over vectors gives them. */
function computed(name: string, points: readonly number[], precision: Precision): { given: Numbers; found: Numbers } {
  const x = new Expressions();
  const [from, to] = (['input', 'output'] as const).map((role, id): Slot => ({ id, length: points.length, role })) as [
    Slot,
    Slot,
  ];
  const counter: Counter = { id: 0, depth: 0, extent: points.length };
  const at = place(0, [{ counter, stride: 1 }]);
  const [given, found] = run(
    [from, to],
    precision,
    [loop(counter, [store(to, at, x.call(operatorNamed.get(name)!, [x.load(from, at)]))])],
    (arrays) => {
      arrays[0]!.set(points);
    },
  ) as [Numbers, Numbers];
  return { given, found };
}

function run(
  slots: readonly Slot[],
  precision: Precision,
  compute: readonly Statement[],
  fill: (arrays: Numbers[]) => void,
): Numbers[] {
  const program: Program = { slots, before: [], compute, commit: [], after: [], objective: undefined };
  const made = { program, layout: layoutOf(program, precision) };
  const block = wasm.reserve(made);
  const arrays = viewsOf(made.layout, block);
  fill(arrays);
  wasm.link(made, arrays, block).run(1, undefined, false);
  return arrays;
}

/** The distance of neighbours in a precision. */
function unit(y: number, precision: Precision): number {
  const [digits, least] = precision === 'f64' ? [52, -1074] : [23, -149];
  return y === 0 ? 2 ** least : 2 ** Math.max(Math.floor(Math.log2(Math.abs(y))) - digits!, least!);
}

/** A double as it is, not as it is written. */
function exactly(x: number) {
  const shift = x === 0 ? 0 : 52 - Math.max(Math.floor(Math.log2(Math.abs(x))), -1022);
  const digits = shift > 1000 ? x * 2 ** 1000 * 2 ** (shift - 1000) : x * 2 ** shift;
  return numbers.from(digits).div(numbers.from(2).pow(shift));
}

const numbers = bigNumbers();

type Many = ReturnType<typeof exactly>;

/** In many digits; log(1 + eˣ) is eˣ where that is small. */
function precise(name: string, x: Many): Many {
  const apply = (own: string, y: Many): Many => numbers.arithmetic.apply(operatorNamed.get(own)!, [y]);
  if (name !== 'softplus') return apply(name, x);
  const power = apply('exp', x);
  return power.lt(1e-30) ? power : apply('log', power.add(1));
}

const GREATEST = (2 - 2 ** -23) * 2 ** 127;

describe.each<Precision>(['f64', 'f32'])('functions of vectors in %s', (precision) => {
  const next = stream(7);

  it.each(Object.entries(RANGES))('%s is as near as promised', (name, ranges) => {
    const points = ranges.flatMap(([low, high]) => Array.from({ length: 12 }, () => low + (high - low) * next()));
    const { given, found } = computed(name, points, precision);
    given.forEach((x, k) => {
      if (!Number.isFinite(x)) return;
      const exact = precise(name, exactly(x));
      const y = exact.toNumber();
      if (precision === 'f32' && Math.abs(y) > GREATEST) return;
      const error = exact.sub(exactly(found[k]!)).abs().toNumber() / unit(y, precision);
      expect(error, `${name}(${x}) is ${y}, found ${found[k]}`).toBeLessThanOrEqual(ULPS[precision]);
    });
  });

  it.each(Object.keys(VECTOR_FUNCTIONS))('%s has the values of its kernel where numbers end', (name) => {
    const { given, found } = computed(name, [...EDGES, Number.NaN], precision);
    const { kernel } = operatorNamed.get(name)!;
    given.forEach((x, k) => {
      const y = precision === 'f32' ? Math.fround(kernel(x)) : kernel(x);
      if (Object.is(found[k], y)) return;
      expect(Math.abs(found[k]! - y) / unit(y, precision), `${name}(${x}) is ${y}, found ${found[k]}`).toBeLessThanOrEqual(
        ULPS[precision] + 1,
      );
    });
  });
});

describe('functions of singles', () => {
  // Doubles have digits enough to tell.
  const exact: Readonly<Record<string, (x: number) => number>> = { tanh: Math.tanh, log: Math.log, exp: Math.exp };
  const sizes = { tanh: [2 ** -13, 12], log: [2 ** -149, GREATEST], exp: [2 ** -13, 88] } as const;

  it.each(['tanh', 'log', 'exp'] as const)('%s is as near as promised at very many places', (name) => {
    const next = stream(3);
    const [low, high] = sizes[name].map(Math.log2) as [number, number];
    const points = Array.from({ length: 100_000 }, () => 2 ** (low + (high - low) * next()));
    const { given, found } = computed(name, points, 'f32');
    let worst = 0;
    given.forEach((x, k) => {
      const y = exact[name]!(x);
      worst = Math.max(worst, Math.abs(found[k]! - y) / unit(y, 'f32'));
    });
    expect(worst).toBeLessThanOrEqual(ULPS.f32);
    // tanh rises to 1, and no further.
    if (name === 'tanh') expect(Math.max(...found)).toBe(1);
  });
});

describe('functions of vectors by their bodies', () => {
  const SIZES = [0, 1e-30, 1e-20, 1e-10, 1e-4, 0.01, 0.3, 0.7, 1, 1.5, 4, 30, 70, 90, 1e4, 1e10, 1e20, 1e30].flatMap((x) => [
    x,
    -x,
  ]);
  const bodied = operators.filter((f) => f.arity === 1 && hasVector(f) && !(f.name in VECTOR_FUNCTIONS));

  it.each(bodied.map((f) => [f.name, f] as const))(
    '%s is what its kernel gives for numbers of all sizes',
    (_, { name, kernel }) => {
      for (const [precision, units] of [
        ['f64', 16],
        ['f32', 8],
      ] as const) {
        const { given, found } = computed(name, SIZES, precision);
        given.forEach((x, k) => {
          const y = precision === 'f32' ? Math.fround(kernel(x)) : kernel(x);
          if (Object.is(found[k]! + 0, y + 0)) return;
          expect(Math.abs(found[k]! - y) / unit(y, precision), `${name}(${x}) is ${y}, found ${found[k]}`).toBeLessThanOrEqual(
            units,
          );
        });
      }
    },
  );
});

describe('functions of vectors', () => {
  const table = readFileSync(new URL('../operators/reference.csv', import.meta.url), 'utf8')
    .trim()
    .split('\n')
    .map((line) => line.split(','));

  it.each(Object.keys(RANGES).filter((name) => table.some(([own]) => own === name)))(
    '%s has the values of sixty digits',
    (name) => {
      const rows = table.filter(([own]) => own === name);
      const { found } = computed(
        name,
        rows.map(([, x]) => Number(x)),
        'f64',
      );
      rows.forEach(([, x, y], k) => {
        expect(
          Math.abs(found[k]! - Number(y)) / unit(Number(y), 'f64'),
          `${name}(${x}) is ${y}, found ${found[k]}`,
        ).toBeLessThanOrEqual(ULPS.f64);
      });
    },
  );
});

describe('a loop in vectors', () => {
  /** Of one program: equal content is the same object. */
  let x: Expressions;
  const slot = (id: number, length: number): Slot => ({ id, length, role: id === 0 ? 'input' : 'output' });
  const fill = (arrays: Numbers[]) => {
    for (const array of arrays)
      array.forEach((_, k) => {
        array[k] = ((7 * k) % 11) - 4;
      });
  };
  /** What the statements leave, in vectors and one by one. */
  const same = (lengths: readonly number[], precision: Precision, statements: (slots: Slot[]) => readonly Statement[]) => {
    x = new Expressions();
    const slots = lengths.map((length, id) => slot(id, length));
    const made = statements(slots);
    const arrays = run(slots, precision, made, fill);
    const plain = slots.map(({ length }) => (precision === 'f32' ? new Float32Array(length) : new Float64Array(length)));
    fill(plain);
    for (const s of made)
      if (s.kind === 'loop') for (let i = 0; i < s.counter.extent; i++) for (const inner of s.body) step(inner, i, plain);
    arrays.forEach((array, k) => {
      expect([...array], `array ${k}`).toEqual([...plain[k]!]);
    });
  };
  const value = (e: Expression, i: number, arrays: Numbers[]): number => {
    if (e.kind === 'constant') return e.value;
    if (e.kind === 'load') return arrays[e.slot.id]![e.at.constant + (e.at.terms[0]?.stride ?? 0) * i]!;
    if (e.kind === 'place') return e.at.constant + (e.at.terms[0]?.stride ?? 0) * i;
    if (e.kind === 'guarded') {
      const holds = e.bounds.every(({ at, extent }) => {
        const p = at.constant + (at.terms[0]?.stride ?? 0) * i;
        return p >= 0 && p < extent;
      });
      return holds ? value(e.of, i, arrays) : 0;
    }
    if (e.kind === 'arithmetic') {
      const [a, b] = [value(e.left, i, arrays), value(e.right, i, arrays)];
      return e.symbol === '+' ? a + b : e.symbol === '*' ? a * b : e.symbol === '-' ? a - b : a / b;
    }
    throw new Error(e.kind);
  };
  const step = (s: Statement, i: number, arrays: Numbers[]) => {
    if (s.kind !== 'store') throw new Error(s.kind);
    const at = s.at.constant + (s.at.terms[0]?.stride ?? 0) * i;
    arrays[s.slot.id]![at] = (s.accumulate ? arrays[s.slot.id]![at]! : 0) + value(s.value, i, arrays);
  };

  const SIZES = [1, 3, 4, 5, 7, 8, 9, 16, 21];

  describe.each<Precision>(['f64', 'f32'])('%s', (precision) => {
    const each = (n: number) => ({ id: 0, depth: 0, extent: n });
    const at = (c: Counter, stride: number, constant = 0) => place(constant, stride === 0 ? [] : [{ counter: c, stride }]);

    it.each(SIZES)('of %i turns takes steps of any length, forwards and back', (n) => {
      for (const [a, b] of [
        [1, 1],
        [2, 1],
        [1, 3],
        [-1, 1],
        [0, 1],
        [1, -2],
      ] as const) {
        const c = each(n);
        const start = (stride: number) => (stride < 0 ? -stride * (n - 1) : 0);
        same([3 * n, 3 * n], precision, ([from, to]) => [
          loop(c, [store(to!, at(c, b, start(b)), x.add(x.load(from!, at(c, a, start(a))), x.place(at(c, 2, 1))))]),
        ]);
      }
    });

    it.each(SIZES)('of %i turns adds up in one entry, and adds to many', (n) => {
      const c = each(n);
      same([n, 2], precision, ([from, to]) => [loop(c, [store(to!, at(c, 0, 1), x.load(from!, at(c, 1)), true)])]);
      same([n, 2 * n], precision, ([from, to]) => [loop(c, [store(to!, at(c, 2), x.load(from!, at(c, 1)), true)])]);
    });

    it.each(SIZES)('of %i turns keeps what depends on the turn before', (n) => {
      const c = each(n);
      for (const distance of [1, 2, 5]) {
        same([n + 5], precision, ([array]) => [
          loop(c, [store(array!, at(c, 1, distance), x.add(x.load(array!, at(c, 1)), x.constant(1)))]),
        ]);
        same([n + 5], precision, ([array]) => [
          loop(c, [store(array!, at(c, 1), x.add(x.load(array!, at(c, 1, distance)), x.constant(1)))]),
        ]);
      }
      same([n + 1], precision, ([array]) => [loop(c, [store(array!, at(c, 0, n), x.load(array!, at(c, 1)))])]);
    });

    it.each(SIZES)('of %i turns asks what it guards for each of them', (n) => {
      const c = each(n);
      for (const [stride, constant, extent] of [
        [1, -2, 3],
        [-1, 3, 2],
        [0, 0, 1],
        [0, -1, 4],
        [3, -4, 1],
      ] as const) {
        const bounds = [{ at: at(c, stride, constant), extent }];
        same([n, n], precision, ([from, to]) => [loop(c, [store(to!, at(c, 1), x.guarded(bounds, x.load(from!, at(c, 1))))])]);
      }
      // What is guarded is not there.
      const bounds = [{ at: at(c, 1, -1), extent: n }];
      same([n, n], precision, ([from, to]) => [loop(c, [store(to!, at(c, 1), x.guarded(bounds, x.load(from!, at(c, 1, -1))))])]);
    });
  });
});
