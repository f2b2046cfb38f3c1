import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Numbers, Precision } from '../../src/compile/executable.ts';
import type { Counter, Slot } from '../../src/compile/expression.ts';
import { layoutOf, viewsOf } from '../../src/compile/layout.ts';
import { portionsOf } from '../../src/compile/portions.ts';
import { type Call, loop, type Program } from '../../src/compile/program.ts';
import { wasm } from '../../src/compile/targets/wasm/index.ts';
import { emitted } from '../../src/compile/targets/wasm/printer.ts';
import type { ArrayOperator } from '../../src/operators/array.ts';
import { cholesky, lu, solveByLu } from '../../src/operators/factorisation.ts';
import { runs, SEED } from '../support/generate.ts';
import { stream } from './random.ts';

/** Factorisations and what is solved by them in WebAssembly: the bits of the kernels in doubles, and small residuals otherwise. */

const PRECISIONS: readonly Precision[] = ['f64', 'f32'];
const [plain, transposed] = [solveByLu('plain'), solveByLu('transposed')];
const SIZES = [...Array.from({ length: 70 }, (_, k) => k + 1), 128, 200];

/** Of those some, where a test multiplies matrices itself. */
const FEWER = SIZES.filter((n) => n < 20 || n > 70 || n % 10 === 7);

/** A routine with its arguments, for `count` cells. */
interface Case {
  readonly operator: ArrayOperator;
  readonly cells: readonly (readonly number[])[];
  readonly count: number;
  readonly given: readonly (readonly number[])[];
}

const arrayOf = (precision: Precision, numbers: readonly number[] | number): Numbers =>
  typeof numbers === 'number'
    ? new (precision === 'f32' ? Float32Array : Float64Array)(numbers)
    : (precision === 'f32' ? Float32Array : Float64Array).from(numbers);

/** Entries of a result: the shapes of cells are numbers here. */
const resultLength = ({ operator, cells, count }: Case): number =>
  count * (operator.cellShape(...cells) as readonly number[]).reduce((n, d) => n * d, 1);

function programOf(form: Case, given: readonly Numbers[]): Program {
  const { operator, cells, count } = form;
  const inputs = given.map(({ length }, id): Slot => ({ id, length, role: 'input' }));
  const out: Slot = { id: given.length, length: resultLength(form), role: 'output' };
  const routine = { name: operator.name, kernel: operator.kernel! };
  const call: Call = { kind: 'call', routine, args: inputs, out, count, shapes: cells };
  return { slots: [...inputs, out], before: [], compute: [call], commit: [], after: [], objective: undefined };
}

/** What the module finds, without calling a kernel. */
function found(form: Case, precision: Precision, fma: boolean): number[] {
  const given = form.given.map((numbers) => arrayOf(precision, numbers));
  const program = programOf(form, given);
  const made = { program, layout: layoutOf(program, precision), fma };
  expect(emitted(made).kernels.size).toBe(0);
  const block = wasm.reserve(made);
  const arrays = viewsOf(made.layout, block);
  given.forEach((numbers, k) => {
    arrays[k]!.set(numbers);
  });
  wasm.link(made, arrays, block).run(1, undefined, false);
  return [...arrays.at(-1)!];
}

function byKernel(form: Case, precision: Precision): number[] {
  const out = arrayOf(precision, resultLength(form));
  const given = form.given.map((numbers) => arrayOf(precision, numbers));
  form.operator.kernel!(given, out, form.count, form.cells);
  return [...out];
}

/** Square matrices row by row, by what is special of them. */
const MATRICES: Readonly<Record<string, (n: number, next: () => number) => number[]>> = {
  random: (n, next) => square(n, () => next() - 0.5),
  'of few whole numbers': (n, next) => square(n, () => Math.floor(5 * next()) - 2),
  'a permutation': (n) => square(n, (i, j) => Number(j === (i + Math.ceil(n / 2)) % n)),
  'with two rows alike': (n, next) => {
    const a = square(n, () => next() - 0.5);
    return a.map((x, e) => (e >= (n - 1) * n ? a[e % n]! : x));
  },
  'with a column of zeros': (n, next) => square(n, (_, j) => (j === n >> 1 ? 0 : next() - 0.5)),
  'of zeros': (n) => square(n, () => 0),
  'with a NaN': (n, next) => square(n, (i, j) => (i === n - 1 && j === n >> 1 ? Number.NaN : next() - 0.5)),
  'with an infinity': (n, next) => square(n, (i, j) => (i === n >> 1 && j === n >> 1 ? Number.POSITIVE_INFINITY : next() - 0.5)),
};

