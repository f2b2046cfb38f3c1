import fc from 'fast-check';
import { expect, test } from 'vitest';
import { GradusError } from '../../src/language/diagnostics.ts';
import { read } from '../../src/language/earley.ts';
import { parseExpression } from '../../src/language/parser.ts';
import { INFIX, PREFIX } from '../../src/language/precedence.ts';
import { parenthesised, prefixed } from './notation.ts';

const RUNS = 500;

const space = fc.constantFrom('', '', '', ' ', '  ', '\t');
const name = fc.constantFrom('x', 'y', 'W₁', 'λ', 'beta', 'ŷ', 'A', 'data', 'π', '∞');
const numeral = fc.constantFrom('0', '2', '1.5', '.5', '1e-3', '10', '½');
const callee = fc.constantFrom('sin', 'σ', 'f', 'log', 'where', 'toString');
const reduction = fc.constantFrom('sum', 'Σ', 'prod', 'softmax');
const index = fc.constantFrom('i', 'j', 'k');
const infix = fc.constantFrom(...[...INFIX.keys()].filter((spelling) => spelling !== '?'));
const prefix = fc.constantFrom(...[...PREFIX.keys()].filter((spelling) => spelling !== 'not'));
const postfix = fc.constantFrom("'", 'ᵀ', '²', '⁻¹', '∘²');

const { expression } = fc.letrec<Record<'expression' | 'operand' | 'simple' | 'list' | 'place' | 'binder', string>>((tie) => {
  const joined = (...parts: fc.Arbitrary<string>[]) => fc.tuple(...parts).map((strings) => strings.join(''));
  const only = (text: string) => fc.constant(text);
  return {
    binder: fc.oneof(index, joined(index, space, only('='), tie('simple'), only(':'), tie('simple'))),
    place: fc.oneof(
      tie('simple'),
      only(':'),
      joined(tie('simple'), only(':')),
      joined(only(':'), tie('simple')),
      joined(tie('simple'), only(':'), tie('simple')),
    ),
    list: fc.array(tie('expression'), { minLength: 1, maxLength: 3 }).map((items) => items.join(', ')),
    simple: fc.oneof(
      { maxDepth: 3 },
      name,
      numeral,
      joined(tie('operand'), space, only('+'), tie('operand')),
      joined(only('-'), tie('operand')),
    ),
    operand: fc.oneof(
      { maxDepth: 4, depthIdentifier: 'depth' },
      name,
      numeral,
      joined(only('('), space, tie('expression'), space, only(')')),
      joined(callee, space, only('('), tie('list'), only(')')),
      joined(only('['), tie('list'), only('; '), tie('list'), only(']')),
      joined(reduction, only('['), tie('binder'), only(', '), tie('binder'), only(']('), tie('list'), only(')')),
      joined(name, only('['), tie('place'), only(', '), tie('place'), only(']')),
      joined(only('(|'), tie('expression'), only('|)')),
      joined(only('(‖'), tie('expression'), only('‖₁)')),
      joined(tie('operand'), postfix),
      joined(prefix, space, tie('operand')),
      joined(numeral, name),
      joined(numeral, only('('), tie('expression'), only(')')),
      joined(only('('), tie('expression'), only(')('), tie('expression'), only(')')),
    ),
    expression: fc.oneof(
      { maxDepth: 4, depthIdentifier: 'depth' },
      tie('operand'),
      joined(tie('operand'), only(' '), infix, only(' '), tie('expression')),
      joined(tie('operand'), only(' '), infix, only(' '), tie('expression')),
      joined(only('not '), tie('expression')),
      joined(tie('operand'), only(' ? '), tie('operand'), only(' : '), tie('operand')),
    ),
  };
});

const shape = fc
  .array(fc.constantFrom('m', 'n', '3', '2m', 'n+1'), { minLength: 1, maxLength: 3 })
  .map((dims) => `[${dims.join(', ')}]`);
const fact = fc.constantFrom('', ' positive', ' symmetric int', ' distribution rows');
const initial = fc.oneof(
  fc.constantFrom('', ' ~ he', ' ~ normal(0, 1)'),
  expression.map((value) => ` = ${value}`),
);
const declaration = fc
  .tuple(
    name,
    fc.oneof(
      fc.constant(''),
      shape.map((dims) => ` : ${dims}`),
    ),
    fact,
    initial,
  )
  .map((parts) => parts.join(''));
const definable = fc.constantFrom('a', 'W₁', 'C[i, j]', 'h[0]', 'h[t=1:T]', 'f(x)', 'f(x, y)');
const statement = fc.oneof(
  fc
    .tuple(fc.constantFrom('data', 'param', 'const'), fc.array(declaration, { minLength: 1, maxLength: 3 }))
    .map(([role, all]) => `${role} ${all.join(', ')}`),
  fc.tuple(definable, expression).map(([target, value]) => `${target} = ${value}`),
  fc.tuple(fc.constantFrom('minimize L = ', 'maximize L = ', ''), expression).map(([goal, value]) => goal + value),
);
const model = fc
  .array(fc.tuple(statement, fc.constantFrom('\n', '; ', '\r\n\r\n', ' # why\n')), { minLength: 1, maxLength: 6 })
  .map((lines) => lines.flat().join(''));

test('an expression has exactly one parse', () => {
  fc.assert(
    fc.property(expression, (text) => {
      expect(read(text).results.length).toBe(1);
    }),
    { numRuns: RUNS },
  );
});

test('a model has exactly one parse', () => {
  fc.assert(
    fc.property(model, (text) => {
      expect(read(text).results.length).toBe(1);
    }),
    { numRuns: RUNS },
  );
});

/** The tree of an expression; of one that a person would read in two ways there is none. */
function readable(text: string) {
  try {
    return parseExpression(text);
  } catch (error) {
    if (error instanceof GradusError && error.message.includes('two ways')) return undefined;
    throw error;
  }
}

test('written with all its parentheses an expression is the same', () => {
  fc.assert(
    fc.property(expression, (text) => {
      const tree = readable(text);
      // `a/2m` is refused.
      fc.pre(tree !== undefined);
      expect(prefixed(parseExpression(parenthesised(tree)))).toBe(prefixed(tree));
    }),
    { numRuns: RUNS },
  );
});
