import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { derive } from '../../src/api/derive.ts';

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
      'One step, α = 0.1\n  w := w − α·∂f/∂w = 3 − 0.1·6 = 2.4\n  f 9.00 → 5.76',
    );
    expect(numbersOf('param w = 3; minimize 100*w^2')).toContain('α = 0.001');
  });

  test('takes the rate that is asked for, though it makes things worse', () => {
    const text = derive('param w = 3; minimize w^2').toText({ numbers: {}, lr: 2 });
    expect(text).toContain('w := w − α·∂f/∂w = 3 − 2·6 = −9\n  f 9 → 81');
  });

  test('climbs where an objective is maximized', () => {
    expect(numbersOf('param w = -3; maximize 1 - w^2/4')).toContain('w := w + α·∂f/∂w = −3 + 1.5 = −1.5');
  });

  test('has a letter that the source does not use', () => {
    expect(numbersOf('data α = 2; param w = 3; minimize α*w^2/8')).toContain('w := w − η·∂f/∂w');
  });

  test.each([
    ['it would go nowhere', 'param w = 3; minimize 0*w'],
    ['nothing is asked to be minimized', 'param w = 3; w^2'],
    ['there is no better place', 'param w = 0; minimize w^2'],
    ['a fact keeps a parameter elsewhere', 'param w positive = 3; minimize w^2'],
  ])('is not made where %s', (_, text) => {
    expect(numbersOf(text)).not.toContain('One step');
  });

  test('starts from the values that are given', () => {
    const text = numbersOf(`${source}minimize (sum(w) + b + sum(x))^2`, { b: -4 });
    expect(text).toMatch(/b := b − α·∂f\/∂b = −4 − 0\.1·2 = −4\.2/);
  });

  test('small changes have the digits that tell them apart', () => {
    expect(numbersOf('param w = 1; minimize 1 + w^2/1e8')).toMatch(/f 1\.00000001\d* → 1\.00000000\d*/);
  });
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
