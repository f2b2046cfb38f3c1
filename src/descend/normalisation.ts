import { type Dim, sizeOf } from '../graph/dimension.ts';
import { constantOf } from '../graph/forms.ts';
import { type Contraction, isOfEntries, type Node } from '../graph/node.ts';
import { topological } from '../graph/traverse.ts';

export type Sizes = ReadonlyMap<string, number>;

/** What a product multiplies the part of a cost in it by that tells nothing of how sure the part is. */
export interface Normalisation {
  /** ½ of squares in a log-likelihood; otherwise 1. */
  readonly half: 0.5 | 1;
  /** What is made of lengths: 1/n of a mean of n, 1/(n − 2). */
  readonly share: number;
}

/**
 * Lengths that are names are known by them. One that is a number has become a part of the coefficient: 1/3 divides by it where
 * three entries are added up below, and everything else that they are added with is divided out, too.
 * @param moving what depends on what is learned
 */
export function normalisation(node: Contraction, moving: ReadonlySet<Node>, sizes: Sizes): Normalisation {
  const still = node.factors.filter((factor) => !moving.has(factor)).map((factor) => partsOf(factor, sizes));
  const number = still.reduce((product, part) => product * Math.abs(part.number), Math.abs(Number(node.coefficient.valueOf())));
  const share = still.reduce((product, part) => product * part.lengths, 1);
  if (isNear(number, 1)) return { half: 1, share };
  const runs = additions(node, moving, sizes);
  for (const run of runs) {
    const { counted, named } = run;
    if (counted === 1 || !isNear(named * share, 1)) continue;
    // ½ is that of a log-likelihood, unless all that is added up are two.
    if (isNear(number, 0.5) && run !== runs.at(-1)) continue;
    if (isNear(number * counted, 1)) return { half: 1, share: number * share };
    if (isNear(number * counted, 0.5)) return { half: 0.5, share: 2 * number * share };
  }
  return { half: isNear(number, 0.5) ? 0.5 : 1, share };
}

const isNear = (x: number, to: number): boolean => Math.abs(x - to) <= 1e-12 * to;

/** How many entries are added up, of axes whose lengths are numbers, and of those whose lengths are names. */
interface Addition {
  readonly counted: number;
  readonly named: number;
}

/** The sums that a product is of, those that they are of, and so on, as long as nothing else is done to them; and each run of these. */
function additions(node: Contraction, moving: ReadonlySet<Node>, sizes: Sizes): Addition[] {
  const found: Addition[] = [];
  let runs: readonly Addition[] = [];
  for (let at: Node = node; ; ) {
    if (at.kind === 'definition') at = at.value;
    else if (at.kind !== 'contraction' || (at !== node && !addsOnly(at))) return found;
    else {
      const over = summed(at);
      const counted = over.reduce<number>((n, length) => (typeof length === 'number' ? n * length : n), 1);
      const named = over.reduce<number>((n, length) => (typeof length === 'number' ? n : n * sizeOf(length, sizes)), 1);
      if (over.length > 0)
        runs = [{ counted: 1, named: 1 }, ...runs].map((run) => ({ counted: run.counted * counted, named: run.named * named }));
      found.push(...runs);
      const inner: readonly Node[] = at.factors.filter((factor) => moving.has(factor));
      if (inner.length !== 1 || (at !== node && !at.coefficient.equals(1))) return found;
      at = inner[0]!;
    }
  }
}

/** No numbers are multiplied by that have names. */
const addsOnly = ({ factors }: Contraction): boolean => factors.length === 1 || factors.every(({ shape }) => shape.length > 0);

/** The lengths of the axes that a product is added up over. */
export function summed({ factors, indices, result }: Contraction): Dim[] {
  const over = new Set(indices.flat().filter((i) => i >= 0 && !result.includes(i)));
  return [...over].map((index) => {
    const at = indices.findIndex((own) => own.includes(index));
    return factors[at]!.shape[indices[at]!.indexOf(index)]!;
  });
}

/** What is multiplied: a number, what is made of lengths, and whether that is all. */
interface Parts {
  readonly number: number;
  readonly lengths: number;
  readonly isAll: boolean;
}

const REST: Parts = { number: 1, lengths: 1, isAll: false };

function partsOf(node: Node, sizes: Sizes): Parts {
  if (node.kind === 'definition') return partsOf(node.value, sizes);
  if (node.kind === 'variable') {
    const length = node.role === 'size' ? sizes.get(node.name) : undefined;
    return length === undefined ? REST : { number: 1, lengths: length, isAll: true };
  }
  if (node.kind === 'sum') {
    const terms = node.terms.map((term) => partsOf(term, sizes));
    if (!terms.every(({ isAll }) => isAll)) return REST;
    const value = terms.reduce((sum, { number, lengths }) => sum + number * lengths, 0);
    const isOfLengths = topological([node]).some((part) => part.kind === 'variable');
    return isOfLengths ? { number: 1, lengths: value, isAll: true } : { number: value, lengths: 1, isAll: true };
  }
  if (node.kind === 'contraction' && isOfEntries(node)) {
    const own = node.factors.map((factor) => partsOf(factor, sizes));
    return {
      number: own.reduce((product, part) => product * part.number, Number(node.coefficient.valueOf())),
      lengths: own.reduce((product, part) => product * part.lengths, 1),
      isAll: own.every(({ isAll }) => isAll),
    };
  }
  const exponent = node.kind === 'apply' && node.operator.name === 'pow' ? constantOf(node.args[1]!) : undefined;
  if (node.kind !== 'apply' || exponent === undefined) return REST;
  const { number, lengths, isAll } = partsOf(node.args[0]!, sizes);
  const power = Number(exponent.valueOf());
  return { number: number ** power, lengths: lengths ** power, isAll };
}
