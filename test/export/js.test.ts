import { execFileSync, spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import type { Exported } from '../../src/export/dialect.ts';
import { js } from '../../src/export/js/index.ts';
import { modelInJavaScript } from '../../src/export/js/model.ts';
import { exportedOf } from './c-exported.ts';
import { agrees, type Said } from './c-run.ts';
import { exampleOf, examples } from './c-sources.ts';
import { saidInJavaScript } from './js-run.ts';
import { unusual } from './unusual.ts';

const TRICKY = `# names that JavaScript has for itself, numbers within an expression, a parameter that does not matter
data class : [3] = [1, 2, 3], map = 0.5
const π_two = 6.28
param new : [3] = [0.1, 0.2, 0.3], Math = 2, loss : [2, 2] = 1, sigmoid = 0.3, idle : [2] = 4, column : [2, 1] = 3
params = σ(new.*class + map*sigmoid)
minimize gradients = sum([1, 2, 3].*params) + max(Math, π_two)^2 + sum(loss.^3) + sum(loss*column)`;

const models: readonly [string, Exported][] = [
  ...examples.map(([name]): [string, Exported] => [name, exampleOf(name)]),
  ['names of JavaScript', exportedOf(TRICKY)],
];

/** What a module and a few lines that use it as \`m\` print. */
function ran(model: Exported, use: string): string {
  const folder = mkdtempSync(join(tmpdir(), 'gradus-module-'));
  try {
    writeFileSync(join(folder, 'model.mjs'), modelInJavaScript(model));
    const main = join(folder, 'main.mjs');
    writeFileSync(main, `import * as m from './model.mjs';\nconst p = m.initialParameters(), d = m.exampleData();\n${use}`);
    return execFileSync(process.execPath, [main], { encoding: 'utf8' }).trim();
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

const refusal = (use: string): string => `try { ${use} } catch (error) { console.log(error.message); }`;

describe('a model in JavaScript', () => {
  let said: readonly Said[] | undefined;

  it.each(models.map(([name], k) => [name, k] as const))('has the value and the gradients of %s', (_, k) => {
    said ??= saidInJavaScript(models.map(([, model]) => model));
    agrees(models[k]![1], said[k]!);
  });

  it('takes data of any size, as lists or as typed arrays', () => {
    const model = exampleOf('examples/or-gate.grad');
    const use = `const data = { X: [[0, 1], [1, 1]], Y: [[1, 1]] };
const flat = { X: Float64Array.of(0, 1, 1, 1), Y: [[1, 1]] };
console.log(m.loss(p, data) === m.loss(p, flat), m.predict(p, data).map((row) => row.length).join());`;
    expect(ran(model, use)).toBe('true 2');
  });

  it.each([
    ['m.loss(p, { ...d, Y: [[1, 0, 1]] })', 'Y must be 1 × m = 4, and is 1 × 3'],
    ['m.loss(p, { X: d.X })', 'the data lack Y'],
    ['m.loss(null, d)', 'the parameters lack W'],
    ['m.loss({ ...p, w: 1 }, d)', 'there is no w among the parameters: W, b'],
    ['m.loss({ ...p, b: [1] }, d)', 'b must have 0 axes, and has 1'],
    ['m.loss(p, { ...d, X: [[1, 2], [3]] })', 'the rows of X differ in length'],
  ])('refuses %s', (use, message) => {
    expect(ran(exampleOf('examples/or-gate.grad'), refusal(use))).toBe(message);
  });

  it('multiplies sums, not what is summed, by numbers that are large', () => {
    const text = 'data x : [n] = [1e-200, 2e-200]; param w = 1, b = 1; minimize J = sum((w*x*1e300 - b).^2)';
    const { w } = JSON.parse(ran(exportedOf(text), 'console.log(JSON.stringify(m.gradients(p, d)));'));
    expect(Math.abs(w / 1e201 - 1)).toBeLessThan(1e-12);
  });

  it('has no mean of nothing', () => {
    const model = exportedOf(
      "data X : [3, m] = [[1, 2], [3, 4], [0, 1]], y : [m] = [1, 0]; param g = 1, v : [3] = 1\nN = (X - mean(X, m))./sqrt(var(X, m) + 1e-5)\nminimize L = mean((g*N'*v - y).^2)",
    );
    expect(ran(model, 'console.log(m.loss(p, { X: [[], [], []], y: [] }));')).toBe('NaN');
  });

  it('predicts without targets', () => {
    const model = exportedOf('data X : [m, 2], y : [m]; param w : [2] = 1; P = X*w; minimize sum((P - y).^2)');
    expect(ran(model, 'console.log(JSON.stringify(m.predict(p, { X: [[1, 2], [3, 4]] })));')).toBe('[3,7]');
  });

  it('waits for data that the source does not hold', () => {
    const line = exportedOf(examples.find(([name]) => name === 'examples/line.grad')![1]);
    expect(ran(line, refusal('m.loss(p, d)'))).toBe('the data lack xs');
    expect(ran(line, 'console.log(m.gradients(p, { xs: [1, 2], ys: [3, 5] }).w);')).toBe('-13');
  });

  it.each(Object.entries(unusual))('agrees with differences: %s', (_, text) => {
    const folder = mkdtempSync(join(tmpdir(), 'gradus-module-'));
    try {
      const file = join(folder, 'model.mjs');
      writeFileSync(file, modelInJavaScript(exportedOf(text)));
      expect(spawnSync(process.execPath, [file, '--check'], { encoding: 'utf8' })).toMatchObject({ status: 0, stderr: '' });
      const wrong = modelInJavaScript(exportedOf(text)).replace(/nested\((\w+)/, 'nested(wrong($1)');
      writeFileSync(
        file,
        `${wrong}\nfunction wrong(x) {\n  return typeof x === 'number' ? 1.01 * x + 0.1 : map((u) => 1.01 * u + 0.1, x);\n}`,
      );
      expect(spawnSync(process.execPath, [file, '--check']).status).not.toBe(0);
    } finally {
      rmSync(folder, { recursive: true, force: true });
    }
  });

  it('says what it has no value of', () => {
    const folder = mkdtempSync(join(tmpdir(), 'gradus-module-'));
    try {
      const file = join(folder, 'model.mjs');
      writeFileSync(file, modelInJavaScript(exportedOf('data X : [m]; param w = 1; minimize sum((w*X - 1).^2)')));
      const { status, stderr } = spawnSync(process.execPath, [file, '--check'], { encoding: 'utf8' });
      expect(status).toBe(1);
      expect(stderr).toBe('the model has no value of X: export it with them: gradus export MODEL --data FILE --to js\n');
    } finally {
      rmSync(folder, { recursive: true, force: true });
    }
  });

  it('says which sizes no data tell', () => {
    const text = modelInJavaScript(exportedOf('param w : [n]; minimize sum(w.^2)'));
    expect(text).toContain(
      'the model has no value of w, and nothing tells the size n: export it with them: gradus export MODEL --set n=100 --to js',
    );
  });

  it('checks and trains itself', () => {
    const folder = mkdtempSync(join(tmpdir(), 'gradus-module-'));
    try {
      const file = join(folder, 'model.mjs');
      for (const precision of ['f64', 'f32'] as const) {
        writeFileSync(file, modelInJavaScript({ ...exampleOf('examples/xor-hidden.grad'), precision }));
        const said = execFileSync(process.execPath, [file, '--check'], { encoding: 'utf8' });
        expect(said.match(/: differs from differences by /g)).toHaveLength(4);
        expect(said.endsWith('all agree\n')).toBe(true);
      }
      const words = ['--train', '--epochs', '200', '--lr', '1'];
      const lines = execFileSync(process.execPath, [file, ...words], { encoding: 'utf8' })
        .trim()
        .split('\n');
      const cost = (line: string) => Number(line.split(' = ')[1]);
      expect(cost(lines.findLast((line) => line.startsWith('epoch'))!)).toBeLessThan(cost(lines[0]!));
      for (const words of [['x'], ['--epochs', '-3'], ['--lr', 'y'], ['--epochs', '1.5'], ['--lr']])
        expect(spawnSync(process.execPath, [file, '--train', ...words]).status, words.join(' ')).toBe(2);
    } finally {
      rmSync(folder, { recursive: true, force: true });
    }
  });
});

describe('a derivative of arrays', () => {
  // As of numbers, the form runs in which less cancels.
  it.each([
    ['sum(softsign(x))', (x: number) => 1 / (1 + Math.abs(x)) ** 2],
    ['sum(x./(2 + abs(x)))', (x: number) => 2 / (2 + Math.abs(x)) ** 2],
    ['sum(x.^2./(1 + x.^2))', (x: number) => (2 * x) / (1 + x * x) ** 2],
  ])('of %s keeps its digits far out', (objective, slope) => {
    const at = [1e8, -1e8, 1e4, 1e-8, -0.5, 2246.7];
    const model = exportedOf(`param x : [${at.length}] = [${at.join(', ')}]\nminimize L = ${objective}`);
    const [said] = saidInJavaScript([model]);
    said!.gradients.forEach((own, k) => {
      expect(Math.abs(own / slope(at[k]!) - 1)).toBeLessThan(1e-14);
    });
  });
});

describe('the text of a model in JavaScript', () => {
  it('has the names and the formulas of the model', async () => {
    const files = await js.files(exampleOf('examples/xor-hidden.grad'));
    expect(Object.keys(files)).toEqual(['model.js']);
    const text = files['model.js']!;
    expect(text).toContain('W1: [3, 2],');
    expect(text).toContain('  const A1 = map((Z1) => sigmoid(Z1), Z1);');
    expect(text).toContain('  // ∂Cost/∂W1 = dZ1·Xᵀ');
    expect(text).toMatch(/const dW1 = einsum\('i,k; j,k -> i,j', \{\}, dZ1, X\);/);
    for (const line of text.split('\n')) if (line.trim().startsWith('//')) expect(line.length).toBeLessThanOrEqual(100);
  });

  it('has functions that JavaScript lacks, with no more names than are called', () => {
    const P = 'param P = 0.4, EULER = 1.5, digamma = 2';
    const model = exportedOf(`${P}\nminimize Cost = lgamma(EULER)*besselj(2, P) + digamma^2 + ψ(P)`);
    expect(modelInJavaScript(model)).toMatch(/^const \{ .*\bbesselJ\b.* \} = \(\(\) => \{$/m);
    agrees(model, saidInJavaScript([model])[0]!);
  });

  it('has the gradient of a determinant, of a singular matrix too', () => {
    const list = ['[[1, 2], [3, 4]]', '[[1, 2], [2, 4]]', '[[0, 0], [0, 3]]'].map((A) =>
      exportedOf(`param A : [2, 2] = ${A}\nminimize Cost = det(A)`),
    );
    for (const [k, said] of saidInJavaScript(list).entries()) agrees(list[k]!, said);
  });
});
