import { readFileSync } from 'node:fs';
import katex from 'katex';
import { describe, expect, it, test } from 'vitest';
import { derive } from '../../src/index.ts';
import { latexWords } from '../../src/render/latex-words.ts';

const LAYER = { W: [1, 'n'], X: ['n', 'm'], Y: [1, 'm'] };

const set = (tex: string): string => katex.renderToString(tex, { displayMode: true, strict: 'ignore', output: 'mathml' });

describe('a derivation in LaTeX, in full', () => {
  it('has the lines of the text: definitions, each working with its remarks, the closed forms, the lemmas', () => {
    const d = derive('sum((σ(W*X + b) - Y).^2)/(2*m)', ['W', 'b'], { shapes: LAYER });
    const tex = d.toLatex({ detail: 'full' });
    for (const line of [
      'Z &= W X + b && 1 \\times m',
      '\\text{paths}\\quad \\mathrm{d}A_{k} &= \\frac{1}{2 m} \\cdot 2 \\, (A_{k} - Y_{k})',
      '\\text{the }2\\text{ cancels the }\\frac{1}{2}',
      '\\text{shapes}\\quad  &(1 \\times m) \\cdot (m \\times n) = (1 \\times n) \\;\\checkmark',
      '\\text{In one line}',
      '\\sigma(z) &= \\frac{1}{1 + e^{-z}}',
    ])
      expect(tex).toContain(line);
    expect(set(tex)).toContain('<math');
  });

  it('told briefly, says what the names are that its steps speak of', () => {
    const d = derive('sum((σ(W*X + b) - Y).^2)/(2*m)', ['W', 'b'], { shapes: LAYER });
    const lines = d.toLatex().split('\n');
    expect(lines.slice(1, 4)).toEqual([
      'Z &= W X + b \\\\',
      'A &= \\sigma(Z) \\\\',
      'f &= \\frac{\\sum (A - Y)^{\\circ 2}}{2 m} \\\\[1ex]',
    ]);
    expect(lines).toHaveLength(9);
    expect(set(d.toLatex())).toContain('<math');
    expect(derive('x^2', 'x').toLatex()).not.toContain('1ex');
  });

  it.each(['xor-hidden', 'layer-norm', 'models/lstm', 'models/attention'])('%s can be set', (file) => {
    const d = derive(readFileSync(`examples/${file}.grad`, 'utf8'));
    for (const lang of ['en', 'zh'] as const) expect(set(d.toLatex({ detail: 'full', lang }))).toContain('<math');
  });

  it('says each line that a text says, of scalars too', () => {
    const d = derive('x^2*log(x)', 'x');
    const [text, tex] = [d.toText({ detail: 'full' }), d.toLatex({ detail: 'full' })];
    const derivation = text.slice(text.indexOf('d/dx'), text.indexOf('log(x) needs'));
    expect(tex.slice(tex.indexOf('\\frac{d}{dx}')).split('\\\\').length).toBe(derivation.trim().split('\n').length + 1);
  });

  it('has nested choices under one brace', () => {
    expect(derive('max(0, x)', 'x').toLatex()).toContain(
      '\\begin{cases} 1 & x > 0 \\\\ 0 & x < 0 \\\\ \\frac{1}{2} & \\text{otherwise} \\end{cases}',
    );
  });
});

test.each([
  ['chain rule, σ′ = σ(1 − σ)', "\\text{chain rule, $\\sigma '$ = $\\sigma$(1 $-$ $\\sigma$)}"],
  ['(uᵖ)′ = p·uᵖ⁻¹', "\\text{(u$^{p}$)$'$ = p$\\cdot$u$^{p-1}$}"],
  ['∂ det A/∂Aᵢⱼ = Cᵢⱼ', '\\text{$\\partial$ det A/$\\partial$A$_{ij}$ = C$_{ij}$}'],
  ['a_1 & 5%', '\\text{a\\_1 \\& 5\\%}'],
  ['', ''],
])('the words %s', (words, tex) => {
  expect(latexWords(words)).toBe(tex);
});
