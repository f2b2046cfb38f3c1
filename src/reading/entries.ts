import type { Dim } from '../graph/dimension.ts';
import { Graph } from '../graph/graph.ts';
import { isTest, linearOf } from '../graph/linear.ts';
import {
  type Affine,
  type ArrayApply,
  type Contraction,
  isGivenValues,
  isHolding,
  isView,
  type Node,
  type Sum,
} from '../graph/node.ts';
import { type Fraction, ONE, times } from '../graph/rational.ts';
import { isAtMost, topological } from '../graph/traverse.ts';
import { namesWithin, subexpressions } from '../language/parts.ts';
import type { Expr } from '../language/tree.ts';
import { functions } from '../operators/index.ts';
import { isSoftmax } from '../operators/reductions.ts';
import { type Held, placedCases } from './cases.ts';
import { binder, entryOf, lengthsIn, letterAt, lettersOf, type Placed, type Places, summedOver, Unwritable } from './entry.ts';
import { inPlace, type Written } from './hoist.ts';
import { chosen } from './index-form.ts';
import { type Lagged, laggedOf } from './lag-form.ts';
import { agreeing, kronecker, lettered, required, type Summed } from './lettered.ts';
import type { Letters } from './letters.ts';
import { numberExpr } from './numbers.ts';
import { linearExpr, relationExpr } from './places.ts';
import { Reader } from './read.ts';
import { appliedAsSaid } from './said.ts';
import { call, indexed, name, nameIn, numeralOf } from './syntax.ts';

/** A formula of more parts is none that anyone reads in a line. */
const MOST_NODES = 100;

/**
 * Writes arrays by their entries, as textbooks do: `Σ_j W_ij X_jk + b_i` for the entry i, k of `W·X + b`. The entry of an
 * array is a scalar expression of entries of named arrays and of sums over letters; it is built as one and read like any
 * other.
 */
export class EntryForm {
  private readonly graph: Graph;
  readonly letters: Letters;
  private readonly names: ReadonlyMap<Node, Node>;

  /** @param names what the names of the page stand for */
  constructor(graph: Graph, letters: Letters, names: ReadonlyMap<Node, Node>) {
    this.graph = graph;
    this.letters = letters;
    this.names = names;
  }

  /** The name of a value, or of what a step of a recurrence computes. */
  nameOf(node: Node): Node | undefined {
    return this.names.get(node) ?? this.graph.steps.nameOfResolved(node);
  }

  /** Letters for the axes of a node, each other than those in use. */
  places(node: Node, used: ReadonlySet<string> = new Set()): Places {
    const taken = new Set(used);
    return node.shape.map((dim, axis) => {
      if (dim === 1) return undefined;
      const letter = this.letters.letter(node, axis, taken);
      taken.add(letter);
      return name(letter);
    });
  }

  /**
   * The entry of a node at the given places; of what has a name, that of its value is asked for by the value.
   * @throws Unwritable for what has no form by entries
   */
  read(node: Node, places: Places, used: Iterable<string> = []): Expr {
    return this.product(ONE, [{ node, places }], used, [node]);
  }

  /** The entry of a softmax as what it is: exp(Z_ik)/Σ_j exp(Z_jk). Undefined for anything else. */
  shares(node: Node, places: Places): Expr | undefined {
    if (node.kind === 'contraction' && isView(node)) {
      const { placeOf } = lettered(node, places, [], this.letters);
      return this.shares(node.factors[0]!, node.indices[0]!.map(placeOf));
    }
    if (!isSoftmax(node) || node.operator.cells[0] !== 1) return undefined;
    const [arg] = node.args as [Node];
    const axis = places.length - 1;
    const letter = this.letters.letter(arg, axis, new Set(lettersOf(places)));
    const power = (at: Places): Expr => call('exp', this.read(arg, at, [letter]));
    return call('/', power(places), summedOver([binder(letter)], power(places.with(axis, name(letter)))));
  }

  /**
   * A product of entries with a number in front, as one formula.
   * @param opened what is written by what it is made of, though it have a name
   */
  product(coefficient: Fraction, factors: readonly Placed[], used: Iterable<string> = [], opened: readonly Node[] = []): Expr {
    const nodes = factors.map((f) => f.node);
    if (!isAtMost(MOST_NODES, nodes, isNamed)) throw new Unwritable();
    const lengths = lengthsIn(nodes);
    // A letter that is the name of a length as well cannot stand beside it.
    const letters = factors.flatMap(({ places }) => lettersOf(places));
    if (lengths.some((length) => letters.includes(length))) throw new Unwritable();
    return new Entry(this.graph, this, opened).product(coefficient, factors, [...used, ...lengths]);
  }
}

