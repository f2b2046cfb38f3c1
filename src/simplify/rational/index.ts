import { axes, constantOf } from '../../graph/forms.ts';
import type { Graph } from '../../graph/graph.ts';
import { rebuild } from '../../graph/map.ts';
import { type Apply, children, isConstant, isView, type Node, type Sum } from '../../graph/node.ts';
import { absolute, commonMeasure, isEven, isInteger, isMinusOne, isNegative, isOne, ONE } from '../../graph/rational.ts';
import { topological } from '../../graph/traverse.ts';
import { cosh, cot, coth, csc, csch, sec, sech, sinh } from '../../operators/elementary.ts';
import { cbrt } from '../../operators/logarithmic.ts';
import type { Operator } from '../../operators/operator.ts';
import { exp, pow } from '../../operators/power.ts';
import { cos, sin, tan, tanh } from '../../operators/trigonometric.ts';
import { negatedSum } from '../content.ts';
import { type Lengths, lengthOf } from '../length.ts';
import { factorProducts } from '../matrix-factors.ts';
import { type Nested, nestingOf } from '../nested.ts';
import { rewriteApply } from '../normal.ts';
import { isShorter, type Signs } from '../signs.ts';
import { turnedExponentials } from './exponentials.ts';
import type { Factored } from './factored.ts';
import { partnerOf } from './identities.ts';
import { lowestTerms, underRoots } from './lowest-terms.ts';
import { Measure, type Writing } from './measure.ts';
import { hasSums, multipliedOut } from './multiply-out.ts';
import { TooLong } from './polynomial.ts';
import { someExponent } from './powers.ts';
import { hasRatios } from './ratios.ts';
import { Reader, type Reading } from './read.ts';
import { Spellings } from './spellings.ts';
import { Writer } from './write.ts';

/** Larger pieces of arithmetic than this are looked at in parts: the cost stays linear in the graph. */
const MOST_NODES = 300;
/** Where nothing stands below a line, little cancels; less where scalars are made of arrays. */
const FEW_NODES = 120;
const FEWER_NODES = 32;
/** The lengths of arrays are measured less exactly. */
const ARRAY_NODES = 80;

/** Characters that another form must save, to break the habit of the one that was written. */
const WORTH = 1;
/** And so many more to turn e⁻ˣ round: e⁻ˣ/(1 + e⁻ˣ)² is what people write. */
const TURNED = 1;

/**
 * Shorter forms of sums, products and powers, over common denominators and in lowest terms, wherever there are any.
 * One pass: each largest piece of arithmetic is rewritten once, the arguments of its functions before it.
 */
export const shorten = (g: Graph, roots: readonly Node[]): Node[] => shortened(g, roots, knownOf(readIn, g, nestingOf));

/** The same by length alone: (1 − 3x²)/x² overflows where 1/x² − 3 does not. */
export const shortenToRun = (g: Graph, roots: readonly Node[]): Node[] =>
  shortened(
    g,
    roots,
    knownOf(runIn, g, () => 0),
  );

function shortened(g: Graph, roots: readonly Node[], known: Known): Node[] {
  const order = topological(roots);
  const { small, tops } = pieces(order, roots);
  const done = new Map<Node, Node>();
  const { lengths } = known;
  const spellings = new Spellings(g, order, isArithmetic);
  for (const node of order) {
    const short = rebuild(g, node, (child) => done.get(child)!);
    const spelled = rebuild(g, short, (part) => spellings.of(short, part));
    const rebuilt = spellings.odd(rewriteApply(g, spelled));
    lengthOf(rebuilt, lengths);
    // What was too large may no longer be, its parts being shorter now.
    const whole = small.has(node) ? tops.has(node) : isArithmetic(rebuilt) && isSmall(rebuilt);
    if (whole) done.set(node, shortest(g, rebuilt, known));
    else done.set(node, small.has(node) ? grouped(g, rebuilt, known) : rebuilt);
  }
  return roots.map((root) => opened(g, done.get(root)!));
}

/** A piece of arithmetic is within the limit. */
function isSmall(root: Node): boolean {
  const stack = [root];
  let size = 0;
  let divides = false;
  let sums = false;
  for (let node = stack.pop(); node && size <= MOST_NODES; node = stack.pop()) {
    size++;
    divides ||= isDivisor(node);
    sums ||= isOfArrays(node);
    if (isArithmetic(node)) stack.push(...children(node));
  }
  return size <= mostNodes(root, divides, sums);
}

