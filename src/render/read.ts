import { isKnownSymmetric } from '../calculus/symmetry.ts';
import type { Dim, Shape } from '../graph/dimension.ts';
import { addDims, sameShape } from '../graph/dimension.ts';
import { constantOf, type Graph } from '../graph/graph.ts';
import {
  type Affine,
  type Apply,
  type ArrayApply,
  type Contraction,
  children,
  distinct,
  isConstant,
  type Node,
  type Recurrence,
  type Sum,
  UNIT,
} from '../graph/node.ts';
import { absolute, type Fraction, isHalf, isNegative, isOne, ONE, TWO, times } from '../graph/rational.ts';
import { dependents, topological, valueParts } from '../graph/traverse.ts';
import type { Expr, Subscript } from '../language/tree.ts';
import { columnShape } from '../operators/builder.ts';
import { exp, pow, pseudoinverse } from '../operators/power.ts';
import { batchForm, batchText } from './batch-form.ts';
import { asPower, givenArguments } from './factors.ts';
import { blockForm, indexForm, indexNames } from './index-form.ts';
import type { Item } from './items.ts';
import { type Lagged, laggedOf } from './lag-form.ts';
import { matrixForm } from './matrix-form.ts';
import { numberExpr } from './numbers.ts';
import { linearExpr, relationExpr } from './places.ts';
import { quotient } from './quotient.ts';
import { stackedRows } from './stack-form.ts';
import {
  call,
  isCall,
  isNegativeExpr,
  NOWHERE,
  name,
  negative,
  numeralOf,
  product,
  subscripted,
  transposed,
  unturned,
} from './syntax.ts';

/** A syntax tree for a node, and the shape of what it says: smaller than the node's where it is left to stretch. */
export interface Written {
  readonly expr: Expr;
  readonly shape: Shape;
}

export type Notation = 'matrix' | 'index';

/** Takes what an expression cannot say in place, and gives the name that it then has. */
export interface Hoist {
  /** Index notation for everything that matrix notation would say by products, sums and transposes. */
  readonly notation?: Notation;
  /** Numbers are written as decimals where they may be some: the source speaks so. */
  readonly decimals: boolean;
  /** Names that mean something else in the source. */
  readonly taken: ReadonlySet<string>;
  define(subscripts: readonly Subscript[], value: Expr): Expr | undefined;
  /**
   * Takes an array that a recurrence defines: what to say of it, once its name and the index of time are known.
   * @param stem what the name should be like
   */
  recur(stem: string, say: (name: string, time: string) => RecurrenceText): string;
  /** A name that the source does not have yet. */
  fresh(stem: string): string;
  /** Parts of an expression that would be written again and again. */
  repeated(root: Node): ReadonlySet<Node>;
  /** Takes entries along time, `h[t-1]`, and gives the name of their array. */
  along(length: Expr, say: (time: string) => Expr): string;
}

export interface RecurrenceText {
  readonly firstPlace: Expr;
  readonly first: Expr;
  readonly length: Expr;
  /** What the step uses, each at time t, in order. */
  readonly parts: readonly StepPart[];
  readonly step: Expr;
}

export interface StepPart {
  readonly name: string;
  /** Those after time. */
  readonly subscripts: readonly Subscript[];
  readonly value: Expr;
}

/** Without a place for definitions the entries stand for the array: good for reading, not for parsing back. */
const inPlace: Hoist = {
  decimals: false,
  taken: new Set(),
  define: () => undefined,
  recur: () => 'recurrence',
  fresh: (stem) => stem,
  repeated: () => new Set(),
  along: () => 'recurrence',
};

/**
 * Reads nodes back as syntax trees, as a mathematician would write them. Definitions, and the nodes in `names`, are
 * written by name.
 */
export class Reader {
  private readonly done = new Map<Node, Written>();
  /** The names of recurrences, as arrays with time as their first axis. */
  private readonly timeFirst = new Map<Node, string>();
  private readonly names: ReadonlyMap<Node, string>;
  private readonly hoist: Hoist;
  /** What leaves are written as, where that is more than a name: `x[t]`. */
  private readonly leaves: ReadonlyMap<Node, Expr>;

  constructor(names: ReadonlyMap<Node, string> = new Map(), hoist: Hoist = inPlace, leaves: ReadonlyMap<Node, Expr> = new Map()) {
    this.names = names;
    this.leaves = leaves;
    this.hoist = hoist;
  }

  /** A reader for one line, which writes numbers as the graph's source does. */
  static of({ decimals }: Graph): Reader {
    return new Reader(undefined, { ...inPlace, decimals });
  }

