import { pullback } from '../differentiate/sweep.ts';
import { constantOf } from '../graph/forms.ts';
import type { Graph } from '../graph/graph.ts';
import { type Apply, type Contraction, children, type Node, type Variable } from '../graph/node.ts';
import { dependents, topological } from '../graph/traverse.ts';
import { subexpressions } from '../language/parts.ts';
import type { Expr } from '../language/tree.ts';
import { leaves } from '../language/trees.ts';
import { isChoice, where } from '../operators/comparison.ts';
import { extremeOf, sign } from '../operators/kinked.ts';
import { log, pow } from '../operators/power.ts';
import { numberExpr } from '../reading/numbers.ts';
import { Reader } from '../reading/read.ts';
import {
  call,
  DERIVATIVE,
  isCall,
  isNegativeExpr,
  nameIn,
  negative,
  numeralOf,
  PARTIAL_DERIVATIVE,
  times,
} from '../reading/syntax.ts';
import { forReading } from '../simplify/pipelines.ts';
import { exponentBelow, type Quotient, quotientIn } from './quotients.ts';
import type { Applied } from './rules.ts';

/** A step as a textbook writes it: d/dx of something, by one rule, with the inner derivatives as steps of their own. */
export interface TextbookStep {
  /** d/dx(u). */
  readonly before: Expr;
  /** By the rule: other d/dx(…) stand in it where the rule leaves them. */
  readonly after: Expr;
  /** The same with the inner derivatives put in. */
  readonly putIn: Expr;
  /** Simplified, where the result says it in other words yet. */
  readonly simplified?: Expr;
  /** In closed form. */
  readonly result: Expr;
  /** The equation that those words rest on: σ(x) = 1/(1 + exp(−x)). */
  readonly identity?: readonly [Expr, Expr];
  /** What all three are worth. */
  readonly value: Node;
  readonly rule: Applied;
  readonly substeps: readonly TextbookStep[];
}

/** Longer derivations are read backwards, by names; nobody reads a tree of hundreds of lines. */
const MOST_STEPS = 64;

/** d/dx of what one variable is in, ∂/∂x where there are others. */
export function derivativeSign(order: readonly Node[]): typeof DERIVATIVE | typeof PARTIAL_DERIVATIVE {
  const variables = order.filter((n) => n.kind === 'variable' && n.role !== 'size' && n.role !== 'const');
  return variables.length > 1 ? PARTIAL_DERIVATIVE : DERIVATIVE;
}

/**
 * The derivation of a scalar expression of scalars, outermost rule first. It asks the same rules as the sweep, each
 * node once; undefined if the expression has arrays, or more steps than anyone would read.
 */
