import { describe, expect, test } from 'vitest';
import { type Applied, chainFormulaOf, formulaOf, type RuleId } from '../../src/derivation/rules.ts';
import { arrayOperators, operators } from '../../src/operators/index.ts';
import { generalFaults } from './formulas/general.ts';
import { arrayFaults } from './formulas/of-arrays.ts';
import { entrywiseFaults } from './formulas/of-entries.ts';

/** Every formula that stands beside a step is read, and is worth what the records derive. */

interface Shown {
  readonly formula: string;
  readonly faults: (formula: string) => string[];
}

const ENTRYWISE: readonly Shown[] = operators
  // What only runs stands beside no step.
  .filter(({ internal, rule }) => !internal && rule.formula !== undefined)
  .flatMap((operator) => {
    const faults = (formula: string) => entrywiseFaults(operator, formula);
    const formulas = new Set([operator.rule.formula!, chainFormulaOf({ id: operator, name: '' })!]);
    return [...formulas].map((formula) => ({ formula, faults }));
  });

/** Rules by what moves: aˣ is derived otherwise than xᵃ. */
const MOVING: readonly Shown[] = [
  { moving: [1], letters: ['a', 'u'] },
  { moving: [0, 1], letters: ['u', 'v'] },
].flatMap(({ moving, letters }) => {
  const power = operators.find(({ name }) => name === 'pow')!;
  const { formula } = power.ruleBy!(moving);
  return [{ formula: formula!, faults: (text: string) => entrywiseFaults(power, text, moving, letters) }];
});

const ARRAYS: readonly Shown[] = arrayOperators.flatMap((operator) => {
  const faults = (formula: string) => arrayFaults(operator, formula);
  return [operator.rule.formula, operator.rule.byEntries].flatMap((formula) => (formula ? [{ formula, faults }] : []));
});

const RULES: readonly RuleId[] = ['sum', 'constant-factor', 'product', 'quotient', 'mean', 'norm'];
const GENERAL: readonly Shown[] = RULES.map((id) => {
  const applied: Applied = { id, name: '' };
  return { formula: formulaOf(applied)!, faults: generalFaults };
});

const SHOWN = [...ENTRYWISE, ...MOVING, ...ARRAYS, ...GENERAL];

describe.each(SHOWN)('$formula', ({ formula, faults }) => {
  test('is what is derived', () => expect(faults(formula)).toEqual([]));
});

/** Each sign the other way round, one at a time, and that of the right side. */
function slips(formula: string): string[] {
  const right = formula.search(/ = (?!0)/u);
  if (right < 0) return [];
  const others = new Map([...'+−', ...'⁺⁻'].map((sign, k, all) => [sign, all[k % 2 === 0 ? k + 1 : k - 1]!]));
  const swapped = [...formula].flatMap((sign, k, all) => {
    const other = k > right ? others.get(sign) : undefined;
    return other === undefined ? [] : [all.with(k, other).join('')];
  });
  const isNegative = formula.startsWith(' = −', right);
  return [...(isNegative ? [] : [formula.replace(/ = (?!0)/u, ' = −1·')]), ...swapped];
}

test.each(SHOWN.flatMap((shown) => slips(shown.formula).map((slip) => ({ ...shown, slip }))))(
  'that $slip is not so is seen',
  ({ slip, faults }) => expect(faults(slip)).not.toEqual([]),
);
