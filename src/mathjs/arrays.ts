import { GradusError } from '../language/diagnostics.ts';
import type { Expr } from '../language/tree.ts';
import { call, name, numeralOf } from '../reading/syntax.ts';
import { counted, type MathCall, type Meaning, wholeConstant } from './calls.ts';
import type { Excerpt } from './excerpt.ts';
import { divided, inverse, raised, requireSquare, times, transposed } from './products.ts';
import { count, isNumber, ofNumbers, type Read, sameSizes, showSizes, stretched } from './value.ts';

/** Functions of arrays, and products. */

const scalar = (tree: Expr): Read => ({ tree, shape: [] });

function needArray({ what, name: called }: MathCall, read: Read, ranks: readonly number[]): void {
  if (read.each || !ranks.includes(read.shape.length))
    throw new GradusError(
      'unsupported',
      `${what}: ${called} of ${read.each ? 'a number' : showSizes(read.shape)} is not supported`,
    );
}

/** Along an axis: `rows` puts the entries of each column together, and leaves a vector. */
function along(use: MathCall, read: Read, axis: number, write: (...args: Expr[]) => Expr): Read {
  const { tree, shape } = read;
  if (shape.length === 1 && axis === 1) return scalar(write(tree));
  if (shape.length !== 2 || axis < 1 || axis > 2)
    throw new GradusError('unsupported', `${use.what}: axis ${axis} of ${showSizes(shape)} is not supported`);
  const [rows, columns] = shape as [number, number];
  // A matrix of one column is a vector here, which has no second axis.
  const column = columns === 1;
  if (axis === 1) return { tree: column ? write(tree) : call('transpose', write(tree, name('rows'))), shape: [columns] };
  return {
    tree: column ? call('transpose', write(call('transpose', tree), name('rows'))) : write(tree, name('cols')),
    shape: [rows],
  };
}

/** A sum, a mean, a product, an extremum: of numbers, of all entries, or along an axis. */
const reduction =
  (
    write: (...args: Expr[]) => Expr,
    two: (a: Expr, b: Expr) => Expr,
    finish: (tree: Expr, n: number) => Expr = (tree) => tree,
  ): Meaning =>
  (use) => {
    counted(use, 1, Number.POSITIVE_INFINITY);
    const first = use.read(0);
    if (isNumber(first)) {
      const reads = use.reads();
      const array = reads.find((read) => !isNumber(read));
      if (array) throw new GradusError('shape', `${use.what}: among numbers there is ${showSizes(array.shape)}`);
      const all = reads.reduce((a, b) => ofNumbers(use.what, [a, b], two));
      return { ...all, tree: finish(all.tree, reads.length) };
    }
    if (use.args.length === 1) return scalar(write(first.tree));
    counted(use, 1, 2);
    return along(use, first, wholeConstant(use, 1, 'the axis'), write);
  };

const sum = (...args: Expr[]): Expr => call('sum', ...args);

/** Divided by n − 1 unless it is told otherwise; gradus divides by n. */
const variance =
  (finish: (tree: Expr) => Expr): Meaning =>
  (use) => {
    counted(use, 1, 3);
    const last = use.args.length > 1 ? use.constant(use.args.length - 1) : undefined;
    const how = typeof last === 'string' ? last : 'unbiased';
    const axis = use.args.length > (typeof last === 'string' ? 2 : 1) ? wholeConstant(use, 1, 'the axis') : undefined;
    const read = use.read(0);
    if (isNumber(read)) throw new GradusError('unsupported', `${use.what}: ${use.name} of single numbers is not supported`);
    const n = axis === undefined ? count(read.shape) : read.shape[axis - 1]!;
    const divisor = { unbiased: n - 1, uncorrected: n, biased: n + 1 }[how];
    if (divisor === undefined) throw new GradusError('argument', `${use.what}: ${how} is no normalization`);
    const write = (...args: Expr[]): Expr =>
      finish(
        divisor === 0
          ? call('*', numeralOf(0), call('var', ...args))
          : call('*', call('/', numeralOf(n), numeralOf(divisor)), call('var', ...args)),
      );
    return axis === undefined ? scalar(write(read.tree)) : along(use, read, axis, write);
  };

