import { describe, expect, it } from 'vitest';
import { elaborate } from '../../src/elaborate/elaborate.ts';
import type { Node } from '../../src/graph/node.ts';
import { topological } from '../../src/graph/traverse.ts';
import { check, compile, GradusError, hessian, parse, simplify, train } from '../../src/index.ts';
import { forRunning } from '../../src/simplify/pipelines.ts';
import { stabilise } from '../../src/stabilise/stabilise.ts';
import { somewhere } from '../support/values.ts';

type Shapes = Record<string, (number | string)[]>;

const V: Shapes = { x: ['n'] };

/** How far two expressions over the same names are apart at a random point. */
function apart(one: string, two: string, shapes: Shapes = {}): number {
  const spoken = (source: string) =>
    Object.fromEntries(Object.entries(shapes).filter(([name]) => new RegExp(`\\b${name}\\b`).test(source)));
  const known = { ...spoken(one), ...spoken(two) };
  const a = elaborate(parse(one), { shapes: known });
  const at = somewhere(a, 4);
  const inputs = {
    ...Object.fromEntries(
      [...at.values].map(([name, data]) => [name, data.length === 1 && !shapes[name] ? data[0]! : Float64Array.from(data)]),
    ),
  };
  const [x, y] = [one, two].map((source) => {
    const model = elaborate(parse(source), { shapes: known });
    const given = Object.fromEntries(Object.entries(inputs).filter(([name]) => model.inputs.has(name)));
    const found = compile(source, { shapes: known })({ ...given, ...sizesFor(model.inputs, at.sizes) });
    return typeof found === 'number' ? [found] : [...found.data];
  });
  expect(x).toHaveLength(y!.length);
  return Math.max(...x!.map((v, k) => Math.abs(v - y![k]!) / Math.max(1, Math.abs(y![k]!))));
}

const sizesFor = (inputs: ReadonlyMap<string, { shape: readonly (number | string)[] }>, sizes: ReadonlyMap<string, number>) =>
  Object.fromEntries([...sizes].filter(([name]) => [...inputs.values()].some(({ shape }) => shape.includes(name))));

describe('higher and mixed derivatives in the language', () => {
  it.each([
    ['diff(x*sin(x), x, 3)', '-x*cos(x) - 3*sin(x)'],
    ['diff(x^3*y^2, x, 2, y)', '12*x*y'],
    ['diff(x^3*y^2, y, x, x)', '12*x*y'],
    ['diff(exp(a*x), x, 5)', 'a^5*exp(a*x)'],
    ['diff(x^7, x, 8) + x', 'x'],
    ['hessian(x*y^2, x, y)', '2*y'],
    ['hessian(x^2*y^3, x)', '2*y^3'],
    ['∂(∂(x^2*y)/∂(x))/∂(y)', '2*x'],
    ['u = x^2; diff(u^3, u)', '3*x^4'],
    ['f(x) = x^3; df(s) = diff(f(s), s); df(2*x)', '12*x^2'],
    ['g(s, t) = diff(s*t, s); g(x, x)', 'x'],
    ['k(s) = diff(s^2*diff(s^3, s), s); k(x)', '12*x^3'],
    ['second(s) = diff(sin(s^2), s, 2); second(x)', '2*cos(x^2) - 4*x^2*sin(x^2)'],
    ['gradient(z) = grad(sum(z.^3), z); gradient(2*x)', '12*x.^2', V],
    ['jacobian(sum(x)*x, x)', "x*ones(n)' + sum(x)*eye(n)", V],
    ['hessian(sum(a.*x.^2), a, x)', '2*diag(x)', { ...V, a: ['n'] }],
  ] as [string, string, Shapes?][])('%s is %s', (source, expected, shapes: Shapes = {}) => {
    expect(apart(source, expected, shapes)).toBeLessThan(1e-12);
  });

  it('the derivative of the sum of an entrywise function is its derivative, entry by entry', () => {
    const shapes = { ...V, w: [], b: [], c: [] };
    expect(apart('grad(sum(c*tanh(w*x + b)), x)', 'c*w*(1 - tanh(w*x + b).^2)', shapes)).toBeLessThan(1e-12);
  });

  it.each([
    ['diff(x^2, x, 0)', 'an order is an integer'],
    ['diff(x^2, x, 1.5)', 'an order is an integer'],
    ['diff(x^2, 2)', 'a derivative is taken by a name'],
    ['diff(x^2, x + 1)', 'a derivative is taken by a name'],
    ['grad(x)', 'grad takes'],
    ['hessian(x)', 'hessian takes'],
    ['w[0] = s; w[t=1:3] = w[t-1] - diff(w[t-1]^4, w[t-1]); w', 'cannot be derived by w itself'],
    ['hvp(x^2, x)', 'hvp takes an expression, a name and a direction'],
  ])('%s: %s', (source, message) => {
    expect(() => simplify(source)).toThrow(message);
  });

  it('a direction has the shape of what it moves', () => {
    const shapes = { ...V, v: ['m'] };
    expect(() => simplify('hvp(sum(x.^2), x, v)', { shapes })).toThrow(GradusError);
    expect(() => simplify('jvp(x.^2, x, v)', { shapes })).toThrow('the name has [n]');
    expect(() => simplify('vjp(x.^2, x, v)', { shapes })).toThrow('the function has [n]');
  });

  it('derivatives nested without end are refused', () => {
    const deep = (n: number) => `${'diff('.repeat(n)}x^2${', x)'.repeat(n)}`;
    expect(simplify(deep(200)).toString()).toBe('0');
    expect(() => simplify(deep(300))).toThrow('nest more than');
  });
});

