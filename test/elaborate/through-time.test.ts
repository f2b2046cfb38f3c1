import { describe, expect, it } from 'vitest';
import { laidOut } from '../../src/compile/link.ts';
import { looped } from '../../src/compile/loops.ts';
import { V8 } from '../../src/compile/machine.ts';
import { javascript } from '../../src/compile/targets/js.ts';
import { prepare } from '../../src/compile/task.ts';
import { differentiate } from '../../src/differentiate/sweep.ts';
import { elaborate } from '../../src/elaborate/elaborate.ts';
import { derive, train } from '../../src/index.ts';
import { parse } from '../../src/language/parser.ts';
import { upTo, x } from './recurrence-cases.ts';

const LSTM = `
param W : [4, 4] ~ normal(0, 0.5), U : [4, 2] ~ normal(0, 0.5), V : [4, 4] ~ normal(0, 0.5), b : [4] = 1
data X : [T, 2], y : [T]
param v : [4] ~ normal(0, 0.5)
c[0] = zeros(4); h[0] = zeros(4)
f[t=1:T] = σ(W*h[t-1] + U*X[t] + b)
c[t=1:T] = f[t].*c[t-1] + (1 - f[t]).*tanh(V*h[t-1] + U*X[t])
h[t=1:T] = tanh(c[t])
minimize Cost = mean((h*v - y).^2)`;

describe('a program through time', () => {
  /** The program of value and gradient as JavaScript, and how many numbers its buffers hold. */
  const program = (T: number) => {
    const { graph, inputs, objective } = elaborate(parse(LSTM));
    const params = [...inputs.values()].filter((i) => i.role === 'param').map((i) => i.node);
    const outputs = [objective!.node, ...differentiate(graph, objective!.node, params)];
    const { task } = prepare({ outputs, sizes: new Map([['T', T]]) });
    const made = looped(task, V8);
    return {
      text: javascript(laidOut(task, made), V8).text.length,
      numbers: made.slots.reduce((total, { length }) => total + length, 0),
    };
  };

  it('is a loop, not its steps written out, and needs memory in proportion to the steps', () => {
    const [a, b, c] = [100, 200, 400].map(program) as [Size, Size, Size];
    expect(c.text).toBeLessThan(1.02 * a.text);
    expect(c.numbers - b.numbers).toBe(2 * (b.numbers - a.numbers));
  });
});

type Size = { text: number; numbers: number };

describe('an LSTM', () => {
  it('learns to say what it was told a step before', async () => {
    const T = 24;
    const bits = Array.from({ length: T }, (_, t) => (Math.sin(37 * t * t) > 0 ? 1 : -1));
    const X = bits.map((bit) => [bit, 1]);
    const y = bits.map((_, t) => (t === 0 ? 0 : 0.5 * bits[t - 1]!));
    const { cost } = await train(LSTM, { X, y }, { epochs: 1000, lr: 0.5, seed: 1 });
    expect(cost).toBeLessThan(0.02);
  });
});

