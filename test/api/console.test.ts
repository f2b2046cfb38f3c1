import { execFileSync, spawnSync } from 'node:child_process';
import { inspect } from 'node:util';
import { describe, expect, test } from 'vitest';
import * as api from '../../src/index.ts';
import {
  check,
  compile,
  derive,
  GradusError,
  hessian,
  jacobian,
  StructuredTensor,
  simplify,
  Tensor,
  train,
} from '../../src/index.ts';

/** What stands at a console is short: a line, or a few. */

const SOURCE = `
data X : [2, m] = [[1, 2, 3], [4, 5, 6]]
data Y : [1, m] = [[1, 0, 1]]
param W : [1, 2] = [[0.1, 0.2]]
param b = 0
A = W·X + b
minimize Cost = sum((A − Y).^2)/m`;

const tensor = (shape: number[], entry: (k: number) => number) =>
  new Tensor(
    shape,
    Float64Array.from({ length: shape.reduce((n, size) => n * size, 1) }, (_, k) => entry(k)),
  );

const caught = (work: () => unknown): GradusError => {
  try {
    work();
  } catch (error) {
    if (error instanceof GradusError) return error;
    throw error;
  }
  throw new Error('nothing was thrown');
};

test.each([
  [tensor([1, 2], (k) => [48, 108][k]!), 'Tensor 1×2 [[48, 108]]'],
  [tensor([], () => 1 / 3), 'Tensor 0.333333'],
  [tensor([0], () => 1), 'Tensor 0 []'],
  [tensor([3], (k) => [Number.NaN, Number.NEGATIVE_INFINITY, 1e-9 / 3][k]!), 'Tensor 3 [NaN, -Infinity, 3.33333e-10]'],
  [tensor([9], (k) => k), 'Tensor 9 [0, 1, 2, 3, 4, 5, 6, 7, …]'],
  [tensor([2, 2, 1], (k) => k), 'Tensor 2×2×1 [[[0], [1]], [[2], [3]]]'],
  [
    new StructuredTensor(
      tensor([3], (k) => k + 1),
      [0, 0],
    ),
    'StructuredTensor 3×3 [[1, 0, 0], [0, 2, 0], [0, 0, 3]]',
  ],
  [
    new StructuredTensor(
      tensor([2, 2], (k) => k + 1),
      [0, 1, 0],
    ),
    'StructuredTensor 2×2×2 [[[1, 0], [2, 0]], [[0, 3], [0, 4]]]',
  ],
])('a tensor is a line', (x, text) => {
  expect(inspect(x)).toBe(text);
  expect(String(x)).toBe(text);
});

test('what a structured tensor shows are the entries of the whole', () => {
  const x = jacobian('x.^2 .* y', 'x', { shapes: { x: [3], y: [3] } }).evaluate({ x: [1, 2, 3], y: [4, 5, 6] }) as Tensor;
  expect(x).toBeInstanceOf(StructuredTensor);
  expect(inspect(x)).toBe(
    `StructuredTensor 3×3 ${inspect(x.toArray(), { breakLength: 200 }).replace(/\[ /g, '[').replace(/ \]/g, ']')}`,
  );
});

test('a tensor that is too large to be made whole is shown all the same', () => {
  const x = new StructuredTensor(
    tensor([100_000], (k) => k),
    [0, 0],
  );
  expect(() => x.data).toThrow(GradusError);
  expect(inspect(x).length).toBeLessThan(150);
  expect(inspect(tensor([20, 20, 20], () => 1 / 3)).length).toBeLessThan(400);
});

test('an expression has its shape and its text', () => {
  const { partials } = derive(SOURCE);
  expect(inspect(partials.W)).toBe("Expression 1×2: 2*(W*X + b - Y)*X'/m");
  expect(inspect(partials)).toBe(`{\n  W: ${inspect(partials.W)},\n  b: Expression: 2*sum(W*X + b - Y)/m\n}`);
  expect(inspect(simplify('x + x'))).toBe('Expression: 2*x');
  const long = Array.from({ length: 200 }, (_, k) => `x${k}^2`).join(' + ');
  expect(inspect(simplify(long)).length).toBeLessThan(250);
  expect(inspect(simplify(long))).toMatch(/…$/);
});

