import { describe, expect, test } from 'vitest';
import { elaborate } from '../../src/elaborate/elaborate.ts';
import { compile, derive } from '../../src/index.ts';
import { parse } from '../../src/language/parser.ts';
import { refusalOf } from '../support/refusal.ts';

/** What is read by the rules and meant otherwise by many: it is said, or refused with the spelling. */

const warnings = (text: string) => elaborate(parse(text)).warnings;

describe("a quotient behind a negative exponent is the power's, and said so", () => {
  test.each([
    ['x^-1/2', 'x^-1/2', 'x^(-1)/2', 'x^(-1/2)'],
    ['x^−1/2', 'x^−1/2', 'x^(−1)/2', 'x^(−1/2)'],
    ['(x+1)^-3/2 + x', '(x+1)^-3/2', '(x+1)^(-3)/2', '(x+1)^(-3/2)'],
    ['2*x^-1/(x+1)', 'x^-1/(x+1)', 'x^(-1)/(x+1)', 'x^(-1/(x+1))'],
    ['e^-x^2/2', 'e^-x^2/2', 'e^(-x^2)/2', 'e^(-x^2/2)'],
    ['e^-x / (2)', 'e^-x/(2)', 'e^(-x)/(2)', 'e^(-x/(2))'],
    ['x.^-1./2', 'x.^-1./2', 'x.^(-1)./2', 'x.^(-1./2)'],
  ])('%s', (text, written, beside, over) => {
    const [warning, ...more] = parse(text).warnings!;
    expect(more).toEqual([]);
    expect(warning!.message.startsWith(`${written} is read as (`)).toBe(true);
    expect(warning!.hint).toBe(`write ${beside}, or ${over} if that is meant`);
    const { start, end } = warning!.span!;
    const back = (spelling: string) => text.slice(0, start) + spelling + text.slice(end);
    for (const spelling of [beside, over]) expect(parse(back(spelling)).warnings).toBeUndefined();
    expect(compile(back(beside))({ x: 2 })).toBe(compile(text)({ x: 2 }));
  });

  test.each(['x^(-1)/2', 'x^(-1/2)', 'x⁻¹/2', 'x^2/2', '(x^-1)/2', 'x^-1*y/2', '2/x^-1', 'x^-1 - 1/2'])('%s is plain', (text) => {
    expect(parse(text).warnings).toBeUndefined();
  });
});

describe('numerals of other bases', () => {
  test.each([
    ['0x10', '16'],
    ['0xFF*x', '255'],
    ['0X1f', '31'],
    ['x + 0b101', '5'],
    ['0o17', '15'],
    ['0xFF_FF', '65535'],
  ])('%s', (text, decimal) => {
    const { message, hint, span } = refusalOf(() => parse(text));
    expect(message).toBe('a numeral is written in decimal');
    expect(hint).toBe(`write ${decimal}`);
    parse(text.slice(0, span!.start) + decimal + text.slice(span!.end));
  });

  test.each(['0x', '10x10', '0*x10', '0 x10', '0 b1', '1x10', 'x0x10'])('%s is none', (text) => {
    parse(text);
  });
});

describe('letters of a law side by side', () => {
  test.each([
    ['F = ma', 'ma', 'm*a'],
    ['E = mc^2', 'mc', 'm*c'],
    ['V = IR', 'IR', 'I*R'],
    ['PV', 'PV', 'P*V'],
    ['4ac', 'ac', 'a*c'],
  ])('%s', (text, name, product) => {
    expect(warnings(text)).toMatchObject([{ message: `${name} is read as one name`, hint: `for the product write ${product}` }]);
  });

  test('that the source has twice are a name', () => {
    expect(warnings('ma = 3; ma*x')).toEqual([]);
  });
});

describe('a function of the language that is defined anew', () => {
  test.each(['sin(x) = x - x^3/6; sin(y)', 'relu(z) = max(z, 0); relu(y)', 'mse(a, b) = sum((a - b).^2); mse(y, 3)'])(
    '%s',
    (text) => {
      const [, name] = /^(\w+)/.exec(text)!;
      expect(warnings(text)).toMatchObject([
        {
          message: `${name} is a function of the language, and another one from here on`,
          hint: `with a name of its own, my_${name}, both are there`,
        },
      ]);
      expect(warnings(text.replaceAll(name!, `my_${name}`))).toEqual([]);
    },
  );

  test.each([
    ['sin(x) = 1/2', 'sin(x) - 1/2'],
    ['exp(x) = 0', 'exp(x)'],
    ['log(x) = y + 1', 'log(x) - (y + 1)'],
  ])('%s is an equation', (text, difference) => {
    expect(refusalOf(() => derive(text)).hint).toBe(
      `equations are not solved; for the difference of both sides write ${difference}`,
    );
    elaborate(parse(difference));
  });
});

test('from place 1 on is the whole axis', () => {
  const text = 'data x : [5]\nsum(x[1:])';
  const [warning] = warnings(text);
  expect(warning).toMatchObject({ hint: 'for all but the first write 2:' });
  expect(warnings(text.replace('1:', '2:'))).toEqual([]);
  expect(warnings(text.replace('1:', ':'))).toEqual([]);
});

test('a prime at a letter that is called may be a derivative', () => {
  const [warning] = warnings("2 + f'(x)");
  expect(warning!.hint).toBe("for the derivative of a function write function f(x); 2 + f'(x)");
  expect(warnings("function f(x); 2 + f'(x)")).toEqual([]);
});

describe('a quotient of differentials of nothing', () => {
  test('is two names, and said so', () => {
    const [warning] = warnings('dL/dw');
    expect(warning).toMatchObject({
      message: 'dL/dw is read as a quotient of two names',
      hint: 'the derivative is of what is defined: write L = w^2; dL/dw',
    });
  });

  test.each(['L = w^2; dL/dw', 'dL = 2; dw = 3; dL/dw', 'data dL, dw; dL/dw'])('%s is plain', (text) => {
    expect(warnings(text)).toEqual([]);
  });
});
