import { boundsOf } from '../facts/bounds.ts';
import type { Dim } from '../graph/dimension.ts';
import { constantOf } from '../graph/forms.ts';
import type { Graph } from '../graph/graph.ts';
import { type Contraction, isView, type Node, UNIT } from '../graph/node.ts';
import { HALF, isNegative } from '../graph/rational.ts';
import { topological } from '../graph/traverse.ts';
import { transposed } from '../graph/views.ts';
import { isPositive } from '../operators/caveat.ts';
import { runningCofactor } from '../operators/cofactor.ts';
import { det, determinant } from '../operators/determinant.ts';
import { inv, logdet } from '../operators/factorisation.ts';
import { exp, log, pow, power } from '../operators/power.ts';
import { euclidean, logSoftmax, logsumexp, softmax, weightedLength } from '../operators/reductions.ts';
import { argsOf, bare, type Rule } from '../simplify/rule.ts';
import { shares } from '../simplify/shares.ts';

/** Stable forms of what is done to arrays as wholes. */

/** Of the names in examples. */
const SHAPES = { A: [3, 3], x: [3] };

const logarithmOfDeterminant: Rule<'apply'> = {
  name: 'log det A = logdet A',
  when: 'always: both have a value where det A > 0',
  examples: [['log(det(A))', 'logdet(A)', SHAPES]],
  kind: 'apply',
  of: [log],
  apply: (g, { args: [x] }) => {
    const d = bare(x!);
    return d.kind === 'array' && (d.operator === det || d.operator === determinant) ? g.array(logdet, d.args[0]!) : undefined;
  },
};

const logarithmOfSoftmax: Rule<'apply'> = {
  name: 'log softmax x = x − log Σ eˣ',
  when: 'always, for single entries too',
  examples: [['sum(log(softmax(x)))', 'sum(log_softmax(x))', SHAPES]],
  kind: 'apply',
  of: [log],
  apply: (g, { args: [x] }) => {
    const at = bare(x!);
    // The shares of a column are those of a row, turned round.
    const view = at.kind === 'contraction' && at.coefficient.equals(1) && (isView(at) || isEntry(at)) ? at : undefined;
    const s = bare(view?.factors.find((f) => f.kind !== 'affine') ?? at);
    if (s.kind !== 'array' || s.operator.name !== softmax(1).name) return undefined;
    const value = logSoftmax(g, s.args[0]!, s.operator.cells[0]!);
    if (!view) return value;
    return g.contract({ ...view, factors: view.factors.map((f) => (f.kind === 'affine' ? f : value)), sizes: sizesOf(view) });
  },
};

/** Entries of one array, each picked by a test that holds at one place: x[2, i]. */
function isEntry(node: Contraction): boolean {
  const picked = node.factors.flatMap((f, k) => {
    if (f.kind !== 'affine' || !f.test || f.shape.length !== 1) return [];
    const [size] = f.shape as [Dim];
    const at = typeof f.offset === 'number' ? Math.abs(f.offset) : Number.NaN;
    return (f.steps[0] === 1 || f.steps[0] === -1) && at >= 0 && !(typeof size === 'number' && at >= size)
      ? [node.indices[k]![0]!]
      : [];
  });
  if (picked.length !== node.factors.length - 1) return false;
  const summed = node.sizes.map((_, i) => i).filter((i) => !node.result.includes(i));
  return summed.length === picked.length && summed.every((i) => picked.includes(i));
}

/** A contraction, together with what it is a view of. */
function whole(g: Graph, node: Node): Contraction | undefined {
  const at = bare(node);
  if (at.kind !== 'contraction') return undefined;
  if (!isView(at)) return at;
  const merged = g.contract({ ...at, factors: at.factors.map(bare), sizes: sizesOf(at) }, () => true);
  return merged.kind === 'contraction' ? merged : undefined;
}

