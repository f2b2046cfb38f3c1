import { describe, expect, it } from 'vitest';
import { chinese } from '../../src/derivation/words/zh.ts';
import { check, derive, GradusError, simplify, train } from '../../src/index.ts';
import '../../src/vitest.ts';

/** The value of an expression of Y in its simplest form. */
const form = (facts: string, expression: string): string =>
  derive(`${facts}\nparam s\nminimize s*(${expression})`, 's').partial.toString();

const Y = 'data Y : [k, m] distribution rows, v : [m], u : [k], A : [k, k]';

describe('the entries of a distribution sum to 1 over its axis, whatever they are multiplied with', () => {
  it.each([
    ['all of it', Y, 'sum(Y)', 'm'],
    ['with what runs over the other axis', Y, 'sum(Y*v)', 'sum(v)'],
    ['written in indices', Y, 'sum[j](sum[i](Y[i,j]*v[j]))', 'sum(v)'],
    ['over the other axis nothing is known', Y, "u'*Y*v", "u'*Y*v"],
    ['in the mean', Y, 'mean(sum(Y, rows))', '1'],
    ['each row', 'data Y : [m, k] distribution cols', 'mean(sum(Y, cols))', '1'],
    ['an axis by its name', 'data Y : [k, m] distribution k', 'mean(sum(Y, rows))', '1'],
    ['an axis of three', 'data Y : [b, t, c] distribution t', 'sum[i,j,l](Y[i,j,l])/(b*c)', '1'],
    ['a column', 'data y : [k] distribution', 'sum(y)^2', '1'],
    ['a row', 'data y : [1, m] distribution', 'sum(y)', '1'],
    ['all entries together', 'data Y : [k, m] distribution all', 'sum(Y)', '1'],
    ['turned round', Y, "mean(sum(Y', cols))", '1'],
    ['a scalar in front', `${Y}, c`, 'sum(c*Y)/m', 'c'],
    ['one-hot', 'data Y : [k, m] onehot rows', 'mean(sum(Y, rows))', '1'],
  ])('%s', (_, facts, expression, expected) => {
    expect(form(facts, expression)).toBe(expected);
  });

  it('so do the entries of a softmax', () => {
    expect(simplify('sum(softmax(z))', { shapes: { z: ['n'] } }).toString()).toBe('1');
    expect(derive('sum(softmax(Z, rows)*v)', 'v', { shapes: { Z: ['k', 'm'], v: ['m'] } }).partial.toString()).toBe('ones(m)');
  });
});

describe('the entries of one-hot data', () => {
  it.each([
    ['are their own squares', 'sum(Y.^2)', 'm'],
    ['and roots', 'sum(sqrt(Y)*v)', 'sum(v)'],
    ['and products with themselves', 'sum(Y.*Y.*A)', 'sum(Y.*A)'],
    ['meet only themselves', 'sum(Y.*sum(Y.*A, rows))', 'sum(Y.*A)'],
    ['are not their own inverses', 'sum(Y.^(-1))', 'sum(1./Y)'],
  ])('%s', (_, expression, expected) => {
    expect(form('data Y : [k, m] onehot rows, A : [k, m], v : [m]', expression)).toBe(expected);
  });
});

const network = (shape: string, loss: string): string => `data X : [d, m], Y : ${shape}
param W : [k, d], b : [k]
Z = W*X + b
P = softmax(Z, rows)
minimize L = ${loss}`;

const found = (source: string, target: string): string => {
  const d = derive(source);
  expect(d.verifySteps().ok).toBe(true);
  return d.steps.find((s) => s.target === target)!.after.toString();
};

