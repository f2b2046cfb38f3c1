import { readdirSync, readFileSync } from 'node:fs';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { languages } from '../../src/derivation/words/index.ts';
import { derive, GradusError, hessian, lemma } from '../../src/index.ts';
import { describeGenerated, expressions, runs } from '../support/generate.ts';

const models = readdirSync('examples').filter((f) => f.endsWith('.grad'));
const read = (file: string) => readFileSync(`examples/${file}`, 'utf8');

describe('a derivation', () => {
  test.each(models)('of %s holds step by step, as it is printed', (file) => {
    const report = derive(read(file)).verifySteps();
    expect(report).toMatchObject({ ok: true, points: 5, failed: [] });
  });

  test.each(models)('of %s reads as it was found right', (file) => {
    const d = derive(read(file));
    expect(d.toText()).toMatchSnapshot('brief');
    expect(d.toText({ detail: 'full' })).toMatchSnapshot('full');
  });

  test('visits names in the order in which they can be found', () => {
    const targets = derive(read('xor-hidden.grad')).steps.map((s) => s.target);
    expect(targets).toEqual(['dA2', 'dZ2', '∂Cost/∂W2', '∂Cost/∂b2', 'dA1', 'dZ1', '∂Cost/∂W1', '∂Cost/∂b1']);
  });

  test('names rules by the names people know', () => {
    const rules = derive(read('or-gate.grad')).steps.map((s) => s.rule);
    expect(rules).toEqual(['power rule', 'sigmoid', 'product rule', 'broadcast rule']);
  });

  test('proves a transpose in indices and by dimensions', () => {
    const step = derive(read('or-gate.grad')).steps.find((s) => s.target === '∂Cost/∂W')!;
    expect(step.after.toUnicode()).toBe('dZ·Xᵀ');
    expect(step.shapes).toBe('(1×m)·(m×2) = (1×2)');
    expect(step.index).toBe('Z_k = Σ_j W_j X_jk + b ⇒ ∂Cost/∂W_j = Σ_k dZ_k X_jk');
  });

  test('gives the same result object whether steps are recorded or not', () => {
    const source = 'x^2*sin(x)*exp(x)';
    const [on, off] = [derive(source, 'x'), derive(source, 'x', { steps: false })];
    expect(off.steps).toEqual([]);
    expect(off.partial.toString()).toBe(on.partial.toString());
    expect(off.partial.nodes).toBe(on.partial.nodes);
  });

  test('shows an adjoint that is another one by its name', () => {
    const text = derive('param a, b\nu = a*b\nv = u + b\nw = v^2\nminimize C = w').toText();
    expect(text).toContain('dv = 2v');
    expect(text).toContain('du = dv');
  });
});

test.each([
  ['sum(σ(W*x + b).^2)', ['z = W·x + b', 'a = σ(z)', 'f = Σ a∘²']],
  ['norm(W*x - b)^2', ['r = W·x − b', 'f = Σ r∘²']],
  ["x'*W*x + sum(exp(W*x))", ['u = W·x', 'v = exp(u)', 'f = xᵀ·W·x + Σ v']],
])('of an expression of arrays names its parts: %s', (source, parts) => {
  const text = derive(source, 'W', { shapes: { W: ['m', 'm'], x: ['m'], b: ['m'] } }).toText();
  const left = text.split('\n').map((line) => line.split('   ')[0]!.trim());
  expect(left).toEqual(expect.arrayContaining(parts));
});

describe('a scalar expression', () => {
  test('is derived in the order of a textbook, with inner derivatives as substeps', () => {
    const [step] = derive('x^2*sin(3x)').steps;
    expect(step!.rule).toBe('product rule');
    expect(step!.before.toString()).toBe('diff(x^2*sin(3*x), x)');
    expect(step!.after.toString()).toBe('diff(x^2, x)*sin(3*x) + x^2*diff(sin(3*x), x)');
    expect(step!.result!.toString()).toBe('2*x*sin(3*x) + 3*x^2*cos(3*x)');
    expect(step!.substeps!.map((s) => [s.rule, s.after.toString()])).toEqual([
      ['power rule', '2*x'],
      ['sine', 'cos(3*x)*diff(3*x, x)'],
    ]);
  });

  test.each([
    'sin(x)/x',
    'exp(x^2)*log(x)/x',
    '(x^2+1)^3',
    'tanh(σ(x))',
    '1/(1+exp(-x))',
    'x^x',
    'sqrt(x^2+1)',
    'abs(x)^3',
    'softplus(2x)-relu(x)',
  ])('d/dx %s holds step by step', (source) => {
    expect(derive(source, 'x').verifySteps()).toMatchObject({ ok: true, points: 5 });
  });

  test('names the quotient rule', () => {
    const [step] = derive('sin(x)/x').steps;
    expect(step!.rule).toBe('quotient rule');
    expect(step!.after.toUnicode()).toBe('(d/dx(sin(x))·x − sin(x))/x²');
  });
});

