import { all, type BigNumber, create } from 'mathjs';
import { describe, expect, it } from 'vitest';
import { type CompiledDerivation, compile, derive, train } from '../../src/index.ts';

/**
 * What is compiled keeps its digits, however the user wrote it: values, first and second derivatives at both tails and
 * next to 0. The truth is computed with hundreds of digits.
 */
const arithmetics = [100, 400, 700].map((precision) => create(all!, { precision }));

/**
 * 1 + 1e-300 and 1 + e⁻⁷⁰⁰ need 300 digits, 1 − cos(1e-300) 600, cos(1e300) as many as its argument has; 1 + e⁻¹⁰⁰ and
 * 1 − cos(1e-20) no more than 60, and e⁻¹⁰⁰⁰⁰⁰ no double knows.
 */
function big(x: number, size = Math.abs(x)): BigNumber {
  const enough = size !== 0 && size < 1e-100 ? 2 : (size > 200 && size < 1e4) || size > 1e50 ? 1 : 0;
  // The double 1e100 is not 10¹⁰⁰.
  return arithmetics[enough]!.bignumber(Number.isInteger(x) ? String(BigInt(x)) : x) as BigNumber;
}
const zero = big(0);

const SIZES = [1e-300, 1e-20, 1e-10, 1e-5, 0.1, 1, 10, 36, 40, 100, 700, 710, 750, 1e3, 1e5, 1e10, 1e100, 1e300];
const EVERYWHERE = [...SIZES.map((x) => -x), 0, ...SIZES];

/** Relative, where the true value is a normal double. A few units of the last place, times the steps of a formula. */
const TOLERANCE = 2e-14;
const LEAST = 2.3e-308;
const MOST = 1.79e308;

function expectClose(found: number, truth: BigNumber, where: string): void {
  const want = truth.toNumber();
  if (Math.abs(want) > MOST) expect(found, where).toBe(Math.sign(want) * Infinity);
  else if (Math.abs(want) < LEAST) expect(Math.abs(found), `${where}: truly ${want}`).toBeLessThanOrEqual(LEAST);
  else expect(Math.abs(found - want) / Math.abs(want), `${where}: ${found}, truly ${want}`).toBeLessThanOrEqual(TOLERANCE);
}

/** A function of x with its first two derivatives, in as many digits as it takes. */
type Truth = (x: BigNumber, y: BigNumber) => readonly [BigNumber, BigNumber, BigNumber];

const negative =
  (truth: Truth): Truth =>
  (x, y) =>
    truth(x, y).map((v) => v.neg()) as [BigNumber, BigNumber, BigNumber];
/** 1 + u with the digits of u: a method computes with the digits of its own object. */
const after = (u: BigNumber): BigNumber => u.add(1);
const inverse = (u: BigNumber): BigNumber => u.pow(-1);
const σ = (x: BigNumber): BigNumber => inverse(after(x.neg().exp()));
/** log(1 + eˣ); the exponential of 1e300 is beyond the exponents of any arithmetic. */
const plus = (x: BigNumber): BigNumber => (x.gt(0) ? x : zero).add(after(x.abs().neg().exp()).ln());

const sigmoid: Truth = (x) => {
  const [s, c] = [σ(x), σ(x.neg())];
  return [s, s.mul(c), s.mul(c).mul(c.sub(s))];
};
const complement: Truth = (x) => {
  const [s, c] = [σ(x), σ(x.neg())];
  return [c, s.mul(c).neg(), s.mul(c).mul(s.sub(c))];
};
const softplus: Truth = (x) => [plus(x), σ(x), σ(x).mul(σ(x.neg()))];
const logSigmoid: Truth = (x) => [plus(x.neg()).neg(), σ(x.neg()), σ(x).mul(σ(x.neg())).neg()];
const logComplement: Truth = negative(softplus);
/** tanh x, from the exponential that does not overflow. */
const hyperbolic = (x: BigNumber): BigNumber => {
  const e = x.abs().mul(-2).exp();
  const t = e.sub(1).neg().div(e.add(1));
  return x.gt(0) ? t : t.neg();
};