  /** The tree whose value is the node's, shape and all. A loop over the graph: depth is no limit. */
  read(root: Node): Expr {
    return this.full(this.written(root), root.shape);
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
    const stop = (n: Node) => this.done.has(n) || n.kind === 'definition' || this.names.has(n);
    for (const node of topological([root], (n) => n !== root && stop(n), valueParts)) {
      // A test that index notation takes in needs no name of its own.
      if (node !== root && node.kind !== 'affine') this.get(node);
    }
  }

  private get(node: Node): Written {
    const known = this.done.get(node);
    if (known) return known;
    const given = node.kind === 'definition' ? node.name : this.names.get(node);
    const leaf = this.leaves.get(node);
    const expr = leaf ?? (given === undefined ? undefined : name(given));
    const written = expr ? { expr, shape: node.shape } : this.write(node);
    this.done.set(node, written);
    return written;
  }

  private write(node: Node): Written {
    switch (node.kind) {
      case 'variable':
      case 'definition':
        return { expr: name(node.name), shape: node.shape };
      case 'sum':
        return this.sum(node);
      case 'apply':
        return this.apply(node);
      case 'array':
        return this.array(node);
      case 'affine':
        return this.affine(node);
      case 'through-time':
        return this.get(node.recurrence);
      case 'recurrence':
        return this.recurrence(node);
      case 'contraction':
        return this.contraction(node);
    }
  }

  /** Makes up for stretching that the surroundings do not do. */
  private full({ expr, shape }: Written, wanted: Shape): Expr {
    if (sameShape(columnShape(shape), columnShape(wanted))) return expr;
    const constant = expr.kind === 'number' && expr.text === '1';
    const ones = call('ones', ...columnShape(wanted).map(dimExpr));
    if (constant) return ones;
    if (expr.kind === 'number' && expr.text === '0') return call('zeros', ...columnShape(wanted).map(dimExpr));
    const [top, bottom] = isCall(expr, '/') ? expr.args : [];
    if (top?.kind === 'number' && top.text === '1' && bottom) return call('/', ones, bottom);
    return product(shape.length === 0 ? '*' : '.*', [expr, ones]);
  }

  private sum(node: Sum): Written {
    const lagged = this.lagged(node) ?? this.laggedTerms(node);
    if (lagged) return lagged;
    const rows = this.stack(node);
    if (rows) return { expr: { kind: 'bracket', rows, span: NOWHERE }, shape: node.shape };
    const terms = node.terms.map((t) => this.get(t));
    const first = terms.findIndex((t) => !isNegativeExpr(t.expr));
    const ordered = first > 0 ? [terms[first]!, ...terms.filter((_, k) => k !== first)] : terms;
    return {
      expr: call('+', ...ordered.map((t) => t.expr)),
      shape: stretchedShape(
        terms.map((t) => t.shape),
        node.shape,
      ),
    };
  }

  /** `[x; y]`, `[x, 1; 1, x]`: an array whose entries are written one by one. */
  private stack(node: Sum): (readonly Expr[])[] | undefined {
    const rows = this.hoist.notation === 'index' ? undefined : stackedRows(node);
    const exprs = rows?.map((row) => this.full(this.get(row), row.shape));
    if (node.shape.length === 1) return exprs?.map((e) => [e]);
    const columns = exprs?.map((e) =>
      e.kind === 'bracket' && e.rows.every((row) => row.length === 1) ? e.rows.flat() : undefined,
    );
    return columns?.every((row) => row !== undefined) ? columns : undefined;
  }

  private apply(node: Apply): Written {
    if (node.operator === pow || node.operator === pseudoinverse)
      return this.product(ONE, [node], [axisIndices(node.shape)], axisIndices(node.shape), node.shape);
    if (node.operator === exp && constantOf(node.args[0]!)?.equals(1)) return { expr: name('e'), shape: [] };
    const args = givenArguments(node).map((a) => this.get(a));
    const expr = node.args.length === 0 ? name(node.operator.name) : call(node.operator.name, ...args.map((a) => a.expr));
    return {
      expr,
      shape: stretchedShape(
        args.map((a) => a.shape),
        node.shape,
      ),
    };
  }