/** Undefined for an expression that has a value nowhere: there is nothing to compare. */
function verified(derivation: ReturnType<typeof derive>) {
  try {
    return derivation.verifySteps(3);
  } catch (error) {
    if (error instanceof GradusError && error.code === 'domain') return undefined;
    throw error;
  }
}

test('every step of every expression holds, as it is printed', { timeout: 120_000 }, () => {
  let without = 0;
  const total = runs(300, 0.1);
  fc.assert(
    fc.property(expressions(), (generated) => {
      const { source, wrt, shapes } = generated;
      const derivation = derive(source, wrt, { shapes });
      if (derivation.steps.length === 0) return;
      const report = verified(derivation);
      if (!report || report.points === 0) without++;
      if (!report) return;
      expect(report.failed, `${describeGenerated(generated)}\n${derivation.toText()}`).toEqual([]);
    }),
    { numRuns: total },
  );
  expect(without).toBeLessThan(total / 4);
});

describe('numbers', () => {
  const { forward, backward } = derive(read('or-gate.grad')).values();
  const numbersOf = (label: string) => {
    const quantity = [...forward, ...backward].find((q) => q.label.startsWith(`${label} =`))!;
    return Array.from(quantity.data, (x) => Number(x.toFixed(4)));
  };

  test.each([
    ['Z', [0, 0.6, 0.1, 0.7]],
    ['A', [0.5, 0.6457, 0.525, 0.6682]],
    ['Cost', [0.0889]],
    ['dA', [0.125, -0.0886, -0.1188, -0.083]],
    ['dZ', [0.0313, -0.0203, -0.0296, -0.0184]],
    ['∂Cost/∂W', [-0.048, -0.0387]],
    ['∂Cost/∂b', [-0.037]],
  ])('of the OR gate: %s', (label, expected) => {
    expect(numbersOf(label)).toEqual(expected);
  });
});

describe('index notation', () => {
  test('says on request what matrix notation says', () => {
    const d = derive("x'*A*x", 'x', { shapes: { A: ['n', 'n'], x: ['n'] } });
    expect(d.partial.toString()).toBe("A*x + A'*x");
    expect(d.partial.toString('index')).toBe('T[i] = sum[j](x[j]*A[i, j]); T2[i] = sum[j](x[j]*A[j, i]); T + T2');
  });

  test('says what matrix notation cannot: the Hessian by a matrix', () => {
    const text = hessian("sum((X'*X).^2)", 'X', { shapes: { X: [3, 2] } }).toString();
    expect(text).toMatch(/^T\[i, j=1:2, .*\] = .*; T/);
  });
});

describe('a lemma', () => {
  test('is derived from the definition', () => {
    const text = lemma('sigmoid');
    expect(text.split('\n')[1]).toBe('  σ(z) = 1/(1 + exp(−z))');
    expect(text).toContain('= exp(−z)/(1 + exp(−z))²');
    expect(text.trimEnd()).toMatch(/= σ\(z\)·\(1 − σ\(z\)\) +σ\(z\) = 1\/\(1 \+ exp\(−z\)\)$/);
  });

  test('of a function that is not defined by others is refused', () => {
    expect(() => lemma('sin')).toThrow('sin is not defined by other functions');
  });
});

describe('where a ramp rises is said of its argument', () => {
  test('in steps, by entries and in closed forms', () => {
    const text = derive(
      'data X : [n, m], Y : [k, m]; param W : [h, n], V : [k, h]; Z = W*X; A = relu(Z); minimize L = sum((V*A - Y).^2)/m',
    ).toText({ detail: 'full' });
    expect(text).toContain('dZ = dA ⊙ step(Z)');
    expect(text).toContain('= dA_ij·step(Z_ij)');
    expect(text).toMatch(/∂L\/∂W = .*step\(Z\)\)·Xᵀ/);
    expect(text).not.toContain('step(A');
  });
  test('in a textbook, and where it is no name', () => {
    const text = derive('x*relu(2*x - 1)', 'x').toText({ detail: 'full' });
    expect(text).toContain('d/dx(relu(2x − 1)) = step(2x − 1)·d/dx(2x − 1)');
    expect(text).not.toContain('step(relu');
  });
});