const square = (n: number, entry: (i: number, j: number) => number): number[] =>
  Array.from({ length: n * n }, (_, e) => entry(Math.floor(e / n), e % n));

const factorised = (a: readonly number[], n: number, count = 1): Case => ({ operator: lu, cells: [[n, n]], count, given: [a] });

const solved = (operator: ArrayOperator, factors: readonly number[], b: readonly number[], n: number, count = 1): Case => ({
  operator,
  cells: [
    [n + 1, n],
    [n, b.length / n / count],
  ],
  count,
  given: [factors, b],
});

const rooted = (a: readonly number[], n: number, count = 1): Case => ({ operator: cholesky, cells: [[n, n]], count, given: [a] });

/** What is far from singular, and not quite symmetric. */
const definite = (n: number, next: () => number): number[] => square(n, (i, j) => next() - 0.5 + (i === j ? n : 0));

const columns = (n: number): number => [1, 3, 4, 5, 8, 9, 33][n % 7]!;

describe('in doubles the bits are those of the kernel', () => {
  const expectSame = (form: Case): void => expect(found(form, 'f64', false)).toEqual(byKernel(form, 'f64'));

  it.each(Object.keys(MATRICES))('of matrices %s', (kind) => {
    for (const n of kind === 'random' ? SIZES : SIZES.filter((size) => size < 10 || size % 9 === 0)) {
      const next = stream(n);
      const a = MATRICES[kind]!(n, next);
      expectSame(factorised(a, n));
      expectSame(rooted(a, n));
      const b = Array.from({ length: n * columns(n) }, () => next() - 0.5);
      for (const operator of [plain, transposed]) expectSame(solved(operator, byKernel(factorised(a, n), 'f64'), b, n));
    }
  });

  it('of definite matrices', () => {
    for (const n of SIZES) expectSame(rooted(definite(n, stream(n)), n));
  });

  it('of several cells', () => {
    const entry = fc.oneof(
      { weight: 20, arbitrary: fc.integer({ min: -3, max: 3 }) },
      { weight: 20, arbitrary: fc.double({ min: -1, max: 1, noNaN: true }) },
      { weight: 1, arbitrary: fc.constantFrom(Number.NaN, Number.POSITIVE_INFINITY, -0, 1e-310, 1e200) },
    );
    const list = (length: number) => fc.array(entry, { minLength: length, maxLength: length });
    const cells = fc
      .tuple(fc.integer({ min: 1, max: 14 }), fc.integer({ min: 1, max: 10 }), fc.integer({ min: 1, max: 4 }))
      .chain(([n, across, count]) =>
        fc.record({
          n: fc.constant(n),
          count: fc.constant(count),
          a: list(count * n * n),
          b: list(count * n * across),
        }),
      );
    fc.assert(
      fc.property(cells, ({ n, count, a, b }) => {
        expectSame(factorised(a, n, count));
        expectSame(rooted(a, n, count));
        const factors = byKernel(factorised(a, n, count), 'f64');
        for (const operator of [plain, transposed]) expectSame(solved(operator, factors, b, n, count));
      }),
      { numRuns: runs(300), seed: SEED },
    );
  });
});

type Matrix = readonly (readonly number[])[];

const rowsOf = (numbers: readonly number[], width: number): number[][] =>
  Array.from({ length: numbers.length / width }, (_, i) => numbers.slice(i * width, (i + 1) * width));
const turned = (a: Matrix): Matrix => a[0]!.map((_, j) => a.map((row) => row[j]!));
const sizes = (a: Matrix): Matrix => a.map((row) => row.map(Math.abs));
const times = (a: Matrix, b: Matrix): Matrix => {
  const across = turned(b);
  return a.map((row) => across.map((column) => row.reduce((sum, x, k) => sum + x * column[k]!, 0)));
};

/** L, U and a matrix with its rows exchanged, of what a factorisation gives. */
function read(factors: readonly number[], n: number) {
  const rows = rowsOf(factors, n);
  const l = rows.slice(0, n).map((row, i) => row.map((x, j) => (j < i ? x : Number(i === j))));
  const u = rows.slice(0, n).map((row, i) => row.map((x, j) => (j < i ? 0 : x)));
  const exchanged = (a: Matrix): Matrix => {
    const moved = [...a];
    rows[n]!.forEach((other, k) => {
      [moved[k], moved[other]] = [moved[other]!, moved[k]!];
    });
    return moved;
  };
  return { l, u, exchanged };
}

