import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { check } from '../../src/index.ts';

const example = (name: string) => readFileSync(`examples/${name}.grad`, 'utf8');
const orGate = example('or-gate');
const oneExample = example('one-example');

describe('a claim that is right', () => {
  test.each([
    ['W', "dZ*X'"],
    ['W', "(dA .* A .* (1 - A))*X'"],
    ['b', 'sum(dZ)'],
  ])('∂Cost/∂%s = %s is accepted', async (name, claim) => {
    const { ok, claims } = await check(orGate, { claim: { [name]: claim } });
    expect(ok).toBe(true);
    expect(claims[name]!.message).toMatch(/^✓/);
  });
});

describe('a claim with definitions of its own', () => {
  const shapes = { x: ['n'] };
  test.each(['t = exp(x); t', 'T[i] = exp(x[i]); T', 'T[i=1:n] = exp(x[i]); R[i=1:n] = T[i]; R'])(
    '%s is right',
    async (claim) => {
      expect((await check('sum(exp(x))', { shapes, claim: { x: claim } })).ok).toBe(true);
    },
  );

  test('is put right in what it ends with', async () => {
    const { claims } = await check('sum(exp(x))', { shapes, claim: { x: 't = exp(x); 2*t' } });
    expect(claims.x!.cause).toMatchObject({ slip: 'factor', right: 't = exp(x); t' });
  });

  test('ends with an expression', async () => {
    const claim = { x: 't = exp(x)' };
    await expect(check('sum(exp(x))', { shapes, claim })).rejects.toThrow('a claim ends with an expression');
  });
});

describe('a claim that cannot be read points into itself', () => {
  test.each([
    ['2*', 'the claim ends where an operand was expected', 2],
    ['2*x + \n\n', 'the claim ends where an operand was expected', 5],
    ['2*  # twice', 'the claim ends where an operand was expected', 2],
    ['x = ', 'the claim ends where an operand was expected', 3],
    ['x = 2*', 'the claim ends where an operand was expected', 2],
    ['q = 2*; q', 'the statement ends where an operand was expected', 6],
    ['# nothing', 'the claim is empty', 0],
    ['2*(x', 'this `(` is never closed', 2],
    ['2*x)', 'this `)` closes nothing', 3],
  ])('%j: %s', async (claim, message, start) => {
    const model = '# a model whose lines are longer than the claim\nparam x = 1\nminimize C = x^2';
    const refused = check(model, { claim: { x: claim } });
    await expect(refused).rejects.toMatchObject({ code: 'syntax', message, span: { start } });
    await expect(refused).rejects.toSatisfy((error: { text: string }) => claim.endsWith(error.text));
  });
});

describe('a claim that asks for the derivative', () => {
  const asks = 'this asks for the derivative that the claim is to say';

  test.each([
    ['W', 'grad(Cost, W)', 'grad(Cost, W)'],
    ['W', '2*grad(Cost, W)/2', 'grad(Cost, W)'],
    ['W', 'jacobian(Cost, W)', 'jacobian(Cost, W)'],
    ['W', '∂(Cost)/∂(W)', '∂(Cost)/∂(W)'],
    ['W', 'grad(sum((A - Y).^2), W)/(2m)', 'grad(sum((A - Y).^2), W)'],
    ['W', 'Cost*grad(log(Cost), W)', 'grad(log(Cost), W)'],
    ['W', 'vjp(Cost, W, 1)', 'vjp(Cost, W, 1)'],
    ['W', 'G = grad(Cost, W); G', 'grad(Cost, W)'],
    ['W', '[diff(Cost, W[1, 1]), diff(Cost, W[1, 2])]', 'diff(Cost, W[1, 1])'],
    ['W', 'dW', 'dW'],
    ['W', 'dCost/dW', 'dW'],
    ['dZ', 'dZ', 'dZ'],
    ['dZ', 'grad(Cost, Z)', 'grad(Cost, Z)'],
  ])('∂Cost/∂%s = %s', async (name, claim, place) => {
    const found = await check(orGate, { claim: { [name]: claim } }).catch((error) => error);
    expect(found.message).toBe(asks);
    expect(claim.slice(found.span.start, found.span.end)).toBe(place);
    expect(found.hint).toContain('write it out');
  });

  test.each([
    ['3*sin(x)^2', '3*diff(sin(x)^2, x)'],
    ['diff(x^3, x)', 'diff(x^3, x, 2)'],
    ['x*y', 'diff(x*y, x)'],
    ['x', 'diff(x, x)'],
  ])('%s by x = %s', async (source, claim) => {
    await expect(check(source, { claim: { x: claim } })).rejects.toThrow(asks);
  });

  test.each([
    ['sin(x)^2', '2*sin(x)*diff(sin(x), x)'],
    ['x^2*sin(x)', 'diff(x^2, x)*sin(x) + x^2*diff(sin(x), x)'],
  ])('unless it is of a part: %s by x = %s', async (source, claim) => {
    expect((await check(source, { claim: { x: claim } })).ok).toBe(true);
  });

  test('a name of the source is one, whatever it begins with', async () => {
    expect((await check('dx*x', { claim: { x: 'dx' } })).ok).toBe(true);
  });
});

