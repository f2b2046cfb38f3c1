import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { derive } from '../../src/index.ts';
import { attempt } from '../../src/language/attempt.ts';
import { arraySources } from '../support/corpus/arrays.ts';
import { partOf } from '../support/generate.ts';
import { equations, numbersOf, stepsOf, worth } from '../support/worth.ts';

/**
 * The working of a step by entries says what the step says: each line, read back as the definition of an array by its
 * entries, is worth what stands on its left.
 */

const data: Record<string, string> = {
  ridge: 'data X : [m, n], y : [m]; param w : [n], c; r = X*w - y; minimize J = sum(r.^2) + c*sum(w.^2)',
  quadratic: "param x : [n]; data A : [n, n]; minimize f = x'*A*x",
  trace: "param A : [n, m]; data B : [m, m]; minimize f = trace(A*B*A')",
  softmax: 'data X : [n, m], Y : [q, m]; param W : [q, n]; Z = W*X; P = softmax(Z, q); minimize L = -sum(Y.*log(P))/m',
  norm:
    'data X : [n, m], Y : [n, m]; param g : [n], b : [n]; mu = mean(X.*g, m); v = mean((X.*g - mu).^2, m);' +
    'H = (X.*g - mu)./sqrt(v + 0.01); minimize L = sum((H.*g + b - Y).^2)/(2*m)',
  residual: 'data x : [n]; param W : [n, n], V : [n, n]; a = W*x; r = x + tanh(a); s = V*r + a; minimize L = sum(s.*r)',
  'multiple of the identity': 'param s; data A : [n, n], K : [n, n]; minimize f = tr(A*(K + s*eye(n)))',
  'diagonal matrix': 'param v : [n]; data K : [n, n]; minimize f = sum((K - diag(v)).^2)',
  'inverse of a shifted matrix': "param s = 2; data K : [n, n], y : [n]; minimize f = y'*inv(K + s*eye(n))*y",
  'inverse beside a diagonal': "param v : [n]; data K : [n, n], y : [n]; minimize f = y'*inv(K + diag(v))*y",
  'shifted map': 'param s; data A : [n, n], x : [n], b : [n]; r = (A + s*eye(n))*x - b; minimize f = sum(r.^2)',
  'shifted form': "param s; data A : [n, n], x : [n]; minimize f = x'*(A + s*eye(n))*x",
  'diagonal in a trace': 'param v : [n]; data A : [n, n], B : [n, n]; minimize f = tr(A*(B + diag(v.^2)))',
  'letters that change places in a circle':
    "param S : [n, n]; data x : [n]; E = hessian(x'*S*x*sum(x), x); minimize f = sum(E.^2)",
  outer: "param u : [n], v : [p]; data M : [n, p]; E = u*v' - M; minimize L = sum(E.^2)/2",
};

const examples = readdirSync('examples').filter((file) => file.endsWith('.grad'));
const sources = [...Object.entries(data), ...examples.map((file) => [file, readFileSync(`examples/${file}`, 'utf8')] as const)];

describe.each(sources)('%s', (_, source) => {
  test('each line by entries is worth its left side', () => {
    const derivation = derive(source);
    const known = numbersOf(source, derivation);
    let checked = 0;
    for (const line of stepsOf(derivation).flatMap((step) => equations(step.working))) {
      const like = known.get(line.left);
      if (!like || line.letters.length !== like.shape.length) continue;
      const found = worth(line, like, known);
      for (const [k, value] of like.data.entries()) expect(found[k], `${line.left} = ${line.text}`).toBeCloseTo(value, 8);
      checked++;
    }
    expect(checked).toBeGreaterThan(0);
  });
});

/** Sources of the corpus, their names declared: what each is the derivative by is a parameter. */
const declared = arraySources.flatMap(({ shapes, sources: own }) =>
  own.flatMap(([text, by]) => {
    if (/(?<![=<>!])=(?!=)/.test(text)) return [];
    const names = Object.entries(shapes).filter(([name]) =>
      new RegExp(`(?<![\\p{L}\\d_])${name}(?![\\p{L}\\d_(])`, 'u').test(text),
    );
    const lines = names.map(
      ([name, shape]) => `${name === by ? 'param' : 'data'} ${name}${shape.length > 0 ? ` : [${shape.join(', ')}]` : ''}`,
    );
    return names.some(([name]) => name === by) ? [`${lines.join('\n')}\nE = ${text}\nminimize f = sum(E.^2)`] : [];
  }),
);

test('of the corpus each line by entries is worth its left side', () => {
  let checked = 0;
  for (const source of partOf(declared, 4)) {
    const derivation = attempt(() => derive(source));
    if (!derivation) continue;
    const known = numbersOf(source, derivation);
    for (const line of stepsOf(derivation).flatMap((step) => equations(step.working))) {
      const like = known.get(line.left);
      if (!like || line.letters.length !== like.shape.length) continue;
      const found = worth(line, like, known);
      for (const [k, value] of like.data.entries())
        expect(found[k], `${source}\n${line.left} = ${line.text}`).toBeCloseTo(value, 6);
      checked++;
    }
  }
  expect(checked).toBeGreaterThan(20);
});

/** What is said beside the lines of a source. */
const remarks = (source: string): readonly string[] =>
  derive(source)
    .toText({ detail: 'full' })
    .split('\n')
    .map((line) => line.trim().replace(/ {2,}/g, '   '));

describe('what is said beside lines', () => {
  test('terms that are one since a matrix is symmetric', () => {
    const told = remarks("data Q : [n, n] symmetric; param X : [m, n]; minimize f = tr(X*Q*X')/2");
    expect(told).toContain('= Σ_j X_lj Q_pj   Q is symmetric');
    // X·Q sums over the first index of Q, the line over the second: what says which is left out.
    expect(told).toContain('as matrices   X·Q');
    expect(remarks("param W : [n, k]; U = W'*W - eye(k); minimize f = sum(U.^2)")).toContain(
      '= 2·Σ_j dU_ij W_pj   dU is symmetric',
    );
    expect(remarks("param x : [n]; data A : [n, n]; minimize f = x'*A*x").join()).not.toContain('symmetric');
  });

  test('a path through what is worth 1 is none that is direct', () => {
    const told = remarks('data X : [m, n], y : [m]; param w : [n]; u = X*w; v = exp(u); minimize f = sum(v - y.*u)').join('\n');
    expect(told).toContain('two paths: directly and through v');
  });
});
