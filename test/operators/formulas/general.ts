import { relative } from '../../support/sample.ts';
import { calls } from './calls.ts';
import { clausesOf } from './clauses.ts';
import { meaningOf, rateOf, type Scope } from './notation.ts';
import { entries, make, type Value } from './values.ts';

/** What a rule of calculus says, beside differences of its left side. */

const NUMBERS = new Map([
  ['u', 1.3],
  ['v', -0.7],
  ['c', 2.1],
  ['n', 3],
]);
const RATES = new Map([
  ['u', 0.4],
  ['v', 1.9],
]);
const VECTOR = make(3, 1, (i) => [0.4, -1.1, 2.3][i]!);
const CLOSE = 1e-8;

export function generalFaults(formula: string): string[] {
  return clausesOf(formula).flatMap((clause) => {
    if (clause.kind !== 'dash' && clause.kind !== 'by') throw new Error(`no rule of calculus: ${clause.kind}`);
    const letters = new Map<string, Value>(clause.kind === 'by' ? [...NUMBERS, ['x', VECTOR]] : NUMBERS);
    const known = new Set(letters.keys());
    const worth = (text: string) => meaningOf(text, calls, known);
    const scope: Scope = { letters, rates: RATES, own: [] };
    const meant = clause.kind === 'dash' ? entries(rateOf(worth(clause.of), scope)) : gradient(worth(clause.of), letters);
    return clause.is.flatMap((side) => {
      const found = entries(worth(side)(scope));
      // An entry may be the same for all of them: 1/n.
      const isSo = meant.every((x, k) => relative(found[k % found.length]!, x) < CLOSE);
      return isSo ? [] : [`${side} is ${found}, and ${meant} by differences`];
    });
  });
}

const gradient = (of: ReturnType<typeof meaningOf>, letters: ReadonlyMap<string, Value>): number[] =>
  [0, 1, 2].flatMap((at) => {
    const rates = new Map<string, Value>([['x', make(3, 1, (i) => Number(i === at))]]);
    return entries(rateOf(of, { letters, rates, own: [] }));
  });