/** The axes of a factor: those of the result first, then those that are summed. */
function split(node: Contraction, at: number) {
  const own = node.indices[at]!;
  const kept = own.filter((i) => i !== UNIT && node.result.includes(i));
  const summed = own.filter((i) => i !== UNIT && !node.result.includes(i));
  return { own, kept, summed };
}

/** What was reduced to the kept axes, in the shape of the sum. */
const over = (g: Graph, reduced: Node, kept: readonly number[], sum: Contraction): Node =>
  g.contract({
    factors: [reduced],
    indices: [kept],
    result: sum.result,
    sizes: new Map([...sum.sizes.entries()].filter(([i]) => sum.result.includes(i))),
  });

/** The sum keeps some axes of its only factor, in their order. */
const keepsInOrder = (sum: Contraction, kept: readonly number[]): boolean =>
  sum.result.filter((i) => i !== UNIT).join() === kept.join();

const sizesOf = (node: Contraction): Map<number, Dim> => new Map(node.sizes.entries());

const logarithmOfSum: Rule<'apply'> = {
  name: 'log Σ r·eᵘ = log r + logsumexp u',
  when: 'r runs over what is not summed: it is positive wherever the logarithm has a value',
  examples: [['log(sum(exp(x)))', 'logsumexp(x)', SHAPES]],
  kind: 'apply',
  of: [log],
  apply: (g, { args: [x] }) => {
    const sum = whole(g, x!);
    if (!sum) return undefined;
    const at = sum.factors.findIndex((f) => argsOf(f, exp));
    if (at < 0) return undefined;
    const { own, kept, summed } = split(sum, at);
    const others = sum.factors.map((_, k) => k).filter((k) => k !== at);
    const every = new Set(own.filter((i) => i !== UNIT));
    if (summed.length === 0 || every.size !== kept.length + summed.length) return undefined;
    if (others.some((k) => sum.indices[k]!.some((i) => i !== UNIT && !sum.result.includes(i)))) return undefined;
    const u = argsOf(sum.factors[at]!, exp)![0]!;
    const sizes = sizesOf(sum);
    const moved = g.contract({ factors: [u], indices: [own], result: [...kept, ...summed], sizes });
    const total = g.array(logsumexp(summed.length), moved);
    const spread = over(g, total, kept, sum);
    const rest = g.contract({
      coefficient: sum.coefficient,
      factors: others.map((k) => sum.factors[k]!),
      indices: others.map((k) => sum.indices[k]!),
      result: sum.result,
      sizes: new Map([...sizes].filter(([i]) => !summed.includes(i))),
    });
    return g.add([g.apply(log, rest), spread]);
  },
};

/** √(r·Σu²), scaled so that no square overflows; its slope is 0 where all entries are. */
const rootOfSquares: Rule<'apply'> = {
  name: '√(r·Σu²) = ‖u‖·√r',
  when: 'r is made of numbers and lengths, and positive',
  examples: [
    ['sqrt(sum(x.^2))', 'norm(x)', SHAPES],
    ['sqrt(sum(x.^2)/3)', 'norm(x)/sqrt(3)', SHAPES],
  ],
  kind: 'apply',
  of: [pow],
  apply: (g, { args: [x, p] }) => {
    const exponent = constantOf(p!);
    const sum = exponent?.abs().equals(HALF) ? weighed(g, x!) : undefined;
    const found = sum && squaresIn(sum);
    if (!exponent || !found) return undefined;
    const { own, kept, summed } = split(sum, found.at[0]!);
    if (summed.length === 0 || !keepsInOrder(sum, kept)) return undefined;
    const sizes = sizesOf(sum);
    const moved = g.contract({ factors: [found.of], indices: [own], result: [...kept, ...summed], sizes });
    const others = sum.factors.filter((_, k) => !found.at.includes(k));
    const r = g.scale(sum.coefficient, g.mul(...others));
    const alone = constantOf(r)?.equals(1);
    const one = alone
      ? g.array(euclidean(summed.length), moved)
      : g.array(
          weightedLength(summed.length),
          moved,
          g.broadcast(
            r,
            kept.map((i) => sum.sizes[i]!),
          ),
        );
    const length = over(g, one, kept, sum);
    return exponent.equals(HALF) ? length : power(g, length, -1);
  },
};

