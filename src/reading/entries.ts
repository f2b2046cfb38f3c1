import { Graph } from '../graph/graph.ts';
import { type Contraction, type Node, UNIT } from '../graph/node.ts';
import { type Fraction, ONE, times } from '../graph/rational.ts';
import { topological } from '../graph/traverse.ts';
import type { Expr } from '../language/tree.ts';
import { inPlace, type Written } from './hoist.ts';
import type { Letters } from './letters.ts';
import { Reader } from './read.ts';
import { indexed, NOWHERE, name, subscripted } from './syntax.ts';

/** The letter at each axis of an array; none on an axis of length 1, which is always at its first place. */
export type Places = readonly (string | undefined)[];

/** What no entry can be written of in a line: index arithmetic, recurrences. */
export class Unwritable extends Error {}

/** An entry of an array, written as one: Z_ik. */
export function entryOf(array: Expr, places: Places): Expr {
  const letters = places.filter((letter) => letter !== undefined);
  return letters.length === 0 ? array : subscripted(array, letters.map(name));
}

/** An array at places. */
export interface Placed {
  readonly node: Node;
  readonly places: Places;
}

/** A formula of more parts is none that anyone reads in a line. */
const MOST_NODES = 100;

const isNamed = (node: Node): boolean => node.kind === 'definition';

/**
 * Writes arrays by their entries, as textbooks do: `Σ_j W_ij X_jk + b_i` for the entry i, k of `W·X + b`. The entry of an
 * array is a scalar expression of entries of named arrays and of sums over letters; it is built as one and read like any
 * other.
 */
export class EntryForm {
  private readonly graph: Graph;
  readonly letters: Letters;

  constructor(graph: Graph, letters: Letters) {
    this.graph = graph;
    this.letters = letters;
  }

  /** Letters for the axes of a node, each other than those in use. */
  places(node: Node, used: ReadonlySet<string> = new Set()): Places {
    const taken = new Set(used);
    return node.shape.map((dim, axis) => {
      if (dim === 1) return undefined;
      const letter = this.letters.letter(node, axis, taken);
      taken.add(letter);
      return letter;
    });
  }

  /**
   * The entry of a node at the given places; of a name that is to be opened, that of its value.
   * @throws Unwritable for what has no form by entries
   */
  read(node: Node, places: Places, used: Iterable<string> = []): Expr {
    return this.product(ONE, [{ node, places }], used);
  }

  /** A product of entries with a number in front, as one formula. */
  product(coefficient: Fraction, factors: readonly Placed[], used: Iterable<string> = []): Expr {
    if (
      topological(
        factors.map((f) => f.node),
        isNamed,
      ).length > MOST_NODES
    )
      throw new Unwritable();
    return new Entry(this.graph, this.letters, this).product(coefficient, factors, used);
  }

  /** A product of factors summed over letters: Σ_k dZ_ik X_jk. */
  summed(letters: readonly string[], body: Expr): Expr {
    if (letters.length === 0) return body;
    return indexed(
      'sum',
      letters.toSorted().map((letter) => ({ name: letter, span: NOWHERE })),
      body,
    );
  }
}

interface Factors {
  readonly coefficient: Fraction;
  readonly factors: readonly Placed[];
  readonly deltas: Node[];
  readonly summed: readonly string[];
}

/** One entry, as a scalar in a graph of its own: there the order of factors is that in which they come. */
class Entry {
  private readonly scratch = new Graph();
  private readonly leaves = new Map<Node, Written>();
  private readonly done = new Map<string, Node>();
  private readonly graph: Graph;
  private readonly letters: Letters;
  private readonly forms: EntryForm;

  constructor(graph: Graph, letters: Letters, forms: EntryForm) {
    this.graph = graph;
    this.scratch.logarithm = graph.logarithm;
    this.letters = letters;
    this.forms = forms;
  }

  product(coefficient: Fraction, factors: readonly Placed[], used: Iterable<string>): Expr {
    const taken = new Set([...used, ...factors.flatMap(({ places }) => places.filter((p) => p !== undefined))]);
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
    const key = `${node.id} ${places.join()} ${node.kind === 'contraction' ? [...used].join() : ''}`;
    const known = this.done.get(key);
    if (known) return known;
    const made = this.made(node, places, used);
    this.done.set(key, made);
    return made;
  }

