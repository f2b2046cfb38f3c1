import { describe, expect, test } from 'vitest';
import { train } from '../../src/index.ts';

const X = [0.5, 1, 2, 4, 8];
const Y = [1.2, 1.9, 2.7, 3.3, 3.6];

describe('a cost that falls without end has no minimum', () => {
  test.each<[string, string, 'falls' | 'rises', string]>([
    ['linear', 'param w = 5; minimize w', 'falls', 'w'],
    ['linear, maximized', 'param w = 5; maximize L = 3 - w', 'rises', 'w'],
    ['linear in one', 'param w = 5, v = 1; minimize w + v^2', 'falls', 'w'],
    ['linear in the sum', 'param u = 1, v = 1; minimize (u - v)^2 + u + v', 'falls', 'u'],
    ['curved downwards', 'param u = 1, v = 2; minimize u^2 - 3*v^2', 'falls', 'v'],
    ['of a vector', 'data c : [n] = [1, 2]; param w : [n] = 0; minimize sum(c.*w)', 'falls', 'w'],
    ['linear where facts bound another', 'param u in 0..1 = 0.5, v = 1; minimize u + v', 'falls', 'v'],
  ])('%s', async (_, source, verb, name) => {
    const { stopped, error, optimizer } = await train(source, {}, { optimizer: 'auto' });
    expect(optimizer.name).toBe('newton');
    expect(stopped).toBe('diverged');
    expect(error?.message).toMatch(new RegExp(`there is no (minimum|maximum): \\w+( \\w+)? ${verb} without end along ${name}$`));
  });

  test('what is linear is not called quadratic', async () => {
    const { optimizer } = await train('param w = 5; minimize w', {}, { optimizer: 'auto' });
    expect(optimizer.reason).toBe('linear in the parameters');
  });

  test.each<[string, number]>([
    ['param w in 0..1 = 0.5; minimize w', 0],
    ['param w positive = 0.5; minimize w + (w - 1)^2', 0.75],
    ['param u = 1, v = 1; minimize (u - v)^2 + (u - 1)^2', 0],
    ['param u = 3, v = 1; minimize (u - v)^2 + u - v', -0.25],
    ['param u = 0, v = 1; minimize 1e-13*u^2 + 1e-6*u + v^2', -2.5],
  ])('one with a minimum has it: %s', async (source, least) => {
    const { cost, stopped } = await train(source, {}, { optimizer: 'newton' });
    expect(stopped).toBe('converged');
    expect(cost).toBeCloseTo(least, 6);
  });
});

describe.each(['gd', 'momentum', 'adam', 'lbfgs', 'newton', 'newton-cg'])('%s tells that there is no end', (optimizer) => {
  test.each([
    ['linear', 'param w = 5; minimize w', 'w'],
    ['linear in entries', 'data c : [n] = [1, 2]; param w : [n] = 0; minimize sum(c.*w)', 'w'],
    ['linear in one', 'param w = 5, v = 1; minimize exp(v)^2/(1 + exp(v)^2) - 2*w', 'w'],
    ['linear in each', 'param u = 1, v = 1; minimize u*(1 + v^2)', '[uv]'],
    ['curved downwards', 'param u = 1, v = 2; minimize u^2 - 3*v^2', 'v'],
  ])('%s', async (_, source, name) => {
    const { stopped, error } = await train(source, {}, { optimizer });
    expect(stopped).toBe('diverged');
    expect(error!.message).toMatch(new RegExp(`^there is no minimum: the cost falls without end along ${name}$`));
  });

  test('and none where there is one', async () => {
    for (const source of [
      'param w in 0..1 = 0.5; minimize w',
      'param w = 2; minimize abs(w)',
      'param w = 2; minimize relu(w) - w/2 + relu(-w)',
      'param w = 0.3; minimize w - floor(w)',
    ]) {
      const { error } = await train(source, {}, { optimizer, epochs: 50, lr: 0.01 });
      expect(error).toBeUndefined();
    }
  });
});

test.each(['gd', 'momentum', 'lbfgs', 'newton', 'newton-cg'])(
  '%s falls off an exponential and a cube, and says so',
  async (optimizer) => {
    for (const [source, way] of [
      ['param w = 1; minimize -exp(w)', 'no minimum: the cost falls'],
      ['param w = 1; maximize w^3', 'no maximum: the cost rises'],
    ] as const) {
      const { stopped, error } = await train(source, {}, { optimizer });
      expect(stopped).toBe('diverged');
      expect(error!.message).toBe(`there is ${way} without end along w`);
    }
  },
);

describe('a minimum at which entries stand for one another', () => {
  test.each<[string, string, string]>([
    ['a product', 'param V = 1, Q = 1, K = 1; minimize sum((V*Q*x./(K+x)-y).^2)', 'V, Q'],
    ['a sum in an exponent', 'param a = 1, b = 0.1, c = 0.1; minimize sum((a*exp(-(b + c)*x) - y).^2)', 'b, c'],
    ['a factor of both', 'param a = 1, b = 1, k = 2; minimize sum((k*(a - b*exp(-x)) - y).^2)', 'k'],
    ['at which the residuals are none', 'param a = 2, b = 3; minimize sum((a*b*x - 3*x).^2)', 'a, b'],
    ['after other units', 'param a = 1, b = 1; minimize sum((1e6*a*b*x - 1e6*y).^2)', 'a, b'],
  ])('%s', async (_, model, names) => {
    const { stopped, warnings, fit, optimizer } = await train(
      `data x : [n], y : [n]; ${model}`,
      { x: X, y: Y },
      { optimizer: 'auto' },
    );
    expect(optimizer.name).toBe('levenberg-marquardt');
    expect(stopped).toBe('converged');
    expect(fit).toBeUndefined();
    expect(warnings.map(({ message }) => message).join()).toContain('no standard errors: the data do not tell the entries of');
    expect(warnings.map(({ message }) => message).join()).toContain(names);
  });

  test('a place without a slope is none', async () => {
    const source = 'data x : [n], y : [n]; param a = 0, b = 0; minimize sum((a*b*x - y).^2)';
    const { stopped, history, cost } = await train(source, { x: X, y: Y }, { optimizer: 'auto' });
    expect(stopped).toBe('converged');
    expect(cost).toBeLessThan(history[0]! / 3);
  });
});
