import { describe, expect, it } from 'vitest';
import { derive, simplify, type Tensor } from '../../src/index.ts';

const forms = (list: readonly (readonly [source: string, form: string])[]) =>
  it.each(list)('%s is %s', (source, form) => expect(simplify(source).toString()).toBe(form));

const slopes = (list: readonly (readonly [source: string, slope: string])[]) =>
  it.each(list)('(%s)′ is %s', (source, slope) => expect(derive(source, 'x', { steps: false }).partial.toString()).toBe(slope));

describe('roots of numbers are in normal form', () => {
  forms([
    ['sqrt(12)', '2*sqrt(3)'],
    ['sqrt(2)*sqrt(3)', 'sqrt(6)'],
    ['sqrt(12) - 2*sqrt(3)', '0'],
    ['sqrt(50)*x + sqrt(18)*x', '8*x*sqrt(2)'],
    ['sqrt(2/3)', 'sqrt(6)/3'],
    ['sqrt(1/2)', '1/sqrt(2)'],
    ['3/sqrt(3)', 'sqrt(3)'],
    ['x/sqrt(3) + y/sqrt(3)', '(x + y)/sqrt(3)'],
    ['1/sqrt(3) - sqrt(3)/3', '0'],
    ['(1 + sqrt(2))*(1 - sqrt(2))*x', '-x'],
    ['cbrt(2)*cbrt(4)*x', '2*x'],
    ['12^(1/3)*2^(1/3)', '2*3^(1/3)'],
    ['sqrt(12*x)', '2*sqrt(3*x)'],
    ['sqrt(2*x + 2)*sqrt(x + 1)', 'sqrt(2)*(x + 1)'],
  ]);
  slopes([
    ['asin(x/2)', '1/sqrt(4 - x^2)'],
    ['atan(x/sqrt(3))/sqrt(3)', '1/(x^2 + 3)'],
    ['sqrt(1 - x^2/3)', '-x/sqrt(9 - 3*x^2)'],
    ['erf(x/sqrt(2))', 'sqrt(2/pi)*exp(-x^2/2)'],
    ['exp(-x^2/2)/sqrt(2*pi)', '-x*exp(-x^2/2)/sqrt(2*pi)'],
  ]);
  it('what was written is no other product of roots', () => {
    expect(simplify('sqrt(2)*x/sqrt(x + 1)').toString()).toBe('x*sqrt(2)/sqrt(x + 1)');
    expect(simplify('sqrt(0.12)*x').toString()).toBe('x*sqrt(0.12)');
  });
});

describe('a cube root is a power of what may be negative', () => {
  slopes([
    ['x*cbrt(x)', '4*cbrt(x)/3'],
    ['cbrt(x^2)', '2/(3*cbrt(x))'],
    ['(x + 1)*cbrt(x + 1)', '4*cbrt(x + 1)/3'],
    ['cbrt(exp(x))', 'exp(x/3)/3'],
    ['x*cbrt(-x)', '-4*cbrt(x)/3'],
  ]);
});

describe('equal arguments meet in whatever spelling', () => {
  forms([
    ['sin((a + b)/2) - sin(a/2 + b/2)', '0'],
    ['log(2*a + 2*b) - log(2*(a + b))', '0'],
    ['exp((a + b)/2) - exp(a/2 + b/2)', '0'],
    ['(1 + x^2)^((a + b)/2) - (x^2 + 1)^(a/2 + b/2)', '0'],
    ['(a/2 + b/2)^n - ((a + b)/2)^n', '0'],
    ['sqrt((a + b)/2) - sqrt(a/2 + b/2)', '0'],
    ['sin((a - b)*(a + b)) - sin(a^2 - b^2)', '0'],
    ['atan((x + 1)/x) - atan(1 + 1/x)', '0'],
    ['cos(b - a) - cos(a - b)', '0'],
    ['abs(a - b) - abs(b - a)', '0'],
    ['sin(a - b) - sin(b - a)', '2*sin(a - b)'],
    ['x*atan(a - b) + y*atan(b - a)', 'atan(a - b)*(x - y)'],
    ['cos(a - b) + sin(b - a)', 'cos(a - b) + sin(b - a)'],
  ]);
});

describe('signs and absolute values meet', () => {
  forms([
    ['1/abs(x) - sign(x)/x', '0'],
    ['sign(x)/x^3', '1/abs(x)^3'],
    ['sign(-3*x)', '-sign(x)'],
    ['sign(2*x) - sign(x)', '0'],
    ['sign(1 - 2*x) + sign(2*x - 1)', '0'],
    ['sign(4 - 2*x)', '-sign(x - 2)'],
    ['abs(x)/x^2', '1/abs(x)'],
    ['y^2/abs(y)', 'abs(y)'],
    ['sqrt(x^2/(1 + x^2)^2)', 'abs(x)/(1 + x^2)'],
    ['abs(1 + x^2 + exp(y))', '1 + x^2 + exp(y)'],
  ]);
  slopes([
    ['abs(x)/x', '0'],
    ['acos((1 - x^2)/(1 + x^2))', '2*x/(abs(x)*(1 + x^2))'],
    ['max(x, -x)', 'sign(x)'],
    ['min(x, 2 - x)', '-sign(x - 1)'],
    ['max(x, 1 - x)', 'sign(2*x - 1)'],
    ['max(x, 0) - min(x, 0)', 'sign(x)'],
  ]);
  it.each([
    ['max(x, -x)', 'sign(x)'],
    ['max(x, 1 - x)', 'sign(2x − 1)'],
    ['abs(x)/x', '0'],
    ['sin(x)/x', '(x·cos(x) − sin(x))/x²'],
  ])('the last line for %s is %s', (source, last) => {
    const lines = derive(source, 'x')
      .toText()
      .split('\n')
      .filter((line) => line.startsWith('  = '));
    expect(lines.at(-1)!.slice(4).split('  ')[0]).toBe(last);
  });
});

