import { describe, expect, it } from 'vitest';
import { check, derive, GradusError, hessian, jvp } from '../../src/index.ts';

const network = `data X : [2, m] = [[0,0,1,1],[0,1,0,1]]
data Y : [1, m] = [[0,1,1,0]]
param W1 : [3, 2] = [[1,2],[3,4],[5,6]], b1 : [3] = 0.5
param W2 : [1, 3] = [[1,-1,2]]
Z1 = W1*X + b1
A1 = sigmoid(Z1)
A2 = sigmoid(W2*A1)
minimize Cost = sum((A2 - Y).^2)/(2*m)`;

const failure = (action: () => unknown): GradusError => {
  try {
    action();
  } catch (error) {
    if (error instanceof GradusError) return error;
  }
  throw new Error('nothing was thrown');
};

describe('the derivative by a named intermediate', () => {
  it('is its adjoint', async () => {
    const d = derive(network, 'Z1');
    expect(d.partial.toString()).toBe("A1 = sigmoid(Z1); A2 = sigmoid(W2*A1); (W2'*((A2 - Y).*A2.*(1 - A2))).*A1.*(1 - A1)/m");
    expect(d.verifySteps()).toMatchObject({ ok: true, exact: 4 });
    expect((await d.check()).ok).toBe(true);
  });

  it('leads to that of what it is made of: dW = dZ·Xᵀ', () => {
    const dZ = derive(network, 'Z1').compile().gradient().Z1 as { toArray(): number[][] };
    const dW = derive(network, 'W1').compile().gradient().W1 as { toArray(): number[][] };
    const X = [[0, 0, 1, 1], [0, 1, 0, 1]]; // biome-ignore format: a matrix
    for (const [i, row] of dW.toArray().entries())
      for (const [j, x] of row.entries())
        expect(x).toBeCloseTo(
          dZ.toArray()[i]!.reduce((sum, z, k) => sum + z * X[j]![k]!, 0),
          15,
        );
  });

  it('takes its value from its definition, or as it is given', () => {
    const f = derive('u = x^2; sin(u)*x', 'u').compile();
    expect(f.gradient({ x: 2 }).u).toBeCloseTo(2 * Math.cos(4), 15);
    expect(f.gradient({ x: 2, u: 1 }).u).toBeCloseTo(2 * Math.cos(1), 15);
  });

  it('says what it is made of, in formulas and numbers', () => {
    const d = derive(network, 'Z1');
    expect(d.toText()).toContain('Z1   = W1·X + b1');
    expect(d.values().forward.map(({ label }) => label)[0]).toBe('Z1 = W1·X + b1');
    expect(
      derive('a = x^2; u = a*x; v = sin(a); u*v', 'u')
        .toText()
        .split('\n')
        .slice(1, 4)
        .map((s) => s.slice(0, 1)),
    ).toEqual(['a', 'v', 'u']);
  });

  it('may be asked for beside others that it is not made of', () => {
    const d = derive(network, ['Z1', 'W2']);
    expect(d.partials.W2!.toString()).toBe(
      derive(network, 'W2')
        .partial.toString()
        .replace(/W1\*X \+ b1/g, 'Z1'),
    );
  });

  it('has higher orders and products', () => {
    expect(derive('u = x^2; sin(u)*x', 'u', { order: 3 }).partial.toString()).toBe('-x*cos(u)');
    expect(hessian('u = x^2; sin(u)*x', 'u').toString()).toBe('-x*sin(u)');
    expect(derive('u = x^2; sin(u)*y', ['u', 'y']).hessian('u', 'y').toString()).toBe('cos(u)');
    expect(hessian('u = x^2; sin(u)*y', ['u', 'y']).toString()).toBe('[-y*sin(u), cos(u); cos(u), 0]');
    expect(jvp('u = x^2; sin(u)', 'u').toString()).toBe('v*cos(u)');
  });

  it('is checked, and judged as a claim', async () => {
    expect((await check(network, { wrt: 'A1' })).ok).toBe(true);
    const claim = async (text: string) => (await check(network, { claim: { Z1: text } })).claims.Z1!.ok;
    expect(await claim('dA1.*A1.*(1 - A1)')).toBe(true);
    expect(await claim('dA1.*A1.*(1 + A1)')).toBe(false);
  });

  it('may be the objective itself', () => {
    expect(derive(network, 'Cost').partial.toString()).toBe('1');
  });
});

describe('what cannot be held', () => {
  it('is a name that another is made of', () => {
    for (const names of [
      ['Z1', 'A1'],
      ['A1', 'Z1'],
      ['W1', 'Z1'],
    ]) {
      const error = failure(() => derive(network, names));
      expect([error.code, error.hint]).toEqual(['argument', expect.stringMatching(/^derive by \w+ and by \w+ apart$/)]);
    }
    expect(failure(() => derive(network, ['W1', 'Z1'])).message).toBe('Z1 is made of W1: with Z1 held, nothing goes on to W1');
  });

  it('is what a recurrence fills', () => {
    const error = failure(() => derive('h[0] = x; h[t=1:3] = x*h[t-1]; sum(h)^2', 'h'));
    expect([error.code, error.hint]).toEqual(['unsupported', 'derive by what it starts from, or by what its steps are made of']);
  });

  it('is a name that there is not', () => {
    expect(failure(() => derive(network, 'Z2'))).toMatchObject({
      code: 'name',
      hint: 'the derivation names a part so: write Z2 = W2*A1 in the source, and Z2 where it is used',
    });
  });
});
