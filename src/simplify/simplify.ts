import { constantOf, type Graph } from '../graph/graph.ts';
import { mapGraph, rebuild } from '../graph/map.ts';
import { type Apply, type Contraction, children, distinct, isView, type Node } from '../graph/node.ts';
import { exactPower, type Fraction, isInteger, isZero, MINUS_ONE } from '../graph/rational.ts';
import { nodeCount, topological, useCounts } from '../graph/traverse.ts';
import { pow, pseudoinverse } from '../operators/power.ts';
import { choiceOfProduct, mergeChoices } from './choices.ts';
import { toldPlaces, writtenOut } from './entries.ts';
import { cancelInverses, shortenInverses } from './inverses.ts';
import { ownPower, type Witness, withKnownFacts } from './known-sums.ts';
import { type Lengths, lengthOf } from './length.ts';
import { rewriteApply, settle, settledProduct } from './normal.ts';
import { raised, rescale } from './products.ts';
import { shorten } from './rational/index.ts';
import { putSquaresTogether } from './squares.ts';
import { factorSum } from './sums.ts';
import { withoutTransposes } from './transposes.ts';

export interface SimplifyOptions {
  /**
   * Merge a product that is used in several places into each of them, if it is short. Right for reading; for running
   * it would compute the product again in each place.
   */
  readonly mergeShared?: boolean;
  /** Take common factors out of sums; on unless turned off. */
  readonly factor?: boolean;
  /** Is told of each declared fact that a form rests on. */
  readonly witness?: Witness;
}

/** Shared products up to this many factors are merged into their users. */
const SHORT_PRODUCT = 16;

/** A shorter form may allow another; this is where it stops. */
const MOST_ROUNDS = 4;
/** Nobody sees to the last character of what is longer than a page. */
const MANY_NODES = 60;

/**
 * The same values in normal form, as short as rules that always hold make them. For reading, sums and quotients are
 * also put over common denominators where that is shorter, until nothing changes; for running they stay as they are,
 * since a short form may lose digits. Definitions are kept, and nothing is merged across them.
 */
export function simplify(g: Graph, roots: readonly Node[], options: SimplifyOptions = {}): Node[] {
  const short = shortForms(g, roots, options);
  if (!options.mergeShared || !topological(short).some(isPseudoinverse)) return short;
  // x/‖x‖ is 0 at 0. Where most of a quotient cancels, that value goes with it, as it does on paper.
  const quotients = mapGraph(g, short, (n) => (isPseudoinverse(n) ? g.apply(pow, n.args[0]!, MINUS_ONE) : n));
  const lengths: Lengths = new Map();
  return shortForms(g, quotients, options).map((form, k) =>
    5 * lengthOf(form, lengths) <= 2 * lengthOf(quotients[k]!, lengths) ? form : short[k]!,
  );
}

const isPseudoinverse = (node: Node): node is Apply => node.kind === 'apply' && node.operator === pseudoinverse;

function shortForms(g: Graph, roots: readonly Node[], options: SimplifyOptions): Node[] {
  let current = normalForms(g, roots, options);
  if (!options.mergeShared || options.factor === false) return current;
  for (let round = 0; round < MOST_ROUNDS; round++) {
    const shorter = putSquaresTogether(g, shorten(g, current));
    if (shorter.every((node, k) => node === current[k])) return current;
    if (nodeCount(...shorter) > MANY_NODES) return shorter;
    const next = normalForms(g, shorter, options);
    if (next.every((node, k) => node === current[k])) return current;
    current = next;
  }
  return current;
}

/**
 * One pass from the leaves up, linear in the graph: a chain of products or of sums that is used in one place only is
 * taken in at once, at its top.
 */