/** Norms: of a matrix only those that are no singular values. */
const norm: Meaning = (use) => {
  counted(use, 1, 2);
  const read = use.read(0);
  const given = use.args.length > 1 ? use.constant(1) : 2;
  const p =
    given === 'inf'
      ? Number.POSITIVE_INFINITY
      : given === '-inf'
        ? Number.NEGATIVE_INFINITY
        : given === 'fro'
          ? 'fro'
          : Number(given);
  const { tree, shape } = read;
  if (isNumber(read)) return { ...read, tree: call('abs', tree) };
  needArray(use, read, [1, 2]);
  const vector = shape.length === 1;
  if (p === 'fro' || (vector && p === 2)) return scalar(call('norm', tree));
  if (vector && p === 1) return scalar(sum(call('abs', tree)));
  if (vector && p === Number.POSITIVE_INFINITY) return scalar(call('max', call('abs', tree)));
  if (vector && p === Number.NEGATIVE_INFINITY) return scalar(call('min', call('abs', tree)));
  if (vector && p > 0)
    return scalar(call('.^', sum(call('.^', call('abs', tree), numeralOf(p))), call('/', numeralOf(1), numeralOf(p))));
  if (p === 1 || p === Number.POSITIVE_INFINITY) {
    const sums = along(use, { ...read, tree: call('abs', tree) }, p === 1 ? 1 : 2, sum);
    return scalar(call('max', sums.tree));
  }
  throw new GradusError('unsupported', `${use.what}: this norm of a matrix is not supported`, {
    hint: `norm(${use.args[0]}, "fro") is the root of the sum of squares`,
  });
};

const entry = (read: Read, k: number): Expr => ({
  kind: 'subscripted',
  target: read.tree,
  subscripts: [{ kind: 'at', index: numeralOf(k), span: read.tree.span }],
  span: read.tree.span,
});

const cross: Meaning = (use) => {
  counted(use, 2);
  const [a, b] = [use.read(0), use.read(1)];
  for (const read of [a, b])
    if (read.each || read.shape.length > 2 || count(read.shape) !== 3 || read.shape[0] !== 3)
      throw new GradusError('unsupported', `${use.what}: cross needs vectors of 3 numbers`);
  const part = (i: number, j: number) => call('-', call('*', entry(a, i), entry(b, j)), call('*', entry(a, j), entry(b, i)));
  const shape = a.shape.length === 2 && b.shape.length === 2 ? [3, 1] : [3];
  return { tree: call('vector', part(2, 3), part(3, 1), part(1, 2)), shape };
};

const dot: Meaning = (use) => {
  counted(use, 2);
  const [a, b] = [use.read(0), use.read(1)];
  for (const read of [a, b])
    if (read.each || read.shape.length === 0 || read.shape.length > 2 || (read.shape[1] ?? 1) !== 1)
      throw new GradusError('shape', `${use.what}: dot needs two vectors, this is ${showSizes(read.shape)}`);
  if (a.shape[0] !== b.shape[0])
    throw new GradusError('shape', `${use.what}: the vectors have ${a.shape[0]} and ${b.shape[0]} numbers`);
  return scalar(call('dot', a.tree, b.tree));
};

const kron: Meaning = (use) => {
  counted(use, 2);
  const reads = use.reads();
  for (const read of reads) needArray(use, read, [1, 2]);
  // A vector counts as a row.
  const [a, b] = reads.map(({ tree, shape }) => (shape.length === 1 ? call('transpose', tree) : tree)) as [Expr, Expr];
  const shape = use.shapeByMathjs();
  const tree = call('kron', a, b);
  return { tree: shape.length === 1 ? call('transpose', tree) : tree, shape };
};

const diag: Meaning = (use) => {
  counted(use, 1);
  const read = use.read(0);
  needArray(use, read, [1, 2]);
  const [n] = read.shape as [number];
  if (read.shape.length === 1) return { tree: n === 1 ? read.tree : call('diag', read.tree), shape: [n, n] };
  requireSquare(use.what, read);
  return { tree: call('diag', read.tree), shape: [n] };
};

/** A number is no matrix in mathjs. */
const ofSquare =
  (write: (tree: Expr) => Expr): Meaning =>
  (use) => {
    counted(use, 1);
    const read = use.read(0);
    requireSquare(use.what, read);
    return scalar(write(read.tree));
  };

/** With a right side as a column, whatever it was. */
const lusolve: Meaning = (use) => {
  counted(use, 2);
  const [a, b] = [use.read(0), use.read(1)];
  requireSquare(use.what, a);
  needArray(use, b, [1, 2]);
  return { tree: call('solve', a.tree, b.tree), shape: [a.shape[0]!, b.shape[1] ?? 1] };
};

const concat: Meaning = (use) => {
  const last = use.args.length - 1;
  const numbers = use.reads();
  const told = isNumber(numbers[last]!);
  const reads = told ? numbers.slice(0, -1) : numbers;
  const rank = reads[0]?.shape.length ?? 0;
  if (reads.some((read) => read.each || read.shape.length !== rank) || (rank !== 1 && rank !== 2))
    throw new GradusError('unsupported', `${use.what}: only vectors, or only matrices, are put together`);
  const axis = (told ? wholeConstant(use, last, 'the axis') : rank) - 1;
  const differ = reads.find(({ shape }) => shape.some((size, k) => k !== axis && size !== reads[0]!.shape[k]));
  if (differ) throw new GradusError('shape', `${use.what}: ${showSizes(reads[0]!.shape)} beside ${showSizes(differ.shape)}`);
  const shape = reads[0]!.shape.map((size, k) => (k === axis ? reads.reduce((n, r) => n + r.shape[k]!, 0) : size));
  const trees = reads.map((read) => read.tree);
  const sideways = rank === 2 && axis === 1;
  return { tree: trees.length === 1 ? trees[0]! : call('concat', ...trees, ...(sideways ? [name('cols')] : [])), shape };
};