describe('a derivation through time', () => {
  const source = `data x : [2, T], y : [3]
    param W : [3, 3], U : [3, 2], h0 : [3]
    h[0] = h0
    h[t=1:T] = tanh(W*h[t-1] + U*x[:, t])
    minimize Cost = sum((h[T] - y).^2)`;

  it('says the recurrence as it was written, what comes back, and the sums over the steps', () => {
    const lines = derive(source).toText().split('\n');
    const line = (start: string) => lines.find((l) => l.trim().startsWith(start) && l.includes('='));
    expect(line('s[')).toMatch(/^s\[t=1:T\] = W·h\[t − 1\] \+ U·x\[:, t\] +T×3$/);
    expect(line('h[0]')).toMatch(/^h\[0\] = h0, h\[t=1:T\] = tanh\(s\[t\]\) +T×3$/);
    expect(line('δh')).toContain('δh[t=1:T] = dh[t] + (t < T ? Wᵀ·δs[t + 1] : 0)');
    expect(line('δh')).toContain('through time');
    expect(line('δs')).toContain('δs = δh ⊙ (1 − h∘²)');
    expect(line('∂Cost/∂W')).toContain('= Σ_t δs[t]·h[t − 1]ᵀ');
    expect(line('∂Cost/∂U')).toContain('= δsᵀ·xᵀ');
    expect(line('∂Cost/∂h0')).toContain('= Wᵀ·δs[1]');
  });

  it('sums over the steps in the letter of time, and reads the first entry where that is 0', () => {
    const own = source.replace(', h0 : [3]', '').replace('h[0] = h0', 'h[0] = zeros(3)');
    const text = derive(own).toText();
    expect(text).toContain('∂Cost/∂W = Σ_t δs[t]·h[t − 1]ᵀ');
    expect(text).not.toContain('≥ 2');
  });

  it('prints states of several names as they were written, and lags with numbers for their places', () => {
    const text = derive(LSTM).toText();
    for (const own of [
      'zf[t=1:T] = W·h[t − 1] + U·X[t] + b',
      'f[t=1:T] = σ(zf[t])',
      'zc[t=1:T] = V·h[t − 1] + U·X[t]',
      'c[0] = zeros(4), c[t=1:T] = f[t] ⊙ c[t − 1] + (1 − f[t]) ⊙ tanh(zc[t])',
      'h[0] = zeros(4), h[t=1:T] = tanh(c[t])',
      'δh[t=1:T] = dh[t] + (t < T ? Wᵀ·δzf[t + 1] + Vᵀ·δzc[t + 1] : 0)',
      'δc[t=1:T] = δh[t] ⊙ (1 − h[t]∘²) + (t < T ? δc[t + 1] ⊙ f[t + 1] : 0)',
      'δf[t=1:T] = δc[t] ⊙ (c[t − 1] − tanh(zc[t]))',
    ])
      expect(text).toContain(own);
    expect(derive('h[0] = a; h[t=1:4] = sin(a*h[t-1]); h[4]', 'a').partial.toString()).toContain('M[5] = 0');
  });

  it('reads a batch at each step, and what is meant of one step alone', () => {
    const batch = derive(`data X : [T, n, m], Y : [k, m]
      param W : [q, q], V : [q, n], U : [k, q], h0 : [q, m]
      h[0] = h0
      h[t=1:T] = tanh(W*h[t-1] + V*X[t])
      minimize L = sum((U*h[T] - Y).^2)/m`);
    const said = new Map(batch.steps.map(({ target, after }) => [target, after.toString()]));
    expect(said.get('dh')).toBe("T2[t=1:T] = t == T ? U'*dR : 0; T2");
    expect(said.get('δh')).toBe("T2[t=1:T] = dh[t] + (t < T ? W'*δs[t + 1] : 0); T2");
    expect(said.get('∂L/∂U')).toBe("dR*h[T]'");
    expect(said.get('∂L/∂W')).toBe("sum[t](δs[t]*h[t - 1]')");
    expect(said.get('∂L/∂V')).toBe("sum[t](δs[t]*X[t]')");
    expect(said.get('∂L/∂h0')).toBe("W'*δs[1]");
    expect(batch.verifySteps()).toMatchObject({ ok: true });
  });

  it('reads the step before where one first state is that of all examples', () => {
    const batch = derive(`data X : [T, n, m], Y : [q, m]; param W : [q, q], V : [q, n], h0 : [q]
      h[0] = h0 + zeros(q, m); h[t=1:T] = tanh(W*h[t-1] + V*X[t]); minimize L = sum((h[T] - Y).^2)`);
    const said = new Map(batch.steps.map(({ target, after }) => [target, after.toString()]));
    expect(said.get('∂L/∂W')).toBe("sum[t](δs[t]*h[t - 1]')");
    expect(batch.verifySteps()).toMatchObject({ ok: true });
  });

  it('holds step by step', () => {
    expect(derive(source).verifySteps()).toMatchObject({ ok: true, failed: [] });
    expect(derive(LSTM).verifySteps(2)).toMatchObject({ ok: true, failed: [] });
  });

  it('does not grow with what a step shares', () => {
    const deep = (n: number) => {
      const names = upTo(n).map(
        (k) => `z${k}[t=1:T] = sin(${k === 1 ? 'h[t-1]' : `z${k - 1}[t]`})*cos(${k === 1 ? 'h[t-1]' : `z${k - 1}[t]`})`,
      );
      return `h[0] = a; ${names.join('; ')}; h[t=1:T] = z${n}[t] + x[t]; h[T]`;
    };
    const length = (n: number) => derive(deep(n), 'a', { shapes: { a: [], ...x } }).partial.toString().length;
    expect(length(12)).toBeLessThan(3 * length(6));
  });
});
