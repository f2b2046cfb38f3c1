import { isSymmetric } from '../facts/symmetry.ts';
import { type Dim, type Shape, sameShape } from '../graph/dimension.ts';
import { constantOf } from '../graph/forms.ts';
import type { Graph } from '../graph/graph.ts';
import {
  type Affine,
  type Apply,
  type ArrayApply,
  type Contraction,
  distinct,
  isConstant,
  isNamed,
  type Node,
  type Sum,
  UNIT,
} from '../graph/node.ts';
import { absolute, type Fraction, isHalf, isNegative, isOne, ONE, TWO, times } from '../graph/rational.ts';
import { topological, valueParts } from '../graph/traverse.ts';
import { namesWithin } from '../language/parts.ts';
import type { Expr, Subscript } from '../language/tree.ts';
import { columnShape } from '../operators/builder.ts';
import { and } from '../operators/comparison.ts';
import { exp, log, pow, pseudoinverse } from '../operators/power.ts';
import { batchForm, batchText } from './batch-form.ts';
import { madeUp } from './beside.ts';
import { chained } from './chain.ts';
import { asPower, givenArguments } from './factors.ts';
import { type Hoist, inPlace, type Written } from './hoist.ts';
import { blockForm, indexForm, indexNames } from './index-form.ts';
import { toItem, turnedAsOne } from './items.ts';
import { type MatrixForm, matrixForm } from './matrix-form.ts';
import { numberExpr } from './numbers.ts';
import { isByEntries, PlacedForm } from './placed-form.ts';
import { linearExpr, relationExpr } from './places.ts';
import { lengthOf, type Power, quotients, raised, scalarRank } from './power-form.ts';
import { quotient } from './quotient.ts';
import { RecurrenceForm } from './recurrence-form.ts';
import { rowForm, withRows } from './row-form.ts';
import { axisIndices, coveredShape, definedName, dimExpr, stretchedShape } from './shapes.ts';
import { call, isCall, isNegativeExpr, NOWHERE, name, nameIn, numeralOf, product, transposed, unturned } from './syntax.ts';

/**
 * Reads nodes back as syntax trees, as a mathematician would write them. Definitions, and the nodes in `names`, are
 * written by name.
 */
export class Reader {
  private readonly done = new Map<Node, Written>();
  private readonly names: ReadonlyMap<Node, string>;
  /** Those whose names stand for their transposes. */
  readonly turned = new Set<Node>();
  private readonly hoist: Hoist;
  /** What nodes are written as that stand for something of the surroundings: `x[t]`. */
  private readonly given: (node: Node) => Written | undefined;
  private readonly recurrences: RecurrenceForm;
  private readonly placed: PlacedForm;

  constructor(
    names: ReadonlyMap<Node, string> = new Map(),
    hoist: Hoist = inPlace,
    given: (node: Node) => Written | undefined = () => undefined,
  ) {
    this.names = names;
    this.given = given;
    this.hoist = hoist;
    const around = {
      names,
      hoist,
      get: (node: Node) => this.get(node),
      written: (node: Node) => this.written(node),
      full: (written: Written, wanted: Shape) => this.full(written, wanted),
    };
    this.recurrences = new RecurrenceForm({ ...around, within: (inside, own) => new Reader(names, inside, own) });
    this.placed = new PlacedForm({ ...around, finisher: (coefficient, scalars) => this.finisher(coefficient, scalars) });
  }

  /** A reader for one line, which writes numbers as the graph's source does. */
  static of(graph: Graph, own?: ReadonlyMap<Node, string>): Reader {
    const { decimals, names, lengths } = graph;
    return new Reader(own, { ...inPlace, decimals, graph, taken: names, lengths });
  }

  /** The tree whose value is the node's, shape and all. A loop over the graph: depth is no limit. */
  read(root: Node): Expr {
    return this.full(this.written(root), root.shape);
  }

  /** The same; what runs over time and reads other steps than its own is told of one step. */
  readAtSteps(root: Node): Expr {
    return this.atSteps(root) ?? this.read(root);
  }

  /** What runs over time and reads other steps than its own, of one step. */
  atSteps(root: Node): Expr | undefined {
    const isWhole = isNamed(root) || this.names.has(root);
    return isWhole ? undefined : this.recurrences.atSteps(root);
  }

  /** The node's own expression, even if the node has a name. */
  readBody(root: Node): Expr {
    const body = root.kind === 'definition' ? root.value : root;
    if (body !== root) return this.read(body);
    this.parts(root);
    return this.full(this.write(root), root.shape);
  }

  /** The tree, left to stretch where its surroundings have the full shape. */
  written(root: Node): Written {
    this.parts(root);
    return this.get(root);
  }