describe('softmax with cross-entropy', () => {
  it.each([
    ['-sum(Y .* log(P))/m', '(P - Y)/m'],
    ['cross_entropy(P, Y)', '(P - Y)/m'],
    ['-sum(Y .* log(P), rows)*ones(m)/m', '(P - Y)/m'],
    ['-sum(Y .* log(P))', 'P - Y'],
    ['-sum(Y .* log_softmax(Z, rows))/m', '(softmax(Z, k) - Y)/m'],
    ['(sum(logsumexp(Z, rows)) - sum(Y .* Z))/m', '(softmax(Z, k) - Y)/m'],
    ['-mean(sum(Y .* (Z - logsumexp(Z, rows)), rows))', '(softmax(Z, k) - Y)/m'],
  ])('%s has dZ = %s', async (loss, dZ) => {
    for (const fact of ['distribution rows', 'onehot rows', 'distribution k']) {
      const source = network(`[k, m] ${fact}`, loss);
      expect(found(source, 'dZ')).toBe(dZ);
      expect(derive(source).partials.W!.toString()).toBe(
        loss.endsWith('m') || loss.startsWith('c') || loss.startsWith('-mean')
          ? "(softmax(W*X + b, k) - Y)*X'/m"
          : "(softmax(W*X + b, k) - Y)*X'",
      );
    }
    await expect(network('[k, m] distribution rows', loss)).toHaveCorrectGradients();
  });

  it('in rows', () => {
    const source = `data X : [m, d], Y : [m, k] distribution cols
param W : [d, k]
Z = X*W
P = softmax(Z, cols)
minimize L = -sum(Y .* log(P))/m`;
    expect(found(source, 'dZ')).toBe('(P - Y)/m');
    expect(derive(source).partial.toString()).toBe("X'*(softmax(X*W, k) - Y)/m");
  });

  it('of one example', () => {
    const source = 'data y : [k] distribution\nparam z : [k]\np = softmax(z)\nminimize -sum(y .* log(p))';
    expect(found(source, '∂f/∂z')).toBe('p - y');
  });

  it('by way of a logarithm that has a name', () => {
    const source = network('[k, m] distribution rows', '-sum(Y .* log(P))/m').replace(
      'minimize L = -sum(Y .* log(P))/m',
      'U = log(P)\nminimize L = -sum(Y .* U)/m',
    );
    expect(found(source, 'dZ')).toBe('(P - Y)/m');
  });

  it('written out', () => {
    const source = 'data y : [k] distribution\nparam z : [k]\np = exp(z)/sum(exp(z))\nminimize -dot(y, log(p))';
    expect(found(source, '∂f/∂z')).toBe('p - y');
    expect(derive(source).partial.toString()).toBe('softmax(z) - y');
    expect(derive(source).toText()).toMatch(/In one line\n {2}∂f\/∂z = p − y$/);
    const logarithm = network('[k, m] distribution rows', '-sum(Y .* (Z - log(sum(exp(Z), rows))))/m');
    expect(found(logarithm, 'dZ')).toBe('dU.*U - Y/m');
  });

  it('over an axis of three that has a name', () => {
    const source = `data X : [b, t, d], Y : [b, t, k] distribution k
param W : [d, k]
Z[i, j, c] = sum[a](X[i, j, a]*W[a, c])
P[i, j, c] = softmax[c](Z[i, j, c])
minimize L = -sum[i, j, c](Y[i, j, c]*log(P[i, j, c]))/(b*t)`;
    expect(found(source, 'dZ')).toBe('(P - Y)/(b*t)');
  });

  it.each([
    ['smoothed', 'T = 0.9*Y + 0.1/k'],
    ['turned round', "S = Y'\nT = S'"],
  ])('whose targets are %s', (_, T) => {
    const source = network('[k, m] onehot rows', `-sum(T .* log(P))/m`).replace('minimize', `${T}\nminimize`);
    expect(found(source, 'dZ')).toBe('(P - T)/m');
  });

  it('whose targets are what another softmax says', () => {
    const source = network('[k, m]', '-sum(softmax(Y, rows) .* log(P))/m');
    expect(derive(source).partials.W!.toString()).toBe("(softmax(W*X + b, k) - softmax(Y, k))*X'/m");
  });

  it('keeps its general form where nothing is declared', () => {
    expect(derive(network('[k, m]', '-sum(Y .* log(P))/m')).partials.W!.toString()).toContain('sum(Y, k)');
    // The columns of Y sum to 1 over the rows; over the other axis the fact says nothing of them.
    expect(derive(network('[k, m] distribution cols', '-sum(Y .* log(P))/m')).partials.W!.toString()).toContain('sum(Y, k)');
  });

  it('the step says what it rests on, in both languages', () => {
    const d = derive(network('[k, m] distribution rows', '-sum(Y .* log(P))/m'));
    const step = d.steps.find((s) => s.target === 'dZ')!;
    expect(step.resting).toEqual(['each column of Y sums to 1']);
    expect(step.why).toContain('Each column of Y sums to 1.');
    expect(d.toText()).toMatch(/dZ = \(P − Y\)\/m .* each column of Y sums to 1/);
    expect(d.toText({ words: chinese })).toContain('Y 的每一列之和为 1');
    expect(d.steps.filter((s) => s.resting)).toHaveLength(1);
  });

  it('what runs is what is printed', () => {
    const source = 'data y : [k] distribution\nparam z : [k]\nminimize -sum(y .* log(softmax(z)))';
    // The sum of y is taken as 1, not as what rounding has left of it.
    const z = [1000, 0, 0];
    const ran = derive(source)
      .compile()
      .gradient({ y: [0.5, 0.25, 0.2499999], z }).z as unknown as { data: ArrayLike<number> };
    expect(Array.from(ran.data)).toEqual([0.5, -0.25, -0.2499999]);
  });
});

describe('where the sum is fixed, entries do not move one by one', () => {
  it.each<[string, () => unknown]>([
    ['derive', () => derive('data y : [k] distribution\nsum(y.^2)', 'y')],
    ['check', () => check('data y : [k] distribution\nsum(y.^2)', { wrt: 'y' })],
    ['a derivative within an expression', () => derive('data y : [k] distribution\nparam w\nminimize w*sum(grad(sum(y.^2), y))')],
    ['one of several names', () => derive('data y : [k] onehot\nparam w\nminimize w*sum(y)', ['w', 'y'])],
  ])('%s by them is refused', async (_, work) => {
    const error = await Promise.resolve()
      .then(work)
      .catch((e: unknown) => e);
    expect(error).toBeInstanceOf(GradusError);
    expect(error).toMatchObject({ code: 'unsupported', message: expect.stringContaining('do not move one by one') });
  });

  it('nor are the examples that they are shared among cut into batches', async () => {
    const source =
      'data x : [m] = [1, 2, 3, 4], w : [m] distribution = [0.1, 0.2, 0.3, 0.4]\nparam a\nminimize sum(w .* (x - a).^2)';
    expect((await train(source, {}, { epochs: 200, lr: 0.3 })).params.a).toBeCloseTo(3, 9);
    await expect(train(source, {}, { epochs: 1, batch: 2 })).rejects.toMatchObject({ code: 'unsupported' });
    const labels =
      'data X : [1, m] = [[0, 1, 2]], Y : [2, m] distribution rows = [[1, 1, 0], [0, 0, 1]]\nparam W : [2, 1]\nminimize -sum(Y .* log_softmax(W*X, rows))';
    expect((await train(labels, {}, { epochs: 1, batch: 2 })).stopped).toBe('epochs');
  });
});