const mostNodes = (node: Node, divides: boolean, sums: boolean): number =>
  node.shape.length > 0 ? ARRAY_NODES : divides ? MOST_NODES : sums ? FEWER_NODES : FEW_NODES;

/** A product of arrays. */
const isOfArrays = (node: Node): boolean => node.kind === 'contraction' && node.sizes.length > 0;

/** A power below the line, or one that may be. */
function isDivisor(node: Node): boolean {
  if (node.kind !== 'apply' || node.operator !== pow) return false;
  const p = constantOf(node.args[1]!);
  return !p || isNegative(p) || !isInteger(p);
}

const isArithmetic = (node: Node): boolean =>
  node.kind === 'sum' || (node.kind === 'contraction' && !isConstant(node)) || (node.kind === 'apply' && node.operator === pow);

/** The pieces of arithmetic that are within the limit, and those that are part of no larger one. */
function pieces(order: readonly Node[], roots: readonly Node[]): { small: ReadonlySet<Node>; tops: ReadonlySet<Node> } {
  const sizes = new Map<Node, number>();
  const dividing = new Set<Node>();
  const summing = new Set<Node>();
  const small = new Set<Node>();
  const tops = new Set(roots.filter(isArithmetic));
  for (const node of order) {
    if (!isArithmetic(node)) {
      small.add(node);
      sizes.set(node, 1);
      for (const part of children(node)) if (isArithmetic(part)) tops.add(part);
      continue;
    }
    if (node.kind === 'apply') for (const part of apart(node)) tops.add(part);
    // Under its own Σ a product is read by itself: p·Σ uv/v, and in a sum where something may cancel, Σ uv/v + w.
    if (node.kind === 'sum' || (node.kind === 'contraction' && !hasSums(node)))
      for (const part of children(node))
        if (part.kind === 'contraction' && hasSums(part) && (node.kind !== 'sum' || dividing.has(part))) tops.add(part);
    let size = 1;
    let divides = isDivisor(node);
    let sums = isOfArrays(node);
    for (const part of children(node)) {
      size += sizes.get(part)!;
      divides ||= dividing.has(part);
      sums ||= summing.has(part);
    }
    sizes.set(node, Math.min(size, 1e6));
    if (divides) dividing.add(node);
    if (sums) summing.add(node);
    if (size <= mostNodes(node, divides, sums)) small.add(node);
    // What is too large as a whole is looked at in its parts.
    else for (const part of children(node)) if (isArithmetic(part)) tops.add(part);
  }
  return { small, tops };
}

/** What is written apart from the arithmetic around a power: its exponent, and what stands under a root. */
function apart({ args }: Apply): readonly Node[] {
  const [base, exponent] = args as [Node, Node];
  const p = constantOf(exponent);
  return (p ? (isInteger(p) ? [] : [base]) : [base, exponent]).filter(isArithmetic);
}

/**
 * There may be something to put together: a factor that stands twice, functions that are related, a quotient within a
 * quotient, a product to a power. Where everything stands once, nothing cancels.
 */
function promising(g: Graph, node: Node): boolean {
  const stack = [node];
  const seen = new Set<Node | string>();
  let below = 0;
  let numbers = false;
  for (let top = stack.pop(); top; top = stack.pop()) {
    if (!isArithmetic(top)) {
      const key = top.kind === 'apply' ? (FAMILIES.get(top.operator) ?? top) : top;
      if (seen.has(key) || (top !== node && top.kind === 'apply' && top.operator === cbrt)) return true;
      if (!isConstant(top)) seen.add(key);
      continue;
    }
    if (top.kind === 'apply') {
      const [base, exponent] = top.args as [Node, Node];
      const p = constantOf(exponent);
      if (p && base.kind === 'contraction') return true;
      if (p && base.kind === 'sum' && (isNegative(p) || !isInteger(p)) && !g.decimals && hasContent(base)) return true;
      if (p && isEven(p) && base.kind === 'apply' && FAMILIES.has(base.operator)) return true;
      if (p && isNegative(p) && ++below > 1) return true;
      // The number in 1 − (x − 1)² goes once the square is multiplied out.
      if (p && numbers && base.kind === 'sum' && base.terms.some(isConstant)) return true;
      stack.push(base);
      if (!p) stack.push(exponent);
    } else {
      if (top.kind === 'sum' && top.terms.some(isConstant)) numbers = true;
      stack.push(...children(top));
    }
  }
  return false;
}

