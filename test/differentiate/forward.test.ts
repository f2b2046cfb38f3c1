import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { derivatives, prefersForward, pushforward } from '../../src/differentiate/forward.ts';
import { differentiate, identity } from '../../src/differentiate/sweep.ts';
import { topological } from '../../src/graph/traverse.ts';
import { forRunning } from '../../src/simplify/pipelines.ts';
import { describeGenerated, expressions, runs } from '../support/generate.ts';
import { distance, modelOf, ordinary, somewhere, valuesOf } from '../support/values.ts';

describe('the derivative forward is the derivative backwards', () => {
  it('of every expression', { timeout: 120_000 }, () => {
    fc.assert(
      fc.property(expressions(), (generated) => {
        const model = modelOf(generated);
        const g = model.graph;
        const f = model.objective!.node;
        const x = model.inputs.get(generated.wrt)!.node;
        const [backwards] = differentiate(g, f, [x]);
        const forward = pushforward(g, f, x, identity(g, x.shape));
        expect(forward.shape).toEqual(backwards!.shape);
        const [value, one, two] = valuesOf([f, ...forRunning(g, [backwards!, forward])], somewhere(model, 7), model);
        // Where the function has no value, neither has its derivative.
        if (value!.every(ordinary)) expect(distance(one!, two!), describeGenerated(generated)).toBeLessThan(1e-7);
      }),
      { numRuns: runs(200) },
    );
  });

  it.each([
    ['inv(A)', 'A', { A: ['n', 'n'] }],
    ['det(A)*A', 'A', { A: [3, 3] }],
    ['A \\ b', 'A', { A: ['n', 'n'], b: ['n'] }],
    ["cholesky(A*A' + eye(n))", 'A', { A: ['n', 'n'] }],
    ['softmax(x).*logsumexp(x)', 'x', { x: ['n'] }],
    ['prod(x)*max(x)*x', 'x', { x: ['n'] }],
    ['softmax(A*s, rows)', 's', { A: [2, 3], s: [] }],
    ['h[0] = s; h[t=1:5] = tanh(w*h[t-1] + x[t]); h', 'w', { x: [5], w: [], s: [] }],
    ['h[0] = s; h[t=1:5] = tanh(W*h[t-1] + x[t]); h', 's', { x: [5], W: [2, 2], s: [2] }],
    ['where(x > 0, x.^2, -x)', 'x', { x: ['n'] }],
  ] as const)('of %s by %s, whose operators have a rule for what arrives only', (source, wrt, shapes) => {
    const model = modelOf({ source, shapes: shapes as never });
    const g = model.graph;
    const x = model.inputs.get(wrt)!.node;
    const f = model.objective!.node;
    const forward = pushforward(g, f, x, identity(g, x.shape));
    expect(topological([forward]).some((n) => n.kind === 'variable' && n.name.startsWith('c['))).toBe(false);
    const [one, two] = valuesOf([differentiate(g, f, [x])[0]!, forward], somewhere(model, 3), model);
    expect(distance(one!, two!)).toBeLessThan(1e-10);
  });
});

describe('forward is chosen where it carries less along', () => {
  const chosen = (source: string, wrt: string, shapes: Record<string, (number | string)[]>): boolean => {
    const model = modelOf({ source, shapes });
    return prefersForward(model.objective!.node, [model.inputs.get(wrt)!.node]);
  };
  it.each([
    ['A*tanh(B*x)', 'x', { A: [2000, 50], B: [50, 2], x: [2] }, true],
    ['A*tanh(B*x)', 'x', { A: [2, 50], B: [50, 2000], x: [2000] }, false],
    ['A*tanh(B*x)', 'x', { A: ['m', 50], B: [50, 3], x: [3] }, true],
    ['A*tanh(B*x)', 'x', { A: ['m', 50], B: [50, 'n'], x: ['n'] }, false],
    ['sum(tanh(s*x))', 's', { x: ['n'], s: [] }, false],
    ['tanh(s*x)', 's', { x: ['n'], s: [] }, true],
  ] as const)('%s by %s of %o: %s', (source, wrt, shapes, forward) => {
    expect(chosen(source, wrt, shapes as never)).toBe(forward);
  });

  it('no adjoint of the whole objective is formed then', () => {
    const model = modelOf({
      source: 'h = x + tanh(B*x); A*(h + tanh(C*h))',
      shapes: { A: [70, 50], B: [50, 50], C: [50, 50], x: [50] },
    });
    const [found] = derivatives(model.graph, model.objective!.node, [model.inputs.get('x')!.node]);
    const largest = Math.max(...topological([found!]).map((n) => n.shape.reduce<number>((p, d) => p * Number(d), 1)));
    expect(largest).toBeLessThanOrEqual(70 * 50);
  });
});