export function textbook(g: Graph, root: Node, x: Variable): TextbookStep | undefined {
  const own = topological([root]);
  if (own.some((n) => n.shape.length > 0)) return undefined;
  const moving = dependents(own, [x]);
  if (moving.size > MOST_STEPS || !moving.has(root)) return undefined;
  // Of uᵛ the derivative of v·ln u is told, by steps of its own.
  const exponents = new Map<Node, Node>(own.flatMap((n) => (isMoving(n, moving) ? [[n, exponentOf(g, n)] as const] : [])));
  const quotients = new Map<Node, Quotient>(own.flatMap((n) => quotientIn(g, n, moving)));
  const order = topological([root, ...exponents.values(), ...[...quotients.values()].flatMap(({ u, v }) => [u, v])]);
  const active = dependents(order, [x]);
  const slopes = slopesOf(g, order, active, x);
  const reader = Reader.of(g);
  const derived = derivativeSign(order);
  const results = new Map<Node, Expr>();
  const steps = new Map<Node, TextbookStep | undefined>();
  const known = [...slopes.keys()];
  const closed = forReading(
    g,
    known.map((n) => slopes.get(n)!),
  );
  for (const [k, node] of known.entries()) results.set(node, reader.read(closed[k]!));
  const values = new Map(known.map((node, k) => [node, closed[k]!]));
  for (const node of stepOrder()) steps.set(node, step(node));
  return steps.get(root);

  /** Parts before wholes, the exponent of a power before the power. */
  function stepOrder(): Node[] {
    const parts = (n: Node): readonly Node[] => {
      const exponent = exponents.get(n);
      return exponent ? [exponent] : partsOf(n);
    };
    return topological([root], undefined, parts).filter((n) => active.has(n));
  }

  /** Of a quotient what stands above and below its line. */
  function partsOf(node: Node): readonly Node[] {
    const quotient = quotients.get(node);
    return quotient ? [quotient.u, quotient.v] : children(node);
  }

  /** Of a part of a rule: its derivative, to be found. */
  function d(node: Node): Expr {
    if (!active.has(node)) return numeralOf(0);
    return node === x ? numeralOf(1) : call(derived, reader.read(node), nameIn(x.name, g.names));
  }

  /** What it is. */
  function found(node: Node): Expr {
    if (!active.has(node)) return numeralOf(0);
    return node === x ? numeralOf(1) : results.get(node)!;
  }

  function step(node: Node): TextbookStep | undefined {
    if (node === x) return undefined;
    const before = call(derived, reader.read(node), nameIn(x.name, g.names));
    const [result, value] = [results.get(node)!, values.get(node)!];
    const exponent = exponents.get(node);
    if (exponent) {
      const inner = steps.get(exponent);
      const by = (derivative: Expr): Expr => times([reader.read(node), derivative]);
      const rule: Applied = { id: pow, name: '', moving: [0, 1] };
      const putIn = by(found(exponent));
      const substeps = inner ? [inner] : [];
      return { before, after: by(d(exponent)), putIn, result: settled(node, putIn, result), value, rule, substeps };
    }
    const { rule, after } = byRule(node, d);
    const inner = new Set(
      // The condition of a choice is not derived.
      partsOf(node).filter((part, k) => active.has(part) && !(isChoice(node) && k === 0)),
    );
    const substeps = [...inner].flatMap((part) => steps.get(part) ?? []);
    const putIn = byRule(node, found).after;
    return {
      before,
      after,
      putIn,
      result: settled(node, putIn, result, losesCases(node, putIn, result) || opens(putIn, result)),
      value,
      rule,
      substeps,
    };
  }

  /** Cases are read as cases: ½ + sign(x)/2 says less. */
  function losesCases(node: Node, putIn: Expr, result: Expr): boolean {
    if (node.kind === 'apply' && isExtremeOfTwo(node)) return !isSign(result);
    const [before, after] = [putIn, result].map((expr) => count(expr, where.name)) as [number, number];
    // A short form of many cases says more than they do.
    if (before === 0 || 2 * leaves(result) < leaves(putIn)) return false;
    return after > before || (after === 0 && count(result, sign.name) > 0 && count(reader.read(node), sign.name) === 0);
  }

  /** The result, or what was put in where that is the better last line. */
  function settled(node: Node, putIn: Expr, result: Expr, isBetter = opens(putIn, result)): Expr {
    if (isBetter) results.set(node, putIn);
    return isBetter ? putIn : result;
  }

  function byRule(node: Node, inner: (node: Node) => Expr): { rule: Applied; after: Expr } {
    const label = node.kind === 'definition' ? node.name : '';
    switch (node.kind) {
      case 'sum':
        return { rule: { id: 'sum', name: label }, after: sum(node.terms.filter((t) => active.has(t)).map(inner)) };
      case 'apply': {
        const moving = node.args.flatMap((arg, k) => (active.has(arg) ? [k] : []));
        return { rule: { id: node.operator, name: label, moving }, after: chain(node, inner) };
      }
      case 'contraction':
        return productRule(node, inner);
      default:
        return { rule: { id: 'definition', name: label }, after: inner(children(node)[0]!) };
    }
  }

  /** f′(u)·d/dx(u) for each argument; of a choice, the derivative of what is chosen; of the larger of two, by cases. */
  function chain(node: Apply, inner: (node: Node) => Expr): Expr {
    if (isChoice(node)) {
      const [condition, yes, no] = node.args;
      return call('where', reader.read(condition), inner(yes), inner(no));
    }
    if (isExtremeOfTwo(node)) return extremum(node, inner);
    const terms = node.args.flatMap((arg, k) => (active.has(arg) ? [times([reader.read(local(g, node, k)), inner(arg)])] : []));
    return sum(terms);
  }

  /** max(u, v)′ is u′ where u > v, v′ where u < v, and half of both where they tie. */
  function extremum({ operator, args }: Apply, inner: (node: Node) => Expr): Expr {
    // What moves stands on the left: x > 0, not 0 < x.
    const [u, v] = (active.has(args[0]!) ? args : args.toReversed()) as [Node, Node];
    const [first, second] = extremeOf(operator) === 'max' ? ['>', '<'] : ['<', '>'];
    const tied =
      active.has(u) && active.has(v) ? halfOf(inner(u), inner(v)) : call('/', active.has(u) ? inner(u) : inner(v), numeralOf(2));
    const cases = (sign: string, value: Expr, otherwise: Expr) =>
      call('where', call(sign, reader.read(u), reader.read(v)), value, otherwise);
    return cases(first!, inner(u), cases(second!, inner(v), tied));
  }

  function productRule(node: Contraction, inner: (node: Node) => Expr): { rule: Applied; after: Expr } {
    const quotient = quotients.get(node);
    if (quotient) return { rule: { id: 'quotient', name: '' }, after: quotientRule(node, quotient, inner) };
    const moving = node.factors.filter((f) => active.has(f));
    const inPlace = moving.length > 1 && !moving.some((f) => exponentBelow(f));
    const terms = node.factors.flatMap((f, k) => {
      if (!active.has(f)) return [];
      if (!inPlace) return [times([reader.read(local(g, node, k)), inner(f)])];
      return [
        times([
          numberExpr(node.coefficient, g.decimals),
          ...node.factors.map((other, at) => (at === k ? inner(f) : reader.read(other))),
        ]),
      ];
    });
    return { rule: { id: moving.length === 1 ? 'constant-factor' : 'product', name: '' }, after: sum(terms) };
  }

  /** (u/v)′ = (u′·v − u·v′)/v². */
  function quotientRule(node: Contraction, { u, v, square }: Quotient, inner: (node: Node) => Expr): Expr {
    const moving = node.factors.filter((f) => active.has(f));
    const constant = g.contract({
      ...node,
      factors: node.factors.filter((f) => !active.has(f)),
      indices: node.indices.slice(moving.length),
      sizes: new Map(),
    });
    const together = inner === found ? inOrder : times;
    const top = call('+', together([inner(u), reader.read(v)]), call('-', together([reader.read(u), inner(v)])));
    const fraction = call('/', top, square ? reader.read(square) : call('^', reader.read(v), numeralOf(2)));
    return constantOf(constant)?.equals(1) ? fraction : times([reader.read(constant), fraction]);
  }
}