test('a derivation is its brief text, within something else a word', () => {
  const d = derive(SOURCE);
  expect(String(d)).toBe(d.toText());
  expect(inspect(d)).toBe(d.toText());
  expect(inspect([d])).toBe('[ [Derivation of Cost by W, b] ]');
});

test('what is compiled says of what, and by what', () => {
  const compiled = derive(SOURCE).compile();
  expect(inspect(compiled)).toBe('CompiledDerivation of Cost by W, b');
  expect(String(compiled)).toBe(inspect(compiled));
  expect(JSON.stringify(compiled)).toBe('{"objective":"Cost","wrt":["W","b"]}');
  const f = compile('x^2 * y');
  expect(inspect(f)).toBe('[compiled x^2 * y of x, y]');
  expect(String(f)).toBe(inspect(f));
  expect(JSON.stringify({ f })).toBe('{"f":"[compiled x^2 * y of x, y]"}');
  expect(inspect(derive('x^3', 'x').partial.compile())).toBe('[compiled 3*x^2 of x]');
  expect(inspect(hessian(SOURCE, ['W', 'b']).compile())).toBe('[compiled blocks by W, b of X, Y, W, b]');
});

test('blocks are a line each', () => {
  const lines = inspect(hessian(SOURCE, ['W', 'b'])).split('\n');
  expect(lines[0]).toBe('Blocks by W, b');
  expect(lines[4]).toBe('  b, b: Expression: 2');
});

test('steps are a line each, and texts in JSON', () => {
  const { steps } = derive(SOURCE);
  expect(inspect(steps[0])).toBe('dA = 2·(A − Y)/m   (power rule)');
  expect(String(steps[0])).toBe(inspect(steps[0]));
  expect(JSON.parse(JSON.stringify(steps[0]))).toMatchObject({ target: 'dA', after: '2*(A - Y)/m' });
  expect(JSON.parse(JSON.stringify(derive('x^2*sin(x)', 'x').steps[0])).result).toBe('2*x*sin(x) + x^2*cos(x)');
});

