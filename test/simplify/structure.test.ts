import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { differentiate } from '../../src/differentiate/sweep.ts';
import { derive, hessian, jacobian, StructuredTensor, type Tensor } from '../../src/index.ts';
import { compact, isTied, spread } from '../../src/simplify/compact.ts';
import { forRunning } from '../../src/simplify/pipelines.ts';
import { describeGenerated, expressions, runs } from '../support/generate.ts';
import { distance, modelOf, ordinary, somewhere, valuesOf } from '../support/values.ts';

type Shapes = Record<string, (number | string)[]>;
const N: Shapes = { x: ['n'] };

describe('what is stored without its zeros is the whole', () => {
  it('for the Jacobian of every expression', { timeout: 120_000 }, () => {
    let tied = 0;
    fc.assert(
      fc.property(expressions({ depth: 2 }), (generated) => {
        const model = modelOf(generated);
        const g = model.graph;
        const f = model.objective!.node;
        const [whole] = forRunning(g, differentiate(g, f, [model.inputs.get(generated.wrt)!.node]));
        const [small] = compact(g, [whole!]);
        if (isTied(small!)) tied++;
        const [value, one, two] = valuesOf([f, whole!, spread(g, small!)], somewhere(model, 5), model);
        if (value!.every(ordinary)) expect(distance(one!, two!), describeGenerated(generated)).toBeLessThan(1e-9);
      }),
      { numRuns: runs(300) },
    );
    expect(tied).toBeGreaterThan(runs(300) / 5);
  });

  it.each([
    ['x.*tanh(x) + exp(x)', 'x', N],
    ['where(x > 0, x.^2, 0)', 'x', N],
    ['max(x, y).*x', 'x', { x: ['n'], y: ['n'] }],
    ['tanh(W*x)', 'W', { W: ['m', 'n'], x: ['n'] }],
    ['h = x + sin(x); h.*cos(h)', 'x', N],
    ['outer(x, y)', 'x', { x: ['n'], y: ['m'] }],
    ['Z = A .* B; Z .* exp(Z)', 'A', { A: ['m', 'n'], B: ['m', 'n'] }],
  ] as const)('%s by %s', (source, wrt, shapes) => {
    const model = modelOf({ source, shapes: shapes as never });
    const found = derive(source, wrt, { shapes: shapes as never, steps: false });
    const at = somewhere(model, 2);
    const inputs = Object.fromEntries([...at.values].map(([name, data]) => [name, Float64Array.from(data)]));
    const value = found.compile().gradient({ ...Object.fromEntries(at.sizes), ...inputs })[wrt] as Tensor;
    expect(value).toBeInstanceOf(StructuredTensor);
    const x = model.inputs.get(wrt)!.node;
    const [expected] = valuesOf(differentiate(model.graph, model.objective!.node, [x]), at, model);
    expect(distance(expected!, [...value.data])).toBeLessThan(1e-10);
    expect((value as StructuredTensor).blocks.data.length).toBeLessThan(value.data.length);
  });

  it('a diagonal of 20,000 entries takes 20,000 numbers, not 400 million', () => {
    const x = Float64Array.from({ length: 20_000 }, (_, k) => Math.sin(k));
    const before = process.memoryUsage().arrayBuffers;
    const found = [
      hessian('sum(exp(x).*x + x.^4)', 'x', { shapes: N }).evaluate({ x }),
      jacobian('h = x + tanh(x); h.*exp(h)', 'x', { shapes: N }).evaluate({ x }),
      derive('sum(cos(x))', 'x', { shapes: N, order: 2 }).compile().gradient({ x }).x,
    ] as StructuredTensor[];
    for (const tensor of found) {
      expect(tensor.shape).toEqual([20_000, 20_000]);
      expect(tensor.blocks.data.length).toBe(20_000);
    }
    expect(process.memoryUsage().arrayBuffers - before).toBeLessThan(20e6);
    const k = 12_345;
    expect(found[0]!.blocks.data[k]).toBeCloseTo(Math.exp(x[k]!) * (x[k]! + 2) + 12 * x[k]! ** 2, 9);
  });
});

