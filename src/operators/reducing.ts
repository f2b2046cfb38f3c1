import { entryCount, type Shape, showShape } from '../graph/dimension.ts';
import { axes, constantOf } from '../graph/forms.ts';
import type { Graph } from '../graph/graph.ts';
import type { Node } from '../graph/node.ts';
import { HALF } from '../graph/rational.ts';
import { permuted, trimmed } from '../graph/views.ts';
import { GradusError } from '../language/diagnostics.ts';
import type { ArrayOperator } from './array.ts';
import { asMatrix, type Builder, columnShape, shapeOf, type Value } from './builder.ts';
import { infinity } from './constants.ts';
import { cumsum, reverseCumsum } from './cumulative.ts';
import { maximum, minimum } from './extreme-entries.ts';
import { extremum } from './extremum.ts';
import { abs } from './kinked.ts';
import type { CallSite, LanguageFunction, Reduction } from './language.ts';
import { lengthOf } from './lengths.ts';
import { divide, power } from './power.ts';
import { product } from './product.ts';
import { logSoftmax, logsumexp, softmax } from './reductions.ts';
import { sort } from './sorting.ts';

/** The functions over axes, as the language has them: over everything, over `rows` or `cols`, over named indices. */

type Over = Reduction['over'];

const total: Over = (g, x, over) => {
  const { result, sizes } = axes(x.shape);
  return g.contract({ factors: [x], indices: [result], result: result.filter((_, axis) => !over.includes(axis)), sizes });
};

const average: Over = (g, x, over) => divide(g, total(g, x, over), g.size(entryCount(over.map((axis) => x.shape[axis]!))));

/** Repeats over the axes again what was reduced over them. */
const again = (g: Graph, reduced: Node, { shape }: Node, over: readonly number[]): Node =>
  g.broadcast(
    reduced,
    shape,
    shape.map((_, axis) => axis).filter((axis) => !over.includes(axis)),
  );

const squares = (g: Graph, x: Node): Node => power(g, x, 2);

const variance: Over = (g, x, over) => average(g, squares(g, g.sub(x, again(g, average(g, x, over), x, over))), over);

/** What runs over the last axes, over any: they are moved there, and those that are kept back again. */
const lastly =
  (one: (g: Graph, x: Node, rank: number) => Node, keeps = false): Over =>
  (g, x, over) => {
    const own = x.shape.map((_, axis) => axis);
    const order = [...own.filter((axis) => !over.includes(axis)), ...over];
    const found = one(g, permuted(g, x, order), over.length);
    return keeps
      ? permuted(
          g,
          found,
          own.map((axis) => order.indexOf(axis)),
        )
      : found;
  };

/** One axis after the other, the last first. */
const nested =
  (one: Over): Over =>
  (g, x, over) =>
    over.toSorted((a, b) => b - a).reduce((reduced, axis) => one(g, reduced, [axis]), x);

/** An axis of length 1 has nothing to reduce. */
function shrunk(g: Graph, x: Node, rank: number): { node: Node; rank: number } {
  const lead = x.shape.length - rank;
  const kept = x.shape.map((_, axis) => axis).filter((axis) => axis < lead || x.shape[axis] !== 1);
  if (kept.length === x.shape.length) return { node: x, rank };
  const { result, sizes } = axes(x.shape);
  const node = g.contract({ factors: [x], indices: [result], result: kept.map((axis) => result[axis]!), sizes });
  return { node, rank: kept.length - lead };
}

const reduction = (
  name: string,
  help: string,
  over: Over,
  more: Partial<LanguageFunction> & Omit<Reduction, 'over'> = {},
): LanguageFunction => {
  const { keeps, along, ...rest } = more;
  const own: Reduction = { over, ...(keeps && { keeps }), ...(along && { along }) };
  return {
    name,
    arity: [1, 1],
    axis: true,
    help: `${help}, over everything, over rows or cols or the axis of a named length, or over named indices`,
    reduce: own,
    build: (b, call) => overAxis(b, call, own),
    ...rest,
  };
};

