import { type DerivativeNode, isDerivativeNode } from '../differentiate/derivative-node.ts';
import { derivatives, prefersForward } from '../differentiate/forward.ts';
import type { Graph } from '../graph/graph.ts';
import { inlineDefinitions, mapGraph, rebuild } from '../graph/map.ts';
import type { Node } from '../graph/node.ts';
import { topological } from '../graph/traverse.ts';
import { exp } from '../operators/power.ts';
import { rewriteApply } from '../simplify/normal.ts';
import { forPrinting, forRunning } from '../simplify/pipelines.ts';
import { byFirst, type Rule, rulesFor } from '../simplify/rule.ts';
import { arrayFunctionRules, arrayProductRules } from './arrays.ts';
import { withBorders } from './borders.ts';
import { compounded, isPowerByVariable } from './compound.ts';
import { entryByEntry } from './entries.ts';
import { functionRules } from './functions.ts';
import { lengthRules } from './lengths.ts';
import { withSeries } from './near-points.ts';
import { productRules } from './products.ts';
import { bellCurve, hasLastForm, polynomialDamped, quotientInRange } from './quotients.ts';
import { lessCancelling } from './shorter.ts';
import { sumRules } from './sums.ts';
import { withoutUntaken } from './untaken.ts';

/** Forms that lose digits or overflow, and those of equal value that do not. */
export const stableForms: readonly Rule[] = [
  ...sumRules,
  ...[...arrayProductRules, ...productRules, ...lengthRules],
  ...[...arrayFunctionRules, ...functionRules],
];

const formsOf = rulesFor(stableForms);

const hasRules = (node: Node): boolean => formsOf(node).length > 0;

/** A form may need several rules, one after the other; each makes it simpler, so few rounds are plenty. */
const MOST_ROUNDS = 8;

/**
 * The same values in forms that neither overflow nor lose digits where the value itself does not: log(1 + eˣ) is
 * softplus(x), 1 − σ(x) is σ(−x). Rules look through definitions, which stay. One pass from the leaves up, linear in the
 * graph. For what runs, not for what is read.
 */
export const stabilise = (g: Graph, roots: readonly Node[]): Node[] => finished(g, fromStableForms(g, roots, new Map()));

/** Forms as they run: stable in all their parts, far out, at borders and beside 0; a branch that is not taken does not count. */
const finished = (g: Graph, roots: readonly Node[]): Node[] =>
  last(
    g,
    entriesFinished(g, roots, (_, node) => node),
  );

/** What entries are made of by formulas, as one entry runs. @param shorter a form of a scalar that comes first */
const entriesFinished = (g: Graph, roots: readonly Node[], shorter: (g: Graph, node: Node) => Node): readonly Node[] =>
  entryByEntry(g, roots, {
    cares: hasRules,
    keepsNames: true,
    apart: last,
    together: (one, node) => last(one, [shorter(one, forRunning(one, [node])[0]!)])[0]!,
  });

function last(g: Graph, roots: readonly Node[]): Node[] {
  const stable = withStableParts(g, roots);
  const inRange = topological(stable).some((node) => hasLastForm(node) || isPowerByVariable(node))
    ? mapGraph(g, stable, (node) => compounded(g, bellCurve(g, polynomialDamped(g, quotientInRange(g, node)))))
    : stable;
  return withoutUntaken(g, withSeries(g, inRange));
}

/** Rules know powers and extremes as they are written; what is left of these gets its borders. */
const withStableParts = (g: Graph, roots: readonly Node[]): readonly Node[] => withBorders(g, mapGraph(g, roots, stabiliser(g)));

/**
 * Derivatives that stand in the expression, found of the stable form of what they are derivatives of.
 * The recursion is as deep as derivatives are nested.
 */
