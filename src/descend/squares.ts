import { constantOf } from '../graph/forms.ts';
import type { Graph } from '../graph/graph.ts';
import { type Apply, type Contraction, type Node, UNIT } from '../graph/node.ts';
import { dependents, topological } from '../graph/traverse.ts';
import { power } from '../operators/power.ts';

/** Σ weight·residual² over all entries; both have one shape, and the weight does not depend on what is learned. */
export interface Squares {
  readonly residual: Node;
  readonly weight: Node;
  /** The products that it was found within, whose factors the weight is made of. */
  readonly within: readonly Contraction[];
  /** Whether it is the residual itself that is squared, not a power of it. */
  readonly plain: boolean;
}

/**
 * A scalar as a sum of weighted squares and of what does not depend on the variables. Squares are recognised under sums,
 * coefficients, means, weights and names; a higher even power is the square of half of it. What is subtracted is none.
 * @param sign −1 where it is the negative of the scalar that is the sum
 * @returns undefined for a scalar that is none
 */
export function sumOfSquares(
  g: Graph,
  scalar: Node,
  variables: readonly Node[],
  sign: 1 | -1 = 1,
): readonly Squares[] | undefined {
  const moving = dependents(topological([scalar]), variables);
  const found: Squares[] = [];
  // What is still to be taken apart, each with the weight of its entries.
  const open: Open[] = [{ node: scalar, weight: g.constant(1, scalar.shape), within: [], sign }];
  while (open.length > 0) {
    const { node, weight, within, sign } = open.pop()!;
    if (!moving.has(node)) continue;
    if (node.kind === 'definition') open.push({ node: node.value, weight, within, sign });
    else if (node.kind === 'sum') open.push(...[...node.terms].reverse().map((term) => ({ node: term, weight, within, sign })));
    else if (node.kind === 'apply') {
      const root = sign > 0 ? rootOfPower(g, node) : undefined;
      if (!root) return undefined;
      found.push({ ...root, weight, within });
    } else if (node.kind === 'contraction') {
      const part = movingPart(g, node, weight, moving);
      if (!part) return undefined;
      const next = {
        node: part.node,
        weight: part.weight,
        within: [...within, node],
        sign: Number(node.coefficient.valueOf()) < 0 ? -sign : sign,
      };
      if (!part.squared) open.push(next);
      else if (next.sign > 0) found.push({ residual: next.node, weight: next.weight, within: next.within, plain: true });
      else return undefined;
    } else return undefined;
  }
  return found.length > 0 ? found : undefined;
}

interface Open {
  readonly node: Node;
  readonly weight: Node;
  readonly within: readonly Contraction[];
  /** Whether it is added or subtracted. */
  readonly sign: number;
}

/** Of an even power what is squared in it. */
function rootOfPower(g: Graph, { operator, args }: Apply): Pick<Squares, 'residual' | 'plain'> | undefined {
  if (operator.name !== 'pow') return undefined;
  const exponent = constantOf(args[1]!);
  const half = exponent && Number(exponent.valueOf()) / 2;
  if (!half || !Number.isInteger(half) || half < 1) return undefined;
  return { residual: half === 1 ? args[0]! : power(g, args[0]!, half), plain: half === 1 };
}

/** The factor of a product that depends on the variables, or the one that stands there twice, and the weight of its entries. */
function movingPart(g: Graph, node: Contraction, weight: Node, moving: ReadonlySet<Node>) {
  const places = node.factors.flatMap((factor, k) => (moving.has(factor) ? [k] : []));
  const [at, other] = places as [number, number | undefined];
  const own = node.indices[at]!;
  const squared = other !== undefined;
  if (places.length > 2 || (squared && (node.factors[at] !== node.factors[other] || `${own}` !== `${node.indices[other]}`)))
    return undefined;
  const named = own.filter((i) => i !== UNIT);
  if (new Set(named).size < named.length) return undefined;
  const given = node.factors.flatMap((_, k) => (places.includes(k) ? [] : [k]));
  const shape = node.factors[at]!.shape;
  const sizes = new Map([...node.sizes.entries(), ...own.map((i, k) => [i, shape[k]!] as const)]);
  const factors = [weight, ...given.map((k) => node.factors[k]!)];
  const indices = [node.result, ...given.map((k) => node.indices[k]!)];
  const all = g.contract({ coefficient: node.coefficient.abs(), factors, indices, result: own, sizes });
  return { node: node.factors[at]!, weight: all, squared };
}
