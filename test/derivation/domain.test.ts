import { expect, it } from 'vitest';
import { type DeriveOptions, derive } from '../../src/index.ts';

const shapes = { X: [2, 'm'] };

const branch = (what: string, condition: string): string =>
  `${what}: at the border of ${condition} the slope is that of the branch taken there, which need not be the function's`;

const kinkAtZero = (what: string, at: string): string =>
  `${what} has a kink at ${at} = 0: its own slope there, before the chain rule, is taken as 0`;

const kinkWhereZero = (what: string, array: string): string =>
  `${what} has a kink where an entry of ${array} is 0: its own slope there, before the chain rule, is taken as 0`;

it.each<[string, string, string[], DeriveOptions?]>([
  ['log(x-2)*y', 'x', ['log(x − 2) needs x > 2']],
  ['1/x', 'x', ['1/x needs x ≠ 0']],
  // What is said of a multiple of a name and a number is said of the name.
  ['1/(x-3)', 'x', ['1/(x − 3) needs x ≠ 3']],
  ['log(1-2x)', 'x', ['log(1 − 2x) needs x < ½']],
  ['asin(1-x)', 'x', ['asin(1 − x) needs 0 ≤ x ≤ 2, and its slope needs 0 < x < 2']],
  ['abs(2x+1)', 'x', ['|2x + 1| has a kink at x = −½: its own slope there, before the chain rule, is taken as 0']],
  // Numbers have signs, and sums of positive terms are positive.
  ['log2(x^2+1)', 'x', []],
  ['log10(x)', 'x', ['log10(x) needs x > 0']],
  ['log(sum(exp(X)))', 'X', [], { shapes }],
  ['abs(x)', 'x', ['|x| has a kink at x = 0: its own slope there, before the chain rule, is taken as 0']],
  ['max(x, y)', 'x', ['max(x, y) has a kink at x = y: its own slope there, before the chain rule, is taken as ½']],
  ['atanh(x)+x', 'y', ['atanh(x) needs −1 < x < 1']],
  // At the border of a choice the slope is the branch's: 0, not the 1 that x has everywhere.
  ['where(x == 0, 0, x)', 'x', [branch('x == 0 ? 0 : x', 'x == 0')]],
  ['where(x != 0, sin(x)/x, 1)', 'x', [branch('x ≠ 0 ? sin(x)/x : 1', 'x ≠ 0')]],
  ['where(x > 0, x, 2*x) + y', 'x', [branch('x > 0 ? x : 2x', 'x > 0')]],
  // A choice by something else has no border in x.
  ['where(y > 0, x, 2*x)', 'x', []],
  ['Z[i=1:2, j=1:2] = where(i > j, S[i,j], 0)\nsum(Z)', 'S', [], { shapes: { S: [2, 2] } }],
  // Products that are 0 where their first factor is.
  ['xlogy(y, x)', 'x', ['ln(x) needs x > 0']],
  // π is known to be positive.
  ['erf(x)', 'x', []],
  ['entropy(x)', 'x', ['ln(x) needs x > 0']],
  ['entropy(x)*y', 'y', ['entropy(x) needs x ≥ 0']],
  // The derivative of √x has no value at 0.
  ['sqrt(x)', 'x', ['1/√x needs x > 0']],
  // Activations with a kink say what is taken there.
  [
    'leaky_relu(x, 0.25)',
    'x',
    ['leaky_relu(x, ¼) has a kink at x = 0: its own slope there, before the chain rule, is taken as ¼'],
  ],
  ['elu(x, 2)', 'y', ['elu(x, 2) has a kink at x = 0: its own slope there, before the chain rule, is taken as 2']],
  [
    'relu6(x)',
    'x',
    [
      'relu6(x) has a kink at x = 0: its own slope there, before the chain rule, is taken as 0',
      'relu6(x) has a kink at x = 6: its own slope there, before the chain rule, is taken as 0',
    ],
  ],
  ['elu(x)', 'y', []],
  // Of conditions on one argument the strongest.
  ['log(x)/x', 'x', ['log(x) needs x > 0']],
  // A kink in what a choice asks is none, nor is one that the choice keeps out; two that never meet have none.
  ['abs(x) <= 1 ? x^2/2 : abs(x) - 1', 'x', [branch('|x| ≤ 1 ? x²/2 : |x| − 1', '|x| ≤ 1')]],
  ['x > 1 ? abs(x) : 2*x - 1', 'x', [branch('x > 1 ? |x| : 2x − 1', 'x > 1')]],
  [
    'x > 1 ? relu(x - 2) : 0',
    'x',
    ['relu(x − 2) has a kink at x = 2: its own slope there, before the chain rule, is taken as 0'],
  ],
  [
    'abs(x) > 1 ? x : x^2*abs(x)',
    'x',
    [
      '|x| has a kink at x = 0: its own slope there, before the chain rule, is taken as 0',
      branch('|x| > 1 ? x : x²·|x|', '|x| > 1'),
    ],
  ],
  ['max(exp(x), -1)', 'x', []],
  // Whole exponents need nothing: lengths, indices from 1 on. Beside x ≥ 0 it is said that x > 0 where √x has cancelled.
  ['sum[i](i*x[i]^i)', 'x', [], { shapes: { x: ['n'] } }],
  ['sum(x)^n', 'x', [], { shapes: { x: ['n'] } }],
  ['x^(3/2)/sqrt(x)', 'x', ['1/√x needs x > 0']],
  [
    'min(a, b, c, x)',
    'x',
    [
      'min(a, b, c, x) has a kink at a = min(b, c, x) or b = min(a, c, x) or c = min(a, b, x) or x = min(a, b, c): its own slope there, before the chain rule, is taken as ≤ ½',
    ],
  ],
  [
    'max(x, y, z)',
    'x',
    ['max(x, y, z) has a kink at x = y > z or x = z > y or y = z > x: its own slope there, before the chain rule, is taken as ½'],
  ],
  // What a choice keeps out is no condition; what it does not is one of its branch.
  ['x > 0 ? log(x) : 0', 'x', [branch('x > 0 ? log(x) : 0', 'x > 0')]],
  ['x > 1 ? 1/(x - 1) + sqrt(x) : x', 'x', [branch('x > 1 ? 1/(x − 1) + √x : x', 'x > 1')]],
  ['x <= 0 ? 0 : log(x)', 'x', [branch('x ≤ 0 ? 0 : log(x)', 'x ≤ 0')]],
  ['x > 0 and x < 2 ? log(2 - x) : 0', 'x', [branch('0 < x < 2 ? log(2 − x) : 0', '0 < x < 2')]],
  ['x < 5 ? log(x) : 0', 'x', ['log(x) needs x > 0 where x < 5', branch('x < 5 ? log(x) : 0', 'x < 5')]],
  [
    'x > 0 ? log(x) : log(-x)',
    'x',
    ['log(−x) needs x < 0 where x ≤ 0', branch('x > 0 ? log(x) : log(−x)', 'x > 0'), '1/x needs x ≠ 0'],
  ],
  ['log(x) + (x > 0 ? log(x) : 0)', 'x', ['log(x) needs x > 0', branch('x > 0 ? log(x) : 0', 'x > 0')]],
  // What cancels was written all the same.
  ['x/x', 'x', ['1/x needs x ≠ 0']],
  ['x^2/x', 'x', ['1/x needs x ≠ 0']],
  ['(x^2 - 1)/(x - 1)', 'x', ['1/(x − 1) needs x ≠ 1']],
  // Poles, jumps, lengths.
  ['tan(2x)', 'x', ['tan(2x) needs cos(2x) ≠ 0']],
  ['sec(x)*csc(x)', 'x', ['sec(x) needs cos(x) ≠ 0', 'csc(x) needs sin(x) ≠ 0']],
  ['tan(tanh(x))', 'x', []],
  ['log(cos(x))', 'x', ['log(cos(x)) needs cos(x) > 0']],
  ['coth(x)', 'x', ['coth(x) needs x ≠ 0']],
  ['floor(2x)', 'x', ['floor(2x) jumps at 2x ∈ ℤ: its slope there is taken as 0']],
  ['floor(y)*x', 'x', []],
  ['round(x)', 'x', ['round(x) jumps at x + ½ ∈ ℤ: its slope there is taken as 0']],
  ['sign(x - 1)', 'x', ['sign(x − 1) jumps at x = 1: its slope there is taken as 0']],
  [
    'norm(v)',
    'v',
    ['norm(v) has a kink at v = 0: its own slope there, before the chain rule, is taken as 0'],
    { shapes: { v: ['n'] } },
  ],
  ['sqrt(x^2 + y^2)', 'x', ['√(x² + y²) has a kink at x² + y² = 0: its own slope there, before the chain rule, is taken as 0']],
  ['std(v)', 'v', [], { shapes: { v: ['n'] } }],
  ['norm(v)^2', 'v', [], { shapes: { v: ['n'] } }],
  ['sqrt(1 + norm(v)^2)', 'v', [], { shapes: { v: ['n'] } }],
  // Of a higher derivative, what the function itself needs.
  ['log(x)', 'x', ['log(x) needs x > 0'], { order: 2 }],
  ['asin(x)', 'x', ['asin(x) needs −1 ≤ x ≤ 1, and its slope needs −1 < x < 1'], { order: 3 }],
  ['x^3', 'x', [], { order: 2 }],
  // What a function needs is not said of its slope again.
  ['asec(x)', 'x', ['asec(x) needs |x| ≥ 1, and its slope needs |x| > 1']],
  ['acosh(x)', 'x', ['acosh(x) needs x ≥ 1, and its slope needs x > 1']],
  ['asin(sqrt(x))', 'x', ['asin(√x) needs x ≤ 1, and its slope needs x < 1', '1/√x needs x > 0']],
  // Where the function has a value everywhere, its slope alone needs something.
  ['acos(cos(x))', 'x', ['the slope of acos(cos(x)) needs sin(x) ≠ 0']],
  ['acoth(2x)', 'x', ['acoth(2x) needs |x| > ½']],
  ['asech(x)', 'x', ['asech(x) needs 0 < x ≤ 1, and its slope needs 0 < x < 1']],
  ['li(x)', 'x', ['li(x) needs x > 0', 'li(x) needs x ≠ 1']],
  ['Ci(x)', 'x', ['Ci(x) needs x > 0']],
  ['lambertw(x)', 'x', ['lambertw(x) needs x > −1/e']],
  ['gamma(x)', 'x', ['Γ(x) needs x ∉ {0, −1, −2, …}']],
  ['asec(x) + cbrt(x - 3)', 'x', ['asec(x) needs |x| ≥ 1, and its slope needs |x| > 1', '1/∛(x − 3)² needs x ≠ 3']],
  // Said of letters, each once, where that is easy.
  ['log(x^2)', 'x', ['log(x²) needs x ≠ 0']],
  ['log(log(x))', 'x', ['log(log(x)) needs x > 1']],
  ['cbrt(x^2)', 'x', ['1/∛(x²)² needs x ≠ 0']],
  ['1/(x*log(x))', 'x', ['log(x) needs x > 0', '1/(x·log(x)) needs x ≠ 1']],
  ['abs(x^2 - 4)', 'x', ['|x² − 4| has a kink at x = ±2: its own slope there, before the chain rule, is taken as 0']],
  ['1/(x*(x - 2))', 'x', ['1/(x·(x − 2)) needs x ≠ 0 and x ≠ 2']],
  ['log(x - 2)/x', 'x', ['log(x − 2) needs x > 2']],
  // A kink at what is no place of the domain is none, nor one that nothing goes through.
  ['log(abs(x))', 'x', ['log(|x|) needs x ≠ 0']],
  ['abs(x)/x', 'x', ['1/x needs x ≠ 0']],
  ['stop_gradient(abs(x))*x', 'x', []],
  // Of arrays, where an entry is something.
  [
    'sum(max(u, 2))',
    'u',
    ['max(u, 2) has a kink where an entry of u is 2: its own slope there, before the chain rule, is taken as ½'],
    { shapes: { u: ['n'] } },
  ],
  // Integrals of what has a value at 0 have that slope there.
  ['Si(x)', 'x', []],
  ['Shi(x^2)', 'x', []],
  // What cancels was asked all the same.
  ['exp(ln(x))', 'x', ['ln(x) needs x > 0']],
  ['sqrt(x)^2', 'x', ['√x needs x ≥ 0']],
  ['sqrt(-x)*sqrt(-x)', 'x', ['√(−x) needs x ≤ 0']],
  ['cosh(acosh(x + 3))', 'x', ['acosh(x + 3) needs x ≥ −2, and its slope needs x > −2']],
  ['1/(1/x)', 'x', ['1/x needs x ≠ 0']],
  ['0*log(x) + x', 'x', ['log(x) needs x > 0']],
  ['a = exp(log(x)); a^2', 'x', ['log(x) needs x > 0']],
  ['a = exp(log(x)); b = x^2; b', 'x', []],
  // Jumps, with the slope that is taken there, if any.
  ['x > 2', 'x', ['x > 2 jumps at x = 2: its slope there is taken as 0']],
  ['acot(x)', 'x', ['acot(x) jumps at x = 0: there it has no slope']],
  // Conditions on numbers.
  ['0^x', 'x', ['0^x needs x > 0']],
  ['(-2)^x', 'x', ['(−2)^x needs x ∈ ℤ']],
  ['x/0', 'x', ['1/0 has no value']],
  // Folded, of the letter: what holds anyway is not said, nor what follows, nor a kink where there is no value.
  ['ln(|cos(x)|)', 'x', ['ln(|cos(x)|) needs cos(x) ≠ 0']],
  ['tan(x)*ln(|cos(x)|)', 'x', ['tan(x) needs cos(x) ≠ 0']],
  ['-y*log(1/(1+exp(-z)))-(1-y)*log(1-1/(1+exp(-z)))', 'z', []],
  ['log(1 - exp(x)/(1 + exp(x)))', 'x', []],
  ['log(exp(x) - 1/4 - exp(x)/2)', 'x', ['log(exp(x)/2 − ¼) needs exp(x) > ½']],
  ['asin(2x/(1+x^2))', 'x', ['the slope of asin(2x/(1 + x²)) needs x ≠ ±1']],
  ['asin(x/(1+x^2))', 'x', []],
  ['asin(sin(x))', 'x', ['the slope of asin(sin(x)) needs cos(x) ≠ 0']],
  ['sqrt(1+sqrt(x))*ln(x+sqrt(x^2+1))', 'x', ['1/√x needs x > 0']],
  ['log(sqrt(4x^2+1) - 2x)', 'x', []],
  ['log(x + sqrt(x^2 - 1))', 'x', ['log(x + √(x² − 1)) needs x + √(x² − 1) > 0', '1/√(x² − 1) needs x² > 1']],
  ['1/(x^4 - 1)', 'x', ['1/(x⁴ − 1) needs x ≠ ±1']],
  ['1/(x^2 - 2)', 'x', ['1/(x² − 2) needs x² ≠ 2']],
  ['1/(x^2 + x + 1)', 'x', []],
  ['ln((1+x)/(1-x))', 'x', ['ln((1 + x)/(1 − x)) needs −1 < x < 1']],
  ['log(x*(x-1))', 'x', ['log(x·(x − 1)) needs x·(x − 1) > 0']],
  ['log((x-1)^2*(x-3))', 'x', ['log((x − 1)²·(x − 3)) needs x > 3']],
  ['log(1 - 2x/y)', 'y', ['1/y needs y ≠ 0', 'log(1 − 2x/y) needs 1 − 2x/y > 0']],
  ['max(x, x^2)', 'x', ['max(x, x²) has a kink at x = 0 and x = 1: its own slope there, before the chain rule, is taken as ½']],
  ['sqrt(x + sqrt(x + sqrt(x)))', 'x', ['1/√x needs x > 0']],
  ["x'*y/(norm(x)*norm(y))", 'x', ['1/(norm(x)·norm(y)) needs x ≠ 0 and y ≠ 0'], { shapes: { x: ['n'], y: ['n'] } }],
  ["v'*v/(norm(v) - 1)", 'v', [kinkAtZero('norm(v)', 'v'), '1/(norm(v) − 1) needs norm(v) ≠ 1'], { shapes: { v: ['n'] } }],
  ['norm(v) + sum(log(v))', 'v', ['log(v) needs v > 0'], { shapes: { v: ['n'] } }],
  // Not all entries 0 does not say that none is.
  ['sum(1 ./ v) + log(norm(v))', 'v', ['1 ⊘ v needs v ≠ 0'], { shapes: { v: ['n'] } }],
  ["u = det(X'*X); log(u) + sum(inv(X'*X))", 'X', ['log(u) needs u > 0'], { shapes: { X: ['n', 'm'] } }],
  ['sum(1 ./ q) + sum(log(q))', 'q', ['log(q) needs q > 0'], { shapes: { q: ['n'] } }],
  ["sum(X ./ s')", 'X', ['1 ⊘ s needs s ≠ 0'], { shapes: { X: ['m', 'n'], s: ['n'] } }],
  // A kink that is 0 to a higher power, or only touched, is none of the whole.
  ['y*d^2+(1-y)*max(0,m-d)^2', 'd', []],
  ['relu(x)^2', 'x', []],
  ['relu(x)^2', 'x', [kinkAtZero('relu(x)', 'x')], { order: 2 }],
  ['relu(x)^3', 'x', [], { order: 2 }],
  ['relu(x)^2 + relu(x)', 'x', [kinkAtZero('relu(x)', 'x')]],
  ['sum(relu(W*x + b).^2)', 'W', [], { shapes: { W: ['m', 'n'], x: ['n'], b: ['m'] } }],
  ['sum(relu(W*x + b))^2', 'W', [kinkWhereZero('relu(z)', 'z')], { shapes: { W: ['m', 'n'], x: ['n'], b: ['m'] } }],
  ['abs(x)^3', 'x', []],
  ['x*abs(x)', 'x', []],
  ['(x + 1)*abs(x)', 'x', [kinkAtZero('|x|', 'x')]],
  ['(abs(x) + x)^2', 'x', []],
  ['(abs(x) + 1)^2', 'x', [kinkAtZero('|x|', 'x')]],
  ['a = abs(x); a^2*y + a^3', 'x', []],
  ['abs(x)^(1/2)*x', 'x', []],
  ['max(x^2, 2x - 1)', 'x', []],
  ['max(x^3, 0)', 'x', []],
  ['max(x^3, 0)', 'x', [], { order: 2 }],
  [
    'max(x^3, 0)',
    'x',
    ['max(x³, 0) has a kink at x = 0: its own slope there, before the chain rule, is taken as ½'],
    { order: 3 },
  ],
  ['sqrt(x^4 + x^2)', 'x', [kinkAtZero('√(x⁴ + x²)', 'x')]],
  ['clip(x^2, 0, 1)', 'x', ['clip(x², 0, 1) has a kink at x = ±1: its own slope there, before the chain rule, is taken as 1']],
  ['y*relu(x)', 'y', []],
  // Branches that meet in one value and one slope have no border.
  ['abs(x) <= 1 ? x^2/2 : abs(x) - 1/2', 'x', []],
  ['x > 2 ? (x - 2)^1.5 : 0', 'x', []],
  ['x > 2 ? relu(x - 2) : 0', 'x', [branch('x > 2 ? relu(x − 2) : 0', 'x > 2')]],
  ['x > 2 ? (x - 2)^2 : 1', 'x', [branch('x > 2 ? (x − 2)² : 1', 'x > 2')]],
  ['x > 0 ? sqrt(x) : 0', 'x', [branch('x > 0 ? √x : 0', 'x > 0')]],
  ['x > y ? (x - y)^2 : 0', 'x', []],
  ['x > y ? (x - y)^2 : x - y', 'x', [branch('x > y ? (x − y)² : x − y', 'x > y')]],
  ['x > -1 and x < 1 ? x^2 : 2*abs(x) - 1', 'x', []],
  ['x > -1 and x < 1 ? x^2 : 2*x - 1', 'x', [branch('−1 < x < 1 ? x² : 2x − 1', '−1 < x < 1')]],
  ['x == 0 ? 0 : x^2', 'x', [branch('x == 0 ? 0 : x²', 'x == 0')]],
  ['x > 1 ? x^2 : 2*x - 1', 'x', [branch('x > 1 ? x² : 2x − 1', 'x > 1')], { order: 2 }],
  // Nothing to say: never zero, never negative, sizes.
  ['log(1+x^2)/(2+sin(x))', 'x', []],
  ['sqrt(x^2+1)+log(exp(x)+1)', 'x', []],
  ['1/(1+exp(-x))', 'x', []],
  ['log(cosh(x)) - log(3 - tanh(x))', 'x', []],
  ['-sum(log(1-σ(X)) + log(σ(X)))/(2m)', 'X', [], { shapes }],
])('%s by %s', (source, wrt, notes, options = {}) => {
  expect(derive(source, source.includes(wrt) ? wrt : 'x', options).domain()).toEqual(notes);
});

