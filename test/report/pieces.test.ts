import { expect, test } from 'vitest';
import { derive } from '../../src/api/derive.ts';
import { katexFiles } from '../../src/app/katex-files.ts';
import { Tensor } from '../../src/numeric/tensor.ts';
import { boxGraph } from '../../src/report/boxes.ts';
import { thinned } from '../../src/report/curve.ts';
import { katexStyle } from '../../src/report/fonts.ts';
import { highlighted } from '../../src/report/highlight.ts';
import { shown, shownAlike, shownLatex, valueLatex, valueLines } from '../../src/report/numbers.ts';
import { formulaText, pictureName } from '../../src/report/svg.ts';

test('a curve of a million costs keeps its spike, its first and its last', () => {
  const history = Float64Array.from({ length: 1_000_000 }, (_, k) => 1 / (k + 1));
  history[123_456] = 50;
  history[200_000] = Number.POSITIVE_INFINITY;
  const points = thinned(history);
  expect(points.length).toBeLessThan(700);
  expect(points[0]).toEqual([0, 1]);
  expect(points).toContainEqual([123_456, 50]);
  expect(points[points.length - 1]).toEqual([999_999, 1e-6]);
  expect(points.every(([, cost]) => Number.isFinite(cost))).toBe(true);
});

test('only the fonts that are on the page are in it', async () => {
  const css = await katexStyle('<span class="katex"><span class="mord mathnormal">x</span></span>', katexFiles);
  expect([...css.matchAll(/@font-face\{[^}]*font-family:"?(\w+)/g)].map(([, family]) => family)).toEqual([
    'KaTeX_Main',
    'KaTeX_Math',
  ]);
  expect(css).not.toMatch(/url\((?!data:font\/woff2)/);
});

test('a source keeps every character', () => {
  const source = 'param W : [2] ~ he # a < b\nminimize C = sum(W.^2)/2 & "x"\n';
  const text = highlighted(source)
    .replace(/<[^>]*>/g, '')
    .replace(/&lt;/g, '<')
    .replace(/&quot;/g, '"')
    .replace(/&amp;/g, '&');
  expect(text).toBe(source);
});

test.each([
  [0, '0'],
  [-0.12345, '−0.123'],
  [1234567, '1.23e6'],
  [0.00005, '5e−5'],
  [Number.NEGATIVE_INFINITY, '−∞'],
])('%d is shown as %s', (x, text) => expect(shown(x)).toBe(text));

test('powers of ten stand alone in formulas', () => {
  expect(shownLatex(1e-14)).toBe('10^{-14}');
  expect(shownLatex(-2.5e-7)).toBe('-2.5 \\cdot 10^{-7}');
});

test('the entries of an array have the same number of decimals, a true zero none', () => {
  const show = shownAlike([12.3456, -0.5, 0, 0.00001]);
  expect([12.3456, -0.5, 0, -0.00001].map(show)).toEqual(['12.3', '−0.5', '0', '0.0']);
  expect([0.1, 0.6].map(shownAlike([0.1, 0.6], 4))).toEqual(['0.1', '0.6']);
});

test('a matrix is set as one; a large array by its range', () => {
  expect(valueLatex(new Tensor([2, 2], Float64Array.of(1, 2, 3, 4)))).toBe('\\begin{bmatrix}1 & 2 \\\\ 3 & 4\\end{bmatrix}');
  expect(
    valueLatex(
      new Tensor(
        [100],
        Float64Array.from({ length: 100 }, (_, k) => k),
      ),
    ),
  ).toBe('0 \\;\\ldots\\; 99');
  expect(valueLines(new Tensor([2], Float64Array.of(1, -10)), { rows: 4, columns: 4 })).toEqual(['\u00a0\u00a01', '−10']);
});

test('digits after a letter are lowered in pictures', () => {
  expect(pictureName('W1·X + b2 − 10x')).toBe('W₁·X + b₂ − 10x');
});

test('indices stand below the line of a formula in a picture', () => {
  expect(formulaText('A_ik·(1 − A_ik)', {})).toBe(
    '<text>A<tspan class="low" dy="3">ik</tspan><tspan dy="-3">·(1 − A</tspan><tspan class="low" dy="3">ik</tspan><tspan dy="-3">)</tspan></text>',
  );
  expect(formulaText('2x', { x: 1 })).toBe('<text x="1">2x</text>');
});

test('a box says a quantity in indices where its document does, and nothing where that takes names of its own', () => {
  const derivation = derive(
    'data X : [m, n]; param F : [2]; C[i=1:m, j=1:n-1] = sum[p=1:2](X[i, j + p - 1]*F[p]); minimize J = sum(C.^2)',
  );
  const formulaIn = (told: ReturnType<typeof derivation.document>) =>
    boxGraph(derivation.model, derivation.name, derivation.wrt, told).boxes.find(({ name }) => name === 'C')!.formula;
  expect(formulaIn(derivation.document({ notation: 'index' }))).toMatch(/^Σ_\w X/);
  expect(formulaIn(derivation.document())).not.toContain(' = ');
});

test('an arrow has the local slope where entries can say it', () => {
  const derivation = derive('data X : [2, m]; param W : [3, 2], b : [3]; Z = W*X + b; A = σ(Z); minimize C = sum(A.^2)/(2*m)');
  const told = derivation.document();
  const arrows = boxGraph(derivation.model, derivation.name, derivation.wrt, told).arrows;
  expect(arrows.map(({ from, to, slope }) => `${from.name}→${to.name}: ${slope ?? ''}`)).toEqual([
    'W→Z: X_jk',
    'X→Z: ',
    'b→Z: 1',
    'Z→A: A_ik·(1 − A_ik)',
    'A→C: A_ik/m',
  ]);
});
