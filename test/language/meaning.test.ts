import { expect, test } from 'vitest';
import { meaningOf } from '../../src/language/meaning.ts';

const MODEL = 'data x : [n] = [1, 2]\nparam w = 0\nminimize C = sum((w*x).^2)\n';

test('comments and layout are no part of what a source means', () => {
  const same = `# a line\n\n${MODEL.replace('w*x', 'w * x').replace('= 0', '= 0  # at first')}\n# the end`;
  expect(meaningOf(same)).toEqual(meaningOf(MODEL));
});

test('what is said otherwise means something else', () => {
  for (const [of, by] of [
    ['w*x', 'w*x + 1'],
    ['= 0', '= 1'],
    ['param', 'const'],
  ] as const)
    expect(meaningOf(MODEL.replace(of, by))).not.toEqual(meaningOf(MODEL));
  expect(meaningOf('sin²(x)')).not.toEqual(meaningOf('sin³(x)'));
});
