import type { Node } from '../graph/node.ts';
import type { Block, Derived, Formula, Valued } from './document.ts';
import { type Measured, type Remark, rateText } from './numbers.ts';
import { signOf } from './textbook.ts';
import type { Words } from './words/index.ts';

type MakeFormula = (node: Node, target: string, quantity?: Node) => Formula;

/** The numbers behind a derivation, a step of descent, and what is to be said where these are missing. */
export function numbered(derived: Derived, formula: MakeFormula, words: Words): Block[] {
  const { numbers, name } = derived;
  if (!numbers) return [];
  const { forward, backward, update, remarks } = numbers;
  const called = calledIn(derived);
  const row = ({ name, node, by, filled, shape, data, examples, none }: Measured): Valued => {
    const target = called(name);
    return {
      target,
      shape,
      data,
      ...(!filled && { formula: formula(node, target, by) }),
      ...(examples !== undefined && { examples }),
      ...(none && { none }),
    };
  };
  const again = (update?.forward ?? []).map((one) => row({ ...one, filled: true }));
  const values: [title: string, rows: readonly Valued[]][] = [
    [words.forward, forward.map(row)],
    [words.backward, backward.map(row)],
  ];
  const steps = update?.parameters.map((one) => ({ ...one, slope: called(one.slope) }));
  return [
    ...values.flatMap(([title, rows]): Block[] => (rows.length > 0 ? [{ kind: 'values', title, rows }] : [])),
    ...(update ? [{ kind: 'update', update: { ...update, parameters: steps! } } as const] : []),
    ...(again.length > 0 ? [{ kind: 'values', title: words.forwardAgain, rows: again } as const] : []),
    ...remarks.map((remark) => ({ kind: 'note', text: remarkIn(remark, name, words) }) as const),
  ];
}

/** What the derivation calls a derivative: f″ is no ∂f′/∂x, and beside d/dx there is no ∂. */
function calledIn({ name, wrt, last, textbooks: told, model }: Derived): (target: string) => string {
  const sign = told.length > 0 ? signOf(model.objective!.node) : '∂';
  const known = new Map<string, string>(
    wrt.map((by) => [`∂${name}/∂${by}`, last[0]?.name ?? `${sign}${name}/${sign}${by}`] as const),
  );
  return (target) => known.get(target) ?? target;
}

function remarkIn(remark: Remark, objective: string, { numbers }: Words): string {
  switch (remark.kind) {
    case 'flat':
      return numbers.flat;
    case 'unimproved':
      return numbers.unimproved(objective, remark.climbs);
    case 'noStep':
      return numbers.noStep(rateText(remark.rate));
    default:
      return numbers[remark.kind](objective);
  }
}