const tanh: Truth = (x) => {
  // sech² = 4·σ(2x)·σ(−2x)
  const t = hyperbolic(x);
  const slope = σ(x.mul(2))
    .mul(σ(x.mul(-2)))
    .mul(4);
  return [t, slope, slope.mul(t).mul(-2)];
};
const expm1: Truth = (x) => [x.exp().sub(1), x.exp(), x.exp()];
const log1p: Truth = (x) => [x.add(1).ln(), inverse(x.add(1)), x.add(1).pow(-2).neg()];
const versine: Truth = (x) => [x.cos().sub(1).neg(), x.sin(), x.cos()];
const coshm1: Truth = (x) => {
  const [e, inverseE] = [x.exp(), x.neg().exp()];
  const [c, s] = [e.add(inverseE).div(2), e.sub(inverseE).div(2)];
  return [c.sub(1), s, c];
};
const rootm1: Truth = (x) => {
  const root = x.add(1).sqrt();
  return [root.sub(1), inverse(root.mul(2)), inverse(root.pow(3).mul(-4))];
};
const entropy: Truth = (x, y) => {
  const rest = y.sub(1).neg();
  const value = y.mul(plus(x.neg())).add(rest.mul(plus(x)));
  return [value, σ(x).sub(y), σ(x).mul(σ(x.neg()))];
};
const logsum: Truth = (x, y) => {
  const [s, c] = [σ(x.sub(y)), σ(y.sub(x))];
  return [y.add(plus(x.sub(y))), s, s.mul(c)];
};
const share: Truth = (x, y) => sigmoid(x.sub(y), y);
const length: Truth = (x, y) => {
  const r = x.mul(x).add(y.mul(y)).sqrt();
  return r.isZero() ? [r, r, r] : [r, x.div(r), y.mul(y).div(r.pow(3))];
};
const reciprocalCosh: Truth = (x) => {
  // 1/(eˣ + e⁻ˣ) = ½ sech x
  const e = x.abs().neg().exp();
  const half = e.div(e.mul(e).add(1));
  const t = hyperbolic(x);
  return [half, half.mul(t).neg(), half.mul(t.mul(t).mul(2).sub(1))];
};

interface Case {
  readonly truth: Truth;
  readonly sources: readonly string[];
  readonly xs?: readonly number[];
  readonly ys?: readonly ((x: number) => number)[];
}

const least = (bound: number) => EVERYWHERE.filter((x) => x > bound);
const fixed = (...ys: number[]) => ys.map((y) => () => y);

const cases: Record<string, Case> = {
  'σ(x)': {
    truth: sigmoid,
    sources: ['σ(x)', '1/(1+exp(-x))', 'exp(x)/(1+exp(x))', 'exp(x)/(exp(x)+1)', '1-1/(1+exp(x))', 'E = exp(-x); D = 1 + E; 1/D'],
  },
  '1 − σ(x)': {
    truth: complement,
    sources: ['1-σ(x)', '1-1/(1+exp(-x))', '1/(1+exp(x))', 'A = σ(x); 1 - A', 'E = exp(x); A = E/(1+E); B = 1 - A; B'],
  },
  'log σ(x)': {
    truth: logSigmoid,
    sources: ['log(σ(x))', 'log(1/(1+exp(-x)))', '-log(1+exp(-x))', 'log(exp(x)/(1+exp(x)))', 'A = 1/(1+exp(-x)); log(A)'],
  },
  'log(1 − σ(x))': {
    truth: logComplement,
    sources: ['log(1-σ(x))', 'log1p(-σ(x))', 'log(1-1/(1+exp(-x)))', 'A = σ(x); B = 1 - A; log(B)'],
  },
  'log(1 + eˣ)': {
    truth: softplus,
    sources: ['log(1+exp(x))', 'log(exp(x)+1)', 'log1p(exp(x))', 'softplus(x)', '-log(1-σ(x))', 'E = exp(x); S = 1 + E; log(S)'],
  },
  'tanh x': {
    truth: tanh,
    sources: [
      'tanh(x)',
      '(exp(x)-exp(-x))/(exp(x)+exp(-x))',
      '(exp(2x)-1)/(exp(2x)+1)',
      '(1-exp(-2x))/(1+exp(-2x))',
      '2σ(2x)-1',
      'sinh(x)/cosh(x)',
      'a = exp(x); b = exp(-x); (a - b)/(a + b)',
    ],
  },
  'eˣ − 1': { truth: expm1, sources: ['exp(x)-1', '-(1-exp(x))', 'E = exp(x); E - 1'], xs: EVERYWHERE.filter((x) => x < 1e100) },
  'log(1 + x)': { truth: log1p, sources: ['log(1+x)', 'log(x+1)', 's = x + 1; log(s)'], xs: least(-1) },
  '1 − cos x': { truth: versine, sources: ['1-cos(x)', '-(cos(x)-1)', 'c = cos(x); 1 - c'] },
  'cosh x − 1': {
    truth: coshm1,
    sources: ['cosh(x)-1', 'c = cosh(x); c - 1'],
    xs: EVERYWHERE.filter((x) => Math.abs(x) < 1e100),
  },
  '√(1 + x) − 1': { truth: rootm1, sources: ['sqrt(1+x)-1', 'r = sqrt(1+x); r - 1'], xs: least(-1) },
  '1/(eˣ + e⁻ˣ)': { truth: reciprocalCosh, sources: ['1/(exp(x)+exp(-x))', '1/(2cosh(x))'] },
  'cross-entropy': {
    truth: entropy,
    sources: [
      '-(y*log(σ(x)) + (1-y)*log(1-σ(x)))',
      '-y*log(σ(x)) - (1-y)*log(1-σ(x))',
      'A = σ(x); -(y*log(A) + (1-y)*log(1-A))',
      'A = 1/(1+exp(-x)); -(y*log(A) + (1-y)*log(1-A))',
    ],
    ys: fixed(0, 1, 0.3),
  },
  'log(eˣ + eʸ)': {
    truth: logsum,
    sources: ['log(exp(x)+exp(y))', 'S = exp(x) + exp(y); log(S)'],
    ys: [...fixed(0.5, -20, 800), (x) => -x],
  },
  'eˣ/(eˣ + eʸ)': {
    truth: share,
    sources: ['exp(x)/(exp(x)+exp(y))', '1 - exp(y)/(exp(x)+exp(y))', 'S = exp(x) + exp(y); exp(x)/S'],
    ys: [...fixed(0.5, -20, 800)],
  },
  '√(x² + y²)': {
    truth: length,
    sources: ['sqrt(x^2+y^2)', 'q = x^2 + y^2; sqrt(q)', 'hypot = x^2 + y^2; hypot^(1/2)'],
    ys: [...fixed(1, -3), (x) => 0.75 * x || 2, (x) => (x === 0 ? 1 : x / 1e7)],
  },
};

