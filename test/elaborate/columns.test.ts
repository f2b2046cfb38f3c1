import { describe, expect, test } from 'vitest';
import { elaborate } from '../../src/elaborate/elaborate.ts';
import { GradusError } from '../../src/language/diagnostics.ts';
import { parse } from '../../src/language/parser.ts';

const columnsOf = (text: string) => elaborate(parse(text)).inputs.get('X')?.columns;

function refusal(text: string): { code: string; message: string; hint: string | undefined } {
  try {
    elaborate(parse(text));
  } catch (error) {
    if (error instanceof GradusError) return { code: error.code, message: error.message, hint: error.hint };
    throw error;
  }
  throw new Error(`${text} is accepted`);
}

test.each([
  ['data X : [n, 3] from a, b, c', ['a', 'b', 'c']],
  ['data X : [3, m] from a, b, c', ['a', 'b', 'c']],
  ['data X : [n, d] from a, b', ['a', 'b']],
  ['data X : [n] from a', ['a']],
  ['data X : [n, 1] from a', ['a']],
  ['data X : [n, 3] onehot cols from species', ['species']],
  ['data X : [n, 2] from pixel*', ['pixel*']],
  ['data X : [n, 64] from p0..p63', ['p0..p63']],
  ['data X : [n]', undefined],
])('%s has its columns', (text, columns) => {
  expect(columnsOf(text)).toEqual(columns);
});

describe('columns that cannot fill what is declared are refused, with what can be written instead', () => {
  test.each([
    ['data X : [n, 3] from a, b', 'shape', 'X : [n, 3] has no axis for 2 columns', 'data X : [n, 2] from a, b'],
    ['data X : [n] from a, b', 'shape', 'X : [n] has no axis for 2 columns', 'data X : [n, 2] from a, b'],
    ['data X from a', 'shape', 'X is a number, and a column of a table is a vector', 'data X : [n] from a'],
    ['data X from a*', 'shape', 'X is a number, and a column of a table is a vector', 'data X : [n, d] from a*'],
    ['data X : [n, 2, 2] from a, b', 'shape', 'X has 3 axes, and a table has two', undefined],
    ['param W : [n] from a', 'argument', 'a table gives data: a param is not read from columns', 'data W : [n] from a'],
    ['data X : [2] from a = [1, 2]', 'argument', 'X has columns and a value: one of them is enough', 'data X : [2] from a'],
  ])('%s', (text, code, message, hint) => {
    expect(refusal(text)).toEqual({ code, message, hint });
    if (hint) expect(() => elaborate(parse(hint))).not.toThrow();
  });

  test('at the columns', () => {
    const text = 'data X : [n, 3] from a, b';
    try {
      elaborate(parse(text));
    } catch (error) {
      const { span } = error as GradusError;
      expect(text.slice(span!.start, span!.end)).toBe('a, b');
    }
  });
});