/** A square of a function whose squares are told by another one. */
function hasSquares(node: Node): boolean {
  if (node.kind === 'apply' && node.operator === pow) {
    const [base, exponent] = node.args as [Node, Node];
    const p = constantOf(exponent);
    if (p && isEven(p) && base.kind === 'apply' && partnerOf.has(base.operator)) return true;
  }
  return isArithmetic(node) && children(node).some(hasSquares);
}

/** A number can be taken out of all terms: 1 + x²/3. */
function hasContent({ terms }: Sum): boolean {
  const numbers = terms.map((t) => (t.kind === 'contraction' ? t.coefficient : ONE));
  if (numbers.some((c) => !isInteger(c))) return true;
  return numbers.every((c) => !isOne(absolute(c))) && !isOne(numbers.reduce(commonMeasure));
}

/** Functions that may combine although their arguments differ. */
const FAMILIES: ReadonlyMap<Operator, string> = new Map([
  [exp, 'exponential'],
  ...[sin, cos, tan, cot, sec, csc].map((f) => [f, 'circular'] as const),
  ...[sinh, cosh, tanh, coth, sech, csch].map((f) => [f, 'hyperbolic'] as const),
]);

/** The ways of writing that can make a difference. */
function writings(f: Factored, reader: Reader): Writing[] {
  const all: Writing[] = [{}];
  const { sums } = f;
  if (sums.some(({ p }) => p.length > 2)) all.push({ nested: true });
  if (sums.length > 1) all.push({ merged: true });
  if (someExponent(f.powers, (e) => e < 0) && sums.some(({ e }) => e === 1)) all.push({ spread: true });
  if (reader.hasPairs) all.push({ doubled: true });
  return all;
}

/** Where sin/cos may become tan, forms that are measured this much longer may still turn out shorter once they are written. */
const SLACK = 14;

/** A sum whose terms with one sum in common are put together, where that is shorter: the others stay as they are. */
function grouped(g: Graph, node: Node, known: Known): Node {
  if (node.kind !== 'sum') return node;
  const factored = factorProducts(g, node, known.lengths);
  if (factored !== node || node.terms.length < 3) return factored;
  const byBase = new Map<Node, Node[]>();
  for (const term of node.terms) for (const base of new Set(basesOf(term))) byBase.set(base, [...(byBase.get(base) ?? []), term]);
  let terms: readonly Node[] = node.terms;
  for (const together of [...byBase.values()].sort((a, b) => b.length - a.length)) {
    if (together.length < 2 || together.length === node.terms.length || !together.every((t) => terms.includes(t))) continue;
    const part = g.add(together);
    const shorter = shortest(g, part, known);
    if (shorter === part) continue;
    const at = terms.indexOf(together[0]!);
    terms = terms.flatMap((t, k) => (k === at ? [shorter] : together.includes(t) ? [] : [t]));
  }
  return terms === node.terms ? node : g.add(terms);
}

/** Numbers times whole powers of names, added up. */
const isPolynomial = (node: Node): boolean => node.kind === 'sum' && node.terms.every((t) => isConstant(t) || isMonomial(t));

function isMonomial(term: Node): boolean {
  return (term.kind === 'contraction' ? term.factors : [term]).every((f) => {
    if (f.kind !== 'apply') return isName(f);
    if (f.operator !== pow || !isName(f.args[0]!)) return false;
    const p = constantOf(f.args[1]!);
    return p !== undefined && isInteger(p) && !isNegative(p);
  });
}

const isName = (node: Node): boolean => node.kind === 'variable' || node.kind === 'definition';

/** The sums that a term has as factors, above or below the line. */
function basesOf(term: Node): Node[] {
  return (term.kind === 'contraction' ? term.factors : [term])
    .map((f) => (f.kind === 'apply' && f.operator === pow ? f.args[0]! : f))
    .filter((f) => f.kind === 'sum');
}

/** What is known of the nodes of a graph: the same piece comes up again in the next round, and in several places. */
interface Known {
  readonly lengths: Lengths;
  readonly signs: Signs;
  readonly nested: Nested;
  /** What a nested fraction costs beside its length. */
  readonly nesting: typeof nestingOf;
  readonly shortest: Map<Node, Node>;
}