const bigTruths = new Map<string, ReturnType<Truth>>();

function truthAt(name: string, { truth }: Case, x: number, y: number): ReturnType<Truth> {
  const key = `${name} ${x} ${y}`;
  const known = bigTruths.get(key) ?? truth(big(x), big(y, Math.abs(x)));
  bigTruths.set(key, known);
  return known;
}

/** The source as a model whose objective is the derivative of its last expression. */
function derivativeOf(source: string): string {
  const parts = source.split(';');
  const last = parts.pop()!;
  return [...parts, ` diff(${last.trim()}, x)`].join(';').trim();
}

describe.each(Object.entries(cases))('%s', (name, entry) => {
  it.each(entry.sources)('%s', (source) => {
    const first = derive(source, 'x', { steps: false });
    const second = derive(derivativeOf(source), 'x', { steps: false });
    const third = compile(derivativeOf(derivativeOf(source)));
    for (const backend of ['js', 'closure'] as const) {
      const [f, df]: CompiledDerivation[] = [first.compile({ backend }), second.compile({ backend })];
      for (const x of entry.xs ?? EVERYWHERE) {
        for (const yOf of entry.ys ?? fixed(Number.NaN)) {
          const y = yOf(x);
          const inputs = Number.isNaN(y) ? { x } : { x, y };
          const truth = truthAt(name, entry, x, Number.isNaN(y) ? 0 : y);
          const at = `${source} at ${JSON.stringify(inputs)}, ${backend}`;
          const { value, gradient } = f!.valueAndGradient(inputs);
          expectClose(value as number, truth[0], at);
          expectClose(f!.value(inputs) as number, truth[0], at);
          expectClose(gradient.x as number, truth[1], `the derivative of ${at}`);
          const slope = df!.valueAndGradient(inputs);
          expectClose(slope.value as number, truth[1], `diff of ${at}`);
          expectClose(slope.gradient.x as number, truth[2], `the derivative of diff of ${at}`);
          if (backend === 'js') expectClose(third(inputs) as number, truth[2], `diff of diff of ${at}`);
        }
      }
    }
  });
});

describe('a layer of logistic regression, far beyond saturation', () => {
  const MODEL =
    'data X : [1, m], Y : [1, m]\nparam w = 1\nZ = w·X\nA = SIGMOID\nminimize Cost = -mean(Y.*log(A) + (1-Y).*log(1-A))';
  const X = [[-800, 800, -800, 40, 2]];
  const Y = [[0, 1, 1, 0, 1]];

  it.each(['σ(Z)', '1./(1+exp(-Z))', 'exp(Z)./(1+exp(Z))'])('A = %s, the cost and its slope are exact', (spelled) => {
    const { value, gradient } = derive(MODEL.replace('SIGMOID', spelled), 'w').compile().valueAndGradient({ X, Y, w: 1 });
    const s = 1 / (1 + Math.exp(-2));
    expect(value).toBeCloseTo((800 + 40 - Math.log(s)) / 5, 12);
    expect(gradient.w).toBeCloseTo((800 + 40 - 2 * (1 - s)) / 5, 12);
  });

  it('trains from there', async () => {
    const { stopped, params } = await train(MODEL.replace('SIGMOID', 'σ(Z)'), { X, Y }, { epochs: 200, lr: 1e-5 });
    expect(stopped).toBe('epochs');
    expect(params.w as number).toBeLessThan(1);
  });
});

describe('a length under another root', () => {
  it('has its derivative', () => {
    const { gradient } = derive('x*(a^2 + x^2)/(a^2*sqrt((a^2 + x^2)^3))', 'x').compile().valueAndGradient({ a: 2, x: 1.5 });
    expect(gradient.x).toBeCloseTo(1 / Math.sqrt(6.25 ** 3), 14);
  });
});