it.each([
  ['param p in -1..0 = -0.5\nminimize atanh(p)', ['atanh(p) needs p > −1']],
  ['param p in 0..1 = 0.5\nminimize atanh(p)', ['atanh(p) needs p < 1']],
  ['param p in -0.5..0.5 = 0.25\nminimize atanh(p)', []],
  ['param p in 0..0.5 = 0.25\nminimize logit(p)', ['logit(p) needs p > 0']],
  ['param p in 0.5..1 = 0.75\nminimize logit(p)', ['logit(p) needs p < 1']],
  ['param p in 0.25..0.5 = 0.25\nminimize logit(p)', []],
])('a range whose end is the border does not settle a condition: %s', (source, notes) => {
  expect(derive(source).domain()).toEqual(notes);
});

it.each([
  ['data d positive; param r; minimize abs(r) <= d ? r^2/2 : d*(abs(r) - d/2)', []],
  // With d < 0 the other branch is taken at 0, where it has a kink.
  ['data d; param r; minimize abs(r) <= d ? r^2/2 : d*(abs(r) - d/2)', [kinkAtZero('|r|', 'r')]],
  [
    'data X : [n, m], y : [n]; data d positive; param w : [m]; r = X*w - y; minimize sum(where(abs(r) <= d, r.^2/2, d*(abs(r) - d/2)))',
    [],
  ],
])('what is declared positive is so in guards, and at borders: %s', (source, notes) => {
  expect(derive(source).domain()).toEqual(notes);
});

