import { describe, expect, it } from 'vitest';
import { check, derive, simplify } from '../../src/index.ts';

describe('numbers stay as they are written', () => {
  it.each([
    ['1e-5*x', '1e-5*x'],
    ['0.0001*x', '0.0001*x'],
    ['6.626e-34*x', '6.626e-34*x'],
    ['32.5*x', '32.5*x'],
    ['4.2*x', '4.2*x'],
    ['(-32.5)^4*x', '1115664.0625*x'],
    ['1e300*x', '1e300*x'],
    ['selu(x)', '1.0507009873554805*elu(x, 1.6732632423543772)'],
    ['x/3 + x/4', '7*x/12'],
    ['0.5*x + 0.75*y', 'x/2 + 3*y/4'],
    ['2^-70*x', 'x/1180591620717411303424'],
  ])('%s is %s', (source, text) => expect(simplify(source).toString()).toBe(text));
});

describe('the natural logarithm is called ln, or as the source calls it', () => {
  const spelled = (source: string) => {
    const { partial } = derive(source, 'x', { steps: false });
    return [partial.toUnicode(), partial.toString(), partial.toLatex()];
  };
  it('ln', () => expect(spelled('x*ln(x)')).toEqual(['1 + ln(x)', '1 + log(x)', '1 + \\ln(x)']));
  it('log', () => expect(spelled('x*log(x)')).toEqual(['1 + log(x)', '1 + log(x)', '1 + \\ln(x)']));
  it('where the source has none', () => expect(spelled('2^x')[0]).toBe('2^x·ln(2)'));
  it('in steps and conditions', () => {
    const text = derive('x*ln(x)', 'x').toText();
    expect(text).toContain('d/dx(ln(x)) = 1/x');
    expect(text).toContain('ln(x) needs x > 0');
    expect(text).not.toContain('log(');
  });
});

describe('a derivative by one of several variables is partial', () => {
  it.each([
    ['x^2*sin(x)', 'd/dx(', '\\frac{d}{dx}'],
    ['x^2*sin(y)', '∂/∂x(', '\\frac{\\partial}{\\partial x}'],
    ['const y = 2; x^2*sin(y)', 'd/dx(', '\\frac{d}{dx}'],
  ])('%s: %s', (source, text, tex) => {
    const d = derive(source.replace('; x^2', '; param x = 1; x^2'), 'x');
    expect(d.toText()).toContain(text);
    expect(d.toLatex()).toContain(tex);
    expect(d.toText({ ascii: true })).toContain('diff(');
  });
  it('also where it is 0', () => {
    expect(derive('x^2 + x*y', ['x', 'y']).toText()).toContain('∂/∂y');
  });
});

describe('a higher derivative is told from the function on', () => {
  it('all orders before the steps of the last', () => {
    const text = derive('sin(x)', 'x', { order: 3 }).toText();
    const orders = ['f  = sin(x)', 'f′ = cos(x)', 'f″ = −sin(x)', 'f‴ = −cos(x)', 'd/dx(−sin(x))'];
    expect(orders.map((line) => text.indexOf(line))).toEqual(orders.map((line) => text.indexOf(line)).toSorted((a, b) => a - b));
    for (const line of orders) expect(text).toContain(line);
  });
  it('of arrays too', () => {
    const text = derive('sum(x.^4)', 'x', { order: 2, shapes: { x: ['n'] } }).toText();
    expect(text).toMatch(/f {2}= Σ x∘⁴ +scalar\nf′ = 4x∘³/);
  });
});

describe('words for Greek letters are letters in mathematics', () => {
  const of = (source: string, wrt: string) => derive(source, wrt, { steps: false }).partial;
  it.each([
    ['lambda*x^2', 'x', '2λ·x', '2*lambda*x'],
    ['sigma_x*x^2', 'x', '2σ_x·x', '2*sigma_x*x'],
    ['mu1*x^2', 'x', '2μ1·x', '2*mu1*x'],
    ['alphabet*x^2', 'x', '2alphabet·x', '2*alphabet*x'],
    ['gamma(x)*gamma^2', 'gamma', '2γ·Γ(x)', '2*gamma*gamma(x)'],
    ['lambda*λ*x', 'x', 'lambda·λ', 'lambda*λ'],
  ])('%s', (source, wrt, text, ascii) => {
    expect(of(source, wrt).toUnicode()).toBe(text);
    expect(of(source, wrt).toString()).toBe(ascii);
  });
  it('in all that a derivation says', () => {
    const source = 'param lambda = 1, w : [3]\ndata x : [3]\nalpha = x.*w\nminimize J = sum(alpha.^2) + lambda*sum(w.^2)';
    const text = derive(source).toText({ detail: 'full' });
    expect(text).toMatch(/dα\b|dα /);
    expect(text).toContain('∂J/∂λ');
    expect(text).not.toMatch(/lambda|alpha/);
    expect(derive(source).toText({ ascii: true })).toMatch(/lambda/);
  });
  it.each(['matrix', 'index'] as const)('by entries as by matrices, in reasons as in formulas: %s', (notation) => {
    const source =
      'data x : [n]; param mu, sigma positive, lambda; theta = (x - mu)/sigma; minimize NLL = n*log(sigma) + lambda*sum(theta.^2)';
    const derivation = derive(source);
    for (const detail of ['brief', 'full'] as const) {
      const text = derivation.toText({ detail, notation });
      expect(text).toContain('dθ');
      expect(text).not.toMatch(/lambda|mu|sigma|theta/);
    }
    expect(derivation.toText({ notation })).toContain('μ is shared by all n entries');
    expect(derivation.toText({ notation, ascii: true })).not.toMatch(/[λμσθ]/);
  });
  it('adjoints of them in LaTeX too', () => {
    const source = 'data X : [m, n]; param theta : [n]; phi = X*theta; mu1 = exp(phi); minimize L = sum(mu1.^2)';
    const latex = derive(source).toLatex({ detail: 'full' });
    expect(latex).toContain('\\mathrm{d}\\phi');
    expect(latex).toContain('\\mathrm{d}\\mu_{1}');
    expect(latex).not.toContain('mathit');
  });
  it('and what is printed so is understood', async () => {
    const source = 'param lambda = 1, w = 2\nminimize J = lambda*w^2';
    expect(Object.keys(derive(source, ['λ']).partials)).toEqual(['lambda']);
    expect((await check(source, { claim: { w: '2*λ*w' } })).ok).toBe(true);
  });
});
