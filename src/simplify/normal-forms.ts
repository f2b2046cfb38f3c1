import { constantOf } from '../graph/forms.ts';
import type { Graph } from '../graph/graph.ts';
import { rebuild } from '../graph/map.ts';
import { type Apply, type Contraction, children, distinct, isView, type Node } from '../graph/node.ts';
import { exactPower, type Fraction, isInteger, isZero } from '../graph/rational.ts';
import { topological, useCounts } from '../graph/traverse.ts';
import { pow } from '../operators/power.ts';
import { mergeChoices } from './choices.ts';
import { distributed } from './content.ts';
import { ownPower, type Witness, withKnownFacts } from './known-sums.ts';
import { rewriteApply, settle, settledProduct } from './normal.ts';
import { raised } from './products.ts';
import { numberRoots } from './rational/number-roots.ts';
import { byFirst, type Rule } from './rule.ts';
import { withScalarParts } from './scalar-parts.ts';
import { factorSum } from './sums.ts';

/** What a form is for: which of the forms of equal value it is to be. */
export interface Purpose {
  /**
   * A product that is used in several places is merged into each of them, if it is short. Right for reading; for running it
   * would be computed again in each place.
   */
  readonly merges: boolean;
  /** Common factors are taken out of sums. */
  readonly factors: boolean;
  /** Rules for products of arrays, in order. */
  readonly products: readonly Rule<'contraction'>[];
}

/** Shared products up to this many factors are merged into their users. */
const SHORT_PRODUCT = 16;

/** What one pass knows. */
interface Pass {
  readonly g: Graph;
  readonly purpose: Purpose;
  readonly witness: Witness | undefined;
  /** Nodes that their only user takes in. */
  readonly deferred: ReadonlySet<Node>;
  /** What nodes have become. */
  readonly done: Map<Node, Node>;
  /** Nodes in normal form. */
  readonly forms: Set<Node>;
  /** Products that are used once. */
  readonly mergeable: Set<Node>;
}

/**
 * One pass from the leaves up, linear in the graph: a chain of products or of sums that is used in one place only is
 * taken in at once, at its top.
 */
export function normalForms(g: Graph, roots: readonly Node[], purpose: Purpose, witness?: Witness): Node[] {
  const order = topological(roots);
  const uses = useCounts(roots, order);
  const deferred = deferredNodes(order, uses);
  const pass: Pass = { g, purpose, witness, deferred, done: new Map(), forms: new Set(), mergeable: new Set() };
  for (const node of order) {
    if (deferred.has(node)) continue;
    const form = simplified(pass, node);
    pass.done.set(node, form);
    pass.forms.add(form);
    if (form.kind === 'contraction' && uses.get(node) === 1) pass.mergeable.add(form);
  }
  return roots.map((root) => pass.done.get(root)!);
}

/** Whether a product that is a factor is taken into the product. */
const absorbing =
  ({ purpose, mergeable }: Pass) =>
  (inner: Contraction): boolean => {
    if (isView(inner)) return true;
    // A reshaped array stays whole: of two such tests in one product only one index could be solved for.
    if (inner.factors.length > SHORT_PRODUCT || inner.factors.some((f) => f.kind === 'affine' && f.shape.length > 2))
      return false;
    return purpose.merges || mergeable.has(inner);
  };

function simplified(pass: Pass, node: Node): Node {
  const { g, purpose, done } = pass;
  const form = (child: Node): Node => done.get(child)!;
  switch (node.kind) {
    case 'contraction':
      return product(pass, node);
    case 'sum': {
      const whole = g.add(mergeChoices(g, gatherTerms(pass, node)));
      return purpose.factors ? factorSum(g, whole) : whole;
    }
    case 'apply':
    case 'array':
      return rewritten(pass, rebuild(g, node, form));
    case 'variable':
    case 'affine':
    case 'recurrence':
    case 'definition':
      return rebuild(g, node, form);
  }
}

/** By the rules of its operator; what a rule has put together is brought into normal form too. */
function rewritten(pass: Pass, node: Node): Node {
  const next = ownPower(node, pass.witness) ?? rewriteApply(pass.g, node);
  return next === node ? powerForm(pass, node) : settled(pass, next);
}

function settled(pass: Pass, node: Node): Node {
  const { done, forms } = pass;
  const known = done.get(node);
  if (known) return known;
  if (forms.has(node)) return node;
  done.set(node, node);
  for (const child of children(node)) done.set(child, settled(pass, child));
  const form = simplified(pass, node);
  done.set(node, form);
  forms.add(form);
  return form;
}