describe('a claim that is wrong', () => {
  test.each([
    ['W', 'dZ*X', 'transpose', "dZ*X'"],
    ['W', "X*dZ'", 'transpose', "(X*dZ')'"],
    ['W', "-dZ*X'", 'sign', "dZ*X'"],
    ['W', "dA*X'", 'name', "dZ*X'"],
    ['b', 'm*sum(dZ)', 'mean', 'sum(dZ)'],
    ['b', 'mean(dZ)', 'mean', 'sum(dZ)'],
    ['b', '2*sum(dZ)', 'factor', 'sum(dZ)'],
  ])('∂Cost/∂%s = %s: the %s', async (name, claim, slip, right) => {
    const { ok, claims } = await check(orGate, { claim: { [name]: claim } });
    expect(ok).toBe(false);
    expect(claims[name]!.cause).toMatchObject({ slip, right });
  });

  // What a claim names it takes as given: only what it works out itself can be wrong in it.
  test.each([
    ['W', "-dZ*X'", 'sign', 3],
    ['W', "-(dA.*A.*(1-A))*X'", 'sign', 2],
    ['W', "((Y-A).*A.*(1-A))*X'/m", 'sign', 1],
    ['W', "((A-Y).*A.*(1-A))*X'", 'mean', 1],
    ['W', "dZ*X'/m", 'mean', 3],
    ['W', "2*((A-Y).*A.*(1-A))*X'/m", 'factor', 1],
    ['W', "2*(dA.*A.*(1-A))*X'", 'factor', 3],
    ['b', 'sum((A-Y).*A.*(1-A))', 'mean', 1],
    ['b', '-sum(dZ)', 'sign', 4],
    ['W', "((A-Y')/m.*A.*(1-A))*X'", 'transpose', 1],
    ['W', "(dA.*A.*(1-A'))*X'", 'transpose', 2],
    ['b', 'sum((dA*A).*(1-A))', 'entrywise', 2],
  ])('∂Cost/∂%s = %s: the %s belongs to step %d', async (name, claim, slip, number) => {
    const { claims } = await check(orGate, { claim: { [name]: claim } });
    expect(claims[name]!.cause).toMatchObject({ slip, step: { number } });
  });

  test('of another shape tells both as shapes are told everywhere', async () => {
    const { claims } = await check(orGate, { claim: { W: "X*dZ'" } });
    expect(claims.W!.message).toContain('the claim is 2×1, the derivative by W is 1×2');
  });

  test('shows the first entry that differs, with both numbers, where the source starts', async () => {
    const { claims } = await check(orGate, { claim: { W: "2*dZ*X'" } });
    const { entry, at } = claims.W!;
    expect(at).toEqual({ W: [0.1, 0.6], b: 0 });
    expect(entry!.index).toEqual([1, 1]);
    expect(entry!.derived).toBeCloseTo(-0.04800646, 7);
    expect(entry!.claimed).toBeCloseTo(2 * -0.04800646, 7);
  });

  test('the tutorial with the wrong sign is refused, with the step where the sign comes in', async () => {
    const { ok, claims } = await check(oneExample, { claim: { w1: 'σ(z)*(1-σ(z))' } });
    expect(ok).toBe(false);
    expect(claims.w1!.entry!.claimed).toBeCloseTo(0.10499358540350652, 12);
    expect(claims.w1!.entry!.derived).toBeCloseTo(-0.10499358540350652, 12);
    expect(claims.w1!.cause).toMatchObject({ slip: 'sign', step: { target: 'dz', number: 1 } });
    expect(claims.w1!.message).toContain('The sign is wrong.');
  });

  test.each([
    ['sin(x^2)', 'cos(x^2)', 'missing-function'],
    ['exp(σ(x))', 'exp(σ(x))', 'missing-function'],
    ['sin(x)', '-cos(x)', 'sign'],
    ['x^3/3', '3*x^2', 'factor'],
    ['x^2', '3*x', 'factor'],
  ])('d/dx %s = %s: its cause is found', async (source, claim, slip) => {
    const { claims } = await check(source, { claim: { x: claim } });
    expect(claims.x!.cause?.slip).toBe(slip);
  });

  // One branch of a choice, a factor of what is derived by: no one takes these for anything else than what they are.
  test.each([
    ['where(x>3 and x<3.0000001, x^2, x^3)', '2*x'],
    ['where(x>3, x^2, x^3)', '3*x^2'],
    ['clip(x^2, 0, 1)', '2*x'],
    ['h[0] = 1; h[t=1:4] = x*h[t-1]; h[4]', '4*x^4'],
  ])('d/dx %s = %s: no slip is named', async (source, claim) => {
    const { claims } = await check(source, { claim: { x: claim } });
    expect(claims.x!.ok).toBe(false);
    expect(claims.x!.cause).toBeUndefined();
  });

  test('for which no usual slip is the cause shows the derivative', async () => {
    const { claims } = await check('x^3', { claim: { x: 'x + 7' } });
    expect(claims.x!.cause).toBeUndefined();
    expect(claims.x!.message).toContain('The derivative is 3x².');
  });
});