describe('the form tells', () => {
  const structure = (source: string, wrt: string, shapes: Shapes) => jacobian(source, wrt, { shapes }).structure;
  it.each<[string, string, Shapes, string, number[][]]>([
    ['exp(x)', 'x', N, 'diagonal', [[0, 1]]],
    [
      'A .* A',
      'A',
      { A: ['m', 'n'] },
      'diagonal',
      [
        [0, 2],
        [1, 3],
      ],
    ],
    ['tanh(W*x)', 'W', { W: ['m', 'n'], x: ['n'] }, 'block-diagonal', [[0, 1]]],
    ['W*X', 'X', { W: ['m', 'n'], X: ['n', 'k'] }, 'block-diagonal', [[1, 3]]],
    [
      "X'",
      'X',
      { X: ['m', 'n'] },
      'diagonal',
      [
        [0, 3],
        [1, 2],
      ],
    ],
    ['softmax(x)', 'x', N, 'dense', []],
    ['b + 0*x', 'x', { ...N, b: ['n'] }, 'zero', []],
    ['y[i=1:n-1] = x[i+1] - x[i]; y', 'x', N, 'banded', []],
    ['y[i=1:n-2] = sum[p=1:3](x[i+p-1]*c[p]); y', 'x', { ...N, c: [3] }, 'banded', []],
  ])('%s by %s', (source, wrt, shapes, kind, ties) => {
    expect(structure(source, wrt, shapes)).toMatchObject({ kind, ties });
  });

  it('a band says how wide it is', () => {
    expect(structure('y[i=1:n-2] = sum[p=1:3](x[i+p-1]*c[p]); y', 'x', { ...N, c: [3] }).band).toEqual({
      axes: [0, 1],
      from: 0,
      to: 2,
    });
    const differences = 'sum[i=1:n-1]((x[i+1] - x[i])^4)';
    expect(hessian(differences, 'x', { shapes: N }).structure).toMatchObject({ kind: 'banded', band: { from: -1, to: 1 } });
  });

  it('whether it depends on what was derived by', () => {
    expect(structure('W*x', 'x', { ...N, W: ['m', 'n'] }).constant).toBe(true);
    expect(structure('tanh(W*x)', 'x', { ...N, W: ['m', 'n'] }).constant).toBe(false);
  });

  it('a Hessian is symmetric', () => {
    expect(hessian('logdet(X) + sum(exp(X*X))', 'X', { shapes: { X: [3, 3] } }).structure.symmetric).toBe(true);
    expect(jacobian('W*x', 'x', { shapes: { W: [3, 3], x: [3] } }).structure.symmetric).toBe(false);
  });

  it('in a line of the derivation, in ASCII and Chinese too', async () => {
    const { chinese } = await import('../../src/derivation/words/zh.ts');
    const d = derive('exp(x).*x', 'x', { shapes: N });
    expect(d.toText()).toContain('diagonal: ∂fᵢ/∂xⱼ = 0 for i ≠ j');
    expect(d.toText({ ascii: true })).toContain('diagonal: df[i]/dx[j] = 0 for i != j');
    expect(d.toText({ words: chinese })).toContain('对角：i ≠ j 时 ∂fᵢ/∂xⱼ = 0');
    expect(d.toJSON().partials.x).toMatchObject({ structure: { kind: 'diagonal' } });
    expect(derive('softmax(x)', 'x', { shapes: N }).toJSON().partials.x).not.toHaveProperty('structure');
    expect(derive('tanh(W*x)', 'W', { shapes: { ...N, W: ['m', 'n'] } }).toText()).toContain('∂fᵢ/∂Wⱼₖ = 0 for i ≠ j');
  });
});
