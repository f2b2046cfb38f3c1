import { constantOf } from '../graph/forms.ts';
import { Graph } from '../graph/graph.ts';
import { type Apply, children, type Node, type Variable } from '../graph/node.ts';
import { isNegative, isZero } from '../graph/rational.ts';
import { topological } from '../graph/traverse.ts';
import type { Expr } from '../language/tree.ts';
import { isSame, leaves } from '../language/trees.ts';
import { sigmoid, softplus } from '../operators/activation.ts';
import { cosh, sinh } from '../operators/elementary.ts';
import { abs } from '../operators/kinked.ts';
import type { Operator } from '../operators/operator.ts';
import { tanh } from '../operators/trigonometric.ts';
import { Reader } from '../reading/read.ts';
import { call, negative, numeralOf } from '../reading/syntax.ts';
import { forReading } from '../simplify/pipelines.ts';
import { toldByIntervals } from './interval-cases.ts';
import { type TextbookStep, textbook } from './textbook.ts';

/** The last word on a derivative: 1/(1 + exp(−x)) is known as σ, and |u| has its slope by cases. */
export function recognised(g: Graph, root: Node, x: Variable, told: TextbookStep): TextbookStep {
  const last = asFunction(g, root, x, told) ?? byCases(g, root, x, told) ?? told;
  const cases = toldByIntervals(g, told.value, x);
  return cases && leaves(cases) < leaves(last.result) ? { ...told, result: cases } : last;
}

/** Larger formulas are no function's definition. */
const MOST_NODES = 24;

/** What is a function written out, f(u), has the derivative that is stated of f, in terms of f itself. */
function asFunction(g: Graph, root: Node, x: Variable, told: TextbookStep): TextbookStep | undefined {
  const order = topological([root]);
  if (root.kind === 'variable' || order.length > MOST_NODES) return undefined;
  const parts = new Set(order.flatMap((n) => (n === root ? [] : [n, g.neg(n)])));
  for (const operator of definedAs().get(outline(root)) ?? [])
    for (const u of parts) {
      if (constantOf(u) || operator.definition!(g, u) !== root) continue;
      const slope = slopeOf(g, u, x);
      if (!slope) continue;
      const f = g.apply(operator, u);
      const stated = operator.partials[0]!(g, [u], f);
      const [form] = constantOf(slope)?.equals(1) ? [stated] : forReading(g, [g.mul(stated, slope)]);
      const result = Reader.of(g).read(form!);
      if (leaves(result) >= leaves(told.result)) continue;
      return last(told, result, identityOf(g, form!, f, root));
    }
  return undefined;
}

/** What the stated form is known by: f(u) as it was written, or the function that it is itself. */
function identityOf(g: Graph, form: Node, f: Node, root: Node): readonly [Expr, Expr] {
  const read = (node: Node): Expr => Reader.of(g).read(node);
  const own =
    form.kind === 'apply' && form !== f && form.args.length === 1 ? form.operator.definition?.(g, form.args[0]!) : undefined;
  return own ? [read(form), read(own)] : [read(f), read(root)];
}

/** Functions that are often written out, as what they are defined by. */
const WRITTEN_OUT: readonly Operator[] = [sigmoid, softplus, tanh, sinh, cosh].filter((operator) => operator.definition);

let defined: Map<string, Operator[]> | undefined;

/** These, by the outline of what defines them. */
function definedAs(): ReadonlyMap<string, readonly Operator[]> {
  if (defined) return defined;
  defined = new Map();
  const g = new Graph();
  const z = g.variable('z');
  for (const operator of WRITTEN_OUT) {
    const key = outline(operator.definition!(g, z));
    defined.set(key, [...(defined.get(key) ?? []), operator]);
  }
  return defined;
}

/** A node, and the functions that it is made of. */
function outline(node: Node): string {
  const head = (n: Node): string => (n.kind === 'apply' ? n.operator.name : n.kind);
  const functions = children(node).flatMap((n) => (n.kind === 'apply' ? [n.operator.name] : []));
  return `${head(node)} ${functions.sort().join()}`;
}

/** |u|′ is u′ where u > 0, −u′ where u < 0, and taken as 0 between. */
function byCases(g: Graph, root: Node, x: Variable, told: TextbookStep): TextbookStep | undefined {
  if (root.kind !== 'apply' || root.operator !== abs) return undefined;
  const [u] = (root as Apply).args as [Node];
  const slope = slopeOf(g, u, x);
  if (!slope) return undefined;
  const read = (node: Node): Expr => Reader.of(g).read(node);
  const [up, down] = [slope, ...forReading(g, [g.neg(slope)])].map((node) => read(node!)) as [Expr, Expr];
  const zero = numeralOf(0);
  const { left, right, signs } = borderOf(g, u, slope, x);
  const [above, below] = signs.map((sign) => call(sign, read(left), read(right))) as [Expr, Expr];
  const result = call('where', above, up, call('where', below, down, zero));
  return last(told, result, [read(root), call('where', call('>=', read(u), zero), read(u), negative(read(u)))]);
}

/** Where u is above 0 and where below: x > 2 and x < 2 for x − 2, if its slope is a number. */
function borderOf(g: Graph, u: Node, slope: Node, x: Variable) {
  const number = constantOf(slope);
  if (!number || isZero(number)) return { left: u, right: g.constant(0), signs: ['>', '<'] };
  const [right] = forReading(g, [g.sub(x, g.scale(number.inverse(), u))]) as [Node];
  return { left: x, right, signs: isNegative(number) ? ['<', '>'] : ['>', '<'] };
}

/** The derivative of a part, in closed form. */
function slopeOf(g: Graph, u: Node, x: Variable): Node | undefined {
  return u === x ? g.constant(1) : textbook(g, u, x)?.value;
}

const last = (told: TextbookStep, result: Expr, identity: readonly [Expr, Expr]): TextbookStep =>
  isSame(result, told.result) ? told : { ...told, simplified: told.result, result, identity };
