import { type Dim, entryCount, multiplyDims, rowMajorStrides, type Shape, showShape } from '../graph/dimension.ts';
import { constantOf } from '../graph/forms.ts';
import { type Node, UNIT } from '../graph/node.ts';
import { HALF, isInteger, toNumber, ZERO } from '../graph/rational.ts';
import { trimmed } from '../graph/views.ts';
import { GradusError } from '../language/diagnostics.ts';
import type { ArrayOperator } from './array.ts';
import { concatenated, stackedRows } from './blocks.ts';
import { asMatrix, type Builder, columnShape, shapeOf, type Value } from './builder.ts';
import { cofactor } from './cofactor.ts';
import { det } from './determinant.ts';
import { dimensions } from './dimensions.ts';
import { cholesky, inv, logdet, solve } from './factorisation.ts';
import type { LanguageFunction } from './language.ts';
import { needMatrix, needSquare, ofNumber } from './linear.ts';
import { log, power } from './power.ts';
import { permutation } from './sorting.ts';
import { tril, triu } from './triangles.ts';

/** Functions of matrices, and those that put arrays into another shape. */

/** A function of a square matrix. A scalar is the 1×1 matrix of it. */
const ofSquare = (operator: ArrayOperator, help: string, ofScalar: (b: Builder, x: Node) => Node): LanguageFunction => ({
  name: operator.name,
  ...(operator.spellings && { spellings: operator.spellings }),
  arity: [1, 1],
  help,
  build: (b, call) => {
    const [x] = call.args as [Value];
    if (shapeOf(x).length === 0) return { node: ofScalar(b, ofNumber(call, x).node), indices: x.indices };
    needSquare(call);
    return { node: b.graph.array(operator, x.node), indices: x.indices };
  },
});

const solution: LanguageFunction = {
  name: 'solve',
  notation: { latex: '\\backslash' },
  spellings: ['\\'],
  arity: [2, 2],
  help: 'the X with A·X = B',
  build: (b, call) => {
    const [a, right] = call.args as [Value, Value];
    if (shapeOf(a).length === 0) return b.entrywise([right, a], ([p, q]) => b.graph.mul(p!, power(b.graph, q!, -1)));
    const [rows, columns] = needSquare(call);
    const given = asMatrix(shapeOf(right));
    if (given.length !== 2 || given[0] !== rows) {
      throw new GradusError('shape', 'the two sides of these equations do not fit', {
        note: `${call.texts[0]} is ${showShape([rows!, columns!])}, ${call.texts[1]} is ${showShape(given)}: ${rows} equations, ${given[0]} right sides`,
      });
    }
    const { indices, nodes } = b.matrices([a, right]);
    const node = b.graph.array(solve, nodes[0]!, nodes[1]!);
    return { node: trimmed(b.graph, node, indices.length + columnShape(given).length), indices };
  },
};

/** All entries in one row-major axis, or back from it: [k = Σ strideₐ·iₐ]. */
function flattened(b: Builder, x: Value, order: readonly number[]): Value {
  const g = b.graph;
  const shape = shapeOf(x);
  if (shape.length <= 1) return x;
  const lead = x.indices.length;
  const long = order.filter((axis) => shape[axis] !== 1);
  const lengths = long.map((axis) => shape[axis]!);
  const size = entryCount(lengths);
  const k = x.node.shape.length;
  const own = x.node.shape.map((d, axis) => (d === 1 ? UNIT : axis));
  const test = g.selection([size, ...lengths], [1, ...rowMajorStrides(lengths).map((s) => multiplyDims(-1, s))], 0);
  const sizes = new Map<number, Dim>([...x.node.shape.map((d, axis) => [axis, d] as const), [k, size]]);
  const node = g.contract({
    factors: [x.node, test],
    indices: [own, [size === 1 ? UNIT : k, ...long.map((axis) => lead + axis)]],
    result: [...own.slice(0, lead), size === 1 ? UNIT : k],
    sizes,
  });
  return { node, indices: x.indices };
}