it('stands at the end of the text and in the JSON, and is silent where there is nothing to say', () => {
  const d = derive('log(x-2)', 'x');
  expect(d.toText().split('\n').at(-1)).toBe('log(x − 2) needs x > 2');
  expect(d.toText({ ascii: true }).split('\n').at(-1)).toBe('log(x - 2) needs x > 2');
  expect(d.toJSON()).toMatchObject({ domain: ['log(x − 2) needs x > 2'] });
  expect(derive('x^2', 'x').toJSON()).not.toHaveProperty('domain');
});

it('says four, and how many more; all of them in full', () => {
  const d = derive('log(a)+log(b)+log(c)+log(p)+log(q)+log(r)', 'a');
  expect(d.toText().split('\n').slice(-5)).toEqual(
    ['a', 'b', 'c', 'p'].map((n) => `log(${n}) needs ${n} > 0`).concat('and 2 more'),
  );
  expect(d.toText({ detail: 'full' })).toContain('log(r) needs r > 0');
});

it.each([
  ['exp(-x^2/(2*s^2))/(s*sqrt(2*pi))', 'x', ['1/s² needs s ≠ 0']],
  ['log2(3*x)', 'x', ['log2(3x) needs x > 0']],
  ['log(x*exp(y))', 'x', ['log(x·exp(y)) needs x > 0']],
])('a factor that is not 0 has no part in a condition: %s', (source, by, lines) => {
  expect(derive(source, by).domain()).toEqual(lines);
});

