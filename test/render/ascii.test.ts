import { describe, expect, test } from 'vitest';
import { english } from '../../src/derivation/words/en.ts';
import { derive, GradusError, lemma } from '../../src/index.ts';
import { attempt } from '../../src/language/attempt.ts';
import { arrayOperators, operators } from '../../src/operators/index.ts';
import { inAscii } from '../../src/render/formats/plain-words.ts';
import { type Entry, groups, type Values } from '../docs/reference/functions.ts';
import { names, sourceOf } from '../examples/folder.ts';

/** What is written for terminals that have no signs of mathematics has none. */

const PLAIN = /^[\n\x20-\x7e]*$/;
const others = (text: string): string[] => text.split('\n').filter((line) => !PLAIN.test(line));

const DETAILS = ['brief', 'full'] as const;
const NOTATIONS = ['matrix', 'index'] as const;

/** Everything that a derivation can say. */
const written = (source: string, wrt?: string | string[], options = {}): string[] => {
  const derivation = derive(source, wrt, options);
  return DETAILS.flatMap((detail) => NOTATIONS.map((notation) => derivation.toText({ detail, notation, ascii: true })));
};

test.each(names)('%s', (name) => {
  for (const text of written(sourceOf(name))) expect(others(text)).toEqual([]);
});

const shapeOf = (value: unknown): number[] => (Array.isArray(value) ? [value.length, ...shapeOf(value[0])] : []);
const shapesOf = (values: Values) =>
  Object.fromEntries(Object.entries(values).flatMap(([name, value]) => (Array.isArray(value) ? [[name, shapeOf(value)]] : [])));

const calls = groups.flatMap(({ entries }) => Object.entries<Entry>(entries)).filter(([, { at }]) => Object.keys(at).length > 0);
test.each(calls)('%s', (_, { call, at }) => {
  const shapes = shapesOf(at);
  for (const name of Object.keys(at)) {
    // An order, and what only chooses, is not derived by.
    const texts = attempt(() => written(call, name, { shapes }), GradusError) ?? [];
    for (const text of texts) expect(others(text)).toEqual([]);
  }
});

describe('what stands beside steps', () => {
  const rules = [...operators, ...arrayOperators].flatMap(({ rule }) => [rule.name, rule.why, rule.formula, rule.byEntries]);
  test.each([...new Set(rules.filter((text) => text !== undefined))])('%s', (text) => {
    expect(others(inAscii(text, new Set()))).toEqual([]);
  });
  test.each(Object.values(english.rules))('$name', ({ name, why }) => {
    expect(others(inAscii(`${name} ${why({ id: 'sum', name: 'ŷ' })}`, new Set()))).toEqual([]);
  });
  test.each(operators.filter((o) => o.definition && !o.internal).map(({ name }) => name))('why of %s', (name) => {
    expect(others(attempt(() => lemma(name, { ascii: true }), GradusError) ?? '')).toEqual([]);
  });
});

test('names are spelled by their letters, apart from others that are spelled so', () => {
  const text = derive('param λ = 1, lambda = 2; data ŷ, y_é; minimize ℓ = (λ*lambda - ŷ)^2 + y_é*λ').toText({ ascii: true });
  expect(text).toContain('ell = (lambda_*lambda - yhat)^2 + y_e*lambda_');
  expect(text).toContain('dell/dlambda_');
});

test('columns stay columns where a name gets longer', () => {
  const text = derive('data x : [n]; param w; μ = w*x; σ1 = w^2; minimize J = sum(μ.^2)*σ1').toText({ ascii: true });
  const [mu, sigma] = text.split('\n').filter((line) => /^(mu|sigma1) /.test(line));
  expect(sigma!.indexOf('=')).toBe(mu!.indexOf('='));
  expect(sigma!.lastIndexOf('   ')).toBe(mu!.lastIndexOf('   '));
});
