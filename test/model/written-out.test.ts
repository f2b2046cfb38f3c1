import { describe, expect, it } from 'vitest';
import { derive } from '../../src/index.ts';

const texts = (source: string, wrt: string, shapes = {}): string => derive(source, [wrt], { shapes }).toText();

const SHAPES = { W: [1, 'n'], X: ['n', 'm'], Y: [1, 'm'], z: ['n'], y: ['n'] };

const shapesIn = (source: string) =>
  Object.fromEntries(Object.entries(SHAPES).filter(([name]) => source.match(new RegExp(`\\b${name}\\b`))));

describe('a function that is written out is known by its name', () => {
  it.each([
    ['sum((1./(1 + exp(-(W*X + b))) - Y).^2)', 'W', 'dZ = dA ⊙ A ⊙ (1 − A)'],
    ['sum((1./(1 + exp(-W*X - b)) - Y).^2)', 'W', 'dZ = dA ⊙ A ⊙ (1 − A)'],
    ['sum((exp(W*X)./(1 + exp(W*X)) - Y).^2)', 'W', 'dZ = dA ⊙ A ⊙ (1 − A)'],
    ['sum(3*y./(exp(-z) + 1))', 'z', '∂f/∂z = 3y ⊙ σ(z) ⊙ (1 − σ(z))'],
    ['-sum(y.*log(1./(1 + exp(-z))) + (1 - y).*log(1 - 1./(1 + exp(-z))))', 'z', '∂f/∂z = a − y'],
    ['x/(1 + exp(-x))', 'x', 'σ(x)'],
    ['log(1/(1 + e^(-w*x)))', 'w', 'σ(w·x)'],
  ])('%s by %s', (source, wrt, part) => {
    const text = texts(source, wrt, shapesIn(source));
    expect(text).toContain(part);
    // The page says what it is.
    expect(text).toMatch(/σ\([zu]\) = 1\/\(1 \+ exp\(−[zu]\)\)/u);
  });

  it('keeps each step true', () => {
    const source = 'sum((1./(1 + exp(-(W*X + b))) - Y).^2)';
    const d = derive(source, ['W', 'b'], { shapes: shapesIn(source) });
    expect(d.verifySteps()).toMatchObject({ ok: true });
  });

  it('is derived from its definition where there is nothing else', () => {
    expect(texts('1/(1 + exp(-x))', 'x')).toContain('= exp(−x)/(1 + exp(−x))²');
  });

  it.each(['sum(1./(1 + exp(z)))', 'sum(1./(2 + exp(-z)))', 'sum(1./(1 + exp(-z)).^2)'])(
    '%s is not taken for another',
    (source) => {
      expect(derive(source, ['z'], { shapes: shapesIn(source) }).verifySteps()).toMatchObject({ ok: true });
    },
  );
});

describe('binary cross-entropy', () => {
  it.each(['bce(σ(W*X + b), Y)', 'A = σ(W*X + b); minimize L = bce(A, Y)'])('%s reads as in books', (end) => {
    const d = derive(`data X : [n, m], Y : [1, m]; param W : [1, n], b; ${end}`);
    const text = d.toText({ detail: 'full' });
    expect(text).not.toContain('xlog');
    expect(text).toContain('(Y ⊙ ln(A) + (1 − Y) ⊙ ln(1 − A))');
    expect(text).toMatch(/= \(A_k − Y_k\)\/m +what arrives put in/u);
    expect(d.partials.b?.toUnicode()).toContain('− Y)/m');
    expect(d.verifySteps()).toMatchObject({ ok: true });
    for (const printed of [d.toLatex(), d.toMarkdown(), d.toHtml()]) expect(printed).not.toContain('xlog');
  });

  it('has a value where a label is 0 and its probability too', () => {
    expect(derive('bce(p, y)', 'p').compile().value({ p: 0, y: 0 })).toBeCloseTo(0);
  });
});
