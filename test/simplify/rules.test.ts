import { describe, expect, it } from 'vitest';
import { topological } from '../../src/graph/traverse.ts';
import { compile, derive, simplify } from '../../src/index.ts';
import { random } from '../../src/numeric/random.ts';
import { pythagoras, ratios } from '../../src/simplify/rational/identities.ts';
import { modelOf, type Setting, valuesOf } from '../support/values.ts';

/** Numbers that rules stumble over, and ordinary ones. */
const EDGES = [0, -0, 1, -1, 0.5, -0.5, 2, -2, 1e-9, -1e-9, 1e-3, 30, -30, 1e3, -1e3, 1e8, Math.PI / 2, Math.PI];

/** Points for some names: edges in every combination of neighbours, then random ones. */
function points(names: readonly string[]): Setting[] {
  const draw = random(7);
  const rows = EDGES.flatMap((_, k) => [0, 1, 5].map((shift) => names.map((__, n) => EDGES[(k + n * shift) % EDGES.length]!)));
  for (let k = 0; k < 60; k++) rows.push(names.map(() => (k % 2 === 0 ? draw.normal(0, 2) : draw.uniform(0, 1))));
  return rows.map((row) => ({ sizes: new Map(), values: new Map(names.map((name, n) => [name, [row[n]!]])) }));
}

/**
 * The right side has the left side's value wherever the left side and all its parts have one, in doubles: to nine
 * digits, or to as many as a change of the arguments by one rounding leaves the left side.
 */
function holds(left: string, right: string): number {
  const [a, b] = [left, right].map((source) => modelOf({ source, shapes: {} }));
  const [x, y] = [a!.objective!.node, b!.objective!.node];
  let compared = 0;
  for (const point of points([...a!.inputs.keys()])) {
    const parts = valuesOf(topological([x]), point);
    if (!parts.flat().every((v) => Number.isFinite(v) && Math.abs(v) < 1e12)) continue;
    const [before] = parts[parts.length - 1]!;
    const [after] = valuesOf([y], point)[0]!;
    const near = { ...point, values: new Map([...point.values].map(([name, v]) => [name, [v[0]! * (1 + 4e-16) + 1e-300]])) };
    const [nudged] = valuesOf([x], near)[0]!;
    const noise = Number.isFinite(nudged!) ? 8 * Math.abs(nudged! - before!) : Number.POSITIVE_INFINITY;
    // What the parts of the left side lose to one another it has lost already.
    const cancelled = 1e-15 * Math.max(...parts.flat().map(Math.abs));
    const allowed = 1e-9 * Math.abs(before!) + noise + cancelled + 1e-12;
    expect(Math.abs(after! - before!), `${left} = ${right} at ${JSON.stringify([...point.values])}`).toBeLessThanOrEqual(allowed);
    compared++;
  }
  return compared;
}

describe('identities hold wherever their left side has a value, at the edges too', () => {
  it.each(pythagoras.map((p) => [`${p.f.name}² by ${p.g.name}²`, p] as const))('%s', (_, { f, g, constant, square }) => {
    expect(holds(`${f.name}(x)^2`, `${constant} + ${square}*${g.name}(x)^2`)).toBeGreaterThan(20);
  });

  it.each(ratios.map((r) => [r.name.name, r] as const))('%s as a quotient', (_, { name, above, below }) => {
    expect(holds(`${above ? `${above.name}(x)` : '1'}/${below.name}(x)`, `${name.name}(x)`)).toBeGreaterThan(20);
  });
});