function normalForms(g: Graph, roots: readonly Node[], options: SimplifyOptions): Node[] {
  const order = topological(roots);
  const uses = useCounts(roots, order);
  const deferred = deferredNodes(order, uses);
  const done = new Map<Node, Node>();
  const resolve = (node: Node): Node | undefined => (deferred.has(node) ? undefined : done.get(node)!);
  const mergeable = new Set<Node>();
  /** Nodes in normal form. */
  const forms = new Set<Node>();

  for (const node of order) {
    if (deferred.has(node)) continue;
    const simplified = simplifyNode(node);
    done.set(node, simplified);
    forms.add(simplified);
    if (simplified.kind === 'contraction' && uses.get(node) === 1) mergeable.add(simplified);
  }
  return roots.map((root) => done.get(root)!);

  function absorb(inner: Contraction): boolean {
    if (isView(inner)) return true;
    // A reshaped array stays whole: of two such tests in one product only one index could be solved for.
    if (inner.factors.length > SHORT_PRODUCT || inner.factors.some((f) => f.kind === 'affine' && f.shape.length > 2))
      return false;
    return options.mergeShared === true || mergeable.has(inner);
  }

  function simplifyNode(node: Node): Node {
    switch (node.kind) {
      case 'contraction':
        return product(node);
      case 'sum':
        return options.factor === false
          ? g.add(mergeChoices(g, gatherTerms(node)))
          : factorSum(g, g.add(mergeChoices(g, gatherTerms(node))));
      case 'apply':
      case 'array':
        return rewritten(rebuild(g, node, (child) => done.get(child)!));
      case 'variable':
      case 'affine':
      case 'recurrence':
      case 'through-time':
      case 'definition':
        return rebuild(g, node, (child) => done.get(child)!);
    }
  }

  /** By the rules of its operator; what a rule has put together is brought into normal form too. */
  function rewritten(node: Node): Node {
    const next = ownPower(node, options.witness) ?? rewriteApply(g, node);
    return next === node ? powerForm(node) : settled(next);
  }

  function settled(node: Node): Node {
    const known = done.get(node);
    if (known) return known;
    if (forms.has(node)) return node;
    done.set(node, node);
    for (const child of children(node)) done.set(child, settled(child));
    const form = simplifyNode(node);
    done.set(node, form);
    forms.add(form);
    return form;
  }

  /** Powers as products have them, so that they merge; for running one power is cheaper than several. */
  function powerForm(node: Node): Node {
    if (!options.mergeShared || node.kind !== 'apply' || node.operator !== pow) return node;
    const [base, exponent] = node.args as [Node, Node];
    const p = constantOf(exponent);
    return p ? powerOfProduct(node, base, p) : raised(g, base, exponent);
  }

  /** (2a·b)³ as 8·a³·b³. */
  function powerOfProduct(node: Apply, base: Node, p: Fraction): Node {
    if (!isInteger(p) || base.kind !== 'contraction' || isZero(base.coefficient)) return node;
    if (!distinct(base.result) || !base.indices.every((own) => own.length === 0 || own.join() === base.result.join()))
      return node;
    const coefficient = exactPower(base.coefficient, p);
    if (!coefficient) return node;
    return product(g.mul(coefficient, ...base.factors.map((f) => g.apply(pow, f, p)), g.constant(1, base.shape)));
  }

  function product(node: Node): Node {
    if (node.kind !== 'contraction') return node;
    const parts = g.assemble(node, absorb, (f) => (done.has(f) || deferred.has(f) ? resolve(f) : f));
    let form = settledProduct(g, parts, absorb);
    while (form.kind === 'contraction') {
      const known = withKnownFacts(g, form, options.witness);
      if (known === form) break;
      form = settle(g, known, absorb);
    }
    return form.kind === 'contraction' ? ofArrays(form) : form;
  }

  /** Rules for products of arrays. A product with a choice of 0 is a choice: what is not taken cannot spoil it. */
  function ofArrays(node: Contraction): Node {
    let form: Node = node;
    for (const rule of options.mergeShared ? RULES_FOR_READING : RULES) if (form.kind === 'contraction') form = rule(g, form);
    return form;
  }

  /** The terms of a sum and of the sums in it that are used nowhere else, multiples distributed. */
  function gatherTerms(sum: Node): Node[] {
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
}

/** Rules for products of arrays, in order. */
const RULES = [toldPlaces, writtenOut, cancelInverses, withoutTransposes, choiceOfProduct];
const RULES_FOR_READING = [
  toldPlaces,
  writtenOut,
  cancelInverses,
  shortenInverses,
  cancelInverses,
  withoutTransposes,
  choiceOfProduct,
];

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

/** c·(a + b) as c·a, c·b where nothing else is multiplied: a sum of sums is one sum. */
function distributed(g: Graph, term: Node): readonly Node[] {
  if (term.kind === 'sum' && term.terms.length <= 64) return term.terms;
  if (term.kind === 'contraction' && isView(term) && term.factors.length === 1) {
    const { coefficient, core } = g.splitCoefficient(term);
    if (core.kind === 'sum' && core.terms.length <= 64) return core.terms.map((t) => rescale(g, t, coefficient));
  }
  return [term];
}
