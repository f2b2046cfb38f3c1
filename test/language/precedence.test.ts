import { describe, expect, test } from 'vitest';
import { parseExpression } from '../../src/language/parser.ts';
import { INFIX, OPERATORS, operatorOf } from '../../src/language/precedence.ts';
import { prefixed } from './notation.ts';

const tree = (text: string) => prefixed(parseExpression(text));
const spelled = OPERATORS.flatMap((operator) => operator.spellings.map((spelling) => ({ operator, spelling })));
const infixes = OPERATORS.filter(({ fixity, callee }) => fixity === 'infix' && callee !== 'where');

test.each(spelled)('$spelling is $operator.callee', ({ operator, spelling }) => {
  const { fixity, callee } = operator;
  if (callee === 'where') expect(tree('a ? b : c')).toBe('(where a b c)');
  else if (fixity === 'infix') expect(tree(`a ${spelling} b`)).toBe(`(${callee} a b)`);
  else if (fixity === 'postfix') expect(tree(`a${spelling}`)).toBe(`(${callee} a)`);
  else expect(tree(`${spelling} a`)).toBe(callee === '+' ? 'a' : `(${callee} a)`);
});

describe('of two different operators the tighter one takes its operands first', () => {
  const pairs = infixes.flatMap((first) => infixes.map((second) => ({ first, second })));
  test.each(pairs.filter(({ first, second }) => first.level !== second.level))(
    'a $first.unicode b $second.unicode c',
    ({ first, second }) => {
      const left = `(${second.callee} (${first.callee} a b) c)`;
      const right = `(${first.callee} a (${second.callee} b c))`;
      expect(tree(`a ${first.unicode} b ${second.unicode} c`)).toBe(first.level > second.level ? left : right);
    },
  );
});

describe('what an operator means beside itself', () => {
  test.each(infixes)('a $unicode b $unicode c', ({ callee, grouping, unicode }) => {
    const meaning = {
      left: `(${callee} (${callee} a b) c)`,
      right: `(${callee} a (${callee} b c))`,
      flat: callee === '-' ? '(+ a (- b) (- c))' : `(${callee} a b c)`,
      chain: `(and (${callee} a b) (${callee} b c))`,
    };
    expect(tree(`a ${unicode} b ${unicode} c`)).toBe(meaning[grouping]);
  });
});

test('an operator is found by its call', () => {
  expect(operatorOf('-', 1)?.fixity).toBe('prefix');
  expect(operatorOf('-', 2)).toBe(INFIX.get('-'));
  expect(operatorOf('transpose', 1)?.unicode).toBe('ᵀ');
  expect(operatorOf('where', 3)?.ascii).toBe('?');
  expect(operatorOf('sin', 1)).toBeUndefined();
});
