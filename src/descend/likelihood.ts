import type { Node } from '../graph/node.ts';
import { dependents, topological } from '../graph/traverse.ts';
import type { Warning } from '../language/diagnostics.ts';
import { normalisation, type Sizes, summed } from './normalisation.ts';

/** A term of a cost: what lengths of axes multiply it by, 1/n of a mean of n. */
interface Term {
  readonly share: number;
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
  const moving = dependents(topological([scalar]), variables);
  const terms = termsOf(scalar, moving, sizes, 'numbers');
  if (terms.some(({ byData }) => byData)) return unclear('the cost is divided by a sum of data');
  // What is a mean over one axis after the other is one over both, unless it is the model that has means.
  const found = common(termsOf(scalar, moving, sizes, 'arrays')) ?? common(terms);
  if (found !== undefined) return { times: 1 / found };
  return unclear(
    terms.every(isMean) ? 'the cost adds means over different numbers of entries' : 'the cost adds a mean and what is none',
  );
}

/** What stands n times in a sum over n may be written as a product. */
const shareOf = ({ share }: Term): number => Math.min(1, share);

const isMean = (term: Term): boolean => shareOf(term) < 1;

/** The share that all terms have. */
function common(terms: readonly Term[]): number | undefined {
  const [first = 1, ...others] = terms.map(shareOf);
  return !Number.isNaN(first) && others.every((share) => Math.abs(share - first) <= 1e-12 * first) ? first : undefined;
}

const unclear = (what: string): { readonly lack: Warning } => ({
  lack: {
    message: `no standard errors: ${what}, which is no log-likelihood`,
    hint: 'write all of it as a sum over the examples: sum(…) for mean(…)',
  },
});

/** @param within whether terms are looked for in scalars alone, or means in arrays, too */
function termsOf(scalar: Node, moving: ReadonlySet<Node>, sizes: Sizes, within: 'numbers' | 'arrays'): Term[] {
  const terms: Term[] = [];
  const open: { node: Node; share: number; byData: boolean }[] = [{ node: scalar, share: 1, byData: false }];
  while (open.length > 0) {
    const { node, share, byData } = open.pop()!;
    if (!moving.has(node)) continue;
    const isArray = node.shape.length > 0;
    if (isArray && within === 'numbers') terms.push({ share, byData });
    else if (node.kind === 'definition') open.push({ node: node.value, share, byData });
    else if (node.kind === 'sum') open.push(...node.terms.map((term) => ({ node: term, share, byData })));
    else if (node.kind === 'contraction') {
      const still = node.factors.filter((factor) => !moving.has(factor));
      const next = {
        share: share * normalisation(node, moving, sizes).share,
        byData: byData || still.some((factor) => factor.shape.length === 0 && addsData(factor)),
      };
      const [inner, ...others] = node.factors.filter((factor) => moving.has(factor));
      // What arrays weigh is a part of the model.
      if (still.some(({ shape }) => shape.length > 0)) terms.push(next);
      else if (others.length === 0) open.push({ node: inner!, ...next });
      else terms.push({ ...next, share: [inner!, ...others].reduce((all, f) => all * shareIn(f, moving, sizes), next.share) });
    } else terms.push({ share: hasMean(node, moving, sizes) ? Number.NaN : share, byData });
  }
  return terms;
}

/** The share of a number that another number multiplies: of mean(r²) in mean(r²)/s². */
function shareIn(factor: Node, moving: ReadonlySet<Node>, sizes: Sizes): number {
  return factor.shape.length > 0 ? 1 : (common(termsOf(factor, moving, sizes, 'arrays')) ?? Number.NaN);
}

/** Whether a function is one of a mean, as log(mean(r²)): of how many examples it tells cannot be said. */
const hasMean = (node: Node, moving: ReadonlySet<Node>, sizes: Sizes): boolean =>
  topological([node]).some(
    (n) => n.kind === 'contraction' && n.shape.length === 0 && moving.has(n) && normalisation(n, moving, sizes).share < 1,
  );

/** Whether entries of arrays of data are added up. */
const addsData = (node: Node): boolean =>
  topological([node]).some((n) => n.kind === 'contraction' && summed(n).length > 0 && readsData(n));

/** Whether a quantity depends on data. */
export const readsData = (node: Node): boolean => topological([node]).some((n) => n.kind === 'variable' && n.role === 'data');
