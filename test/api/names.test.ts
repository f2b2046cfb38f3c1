import { describe, expect, test } from 'vitest';
import { check, collect, compile, derive, GradusError, hessian, hvp, jacobian, train } from '../../src/index.ts';

/** A name has one normal form, whatever the door that it comes in by: W₁ is W1, é is one letter. */
const COMPOSED = '\u00e9';
const DECOMPOSED = 'e\u0301';

describe.each([
  ['a lowered digit', 'x₁', 'x1'],
  ['a plain digit for a lowered one', 'x1', 'x₁'],
  ['a letter with a combining mark', DECOMPOSED, COMPOSED],
  ['a composed letter', COMPOSED, DECOMPOSED],
  ['the micro sign for the letter', '\u00b5', 'μ'],
  ['an underscore before a lowered digit', 'x₁', 'x_1'],
  ['a lowered digit for an underscore', 'x_1', 'x₁'],
  ['another form of a letter', 'φ', 'ϕ'],
  ['a wide letter', 'x', 'ｘ'],
  ['a space around it', 'x', ' x '],
])('%s is the same name', (_, written, given) => {
  const source = `${written}^3`;

  test('to derive by', () => {
    expect(derive(source, given).partial.toString()).toBe(derive(source).partial.toString());
    expect(derive(source, [given]).partial.shape).toEqual([]);
    expect(jacobian(source, given).toString()).toBe(jacobian(source).toString());
    expect(hessian(source, given).toString()).toBe(hessian(source).toString());
    expect(hvp(source, given).toString()).toBe(hvp(source).toString());
    expect(derive(source).hessian(given).toString()).toBe(hessian(source).toString());
    expect(collect(source, given).toString()).toBe(collect(source, written).toString());
  });

  test('for values, shapes and claims', async () => {
    expect(compile(source)({ [given]: 2 })).toBe(8);
    expect(
      derive(source)
        .compile()
        .value({ [given]: 2 }),
    ).toBe(8);
    expect(compile(`sum(${written})`, { shapes: { [given]: ['n'] } })({ [written]: [1, 2] })).toBe(3);
    expect((await check(source, { claim: { [given]: `3*${written}^2` } })).ok).toBe(true);
    expect((await check(source, { wrt: given, inputs: { [given]: 2 } })).ok).toBe(true);
  });

  test('in training, from data to the axis of the batches', async () => {
    const model = `data ${written} : [k₁]\nparam w = 0\nminimize sum((w*${written} - ${written}).^2)`;
    const trained = await train(model, { [given]: [1, 2] }, { epochs: 200, lr: 0.05, batch: 1, batchAxis: 'k₁' });
    expect(trained.params.w).toBeCloseTo(1, 6);
  });
});

test('two spellings of one name are a contradiction', () => {
  expect(() => compile('x₁')({ x1: 1, 'x₁': 2 })).toThrow('x1 and x₁ are spellings of one name, x1');
  expect(() => compile('sum(x₁)', { shapes: { x1: [2], 'x₁': [2] } })).toThrow(GradusError);
});

describe('the names to derive by', () => {
  test.each([[['x', 'x']], [['x₁', 'x1']], [[DECOMPOSED, COMPOSED]]])('%j: each once', (wrt) => {
    expect(() => derive(`x*x1*${COMPOSED}`, wrt)).toThrow(/is given twice/);
  });

  test('are at least one', () => {
    expect(() => derive('x', [])).toThrow('the list of names to derive by is empty');
  });

  test('prototypes are no names', () => {
    expect(derive('x', 'constructor').partial.toString()).toBe('0');
    expect(
      compile('__proto__*y')(
        Object.fromEntries([
          ['y', 3],
          ['__proto__', 2],
        ]),
      ),
    ).toBe(6);
  });
});
