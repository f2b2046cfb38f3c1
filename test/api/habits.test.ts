import { describe, expect, test } from 'vitest';
import { check, compile, derive, hessian, hvp, jacobian, simplify, toLatex, train } from '../../src/index.ts';
import { refusal } from '../support/refusal.ts';

/** Calls as people make them who know another library: they work, or say how they are made here. */

const line = 'data x : [n]; param W : [1, n]; minimize C = (W*x)^2';

test.each([
  [
    'shapes where options stand',
    () => derive('W*x', 'x', { W: [1, 2] } as object),
    'shapes stand in shapes: { shapes: { W: [1,2] } }',
  ],
  ['and alone', () => derive('W*x', { W: [1, 'n'] } as object), "shapes stand in shapes: { shapes: { W: [1,'n'] } }"],
  [
    'values where options stand',
    () => compile('x^2', { x: 3 } as object),
    'values are given where it is run: compile(source)({ x: 3 })',
  ],
  [
    'a value by a Greek name',
    () => derive('theta_1^2', { theta_1: 3 } as object),
    'values are given where it is run: derive(source).compile().gradient({ theta_1: 3 })',
  ],
  [
    'a word that no source would have',
    () => derive('x^2', { typo: 1 } as object),
    'its options are shapes, maxEntries, lang, precision, backend, threads, fma, defaults, steps, order',
  ],
  [
    'names one by one',
    () => derive('x*y', 'x', 'y' as unknown as object),
    "several names are one list: derive(source, ['x', 'y'])",
  ],
  [
    'names one by one',
    () => hessian('x*y', 'x', 'y' as unknown as object),
    "several names are one list: hessian(source, ['x', 'y'])",
  ],
  [
    'names one by one',
    () => jacobian('x*y', ['x'], 'y' as unknown as object),
    "several names are one list: jacobian(source, ['x', 'y'])",
  ],
  ['a claim without its name', () => check('x^2', { claim: '2*x' as never }), 'write claim: { x: "2*x" }'],
  ['a claim that says its name', () => check('x*y', { claim: 'dx = y' as never }), 'write claim: { x: "y" }'],
  ['a claim as the command line has it', () => check('x^2', { claim: 'x: 2*x' as never }), 'write claim: { x: "2*x" }'],
  ['an input that differs in case', () => compile('x^2')({ X: 1 }), 'did you mean x? its inputs are x'],
  ['an input that is near', () => compile('alpha^2')({ alhpa: 1 }), 'did you mean alpha? its inputs are alpha'],
  [
    'data that differ in case',
    () => train('data x : [n]; param w; minimize sum((w*x).^2)', { X: [1] }),
    'did you mean x? its inputs are x, w',
  ],
  ['points that differ in case', () => check('x^2', { inputs: { X: 1 } }), 'did you mean x? its inputs are x'],
])('%s', async (_, call, hint) => {
  expect((await refusal(call)).hint).toBe(hint);
});

test('a derivation that is compiled is what it was', () => {
  const f = derive('x^2').compile();
  expect(String(f)).toBe('CompiledDerivation of x^2 by x');
  expect(f.valueAndGradient({ x: 3 })).toEqual({ value: 9, gradient: { x: 6 } });
  expect(JSON.parse(JSON.stringify(f))).toEqual({ objective: 'x^2', wrt: ['x'] });
});

