import { describe, expect, test } from 'vitest';
import { GradusError } from '../../src/language/diagnostics.ts';
import { parse, parseExpression } from '../../src/language/parser.ts';
import { refusalOf } from '../support/refusal.ts';

const failure = (text: string): GradusError => refusalOf(() => parse(text));

/** A source, the marked part of it, the message, and a part of the hint. */
const CASES: Record<string, readonly (readonly [string, string, string, string?])[]> = {
  'something is missing': [
    ['sin(', '', 'the source ends where an operand was expected'],
    ['x +', '', 'the source ends where an operand was expected', 'after `+`'],
    ['a +; b', '', 'the statement ends where an operand was expected', 'after `+`'],
    ['2 +* 3', '*', '`*` stands where an operand was expected', 'between `+` and `*`'],
    ['f(a,)', ')', '`)` stands where an operand was expected', 'does not end with a comma'],
    ['()', ')', '`)` stands where an operand was expected', 'nothing between'],
    ['[]', ']', '`]` stands where an operand was expected', 'at least one entry'],
    ['= 3', '=', '`=` stands where an operand was expected', 'name = …'],
    ['a = 1\n* b', '*', '`*` stands where an operand was expected', 'ends with an operator'],
    ['a ? b', '?', 'this `?` has no `:`', 'condition ? a : b'],
    ['f(a ? b, c)', '?', 'this `?` has no `:`'],
    ['', '', 'the source is empty', 'x^2*sin(x)'],
    ['\n # nothing\n', '', 'the source is empty'],
  ],
  brackets: [
    ['f(x', '(', 'this `(` is never closed', '`)` is missing'],
    ['[1, 2', '[', 'this `[` is never closed', '`]` is missing'],
    ['A[1', '[', 'this `[` is never closed'],
    ['|x', '|', 'this `|` is never closed'],
    ['A = f(x\nB = 3\nminimize A', '(', 'this `(` is never closed'],
    [')', ')', 'this `)` closes nothing'],
    ['f(x))', ')', 'this `)` closes nothing'],
    ['f(x, [1, 2)', ')', '`]` was expected before this `)`', 'column 6'],
    ['a\nf(x]', ']', '`)` was expected before this `]`', 'line 2, column 2'],
    ['f(a; b)', ';', '`;` inside the `(` of column 2'],
  ],
  'two operands side by side': [
    ['x 2', '2', 'the numeral `2` follows the name `x` without an operator between them', 'write x*2'],
    ['[1 2]', '2', 'the numeral `2` follows the numeral `1` without an operator between them', 'commas'],
    ['[a b]', 'b', 'the name `b` follows the name `a` without an operator between them', 'commas'],
    ['A [1]', '[', '`[` follows the name `A` without an operator between them', 'without a space'],
    ['a | b | c', '|', '`|` follows the name `a` without an operator between them', 'written: or'],
    ['a || b', '||', '`||` follows the name `a` without an operator between them', 'written: or'],
    ['||a| - b|', '|', '`|` follows the name `a` without an operator between them', '| |a| - b|'],
    ['a not b', 'not', '`not` follows the name `a` without an operator between them'],
  ],
  'signs of other languages': [
    ['x ** 2', '*', '`*` stands where an operand was expected', 'a power is written ^'],
    ['x === y', '=', '`=` stands where an operand was expected', '=='],
    ['a => b', '>', '`>` stands where an operand was expected', '>='],
    ['a – b', '–', '`–` does not belong to the language', 'minus'],
    ['x!', '!', '`!` does not belong to the language', 'gamma(n + 1)'],
    ['a && b', '&', '`&` does not belong to the language', 'and'],
    ['∂f/x', '∂', '`∂` does not belong to the language', '∂(f)/∂(x)'],
    ['a ≈ b', '≈', '`≈` does not belong to the language', '=='],
    ['a\u0007', '\u0007', 'the character U+0007 does not belong to the language'],
    ['😀', '😀', '`😀` does not belong to the language'],
  ],
  definitions: [
    ['3 = x', '3', 'only a name, a name with indices or a function of names can be defined', 'x = 3'],
    ['a b = 3', 'a b', 'only a name, a name with indices or a function of names can be defined'],
    ['(x) = 3', '(x)', 'only a name, a name with indices or a function of names can be defined'],
    ['|x| = 3', '|x|', 'only a name, a name with indices or a function of names can be defined'],
    ['f(x+1) = 3', 'x+1', 'a parameter of a function is a name'],
    ['a = b = c', '=', '`=` cannot stand here', '=='],
    ['f(a = 1)', '=', '`=` cannot stand here', '=='],
    ['x =\ny = 3', '=', '`=` cannot stand here', 'the line before ends with `=`'],
    ['minimize a + b = 3', 'a + b', 'after `minimize` a name is expected before `=`'],
    ['a, b', ',', 'a `,` separates only what stands in brackets'],
    ['a : b', ':', 'this `:` belongs to nothing', 'condition ? a : b'],
    ['[a ? b; c : d]', ':', 'this `:` belongs to nothing'],
    ['a ~ b', '~', '`~` cannot stand here', 'param'],
  ],
  declarations: [
    ['param x [3]', '[', '`[` stands where `:`, `=`, `~` or the end of the declaration was expected', 'x : […]'],
    ['param x : 3', '3', 'the numeral `3` stands where a shape in brackets was expected', '[n]'],
    ['param x 3', '3', 'the numeral `3` stands where `:`, `=`, `~` or the end of the declaration was expected', '`=`'],
    ['param x,', '', 'the source ends where a name was expected'],
    ['param x ~ 3', '3', 'after `~` the name of an initializer is expected', 'normal'],
    ['param f(x)', 'f', 'param declares a name, not a function', 'f(x) = …'],
  ],
  indices: [
    ['sum[k+1](x)', 'k+1', 'only index names may stand here', 'sum[k](…)'],
    ['A[1](x)', '1', 'only index names may stand here', 'A[…]*(…)'],
    ['A[i=1:3] + 2', 'i=1:3', 'an index gets its range where it is introduced, not where it is used', 'A[1:n]'],
    ['C[i=3] = 2', ']', '`]` stands where `:` was expected', 'i=1:n'],
  ],
};

for (const [topic, cases] of Object.entries(CASES)) {
  describe(topic, () => {
    test.each(cases.map(([text, marked, message, hint]) => ({ text, marked, message, hint })))(
      '$text',
      ({ text, marked, message, hint }) => {
        const error = failure(text);
        expect(error.code).toBe('syntax');
        expect(error.message).toBe(message);
        expect(text.slice(error.span!.start, error.span!.end)).toBe(marked);
        if (hint) expect(error.hint).toContain(hint);
      },
    );
  });
}

test('an error draws its line', () => {
  expect(failure('a = 1\nb = a +* 2').format('a = 1\nb = a +* 2', 'model.grad')).toBe(
    [
      'model.grad:2:8  syntax error: `*` stands where an operand was expected',
      '  2 │ b = a +* 2',
      '    │        ~',
      '  hint: something is missing between `+` and `*`',
    ].join('\n'),
  );
});

test('parseExpression takes nothing but an expression', () => {
  expect(() => parseExpression('a = 1')).toThrow('a single expression is expected here');
  expect(() => parseExpression('a; b')).toThrow('a single expression is expected here');
  expect(() => parseExpression('minimize a')).toThrow('a single expression is expected here');
});

test('what is not a text is refused', () => {
  for (const value of [undefined, null, 3, {}]) expect(() => parse(value as unknown as string)).toThrow(GradusError);
});
