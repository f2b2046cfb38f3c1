import type { Input, Model } from '../../calculus/check.ts';
import { constantOf } from '../../graph/graph.ts';
import { isZero, toNumber } from '../../graph/rational.ts';

/** Something that may be known of a name, under which a claim is right. */
export interface Assumption {
  readonly name: string;
  /** As it would be declared: `symmetric`, or `= 1` of a number that the source gives. */
  readonly fact: string;
  /** What is so as a rule, of labels, or what the source says: a claim that rests on it is right, if it is said. */
  readonly usual: boolean;
}

/** What may be known of a model's names that is not declared: assumptions, each a list that is made together. */
export function* assumptions(model: Model, derivedBy: string): Generator<readonly Assumption[]> {
  const own = [...model.inputs.values()].flatMap((input) => {
    const value = input.role === 'data' ? numberOf(input) : undefined;
    return value === undefined ? [] : [{ name: input.name, fact: `= ${value}`, usual: true }];
  });
  if (own.length > 0) yield own;
  for (const input of model.inputs.values()) {
    if (input.name === derivedBy && input.role !== 'data') continue;
    for (const { fact, fits, usual } of POSSIBLE) {
      if (fits(input) && !input.facts.some((known) => known.startsWith(fact)))
        yield [{ name: input.name, fact, usual: usual && input.role === 'data' }];
    }
  }
}

/** The number that the source gives a scalar; not 0, which makes every factor right. */
function numberOf({ node, initial }: Input): number | undefined {
  if (node.shape.length > 0 || initial?.kind !== 'expression') return undefined;
  const value = constantOf(initial.node);
  return value && !isZero(value) ? toNumber(value) : undefined;
}

/** Facts that make wrong derivatives right, each with the declarations that it may stand at. */
const POSSIBLE: readonly { readonly fact: string; readonly usual: boolean; readonly fits: (input: Input) => boolean }[] = [
  { fact: 'symmetric', usual: false, fits: ({ node: { shape } }) => shape.length === 2 && shape[0] === shape[1] },
  { fact: 'positive', usual: false, fits: ({ role }) => role !== 'param' },
];

/** The model with more known of it. */
export function assuming(model: Model, list: readonly Assumption[]): Model {
  const inputs = new Map(model.inputs);
  for (const { name, fact } of list) {
    const input = inputs.get(name)!;
    inputs.set(name, fact.startsWith('=') ? { ...input, role: 'const' } : { ...input, facts: [...input.facts, fact] });
  }
  return { ...model, inputs };
}