describe('a shape for a name that does not occur is refused where it was meant for another', () => {
  const shapes = { X: [3] };
  test.each<[string, () => unknown]>([
    ['derive', () => derive('x^2', 'x', { shapes })],
    ['derive what was found', () => derive(derive('x^3', 'x').partial, 'x', { shapes })],

    ['compile', () => compile('x^2', { shapes })],
    ['simplify', () => simplify('x + x', { shapes })],
    ['jacobian', () => jacobian('x^2', 'x', { shapes })],
    ['hessian', () => hessian('x^2', 'x', { shapes })],
    ['hvp', () => hvp('x^2', 'x', { shapes })],
    ['toLatex', () => toLatex('x^2', { shapes })],
    ['check', () => check('x^2', { shapes })],
    ['a claim', () => check('x^2', { shapes, claim: { x: '2*x' } })],
  ])('%s', async (_, call) => {
    expect(await refusal(call)).toMatchObject({
      code: 'name',
      message: 'a shape is given for X, which does not occur',
      hint: 'did you mean x?',
    });
  });

  test('one that is like none without a shape is told: shapes are shared, and say what a size is', () => {
    const told = (name: string) => [{ message: `a shape is given for ${name}, which does not occur` }];
    expect(derive('sum(x)', 'x', { shapes: { x: [3], weights: [2, 3] } }).warnings).toEqual(told('weights'));
    expect(derive('param w : [2]; minimize sum(w)', { shapes: { other: [2] } }).warnings).toEqual(told('other'));
    expect(derive('sum(W*x)*c', 'x', { shapes: { weights: [2, 3], x: [3] } }).warnings).toEqual(told('weights'));
    const sizes = compile('ones(n)', { shapes: { z: ['n'] } });
    expect([sizes({ n: 2 }), sizes.warnings]).toMatchObject([{ shape: [2] }, told('z')]);
  });

  test('but for one that is derived by, whose derivative is 0 of its shape', async () => {
    expect(derive('x^2', 'y', { shapes: { y: [3] } }).partial.shape).toEqual([3]);
    expect(derive('x^2', ['x', 'y'], { shapes: { y: [3] } }).partials.y.shape).toEqual([3]);
    expect(derive(derive('x^3', 'x').partial, 'y', { shapes: { y: [3] } }).partial.shape).toEqual([3]);
    expect((await check('x^2', { shapes: { y: [3] }, claim: { y: 'zeros(3)' } })).ok).toBe(true);
  });

  test('and one that contradicts a declaration is refused, one that repeats it is none', async () => {
    const model = 'param w : [2]; data X : [2, m]; minimize sum(w)';
    const said = (given: Record<string, (number | string)[]>) => () => derive(model, 'w', { shapes: given });
    for (const given of [{ w: [2] }, { w: [2, 1] }, { X: [2, 'm'] }, { X: [2, 5] }, { X: ['k', 'm'] }])
      expect(said(given)).not.toThrow();
    expect((await refusal(said({ w: [3] }))).message).toBe('w is declared as 2×1, the shape given for it is 3×1');
    expect((await refusal(said({ w: [] }))).message).toBe('w is declared as 2×1, the shape given for it is scalar');
  });
});

describe('claims as people write them', () => {
  test.each([
    ['W', "2*W*x*x'"],
    ['W', "dW = 2*W*x*x'"],
    ['W', "W = 2*W*x*x'"],
    ['W', "dC/dW = 2*W*x*x'"],
    ['W', "∂C/∂W = 2*W*x*x'"],
    ['dW', "2*W*x*x'"],
    ['dW', "dW = 2*W*x*x'"],
  ])('%s: %s', async (name, text) => {
    const { ok, claims } = await check(line, { claim: { [name]: text } });
    expect(ok).toBe(true);
    expect(Object.keys(claims)).toEqual(['W']);
  });

  test('an equation about something else is a definition, and its error stays', async () => {
    expect((await refusal(() => check(line, { claim: { W: "dx = 2*W*x*x'" } }))).message).toBe(
      'a claim ends with an expression: the derivative',
    );
    expect((await check(line, { claim: { W: "q = 2*W*x; q*x'" } })).ok).toBe(true);
  });

  test.each([
    ['dW', 'write it out', undefined],
    ['2*q', 'there are x, W, C', undefined],
    ["2*W*X*x'", undefined, 'did you mean x?'],
  ])('a stray name: %s', async (text, hint, note) => {
    const error = await refusal(() => check(line, { claim: { W: text } }));
    expect(error.hint).toBe(hint);
    expect(error.note).toBe(note);
  });

  test('a claim by nothing', async () => {
    expect((await refusal(() => check('x^2', { claim: { y: '2*x' } }))).hint).toBe('there are those by x');
    const network = 'data X : [n, m]; param W : [n, n]; P = exp(W*X); minimize L = sum(P.^2)';
    expect((await refusal(() => check(network, { claim: { Q: '3' } }))).hint).toBe('there are those by X, W, and dP');
    const layer = 'data X : [n, m]; param W : [k, n], b : [k]; H = relu(W*X + b); minimize L = sum(H.^2)';
    expect((await refusal(async () => derive(layer, ['Z']))).hint).toBe(
      'the derivation names a part so: write Z = W*X + b in the source, and Z where it is used',
    );
    expect((await refusal(() => check('x^2', { claim: { X: '2*x' } }))).hint).toBe('did you mean x?');
  });
});

test.each([
  ['f(x) = x^2', 'end it with an expression: write f(x) = x^2; f(x)'],
  ['param w = 1; loss = w^2', 'end it with minimize loss, or with an expression'],
  ['const w = 1; w^2', 'say which of what is given: w; what is learned is declared param w …'],
])('nothing to derive in %s', async (source, hint) => {
  expect((await refusal(() => derive(source))).hint).toBe(hint);
});
