import { constantOf } from '../graph/forms.ts';
import type { Graph } from '../graph/graph.ts';
import type { Node } from '../graph/node.ts';
import { type Fraction, HALF, isNegative } from '../graph/rational.ts';
import { areApart, FROM_ZERO, isNonzero, jumpsAtZero, kinkAtZero } from './caveat.ts';
import { and, atMost, greater, less, or, where } from './comparison.ts';
import { isDeclaredNonnegative } from './declared.ts';
import type { Operator } from './operator.ts';

/** Functions with a kink or a jump. At a kink the derivative is the subgradient of least norm. */

const zero = (g: Graph, [x]: readonly Node[]): Node => g.constant(0, x!.shape);
const flat = { id: 'constant', name: 'piecewise constant', why: 'It is constant on each side of its jumps.', formula: '′ = 0' };

/** The value at a number, exactly. */
const ofNumber =
  (value: (c: Fraction) => Fraction | number) =>
  (g: Graph, x: Node): Node | undefined => {
    const c = constantOf(x);
    return c && g.constant(value(c), x.shape);
  };

export const sign: Operator = {
  name: 'sign',
  spellings: ['sgn'],
  arity: 1,
  notation: { latex: '\\operatorname{sign}' },
  kernel: (x) => (x > 0 ? 1 : x < 0 ? -1 : x),
  partials: [zero],
  rule: flat,
  caveats: [jumpsAtZero],
  parity: -1,
  normal: ofNumber((c) => c.compare(0)),
};

export const abs: Operator = {
  name: 'abs',
  arity: 1,
  notation: { form: { latex: '\\left|$1\\right|', unicode: '|$1|' } },
  kernel: Math.abs,
  partials: [(g, [x]) => g.apply(sign, x!)],
  rule: {
    id: 'abs',
    name: 'absolute value',
    why: 'The slope is 1 to the right of zero, −1 to the left, and 0 at the kink.',
    formula: '|u|′ = sign u',
  },
  caveats: [{ ...kinkAtZero, settled: isNonzero }],
  range: FROM_ZERO,
  parity: 1,
  normal: (g, x) => {
    const c = constantOf(x);
    if (c) return g.constant(c.abs(), x.shape);
    const { coefficient, core } = g.splitCoefficient(x);
    if (isNegative(coefficient)) return g.apply(abs, g.scale(coefficient.abs(), core));
    const unsigned = (x.kind === 'apply' && x.operator === abs) || (x.kind === 'variable' && isDeclaredNonnegative(x.facts));
    return unsigned ? x : undefined;
  },
};

export const step: Operator = {
  name: 'step',
  spellings: ['heaviside'],
  arity: 1,
  notation: { latex: '\\operatorname{step}' },
  kernel: (x) => (Number.isNaN(x) ? x : x > 0 ? 1 : 0),
  partials: [zero],
  rule: flat,
  caveats: [jumpsAtZero],
  // A ramp is positive where its argument is.
  normal: (g, x) =>
    x.kind === 'apply' && x.operator === relu ? g.apply(step, x.args[0]!) : ofNumber((c) => (c.compare(0) > 0 ? 1 : 0))(g, x),
};

export const relu: Operator = {
  name: 'relu',
  arity: 1,
  notation: { latex: '\\operatorname{relu}' },
  kernel: (x) => Math.max(x, 0),
  // The result is positive just where the argument is.
  partials: [(g, _args, y) => g.apply(step, y)],
  rule: {
    id: 'relu',
    name: 'rectifier',
    why: 'Where u is positive it passes unchanged, elsewhere nothing passes.',
    formula: 'relu′(u) = 1 if u > 0, else 0',
  },
  caveats: [{ ...kinkAtZero, settled: isNonzero }],
  range: FROM_ZERO,
  normal: ofNumber((c) => (c.compare(0) > 0 ? c : 0)),
};

/** The share of a tie: 1 where x > 0, ½ at 0, 0 below. */
const share = (g: Graph, x: Node): Node => g.sum(HALF, g.mul(HALF, g.apply(sign, x)));

