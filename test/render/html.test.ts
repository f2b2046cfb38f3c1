import { describe, expect, test } from 'vitest';
import { derive } from '../../src/api/derive.ts';
import { prose, shapesLatex } from '../../src/render/formats/html-prose.ts';
import { latexEntry, latexName } from '../../src/render/latex.ts';

const annotations = (html: string): string[] =>
  [...html.matchAll(/<annotation encoding="application\/x-tex">(.*?)<\/annotation>/gs)].map(([, tex]) => tex!);

test('a model is told as formulas, steps, closed forms and conventions', () => {
  const html = derive(
    'data X : [2, m]; data Y : [1, m]; param W : [1, 2]; Z = W·X; A = σ(Z); minimize C = sum((A − Y).^2)/(2m)',
  ).toHtml();
  expect([...html.matchAll(/<h2>(.*?)<\/h2>/g)].map(([, title]) => title)).toEqual([
    'Inputs',
    'In formulas',
    'Derivation',
    'In one line',
    'Lemmas',
    'Conventions',
  ]);
  expect(html.match(/<details>/g)!.length).toBeGreaterThanOrEqual(2);
  expect(annotations(html)).toContain('\\displaystyle \\frac{\\partial C}{\\partial W}');
  expect(annotations(html)).toContain('(1 \\times m) \\cdot (m \\times 2) = (1 \\times 2)');
});

test('a scalar is told as a textbook tells it', () => {
  const tex = annotations(derive('x^2*sin(3x)', 'x').toHtml());
  expect(tex).toContain('\\displaystyle \\frac{d}{dx}(x^{2} \\sin(3 x))');
  expect(tex).toContain('= \\displaystyle 2 x \\sin(3 x) + 3 x^{2} \\cos(3 x)');
});

test('headings start at the level that is asked for', () => {
  expect(derive('x^2', 'x').toHtml({ level: 4 })).toMatch(/<h4>/);
});

test('the names in a sentence are set as mathematics, its articles are not', () => {
  const names = new Set(['A', 'W1']);
  expect(prose('A constant factor of W1 stays.', names)).toMatch(/^A constant factor of <span class="katex">/);
  expect(prose('A is multiplied by what is < 1.', names)).toMatch(/^<span class="katex">.* is multiplied by what is &lt; 1\.$/s);
});

test('the working of a step is a table of what each line is, the line, and what is said of it', () => {
  const html = derive('data X : [2, m]; data Y : [1, m]; param W : [1, 2]; Z = W·X; minimize C = sum((Z − Y).^2)/(2m)').toHtml();
  expect([...html.matchAll(/<th scope="row">(.*?)<\/th>/g)].map(([, label]) => label).filter(Boolean)).toEqual([
    'forward',
    'paths',
    'forward',
    'paths',
    'as matrices',
    'shapes',
  ]);
  expect(annotations(html)).toContain('\\displaystyle = \\sum_{j} W_{j} X_{jk}');
});

test('shapes are set with their signs', () => {
  expect(shapesLatex('(1×m)·(m×2) = (1×2)')).toBe('(1 \\times m) \\cdot (m \\times 2) = (1 \\times 2)');
});

test.each([
  ['W1', 'W_{1}'],
  ['x_out', 'x_{\\mathrm{out}}'],
  ['alpha', '\\alpha'],
  ['dZ2', '\\mathrm{d}Z_{2}'],
  ['ŷ', '\\hat{y}'],
  ['Cost', '\\mathit{Cost}'],
  ['Ω', '\\Omega'],
  ['dyhat', '\\mathrm{d}\\hat{y}'],
  ['δyhat', '\\delta \\hat{y}'],
  ['W_in', 'W_{\\mathrm{in}}'],
  ['ȳ', '\\bar{y}'],
  ['r̃', '\\tilde{r}'],
  ['dr̃', '\\mathrm{d}\\tilde{r}'],
  ['ℒ', '\\mathcal{L}'],
  ['ℓ', '\\ell'],
])('the name %s is %s', (name, tex) => expect(latexName(name)).toBe(tex));

test('a name with a subscript takes its indices outside', () => {
  expect(latexEntry('W', 'ij')).toBe('W_{ij}');
  expect(latexEntry('W1', 'ij')).toBe('(W_{1})_{ij}');
});

describe('the style of a fragment', () => {
  const found = derive('x^2*sin(3x)', 'x');
  const style = (html: string) => /^<div class="gradus" lang="en">\n<style>\n(.*?)<\/style>/s.exec(html)?.[1];

  test('is in it, for what is in it alone', () => {
    const rules = [...style(found.toHtml())!.matchAll(/([^{}]+)\{/g)].flatMap(([, selectors]) => selectors!.split(','));
    const chosen = rules.map((selector) => selector.trim()).filter((selector) => !selector.startsWith('@media'));
    expect(chosen.length).toBeGreaterThan(20);
    for (const selector of chosen) expect(selector).toMatch(/^\.gradus\b/);
  });

  test('shows each formula once, without a style sheet of KaTeX', () => {
    expect(style(found.toHtml())).toMatch(/\.katex-html \{ display: none; \}/);
  });

  test('leaves the formulas to a style sheet of KaTeX, or all of it to the page', () => {
    expect(style(found.toHtml({ style: 'katex' }))).not.toMatch(/katex/);
    expect(style(found.toHtml({ style: 'katex' }))).toMatch(/\.gradus \.steps/);
    expect(found.toHtml({ style: 'none' })).not.toMatch(/<style/);
  });
});

test('what a step needs stands behind it, and truth counts in brackets', () => {
  const shapes = { x: ['T'] };
  const through = derive('h[0] = 0; h[t=1:T] = tanh(w*h[t-1] + x[t]); h[T]^2', 'w', { shapes }).toLatex();
  expect(through).toContain('\\begin{cases} w \\, \\delta s_{t + 1} & t < T \\\\ 0 & \\text{otherwise} \\end{cases}');
  expect(derive('q[i=1:n] = i == 3; sum(q.*x)', 'x', { shapes: { x: ['n'] } }).toLatex()).toContain(
    '\\frac{\\partial f}{\\partial x_{i}} &= [i = 3]',
  );
});

test.each([
  ['W_in', 'i', '(W_{\\mathrm{in}})_{i}'],
  ['W1', 'ij', '(W_{1})_{ij}'],
  ['ȳ', 'k', '\\bar{y}_{k}'],
  ['W', 'ij', 'W_{ij}'],
])('the entry of %s is no second subscript', (name, indices, tex) => expect(latexEntry(name, indices)).toBe(tex));

test('LaTeX says of which steps a line is', () => {
  const latex = derive('data x : [T]; param a; h[1] = 0; h[t=2:T] = a*h[t-1] + x[t]; minimize sum(h.^2)').toLatex();
  expect(latex).toContain('h_{t} = a h_{t - 1} + x_{t},\\quad t = 2, \\dots, T');
  expect(latex).not.toMatch(/_\{[^{}]*\}_\{/);
});
