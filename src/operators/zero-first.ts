import { constantOf } from '../graph/forms.ts';
import { isZero } from '../graph/rational.ts';
import { type Caveat, isPositive, needsNonnegative } from './caveat.ts';
import { log1p } from './logarithmic.ts';
import type { Operator } from './operator.ts';
import { divide, log } from './power.ts';
import { scaled } from './scaled.ts';

/**
 * Products that are 0 where their first factor is, though the other be infinite: x·log y is 0 for x = 0, its limit along
 * x = y → 0 and what sums over probabilities mean by it (scipy.special.xlogy; torch.xlogy).
 */

const needsPositiveSecond: Caveat = {
  kind: 'needs',
  condition: (u, v) => (u === v ? `${u} ≥ 0` : `${v} > 0 ∨ ${u} = 0`),
  settled: (_u, v) => isPositive(v),
};

export const xlogy: Operator = {
  name: 'xlogy',
  arity: 2,
  notation: { latex: '\\operatorname{xlogy}' },
  kernel: (x, y) => scaled.kernel(x, Math.log(y)),
  partials: [(g, [, y]) => g.apply(log, y!), (g, [x, y]) => divide(g, x!, y!)],
  rule: {
    id: 'xlogy',
    name: 'u·ln v',
    why: 'It is u·ln v, and 0 where u is 0: u passes on ln v, and v passes on u/v.',
    formula: '∂(u·ln v)/∂u = ln v, ∂/∂v = u/v',
  },
  domain: (_x, y) => y > 0,
  caveats: [needsPositiveSecond],
  // Where u is held it is a factor before a logarithm.
  ruleBy: (moving) => (moving.includes(0) ? xlogy.rule : log.rule),
  definition: (g, x, y) => g.mul(x, g.apply(log, y)),
  said: (g, x, y) => g.mul(x, g.apply(log, y)),
  runs: (g, x, y) => g.apply(scaled, x, g.apply(log, y)),
};

export const xlog1py: Operator = {
  name: 'xlog1py',
  arity: 2,
  notation: { latex: '\\operatorname{xlog1py}' },
  kernel: (x, y) => scaled.kernel(x, Math.log1p(y)),
  partials: [(g, [, y]) => g.apply(log1p, y!), (g, [x, y]) => divide(g, x!, g.sum(1, y!))],
  rule: {
    id: 'xlog1py',
    name: 'u·ln(1 + v)',
    why: 'It is u·ln(1 + v), and 0 where u is 0: u passes on ln(1 + v), and v passes on u/(1 + v).',
    formula: '∂(u·ln(1 + v))/∂u = ln(1 + v), ∂/∂v = u/(1 + v)',
  },
  domain: (_x, y) => y > -1,
  caveats: [
    {
      ...needsPositiveSecond,
      condition: (u, v) => `${v} > −1 ∨ ${u} = 0`,
      settled: (_u, v) => v.least > -1 || (v.least === -1 && v.open === true),
    },
  ],
  ruleBy: (moving) => (moving.includes(0) ? xlog1py.rule : log.rule),
  definition: (g, x, y) => g.mul(x, g.apply(log1p, y)),
  said: (g, x, y) => g.mul(x, g.apply(log, g.sum(1, y))),
  runs: (g, x, y) => g.apply(scaled, x, g.apply(log1p, y)),
};

export const entropy: Operator = {
  name: 'entropy',
  spellings: ['entr'],
  arity: 1,
  notation: { latex: '\\operatorname{entropy}' },
  kernel: (x) => scaled.kernel(x, -Math.log(x)),
  partials: [(g, [x]) => g.sub(g.constant(-1, x!.shape), g.apply(log, x!))],
  rule: {
    id: 'entropy',
    name: 'entropy',
    why: 'It is −u·ln u, and 0 at 0; the product rule gives −ln u − 1.',
    formula: 'entropy′ u = −ln u − 1',
  },
  domain: (x) => x > 0,
  caveats: [needsNonnegative],
  normal: (g, x) => {
    const c = constantOf(x);
    return c && (isZero(c) || c.equals(1)) ? g.constant(0, x.shape) : undefined;
  },
  definition: (g, x) => g.neg(g.mul(x, g.apply(log, x))),
  runs: (g, x) => g.apply(scaled, x, g.neg(g.apply(log, x))),
};

export const zeroFirst: readonly Operator[] = [xlogy, xlog1py, entropy];