/** `f(X)`, `f(X, rows)`: one value per column; `f(X, cols)`: one per row. */
function overAxis(b: Builder, call: CallSite, r: Reduction): Value {
  const [x] = call.args as [Value];
  const lead = x.indices.length;
  const shape = shapeOf(x);
  if (!call.axis) {
    if (r.keeps && shape.length > 1) {
      throw new GradusError('argument', `${call.name} of a matrix needs its axis; ${call.texts[0]} is ${showShape(shape)}`, {
        hint: r.along && `${call.name}(${call.texts[0]}, rows) ${r.along[0]}, cols ${r.along[1]}`,
      });
    }
    const all = shape.map((_, axis) => lead + axis);
    return { node: reduceAxes(b, x.node, all, r), indices: x.indices };
  }
  const matrix = asMatrix(shape);
  const axis = axisOf(call.axis, matrix, call);
  const whole = b.graph.broadcast(
    x.node,
    [...x.node.shape.slice(0, lead), ...matrix],
    x.node.shape.map((_, k) => k),
  );
  const reduced = reduceAxes(b, whole, [lead + axis], r);
  const kept = r.keeps ? matrix : matrix.map((size, k) => (k === axis ? 1 : size));
  const places = reduced.shape.map((_, k) => (r.keeps || k < lead + axis ? k : k + 1));
  const result = b.graph.broadcast(reduced, [...x.node.shape.slice(0, lead), ...kept], places);
  return { node: trimmed(b.graph, result, lead + columnShape(kept).length), indices: x.indices };
}

/**
 * The axis that a word stands for: `rows`, `cols`, or the one whose length has this name.
 * @throws GradusError `shape` if none has, or several have
 */
function axisOf(word: string, shape: Shape, { name, texts }: CallSite): number {
  if (word === 'rows') return shape.length - 2;
  if (word === 'cols') return shape.length - 1;
  const found = shape.map((_, axis) => axis).filter((axis) => shape[axis] === word);
  if (found.length === 1) return found[0]!;
  const lengths = shape.filter((dim, axis) => typeof dim === 'string' && shape.indexOf(dim) === axis);
  const several = found.length > 1;
  throw new GradusError(
    'shape',
    `${texts[0]} is ${showShape(shape)}: ${several ? 'several axes have' : 'no axis has'} the length ${word}`,
    {
      hint: several
        ? `say which: ${name}(${texts[0]}, rows) or ${name}(${texts[0]}, cols)`
        : `${[...lengths, 'rows', 'cols'].map((axis) => `${name}(${texts[0]}, ${axis})`).join(', ')}`,
    },
  );
}

/** Reduces over the given axes, over none as over one of length 1. */
export function reduceAxes({ graph: g }: Builder, x: Node, over: readonly number[], r: Reduction): Node {
  if (over.length > 0) return r.over(g, x, over);
  const places = x.shape.map((_, k) => k);
  const one = r.over(g, g.broadcast(x, [...x.shape, 1], places), [x.shape.length]);
  return r.keeps ? trimmed(g, one, x.shape.length) : one;
}

/** An array operator's record over cells of any rank. */
const byCell = (record: (rank: number) => Parameters<Graph['array']>[0]): Over =>
  lastly((g, x, rank) => {
    const cell = shrunk(g, x, rank);
    return cell.rank === 0 ? cell.node : g.array(record(cell.rank), cell.node);
  });

/** `max(X)` reduces; `max(a, b, …)` compares entry by entry. */
function largestOrSmallest(name: 'max' | 'min', record: typeof maximum): LanguageFunction {
  const own = reduction(name, `the ${name === 'max' ? 'largest' : 'smallest'} entry`, byCell(record));
  return {
    ...own,
    arity: [1, Number.POSITIVE_INFINITY],
    build: (b, call) =>
      call.args.length === 1
        ? own.build(b, call)
        : b.entrywise(call.args, (nodes) => b.graph.apply(extremum(name, nodes.length), ...nodes), call),
  };
}

const ones = (g: Graph, x: Node): Node => g.constant(1, x.shape);

