import type { Application } from '../differentiate/sweep.ts';
import type { Dim } from '../graph/dimension.ts';
import { constantOf } from '../graph/forms.ts';
import type { Graph } from '../graph/graph.ts';
import { isTest } from '../graph/linear.ts';
import { type Apply, type ArrayApply, type Contraction, isHolding, type Node } from '../graph/node.ts';
import { type Fraction, isOne } from '../graph/rational.ts';
import { turned } from '../graph/views.ts';
import type { Expr } from '../language/tree.ts';
import { renamed } from '../language/trees.ts';
import { isSoftmax } from '../operators/reductions.ts';
import type { EntryForm } from '../reading/entries.ts';
import { entryOf, letterAt, lettersOf, type Places, Unwritable } from '../reading/entry.ts';
import { agreeing, kronecker, lettered } from '../reading/lettered.ts';
import { call, name, nameIn } from '../reading/syntax.ts';
import { atNamedRamp } from '../simplify/ramps.ts';
import { arraySlope } from './array-slope.ts';

/** Down one way, entry by entry: each application gives a factor, and its indices get letters. */

/** The page that steps stand on. */
export interface Page {
  readonly graph: Graph;
  readonly objective: string;
  readonly forms: EntryForm;
  /** What stands at the axes of the objective, if it is an array. */
  readonly front: Places;
}

/** A way from a quantity up to the nearest one that has a name: what is applied, from that down. */
export interface Way {
  /** The named quantity, or the objective. */
  readonly from: Node;
  /** Its name; none if it is an objective without one. */
  readonly name: string | undefined;
  /** What the name stands for. */
  readonly value: Node;
  readonly isObjective: boolean;
  /** What arrives there. */
  readonly adjoint: Node;
  /** A node under its name, if it has one: a rule that uses the result says A, not σ(Z). */
  readonly known: (node: Node) => Node;
  readonly applications: readonly Application[];
}

/** How far one has come. */
export interface Walk {
  readonly page: Page;
  readonly way: Way;
  /** Where it begins. */
  readonly from: Places;
  /** The local slopes so far. */
  readonly factors: readonly Expr[];
  /** The numbers in them. */
  readonly numbers: readonly Fraction[];
  /** What stands at the axes of where one is. */
  readonly here: Places;
  readonly used: ReadonlySet<string>;
  /** How far letters run, as far as that is known. */
  readonly lengths: ReadonlyMap<string, Dim>;
  /** Letters of the sums that the value is made of, outermost. */
  readonly outer: ReadonlySet<string>;
  readonly isLinear: boolean;
  /** Letters that are summed later on, or get another name in the end. */
  readonly avoided: readonly string[];
}

/**
 * From a quantity down to where a way ends.
 * Throws Unwritable where entries cannot be written so.
 */
export function walked(page: Page, way: Way, from: Places, avoided: readonly string[]): Walk {
  const used = new Set([...lettersOf(page.front), ...lettersOf(from)]);
  const lengths = new Map(from.flatMap((place, axis) => lengthAt(place, way.from.shape[axis])));
  const start: Walk = {
    page,
    way,
    from,
    factors: [],
    numbers: [],
    here: from,
    used,
    lengths,
    outer: new Set(),
    isLinear: true,
    avoided,
  };
  return way.applications.reduce(through, start);
}

const lengthAt = (place: Expr | undefined, length: Dim | undefined): (readonly [string, Dim])[] => {
  const letter = letterAt(place);
  return letter === undefined || length === undefined ? [] : [[letter, length]];
};

/** Letters that may not be summed within a factor. */
export const takenBy = ({ used, avoided }: Walk): readonly string[] => [...used, ...avoided];

function through(walk: Walk, application: Application): Walk {
  const { node } = application;
  if (node.kind === 'contraction') return throughProduct(walk, node, application.position);
  if (node.kind === 'apply') return throughFunction(walk, node, application.position);
  if (isSoftmax(node) && node.operator.cells[0] === 1) return throughSoftmax(walk, node);
  if (node.kind === 'array') return throughArray(walk, node, application.position);
  if (node.kind !== 'sum' && !isHolding(node)) throw new Unwritable();
  return walk;
}

function throughProduct(walk: Walk, product: Contraction, position: number): Walk {
  const { forms } = walk.page;
  const { placeOf, summed, conditions } = lettered(product, walk.here, walk.used, forms.letters);
  if (conditions.length > 0) throw new Unwritable();
  const letters = summed.map(({ letter }) => letter);
  const used = new Set([...walk.used, ...letters]);
  const others = product.factors.flatMap((f, k) =>
    k === position || isTest(f) ? [] : [{ node: f, places: product.indices[k]!.map(placeOf) }],
  );
  const deltas = agreeing(product, walk.here).map(([a, b]) => kronecker(walk.page.graph, name(a), name(b)));
  const isPlain = others.length === 0 && isOne(product.coefficient);
  const factor = isPlain ? [] : [forms.product(product.coefficient, others, takenBy({ ...walk, used }))];
  return {
    ...walk,
    factors: [...walk.factors, ...factor, ...deltas],
    numbers: [...walk.numbers, product.coefficient],
    here: product.indices[position]!.map(placeOf),
    used,
    lengths: new Map([...walk.lengths, ...summed.map(({ letter, size }) => [letter, size] as const)]),
    outer: walk.isLinear ? new Set([...walk.outer, ...letters]) : walk.outer,
  };
}

function throughFunction(walk: Walk, whole: Apply, position: number): Walk {
  const { page, way, here } = walk;
  if (whole.operator.route) throw new Unwritable();
  const slope = atNamedRamp(page.graph, whole.operator.partials[position]!(page.graph, whole.args, way.known(whole)));
  const factor = constantOf(slope)?.equals(1) ? [] : [page.forms.read(slope, here, takenBy(walk))];
  return {
    ...walk,
    factors: [...walk.factors, ...factor],
    numbers: slope.kind === 'contraction' ? [...walk.numbers, slope.coefficient] : walk.numbers,
    isLinear: false,
  };
}

/** Each share depends on all entries of its row: ∂s_i/∂x_j = s_i(δ_ij − s_j). */
function throughSoftmax(walk: Walk, whole: ArrayApply): Walk {
  const { page, way, from, here } = walk;
  const axis = whole.shape.length - 1;
  const own = letterAt(here[axis]);
  if (own === undefined) throw new Unwritable();
  const other = page.forms.letters.letter(whole.args[0]!, axis, walk.used);
  const used = new Set([...walk.used, other]);
  const isValue = walk.factors.length === 0 && (whole === way.value || turned(way.value) === whole);
  const share =
    isValue && way.name !== undefined
      ? entryOf(nameIn(way.name, page.graph.names), from)
      : page.forms.read(whole, here, takenBy({ ...walk, used }));
  const delta = kronecker(page.graph, name(own), name(other));
  const factors = [...walk.factors, share, call('-', delta, renamed(share, new Map([[own, other]])))];
  return { ...walk, factors, here: here.with(axis, name(other)), used, isLinear: false };
}

function throughArray(walk: Walk, whole: ArrayApply, position: number): Walk {
  const { page, way } = walk;
  const used = new Set(walk.used);
  const slope = arraySlope(page.graph, page.forms, { whole, position, known: way.known }, walk.here, used);
  return {
    ...walk,
    factors: [...walk.factors, page.forms.product(slope.coefficient, slope.factors, takenBy({ ...walk, used }))],
    numbers: [...walk.numbers, slope.coefficient],
    here: slope.places,
    used,
    isLinear: false,
  };
}