const extremum = (name: string, kernel: (a: number, b: number) => number, direction: 1 | -1): Operator => {
  const toward = (g: Graph, a: Node, b: Node) => share(g, direction === 1 ? g.sub(a, b) : g.sub(b, a));
  return {
    name,
    arity: 2,
    notation: { latex: `\\${name}` },
    kernel,
    partials: [(g, [a, b]) => toward(g, a!, b!), (g, [a, b]) => toward(g, b!, a!)],
    rule: {
      id: name,
      name: direction === 1 ? 'maximum' : 'minimum',
      why: `The ${direction === 1 ? 'larger' : 'smaller'} argument passes its slope on; a tie shares it equally.`,
      formula: `∂${name}(u, v)/∂u = 1 if u ${direction === 1 ? '>' : '<'} v, ½ if u = v, else 0`,
    },
    caveats: [{ kind: 'kink', condition: (u, v) => `${u} = ${v}`, slope: '½', settled: areApart }],
    normal: (g, a, b) => {
      if (a === b) return a;
      const p = constantOf(a);
      const q = constantOf(b);
      return p && q ? g.constant(p.compare(q) > 0 === (direction === 1) ? p : q, a.shape) : undefined;
    },
    definition: (g, a, b) => g.mul(HALF, g.sum(a, b, g.mul(direction, g.apply(abs, g.sub(a, b))))),
  };
};

export const max = extremum('max', Math.max, 1);
export const min = extremum('min', Math.min, -1);

/** Of the largest and the smallest of any number of arguments, which it is: its value is one of them. */
export const extremeOf = ({ rule, name }: Operator): 'max' | 'min' | undefined =>
  rule === max.rule || rule === min.rule ? (name as 'max' | 'min') : undefined;

/** Where clip takes its value from: 1 for the place that is asked for, 0 for the others. */
const taken: readonly ((g: Graph, x: Node, lo: Node, hi: Node) => Node)[] = [
  (g, x, lo, hi) => g.apply(and, g.apply(atMost, lo, x), g.apply(atMost, x, hi)),
  (g, x, lo, hi) => g.apply(and, g.apply(less, x, lo), g.apply(atMost, lo, hi)),
  (g, x, lo, hi) => g.apply(or, g.apply(greater, x, hi), g.apply(greater, lo, hi)),
];

/** What is clipped is x itself at the borders too, as in PyTorch; if lo > hi the result is hi, as in NumPy. */
export const clip: Operator = {
  name: 'clip',
  spellings: ['clamp'],
  arity: 3,
  notation: { latex: '\\operatorname{clip}' },
  kernel: (x, lo, hi) => Math.min(Math.max(x, lo), hi),
  partials: taken.map(
    (by) =>
      (g, [x, lo, hi]) =>
        by(g, x!, lo!, hi!),
  ),
  route: (g, [x, lo, hi], adjoint, position) => g.apply(where, taken[position]!(g, x!, lo!, hi!), adjoint, 0),
  rule: {
    id: 'clip',
    name: 'clipping',
    why: 'Between the bounds u passes unchanged, the bounds themselves included; outside, the bound that is reached does.',
    formula: '∂clip(u, a, b)/∂u = 1 if a ≤ u ≤ b, else 0',
  },
  caveats: [
    { kind: 'kink', condition: (u, lo) => `${u} = ${lo}`, slope: '1', settled: (u, lo) => areApart(u, lo) },
    { kind: 'kink', condition: (u, _lo, hi) => `${u} = ${hi}`, slope: '1', settled: (u, _lo, hi) => areApart(u, hi) },
  ],
  normal: (g, x, lo, hi) => {
    const [c, p, q] = [constantOf(x), constantOf(lo), constantOf(hi)];
    if (!c || !p || !q) return undefined;
    const raised = c.compare(p) < 0 ? p : c;
    return g.constant(raised.compare(q) > 0 ? q : raised, x.shape);
  },
  definition: (g, x, lo, hi) => g.apply(min, g.apply(max, x, lo), hi),
};