  private parts(root: Node): void {
    const stop = (n: Node) => this.done.has(n) || n.kind === 'definition' || this.names.has(n) || this.given(n) !== undefined;
    const order = topological([root], (n) => n !== root && stop(n), valueParts);
    // A test that index notation takes in needs no name of its own, nor does what is one array with the other terms of a sum.
    const terms = new Set<Node>(order.flatMap((n) => (n.kind === 'sum' ? n.terms.filter(isByEntries) : [])));
    for (const node of order) if (node !== root && node.kind !== 'affine' && !terms.has(node)) this.get(node);
  }

  private get(node: Node): Written {
    const known = this.done.get(node);
    if (known) return known;
    const given = this.names.get(node);
    const own = given === undefined ? undefined : this.turned.has(node) ? transposed(name(given)) : name(given);
    const expr = isNamed(node) ? definedName(node, this.named(node.name)) : own;
    const written = this.given(node) ?? (expr ? { expr, shape: node.shape } : this.write(node));
    this.done.set(node, written);
    return written;
  }

  private write(node: Node): Written {
    switch (node.kind) {
      case 'variable':
        return { expr: node.role === 'size' ? dimExpr(node.name) : this.named(node.name), shape: node.shape };
      case 'definition':
        return this.recurrences.lagged(node) ?? this.get(node.value);
      case 'sum':
        return this.sum(node);
      case 'apply':
        return this.apply(node);
      case 'array':
        return this.array(node);
      case 'affine':
        return this.affine(node);
      case 'recurrence':
        return this.recurrences.recurrence(node);
      case 'contraction':
        return this.contraction(node);
    }
  }

  /** Makes up for stretching that the surroundings do not do. */
  private full({ expr, shape }: Written, wanted: Shape): Expr {
    return sameShape(columnShape(shape), columnShape(wanted)) ? expr : madeUp(expr, shape, wanted);
  }

  private sum(node: Sum): Written {
    const lagged = this.recurrences.lagged(node) ?? this.recurrences.laggedTerms(node);
    if (lagged) return lagged;
    const rows = this.placed.stack(node);
    if (rows) return rows;
    const terms = this.placed.terms(node);
    const first = terms.findIndex((t) => !isNegativeExpr(t.expr));
    const ordered = first > 0 ? [terms[first]!, ...terms.filter((_, k) => k !== first)] : terms;
    return {
      expr: ordered.length === 1 ? ordered[0]!.expr : this.eitherWay(node, turnedAsOne(call('+', ...ordered.map((t) => t.expr)))),
      shape: stretchedShape(shapesOf(terms), node.shape),
    };
  }

  private apply(node: Apply): Written {
    if (node.operator === pow || node.operator === pseudoinverse)
      return this.product(ONE, [node], [axisIndices(node.shape)], axisIndices(node.shape), node.shape);
    if (node.operator === exp && constantOf(node.args[0]!)?.equals(1)) return { expr: this.constant('e'), shape: [] };
    const args = givenArguments(node).map((a) => this.get(a));
    if (node.operator === and) {
      const [a, b] = chained(args[0]!.expr, args[1]!.expr);
      return { expr: call(and.name, a, b), shape: stretchedShape(shapesOf(args), node.shape) };
    }
    const callee = node.operator === log ? (this.hoist.graph?.logarithm ?? log.name) : node.operator.name;
    const expr = node.args.length === 0 ? this.constant(callee) : call(callee, ...args.map((a) => a.expr));
    return {
      expr,
      shape: stretchedShape(shapesOf(args), node.shape),
    };
  }

  private named(text: string): Expr {
    return nameIn(text, this.hoist.graph?.names);
  }

  /** π by its name, unless that is another's. */
  private constant(known: string): Expr {
    return this.hoist.taken.has(known) ? NAMELESS[known]! : name(known);
  }

  /** An operator of whole arrays; where axes stand in front of its cells, over rows or by entries. */
  private array(node: ArrayApply): Written {
    const written = (a: Node) => this.full(this.get(a), a.shape);
    const parameters = node.operator.parameters?.map((q) => numberExpr(q, this.hoist.decimals)) ?? [];
    const expr = batchText(node, written, parameters, this.hoist);
    if (expr) return { expr, shape: node.shape };
    const { entries, subscripts } = batchForm(node, written, parameters, this.hoist.taken);
    return { expr: this.hoist.define(subscripts, entries) ?? entries, shape: node.shape };
  }