function fromStableForms(g: Graph, roots: readonly Node[], known: Map<Node, Node>): Node[] {
  const order = topological(roots, isDerivativeNode);
  if (!order.some(isDerivativeNode)) return [...roots];
  for (const node of order) {
    if (known.has(node)) continue;
    known.set(node, isDerivativeNode(node) ? derivative(node) : rebuild(g, node, (part) => known.get(part)!));
  }
  return roots.map((root) => known.get(root)!);

  function derivative({ args, operator }: DerivativeNode): Node {
    // A definition does not outlast the passes that bring a form into a stable one.
    const isByName = operator.by !== undefined && args[operator.by]!.kind === 'definition';
    const parts = isByName ? fromStableForms(g, args, known) : args.map((part) => stableForm(g, part, known)[0]);
    return lessCancelling(g, forRunning(g, [operator.find(g, parts)])[0]!);
  }
}

/** Under a name, equal terms do not meet. Between arrays names are where the work is cut into loops; these stay. */
const withoutScalarNames = (g: Graph, roots: readonly Node[]): readonly Node[] =>
  inlineDefinitions(g, roots, (definition) => definition.shape.length === 0);

/** The stable form of an objective, and whether it differs from the objective. */
function stableForm(g: Graph, objective: Node, known: Map<Node, Node>): [form: Node, changed: boolean] {
  const [founded] = fromStableForms(g, [objective], known) as [Node];
  const plain = normalForm(g, founded);
  const entries = entryByEntry(g, [plain], {
    cares: hasRules,
    keepsNames: false,
    apart: withStableParts,
    together: (one, node) => withStableParts(one, [normalForm(one, node)])[0]!,
  });
  const [form] = withStableParts(g, entries) as [Node];
  return [form, form !== plain || founded !== objective];
}

/** Products of exponentials are told by their normal form; nothing else needs it before its derivatives do. */
function normalForm(g: Graph, node: Node): Node {
  const [whole] = withoutScalarNames(g, [node]) as [Node];
  const exponential = topological([whole]).some((n) => n.kind === 'apply' && n.operator === exp);
  return exponential ? forRunning(g, [whole])[0]! : whole;
}

/** Rewrites nodes whose parts are stable; what a rule has put together is made stable too, as deep as rules build. */
function stabiliser(g: Graph): (node: Node) => Node {
  const settled = new Set<Node>();
  const whole = (node: Node): Node => (settled.has(node) ? node : stable(rebuild(g, node, whole)));
  function stable(node: Node): Node {
    let at = node;
    for (let round = 0; round < MOST_ROUNDS && !settled.has(at); round++) {
      const next = rewritten(g, at);
      if (!next || next === at) break;
      at = rebuild(g, next, whole);
    }
    settled.add(at);
    return at;
  }
  return stable;
}

function rewritten(g: Graph, node: Node): Node | undefined {
  const known = rewriteApply(g, node);
  return known === node ? byFirst(g, node, formsOf(node)) : known;
}

/**
 * An objective and its derivatives as they should run. Where the objective has a stable form, that form is
 * differentiated: the derivatives of stable functions are stable, those of what the user wrote need not be.
 * @param raw the derivatives of the objective as it is written, if they are known
 */
export const runnable = (g: Graph, objective: Node, variables: readonly Node[], raw?: readonly Node[]): [Node, ...Node[]] =>
  inForm(forRunning, g, objective, variables, raw);

/** The same with sums left as they are, where a compiler would write them out: for printing in another language. */
export const printable = (g: Graph, objective: Node, variables: readonly Node[]): [Node, ...Node[]] =>
  mapGraph(g, inForm(forPrinting, g, objective, variables), (node) =>
    node.kind === 'array' ? (node.operator.said?.(g, ...node.args) ?? node) : node,
  ) as [Node, ...Node[]];

function inForm(
  form: typeof forRunning,
  g: Graph,
  objective: Node,
  variables: readonly Node[],
  raw?: readonly Node[],
): [Node, ...Node[]] {
  const [stable, changed] = stableForm(g, objective, new Map());
  const value = changed ? stable : objective;
  const known = changed || prefersForward(objective, variables) ? undefined : raw;
  const partials = known ?? derivatives(g, value, variables);
  const [first, ...rest] = form(g, withoutScalarNames(g, [value, ...partials]));
  const partial = entriesFinished(g, rest, lessCancelling);
  const plain = [...entriesFinished(g, [first!], (_, node) => node), ...partial.map((node) => lessCancelling(g, node))];
  return last(g, plain) as [Node, ...Node[]];
}
