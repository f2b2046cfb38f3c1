import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { GradusError } from '../../src/index.ts';
import { core, others, scope } from './expressions.ts';
import { derived } from './generated.ts';
import { differencesOf, numbers, withBridge } from './support.ts';

/** All expressions by each of their names, and the nodes that `derive` makes of them. */

const math = withBridge();
const cases = [...core, ...others].flatMap(([text, ...names]) => names.map((name) => [text, name] as const));

describe('the gradient', () => {
  it.each(cases)('of %s by %s', (text, name) => {
    expect(numbers(math.gradient(text, name, scope))).toNearlyEqual(differencesOf(math, text, scope, name));
  });
});

describe('the node of the derivative has its value and its shape', () => {
  it.each(cases)('of %s by %s', (text, name) => {
    let node: unknown;
    try {
      node = math.derive(text, name, scope);
    } catch (error) {
      // What mathjs cannot say is refused.
      expect(error).toBeInstanceOf(GradusError);
      expect((error as Error).message).toContain('the derivative cannot be written in mathjs');
      return;
    }
    const value = math.evaluate(String(node), { ...scope });
    const wanted = math.gradient(text, name, scope);
    expect(math.size(value)).toEqual(math.size(wanted));
    expect(numbers(value)).toNearlyEqual(numbers(wanted), 1e-9);
  });
});

describe('the gradient of expressions that nobody wrote', () => {
  it.each([1, 2, 3])('of vectors of %i', (n) => {
    fc.assert(derived(math, n), { numRuns: 200 });
  });
});
