import type { Model } from '../model/model.ts';
import type { Fact } from '../operators/facts.ts';
import type { Parameters } from './outcome.ts';
import { parametersOf } from './step.ts';

/** A parameter that a run has brought to the border of what its facts allow. */
export interface AtBound {
  readonly name: string;
  /** The fact as it is declared: `in 0..1`, `positive`. */
  readonly fact: string;
  /** What it lies at. */
  readonly bound: number;
  /** How many of its entries do, of how many. */
  readonly entries: number;
  readonly of: number;
}

/** Where the step of a projected gradient stops, it stops exactly; a positive parameter comes near 0 without end. */
const NEAR = 1e-9;

const lies = (x: number, bound: number): boolean => Math.abs(x - bound) <= NEAR * Math.max(1, Math.abs(bound));

const boundsOf = ({ record: { bounds } }: Fact): number[] => (bounds ? [bounds.least, bounds.most] : []).filter(Number.isFinite);

/** Whether a number lies at a bound of one of the facts. */
export const isAtBound = (facts: readonly Fact[], x: number): boolean =>
  facts.some((fact) => boundsOf(fact).some((bound) => lies(x, bound)));

/** The parameters that lie at a bound: there the minimum may be one of the range alone. */
export function atBounds(model: Model, learned: Parameters): readonly AtBound[] {
  return parametersOf(model).flatMap(({ name, facts }) => {
    const numbers = learned.get(name);
    if (!numbers) return [];
    return facts.flatMap((fact) =>
      boundsOf(fact).flatMap((bound) => {
        const entries = numbers.filter((x) => lies(x, bound)).length;
        return entries > 0 ? [{ name, fact: fact.text, bound, entries, of: numbers.length }] : [];
      }),
    );
  });
}