/** A contraction, together with the one that it multiplies by numbers: a mean with its sum. */
function weighed(g: Graph, node: Node): Contraction | undefined {
  const at = whole(g, node);
  const arrays = at?.factors.filter((f) => !isPositiveNumber(f)) ?? [];
  if (!at || at.factors.length < 2 || arrays.length !== 1 || bare(arrays[0]!).kind !== 'contraction') return at;
  const merged = g.contract({ ...at, factors: at.factors.map(bare), sizes: sizesOf(at) }, () => true);
  return merged.kind === 'contraction' ? merged : undefined;
}

/** The factor that is squared, as a power or by standing twice; all others are positive numbers. */
function squaresIn({ coefficient, factors, indices }: Contraction): { of: Node; at: readonly number[] } | undefined {
  if (isNegative(coefficient)) return undefined;
  const arrays = factors.map((_, k) => k).filter((k) => !isPositiveNumber(factors[k]!));
  const [first, second] = arrays;
  // The identity, which has no factor, is its own root.
  if (first === undefined || arrays.length > 2) return undefined;
  if (second !== undefined) {
    const twice = factors[first] === factors[second] && indices[first]!.join() === indices[second]!.join();
    return twice ? { of: factors[first]!, at: arrays } : undefined;
  }
  const [base, exponent] = argsOf(factors[first]!, pow) ?? [];
  return base && constantOf(exponent!)?.equals(2) ? { of: base, at: arrays } : undefined;
}

/** Made of numbers and lengths, which move with nothing. */
const isPositiveNumber = (node: Node): boolean =>
  node.shape.length === 0 &&
  topological([node]).every((part) => part.kind !== 'variable' || part.role === 'size') &&
  isPositive(boundsOf([node]).get(node)!);

/** Dividing by a determinant may overflow or underflow where the inverse does neither. */
const cofactorsOverDeterminant: Rule<'contraction'> = {
  name: 'cof A/det A = A⁻ᵀ',
  when: 'always: neither has a value where det A is 0',
  examples: [['cofactor(A)/det(A)', "inv(A)'", SHAPES]],
  kind: 'contraction',
  apply: (g, node) => {
    for (const [top, c] of node.factors.entries()) {
      const matrix = cofactorsIn(c);
      if (!matrix) continue;
      for (const [bottom, d] of node.factors.entries()) {
        const [base, p] = argsOf(d, pow) ?? [];
        const exponent = p && constantOf(p);
        if (!exponent || !isNegative(exponent) || !isDeterminant(base!, matrix)) continue;
        const inverse = transposedInverse(g, matrix);
        const rest = power(g, base!, exponent.add(1));
        const factors = node.factors.map((f, k) => (k === top ? inverse : k === bottom ? rest : f));
        return g.contract({ ...node, factors, sizes: sizesOf(node) });
      }
    }
    return undefined;
  },
};

const cofactorsIn = (node: Node): Node | undefined => {
  const at = bare(node);
  return at.kind === 'array' && at.operator === runningCofactor ? at.args[0] : undefined;
};

const isDeterminant = (node: Node, of: Node): boolean => {
  const at = bare(node);
  return at.kind === 'array' && at.operator === determinant && at.args[0] === of;
};

const transposedInverse = (g: Graph, a: Node): Node => transposed(g, g.array(inv, a));

export const arrayFunctionRules: readonly Rule<'apply'>[] = [
  logarithmOfDeterminant,
  logarithmOfSoftmax,
  logarithmOfSum,
  rootOfSquares,
];
export const arrayProductRules: readonly Rule<'contraction'>[] = [
  shares('eᵘ/Σ eᵘ = softmax u', { of: bare, sum: whole }),
  cofactorsOverDeterminant,
];