const isNamed = (node: Node): boolean => node.kind === 'definition';

/** A contraction's factors as entries, those of contractions within it taken in. */
interface Factors {
  readonly coefficient: Fraction;
  readonly factors: readonly Placed[];
  /** What stands among them that is no entry: δ_ij, an index as a number. */
  readonly numbers: Node[];
  readonly conditions: Expr[];
  readonly summed: readonly Summed[];
}

/** How a function of one array runs along indices, if it does. */
const functionOf = ({ operator, args }: ArrayApply) =>
  args.length === 1 && !operator.parameters ? functions.get(operator.name)?.reduce : undefined;

/** One entry, as a scalar in a graph of its own: there the order of factors is that in which they come. */
class Entry {
  private readonly scratch = new Graph();
  private readonly leaves = new Map<Node, Written>();
  private readonly done = new Map<string, Node>();
  /** The lengths of the axes of named arrays that a letter alone stands on. */
  private readonly told = new Map<string, Set<Dim>>();
  private readonly graph: Graph;
  private readonly forms: EntryForm;
  private readonly opened: ReadonlySet<Node>;

  constructor(graph: Graph, forms: EntryForm, opened: readonly Node[]) {
    this.graph = graph;
    this.scratch.logarithm = graph.logarithm;
    this.forms = forms;
    this.opened = new Set(opened);
  }

  product(coefficient: Fraction, factors: readonly Placed[], used: Iterable<string>): Expr {
    const taken = new Set([...used, ...factors.flatMap(({ places }) => lettersOf(places))]);
    return this.written(
      this.times(
        coefficient,
        factors.map(({ node, places }) => this.at(node, places, taken)),
      ),
    );
  }

  private written(scalar: Node): Expr {
    const { decimals, names, lengths } = this.graph;
    const hoist = { ...inPlace, decimals, graph: this.scratch, taken: names, lengths };
    return new Reader(undefined, hoist, (n) => this.leaves.get(n)).read(scalar);
  }

  private leaf(key: string, expr: () => Expr): Node {
    const node = this.scratch.variable(key, [], 'state');
    if (!this.leaves.has(node)) this.leaves.set(node, { expr: expr(), shape: [] });
    return node;
  }

  private at(node: Node, places: Places, used: ReadonlySet<string>): Node {
    const key = `${node.id} ${keyOf(places)} ${node.kind === 'contraction' ? [...used].join() : ''}`;
    const known = this.done.get(key);
    if (known) return known;
    const made = this.made(node, places, used);
    this.done.set(key, made);
    return made;
  }

  private made(node: Node, places: Places, used: ReadonlySet<string>): Node {
    const known = this.opened.has(node) ? undefined : this.forms.nameOf(node);
    if (known) return this.made(known, places, used);
    const lagged = laggedOf(node);
    if (lagged) return this.at(lagged.source, before(places, lagged), used);
    switch (node.kind) {
      case 'variable':
        if (node.role === 'size') return this.scratch.variable(node.name, [], 'size');
        if (node.role === 'state') throw new Unwritable();
        return this.named(node, node.name, places);
      case 'definition':
        if (isHolding(node) || isGivenValues(node)) return this.at(node.value, places, used);
        if (node.first !== undefined) throw new Unwritable();
        return this.named(node, node.name, places);
      case 'sum':
        return this.sum(node, places, used);
      case 'apply':
        return appliedAsSaid(this.scratch, node, (arg) => this.at(arg, places, used));
      case 'affine':
        return this.affine(node, places);
      case 'array':
        return this.reduced(node, places, used) ?? this.whole(node, places);
      case 'contraction':
        return this.contraction(node, places, used);
      default:
        throw new Unwritable();
    }
  }

  /** Terms that each stand at a place of their own are told as cases. */
  private sum(node: Sum, places: Places, used: ReadonlySet<string>): Node {
    const held = node.terms.map((term) => (hasTests(term) ? this.heldIn(term, places, used) : undefined));
    // Of one term alone the factors stay outside of the cases.
    const isShared = held.filter((own) => own !== undefined).length > 1;
    const all = isShared ? held.flatMap((own) => own ?? []) : [];
    const cases = placedCases(all, (values) => this.written(this.scratch.add(values)));
    const plain = node.terms.filter((_, k) => !cases || !held[k]).map((term) => this.at(term, places, used));
    if (!cases) return this.scratch.add(plain);
    return this.scratch.add([...plain, this.leaf(`?|${node.id} ${keyOf(places)}`, () => cases)]);
  }