const keeping = (one: (g: Graph, x: Node, rank: number) => Node, alone: (g: Graph, x: Node) => Node): Over => {
  const whole = lastly(one, true);
  return (g, x, over) => (over.every((axis) => x.shape[axis] === 1) ? alone(g, x) : whole(g, x, over));
};

const SUM_TO_ONE = ['makes each column sum to 1', 'each row'] as const;
const ADDED = ['adds down each column', 'along each row'] as const;

const itself = (_g: Graph, x: Node): Node => x;

/** An array operator on vectors that keeps their axis. */
const alongAxis = (operator: ArrayOperator): Over => keeping((g, x) => g.array(operator, x), itself);

const LENGTH = '\\left\\lVert $1\\right\\rVert';

/** `norm(x)`, and `norm(x, p)` for a number p ≥ 1: (Σ |xᵢ|ᵖ)^(1/p), of a matrix over all its entries. */
const norm: LanguageFunction = {
  ...reduction('norm', 'the root of the sum of squares; norm(x, p) that of order p', (g, x, over) =>
    power(g, total(g, squares(g, x), over), HALF),
  ),
  spellings: ['norm2'],
  notation: { form: { latex: { 1: LENGTH, 2: `${LENGTH}_{$2}` } } },
  arity: [1, 2],
  build: (b, call) => overAxis(b, call, { over: lengthOfOrder(call) }),
};

function lengthOfOrder({ name, args, texts }: CallSite): Over {
  if (args.length < 2) return norm.reduce!.over;
  const { node } = args[1]!;
  if (node.kind === 'apply' && node.operator === infinity) return (g, x, over) => byCell(maximum)(g, g.apply(abs, x), over);
  const p = constantOf(node);
  if (!p || p.compare(1) < 0) {
    throw new GradusError('argument', `${name} needs a number p ≥ 1 as its order; ${texts[1]} is none`, {
      hint: 'norm(x, 1), norm(x, 3/2), norm(x, inf); of other exponents write sum(abs(x).^p)^(1/p)',
    });
  }
  if (p.equals(1)) return (g, x, over) => total(g, g.apply(abs, x), over);
  return p.equals(2) ? norm.reduce!.over : byCell(lengthOf(p));
}

export const reducing: readonly LanguageFunction[] = [
  { ...reduction('sum', 'the sum', total), notation: { big: { unicode: 'Σ', latex: '\\sum' } } },
  reduction('mean', 'the mean', average),
  {
    ...reduction('prod', 'the product', nested(byCell(() => product))),
    notation: { big: { latex: '\\prod' } },
  },
  largestOrSmallest('max', maximum),
  largestOrSmallest('min', minimum),
  reduction('var', 'the variance (the mean of squared deviations)', variance, { spellings: ['variance'] }),
  reduction('std', 'the standard deviation', (g, x, over) => power(g, variance(g, x, over), HALF)),
  norm,
  {
    ...reduction('norm1', 'the sum of absolute values', (g, x, over) => total(g, g.apply(abs, x), over)),
    notation: { form: { latex: `${LENGTH}_{1}` } },
  },
  reduction('logsumexp', 'log Σ exp', byCell(logsumexp)),
  reduction(
    'softmax',
    'exp divided by its sum',
    keeping((g, x, rank) => g.array(softmax(rank), x), ones),
    { keeps: true, along: SUM_TO_ONE },
  ),
  reduction(
    'log_softmax',
    'the logarithm of softmax',
    keeping(logSoftmax, (g, x) => g.constant(0, x.shape)),
    { keeps: true, along: SUM_TO_ONE, spellings: ['logsoftmax'] },
  ),
  reduction('cumsum', 'the sums of the entries up to each', alongAxis(cumsum), { keeps: true, along: ADDED }),
  reduction('reverse_cumsum', 'the sums of the entries from each on', alongAxis(reverseCumsum), { keeps: true, along: ADDED }),
  reduction('sort', 'the entries in ascending order', alongAxis(sort), {
    keeps: true,
    along: ['sorts each column', 'each row'],
  }),
];