describe('derivatives within index notation', () => {
  const shapes = { ...V, w: [], b: [], c: [] };
  const u = 'u(s) = c*tanh(w*s + b)';
  it.each([
    ['sum[i](grad(sum(x.^3), x)[i]^2)', '9*sum(x.^4)'],
    [`${u}; sum[i](diff(u(x[i]), x[i])^2)`, 'c^2*w^2*sum((1 - tanh(w*x + b).^2).^2)'],
    [`${u}; du(s) = diff(u(s), s); mean[i]((du(x[i]) - u(x[i]))^2)`, 'mean((c*w*(1 - tanh(w*x + b).^2) - c*tanh(w*x + b)).^2)'],
    [`${u}; sum[i](diff(u(x[i]), x[i], 2))`, '-2*c*w^2*sum(tanh(w*x + b).*(1 - tanh(w*x + b).^2))'],
    [`${u}; sum[i](x[i]*diff(u(x[i]), w))`, 'sum(c*x.^2.*(1 - tanh(w*x + b).^2))'],
    ['sum[i](diff(norm(x)^2*x[i], x[i]))', '(2 + n)*sum(x.^2)'],
    ['sum[i, j](diff(x[i]^2*x[j], x[j]))', 'sum(2*x.^2) + n*sum(x.^2)'],
    ['f(s, t) = s^2*t; d(s, t) = diff(f(s, t), s, t); sum[i, j](d(x[i], y[j])*x[j])', 'sum[i, j](2*x[i]*x[j])'],
    ['f(s) = sum[i](y[i]*s^2); d(s) = diff(f(s), s); sum[i](d(x[i])*x[i])', '2*sum(y)*sum(x.^2)'],
    [
      'p(z) = norm(grad(sum(z.^3)*z[1], z)); sum[i](p(M[i,:]))',
      'sum[i](sqrt(sum[j]((3*M[i,j]^2*M[i,1] + where(j == 1, sum[k](M[i,k]^3), 0))^2)))',
    ],
    ['D[i] = diff(sin(x[i])*x[i], x[i]); sum(D)', 'sum(cos(x).*x + sin(x))'],
  ])('%s is %s', (source, expected) => {
    expect(apart(source, expected, { ...shapes, y: ['n'], M: ['m', 2] })).toBeLessThan(1e-12);
  });

  it('takes work in proportion to the entries, not to their square', () => {
    const model = elaborate(parse(`${u}; sum[i]((diff(u(x[i]), x[i], 2) + u(x[i]))^2)`), { shapes: { ...shapes, x: ['n'] } });
    const [runs] = forRunning(model.graph, stabilise(model.graph, [model.objective!.node]));
    for (const node of topological([runs!])) expect(node.shape.length).toBeLessThan(2);
  });
});

