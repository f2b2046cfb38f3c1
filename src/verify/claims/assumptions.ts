import { type Resting, restingOn } from '../../derivation/resting.ts';
import { constantOf } from '../../graph/forms.ts';
import { isZero, toNumber } from '../../graph/rational.ts';
import { topological } from '../../graph/traverse.ts';
import type { Input, Model } from '../../model/model.ts';
import { distribution, type Fact, type FactRecord, positive, symmetric } from '../../operators/facts.ts';
import { logsumexp } from '../../operators/reductions.ts';

/** Something that may be known of a name, under which a claim is right. */
export interface Assumption {
  readonly name: string;
  /** As it would be declared: `symmetric`, `distribution rows`, or `= 1` of a number that the source gives. */
  readonly fact: string;
  /** Left out where the number is known. */
  readonly known?: Fact;
  /** How a derivation says it, of a sum. */
  readonly resting?: Resting;
  /** What is so as a rule, of labels: a claim that rests on it is right, if it is said. */
  readonly usual: boolean;
}

/** What may be known of a model's names that is not declared: assumptions, each a list that is made together. */
export function* assumptions(model: Model, derivedBy: string): Generator<readonly Assumption[]> {
  const own = [...model.inputs.values()].flatMap((input) => {
    const value = input.role === 'data' ? numberOf(input) : undefined;
    return value === undefined ? [] : [{ name: input.name, fact: `= ${value}`, usual: false }];
  });
  if (own.length > 0) yield own;
  const labelled = hasClasses(model);
  for (const input of model.inputs.values()) {
    if (input.name === derivedBy && input.role !== 'data') continue;
    for (const { known, usual } of possible(input)) {
      if (!input.facts.some(({ record, axis }) => record === known.record && axis === known.axis))
        yield [about(input, known, usual && labelled && input.role === 'data')];
    }
  }
}

/** The number that the source gives a scalar; not 0, which makes every factor right. */
function numberOf({ node, initial }: Input): number | undefined {
  if (node.shape.length > 0 || initial?.kind !== 'expression') return undefined;
  const value = constantOf(initial.node);
  return value && !isZero(value) ? toNumber(value) : undefined;
}

/** Shares of classes are made, so that data may be their labels. */
const hasClasses = ({ objective }: Model): boolean =>
  topological([objective!.node]).some(
    (n) => n.kind === 'array' && (n.operator.sumsToOne || n.operator.name === logsumexp(1).name),
  );

function about({ name, node }: Input, known: Fact, usual: boolean): Assumption {
  const { record, axis } = known;
  const resting = record.sums && axis !== undefined ? restingOn({ node, axes: [axis], says: 'sum' }) : undefined;
  return { name, fact: known.text, known, usual, ...(resting && { resting }) };
}

/** Facts that make wrong derivatives right, and whether they are usual of data. */
function possible({ role, shape }: Input): { readonly known: Fact; readonly usual: boolean }[] {
  const found: { known: Fact; usual: boolean }[] = [];
  const add = (record: FactRecord, usual: boolean, axis?: number) => {
    const along =
      axis === undefined || shape.length < 2 ? '' : ` ${shape.length > 2 ? shape[axis]! : axis === 0 ? 'rows' : 'cols'}`;
    found.push({ known: { record, text: `${record.name}${along}`, ...(axis !== undefined && { axis }) }, usual });
  };
  if (!symmetric.misfit!(shape)) add(symmetric, false);
  if (role === 'param') return found;
  add(positive, false);
  shape.forEach((dim, axis) => {
    if (dim !== 1) add(distribution, true, axis);
  });
  return found;
}

/** The model with more known of it. */
export function assuming(model: Model, list: readonly Assumption[]): Model {
  const inputs = new Map(model.inputs);
  for (const { name, known } of list) {
    const input = inputs.get(name)!;
    inputs.set(name, known ? { ...input, facts: [...input.facts, known] } : { ...input, role: 'const' });
  }
  return { ...model, inputs };
}