test('in Chinese a sentence follows another without a space, and all of it is Chinese', async () => {
  const { claims } = await check('sin(x^2)', { lang: 'zh', claim: { x: 'cos(x^2)' } });
  expect(claims.x!.message).toContain('少了链式法则的内层导数。正确的是 (cos(x^2)) 乘以幂的导数。');
});

describe('two layers with ReLU, an example a row', () => {
  test('a misplaced transpose is found by the dimension check', async () => {
    const source = example('relu-rows');
    const { claims } = await check(source, { claim: { W12: 'layer_1*dlayer_2' } });
    expect(claims.W12!.cause).toMatchObject({ slip: 'transpose', from: 'layer_1', to: "layer_1'" });
    expect((await check(source, { claim: { W12: "layer_1'*dlayer_2", W01: "layer_0'*(dlayer_1.*step(layer_1))" } })).ok).toBe(
      true,
    );
  });
});

test('a claim with an unknown name is an error of its own', async () => {
  await expect(check(orGate, { claim: { W: 'dQ*X' } })).rejects.toThrow('unknown name dQ');
  await expect(check(orGate, { claim: { W: 'd000*X' } })).rejects.toMatchObject({
    hint: expect.stringMatching(/^there are dA, dZ, X, /),
  });
});

const AUTOREGRESSION = `data y : [T]
param a = 0.5, b = 0.2
e[0] = 0
e[-1] = 0
e[t=1:T] = y[t] - a*e[t-1] - b*e[t-2]
minimize L = sum(e.^2)`;

test.each([
  ['b', '-sum[t](δe[t]*e[t-1])', 'step', 'e[t - 1]', 'e[t - 2]'],
  ['a', '-sum[t](δe[t]*e[t])', 'step', 'e[t]', 'e[t - 1]'],
  ['a', '-sum[t](de[t]*e[t-1])', 'later-steps', 'de[t]', 'δe[t]'],
  ['a', 'sum[t](δe[t]*e[t-1])', 'sign', undefined, undefined],
])('slips of those who go back through time are told: ∂L/∂%s is not %s', async (name, claim, slip, from, to) => {
  const { claims } = await check(AUTOREGRESSION, { claim: { [name]: claim } });
  expect(claims[name]!.cause).toMatchObject({ slip, ...(from && { from, to }) });
});

test('what comes back is no slip of itself', async () => {
  const { claims } = await check(AUTOREGRESSION, { claim: { δe: 'de' } });
  expect(claims.δe!.cause).toBeUndefined();
});

test.each([
  ['x^2*y', 'y', 'x', 'missing-factor'],
  ['sin(a*x)', 'x', 'cos(a*x)', 'missing-factor'],
  ['sin(x) + a', 'x', 'a*cos(x)', 'extra-factor'],
  ['const c = 3; param x; minimize c*x^2', 'x', '2*x', 'factor'],
])('a letter that may move is no constant factor: %s by %s is not %s', async (source, name, claim, slip) => {
  const { claims } = await check(source, { claim: { [name]: claim }, ...(source.includes('param') ? {} : { wrt: name }) });
  expect(claims[name]!.cause?.slip).toBe(slip);
});

describe('a wrong claim in words', () => {
  const claimed = async (source: string, by: string, claim: string, shapes = {}) =>
    (await check(source, { claim: { [by]: claim }, shapes })).claims[by]!.message;

  test('names the entry of the derivative, not of what it is by', async () => {
    const text = await claimed('param W : [1, 2] = [[0.1, 0.6]]; minimize J = sum(W.^2)', 'W', 'exp(W)');
    expect(text).toMatch(/the claim gives ∂J\/∂W\[1, 1\] = \S+, the derivative is/);
  });

  test('does not pour out values that nobody reads', async () => {
    const text = await claimed('sum(softmax(W*x).*y)', 'W', 'exp(W)', { W: [3, 2], x: [2], y: [3] });
    expect(text).toContain('at one choice of W, x and y the claim gives ∂f/∂W[1, 1] = ');
  });

  test('puts right what was wrong, and does not carry it along', async () => {
    const text = await claimed("data X : [n, m]; param w : [n]; z = X'*w; minimize J = sum(z.^2)/2", 'w', '2*X*(z*2)');
    expect(text).toContain('A constant factor is wrong. Right is X·z.');
  });
});