/** A power whose base and exponent both move. */
const isMoving = (node: Node, moving: ReadonlySet<Node>): node is Apply =>
  node.kind === 'apply' && node.operator === pow && node.args.every((arg) => moving.has(arg));

/** (x·cos x − sin x)/x² is not simpler as a sum of as many signs: a product that is in order stays one. */
function opens(putIn: Expr, result: Expr): boolean {
  const isProduct = isCall(putIn, '*') || isCall(putIn, '/');
  const isSum = isCall(result, '+') || isCall(result, '-');
  return isProduct && isSum && leaves(putIn) <= leaves(result) && isInOrder(putIn);
}

/** A sign alone says all that cases do. */
const isSign = (expr: Expr): boolean => isCall(isNegativeExpr(expr) ? negative(expr) : expr, sign.name);

/** Half of the sum of two, as a number where they are numbers. */
function halfOf(u: Expr, v: Expr): Expr {
  const [a, b] = [numberIn(u), numberIn(v)];
  return a !== undefined && b !== undefined && a === -b ? numeralOf(0) : u === v ? u : call('/', call('+', u, v), numeralOf(2));
}

function numberIn(expr: Expr): number | undefined {
  if (isNegativeExpr(expr)) {
    const size = numberIn(negative(expr));
    return size === undefined ? undefined : -size;
  }
  return expr.kind === 'number' ? Number(expr.text) : undefined;
}

/** A product in the usual order: numbers, names and their powers, functions. */
const inOrder = (factors: readonly Expr[]): Expr =>
  times(factors.flatMap((f) => (isCall(f, '*') ? f.args : [f])).sort((a, b) => rankOf(a) - rankOf(b)));

function rankOf(factor: Expr): number {
  if (factor.kind === 'number') return 0;
  const base = isCall(factor, '^') && factor.args[1]!.kind === 'number' ? factor.args[0]! : factor;
  return base.kind === 'name' ? 1 : 2;
}

const count = (root: Expr, callee: string): number => [...subexpressions([root])].filter((part) => isCall(part, callee)).length;

/** Each product has one number, in front, and no quotient among its factors. */
function isInOrder(root: Expr): boolean {
  for (const part of subexpressions([root]))
    if (isCall(part, '*') && !part.args.every((arg, k) => (arg.kind !== 'number' || k === 0) && !isCall(arg, '/'))) return false;
  return true;
}

/** v·ln u for uᵛ. */
const exponentOf = (g: Graph, { args }: Apply): Node => g.mul(args[1]!, g.apply(log, args[0]!));

const sum = (terms: readonly Expr[]): Expr => (terms.length === 1 ? terms[0]! : call('+', ...terms));

/** The partial derivative of a node by one of its parts, the others held: the sweep's rule for an adjoint of 1. */
const local = (g: Graph, node: Node, position: number): Node => pullback(g, node, position, g.constant(1), [], node);

/** The derivative of each node by x, from the leaves up, each from those of its parts. */
function slopesOf(g: Graph, order: readonly Node[], active: ReadonlySet<Node>, x: Node): Map<Node, Node> {
  const slopes = new Map<Node, Node>([[x, g.constant(1)]]);
  for (const node of order) {
    if (!active.has(node) || node === x) continue;
    const terms = children(node).flatMap((part, k) => (active.has(part) ? [g.mul(local(g, node, k), slopes.get(part)!)] : []));
    slopes.set(node, g.add(terms));
  }
  return slopes;
}

/** The larger, or the smaller, of two: of more there would be too many cases. */
const isExtremeOfTwo = ({ operator, args }: Apply): boolean => args.length === 2 && extremeOf(operator) !== undefined;