describe('products with derivatives never form them', () => {
  const squares = (root: Node): number => topological([root]).filter((n) => n.shape.filter((d) => d === 'n').length > 1).length;
  it.each([
    ['hvp(sum(tanh(A*x).^2), x, v)', 'hessian(sum(tanh(A*x).^2), x)*v'],
    ['hvp(log(sum(exp(x))), x, v)', 'hessian(log(sum(exp(x))), x)*v'],
    ['hvp(norm(x)^3, x, v)', 'hessian(norm(x)^3, x)*v'],
    ['jvp(softmax(x).*x, x, v)', 'jacobian(softmax(x).*x, x)*v'],
    ['vjp(softmax(x).*x, x, v)', "jacobian(softmax(x).*x, x)'*v"],
    ['jvp(tanh(A*x), x, v)', 'jacobian(tanh(A*x), x)*v'],
    ['vjp(tanh(A*x), x, q)', "jacobian(tanh(A*x), x)'*q"],
  ])('%s is %s', (source, expected) => {
    const shapes: Shapes = { A: ['m', 'n'], x: ['n'], v: ['n'], q: ['m'] };
    expect(apart(source, expected, shapes)).toBeLessThan(1e-11);
    const used = Object.fromEntries(Object.entries(shapes).filter(([name]) => new RegExp(`\\b${name}\\b`).test(source)));
    const model = elaborate(parse(source), { shapes: used });
    const { graph, objective } = model;
    expect(squares(objective!.node)).toBe(0);
    expect(squares(forRunning(graph, stabilise(graph, [objective!.node]))[0]!)).toBe(0);
  });

  it('of a recurrence', () => {
    const model = (form: string) => `h[0] = 0.5*sum(x); h[t=1:4] = tanh(h[t-1] + x[t]); ${form}`;
    const shapes: Shapes = { x: [4], v: [4] };
    expect(apart(model('jvp(h, x, v)'), model('jacobian(h, x)*v'), shapes)).toBeLessThan(1e-12);
    expect(apart(model('vjp(h, x, v)'), model("jacobian(h, x)'*v"), shapes)).toBeLessThan(1e-12);
  });
});

describe('the layout of Jacobians, against differences of 64 digits', () => {
  const shapes: Shapes = { s: [], u: [2], A: [2, 3], K: [2, 3, 2], Q: [2, 1, 2, 2] };
  const of: Record<string, string> = {
    s: 'exp(s)',
    u: 'sum(u.^2)*exp(u)',
    A: "sum(A.^2)*sin(A) + tr(A'*A)",
    K: 'K.^3*sum(K)',
    Q: 'Q.^2*sum(Q.^3)',
  };
  it.each(Object.keys(of))('of %s by itself', async (name) => {
    const report = await check(of[name]!, { wrt: name, shapes: { [name]: shapes[name]! }, points: 1, method: 'bignumber' });
    expect(report.ok).toBe(true);
  });

  it.each([
    ["sum((X'*X).^2)", { X: [3, 2] }],
    ["sum(X'*A*X)", { X: [3, 2], A: [3, 3] }],
    ['logdet(X)', { X: [3, 3] }],
    ['sum(tanh(W*X))', { X: [2, 3], W: [2, 2] }],
    ['sum(X.^3)*sum(X)', { X: [2, 2, 2] }],
    ['log(sum(exp(X)))', { X: [3] }],
    ['prod(X)', { X: [4] }],
    ['sum(prod(X, cols).^2)', { X: [2, 3] }],
    ['sum(softmax(X, rows).^2)', { X: [2, 2] }],
    ['sum(logsumexp(X, cols).^2)', { X: [2, 3] }],
    ['sum(norm(X)*X)', { X: [2, 2] }],
  ] as [string, Shapes][])('the Hessian of %s is the Jacobian of its gradient, prints and parses back', async (source, own) => {
    const report = await check(`grad(${source}, X)`, { wrt: 'X', shapes: own, points: 1 });
    expect(report.ok).toBe(true);
    const found = hessian(source, 'X', { shapes: own });
    expect(found.shape).toEqual([...own.X!, ...own.X!]);
    const text = found.toString();
    expect(apart(text, `hessian(${source}, X)`, own), text).toBeLessThan(1e-10);
  });

  it.each([
    ["sum((X'*X).^2)", { X: ['m', 'n'] }, 200],
    ["tr(X'*A*X)", { X: ['m', 'n'], A: ['m', 'm'] }, 120],
    ['logdet(X)', { X: ['n', 'n'] }, 60],
    ['sum(exp(X))', { X: ['m', 'n'] }, 80],
  ] as [string, Shapes, number][])('the Hessian of %s is short', (source, own, most) => {
    expect(hessian(source, 'X', { shapes: own }).toString().length).toBeLessThan(most);
  });
});