const reshaped = (read: Read, shape: readonly number[]): Read => ({
  tree: count(shape) === 1 || sameSizes(read.shape, shape) ? read.tree : call('reshape', read.tree, ...shape.map(numeralOf)),
  shape,
});

const flatten: Meaning = (use) => {
  counted(use, 1);
  const read = use.read(0);
  needArray(use, read, [1, 2, 3, 4]);
  return reshaped(read, [count(read.shape)]);
};

const reshape: Meaning = (use) => {
  counted(use, 2);
  const read = use.read(0);
  needArray(use, read, [1, 2, 3, 4]);
  return reshaped(read, use.shapeByMathjs());
};

const squeeze: Meaning = (use) => {
  counted(use, 1);
  const read = use.read(0);
  if (read.each || read.shape.length > 2)
    throw new GradusError('unsupported', `${use.what}: squeeze is for vectors and matrices`);
  if (count(read.shape) === 1) return { tree: read.tree, shape: [] };
  const [rows, columns] = read.shape;
  if (read.shape.length < 2 || (rows !== 1 && columns !== 1)) return read;
  return { tree: rows === 1 ? call('transpose', read.tree) : read.tree, shape: [count(read.shape)] };
};

const cumsum: Meaning = (use) => {
  counted(use, 1, 2);
  const read = use.read(0);
  needArray(use, read, [1, 2]);
  const axis = use.args.length > 1 ? wholeConstant(use, 1, 'the axis') : 1;
  if (read.shape.length === 1 || (read.shape[1] === 1 && axis === 1)) return { ...read, tree: call('cumsum', read.tree) };
  if (read.shape[axis - 1] === 1) return read;
  return { ...read, tree: call('cumsum', read.tree, name(axis === 1 ? 'rows' : 'cols')) };
};

const sort: Meaning = (use) => {
  counted(use, 1, 2);
  const read = use.read(0);
  needArray(use, read, [1]);
  const order = use.args.length > 1 ? use.constant(1) : 'asc';
  if (order !== 'asc' && order !== 'desc') throw new GradusError('unsupported', `${use.what}: the order must be "asc" or "desc"`);
  return { ...read, tree: order === 'asc' ? call('sort', read.tree) : call('-', call('sort', call('-', read.tree))) };
};

const distance: Meaning = (use) => {
  counted(use, 2);
  const [a, b] = [use.read(0), use.read(1)];
  for (const read of [a, b]) needArray(use, read, [1]);
  return scalar(call('norm', stretched(use.what, [a, b], (x, y) => call('-', x, y)).tree));
};

const itself: Meaning = (use) => {
  counted(use, 1, 3);
  return use.read(0);
};

const many =
  (write: (what: Excerpt, a: Read, b: Read) => Read): Meaning =>
  (use) => {
    counted(use, 2, Number.POSITIVE_INFINITY);
    return use.reads().reduce((a, b) => write(use.what, a, b));
  };

export const arrays: Readonly<Record<string, Meaning>> = {
  multiply: many(times),
  divide: (use) => {
    counted(use, 2);
    return divided(use.what, use.read(0), use.read(1));
  },
  pow: (use) => {
    counted(use, 2);
    const [a, b] = [use.read(0), use.read(1)];
    const exponent = isNumber(a) ? undefined : Number(use.constant(1));
    return raised(use.what, a, b, exponent);
  },
  inv: (use) => {
    counted(use, 1);
    return inverse(use.what, use.read(0));
  },
  transpose: (use) => {
    counted(use, 1);
    return transposed(use.what, use.read(0));
  },
  ctranspose: (use) => {
    counted(use, 1);
    return transposed(use.what, use.read(0));
  },
  sum: reduction(sum, (a, b) => call('+', a, b)),
  prod: reduction(
    (...args) => call('prod', ...args),
    (a, b) => call('.*', a, b),
  ),
  mean: reduction(
    (...args) => call('mean', ...args),
    (a, b) => call('+', a, b),
    (tree, n) => call('/', tree, numeralOf(n)),
  ),
  max: reduction(
    (...args) => call('max', ...args),
    (a, b) => call('max', a, b),
  ),
  min: reduction(
    (...args) => call('min', ...args),
    (a, b) => call('min', a, b),
  ),
  variance: variance((tree) => tree),
  std: variance((tree) => call('sqrt', tree)),
  norm,
  cross,
  dot,
  kron,
  diag,
  det: ofSquare((tree) => call('det', tree)),
  trace: ofSquare((tree) => call('tr', tree)),
  lusolve,
  concat,
  flatten,
  reshape,
  squeeze,
  cumsum,
  sort,
  distance,
  matrix: itself,
  sparse: itself,
};