const ROUNDING: Record<Precision, number> = { f64: 2 ** -53, f32: 2 ** -24 };

/** Each entry of a product is what it should be, up to `steps` roundings of its terms (Higham, Accuracy and Stability, ch. 9 and 10). */
function expectProduct(factors: readonly Matrix[], expected: Matrix, steps: number, precision: Precision): void {
  const product = factors.reduce(times);
  const terms = factors.map(sizes).reduce(times);
  const worst = product.map((row, i) =>
    row.map((x, j) => (Math.abs(x - expected[i]![j]!) - 1e-40) / (steps * ROUNDING[precision] * terms[i]![j]!)),
  );
  expect(Math.max(...worst.flat())).toBeLessThan(2);
}

describe.each(PRECISIONS)('in %s, however terms are rounded, residuals are small', (precision) => {
  const single = (numbers: readonly number[]): number[] => [...arrayOf(precision, numbers)];

  it('P·A = L·U, with no factor above 1', () => {
    for (const n of FEWER) {
      for (const kind of ['random', 'of few whole numbers', 'a permutation', 'with two rows alike', 'of zeros']) {
        if (n > 20 && kind !== 'random') continue;
        const a = single(MATRICES[kind]!(n, stream(n)));
        const { l, u, exchanged } = read(found(factorised(a, n), precision, true), n);
        expectProduct([l, u], exchanged(rowsOf(a, n)), n, precision);
        expect(Math.max(...sizes(l).flat())).toBeLessThanOrEqual(1);
      }
    }
  });

  it('A·X = B and Aᵀ·X = B', () => {
    for (const n of FEWER) {
      const next = stream(n);
      const factors = byKernel(factorised(single(square(n, () => next() - 0.5)), n), precision);
      const { l, u, exchanged } = read(factors, n);
      const b = single(Array.from({ length: n * columns(n) }, () => next() - 0.5));
      const x = (operator: ArrayOperator): Matrix => rowsOf(found(solved(operator, factors, b, n), precision, true), columns(n));
      const given = rowsOf(b, columns(n));
      expectProduct([l, u, x(plain)], exchanged(given), 3 * n, precision);
      expectProduct([turned(u), turned(l), exchanged(x(transposed))], given, 3 * n, precision);
    }
  });

  it('L·Lᵀ = (A + Aᵀ)/2, with zeros above the diagonal', () => {
    for (const n of FEWER) {
      const a = rowsOf(single(definite(n, stream(n))), n);
      const l = rowsOf(found(rooted(a.flat(), n), precision, true), n);
      const middle = a.map((row, i) => row.map((x, j) => (x + a[j]![i]!) / 2));
      expectProduct([l, turned(l)], middle, n + 2, precision);
      expect(l.flatMap((row, i) => row.slice(i + 1)).every((x) => Object.is(x, 0))).toBe(true);
    }
  });

  it('a pivot of two rows that are alike is exactly 0', () => {
    for (const n of [2, 5, 12, 13, 30, 67]) {
      const factors = found(factorised(MATRICES['with two rows alike']!(n, stream(n)), n), precision, true);
      expect(factors[n * n - 1]).toBe(0);
    }
  });

  it('a NaN shows, and a root of what is negative is one', () => {
    for (const n of [1, 4, 9, 22]) {
      const factors = found(factorised(MATRICES['with a NaN']!(n, stream(n)), n), precision, true);
      expect(factors[n * n - 1]).toBeNaN();
      const a = square(n, (i, j) => (i === j ? (i === n - 1 ? -1 : 1) : 0));
      const root = found(rooted(a, n), precision, true);
      expect(root[n * n - 1]).toBeNaN();
      expect(root.slice(0, -1).every((x, e) => x === Number(e % (n + 1) === 0))).toBe(true);
    }
  });
});

it('threads never share a loop around a routine, whose memory they have in common', () => {
  const [call] = programOf(factorised(definite(16, stream(1)), 16), [arrayOf('f64', 16 * 16)]).compute;
  const counter: Counter = { id: 0, depth: 0, extent: 1000 };
  expect(portionsOf(loop(counter, [call!]), 2)).toBeUndefined();
});
