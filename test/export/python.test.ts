import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { type DialectName, exportTo } from '../../src/index.ts';
import { convolutions } from './convolutions.ts';
import { recurrences } from './recurrences.ts';

const example = (name: string): string => readFileSync(`examples/${name}.grad`, 'utf8');
const program = async (source: string, dialect: DialectName = 'numpy', options = {}): Promise<string> =>
  (await exportTo(source, dialect, options))['model.py']!;

/** The lines of a function without those that unpack. */
function linesOf(text: string, name: string): string[] {
  const body = text.split(`\ndef ${name}(`)[1]!.split('\n\n\n')[0]!.split('\n');
  return body.slice(1).map((line) => line.trim());
}

describe('a program reads as a person would have written it', () => {
  test('each gradient of XOR stands under its formula and reason', async () => {
    const lines = linesOf(await program(example('xor-hidden')), 'value_and_gradients');
    const under = (code: string): string | undefined => lines[lines.indexOf(code) - 1];
    expect(under('Z1 = W1 @ X + b1[:, None]')).toBe('# Z1 = W1·X + b1');
    expect(under('Z2 = W2 @ A1 + b2')).toBe('# Z2 = W2·A1 + b2');
    expect(under('dZ2 = dA2 * A2 * sigmoid(-Z2)')).toBe('# dZ2 = dA2 ⊙ A2 ⊙ (1 − A2)   (chain rule, σ′ = σ(1 − σ))');
    expect(under('dW1 = dZ1 @ X.T')).toBe('# ∂Cost/∂W1 = dZ1·Xᵀ   (product rule)');
    expect(under('db1 = np.sum(dZ1, axis=1)')).toBe('# ∂Cost/∂b1 = sum(dZ1, m)   (broadcast rule)');
  });

  test('the comments of the source stand at its head', async () => {
    expect(await program(example('xor-hidden'))).toContain('XOR with one hidden layer of three sigmoid neurons.');
  });

  test('what the source says of itself is no code, and is readable', async () => {
    const head = async (comment: string) => (await program(`# ${comment}\nparam w = 1\nminimize w^2`)).split('\n').slice(0, 2);
    expect(await head('\\xi is the noise, in C:\\Users\\new')).toEqual(['r"""', '\\xi is the noise, in C:\\Users\\new']);
    expect(await head('he said """, and \\')).toEqual(['"""', 'he said \\"\\"\\", and \\\\']);
  });

  test('attention is products of arrays, and keeps its names', async () => {
    const text = await program(example('models/attention'));
    expect(text).toContain('    O = P @ V\n');
    expect(text).toMatch(/ {4}dS = P \* \(dP - np\.sum\(dP \* P, axis=3\)/);
  });

  test.each(['numpy', 'torch'] as const)('a recurrence is a loop in %s', async (dialect) => {
    expect(await program(example('models/lstm'), dialect)).toMatch(/for t in range\(T\):\n/);
  });

  test.each(['numpy', 'jax'] as const)('what a recurrence predicts has its name in %s', async (dialect) => {
    const source = `data x : [T], y : [T]
param a = 0.5
h[0] = 0
h[t=1:T] = tanh(a*h[t-1] + x[t])
minimize L = sum((h - y).^2)`;
    expect(await program(source, dialect)).toContain('What the model predicts, h; targets are not needed.');
  });

  test('a recurrence is a scan in JAX', async () => {
    expect(await program(example('models/lstm'), 'jax')).toContain('= jax.lax.scan(h_c_step, start, over)');
  });

  test.each(['jax', 'numpy', 'torch'] as const)(
    'the steps of an LSTM have its names, forwards and back, in %s',
    async (dialect) => {
      const lines = linesOf(await program(example('models/lstm'), dialect), 'value_and_gradients');
      const under = (start: string): string | undefined => lines[lines.findIndex((line) => line.startsWith(start)) - 1];
      const carried = dialect === 'jax' ? 'return (h, c), (zf, f, zi, i, zo, o, zg, g, c, h, ' : 'h_before, c_before = h, c';
      expect(lines.some((line) => line.startsWith(carried))).toBe(true);
      expect(lines).toContain('c = f * c_before + i * g');
      expect(under('f = ')).toBe('# f[t=1:T] = σ(Wf·h[t-1] + Uf·X[t])');
      const entry = (name: string): string => (dialect === 'jax' ? `${name}_t` : `${name}[t]`);
      expect(lines).toContain(`δh = ${entry('dh')} + δh_back`);
      // What nothing but the step needs is computed there where it is compiled, for all steps at once where it is not.
      const slope = dialect === 'jax' ? 'sech(c_t) ** 2' : 't9[t]';
      expect(lines).toContain(`δc = δh * ${entry('o')} * ${slope} + δc_back`);
      expect(under(`δi = δc * ${entry('g')}`)).toBe('# δi = δc ⊙ g   (product rule)');
      // Nothing is left of the vector that both states lie in.
      expect(lines.join('\n')).not.toMatch(/entries\(|arange\(8\)|:4\]/);
    },
  );

  test('a step computes what is told, and what is needed outside comes out of it once', async () => {
    const lines = linesOf(await program(recurrences['gated units']!, 'jax'), 'value_and_gradients');
    expect(lines.filter((line) => /^(z|r|n|h) = /.test(line))).toEqual([
      'z = jax.nn.sigmoid(az)',
      'r = jax.nn.sigmoid(ar)',
      'n = jnp.tanh(an)',
      'h = t5 * n + z * h_before',
    ]);
  });

  test('a convolution is one in JAX, and so are its gradients', async () => {
    const text = await program(convolutions['two layers, strides, channels']!, 'jax');
    const together = text
      .replace(/\(\n\s+/g, '(')
      .replace(/,?\n\s*\)/g, ')')
      .replace(/,\n\s+/g, ', ');
    const lines = linesOf(together, 'value_and_gradients');
    const from = (start: string): string => lines.find((line) => line.startsWith(start))!;
    const call = 'jax.lax.conv_general_dilated(';
    expect(from('D = ')).toBe(`D = ${call}C, G, (1, 1), "VALID", dimension_numbers=("NC01", "OI01", "NC01"))`);
    expect(from('dG = ')).toBe(`dG = ${call}C, dD, (1, 1), "VALID", dimension_numbers=("CN01", "IO01", "CN01"))`);
    expect(from('dC = ')).toContain(`${call}dD, jnp.flip(G, (2, 3)), (1, 1), [(1, 1), (1, 1)], `);
    expect(from('dF = ')).toContain('(1, 1), "VALID", rhs_dilation=(1, 2), ');
    expect(lines.join()).not.toContain('entries(');
  });

  test('places outside of an array are 0, never counted from its end', async () => {
    const text = await program('param h : [4]\ndata y : [4]\nz[t=1:4] = where(t > 1, h[t-1], 0)\nminimize sum((z - y).^2)');
    expect(text).toContain('entries(h, ');
    expect(text).toContain('def entries(x, places, axis):');
  });

  test.each(['xor-hidden', 'models/lstm', 'models/conv-net', 'models/mixture'])(
    'comments of %s have 100 characters at most',
    async (name) => {
      const lines = (await program(example(name))).split('\n').map((line) => line.trim());
      for (const line of lines.filter((l) => l.startsWith('#'))) expect([...line].length).toBeLessThanOrEqual(100);
    },
  );
});

describe('names', () => {
  test('that Python keeps, or cannot read, are spelled otherwise; dictionaries have them as they are', async () => {
    const text = await program('param lambda = 2, A₁ = 3\nminimize lambda^2*A₁');
    expect(text).toContain('lambda_ = array("lambda", params, ())');
    expect(text).toMatch(/ A1 = array\("A(1|₁)", params, \(\)\)/);
  });

  test('that Python reads as one stay two', async () => {
    const text = await program('param ϕ = 2, φ = 3\nminimize ϕ^2 + φ^2*ϕ');
    expect(text).toContain('φ = array("ϕ", params, ())');
    expect(text).toContain('φ_ = array("φ", params, ())');
  });

  test('of sizes do not clash with those of parts', async () => {
    const text = await program('param w : [t1] ~ zeros\ndata x : [t1] = [1, 2]\nu = w.*x\nminimize sum(u.^2) + sum(u.^2)^2 + t1');
    expect(text).toContain('t1 = w.shape[0]');
    expect(text).not.toMatch(/^ {4}t1 = np/m);
  });
});

describe('precision', () => {
  test.each([
    ['numpy', 'np.float32'],
    ['jax', 'jnp.float32'],
    ['torch', 'torch.float32'],
  ] as const)('%s has f32 as %s', async (dialect, type) => {
    expect(await program('param w = 1\nminimize w^2', dialect, { precision: 'f32' })).toContain(`DTYPE = ${type}`);
  });
});

describe('values', () => {
  test('of the source stand in the program', async () => {
    const text = await program('param w : [2] = [1, 2]\ndata x : [2] = [3, 4]\nconst c = 0.5\nminimize c*sum(w.*x)');
    expect(text).toContain('"w": np.asarray([1.0, 2.0], dtype=DTYPE)');
    expect(text).toContain('"x": np.asarray([3.0, 4.0], dtype=DTYPE)');
    expect(text).toContain('c = np.asarray(0.5, dtype=DTYPE)');
  });

  test('that were learned take their place', async () => {
    expect(await program('param w = 1\nminimize w^2', 'numpy', { inputs: { w: 7 } })).toContain(
      '"w": np.asarray(7.0, dtype=DTYPE)',
    );
  });

  test('that nobody gave are said to be missing when they are asked for', async () => {
    const text = await program('param w : [n]\ndata x : [n]\nminimize sum(w.*x)');
    expect(text).toContain('"the model has no value of x: pass your own, or export it with them: ');
  });

  test('sizes that no data tell are told', async () => {
    const text = await program('param w : [n], v : [p]\ndata x : [n]\nminimize sum(w.*x) + sum(v.^2)');
    expect(text.replace(/"\n\s+"/g, '')).toContain(
      'the model has no value of w, v, and nothing tells the size p: pass your own, or export it with them: ' +
        'gradus export MODEL --data FILE --set p=100 --to numpy"',
    );
  });
});

describe('what cannot be exported is told', () => {
  test.each([
    ['x = 2', 'numpy', 'argument', 'there is nothing to learn'],
    ['param w : [3]\nw.^2', 'numpy', 'shape', 'the objective must be a number'],
    ['param x = 0.5\nminimize polylog(2, x)', 'numpy', 'unsupported', 'polylog cannot be written in numpy'],
    ['param x = 0.5\nminimize besselj(1, x)', 'jax', 'unsupported', 'besselj cannot be written in jax'],
    ['param x = 0.5\nminimize Shi(x)', 'torch', 'unsupported', 'Shi cannot be written in torch'],
  ] as const)('%s in %s', async (source, dialect, code, message) => {
    await expect(exportTo(source, dialect)).rejects.toMatchObject({ code, message: expect.stringContaining(message) });
  });

  test('a dialect that does not exist', async () => {
    await expect(exportTo('param x = 1; minimize x^2', 'pytorch' as 'torch')).rejects.toMatchObject({ code: 'argument' });
  });
});