/** Powers as products have them, so that they merge; for running one power is cheaper than several. */
function powerForm(pass: Pass, node: Node): Node {
  const { g, purpose } = pass;
  if (!purpose.merges || node.kind !== 'apply' || node.operator !== pow) return node;
  const [base, exponent] = node.args as [Node, Node];
  const p = constantOf(exponent);
  if (!p) return raised(g, base, exponent);
  const root = byFirst(g, node, numberRoots);
  return root ? (root.kind === 'contraction' ? product(pass, root) : root) : powerOfProduct(pass, node, base, p);
}

/** (2a·b)³ as 8·a³·b³. */
function powerOfProduct(pass: Pass, node: Apply, base: Node, p: Fraction): Node {
  const { g } = pass;
  if (!isInteger(p) || base.kind !== 'contraction' || isZero(base.coefficient)) return node;
  if (!distinct(base.result) || !base.indices.every((own) => own.length === 0 || own.join() === base.result.join())) return node;
  const coefficient = exactPower(base.coefficient, p);
  if (!coefficient) return node;
  return product(pass, g.mul(coefficient, ...base.factors.map((f) => g.apply(pow, f, p)), g.constant(1, base.shape)));
}

function product(pass: Pass, node: Node): Node {
  if (node.kind !== 'contraction') return node;
  const { g, purpose, witness, done, deferred } = pass;
  const absorb = absorbing(pass);
  const parts = g.assemble(node, absorb, (f) => (deferred.has(f) ? undefined : (done.get(f) ?? f)));
  let form = settledProduct(g, parts, absorb);
  if (purpose.merges && form.kind === 'contraction') form = apart(pass, form);
  while (form.kind === 'contraction') {
    const known = withKnownFacts(g, form, witness, purpose.merges);
    if (known === form) break;
    form = settle(g, known, absorb);
  }
  return form.kind === 'contraction' ? ofArrays(pass, form) : form;
}

/** With its scalars as factors of their own, each in normal form. */
function apart(pass: Pass, form: Contraction): Node {
  const { g } = pass;
  const absorb = absorbing(pass);
  const whole = withScalarParts(g, form, (part) => product(pass, part));
  return whole ? settle(g, whole, (inner) => inner.sizes.length === 0 && absorb(inner)) : form;
}

/** Rules for products of arrays. A product with a choice of 0 is a choice: what is not taken cannot spoil it. */
function ofArrays({ g, purpose, witness }: Pass, node: Contraction): Node {
  let form: Node = node;
  for (const rule of purpose.products) if (form.kind === 'contraction') form = rule.apply(g, form, witness) ?? form;
  return form;
}

/** The terms of a sum and of the sums in it that are used nowhere else, multiples distributed. */
function gatherTerms({ g, done, deferred }: Pass, sum: Node): Node[] {
  const terms: Node[] = [];
  const stack: Node[] = [sum];
  while (stack.length > 0) {
    const top = stack.pop()!;
    if (top.kind === 'sum' && (top === sum || deferred.has(top))) {
      for (let k = top.terms.length - 1; k >= 0; k--) stack.push(top.terms[k]!);
    } else {
      terms.push(...distributed(g, done.get(top)!));
    }
  }
  return terms;
}

/** Longer products of arrays stay in pieces: a network of a thousand layers is not one line of matrices. */
const LONG_CHAIN = 24;

/** Nodes that their only user takes in: a product in a product, a sum in a sum. */
function deferredNodes(order: readonly Node[], uses: ReadonlyMap<Node, number>): Set<Node> {
  const deferred = new Set<Node>();
  const lengths = new Map<Node, number>();
  for (const node of order) {
    if (node.kind === 'contraction') {
      let length = node.factors.length;
      for (const f of node.factors) {
        if (f.kind !== 'contraction' || uses.get(f) !== 1) continue;
        const longer = length - 1 + lengths.get(f)!;
        if (longer > LONG_CHAIN && node.sizes.length > 0) continue;
        length = longer;
        deferred.add(f);
      }
      lengths.set(node, length);
    } else if (node.kind === 'sum') {
      for (const t of node.terms) if (t.kind === 'sum' && uses.get(t) === 1) deferred.add(t);
    }
  }
  return deferred;
}