function unflattened(b: Builder, x: Value, shape: Shape): Value {
  const g = b.graph;
  const lead = x.indices.length;
  const [size] = shapeOf(x);
  if (shape.length <= 1 || size === undefined) return x;
  const base = lead + 1;
  const own = [...x.node.shape.slice(0, lead).map((d, k) => (d === 1 ? UNIT : k)), lead];
  const out = shape.map((d, axis) => (d === 1 ? UNIT : base + axis));
  const test = g.selection([size, ...shape], [1, ...rowMajorStrides(shape).map((s) => multiplyDims(-1, s))], 0);
  const sizes = new Map<number, Dim>([
    ...x.node.shape.map((d, k) => [k, d] as const),
    ...shape.map((d, axis) => [base + axis, d] as const),
  ]);
  const node = g.contract({
    factors: [x.node, test],
    indices: [own, [lead, ...out]],
    result: [...own.slice(0, lead), ...out],
    sizes,
  });
  return { node, indices: x.indices };
}

const axesOf = (x: Value): number[] => shapeOf(x).map((_, axis) => axis);

const vec: LanguageFunction = {
  name: 'vec',
  arity: [1, 1],
  help: 'the columns of a matrix one below the other, as a vector',
  build: (b, { args: [x] }) => flattened(b, x!, axesOf(x!).reverse()),
};

const reshape: LanguageFunction = {
  name: 'reshape',
  arity: [2, Number.POSITIVE_INFINITY],
  help: 'the same entries, row by row, in the given dimensions',
  build: (b, call) => {
    const [x] = call.args as [Value];
    const shape = columnShape(dimensions(b, call, 1));
    const [before, after] = [shapeOf(x), shape].map(entryCount);
    if (before !== after) {
      throw new GradusError('shape', `${call.texts[0]} has ${before} entries, ${showShape(shape)} has ${after}`);
    }
    return unflattened(b, flattened(b, x, axesOf(x)), shape);
  },
};

const kron: LanguageFunction = {
  name: 'kron',
  notation: { latex: '\\otimes' },
  spellings: ['⊗'],
  arity: [2, 2],
  help: 'the Kronecker product: each entry of A times the whole of B',
  build: (b, call) => {
    const [x, y] = call.args as [Value, Value];
    const [m, n] = [asMatrix(shapeOf(x)), asMatrix(shapeOf(y))];
    if (m.length > 2 || n.length > 2) throw new GradusError('shape', 'kron needs matrices or vectors');
    const product = b.einsum(
      [
        [x, ['i', 'j'].slice(0, shapeOf(x).length)],
        [y, ['k', 'l'].slice(0, shapeOf(y).length)],
      ],
      ['i', 'k', 'j', 'l'],
      { i: m[0]!, k: n[0]!, j: m[1]!, l: n[1]! },
    );
    return merged(b, product, m, n);
  },
};

/** Axes (i, k, j, l) as (i·K + k, j·L + l). */
function merged(b: Builder, x: Value, m: Shape, n: Shape): Value {
  const g = b.graph;
  const lead = x.indices.length;
  const full = [m[0]!, n[0]!, m[1]!, n[1]!];
  const shape = [multiplyDims(full[0]!, full[1]!), multiplyDims(full[2]!, full[3]!)];
  const index = (k: number, size: Dim) => (size === 1 ? UNIT : lead + k);
  const own = [...x.node.shape.slice(0, lead).map((d, k) => (d === 1 ? UNIT : k)), ...full.map((d, k) => index(k, d))];
  const out = shape.map((d, k) => index(4 + k, d));
  const tests = [0, 1].map((k) =>
    g.selection([shape[k]!, full[2 * k]!, full[2 * k + 1]!], [1, multiplyDims(-1, full[2 * k + 1]!), -1], 0),
  );
  const lists = [0, 1].map((k) => [out[k]!, own[lead + 2 * k]!, own[lead + 2 * k + 1]!]);
  const sizes = new Map<number, Dim>([
    ...x.node.shape.slice(0, lead).map((d, k) => [k, d] as const),
    ...[...full, ...shape].map((d, k) => [lead + k, d] as const),
  ]);
  const trimmed = own.slice(0, x.node.shape.length);
  const final = columnShape(shape);
  const node = g.contract({
    factors: [x.node, ...tests],
    indices: [trimmed, ...lists],
    result: [...own.slice(0, lead), ...out.slice(0, final.length)],
    sizes,
  });
  return { node, indices: x.indices };
}

