import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { derive } from '../../src/api/derive.ts';
import { train } from '../../src/api/train.ts';
import type { Tensor } from '../../src/numeric/tensor.ts';
import { typeset } from '../../src/render/katex.ts';

const read = (name: string) => readFileSync(`examples/${name}.grad`, 'utf8');
/** 1 to 18, three by three by two. */
const tensor = [0, 1, 2].map((i) => [0, 1, 2].map((j) => [1, 2].map((k) => 6 * i + 2 * j + k)));
const numbersOf = (source: string, inputs = {}) => derive(source).valuesText(inputs);

describe('numbers belong to what they are of', () => {
  test('the OR gate: a table by examples, parameters in brackets, a step of descent', () => {
    expect(numbersOf(read('or-gate'))).toMatchSnapshot();
  });

  test('a hidden layer: matrices over several lines', () => {
    expect(numbersOf(read('xor-hidden'))).toMatchSnapshot();
  });

  test('examples in rows are numbered beside their rows', () => {
    expect(numbersOf(read('layer-norm'))).toMatchSnapshot();
  });

  test.each([
    ['no axis counts examples', 'data A = [[1, 2], [3, 4]]\nparam x : [2] = 1\nu = A*x\nminimize sum(u.^2)'],
    [
      'the steps of a recurrence are none',
      'data x : [T] = [1, 2, 3]; param w = 1/2; h[0] = 0; h[t=1:T] = w*h[t-1] + x[t]; minimize sum(h)',
    ],
    ['a parameter has the axis', 'data x : [n] = [1, 2]\nparam w : [n] = 1\nu = x.*w\nminimize sum(u.^2)'],
  ])('no table where %s', (_, source) => {
    const text = numbersOf(source);
    expect(text).not.toContain('example');
    expect(text).toContain('[');
  });

  test('vectors lie down, large arrays are cut, of more axes their range is said', () => {
    const text = numbersOf(
      'data x : [20] = 1; data T : [2, 2, 2] = 3; u = 2*x; V = 2*T; param w = 1; minimize w*(sum(u) + sum(V))',
    );
    expect(text).toContain('u = 2x = [2  2  2  2  2  2  2  2  …]ᵀ');
    expect(text).toContain('V = 2T = [[[6  6]  [6  6]]  [[6  6]  [6  6]]]');
  });

  test('many numbers of many axes are ranged in words, and no arithmetic is done with ranges', () => {
    const derivation = derive('param T : [3, 3, 2] = 2; data S : [3, 3, 2] = 1; U = T.*S; minimize L = sum(U.^2)');
    const text = derivation.toText({ numbers: { S: tensor } });
    expect(text).toContain('U = T ⊙ S: 3×3×2 array, entries from 2 to 36');
    expect(text).toMatch(/T := T − α·∂L\/∂T: 3×3×2 array, every entry 2, after the step from \S+ to \S+\n/);
    expect(derivation.toMarkdown({ numbers: { S: tensor } })).toMatch(/T := T - [^=\n]*\\text\{3\$\\times\$3\$\\times\$2 array/);
    expect(derivation.toText({ numbers: {}, lang: 'zh' })).toContain('3×3×2 数组，各元素均为 2');
  });
});

describe('formulas beside numbers are those of the derivation', () => {
  const text = derive(read('or-gate')).toText({ notation: 'index', numbers: {} });
  const [derivation, numbers] = text.split('Forward') as [string, string];

  test.each(['Z_k', 'A_k', 'Cost', 'dA_k', 'dZ_k', '∂Cost/∂W_j', '∂Cost/∂b'])('%s', (target) => {
    const formula = (of: string) =>
      of
        .split('\n')
        .find((line) => line.trim().startsWith(`${target} `))!
        .trim();
    const shown = (line: string) => line.replace(/\s+=/, ' =').split(/ {2,}| = (?=[[−\d])/)[0];
    expect(shown(formula(numbers))).toBe(shown(formula(derivation)));
  });

  test('a derivative has the letters of what it is the derivative by', () => {
    const derivation = derive('W*x', 'W', { shapes: { W: [2, 2], x: [2] } });
    const given = {
      W: [
        [1, 2],
        [3, 4],
      ],
      x: [5, 6],
    };
    expect(derivation.toText({ numbers: given })).toContain('  ∂f_i/∂W_jk = x_k δ_ij = [[[5  6]  [0  0]]  [[0  0]  [5  6]]]');
  });
});

test('what is its own value is said once', () => {
  expect(derive('2*x').toMarkdown({ numbers: { x: 1 } })).not.toContain('= 2 = 2');
  expect(derive('2*x').toMarkdown({ numbers: { x: 1 } })).toContain('= 2\n');
});

describe('a step of descent', () => {
  const source = 'data x : [m] = [1, 2]\nparam w : [1, 2] = [[3, -1]]\nparam b = 1\n';

  test('takes the largest power of ten that improves', () => {
    expect(numbersOf('param w = 3; minimize w^2')).not.toContain('α = 1\n');
    expect(numbersOf('param w = 3; minimize w^2')).toContain(
      'One step, α = 0.1\n  w := w − α·df/dw = 3 − 0.1·6 = 2.4\n  f 9.00 → 5.76',
    );
    expect(numbersOf('param w = 3; minimize 100*w^2')).toContain('α = 0.001');
  });

  test('takes the rate that is asked for, though it makes things worse', () => {
    const text = derive('param w = 3; minimize w^2').toText({ numbers: {}, lr: 2 });
    expect(text).toContain('w := w − α·df/dw = 3 − 2·6 = −9\n  f 9 → 81');
  });

  test('climbs where an objective is maximized', () => {
    expect(numbersOf('param w = -3; maximize 1 - w^2/4')).toContain('w := w + α·df/dw = −3 + 1.5 = −1.5');
  });

  test('has a letter that the source does not use', () => {
    expect(numbersOf('data α = 2; param w = 3; minimize α*w^2/8')).toContain('w := w − η·∂f/∂w');
  });

  test.each([
    ['it would go nowhere', 'param w = 3; minimize 0*w'],
    ['nothing is asked to be minimized', 'param w = 3; w^2'],
    ['there is no better place', 'param w = 0; minimize w^2'],
  ])('is not made where %s', (_, text) => {
    expect(numbersOf(text)).not.toContain('One step');
  });

  test.each([
    ['the slope is 0', 'param w = 0; minimize w^2', undefined, 'Every slope is 0 here: a step of descent moves nothing.'],
    // From 1e−9 every rate of the list goes beyond the minimum at 0, and farther.
    ['no rate improves', 'param w = 1; minimize 1e12*w^2', undefined, 'at no rate from 1 down to 1e−8 does f become smaller'],
    ['no rate improves', 'param w = 1; maximize -1e12*w^2', undefined, 'at no rate from 1 down to 1e−8 does f become larger'],
    ['a rate has nothing to move', 'param w = 3; w^2', 0.5, 'The rate 0.5 is left aside'],
  ])('where it is not made since %s, that is said', (_, text, lr, remark) => {
    const told = derive(text).toText({ numbers: {}, ...(lr !== undefined && { lr }) });
    expect(told).toContain(remark);
    expect(told).not.toContain('One step');
  });

  test.each([
    ['param w positive = 3; minimize L = w^2', '= 3 − 6 = −3, kept positive (at least half of what it was): 1.5', 1.5],
    ['param w in 1..5 = 3; minimize L = w^2', '= 3 − 6 = −3, kept in 1..5 (the nearest number of the range): 1', 1],
    ['param w positive = 3; minimize L = (w - 2)^2/4', '= 3 − 0.5 = 2.5\n', 2.5],
    ['param w in 1..5 = 3; maximize L = w^2/4', '= 3 + 1.5 = 4.5\n', 4.5],
  ])('goes as training goes where a fact keeps a parameter: %s', async (text, told, expected) => {
    const [, rate] = /One step, α = (\S+)/.exec(numbersOf(text))!;
    expect(numbersOf(text)).toContain(told);
    const { params } = await train(text, {}, { optimizer: 'gd', epochs: 1, lr: Number(rate) });
    expect(params.w).toBeCloseTo(expected, 12);
  });

  test('then forward again, where the quantities on the way are few', () => {
    const text = numbersOf('data x : [m] = [1, 2]; param w = 3; u = w*x; v = 2*x; minimize L = 0.9*sum(u.^2)');
    expect(text).toMatch(/Forward again\n {2}example +1 +2\n {2}u +0\.3 +0\.6$/);
    expect(numbersOf('data x : [17] = 1; param w = 3; u = w*x; minimize L = sum(u.^2)')).not.toContain('Forward again');
  });

  test('starts from the values that are given', () => {
    const text = numbersOf(`${source}minimize (sum(w) + b + sum(x))^2`, { b: -4 });
    expect(text).toMatch(/b := b − α·∂f\/∂b = −4 − 0\.1·2 = −4\.2/);
  });

  test('small changes have the digits that tell them apart', () => {
    expect(numbersOf('param w = 1; minimize 1 + w^2/1e8')).toMatch(/f 1\.00000001\d* → 1\.00000000\d*/);
  });
});

describe('a point where the function has no value', () => {
  test.each([
    ['log(x)', -1, 'f = log(x): no value'],
    ['1/x', 0, 'f = 1/x: no value'],
    ['log(x)', 0, 'f = log(x): no value'],
    ['sqrt(x) + 1', -4, 'f = √x + 1: no value'],
  ])('%s at %s has no derivative either', (source, x, row) => {
    const text = derive(source).valuesText({ x });
    expect(text).toContain(row);
    expect(text).toContain('f has no value at the given point, and so no derivative there.');
    expect(text).not.toMatch(/Backward|NaN|∞/);
    expect(derive(source).values({ x }).backward).toEqual([]);
  });

  test('what is beyond doubles has a value', () => {
    const text = derive('exp(x)').valuesText({ x: 1000 });
    expect(text).toContain('f is beyond the range of double precision at the given point.');
    expect(text).not.toContain('no value');
  });

  test('a function may have a value where its slope has none', () => {
    const text = derive('sqrt(x)').valuesText({ x: 0 });
    expect(text).toContain('f = √x = 0');
    expect(text).toContain('df/dx = 1/(2·√x): no value');
  });

  test('of an array, those entries that have a value have derivatives', () => {
    const { backward } = derive('log(x)', 'x', { shapes: { x: [2] } }).values({ x: [2, -1] });
    expect(Array.from(backward[0]!.data)).toEqual([0.5, 0, Number.NaN, Number.NaN]);
    expect(derive('log(x)', 'x', { shapes: { x: [2] } }).valuesText({ x: [2, -1] })).toContain('Entries of f have no value');
  });
});

describe('of a higher derivative', () => {
  test('the function comes first, and the derivative has its name', () => {
    const text = derive('x^3', 'x', { order: 2 }).valuesText({ x: 2 });
    expect(text).toBe('Forward\n  f = x³ = 8\n  f′ = 3x² = 12\n\nBackward\n  f″ = 6x = 12');
    expect(derive('x^3', 'x', { order: 2 }).toMarkdown({ numbers: { x: 2 } })).toContain("f'' = 6 x = 12");
  });

  test('in full every order has its steps', () => {
    const text = derive('x^3', 'x', { order: 3 }).toText({ detail: 'full' });
    const starts = ['d/dx(x³)\n', 'd/dx(3x²)\n', 'd/dx(6x)\n'].map((line) => text.indexOf(`\n${line}`));
    expect(starts).not.toContain(-1);
    expect(starts).toEqual(starts.toSorted((a, b) => a - b));
    expect(derive('x^3', 'x', { order: 3 }).toText()).not.toContain('d/dx(3x²)');
  });

  test('of arrays too, with their own proofs', () => {
    const text = derive('sum(x.^3)', 'x', { order: 2, shapes: { x: ['n'] } }).toText({ detail: 'full' });
    expect(text.indexOf('∂f/∂x, backwards from f')).toBeGreaterThan(0);
    expect(text.indexOf('∂f′/∂x, backwards from f′')).toBeGreaterThan(text.indexOf('∂f/∂x, backwards from f'));
  });
});

describe('what rounding leaves of terms that cancel', () => {
  const softmax = 'data Y : [n, 3]; param c : [1, 3] = 0; Z = 0*Y + c; minimize L = -sum(Y.*log_softmax(Z, cols))/n';
  const Y = Array.from({ length: 150 }, (_, k) => [0, 1, 2].map((c) => (c === Math.floor(k / 50) ? 1 : 0)));

  test('is 0, where many digits say so', () => {
    const derivation = derive(softmax);
    const gradient = Array.from((derivation.compile().gradient({ Y }) as unknown as Record<'c', Tensor>).c.data);
    expect(gradient.some((x) => x !== 0)).toBe(true);
    const { backward } = derivation.values({ Y });
    expect(Array.from(backward.at(-1)!.data)).toEqual([0, 0, 0]);
    expect(derivation.valuesText({ Y })).toContain('Every slope is 0 here');
  });

  test('stays, where the numbers themselves do not cancel', () => {
    // 0.1 + 0.2 is not 0.3 as doubles.
    const { backward } = derive('data x : [3]; param c = 0; minimize L = sum(x - c)^2').values({ x: [0.1, 0.2, -0.3] });
    expect(Math.abs(backward.at(-1)!.data[0]!)).toBeGreaterThan(0);
  });
});

test('one sign for the derivative by the only variable, in all formats', () => {
  for (const notation of ['matrix', 'index'] as const) {
    const one = derive('sin(x)').toText({ numbers: { x: 1 }, notation });
    expect(one).toContain('df/dx = cos(x)');
    expect(one).not.toContain('∂');
    expect(derive('sin(x)').toMarkdown({ numbers: { x: 1 }, notation })).toContain('\\frac{d f}{d x} = \\cos');
  }
  const two = derive('sin(x)*y', 'x').toText({ numbers: { x: 1, y: 2 } });
  expect(two).toContain('∂f/∂x = ');
  expect(two).not.toContain('df/dx');
});

test('what is derived by and given is worth what it is given', () => {
  const text = derive('data x = 2; param w = 3; Z = w*x; minimize L = Z^2', 'Z').valuesText({ Z: 5 });
  expect(text).toContain('  Z = 5\n');
  expect(text).toContain('L = Z² = 25');
  expect(derive('data x = 2; param w = 3; Z = w*x; minimize L = Z^2', 'Z').valuesText()).toContain('  Z = w·x = 6\n');
});

describe('in the formats', () => {
  const derivation = derive(read('or-gate'));

  test('Markdown has a table', () => {
    const text = derivation.toMarkdown({ numbers: {} });
    expect(text).toContain(
      '| example | 1 | 2 | 3 | 4 |\n| --- | ---: | ---: | ---: | ---: |\n| $Z = W X + b$ | 0 | 0.6 | 0.1 | 0.7 |',
    );
    expect(text).toContain('\\begin{bmatrix}-0.04801 & -0.03866\\end{bmatrix}');
    expect(text).toContain('0.08891 \\to 0.08401');
    expect(derivation.toMarkdown()).not.toContain('0.08891');
  });

  test.each(['brief', 'full'] as const)('LaTeX has arrays, told %s', (detail) => {
    const tex = derivation.toLatex({ detail, numbers: {} });
    expect(tex).toContain(
      '\\begin{array}{l|rrrr} \\text{example} & 1 & 2 & 3 & 4 \\\\ \\hline Z = W X + b & 0 & 0.6 & 0.1 & 0.7 \\\\',
    );
    expect(tex).toContain('\\begin{bmatrix}-0.04801 & -0.03866\\end{bmatrix}');
    expect(tex).toContain('0.08891 \\to 0.08401');
    expect(() => typeset(tex)).not.toThrow();
    expect(derivation.toLatex({ detail })).not.toContain('0.08891');
    expect(derive('log(x)').toLatex({ detail, numbers: { x: -1 } })).toContain('\\text{f has no value');
  });

  test('HTML has a table with heads of rows and columns', () => {
    const html = derivation.toHtml({ numbers: {} });
    expect(html).toContain('<thead><tr><th scope="col">example</th><th scope="col">1</th>');
    expect(html).toContain('<td>0.6457</td>');
    expect(derivation.toHtml()).not.toContain('class="values"');
  });

  test('ASCII has no other signs', () => {
    expect(derivation.toText({ numbers: {}, ascii: true })).toMatch(/^[\n -~]*$/);
    expect(derive(read('relu-rows')).toText({ numbers: {}, ascii: true })).toMatch(/^[\n -~]*$/);
  });

  test('words are in the language asked for', () => {
    const text = derivation.toText({ numbers: {}, lang: 'zh' });
    expect(text).toContain('更新一步，α = 1');
    expect(text).toContain('样本');
  });

  test('a value that is missing is an error', () => {
    expect(() => derive('x^2*y', 'x').toText({ numbers: { x: 1 } })).toThrow('y has no value');
  });
});

test.each([
  ['param w = 2', 'w := w − α·∂L/∂w'],
  ['param alpha = 2', 'α := α − η·∂L/∂α'],
  ['param α = 2', 'α := α − η·∂L/∂α'],
  ['param alpha = 2, eta = 1', 'α := α − λ·∂L/∂α'],
])('the letter of the rate is none that the source shows: %s', (declared, step) => {
  const own = /\p{L}+/u.exec(declared.slice('param '.length))![0];
  expect(derive(`${declared}; minimize L = (${own} - 3)^2`).toText({ numbers: {} })).toContain(step);
});
