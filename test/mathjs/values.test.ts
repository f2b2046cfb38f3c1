import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { core, scope } from './expressions.ts';
import { derived } from './generated.ts';
import { differencesOf, numbers, withBridge } from './support.ts';

/** What mathjs computes, derived: every number beside differences that mathjs takes of the same text. */

const math = withBridge();

describe('the gradient', () => {
  it.each(core.map((c) => [c[0], c.slice(1)] as const))('of %s by %j', (text, names) => {
    const found = math.gradient(text, [...names], scope);
    const scalars = names.every((name) => typeof scope[name] === 'number');
    const of = (name: string, k: number) =>
      names.length === 1 ? numbers(found) : scalars ? [numbers(found)[k]!] : numbers(found[name]);
    names.forEach((name, k) => {
      expect(of(name, k)).toNearlyEqual(differencesOf(math, text, scope, name));
    });
  });

  it('of expressions that nobody wrote', () => {
    fc.assert(derived(math, 3), { numRuns: 8 });
  });
});
