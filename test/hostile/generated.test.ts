import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { compileProgram } from '../../src/compile/index.ts';
import { compile, derive, GradusError, simplify, toLatex } from '../../src/index.ts';
import { expressions, type Generated, runs, SEED } from '../support/generate.ts';
import { modelOf } from '../support/values.ts';

/** Runs to the end or into an error that speaks of the source; anything else is a fault of ours. */
function answered(work: () => unknown): void {
  try {
    work();
  } catch (error) {
    if (error instanceof GradusError) return;
    throw error;
  }
}

function everything(source: string, shapes: Generated['shapes'] = {}): void {
  answered(() => {
    const d = derive(source, undefined, { shapes });
    d.toText();
    d.toLatex();
    JSON.stringify(d);
  });
  answered(() => simplify(source, { shapes }).toUnicode());
  answered(() => toLatex(source, { shapes }));
  answered(() => compile(source, { shapes })({}));
}

const PIECES = [
  ...'+-*/^.\'()[]{}=;,:?\n#~"\\$`<>|&%@!_0123456789xyAXmn σΣπᵀ²⁻¹·⊙⊘⊗√‖∂',
  '.*',
  './',
  '.^',
  '==',
  '<=',
  'sum',
  'sum[i]',
  'mean(',
  'tr(',
  'norm(',
  'max(',
  'pow(',
  'exp(',
  'eye(',
  'ones(',
  'diag(',
  'data ',
  'param ',
  'const ',
  'minimize ',
  'maximize ',
  'A[i,j]',
  'x[i]',
  '1e400',
  '1e-999',
  '9^9^9',
  'inf',
  'pi',
  'e',
  '__proto__',
  'constructor',
  'toString',
  'return',
  'undefined',
  'this',
  'rows',
  'cols',
  'NaN',
  'Infinity',
  'f(z) = ',
  '~ xavier',
];

const garbage = fc.array(fc.constantFrom(...PIECES), { maxLength: 24 }).map((pieces) => pieces.join(''));

describe('whatever comes in, the answer is a result or an error of ours', () => {
  it('garbage', () => {
    fc.assert(
      fc.property(garbage, (source) => everything(source, { A: ['m', 'n'], X: ['m', 'n'] })),
      {
        numRuns: runs(2000),
      },
    );
  });

  it('any text', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 60 }), (source) => everything(source)),
      {
        numRuns: runs(500),
      },
    );
  });

  it('expressions with a piece cut out or put in', () => {
    const damaged = fc.tuple(expressions(), fc.nat(400), fc.nat(6), fc.constantFrom('', ...PIECES)).map(([g, at, cut, piece]) => {
      const from = at % (g.source.length + 1);
      return { ...g, source: g.source.slice(0, from) + piece + g.source.slice(from + cut) };
    });
    fc.assert(
      fc.property(damaged, ({ source, shapes }) => everything(source, shapes)),
      { seed: SEED, numRuns: runs(400) },
    );
  });

  it.each([
    ['20,000 parentheses', `${'('.repeat(20000)}x${')'.repeat(20000)}`],
    ['a sum of 20,000 terms', Array.from({ length: 20000 }, (_, k) => `x^${k % 50}`).join(' + ')],
    ['a product of 20,000 factors', Array.from({ length: 20000 }, () => 'x').join('*')],
    ['minus 20,000 times', `${'-'.repeat(20000)}x`],
    ['a tower of powers', `${'x^('.repeat(2000)}x${')'.repeat(2000)}`],
    ['a power too large to write', '9^9^9*x'],
    ['an exponent too large', 'x^(10^30)'],
    ['a matrix power too large', 'S^1000000'],
    ['a function of itself', 'f(z) = f(z) + 1\nf(x)'],
    ['functions of each other', 'f(z) = g(z)\ng(z) = f(z)\nf(x)'],
    ['dimensions without measure', 'sum(ones(100000, 100000))*x'],
    ['an empty source', ''],
    ['a comment', '# nothing'],
  ])('%s', { timeout: 20_000 }, (_, source) => {
    everything(source, { S: ['n', 'n'] });
  });
});

describe('names that mean something to JavaScript mean nothing here', () => {
  const NAMES = [
    '__proto__',
    'constructor',
    'toString',
    'hasOwnProperty',
    'valueOf',
    'prototype',
    'return',
    'this',
    'undefined',
    'NaN',
    'window',
  ];

  it.each(NAMES)('%s is a name', (name) => {
    const d = derive(`${name}^2`, name);
    expect(d.partials[name]!.toString()).toBe(`2*${name}`);
    expect(Object.keys(d.partials)).toEqual([name]);
    const f = d.compile();
    const inputs = Object.defineProperty({}, name, { value: 3, enumerable: true });
    expect(f.value(inputs)).toBe(9);
    expect(Object.entries(f.gradient(inputs))).toEqual([[name, 6]]);
  });

  it.each(NAMES)('%s is a function only if it is defined', (name) => {
    expect(() => compile(`${name}(x)`)).toThrow(GradusError);
    expect(compile(`${name}(z) = z^2\n${name}(3)`)({})).toBe(9);
  });

  it('__proto__ pollutes nothing', () => {
    derive('__proto__*x', ['__proto__', 'x']).compile();
    expect(Object.getPrototypeOf({})).toBe(Object.prototype);
    expect(({} as Record<string, unknown>).x).toBeUndefined();
  });
});

describe('no text of a source reaches generated code', () => {
  it.each([
    ['of an input', 'evil_1^2 + sin(evil_1)', { evil_1: [] }],
    ['of a definition', 'evil_1 = x^2; sin(evil_1) + evil_1', { x: [] }],
    ['of a function and its parameter', 'evil_1(evil_2) = evil_2^2; evil_1(x)', { x: [] }],
    ['of an index', 'sum[evil_1](x[evil_1]^2)', { x: [3] }],
    ['of a dimension', 'sum(x)/evil_1', { x: ['evil_1'] }],
    ['of a comment', 'x^2 # evil_1', { x: [] }],
    ['of a literal', '[1, 2; 3, 4]*x + 0*[1, 2]', { x: [2] }],
  ])('%s', (_, source, shapes) => {
    const { objective } = modelOf({ source, shapes });
    for (const backend of ['js', 'auto'] as const) {
      const program = compileProgram({ outputs: [objective!.node], sizes: new Map([['evil_1', 3]]), backend });
      expect(program.source).toBeTypeOf('string');
      expect(program.source).not.toMatch(/evil|\[1, 2/);
    }
  });
});
