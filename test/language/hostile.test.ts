import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { GradusError } from '../../src/language/diagnostics.ts';
import { parse } from '../../src/language/parser.ts';
import { runs } from '../support/generate.ts';

const N = 10_000;
const MILLISECONDS = 2000;

/** Milliseconds of the processor: what else runs on the machine does not count. */
function spent(): number {
  const { user, system } = process.cpuUsage();
  return (user + system) / 1000;
}

/** 'parsed', or the message of the GradusError; anything else that is thrown fails the test. */
function outcome(text: string): string {
  try {
    parse(text);
    return 'parsed';
  } catch (error) {
    if (!(error instanceof GradusError)) throw error;
    expect(error.code).toBe('syntax');
    const { start, end } = error.span!;
    expect(start >= 0 && start <= end && end <= text.length).toBe(true);
    error.format(text);
    return error.message;
  }
}

const names = Array.from({ length: N }, (_, i) => `x${i}`);
const around = (open: string, close: string, inside = 'x') => open.repeat(N) + inside + close.repeat(N);

describe('sources that are long or deep', () => {
  test.each([
    ['a sum', names.join(' + ')],
    ['a difference', names.join('-')],
    ['a product', names.join('*')],
    ['an unwritten product', names.join(' ')],
    ['quotients', names.join('/')],
    ['powers', names.join('^')],
    ['comparisons', names.join(' < ')],
    ['alternatives', names.join(' or ')],
    ['signs', `${'-'.repeat(N)}x`],
    ['negations', `${'not '.repeat(N)}x`],
    ['roots', `${'√'.repeat(N)}x`],
    ['transposes', `x${"'".repeat(N)}`],
    ['choices', `${'a ? b : '.repeat(N)}c`],
    ['choices in choices', around('a ? ', ' : c')],
    ['parentheses', around('(', ')')],
    ['calls', around('sin(', ')')],
    ['indexed calls', around('sum[k](', ')')],
    ['brackets', around('[', ']')],
    ['subscripts', around('A[', ']')],
    ['subscripts of subscripts', `A${'[1]'.repeat(N)}`],
    ['norms', around('‖', '‖')],
    ['arguments', `f(${names.join(', ')})`],
    ['data', `data X = [${'1.5, '.repeat(N)}1]`],
    ['declarations', `param ${names.join(', ')}`],
    ['facts', `param x${' positive'.repeat(N)}`],
    ['statements', 'a = 1\n'.repeat(N)],
    ['empty statements', `${';\n'.repeat(N)}x`],
    ['a numeral', '9'.repeat(N)],
    ['an exponent', '1e999999999'],
    ['a name', 'x'.repeat(N)],
    ['a comment', `x # ${'('.repeat(N)}`],
  ])('%s', (_, text) => {
    const start = spent();
    expect(outcome(text)).toBe('parsed');
    expect(spent() - start).toBeLessThan(MILLISECONDS);
  });
});

describe('sources that end too early, or never should have begun', () => {
  test.each([
    ['('.repeat(N), 'the source ends where an operand was expected'],
    ['sin('.repeat(N), 'the source ends where an operand was expected'],
    ['(x'.repeat(N), 'this `(` is never closed'],
    ['[1, '.repeat(N), 'the source ends where an operand was expected'],
    ['A['.repeat(N), 'the source ends where an operand was expected'],
    [`${'('.repeat(N)}x`, 'this `(` is never closed'],
    [`${'['.repeat(N)}1\nb = 2`, 'this `[` is never closed'],
    [`${'('.repeat(N)}${'a| '.repeat(N)}`, 'this `(` is never closed'],
    [`${'('.repeat(N)}${'a | '.repeat(N)}`, '`|` follows the name `a` without an operator between them'],
    ['d/dx '.repeat(N), 'what is derived by x is missing'],
    ['∂f/∂x '.repeat(N / 4), 'parsed'],
    ['sin^'.repeat(N), 'the source ends where an operand was expected'],
    [`${'x^T*'.repeat(N)}data`, 'parsed'],
    ['data T, '.repeat(N), 'the source ends where a name was expected'],
    ['a/2m+'.repeat(N), 'the source ends where an operand was expected'],
    [`${'1/2x+'.repeat(N / 4)}1`, 'parsed'],
    ['np.'.repeat(N), 'a name has no `.` in it'],
    ['\\frac{'.repeat(N), '`\\` stands where an operand was expected'],
    [')'.repeat(N), 'this `)` closes nothing'],
    ['^'.repeat(N), '`^` stands where an operand was expected'],
    ['a ? '.repeat(N), 'the source ends where an operand was expected'],
    [`a${' ? a'.repeat(N)}`, 'this `?` has no `:`'],
    ['a : '.repeat(N), 'this `:` belongs to nothing'],
    [`${'dx^2+'.repeat(N / 4)}1`, 'parsed'],
    [`${'dx/dy+'.repeat(N / 4)}1`, 'parsed'],
    [`${'x^-1/2+'.repeat(N / 4)}1`, 'parsed'],
    ['= '.repeat(N), '`=` stands where an operand was expected'],
    ['('.repeat(20 * N), 'more than 100000 brackets are open here'],
    [`x${' '.repeat(N)}\u0000`, 'the character U+0000 does not belong to the language'],
  ])('%#', (text, message) => {
    const start = spent();
    expect(outcome(text)).toBe(message);
    expect(spent() - start).toBeLessThan(MILLISECONDS);
  });
});

const PIECES = [
  ...[
    'x',
    'W₁',
    'π',
    'data',
    'param',
    'minimize',
    'sum',
    'Σ',
    '∂',
    'not',
    'and',
    'or',
    '2',
    '1e',
    '.5',
    '½',
    'ᵀ',
    '²',
    '∘²',
    '‖₁',
  ],
  ...[
    '+',
    '-',
    '−',
    '*',
    '/',
    '^',
    '.*',
    './',
    '.^',
    '\\',
    '⊗',
    '√',
    "'",
    '<',
    '<=',
    '==',
    '!=',
    '=',
    '~',
    '?',
    ':',
    ',',
    ';',
    '|',
    '||',
  ],
  ...['(', ')', '[', ']', '‖', ' ', '\n', '\r', '\t', '#', '.', '!', '∞', '"', '\u0302', '\ud800'],
];

describe('random sources are read or refused', () => {
  const check = (text: string) => {
    outcome(text);
  };
  test('token soup', () => {
    fc.assert(
      fc.property(
        fc.array(fc.constantFrom(...PIECES), { maxLength: 40 }).map((pieces) => pieces.join('')),
        check,
      ),
      { numRuns: runs(5000) },
    );
  });
  test('any Unicode', () => {
    fc.assert(fc.property(fc.string({ unit: 'binary', maxLength: 60 }), check), { numRuns: runs(2000) });
  });
  test('a source with a piece cut out', () => {
    const text =
      "param W : [3, 2] ~ xavier, b = 0\nC[i=1:n] = sum[k](A[i,k]*B[k]^2)'\nminimize L = ‖W x‖² + (a > 0 ? |a| : [1, 2; 3, 4][1, :])\n";
    fc.assert(
      fc.property(fc.nat(text.length), fc.nat(12), (from, size) => check(text.slice(0, from) + text.slice(from + size))),
      { numRuns: runs(1000) },
    );
  });
});
