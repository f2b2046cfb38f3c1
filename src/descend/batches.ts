import { dimensionNames } from '../graph/dimension.ts';
import { GradusError } from '../language/diagnostics.ts';
import { knownName } from '../language/names.ts';
import type { Input, Model } from '../model/model.ts';
import type { Draw } from '../numeric/random.ts';

/**
 * The dimension that counts the examples: the one that the data share and no parameter has. `[2, m]` and `[1, m]` share
 * m; of `[n, d]` and `[n]`, with a parameter `[d]`, it is n.
 * @throws GradusError `usage` if there is none, several and no choice, or a recurrence runs along it
 */
export function exampleAxis(model: Model, wanted?: string): string {
  const axis = chosenAxis(model, wanted);
  if (model.graph.steps.runAlong(axis))
    throw new GradusError(
      'usage',
      `${axis} counts the steps of a recurrence, each of which needs the one before: it cannot be cut`,
      {
        hint: 'train with all steps at once, and without parts for validation or test; several sequences have an axis of their own',
      },
    );
  return axis;
}

function chosenAxis(model: Model, wanted?: string): string {
  const { names, shared } = countingAxes(model);
  const choice = wanted && knownName(wanted, [...model.inputs.values()].flatMap(namesOf));
  if (choice !== undefined) {
    if (names.includes(choice)) return choice;
    throw new GradusError('usage', `${choice} does not count examples`, {
      hint: names.length > 0 ? `the data have ${names.join(', ')}` : HINT,
    });
  }
  if (shared.length === 1) return shared[0]!;
  if (names.length === 0)
    throw new GradusError('usage', 'the data cannot be cut into batches: no axis counts examples', { hint: HINT });
  throw new GradusError(
    'argument',
    `the data cannot be cut into batches: the examples could be counted by ${names.join(' or ')}`,
    {
      hint: 'say which with batchAxis (--batch-axis)',
    },
  );
}

/** The same where it is clear; undefined where there is none, or a choice. */
export function axisOfExamples(model: Model): string | undefined {
  const { shared } = countingAxes(model);
  return shared.length === 1 ? shared[0] : undefined;
}

/** The axes of data that no parameter has, and those of them that all data share. */
function countingAxes(model: Model): { names: string[]; shared: string[] } {
  const inputs = [...model.inputs.values()];
  const learned = new Set(inputs.filter((i) => i.role === 'param').flatMap(namesOf));
  const data = inputs.filter((i) => i.role === 'data').map((i) => namesOf(i).filter((name) => !learned.has(name)));
  const names = [...new Set(data.flat())];
  return { names, shared: names.filter((name) => data.every((own) => own.length === 0 || own.includes(name))) };
}

const HINT = "give the examples' axis of the data a name: data X : [2, m]";

const namesOf = (input: Input): string[] => input.shape.flatMap(dimensionNames);

/** The axis of an input that counts the examples, if it has one. @throws GradusError `unsupported` if it cannot be cut */
export function axisOf(input: Input, name: string): number | undefined {
  const axes = input.shape.flatMap((dim, axis) => (dimensionNames(dim).includes(name) ? [axis] : []));
  const [axis] = axes;
  if (axis === undefined) return undefined;
  // The entries of a part do not sum to 1, as the derivatives that run take for granted.
  const cut = input.facts.find((fact) => fact.record.sums && (fact.axis ?? axis) === axis);
  if (cut)
    throw new GradusError(
      'unsupported',
      `${input.name} is declared ${cut.text}: its entries sum to 1 over all examples, not over a batch`,
      {
        span: input.span,
        hint: 'train with all examples at once, or declare it without the fact',
      },
    );
  if (axes.length === 1 && input.shape[axis] === name) return axis;
  throw new GradusError('unsupported', `${input.name} : [${input.shape.join(', ')}] cannot be cut into batches along ${name}`, {
    span: input.span,
    hint: `${name} alone must be the length of one of its axes, and of one only`,
  });
}

/** Puts the numbers of an order into a new one (Fisher and Yates; Knuth 3.4.2 P). */
export function shuffle(order: Uint32Array, draw: Draw): void {
  for (let last = order.length - 1; last > 0; last--) {
    const other = Math.floor(draw.uniform(0, last + 1));
    const moved = order[last]!;
    order[last] = order[other]!;
    order[other] = moved;
  }
}