  /** Indices as numbers, or a test of them, as an array of its own. */
  private affine(node: Affine): Written {
    const rows = this.placed.stack(node);
    if (rows) return rows;
    const letters = indexNames(node.shape.length, this.hoist.taken);
    const value = { constant: node.offset, scales: new Map(node.steps.map((step, axis) => [axis, step])) };
    const letter = (i: number) => letters[i]!;
    const entries = node.test ? relationExpr('==', value, letter) : linearExpr(value, letter);
    const subscripts = node.shape.map((size, axis): Subscript => {
      const index = { name: letters[axis]!, from: numeralOf(1), to: dimExpr(size), span: NOWHERE };
      return { kind: 'binder', index, span: NOWHERE };
    });
    const given = node.shape.length > 0 ? this.hoist.define(subscripts, entries) : undefined;
    return { expr: given ?? entries, shape: node.shape };
  }

  private contraction(node: Contraction): Written {
    if (isConstant(node)) return { expr: numberExpr(node.coefficient, this.hoist.decimals), shape: [] };
    const lagged = this.recurrences.lagged(node);
    if (lagged) return lagged;
    return this.product(node.coefficient, node.factors, node.indices, node.result, node.shape, node);
  }

  /** Scalars in front, the array part in matrix notation if it has one, otherwise in index notation. */
  private product(
    coefficient: typeof ONE,
    factors: readonly Node[],
    indices: readonly (readonly number[])[],
    result: readonly number[],
    shape: Shape,
    node?: Contraction,
  ): Written {
    const tested = factors.some((f) => f.kind === 'affine');
    const isScalar = (k: number): boolean => indices[k]!.every((i) => i === UNIT);
    const finish = this.finisher(
      coefficient,
      factors.filter((_, k) => isScalar(k)),
    );
    if (tested) {
      const rows = this.hoist.notation === 'index' ? undefined : withRows(node!);
      return rows ? this.contraction(rows) : this.byIndices(node!, finish);
    }
    const arrays: { power: Power; own: readonly number[]; shape: Shape; factor: Node }[] = [];
    factors.forEach((factor, k) => {
      if (!isScalar(k)) arrays.push({ power: this.power(factor), own: indices[k]!, shape: factor.shape, factor });
    });
    const long = result.filter((i) => i !== UNIT);
    if (arrays.length === 0 && distinct(long)) return { expr: finish(undefined), shape: [] };

    // Every array over exactly the result's axes: an entrywise product, of any rank.
    if (arrays.every((a) => a.own.join() === result.join()) && new Set(long).size === long.length) {
      const above = arrays.filter((a) => !a.power.below).map((a) => a.power.written);
      const below = arrays.filter((a) => a.power.below).map((a) => a.power.written);
      const join = (parts: Written[]) =>
        parts.length > 0
          ? product(
              '.*',
              parts.map((p) => p.expr),
            )
          : undefined;
      const expr = finish(join(above), join(below));
      return {
        expr,
        shape: stretchedShape(shapesOf([...above, ...below]), shape),
      };
    }

    // The sum of all entries of an array that is no matrix.
    const first: readonly number[] = arrays[0]?.own ?? [];
    const alike = arrays.every((a) => a.own.join() === first.join()) && new Set(first).size === first.length;
    if (this.hoist.notation !== 'index' && long.length === 0 && first.length > 2 && alike && !first.includes(UNIT)) {
      const parts = arrays.map((a) => this.full(a.power.whole(), a.shape));
      return { expr: finish(call('sum', product('.*', parts))), shape: [] };
    }

    const items = quotients(arrays).map(({ power, own, shape: s, factor }) =>
      toItem(this.eitherWay(factor, this.full(power.whole(), s)), own, s),
    );
    const diagonal = long.length === 2 && long[0] === long[1];
    const targets = diagonal ? [long[0]!] : long;
    if (
      this.hoist.notation !== 'index' &&
      items.every((item) => item !== undefined) &&
      shape.length <= 2 &&
      (diagonal || new Set(long).size === long.length)
    ) {
      if (diagonal && items.length === 0) return { expr: finish(unturned(call('eye', dimExpr(shape[0]!)))), shape };
      const form = matrixForm(items, targets, shape.length === 2 && shape[0] === 1, (index) => {
        const array = arrays.find(({ own }) => own.includes(index))!;
        return this.axisName(array.shape[array.own.indexOf(index)]!);
      });
      if (form && !this.isMisread(form)) {
        const identity = diagonal && form.covers.length === 0;
        const spread = identity ? call('eye', dimExpr(shape[0]!)) : diagonal && form.array && call('diag', form.array);
        const array = spread ? unturned(spread) : form.array;
        return {
          expr: finish(array, undefined, form.scalars),
          shape: diagonal ? shape : coveredShape(form.covers, result, shape),
        };
      }
    }
    return this.byIndices(node!, finish);
  }