  /** What holds under conditions, in a product or in a sum of such; undefined if anything holds without. */
  private heldIn(node: Node, places: Places, used: ReadonlySet<string>): readonly Held<Node>[] | undefined {
    if (this.forms.nameOf(node) || laggedOf(node)) return undefined;
    if (node.kind === 'sum') {
      const held = node.terms.map((term) => this.heldIn(term, places, used));
      return held.every((own) => own !== undefined) ? held.flat() : undefined;
    }
    if (node.kind !== 'contraction') return undefined;
    const own = this.caseOf(node, places, used);
    if (own.conditions.length > 0) return [own];
    const { coefficient, factors, numbers, summed } = this.factorsOf(node, places, used);
    if (summed.length > 0 || numbers.length > 0) return undefined;
    const held = factors.map((f) => this.heldIn(f.node, f.places, used));
    const at = held.findIndex((one) => one !== undefined);
    if (at < 0 || held.some((one, k) => one && k !== at)) return undefined;
    const others = factors.filter((_, k) => k !== at).map((f) => this.at(f.node, f.places, used));
    return held[at]!.map(({ conditions, value }) => ({ conditions, value: this.times(coefficient, [...others, value]) }));
  }

  private named(node: Node, own: string, places: Places): Node {
    places.forEach((place, axis) => {
      const letter = letterAt(place);
      if (letter !== undefined) this.told.set(letter, (this.told.get(letter) ?? new Set()).add(node.shape[axis]!));
    });
    return this.leaf(`${own} ${keyOf(places)}`, () => entryOf(nameIn(own, this.graph.names), places));
  }

  /** An index as a number, or whether a test of indices holds. */
  private affine({ offset, steps, test }: Affine, places: Places): Node {
    const value = { constant: offset, scales: new Map(steps.map((step, axis) => [axis, step])) };
    const letter = (axis: number): string => required(letterAt(places[axis]));
    const expr = test ? relationExpr('==', value, letter) : linearExpr(value, letter);
    return this.leaf(`=|${JSON.stringify(expr)}`, () => expr);
  }

  /** softmax_i(Z_ik), max_j(A_ij): an operator of arrays along indices of its own. */
  private reduced(node: ArrayApply, places: Places, used: ReadonlySet<string>): Node | undefined {
    const known = functionOf(node);
    if (!known) return undefined;
    const [arg] = node.args as [Node];
    const lead = arg.shape.length - node.operator.cells[0]!;
    // softmax(z)_i: of all there is, no letter says along what.
    if (known.keeps && lead === 0) return undefined;
    const all = known.keeps ? places : [...places, ...this.forms.places(arg, used).slice(lead)];
    const own = lettersOf(all.slice(lead));
    if (own.length === 0 || own.length !== all.slice(lead).filter((p) => p !== undefined).length) return undefined;
    const body = this.at(arg, all, new Set([...used, ...own]));
    return this.leaf(`${node.id} ${keyOf(all)}`, () =>
      indexed(
        node.operator.name,
        own.map((letter) => binder(letter)),
        this.written(body),
      ),
    );
  }

  /** The entry of what is written as a whole: inv(A)_ij, or inv(S_b)_ij of one of many matrices. */
  private whole(node: ArrayApply, places: Places): Node {
    const { operator, args } = node;
    const lead = args[0]!.shape.length - operator.cells[0]!;
    if (lead > 0) return this.ofCells(node, places.slice(0, lead), places.slice(lead));
    const expr = Reader.of(this.graph).read(node);
    for (const part of subexpressions([expr])) if (part.kind === 'subscripted') throw new Unwritable();
    return this.leaf(`${node.id} ${keyOf(places)}`, () => entryOf(expr, places));
  }

  private ofCells({ id, operator, args }: ArrayApply, front: Places, places: Places): Node {
    const letters = front.map((place) => required(letterAt(place)));
    const cells = args.map((arg) => {
      const known = this.forms.nameOf(arg) ?? arg;
      if ((known.kind !== 'variable' && known.kind !== 'definition') || known.shape.length < letters.length)
        throw new Unwritable();
      return entryOf(nameIn(known.name, this.graph.names), letters.map(name));
    });
    const parameters = operator.parameters?.map((q) => numberExpr(q, this.graph.decimals)) ?? [];
    return this.leaf(`${id} ${keyOf([...front, ...places])}`, () =>
      entryOf(call(operator.name, ...cells, ...parameters), places),
    );
  }

  private contraction(node: Contraction, places: Places, used: ReadonlySet<string>): Node {
    const { conditions, value } = this.caseOf(node, places, used);
    return this.where(conditions, value);
  }