/** What is written, and what it becomes. */
const forms: readonly (readonly [string, string])[] = [
  ['(x^2)^(1/2)', 'abs(x)'],
  ['sqrt(x)*sqrt(x)', 'x'],
  ['abs(x)^2', 'x^2'],
  ['sign(x)*abs(x)', 'x'],
  ['x/x', '1'],
  ['(x^2-1)/(x-1)', 'x + 1'],
  ['(x^2-1)/(x^2-2*x+1)', '(x + 1)/(x - 1)'],
  ['(x^2-y^2)/(x-y)', 'x + y'],
  ['(x-1)/(sqrt(x)-1)', 'sqrt(x) + 1'],
  ['a/(b/c)', 'a*c/b'],
  ['1/(1+1/x)', 'x/(x + 1)'],
  ['2*x*exp(x) + x^2*exp(x)', 'x*exp(x)*(2 + x)'],
  ['x^2 + 2*x + 1', '(x + 1)^2'],
  ['1/(x-1) - 1/(x+1)', '2/(x^2 - 1)'],
  ['a*sin(x)^2 + a*cos(x)^2', 'a'],
  ['sin(x)^2 + cos(x)^2 + (x^2 - 1)/(x - 1)', 'x + 2'],
  ['1 - sin(x)^2', 'cos(x)^2'],
  ['cosh(x)^2 - sinh(x)^2', '1'],
  ['sin(x)/cos(x)', 'tan(x)'],
  ['tan(x)*cos(x)', 'sin(x)'],
  ['2*sin(x)*cos(x)', 'sin(2*x)'],
  ['sec(x)^2 - tan(x)^2', '1'],
  ['exp(x)*exp(-x)', '1'],
  ['x^a*x^b', 'x^(a + b)'],
  ['(x^n + x^(n-1))/x^(n-1)', 'x + 1'],
  ['(a+b)^2 - a^2 - 2*a*b - b^2', '0'],
  ['l/abs(a+b) - (a+b)^2*l/abs(a+b)^3 + 1/abs(a+b)', '1/abs(a + b)'],
  ['1/abs(a+b) - (a+b)^2/abs(a+b)^3', '0'],
  ['x*(a + b)/(a + b) + y*(a + b)/(a + b) + z', 'x + y + z'],
  ['1 - (x - 1)^2', 'x*(2 - x)'],
  ['1 - 2*sin(x)^2', 'cos(2*x)'],
  ['cos(x)^2 - sin(x)^2', 'cos(2*x)'],
  ['y - 2*y*sin(x/2)^2 + z', 'y*cos(x) + z'],
  ['y^2 + 2*y + 1 + w', '(y + 1)^2 + w'],
  ['w + 4*y^2*z^2 - 4*y*z + 1', 'w + (2*y*z - 1)^2'],
  ['x^2 + y^2 + z^2 + 2*x*y', '(x + y)^2 + z^2'],
  ['2*cosh(x)^2 - 1', 'cosh(2*x)'],
  ['1 + 2*sinh(x)^2', 'cosh(2*x)'],
  ['exp(x)*(y + z/exp(x))', 'y*exp(x) + z'],
  ['(b + c*x)/b', '1 + c*x/b'],
  ['(1 + x)/(x^2*sqrt(1 + 1/x))', 'sqrt(1 + 1/x)/x'],
  ['x^(-n)*y', 'y/x^n'],
  ['(c*x^n)^(1/n - 1)*c*x^n', '(c*x^n)^(1/n)'],
  ['(2*x)^p/2^p', 'x^p'],
  ['x^(n + m)/x^m + x^n', '2*x^n'],
  ['2^(a + b*x)*2^(-b*x)', '2^a'],
  ['1e-16*x^2 + 1e-16*x^2', '2e-16*x^2'],
];

/** Forms that stay: shorter ones would not hold everywhere, or say less. */
const kept = [
  ...['0/0', '1/0', 'log(x^2)', 'log(a) + log(b)', 'sign(x)^2', 'sqrt(x)*sqrt(y)', '1 - tanh(x)^2', '1 + tan(x)^2'],
  ...['sigmoid(x)*(1 - sigmoid(x))', 'exp(x) + exp(-2*x)', '1 - x^2', 'x*sin(x) + x^2*cos(x)', '(x^2 + 1)^10', 'a*x^(a - 1)'],
];

/** What is no number anywhere does not cancel to one. */
const nowhere = ['1/0 - 1/0', 'x/0 - x/0', 'log(0) - log(0)', '-log(x)/(x - log(exp(x))) + log(log(exp(x)))/(x - log(exp(x)))'];

describe('common forms', () => {
  it.each(nowhere)('%s has no value, nor has its derivative', (text) => {
    const point = { x: 0.7 };
    const used = (form: string) => (form.includes('x') ? point : {});
    for (const form of [simplify(text).toString(), ...(text.includes('x') ? [derive(text, 'x').partial.toString()] : [])])
      expect(compile(form)(used(form)), form).toBeNaN();
  });

  it.each(forms)('%s is %s', (left, right) => {
    expect(simplify(left).toString()).toBe(right);
    if (!left.includes('0/0')) expect(holds(left, right)).toBeGreaterThanOrEqual(5);
  });

  it.each(kept)('%s stays', (text) => {
    expect(simplify(text).toString()).toBe(text);
  });
});