test('a run of a thousand epochs does not flood', async () => {
  const result = await train(SOURCE, {}, { epochs: 1000, lr: 0.001 });
  const text = inspect(result);
  expect(text.length).toBeLessThan(500);
  expect(text).toMatch(/history: Float64Array\(1001\) \[0\.566667, .*…, 0\.\d+\]/);
  expect(text).toMatch(/W: Tensor 1×2 \[\[/);
  const told = JSON.parse(JSON.stringify(result));
  expect(told.history).toEqual(Array.from(result.history));
});

test('reports of checks are a line a partial', async () => {
  const report = await check(SOURCE);
  expect(inspect(report)).toMatch(/W: right, relative error \S+, compiled \S+,\n/);
  expect(inspect(report).length).toBeLessThan(400);
  const claims = await check(SOURCE, { claim: { W: 'dA*X' } });
  expect(inspect(claims).length).toBeLessThan(400);
});

test('an error is its message with the line, within something else a word', () => {
  const error = caught(() => derive('x^2 + y)', 'x'));
  const drawing = '  1 │ x^2 + y)\n    │        ~\n  hint: there is no open bracket before it';
  expect(inspect(error)).toContain(`GradusError: this \`)\` closes nothing\n${drawing}\n    at `);
  expect(error.format()).toBe(`syntax error: this \`)\` closes nothing\n${drawing}`);
  expect(inspect({ error })).toBe('{ error: [GradusError: this `)` closes nothing] }');
  expect(JSON.parse(JSON.stringify(error))).toEqual({
    name: 'GradusError',
    code: 'syntax',
    message: 'this `)` closes nothing',
    span: { start: 7, end: 8 },
    hint: 'there is no open bracket before it',
  });
  expect(Object.keys(error)).toEqual(['code', 'span', 'hint']);
});

/** The text below the mark of an error. */
const marked = (error: GradusError): string => error.text!.slice(error.span!.start, error.span!.end);

test.each<[string, () => unknown, string]>([
  ['a wrong shape', () => derive('data X : [2, 3]; data Y : [3, 3]; minimize c = sum(X - Y)'), 'X - Y'],
  [
    'a function of the prelude',
    () => derive('a = 1\nmse(x, [1, 2]) + hinge([1, 2], [1, 2, 3])', 'x'),
    'hinge([1, 2], [1, 2, 3])',
  ],
  ['a value without its fact', () => compile('data x : [2] positive\nsum(x)')({ x: [-1, 2] }), 'x'],
  [
    'a value of a wrong shape',
    () =>
      derive('data x : [2]\nparam w = 1\nminimize c = w*sum(x)')
        .compile()
        .value({ x: [1] }),
    'x',
  ],
  [
    'a value for a derivative, in the source that it was found from',
    () => compile(derive('param w : [2] positive\nminimize c = sum(w.^3)').partials.w!)({ w: [-1, 2] }),
    'w',
  ],
])('%s is shown in the source', (_, work, place) => {
  const error = caught(work);
  expect(marked(error)).toBe(place);
  expect(error.stack).toContain('~'.repeat(place.length));
});

test('what is wrong with a claim is shown in the claim, with a value in the source', async () => {
  const error: GradusError = await check(SOURCE, { claim: { W: "dA*X' + Q" } }).then(
    () => expect.fail(),
    (e) => e,
  );
  expect(error.text).toBe("dA*X' + Q");
  expect(marked(error)).toBe('Q');
  const value: GradusError = await train(SOURCE, { X: [[1, 2]] }).then(
    () => expect.fail(),
    (e) => e,
  );
  expect(value.text).toBe(SOURCE);
  expect(marked(value)).toBe('X');
});

const built = new URL('../../dist/index.js', import.meta.url).href;
const run = (code: string) => ['--input-type=module', '-e', `import * as gradus from ${JSON.stringify(built)};\n${code}`];

test('classes keep their names in the built package', () => {
  const classes = Object.keys(api).filter((name) => /^[A-Z]/.test(name));
  expect(classes).toContain('GradusError');
  const names = execFileSync('node', run(`console.log(JSON.stringify(${JSON.stringify(classes)}.map((n) => gradus[n].name)))`));
  expect(JSON.parse(String(names))).toEqual(classes);
});

test('an error that nobody catches shows its line', () => {
  const { stderr } = spawnSync('node', run("gradus.derive('x^2 + y)', 'x')"), { encoding: 'utf8' });
  expect(stderr).toContain('GradusError: this `)` closes nothing\n  1 │ x^2 + y)\n    │        ~\n  hint: ');
  expect(stderr).not.toContain('undefined');
});

describe('in a notebook', () => {
  const DISPLAY = Symbol.for('Jupyter.display');
  const shown = (value: object) => (value as Record<symbol, () => Record<string, string>>)[DISPLAY]!();

  test('a derivation shows itself, as HTML that brings all that it needs, and as text', () => {
    const derivation = derive('x^2*sin(x)', 'x');
    const bundle = shown(derivation);
    expect(bundle['text/html']).toBe(derivation.toHtml());
    expect(bundle['text/html']).toContain('<math');
    expect(bundle['text/plain']).toBe(derivation.toText());
    expect(Object.keys(derivation)).not.toContain('Jupyter.display');
  });

  test('in the language that it was derived in', () => {
    expect(shown(derive('x^2', 'x', { lang: 'zh' }))['text/html']).toContain('lang="zh');
  });
});
