import type { Graph } from '../graph/graph.ts';
import { type Apply, children, type Node, type Variable } from '../graph/node.ts';
import { dependents, topological } from '../graph/traverse.ts';
import { subexpressions } from '../language/parts.ts';
import type { Expr } from '../language/tree.ts';
import { leaves } from '../language/trees.ts';
import { isChoice, where } from '../operators/comparison.ts';
import { sign } from '../operators/kinked.ts';
import { log, pow } from '../operators/power.ts';
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
import { inOrder, opens } from './in-order.ts';
import { type Quotient, quotientIn } from './quotients.ts';
import type { Applied } from './rules.ts';
import { byRule, type Ground, type Inner, isExtremeOfTwo, local } from './textbook-rules.ts';

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

/** The sign of a derivative of what has these variables: ∂ where there are several. */
export const signOf = (node: Node): 'd' | '∂' => (derivativeSign(topological([node])) === DERIVATIVE ? 'd' : '∂');

/** A derivation on its way. */
interface Work extends Ground {
  readonly x: Variable;
  /** d/dx or ∂/∂x. */
  readonly derived: string;
  /** Of uᵛ, where both move, v·ln u: its derivative is told by steps of its own. */
  readonly exponents: ReadonlyMap<Node, Node>;
  /** The derivatives in closed form. */
  readonly values: ReadonlyMap<Node, Node>;
  /** How they are written; where the last line of a step stays as it was put in, so. */
  readonly results: Map<Node, Expr>;
  readonly steps: Map<Node, TextbookStep | undefined>;
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
  const work = begun(g, root, x, own, moving);
  // Parts before wholes, the exponent of a power before the power.
  for (const node of topological([root], undefined, (n) => partsOf(work, n))) {
    if (work.active.has(node)) work.steps.set(node, step(work, node));
  }
  return work.steps.get(root);
}

function begun(g: Graph, root: Node, x: Variable, own: readonly Node[], moving: ReadonlySet<Node>): Work {
  const exponents = new Map<Node, Node>(own.flatMap((n) => (isMoving(n, moving) ? [[n, exponentOf(g, n)] as const] : [])));
  const quotients = new Map<Node, Quotient>(own.flatMap((n) => quotientIn(g, n, moving)));
  const order = topological([root, ...exponents.values(), ...[...quotients.values()].flatMap(({ u, v }) => [u, v])]);
  const active = dependents(order, [x]);
  const slopes = slopesOf(g, order, active, x);
  const reader = Reader.of(g);
  const known = [...slopes.keys()];
  const parts = known.filter((n) => n !== root);
  // The result is as short as it is alone: beside its parts, what they share is not multiplied out.
  const values = new Map([...formsOf(g, parts, slopes), ...formsOf(g, slopes.has(root) ? [root] : [], slopes)]);
  const results = new Map(known.map((node) => [node, reader.read(values.get(node)!)]));
  const derived = derivativeSign(order);
  return { g, x, reader, derived, active, exponents, quotients, values, results, steps: new Map() };
}

/** Short forms of the slopes of nodes. */
function formsOf(g: Graph, nodes: readonly Node[], slopes: ReadonlyMap<Node, Node>): [Node, Node][] {
  const forms = forReading(
    g,
    nodes.map((n) => slopes.get(n)!),
  );
  return nodes.map((n, k) => [n, forms[k]!]);
}

/** What a step is made of: of a power its exponent, of a quotient what stands above and below its line. */
function partsOf({ exponents, quotients }: Work, node: Node): readonly Node[] {
  const exponent = exponents.get(node);
  if (exponent) return [exponent];
  const quotient = quotients.get(node);
  return quotient ? [quotient.u, quotient.v] : children(node);
}

/** The derivatives of parts, to be found. */
const wanted = (work: Work): Inner => ({
  of: (part) => atOnce(work, part) ?? call(work.derived, work.reader.read(part), nameIn(work.x.name, work.g.names)),
  together: times,
});

/** What they are. */
const found = (work: Work): Inner => ({ of: (part) => atOnce(work, part) ?? work.results.get(part)!, together: inOrder });

/** The derivatives that need no step. */
const atOnce = ({ active, x }: Work, part: Node): Expr | undefined =>
  !active.has(part) ? numeralOf(0) : part === x ? numeralOf(1) : undefined;

function step(work: Work, node: Node): TextbookStep | undefined {
  if (node === work.x) return undefined;
  const before = wanted(work).of(node);
  const [result, value] = [work.results.get(node)!, work.values.get(node)!];
  const exponent = work.exponents.get(node);
  if (exponent) {
    const inner = work.steps.get(exponent);
    const by = ({ of }: Inner): Expr => times([work.reader.read(node), of(exponent)]);
    const rule: Applied = { id: pow, name: '', moving: [0, 1] };
    const putIn = by(found(work));
    const substeps = inner ? [inner] : [];
    return { before, after: by(wanted(work)), putIn, result: settled(work, node, putIn), value, rule, substeps };
  }
  const { rule, after } = byRule(work, node, wanted(work));
  const inner = new Set(
    // The condition of a choice is not derived.
    partsOf(work, node).filter((part, k) => work.active.has(part) && !(isChoice(node) && k === 0)),
  );
  const substeps = [...inner].flatMap((part) => work.steps.get(part) ?? []);
  const putIn = byRule(work, node, found(work)).after;
  const isBetter = losesCases(work, node, putIn, result) || opens(putIn, result);
  return { before, after, putIn, result: settled(work, node, putIn, isBetter), value, rule, substeps };
}

/** The result, or what was put in where that is the better last line. */
function settled({ results }: Work, node: Node, putIn: Expr, isBetter = opens(putIn, results.get(node)!)): Expr {
  if (isBetter) results.set(node, putIn);
  return results.get(node)!;
}

/** Cases are read as cases: ½ + sign(x)/2 says less. */
function losesCases({ reader }: Work, node: Node, putIn: Expr, result: Expr): boolean {
  if (node.kind === 'apply' && isExtremeOfTwo(node)) return !isSign(result);
  const [before, after] = [putIn, result].map((expr) => count(expr, where.name)) as [number, number];
  // A short form of many cases says more than they do.
  if (before === 0 || 2 * leaves(result) < leaves(putIn)) return false;
  return after > before || (after === 0 && count(result, sign.name) > 0 && count(reader.read(node), sign.name) === 0);
}

/** A power whose base and exponent both move. */
const isMoving = (node: Node, moving: ReadonlySet<Node>): node is Apply =>
  node.kind === 'apply' && node.operator === pow && node.args.every((arg) => moving.has(arg));

/** A sign alone says all that cases do. */
const isSign = (expr: Expr): boolean => isCall(isNegativeExpr(expr) ? negative(expr) : expr, sign.name);

const count = (root: Expr, callee: string): number => [...subexpressions([root])].filter((part) => isCall(part, callee)).length;

/** v·ln u for uᵛ. */
const exponentOf = (g: Graph, { args }: Apply): Node => g.mul(args[1]!, g.apply(log, args[0]!));

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