  /** h[0] = …; h[t=1:n] = …, the step as an expression of entry t of what it reads. */
  private recurrence(node: Recurrence): Written {
    const { previous, body: computed, init, shape, axis, backward } = node;
    const length = shape[axis]!;
    const body = computed.written((n) => this.names.has(n) || laggedOf(n) !== undefined);
    const given = this.hoist.recur(previous.name.replace(/\[.*/, ''), (own, time) => {
      const before = call(backward ? '+' : '-', name(time), numeralOf(1));
      const leaves = new Map<Node, Expr>([[body.previous, entryAt(name(own), before, 0)]]);
      for (const { variable, source, axis: k } of body.slices) {
        leaves.set(variable, this.entry(source, name(time), k));
      }
      return {
        firstPlace: backward ? dimExpr(addDims(length, 1)) : numeralOf(0),
        first: this.full(this.get(init), init.shape),
        length: dimExpr(length),
        ...this.step(body.value, time, leaves),
      };
    });
    this.timeFirst.set(node, given);
    return { expr: this.placed(name(given), shape, axis, 0), shape };
  }

  /** An array with time as its first axis, moved along that by some steps, with time at another axis. */
  private placed(timeFirst: Expr, shape: Shape, axis: number, steps: number): Expr {
    if (axis === 0 && steps === 0) return timeFirst;
    const letters = indexNames(shape.length, this.hoist.taken);
    const [time, ...rest] = [letters[axis]!, ...letters.filter((_, k) => k !== axis)];
    const at = steps === 0 ? name(time) : call(steps < 0 ? '-' : '+', name(time), numeralOf(Math.abs(steps)));
    const subscripts = shape.map((size, k): Subscript => {
      const index = { name: letters[k]!, from: numeralOf(1), to: dimExpr(size), span: NOWHERE };
      return { kind: 'binder', index, span: NOWHERE };
    });
    const entries = subscripted(timeFirst, [at, ...rest.map((letter) => name(letter))]);
    return this.hoist.define(subscripts, entries) ?? entries;
  }

  /** The array of a recurrence with time as its first axis. */
  private sequence(source: Node): Expr {
    const { expr } = this.get(source);
    const value = source.kind === 'through-time' ? source.recurrence : source;
    const given = this.timeFirst.get(value);
    return given === undefined || this.names.has(source) ? expr : name(given);
  }

  /** A step in entries of time t; what it would repeat, or must say by entries, is defined beside it for each t. */
  private step(value: Node, time: string, leaves: Map<Node, Expr>): Pick<RecurrenceText, 'parts' | 'step'> {
    const parts: StepPart[] = [];
    const now = (part: StepPart): Expr => {
      parts.push(part);
      return entryAt(name(part.name), name(time), 0);
    };
    const inside: Hoist = {
      ...inPlace,
      decimals: this.hoist.decimals,
      taken: new Set([...this.hoist.taken, time]),
      define: (subscripts, entries) => now({ name: this.hoist.fresh('T'), subscripts, value: entries }),
    };
    const order = topological([value], (n) => n.kind === 'definition' || this.names.has(n));
    // What is the same at all times is written outside, where other recurrences can be.
    const moving = dependents(order, leaves.keys());
    for (const node of order) {
      if (!moving.has(node)) continue;
      for (const part of children(node)) if (!moving.has(part) && part.shape.length > 0) this.give(part, leaves);
    }
    const repeated = this.hoist.repeated(value);
    for (const node of order) {
      if (!repeated.has(node) || this.names.has(node) || leaves.has(node)) continue;
      const written = new Reader(this.names, inside, leaves).read(node);
      leaves.set(node, now({ name: this.hoist.fresh('s'), subscripts: [], value: written }));
    }
    const step = new Reader(this.names, inside, leaves).read(value);
    return { parts, step };
  }

  /** An array as it is written here, unless it is left to stretch. */
  private give(part: Node, leaves: Map<Node, Expr>): void {
    const { expr, shape } = this.written(part);
    if (part.kind !== 'affine' && sameShape(columnShape(shape), columnShape(part.shape))) leaves.set(part, expr);
  }

  /** Entry t of an array; of what a recurrence starts its steps from, the entry before in its own array. */
  private entry(source: Node, time: Expr, axis: number): Expr {
    const lagged = this.names.has(source) ? undefined : laggedOf(source);
    if (lagged?.axis === axis) return this.entryBefore(lagged, time);
    const value = source.kind === 'through-time' ? source.recurrence : source;
    if (value.kind === 'recurrence' && value.axis === axis) return entryAt(this.sequence(source), time, 0);
    return entryAt(this.full(this.get(source), source.shape), time, axis);
  }

  private entryBefore({ source, backward }: Lagged, time: Expr): Expr {
    return entryAt(this.sequence(source), call(backward ? '+' : '-', time, numeralOf(1)), 0);
  }

  /** What a recurrence starts its steps from, as an array: H[t] = h[t − 1]. */
  private lagged(node: Node): Written | undefined {
    const lagged = laggedOf(node);
    if (!lagged) return undefined;
    if (lagged.axis > 0) {
      const { source, axis, backward } = lagged;
      return { expr: this.placed(this.sequence(source), node.shape, axis, backward ? 1 : -1), shape: node.shape };
    }
    const given = this.hoist.along(dimExpr(node.shape[0]!), (time) => this.entryBefore(lagged, name(time)));
    return { expr: name(given), shape: node.shape };
  }

  /** What arrives and what comes back: Λ[t] = dh[t] + M[t + 1]. */
  private laggedTerms(node: Sum): Written | undefined {
    if (!node.terms.some((t) => !this.names.has(t) && laggedOf(t)?.axis === 0)) return undefined;
    const entries = (time: string) => call('+', ...node.terms.map((t) => this.entry(t, name(time), 0)));
    return { expr: name(this.hoist.along(dimExpr(node.shape[0]!), entries)), shape: node.shape };
  }

  /** An operator of whole arrays; where axes stand in front of its cells, over rows or by entries. */
  private array(node: ArrayApply): Written {
    const written = (a: Node) => this.full(this.get(a), a.shape);
    const expr = batchText(node, written);
    if (expr) return { expr, shape: node.shape };
    const { entries, subscripts } = batchForm(node, written, this.hoist.taken);
    return { expr: this.hoist.define(subscripts, entries) ?? entries, shape: node.shape };
  }

  /** Indices as numbers, or a test of them, as an array of its own. */
  private affine(node: Affine): Written {
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
    const lagged = this.lagged(node);
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
    const scalars = { above: [] as Expr[], below: [] as Expr[] };
    const arrays: { power: Power; own: readonly number[]; shape: Shape; factor: Node }[] = [];
    factors.forEach((factor, k) => {
      const own = indices[k]!;
      if (tested && own.some((i) => i !== UNIT)) return;
      const power = this.power(factor);
      if (own.every((i) => i === UNIT)) scalars[power.below ? 'below' : 'above'].push(power.expr);
      else arrays.push({ power, own, shape: factor.shape, factor });
    });
    for (const side of [scalars.above, scalars.below]) side.sort((a, b) => scalarRank(a) - scalarRank(b));
    const long = result.filter((i) => i !== UNIT);
    const { decimals } = this.hoist;
    const finish = (array: Expr | undefined, arrayBelow?: Expr, more: readonly Expr[] = []): Expr =>
      quotient({ coefficient, decimals, above: [...scalars.above, ...more], below: scalars.below, array, arrayBelow });
    if (tested) return this.byIndices(node!, finish);
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
        shape: stretchedShape(
          [...above, ...below].map((p) => p.shape),
          shape,
        ),
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
      toItem(symmetric(factor, this.full(power.whole(), s)), own, s),
    );
    const diagonal = long.length === 2 && long[0] === long[1];
    const targets = diagonal ? [long[0]!] : long;
    if (
      this.hoist.notation !== 'index' &&
      items.every((item) => item !== undefined) &&
      shape.length <= 2 &&
      (diagonal || new Set(long).size === long.length)
    ) {
      if (diagonal && items.length === 0) return { expr: finish(call('eye', dimExpr(shape[0]!))), shape };
      const form = matrixForm(items, targets, shape.length === 2 && shape[0] === 1);
      if (form) {
        const identity = diagonal && form.covers.length === 0;
        const array = identity ? call('eye', dimExpr(shape[0]!)) : diagonal && form.array ? call('diag', form.array) : form.array;
        return {
          expr: finish(array, undefined, form.scalars),
          shape: diagonal ? shape : coveredShape(form.covers, result, shape),
        };
      }
    }
    return this.byIndices(node!, finish);
  }