  private made(node: Node, places: Places, used: ReadonlySet<string>): Node {
    switch (node.kind) {
      case 'variable':
      case 'definition': {
        if (node.kind === 'variable' && node.role === 'size') return this.scratch.variable(node.name, [], 'size');
        if (node.kind === 'variable' && node.role === 'state') throw new Unwritable();
        if (node.kind === 'definition' && node.first !== undefined) throw new Unwritable();
        return this.leaf(`${node.id} ${places.join()}`, () => entryOf(name(node.name), places));
      }
      case 'sum':
        return this.scratch.add(node.terms.map((term) => this.at(term, places, used)));
      case 'apply':
        return this.scratch.apply(node.operator, ...node.args.map((arg) => this.at(arg, places, used)));
      case 'array': {
        // A stack of matrices, one for each place in front of them, is written by entries already.
        if (node.args.some((arg, k) => arg.shape.length > node.operator.cells[k]!)) throw new Unwritable();
        const whole = Reader.of(this.graph).read(node);
        return this.leaf(`${node.id} ${places.join()}`, () => entryOf(whole, places));
      }
      case 'contraction':
        return this.contraction(node, places, used);
      default:
        throw new Unwritable();
    }
  }

  private contraction(node: Contraction, places: Places, used: ReadonlySet<string>): Node {
    const { coefficient, factors, deltas, summed } = this.factorsOf(node, places, used);
    if (summed.length === 0) return this.times(coefficient, [...factors.map((f) => this.at(f.node, f.places, used)), ...deltas]);
    const inner = new Set([...used, ...summed]);
    const within = factors.filter((f) => f.places.some((p) => p !== undefined && summed.includes(p)));
    const outside = factors.filter((f) => !within.includes(f)).map((f) => this.at(f.node, f.places, inner));
    const body = this.times(ONE, [...within.map((f) => this.at(f.node, f.places, inner)), ...deltas]);
    const sum = this.leaf(`sum ${summed.join()} ${body.id}`, () => this.forms.summed(summed, this.written(body)));
    return this.times(coefficient, [...outside, sum]);
  }

  /** A contraction as one sum of products: factors that are contractions themselves are taken in. */
  private factorsOf(node: Contraction, places: Places, used: ReadonlySet<string>): Factors {
    if (node.factors.some((f) => f.kind === 'affine')) throw new Unwritable();
    const { letterOf, summed } = lettered(node, places, used, this.letters);
    let { coefficient } = node;
    const deltas = this.deltas(node, places);
    let all = [...summed];
    const factors = node.factors.flatMap((factor, k): readonly Placed[] => {
      const own = node.indices[k]!.map(letterOf);
      if (factor.kind !== 'contraction') return [{ node: factor, places: own }];
      const within = this.factorsOf(factor, own, new Set([...used, ...all]));
      coefficient = times(coefficient, within.coefficient);
      all = [...all, ...within.summed];
      deltas.push(...within.deltas);
      return within.factors;
    });
    return { coefficient, factors, deltas, summed: all };
  }

  /** δ_ij where a result has one index at two axes: 0 off the diagonal (Kronecker). */
  private deltas({ result }: Contraction, places: Places): Node[] {
    return result.flatMap((index, axis) => {
      const [a, b] = [places[result.indexOf(index)], places[axis]];
      if (index === UNIT || a === undefined || b === undefined || a === b) return [];
      if (this.graph.names.has('δ')) throw new Unwritable();
      return [this.leaf(`δ ${a} ${b}`, () => entryOf(name('δ'), [a, b]))];
    });
  }

  private times(coefficient: Contraction['coefficient'], factors: readonly Node[]): Node {
    return this.scratch.contract({ coefficient, factors, indices: factors.map(() => []), result: [], sizes: new Map() });
  }
}

/** The letter of each index of a contraction, and those that it sums over, each other than those in use. */
export function lettered(
  node: Contraction,
  places: Places,
  used: ReadonlySet<string>,
  letters: Letters,
): { readonly letterOf: (index: number) => string | undefined; readonly summed: readonly string[] } {
  const known = new Map<number, string | undefined>();
  for (const [axis, index] of node.result.entries()) if (!known.has(index)) known.set(index, places[axis]);
  const taken = new Set(used);
  const summed: string[] = [];
  for (const [k, factor] of node.factors.entries())
    for (const [axis, index] of node.indices[k]!.entries()) {
      if (index === UNIT || known.has(index)) continue;
      const letter = letters.letter(factor, axis, taken);
      taken.add(letter);
      known.set(index, letter);
      summed.push(letter);
    }
  return { letterOf: (index) => (index === UNIT ? undefined : known.get(index)), summed };
}