  /** Puts a number and scalars in front of an array, or below it. */
  private finisher(coefficient: Fraction, factors: readonly Node[]) {
    const scalars = { above: [] as Expr[], below: [] as Expr[] };
    for (const power of factors.map((f) => this.power(f))) scalars[power.below ? 'below' : 'above'].push(power.expr);
    for (const side of [scalars.above, scalars.below]) side.sort((a, b) => scalarRank(a) - scalarRank(b));
    const { decimals } = this.hoist;
    return (array: Expr | undefined, arrayBelow?: Expr, more: readonly Expr[] = []): Expr =>
      quotient({ coefficient, decimals, above: [...scalars.above, ...more], below: scalars.below, array, arrayBelow });
  }

  /** The name of a length, by which its axis may be called. */
  private axisName(dim: Dim): string | undefined {
    return typeof dim === 'string' && this.hoist.lengths.has(dim) ? dim : undefined;
  }

  /** A symmetric matrix is written the same either way round. */
  private eitherWay(factor: Node | undefined, expr: Expr): Expr {
    const { graph } = this.hoist;
    if (!factor || !graph || !isSymmetric(graph, factor)) return expr;
    return unturned(isCall(expr, 'transpose') ? expr.args[0]! : expr);
  }

  /** Whether a form speaks of an axis by a word that is a name of the source: `sum(A, cols)` with a number `cols`. */
  private isMisread({ array, scalars }: MatrixForm): boolean {
    if (!AXES.some((axis) => this.hoist.taken.has(axis))) return false;
    return [...scalars, ...(array ? [array] : [])].some((e) => [...namesWithin(e)].some((n) => AXES.includes(n)));
  }

  /** A block of an array, or index notation. */
  private byIndices(node: Contraction, finish: (array: Expr | undefined) => Expr): Written {
    const { shape } = node;
    const whole = (f: Node) => this.full(this.get(f), f.shape);
    const block = blockForm(node, whole);
    if (block) return { expr: finish(block), shape };
    const row = this.hoist.notation === 'index' ? undefined : rowForm(node, whole);
    if (row) return { expr: finish(row), shape };
    const rows = this.placed.stack(node);
    if (rows) return rows;
    const { entries, subscripts } = indexForm(node, whole, finish, this.hoist.taken);
    const given = shape.some((d) => d !== 1) ? this.hoist.define(subscripts, entries) : undefined;
    return { expr: given ?? entries, shape };
  }

  /** (Σ u²)^(p/2) as ‖u‖ᵖ. */
  private normPower(u: Node, half: Fraction): Power {
    const p = times(absolute(half), TWO);
    const norm = call('norm', this.full(this.get(u), u.shape));
    const expr = isOne(p) ? norm : call('^', norm, numberExpr(p, this.hoist.decimals));
    const written = { expr, shape: [] as Shape };
    const below = isNegative(half);
    return { expr, written, below, whole: () => (below ? { expr: call('/', numeralOf(1), expr), shape: [] } : written) };
  }

  /** A factor, above or below the line: x⁻² is x² below. */
  private power(factor: Node): Power {
    const { base, exponent } = asPower(factor, this.names);
    if (base === factor || !exponent) {
      const written = this.get(factor);
      return { expr: written.expr, written, below: false, whole: () => written };
    }
    const p = 'kind' in exponent ? constantOf(exponent) : exponent;
    const below = p !== undefined && isNegative(p);
    const length = p && p.d === 2n ? lengthOf(base) : undefined;
    if (length) return this.normPower(length, p!);
    const b = this.get(base);
    const e = p ? { expr: numberExpr(absolute(p), this.hoist.decimals), shape: [] as Shape } : this.get(exponent as Node);
    const shape = stretchedShape([b.shape, e.shape], factor.shape);
    const size = p && absolute(p);
    const expr =
      size && isOne(size)
        ? b.expr
        : size && isHalf(size)
          ? call('sqrt', b.expr)
          : raised(shape.length === 0 ? '^' : '.^', b.expr, e);
    const written = { expr, shape };
    const whole = () => (below ? { expr: call(shape.length === 0 ? '/' : './', numeralOf(1), expr), shape } : written);
    return { expr, written, below, whole };
  }
}

const shapesOf = (parts: readonly Written[]): Shape[] => parts.map((p) => p.shape);

/** The constants without their names. */
const NAMELESS: Readonly<Record<string, Expr>> = {
  e: call('exp', numeralOf(1)),
  pi: call('acos', call('-', numeralOf(1))),
  inf: call('-', call('log', numeralOf(0))),
};

const AXES: readonly string[] = ['rows', 'cols'];