test('a sum of products by entries is the way round that has fewer transposes', () => {
  const source =
    'data X : [n, m], Y : [k, m]; param W : [h, n], b : [h], V : [k, h]; A = tanh(W*X + b); minimize L = sum((V*A - Y).^2)/m';
  const text = derive(source).toText();
  expect(text).toContain('∂L/∂b = 2·sum((Vᵀ·R) ⊙ (1 − A∘²), m)/m');
});

test('what cancels within a product of arrays cancels beside other terms too', () => {
  const network = 'data X : [n, m], Y : [1, m]; param W : [h, n], V : [1, h], c; A = tanh(W*X); P = sigmoid(V*A)';
  const loss = '-sum(Y.*log(P) + (1 - Y).*log(1 - P))/m';
  const closed = (source: string) =>
    derive(source)
      .toText()
      .match(/In one line\n {2}∂L\/∂W = (.*)/)?.[1];
  const alone = '((Vᵀ·(P − Y)) ⊙ (1 − A∘²))·Xᵀ/m';
  expect(closed(`${network}; minimize L = ${loss}`)).toBe(alone);
  expect(closed(`${network}; minimize L = ${loss} + c*sum(W.^2)`)).toBe(`${alone} + 2c·W`);
});

test('what is used at two places is told of once, and each way down is counted', () => {
  const text = derive(
    'data Y : [n, m]; param X : [n, m]; s = sqrt(var(X, m) + 1); mu = mean(X, m); H = (X - mu)./s; minimize L = sum((H - Y).^2)',
  ).toText({ detail: 'full' });
  expect(text.match(/stands in it twice/g)).toHaveLength(1);
  expect(text).toContain('four paths: through s (twice), through H and through μ');
});

describe('words', () => {
  const { en, zh } = languages;

  test('exist in both languages for the same things', () => {
    expect(Object.keys(zh!.rules).sort()).toEqual(Object.keys(en!.rules).sort());
    expect(Object.keys(zh!.claims.slips).sort()).toEqual(Object.keys(en!.claims.slips).sort());
  });

  test('do not change the mathematics', () => {
    const d = derive(read('or-gate.grad'));
    const formulas = (text: string) => text.match(/^ {2}\S+ = .*?(?= {2})/gm);
    expect(formulas(d.toText({ words: zh! }))).toEqual(formulas(d.toText()));
  });
});

describe('what a step is called', () => {
  const shapes = { x: ['n'], A: ['m', 'n'] };
  const told = (source: string, by = 'x') => derive(source, by, { shapes }).toText();

  test.each([
    ['norm(x)', 'norm, ∂‖x‖/∂x = x/‖x‖'],
    ['norm(A*x)', 'norm, ∂‖x‖/∂x = x/‖x‖'],
    ['mean(x)', 'mean, ∂(mean x)/∂xᵢ = 1/n'],
    ['sum(x)/n', 'mean, ∂(mean x)/∂xᵢ = 1/n'],
    ['var(x)', 'mean, ∂(mean x)/∂xᵢ = 1/n'],
    ['sum(x.^2)', 'power rule'],
    ['mean(x.^2)', 'power rule'],
    ['sum(x)', 'sum over entries'],
  ])('%s: %s', (source, label) => expect(told(source)).toContain(label));

  test('a determinant within a logarithm cancels', () => {
    expect(told("log(det(A*A'))", 'A')).toMatch(/= 2inv\(A·Aᵀ\)·A +what arrives put in, u cancels/);
  });

  test('kinks of an array are those of its entries', () => {
    expect(told('sum(relu(A*x))')).toContain('has a kink where an entry of z is 0');
    expect(told('norm(x)')).toContain('has a kink at x = 0');
  });

  test('conditions stand in the language of the page', () => {
    const text = derive('x > 0 and y < 1 ? x^2 : 0', 'x').toText({ lang: 'zh' });
    expect(text).toContain('x > 0 且 y < 1');
    expect(text).not.toContain(' and ');
    expect(derive('x > 0 and x < 1 ? x^2 : 0', 'x').toText()).toContain('0 < x < 1 ? 2x : 0');
  });
});

test('a mean over two axes divides by a number: that is no product rule', () => {
  const lines = derive('data Y : [n, d]; param Z : [n, d]; E = Z - Y; minimize mean(E.^2)', 'Z').toText().split('\n');
  expect(lines.find((line) => line.startsWith('  dE'))).toMatch(/ power rule$/);
});
