import type { Application } from '../calculus/differentiate.ts';
import type { Dim } from '../graph/dimension.ts';
import { type Contraction, type Node, UNIT } from '../graph/node.ts';
import type { Rule } from '../operators/operator.ts';

/** How telling a rule is: of those that lead to one result, the most telling names the step. */
export const Weight = { sum: 0, constant: 1, reduction: 2, transpose: 3, broadcast: 4, product: 5, function: 6 } as const;

/** The rule that an application is an instance of. */
export interface Named extends Rule {
  readonly weight: number;
}

/** The rule by which `node` passes its adjoint on to one of its parts. */
export function ruleOf({ node, position, part }: Application, nameOf: (n: Node) => string): Named {
  switch (node.kind) {
    case 'apply':
      return { ...node.operator.rule, weight: Weight.function };
    case 'contraction':
      return contractionRule(node, position, nameOf(part));
    case 'sum':
      return {
        id: 'sum',
        name: 'sum rule',
        why: 'The derivative of a sum passes unchanged to each of its terms.',
        weight: Weight.sum,
      };
    default:
      return { id: 'definition', name: 'definition', why: 'A name stands for its expression.', weight: Weight.sum };
  }
}

/** The one linear rule, under the name that people know it by in each of its shapes. */
function contractionRule(node: Contraction, position: number, name: string): Named {
  const own = node.indices[position]!.filter((i) => i !== UNIT);
  const result = node.result.filter((i) => i !== UNIT);
  const others = node.factors.filter((_, k) => k !== position);
  if (others.some((f) => f.shape.some((d) => d !== 1)) || (others.length > 0 && own.length === 0 && result.length === 0)) {
    const entrywise = node.indices.every((list) => list.every((i) => i === UNIT || node.result.includes(i)));
    return {
      id: entrywise ? 'product' : 'matrix product',
      name: 'product rule',
      why: entrywise
        ? `${name} is multiplied entry by entry, so what arrives is multiplied by the other factors.`
        : `${name} is multiplied by the other factor; summing over the index that the two share gives what reaches each entry of ${name}.`,
      weight: Weight.product,
    };
  }
  const repeated = result.filter((i) => !own.includes(i));
  if (repeated.length > 0) {
    return {
      id: 'broadcast',
      name: 'broadcast rule',
      why: `${name} is ${sharedBy(node, repeated)}, so their contributions add up.`,
      weight: Weight.broadcast,
    };
  }
  if (own.some((i) => !result.includes(i))) {
    const trace = new Set(own).size < own.length;
    return trace
      ? { id: 'trace', name: 'trace rule', why: `Only the diagonal of ${name} counts.`, weight: Weight.reduction }
      : {
          id: 'reduction',
          name: 'sum over entries',
          why: `Every entry of ${name} counts once in the sum.`,
          weight: Weight.reduction,
        };
  }
  if (own.length > 1 && own.join() !== result.join()) {
    return { id: 'transpose', name: 'transpose rule', why: 'What arrives is transposed back.', weight: Weight.transpose };
  }
  return { id: 'constant', name: 'constant factor', why: 'A constant factor stays.', weight: Weight.constant };
}

/** `shared by all m columns`: where a repeated array is used again. */
function sharedBy(node: Contraction, repeated: readonly number[]): string {
  const long = node.result.filter((i) => i !== UNIT);
  if (node.result.length > 2 || (long.length === 2 && repeated.length === 2)) return 'shared by all entries';
  const axis = node.result.indexOf(repeated[0]!);
  const size = node.sizes[repeated[0]!]!;
  if (node.result.length === 1) return `shared by all ${size} entries`;
  return `shared by all ${size} ${axis === 1 ? 'columns' : 'rows'}`;
}

/**
 * The dimension check of a matrix product: `(1×m)·(m×2) = (1×2)`. Undefined for anything that is not the product of
 * two arrays over one shared index.
 */
export function dimensionCheck(node: Node): string | undefined {
  if (node.kind !== 'contraction' || node.result.length > 2) return undefined;
  const arrays = node.indices.filter((own) => own.some((i) => i !== UNIT));
  if (arrays.length !== 2 || arrays.some((own) => own.length > 2)) return undefined;
  const summed = node.sizes.map((_, i) => i).filter((i) => !node.result.includes(i));
  if (summed.length !== 1 || !arrays.every((own) => own.includes(summed[0]!))) return undefined;
  const [row, col] = node.result.length === 2 ? node.result : [node.result[0] ?? UNIT, UNIT];
  const size = (i: number): Dim => (i === UNIT ? 1 : node.sizes[i]!);
  const by = (a: number, b: number) => `(${size(a)}×${size(b)})`;
  return `${by(row!, summed[0]!)}·${by(summed[0]!, col!)} = ${by(row!, col!)}`;
}
