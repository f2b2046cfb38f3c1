import { describe, expect, test } from 'vitest';
import { derive, GradusError } from '../../src/index.ts';

function hintOf(source: string): string | undefined {
  try {
    derive(source);
  } catch (error) {
    if (error instanceof GradusError) return error.hint;
    throw error;
  }
  throw new Error('it is accepted');
}

describe('words of statements that are nearly said', () => {
  test.each([
    ['param w = 1\nminimize = w^2', 'write minimize w^2'],
    ['param w = 1\nmaximize = -(w - 1)^2', 'write maximize -(w - 1)^2'],
    ['parm w = 1\nminimize w^2', 'did you mean param?'],
    ['dta x = 1\nparam w = 1\nminimize w^2*x', 'did you mean data?'],
    ['cnst c = 1\nparam w = 1\nminimize w^2*c', 'did you mean const?'],
  ])('%j', (source, hint) => {
    expect(hintOf(source)).toBe(hint);
  });
});

test('a parameter called as a function is keeps its name', () => {
  const d = derive('param sum = 1, prod = 2; minimize sum^2*prod');
  expect(d.toText()).not.toMatch(/[ΣΠ]/);
  expect(d.partials.sum!.toUnicode()).toBe('2prod·sum');
});