/** How long forms are, and whether they are more than one fraction. */
const costsBy =
  ({ lengths, nested, nesting }: Known) =>
  (form: Node): number =>
    lengthOf(form, lengths) + nesting(form, nested);

type KnownIn = WeakMap<Graph, Known>;
const readIn: KnownIn = new WeakMap();
const runIn: KnownIn = new WeakMap();

function knownOf(knownIn: KnownIn, g: Graph, nesting: typeof nestingOf): Known {
  let known = knownIn.get(g);
  if (!known) {
    known = { lengths: new Map(), signs: new Map(), nested: new Map(), nesting, shortest: new Map() };
    knownIn.set(g, known);
  }
  return known;
}

/** The shortest form that a search finds; what it has put together may cancel once it is multiplied out again. */
function shortest(g: Graph, given: Node, known: Known): Node {
  let best = known.shortest.get(given);
  if (!best) {
    best = given;
    if (promising(g, given)) {
      const first = search(g, given, known);
      // What has come together may cancel with squares that were not seen before: cos/(1 − sin²).
      const found = first !== given && hasSquares(first) ? search(g, first, known) : first;
      const out = multipliedOut(g, found, costsBy(known));
      best = out === found ? found : shortest(g, out, known);
    }
    known.shortest.set(given, best);
    known.shortest.set(best, best);
  }
  return best;
}

function search(g: Graph, given: Node, known: Known): Node {
  const { lengths, signs } = known;
  const costs = costsBy(known);
  const node = grouped(g, given, known);
  let best = node;
  /** A form in as many characters may have fewer signs, unless terms are to stay in descending powers: 3x² + 2x. */
  const tied = !isPolynomial(node);
  const summed = node.kind === 'contraction' && hasSums(node);
  const space = summed ? { result: node.result, sizes: new Map(node.sizes.entries()) } : axes(node.shape);
  const inParts = (whole: Node): Node => rebuild(g, whole, (part) => (isArithmetic(part) ? shortest(g, part, known) : part));
  const isBetter = (form: Node, atMost: number, more: number): boolean => {
    const own = (best === node ? WORTH : 0) + more;
    // What was measured to be as long may win by its signs only.
    const worth = atMost < costs(best) - own ? own : Number.POSITIVE_INFINITY;
    return isShorter(form, best, worth, costs, tied && more === 0 ? signs : undefined);
  };
  const attempt = (reading: Reading): { reader: Reader; factored: Factored } | undefined => {
    try {
      const reader = new Reader(g, reading, MOST_NODES * 2, inParts);
      const factored = reader.settled(lowestTerms(summed ? reader.readFactors(node) : reader.read(node, space.result), reader));
      const measure = new Measure(reader, lengths);
      const slack = reader.hasPairs || reader.hasSurds ? SLACK : 0;
      const turned = turnedExponentials(factored, reader);
      const forms = [...new Set([factored, underRoots(factored, reader), turned])]
        .flatMap((f) => writings(f, reader).map((writing) => ({ f, writing, length: measure.of(f, writing) })))
        .sort((a, b) => a.length - b.length);
      for (const { f, writing, length: measured } of forms) {
        if (measured >= costs(best) + slack + (tied ? 1 : 0)) break;
        const form = new Writer(g, reader, lengths, space, writing).write(f);
        if (isBetter(form, measured - slack, f === turned && f !== factored ? TURNED : 0)) best = form;
      }
      return { reader, factored };
    } catch (error) {
      if (error instanceof TooLong) return undefined;
      throw error;
    }
  };
  const first = attempt({});
  if (!first) best = inParts(node);
  else {
    for (const squares of first.reader.squaresIn(first.factored)) attempt({ squares });
    if (hasRatios(first.reader.generators, first.factored)) {
      const second = attempt({ ratios: true });
      if (second) for (const squares of second.reader.squaresIn(second.factored)) attempt({ ratios: true, squares });
    }
  }
  return best;
}

/** −(a + b) as −a − b. */
function opened(g: Graph, node: Node): Node {
  if (node.kind !== 'contraction' || node.factors.length !== 1 || !isView(node) || !isMinusOne(node.coefficient)) return node;
  const { core } = g.splitCoefficient(node);
  return core.kind === 'sum' ? negatedSum(g, core) : node;
}