  /** A block of an array, or index notation. */
  private byIndices(node: Contraction, finish: (array: Expr) => Expr): Written {
    const { shape } = node;
    const whole = (f: Node) => this.full(this.get(f), f.shape);
    const block = blockForm(node, whole);
    if (block) return { expr: finish(block), shape };
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
          : call(shape.length === 0 ? '^' : '.^', b.expr, e.expr);
    const written = { expr, shape };
    const whole = () => (below ? { expr: call(shape.length === 0 ? '/' : './', numeralOf(1), expr), shape } : written);
    return { expr, written, below, whole };
  }
}

/** u where the node is the sum of the squares of u's entries. */
function lengthOf(node: Node): Node | undefined {
  if (node.kind !== 'contraction' || node.factors.length !== 1 || node.result.length > 0 || !isOne(node.coefficient))
    return undefined;
  const [square] = node.factors;
  const indices = node.indices[0]!;
  if (square!.kind !== 'apply' || square!.operator !== pow || !constantOf(square!.args[1]!)?.equals(2)) return undefined;
  return indices.length > 0 && distinct(indices) ? square!.args[0] : undefined;
}

/** An array below the line goes under one of those above it that run over the same indices: x ./ y. */
function quotients<A extends { readonly power: Power; readonly own: readonly number[]; readonly shape: Shape }>(
  arrays: readonly A[],
): readonly A[] {
  const merged: A[] = arrays.filter((a) => !a.power.below);
  if (merged.length === arrays.length) return arrays;
  for (const under of arrays) {
    if (!under.power.below) continue;
    const at = merged.findIndex((a) => a.own.join() === under.own.join() && a.shape.length > 0);
    if (at < 0) {
      merged.push(under);
      continue;
    }
    const over = merged[at]!;
    const [top, bottom] = [over.power.whole(), under.power.written];
    const written = { expr: call('./', top.expr, bottom.expr), shape: stretchedShape([top.shape, bottom.shape], over.shape) };
    merged[at] = { ...over, power: { expr: written.expr, written, below: false, whole: () => written } };
  }
  return merged;
}