const concat: LanguageFunction = {
  name: 'concat',
  arity: [2, Number.POSITIVE_INFINITY],
  axis: true,
  help: 'arrays one below the other, or side by side: concat(A, B, cols)',
  build: (b, call) => concatenated(b, call.args, call.axis === 'cols' ? 1 : 0),
};

const vector: LanguageFunction = {
  name: 'vector',
  arity: [1, Number.POSITIVE_INFINITY],
  help: 'the column of the given scalars',
  build: (b, call) => {
    const wrong = call.args.findIndex((v) => shapeOf(v).length > 0);
    if (wrong >= 0)
      throw new GradusError('shape', `vector takes scalars; ${call.texts[wrong]} is ${showShape(shapeOf(call.args[wrong]!))}`);
    return stackedRows(b, call.args);
  },
};

const matrix: LanguageFunction = {
  name: 'matrix',
  arity: [1, 1],
  help: 'the array itself: matrix([[1, 2], [3, 4]])',
  build: (_b, call) => call.args[0]!,
};

/** `triu(A)`, and `triu(A, k)` from the k-th diagonal on. */
const triangleOf = (of: (k: number) => ArrayOperator, help: string): LanguageFunction => ({
  name: of(0).name,
  arity: [1, 2],
  help,
  build: (b, call) => {
    needMatrix(call);
    const [x, diagonal] = call.args as [Value, Value?];
    const k = diagonal ? constantOf(diagonal.node) : ZERO;
    if (!k || !isInteger(k))
      throw new GradusError('argument', `${call.name} needs an integer as argument 2; ${call.texts[1]} is not one`);
    return { node: b.graph.array(of(toNumber(k)), x.node), indices: x.indices };
  },
});

const permutationOf: LanguageFunction = {
  name: permutation.name,
  arity: [1, 1],
  help: 'the permutation matrix P of a vector with P·x = sort(x)',
  build: (b, call) => {
    const [x] = call.args as [Value];
    const shape = shapeOf(x);
    if (shape.length > 1) throw new GradusError('shape', `permutation needs a vector; ${call.texts[0]} is ${showShape(shape)}`);
    const node = shape.length === 0 ? b.graph.constant(1, x.node.shape) : b.graph.array(permutation, x.node);
    return { node, indices: x.indices };
  },
};

export const arrays: readonly LanguageFunction[] = [
  ofSquare(inv, 'the inverse of a square matrix', (b, x) => power(b.graph, x, -1)),
  ofSquare(det, 'the determinant', (_b, x) => x),
  ofSquare(cofactor, "the matrix of cofactors, det(A)*inv(A)' where A has an inverse", (b) => b.graph.constant(1)),
  ofSquare(logdet, 'the logarithm of the determinant', (b, x) => b.graph.apply(log, x)),
  ofSquare(cholesky, 'the lower triangular L with L·Lᵀ = A', (b, x) => power(b.graph, x, HALF)),
  solution,
  triangleOf(triu, 'the matrix with zeros below its diagonal; triu(A, k) below its k-th'),
  triangleOf(tril, 'the matrix with zeros above its diagonal; tril(A, k) above its k-th'),
  permutationOf,
  vec,
  reshape,
  kron,
  concat,
  vector,
  matrix,
];
