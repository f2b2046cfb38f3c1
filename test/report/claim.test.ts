import { expect, test } from 'vitest';
import { FIRST } from '../../page/src/first.ts';
import { judged } from '../../page/src/worker/claim.ts';

/** A claim as the page judges it. */

const told = (claim: string, lang: 'en' | 'zh' = 'en') => judged({ source: FIRST, lang, notation: 'auto', target: 'W', claim });

test.each(['en', 'zh'] as const)('in %s what kind of slip it is stands apart from what is right', (lang) => {
  const { slip, answer } = told("2*dZ*X'", lang);
  expect(answer).toHaveLength(2);
  for (const line of answer!) expect(line).not.toContain(slip!);
  expect(answer![0]).toContain('dZ·Xᵀ');
});

test('shapes are told as everywhere on the page', () => {
  expect(told("X*dZ'").lines.join()).toContain('the claim is 2×1, the derivative by W is 1×2');
});

test('what no slip explains has an answer alone', () => {
  const { slip, answer } = told("(dZ + 7)*X'");
  expect([slip, answer]).toEqual([undefined, ['The derivative is dZ·Xᵀ.']]);
});