interface Power {
  readonly expr: Expr;
  readonly written: Written;
  readonly below: boolean;
  /** The factor with its sign in the exponent undone: 1/x². */
  readonly whole: () => Written;
}

/** Numbers and variables first, then everything else in the order in which it came up: x·σ(z)·(1 − σ(z)). */
const scalarRank = (e: Expr): number => {
  if (e.kind === 'name' || e.kind === 'number') return 0;
  return e.kind === 'call' && e.callee === '^' ? scalarRank(e.args[0]!) : 1;
};

const axisIndices = (shape: Shape): number[] => shape.map((size, axis) => (size === 1 ? UNIT : axis));

export function dimExpr(dim: Dim): Expr {
  if (typeof dim === 'number') return numeralOf(dim);
  const terms = dim.replace(/-/g, '+-').split('+').filter(Boolean);
  const exprs = terms.map((term) => {
    const parts = term
      .replace(/^-/, '')
      .split('*')
      .map((p) => (/^\d+$/.test(p) ? numeralOf(p) : name(p)));
    const body = product('*', parts);
    return term.startsWith('-') ? negative(body) : body;
  });
  return exprs.length === 1 ? exprs[0]! : call('+', ...exprs);
}

/** A symmetric matrix is written the same either way round. */
const symmetric = (factor: Node | undefined, expr: Expr): Expr => (factor && isKnownSymmetric(factor) ? unturned(expr) : expr);

/** h[t], X[:, t]: entry t along an axis. */
function entryAt(target: Expr, place: Expr, axis: number): Expr {
  const whole = Array.from({ length: axis }, (): Subscript => ({ kind: 'range', from: undefined, to: undefined, span: NOWHERE }));
  return { kind: 'subscripted', target, subscripts: [...whole, { kind: 'at', index: place, span: NOWHERE }], span: NOWHERE };
}

/** A factor as an item of matrix notation: rows and columns are vectors, anything beyond rank 2 is no item. */
function toItem(expr: Expr, own: readonly number[], shape: Shape): Item | undefined {
  const [i, j] = own.filter((k) => k !== UNIT) as [number, number?];
  if (shape.length > 2) return undefined;
  if (j !== undefined) return { rank: 2, row: i, col: j, chain: [expr] };
  return { rank: 1, index: i, chain: [shape.length === 2 && shape[0] === 1 ? transposed(expr) : expr] };
}

/** The shape that covers the given indices of the result, and has length 1 elsewhere. */
function coveredShape(covers: readonly number[], result: readonly number[], shape: Shape): Shape {
  return columnShape(result.map((i, axis) => (i !== UNIT && covers.includes(i) ? shape[axis]! : 1)));
}

/** The shape that parts stretch to among themselves, in the axes of the whole. */
function stretchedShape(parts: readonly Shape[], whole: Shape): Shape {
  const stretched: Dim[] = whole.map(() => 1);
  for (const part of parts) {
    const offset = whole.length <= 2 ? 0 : whole.length - part.length;
    part.forEach((size, axis) => {
      if (size !== 1) stretched[offset + axis] = size;
    });
  }
  return columnShape(stretched);
}