describe('losses with derivatives train', () => {
  it('a gradient penalty', async () => {
    const model = `
      data x : [2] = [1, 2]
      param w : [3, 2] ~ normal(0, 1)
      param c : [3] ~ normal(0, 1)
      D(z) = c'*tanh(w*z)
      minimize L = (norm(grad(D(x), x)) - 1)^2`;
    const found = await train(model, {}, { epochs: 400, lr: 0.1, seed: 3 });
    expect(found.cost).toBeLessThan(1e-8);
    expect((await check(model, { points: 1 })).ok).toBe(true);
  });

  it('a differential equation: u′ = −u, u(0) = 1', async () => {
    const model = `
      data t : [9] = [0, 0.25, 0.5, 0.75, 1, 1.25, 1.5, 1.75, 2]
      param a : [6] ~ normal(0, 1)
      param b : [6] ~ normal(0, 1)
      param c : [6] ~ normal(0, 1)
      u(s) = sum[k](c[k]*tanh(a[k]*s + b[k]))
      du(s) = diff(u(s), s)
      minimize L = mean[i]((du(t[i]) + u(t[i]))^2) + (u(0) - 1)^2`;
    const found = await train(model, {}, { epochs: 20_000, lr: 0.05, seed: 1 });
    expect(found.cost).toBeLessThan(1e-4);
    const { a, b, c } = found.params as unknown as Record<string, { data: Float64Array }>;
    const u = (s: number) => [...c!.data].reduce((n, ck, k) => n + ck * Math.tanh(a!.data[k]! * s + b!.data[k]!), 0);
    for (const s of [0.3, 1, 1.9]) expect(Math.abs(u(s) - Math.exp(-s))).toBeLessThan(0.02);
  });

  it('gradient descent within the model: the learning rate is learned', async () => {
    const source = 'L(z) = sum(a.*z.^4); step(z) = z - r*grad(L(z), z); w[0] = s; w[t=1:3] = step(w[t-1]); sum(w[3,:])';
    const shapes = { a: [2], s: [2], r: [] };
    const found = compile(source, { shapes })({ a: [1, 0.5], s: [1, 2], r: 0.1 });
    let w = [1, 2];
    for (let k = 0; k < 3; k++) w = w.map((v, i) => v - 0.1 * 4 * [1, 0.5][i]! * v ** 3);
    expect(found).toBeCloseTo(w[0]! + w[1]!, 12);
    expect((await check(source, { wrt: 'r', shapes, points: 1 })).ok).toBe(true);
  });

  it('a curvature along a direction', async () => {
    const model = `
      data v : [2] = [1, 0]
      param x : [2] = [1, 1]
      minimize L = dot(v, hvp(sum(x.^4), x, v)) + sum(x.^2)`;
    expect((await check(model, { points: 1 })).ok).toBe(true);
    expect((await train(model, {}, { epochs: 200, lr: 0.01 })).cost).toBeLessThan(0.1);
  });
});
