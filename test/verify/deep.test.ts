import { expect, test } from 'vitest';
import { elaborate } from '../../src/elaborate/elaborate.ts';
import { Graph } from '../../src/graph/graph.ts';
import { derive } from '../../src/index.ts';
import { parse } from '../../src/language/parser.ts';
import { pow } from '../../src/operators/power.ts';
import { identical } from '../../src/verify/exact/identical.ts';
import { isSignless } from '../../src/verify/judge/signless.ts';

/** Judging many partials at once costs little more than one. */

/** Layers of two units, one after the other. */
function network(layers: number): string {
  const rest = Array.from({ length: layers }, (_, k) => k + 1);
  return [
    'data X : [2, m]; data Y : [2, m]',
    ...rest.map((k) => `param W${k} : [2, 2], b${k} : [2]`),
    ...rest.map((k) => `A${k} = tanh(W${k}*${k === 1 ? 'X' : `A${k - 1}`} + b${k})`),
    `minimize C = sum((A${layers} - Y).^2)`,
  ].join('\n');
}

test('one side without a value leaves the others what they are', () => {
  const model = elaborate(parse('x^2 + y'));
  const g = model.graph;
  const x = model.inputs.get('x')!.node;
  const none = g.mul(g.apply(pow, g.constant(0), g.constant(-1)), x);
  const pairs = Array.from({ length: 9 }, (_, k) => {
    const side = g.sum(x, k);
    return k === 4 ? ([none, side] as const) : ([g.mul(side, side), g.apply(pow, side, g.constant(2))] as const);
  });
  const outcomes = identical(model, pairs).map(({ outcome }) => outcome);
  expect(outcomes.filter((outcome) => outcome === 'identical')).toHaveLength(8);
  expect(outcomes[4]).not.toBe('identical');
});

test('what exponentials make has no signs to be turned, roots and logarithms have', () => {
  const of = (source: string) => elaborate(parse(source)).objective!.node;
  expect(isSignless([of('tanh(x)^2*exp(-y)/sigmoid(z)')])).toBe(true);
  for (const source of ['sqrt(x^2)', 'log(x^2)', 'abs(x)', 'x^y', 'max(x, y)', 'x > 0 ? x : y'])
    expect(isSignless([of(source)])).toBe(false);
  expect(isSignless([new Graph().constant(1)])).toBe(true);
});

test('the steps of sixteen layers are exact, and so is their gradient', async () => {
  const derivation = derive(network(16));
  const steps = derivation.verifySteps();
  expect(steps.ok).toBe(true);
  const { partials } = await derivation.check({ method: 'richardson', points: 1 });
  expect(Object.values(partials).map(({ printed }) => printed?.by)).toEqual(Array(32).fill('laws'));
}, 60_000);