describe('a fraction is one fraction', () => {
  slopes([
    ['exp(x)/x', 'exp(x)*(x - 1)/x^2'],
    ['2^(x^2)', '2*x*2^x^2*log(2)'],
    ['exp(1/x)/x', '-exp(1/x)*(x + 1)/x^3'],
    ['asin(x)/acos(x)', '(acos(x) + asin(x))/(acos(x)^2*sqrt(1 - x^2))'],
    ['sqrt(x + sqrt(x))', '(2*sqrt(x) + 1)/(4*sqrt(x)*sqrt(x + sqrt(x)))'],
    ['x*exp(-1/x)', 'exp(-1/x)*(1/x + 1)'],
  ]);
});

describe('sums whose terms cancel are short, however many there are', () => {
  slopes([
    ['x^5*sinh(x) - 5*x^4*cosh(x) + 20*x^3*sinh(x) - 60*x^2*cosh(x) + 120*x*sinh(x) - 120*cosh(x)', 'x^5*cosh(x)'],
    ['35*x/128 - 35*cos(x)*sin(x)/128 - 35*cos(x)*sin(x)^3/192 - 7*cos(x)*sin(x)^5/48 - cos(x)*sin(x)^7/8', 'sin(x)^8'],
  ]);
});

describe('deviations from the mean sum to 0', () => {
  it.each([
    ['var(x)', '2*(x - sum(x)/n)/n'],
    ['std(x)', '(x - sum(x)/n)/(n*sqrt(sum((x - sum(x)/n).^2)/n))'],
  ])('(%s)′ is %s', (source, slope) => {
    expect(derive(source, 'x', { shapes: { x: ['n'] }, steps: false }).partial.toString()).toBe(slope);
  });
  it('row by row', () => {
    const { partial } = derive('sum(var(X, rows))', 'X', { shapes: { X: ['m', 'n'] }, steps: false });
    expect(partial.toString()).toBe('2*(X - sum(X, m)/m)/m');
  });
  it('a layer norm names nothing that it does not use', () => {
    const shapes = { x: ['n'], w: ['n'] };
    const { partial } = derive('sum(w.*(x - mean(x))/sqrt(var(x) + eps))', 'x', { shapes, steps: false });
    expect(partial.toString()).not.toMatch(/\bt\b/);
  });
});

describe('ramps, switches and choices', () => {
  slopes([
    ['relu(x)', 'step(x)'],
    ['relu(x)^3', '3*relu(x)^2'],
    ['relu(x)*x', '2*relu(x)'],
    ['relu(x)*x^2', '3*x*relu(x)'],
    ['relu(2*x)*x', '2*relu(2*x)'],
    ['max(1 - x, 0)^2', '-2*max(1 - x, 0)'],
    ['max(x - 1, 0)^2', '2*max(x - 1, 0)'],
    ['min(x, 0)^2', '2*min(x, 0)'],
    ['min(2*x - 1, 0)^2', '4*min(2*x - 1, 0)'],
    ['max(0, 1 - x*y)^2', '-2*y*max(0, 1 - x*y)'],
    ['huber(x, 0)', 'abs(x) <= 1 ? x : sign(x)'],
    ['step(x)^2*x', 'step(x)'],
    ['abs(x)^3', '3*x*abs(x)'],
    ['where(x > 0, x^2, -x^2)', 'x > 0 ? 2*x : -2*x'],
    ['where(x < 0, -x, x)', 'x < 0 ? -1 : 1'],
    ['where(x > 0, 3*x^2, 5*x^2)', '2*x*(x > 0 ? 3 : 5)'],
    ['where(x > 1, log(x), x - 1)^2', 'x > 1 ? 2*log(x)/x : 2*(x - 1)'],
  ]);
  it('entry by entry', () => {
    const of = (source: string) => derive(source, 'v', { shapes: { v: ['n'] }, steps: false }).partial.toString();
    expect(of('sum(relu(v).^2)')).toBe('2*relu(v)');
    expect(of('sum(where(v > 0, v.^2, -v.^2))')).toBe('v > 0 ? 2*v : -2*v');
  });
  it('a condition is known at its own entries only', () => {
    const { partial } = derive("sum(where(S > 0, where(S > 0, S, 1)' .* S, 0))", 'S', { shapes: { S: [2, 2] } });
    const S = [
      [1, 2],
      [-3, 4],
    ];
    expect((partial.compile()({ S }) as Tensor).toArray()).toEqual([
      [2, 1 + 0],
      [0, 8],
    ]);
  });
});

describe('forms that tables have', () => {
  slopes([
    ['(a*x + b)/(c*x + d)', '(a*d - b*c)/(c*x + d)^2'],
    ['asin(sqrt(x))', '1/(2*sqrt(x*(1 - x)))'],
    ['acosh(sqrt(x))', '1/(2*sqrt(x*(x - 1)))'],
    // What has a common denominator is put over it first.
    ['sqrt(x + sqrt(x))', '(2*sqrt(x) + 1)/(4*sqrt(x)*sqrt(x + sqrt(x)))'],
    ['sqrt(x)/sqrt(1 + x)', '1/(2*sqrt(x)*(1 + x)^(3/2))'],
  ]);
});
