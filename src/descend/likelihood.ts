import { sizeOf } from '../graph/dimension.ts';
import type { Contraction, Node } from '../graph/node.ts';
import { dependents, topological } from '../graph/traverse.ts';
import type { Warning } from '../language/diagnostics.ts';

type Sizes = ReadonlyMap<string, number>;

/** A term of a cost: what lengths of axes multiply it by, 1/n of a mean of n. */
interface Term {
  readonly scale: number;
  /** It is divided by a sum of data: 1/sum(w). */
  readonly byData: boolean;
}

/** How often the cost is in the negative log-likelihood that it stands for, or why that cannot be told. */
export type Times = { readonly times: number } | { readonly lack: Warning };

/**
 * A negative log-likelihood is a sum over the examples: a cost that is their mean is an n-th of it, and its curvature, too.
 * @param scalar the cost; what does not depend on the variables has no curvature
 */
export function timesOf(scalar: Node, variables: readonly Node[], sizes: Sizes): Times {
  const terms = termsOf(scalar, variables, sizes);
  if (terms.some(({ byData }) => byData)) return unclear('the cost is divided by a sum of data');
  // What stands n times in a sum over n may be written as a product.
  const [first = 1] = terms.map(({ scale }) => Math.min(1, scale));
  if (terms.every(({ scale }) => Math.abs(Math.min(1, scale) - first) <= 1e-12 * first)) return { times: 1 / first };
  return unclear('the cost adds a mean and what is none');
}

const unclear = (what: string): { readonly lack: Warning } => ({
  lack: {
    message: `no standard errors: ${what}, which is no log-likelihood`,
    hint: 'write all of it as a sum over the examples: sum(…) for mean(…)',
  },
});

function termsOf(scalar: Node, variables: readonly Node[], sizes: Sizes): Term[] {
  const moving = dependents(topological([scalar]), variables);
  const terms: Term[] = [];
  const open: { node: Node; scale: number; byData: boolean }[] = [{ node: scalar, scale: 1, byData: false }];
  while (open.length > 0) {
    const { node, scale, byData } = open.pop()!;
    if (!moving.has(node)) continue;
    if (node.kind === 'definition') open.push({ node: node.value, scale, byData });
    else if (node.kind === 'sum') open.push(...node.terms.map((term) => ({ node: term, scale, byData })));
    else if (node.kind === 'contraction') {
      const still = node.factors.filter((factor) => !moving.has(factor) && factor.shape.length === 0);
      const lengths = still.map((factor) => lengthOf(factor, sizes));
      const own = lengths.reduce<number>((product, length) => product * (length ?? 1), 1);
      const next = {
        scale: scale * own,
        byData: byData || still.some((factor, k) => lengths[k] === undefined && addsData(factor)),
      };
      const [inner, other] = node.factors.filter((factor) => moving.has(factor));
      // 1/8 before a sum of 8 is their mean, however it is written.
      const isScalar = other === undefined && inner!.shape.length === 0;
      if (isScalar) open.push({ node: inner!, ...next, scale: next.scale / literalCount(node, inner!, sizes) });
      else terms.push({ ...next, scale: next.scale / literalCount(node, node, sizes) });
    } else terms.push({ scale, byData });
  }
  return terms;
}

/** The count of examples that a coefficient such as 1/8 or 1/16 divides their sum by, where the length is a number; else 1. */
function literalCount({ coefficient }: Contraction, summed: Node, sizes: Sizes): number {
  const sum = summed.kind === 'definition' ? summed.value : summed;
  if (sum.kind !== 'contraction') return 1;
  const lengths = [...new Set(sum.indices.flat())].filter((i) => i >= 0 && !sum.result.includes(i)).map((i) => lengthAt(sum, i));
  if (lengths.length === 0 || lengths.some((length) => typeof length !== 'number')) return 1;
  const count = lengths.reduce<number>((product, length) => product * sizeOf(length!, sizes), 1);
  const share = coefficient.abs().mul(count);
  return count > 1 && (share.equals(1) || share.equals(0.5)) ? count : 1;
}

const lengthAt = ({ factors, indices }: Contraction, index: number) => {
  const at = indices.findIndex((own) => own.includes(index));
  return factors[at]!.shape[indices[at]!.indexOf(index)];
};

/** The value of what is made of lengths of axes alone; undefined for anything else. */
function lengthOf(node: Node, sizes: Sizes): number | undefined {
  if (node.kind === 'variable') return node.role === 'size' ? sizes.get(node.name) : undefined;
  if (node.kind === 'definition') return lengthOf(node.value, sizes);
  const parts =
    node.kind === 'sum' ? node.terms : node.kind === 'apply' ? node.args : node.kind === 'contraction' ? node.factors : [];
  const values = parts.map((part) => lengthOf(part, sizes));
  if (values.includes(undefined)) return undefined;
  const known = values as number[];
  if (node.kind === 'sum') return known.reduce((sum, value) => sum + value, 0);
  if (node.kind === 'contraction' && node.shape.length === 0)
    return known.reduce((product, value) => product * value, Number(node.coefficient.valueOf()));
  return node.kind === 'apply' && node.operator.name === 'pow' ? known[0]! ** known[1]! : undefined;
}

/** Whether entries of arrays of data are added up. */
const addsData = (node: Node): boolean =>
  topological([node]).some(
    (n) => n.kind === 'contraction' && n.indices.flat().some((i) => i >= 0 && !n.result.includes(i)) && readsData(n),
  );

/** Whether a quantity depends on data. */
export const readsData = (node: Node): boolean => topological([node]).some((n) => n.kind === 'variable' && n.role === 'data');