  /** The value, and the conditions on the entry's own letters under which it is not 0. */
  private caseOf(node: Contraction, places: Places, used: ReadonlySet<string>): Held<Node> {
    const { coefficient, factors, numbers, conditions, summed } = this.factorsOf(node, places, used);
    const letters = new Set(summed.map((s) => s.letter));
    const inner = new Set([...used, ...letters]);
    const isWithin = (f: Placed): boolean => summed.length === 0 || lettersOf(f.places).some((letter) => letters.has(letter));
    const entry = (f: Placed): Node => this.at(f.node, f.places, inner);
    // What is said of the entry's own letters is said once, not at each term of the sum.
    const isInner = (condition: Expr): boolean => [...namesWithin(condition)].some((letter) => letters.has(letter));
    const outside = factors.filter((f) => !isWithin(f)).map(entry);
    const inside = [...factors.filter(isWithin).map(entry), ...numbers];
    const sum = this.summed(summed, conditions.filter(isInner), inside);
    return {
      conditions: conditions.filter((condition) => !isInner(condition)),
      value: this.times(coefficient, [...outside, ...sum]),
    };
  }

  /** A sum over letters, of the terms for which the conditions hold; the factors alone where there is none. */
  private summed(over: readonly Summed[], conditions: readonly Expr[], factors: readonly Node[]): readonly Node[] {
    if (over.length === 0) return factors;
    const body = this.times(ONE, factors);
    const letters = over.map(({ letter }) => letter);
    const sum = this.leaf(`Σ|${letters.join()}|${JSON.stringify(conditions)}|${body.id}`, () => {
      return summedOver(
        over.map(({ letter, size }) => binder(letter, this.isTold(letter, size) ? undefined : size)),
        chosen({ conditions, value: this.written(body) }),
      );
    });
    return [sum];
  }

  /** What holds where all conditions do, and 0 elsewhere. */
  private where(conditions: readonly Expr[], value: Node): Node {
    if (conditions.length === 0) return value;
    return this.leaf(`?|${JSON.stringify(conditions)}|${value.id}`, () => chosen({ conditions, value: this.written(value) }));
  }

  /** Whether arrays with a name say how far a letter runs. */
  private isTold(letter: string, size: Dim): boolean {
    const lengths = this.told.get(letter);
    return lengths !== undefined && [...lengths].every((length) => length === size);
  }

  private factorsOf(node: Contraction, places: Places, used: ReadonlySet<string>): Factors {
    const { placeOf, summed, conditions } = lettered(node, places, used, this.forms.letters);
    let { coefficient } = node;
    let all = [...summed];
    const numbers = this.deltas(node, places);
    const factors = node.factors.flatMap((factor, k): readonly Placed[] => {
      const own = node.indices[k]!.map(placeOf);
      if (factor.kind === 'affine') {
        if (factor.test) return [];
        const value = linearOf(factor, node.indices[k]!, new Map());
        const expr = linearExpr(value, (i) => required(letterAt(placeOf(i))));
        numbers.push(this.leaf(`=|${JSON.stringify(expr)}`, () => expr));
        return [];
      }
      if (factor.kind !== 'contraction' || laggedOf(factor) || this.forms.nameOf(factor)) return [{ node: factor, places: own }];
      const within = this.factorsOf(factor, own, new Set([...used, ...all.map((s) => s.letter)]));
      coefficient = times(coefficient, within.coefficient);
      all = [...all, ...within.summed];
      numbers.push(...within.numbers);
      conditions.push(...within.conditions);
      return within.factors;
    });
    return { coefficient, factors, numbers, conditions, summed: all };
  }

  /** δ_ij where a result has one index at two axes. */
  private deltas(node: Contraction, places: Places): Node[] {
    return agreeing(node, places).map(([a, b]) => {
      const delta = kronecker(this.graph, name(a), name(b));
      return this.leaf(`δ ${a} ${b}`, () => delta);
    });
  }

  private times(coefficient: Fraction, factors: readonly Node[]): Node {
    return this.scratch.contract({ coefficient, factors, indices: factors.map(() => []), result: [], sizes: new Map() });
  }
}

/** Whether tests of indices keep any part of it to places of its own. */
const hasTests = (node: Node): boolean =>
  topological([node], isNamed).some((n) => n.kind === 'contraction' && n.factors.some(isTest));

const keyOf = (places: Places): string =>
  places.map((place) => (place?.kind === 'name' ? place.name : JSON.stringify(place))).join();

/** h[t−1] for h[t]. */
function before(places: Places, { axis, backward, steps }: Lagged): Places {
  const place = required(places[axis]);
  if (place.kind !== 'name') throw new Unwritable();
  return places.map((own, k) => (k === axis ? call(backward ? '+' : '-', place, numeralOf(steps)) : own));
}