it('is typeset where formulas are', () => {
  const d = derive('log(x - 2) + 1/(y^2 - 4) + gamma(x/y)', ['x', 'y']);
  expect(d.toLatex({ detail: 'full' })).toContain('\\ln(x - 2)\\text{ needs }x > 2');
  expect(d.toLatex({ detail: 'full' })).toContain('\\text{ needs }\\frac{x}{y} \\notin');
  expect(d.toMarkdown()).toContain('needs $y \\neq \\pm2$');
});

it('is of entries in index notation', () => {
  const d = derive("sum(log(q)) + x'*A*x/(x'*x) + sum(relu(q - 1)) + norm(q - x)", ['q', 'x'], {
    shapes: { q: ['n'], x: ['n'], A: ['n', 'n'] },
  });
  const lines = d.toText({ notation: 'index', detail: 'full' }).split('\n');
  expect(lines.filter((line) => /needs|kink/.test(line))).toEqual([
    'log(q_i) needs q_i > 0',
    '1/(Σ_i x_i²) needs x ≠ 0',
    'relu(q_i − 1) has a kink at q_i = 1: its own slope there, before the chain rule, is taken as 0',
    '√(Σ_i (q_i − x_i)²) has a kink at q − x = 0: its own slope there, before the chain rule, is taken as 0',
  ]);
});
