import { describe, expect, it } from 'vitest';
import { compile, derive } from '../../src/index.ts';

const NETWORK = `data X : [m, 784]
data Y : [m, 10]
param W1 : [784, 128], b1 : [1, 128], W2 : [128, 10], b2 : [1, 10]
A1 = relu(X*W1 + b1)
Z2 = A1*W2 + b2
minimize L = -sum(Y.*log_softmax(Z2, cols))/m`;

const planned = (source: string, m: number) =>
  derive(source)
    .compile({ precision: 'f32', backend: 'wasm' })
    .plan({ X: new Float32Array(m * 784), Y: new Float32Array(m * 10) });

describe('a plan', () => {
  it('says what its program does, under the names of the model', () => {
    const text = planned(NETWORK, 64).text();
    expect(text).toMatch(/^wasm, f32: 26\.\d Mflop a run, [\d.]+ MB of memory\n\n/);
    expect(text).toMatch(/\[64×128\] = X·W1 +12\.8 Mflop +\d+ kB$/m);
    expect(text).toMatch(/^∂L\/∂W1 \[784×128\] = X'·dZ1 +12\.8 Mflop/m);
    expect(text).toMatch(/^A1 \[64×128\] from T1, b1 /m);
  });

  it('is of the sizes at hand, and adds up', () => {
    const [small, large] = [planned(NETWORK, 64), planned(NETWORK, 128)];
    expect(large.operations / small.operations).toBeCloseTo(2, 2);
    expect(small.statements.reduce((n, s) => n + s.operations, 0)).toBe(small.operations);
    expect(small.bytes).toBeGreaterThan(4 * (64 * 784 + 2 * 784 * 128));
  });

  it('has columns of one width', () => {
    const [, , ...rows] = planned(NETWORK, 64).text().split('\n');
    expect(new Set(rows.map((row) => row.search(/flop {3}/))).size).toBe(1);
  });

  it('indents what is done for each step of a recurrence', () => {
    const plan = derive('param W : [20, 20], x : [20, 9]\nh[0] = x\nh[t=1:50] = tanh(W·h[t-1])\nminimize L = sum(h.^2)')
      .compile({ backend: 'wasm' })
      .plan();
    expect(plan.text()).toMatch(/^50 times:\n {2}T\d+ \[20×9\] = W·T\d+ +360 kflop/m);
    expect(plan.text('zh')).toMatch(/^循环 50 次：$/m);
  });

  it('of a small formula is a line', () => {
    const plan = derive('x^2*sin(y)', ['x', 'y']).compile().plan();
    expect(plan.toString()).toMatch(/^js, f64: \d+ flop a run, \d+ B of memory\n\nf, ∂f\/∂x, ∂f\/∂y from x, y +\d+ flop +40 B$/);
  });

  it('names routines and their arguments', () => {
    const plan = compile('inv(A)*x', { shapes: { A: [30, 30], x: [30] } }).plan();
    expect(plan.toString()).toMatch(/^T\d = \w+\(A\) /m);
    expect(compile('x^2 + y').plan({ x: 1, y: 2 }).operations).toBe(2);
  });

  it('is plain data in JSON', () => {
    const plan = planned(NETWORK, 64);
    expect(JSON.parse(JSON.stringify(plan))).toEqual({
      target: plan.target,
      precision: 'f32',
      operations: plan.operations,
      bytes: plan.bytes,
      statements: plan.statements,
    });
    expect(plan.statements[0]).toMatchObject({ kind: 'product', rows: 64, columns: 128, summed: [784], factors: ['X', 'W1'] });
  });

  it('is of a compiled function too', () => {
    expect(
      compile('A*x', { shapes: { A: [30, 40], x: [40] } })
        .plan()
        .toString(),
    ).toMatch(/ from A, x +2\.\d+ kflop/);
  });

  it('needs every size', () => {
    expect(() => derive(NETWORK).compile().plan()).toThrow(expect.objectContaining({ code: 'data' }));
  });
});
