import { dimensionNames, type Shape } from '../graph/dimension.ts';
import type { Graph } from '../graph/graph.ts';
import type { Affine, Apply, ArrayApply, Definition, Node, Recurrence, Sum, Variable } from '../graph/node.ts';
import { partsButSteps, topological } from '../graph/traverse.ts';
import type { ArrayOperator } from '../operators/array.ts';
import type { Operator } from '../operators/operator.ts';
import { type Conflict, counts, type Kind, merged, type Part } from './classes.ts';
import { contracted } from './contracted.ts';
import { isLinear, powerThrough } from './degrees.ts';
import { isSameLayout, joinedLayouts, pairingOf } from './layout.ts';

/** What is split, and what is known on every device. */
export interface Setting {
  readonly graph: Graph;
  /** The dimension that is split. */
  readonly m: string;
  /** The inputs that change while a model learns; all others are data. */
  readonly moving: ReadonlySet<Node>;
  /** What devices are given: made of data alone, and found once from all examples. */
  readonly given: ReadonlySet<Node>;
  /** Whether they are given the number of all examples, where a formula has m in it. */
  readonly counted: boolean;
}

/** More conflicts than this behind one value are not told apart. */
const MOST_CONFLICTS = 16;

/** What every node below a root is to the dimension that is split: a fold over the graph, a record for each kind of node. */
export class Fold {
  readonly setting: Setting;
  /** What would have to be given for a value to have a class. The fold is then to be made again, with that. */
  readonly wanted = new Set<Node>();
  /** Whether the number of examples stands where it leaves no power of it. */
  needsCount = false;
  private readonly kinds = new Map<Node, Kind>();

  constructor(setting: Setting) {
    this.setting = setting;
  }

  of(root: Node): Kind {
    this.fill([root], this.kinds);
    return this.settled(this.kinds.get(root)!, root, false);
  }

  /** @param into where what is found is kept; what is in `kinds` is known */
  private fill(roots: readonly Node[], into: Map<Node, Kind>): void {
    const known = (node: Node): Kind | undefined => into.get(node) ?? this.kinds.get(node);
    const stop = (node: Node): boolean => known(node) !== undefined || this.setting.given.has(node);
    for (const node of topological(roots, stop, partsButSteps))
      if (!known(node)) into.set(node, this.setting.given.has(node) ? this.givenKind(node) : this.kindOf(node, known));
  }

  private kindOf(node: Node, known: (node: Node) => Kind | undefined): Kind {
    const rule = rules[node.kind] as (fold: Fold, node: Node, kinds: readonly Kind[]) => Kind;
    const parts = partsButSteps(node);
    const found = parts.map((part) => known(part)!);
    const fixed = found.every((k) => k.fixed);
    const kinds = found.map((kind, k) => this.settled(kind, parts[k]!, fixed));
    const moved = node.kind === 'contraction' ? -1 : kinds.findIndex((k) => k.pairing);
    // What moves by the places of examples is told by what else is wrong with it, if anything is.
    const others = kinds.filter((kind, k) => kind.conflicts.length > 0 && !isPick(parts[k]!));
    const conflicts =
      moved < 0 ? together(others.length > 0 ? others : kinds) : [{ reason: 'places' as const, node: parts[moved]! }];
    return conflicts.length > 0 && node.kind !== 'recurrence' ? { parts: [], conflicts, fixed } : rule(this, node, kinds);
  }

  /** What is made of data alone is given to what is not, where it has no class by itself. */
  private settled(kind: Kind, node: Node, byFixed: boolean): Kind {
    if (kind.conflicts.length === 0 || !kind.fixed || byFixed || isPick(node)) return kind;
    const { axes, shared } = this.axesOf(node.shape);
    if (axes.length > 1 || shared) return kind;
    this.wanted.add(node);
    return this.givenKind(node);
  }

  private givenKind(node: Node): Kind {
    const [axis] = this.axesOf(node.shape).axes;
    const part: Part = { class: axis === undefined ? 'same' : 'each', power: 0, node };
    return { parts: [part], ...(axis !== undefined && { axis }), conflicts: [], fixed: true };
  }

  /** The axes that have examples on them, and whether one has others too. */
  axesOf(shape: Shape): { readonly axes: readonly number[]; readonly shared: boolean } {
    const { m } = this.setting;
    const axes = shape.flatMap((dim, axis) => (dim === m ? [axis] : []));
    return { axes, shared: shape.some((dim) => dim !== m && counts(dim, m)) };
  }

  /** Parts without the sums that data alone make: these are to be given. Undefined if others are left. */
  withoutSums(parts: readonly Part[]): Part[] | undefined {
    if (parts.some((p) => p.class === 'sum' && !p.handable)) return undefined;
    return parts.map((part) => {
      if (part.class !== 'sum') return part;
      for (const node of part.handable!) this.wanted.add(node);
      return { class: 'same', power: 0, node: part.node };
    });
  }

  /** A function of values, entry by entry or cell by cell. */
  through(node: Apply | ArrayApply, kinds: readonly Kind[]): Kind {
    const fixed = kinds.every((k) => k.fixed);
    const operator: Operator | ArrayOperator = node.operator;
    const conflict = (reason: Conflict['reason']): Kind => ({ parts: [], conflicts: [{ reason, node, operator }], fixed });
    const along = commonAxis(kinds);
    if (typeof along === 'string') return conflict(along);
    const { axis } = along;
    const sums = kinds.flatMap((k) => k.parts).some((p) => p.class === 'sum');
    if (sums && isLinear(operator) && kinds.length === 1) return this.linear(node, kinds[0]!);
    const parts = kinds.map((k) => this.withoutSums(k.parts));
    if (parts.includes(undefined)) return conflict(axis === undefined ? 'nonlinear' : 'joins');
    const powers = parts.map((own) => (own!.every((p) => p.power === own![0]!.power) ? own![0]!.power : undefined));
    const power = powers.includes(undefined) ? undefined : this.powerOf(node, powers as number[]);
    if (power === undefined) this.needsCount = true;
    const part: Part = { class: axis !== undefined ? 'each' : 'same', power: power ?? 0, node };
    return { parts: [part], ...along, conflicts: [], fixed };
  }

  private powerOf(node: Apply | ArrayApply, powers: readonly number[]): number | undefined {
    if (node.kind === 'apply') return powerThrough(node.operator, node.args, powers);
    return isLinear(node.operator) ? powers[0] : powers.every((p) => p === 0) ? 0 : undefined;
  }

  /** Of a sum the sum of what it is of its parts. */
  private linear(node: Apply | ArrayApply, kind: Kind): Kind {
    const { parts } = kind;
    const g = this.setting.graph;
    const made = parts.map((p): Part => {
      const own =
        parts.length === 1 ? node : node.kind === 'apply' ? g.apply(node.operator, p.node) : g.array(node.operator, p.node);
      return { ...p, node: own };
    });
    return { ...kind, parts: made };
  }

  /** What a recurrence's steps make, if they start from something of this kind. */
  step(node: Recurrence, previous: Kind): Kind {
    const own = new Map<Node, Kind>([[node.previous, previous]]);
    // What does not wait for the recurrence is found once.
    const moving = carried(node);
    this.fill(
      topological([node.step], undefined, partsButSteps).filter((n) => !moving.has(n)),
      this.kinds,
    );
    this.fill([node.step], own);
    return own.get(node.step) ?? this.kinds.get(node.step)!;
  }
}

/** The nodes of a recurrence's step that wait for what it carries. */
function carried({ step, previous }: Recurrence): ReadonlySet<Node> {
  const found = new Set<Node>([previous]);
  for (const node of topological([step], undefined, partsButSteps))
    if (partsButSteps(node).some((part) => found.has(part))) found.add(node);
  return found;
}

/**
 * A test of places, and the same on other axes. Zeros and ones of all examples are data that devices could be given, but nobody has
 * them: they stand for `z[1]`.
 */
const isPick = (node: Node): boolean =>
  node.kind === 'affine' ? node.test : node.kind === 'contraction' && node.factors.length > 0 && node.factors.every(isPick);

function together(kinds: readonly Kind[]): readonly Conflict[] {
  const own = kinds.filter((k) => k.conflicts.length > 0);
  return own.length < 2 ? (own[0]?.conflicts ?? []) : [...new Set(own.flatMap((k) => k.conflicts))].slice(0, MOST_CONFLICTS);
}

/** The axis along which values belong to examples, and what lies on it, if they agree on one; why, if they do not. */
function commonAxis(kinds: readonly Kind[]): Pick<Kind, 'axis' | 'layout'> | 'pairs' | 'places' {
  const axes = new Set(kinds.flatMap((k) => (k.axis === undefined ? [] : [k.axis])));
  const [axis] = axes;
  if (axes.size > 1) return 'pairs';
  if (axis === undefined) return {};
  const layouts = kinds.flatMap((k) => (k.layout ? [k.layout] : []));
  if (layouts.length === 0) return { axis };
  const layout = joinedLayouts(layouts);
  return layout ? { axis, layout } : 'places';
}

type Along = Pick<Kind, 'axis' | 'layout'>;

/** After so many a recurrence's steps make of what they start from what that is. */
const MOST_ROUNDS = 3;

const kindAlong = (node: Node, { axis, layout }: Along): Omit<Kind, 'fixed'> => ({
  parts: [{ class: axis === undefined ? 'same' : 'each', power: 0, node }],
  ...(axis !== undefined && { axis }),
  ...(layout && { layout }),
  conflicts: [],
});

/** What a node is, from what its parts are. */
type Rule<N extends Node> = (fold: Fold, node: N, kinds: readonly Kind[]) => Kind;

const rules: { readonly [K in Node['kind']]: Rule<Extract<Node, { kind: K }>> } = {
  variable: (fold, node: Variable) => {
    const { m, moving, counted } = fold.setting;
    const fixed = !moving.has(node) && node.role !== 'state';
    const single = (part: Omit<Part, 'node'>, axis?: number): Kind => ({
      parts: [{ ...part, node }],
      ...(axis !== undefined && { axis }),
      conflicts: [],
      fixed,
    });
    if (node.role === 'size') {
      const named = dimensionNames(node.name).includes(m);
      if (named && !counted && node.name !== m) fold.needsCount = true;
      return single({ class: 'same', power: !counted && node.name === m ? 1 : 0 });
    }
    const { axes, shared } = fold.axesOf(node.shape);
    if (shared) {
      const dim = node.shape.find((d) => d !== m && counts(d, m))!;
      return { parts: [], conflicts: [{ reason: 'shared', node, dim }], fixed };
    }
    if (axes.length > 1) return { parts: [], conflicts: [{ reason: 'pairs', node }], fixed };
    const [axis] = axes;
    // What runs takes the fact for granted.
    const fact = node.facts?.find((f) => axis !== undefined && f.record.sums && (f.axis ?? axis) === axis);
    if (fact) return { parts: [], conflicts: [{ reason: 'fact', node, fact }], fixed: false };
    return axes.length === 1 ? single({ class: 'each', power: 0 }, axes[0]) : single({ class: 'same', power: 0 });
  },

  affine: (fold, node: Affine) => {
    const { m } = fold.setting;
    const touched = [...node.shape, ...node.steps, node.offset].some((dim) => counts(dim, m));
    const pairing = touched && pairingOf(node, m);
    if (pairing) return { parts: [{ class: 'each', power: 0, node }], axis: pairing.digit, pairing, conflicts: [], fixed: true };
    return touched
      ? { parts: [], conflicts: [{ reason: 'places', node }], fixed: true }
      : { parts: [{ class: 'same', power: 0, node }], conflicts: [], fixed: true };
  },

  contraction: contracted,

  sum: (fold, node: Sum, kinds) => {
    const fixed = kinds.every((k) => k.fixed);
    const along = commonAxis(kinds);
    if (typeof along === 'string') return { parts: [], conflicts: [{ reason: along, node }], fixed };
    const all = kinds.flatMap((k) => k.parts);
    const sums = all.some((p) => p.class === 'sum');
    const parts = sums && along.axis !== undefined ? fold.withoutSums(all) : all;
    if (!parts) return { parts: [], conflicts: [{ reason: 'adds', node }], fixed };
    const found = merged(fold.setting.graph, parts);
    // One part is the node itself, however its terms were put together.
    const whole = found.length === 1 ? [{ ...found[0]!, node }] : found;
    return { parts: whole, ...along, conflicts: [], fixed };
  },

  apply: (fold, node: Apply, kinds) =>
    kinds.length === 0 ? { parts: [{ class: 'same', power: 0, node }], conflicts: [], fixed: true } : fold.through(node, kinds),

  array: (fold, node: ArrayApply, kinds) => {
    const { m } = fold.setting;
    const { operator, args } = node;
    const within = args.some((a, k) => a.shape.slice(a.shape.length - operator.cells[k]!).some((dim) => counts(dim, m)));
    const fixed = kinds.every((k) => k.fixed);
    return within ? { parts: [], conflicts: [{ reason: 'whole', node, operator }], fixed } : fold.through(node, kinds);
  },

  recurrence: (fold, node: Recurrence, [init]) => {
    const { m, moving } = fold.setting;
    const fixed = !topological([node.init, node.step]).some((n) => moving.has(n));
    const conflict = (reason: Conflict['reason']): Kind => ({
      parts: [],
      conflicts: [{ reason, node, recurrence: node }],
      fixed,
    });
    if (counts(node.shape[node.axis]!, m)) return conflict('recurrence');
    if (init!.conflicts.length > 0) return { parts: [], conflicts: init!.conflicts, fixed };
    const first = fold.withoutSums(init!.parts);
    if (!first) return conflict('carried');
    if (first.some((p) => p.power !== 0)) fold.needsCount = true;
    let along: Along = {};
    if (init!.axis !== undefined) along = { ...init, axis: init!.axis + (init!.axis >= node.axis ? 1 : 0) };
    // What each step adds may belong to examples, though what they start from does not.
    for (let round = 0; round < MOST_ROUNDS; round++) {
      const step = fold.step(node, { ...kindAlong(node.previous, along), fixed: false });
      if (step.conflicts.length > 0) return { parts: [], conflicts: step.conflicts, fixed };
      const parts = fold.withoutSums(step.parts);
      if (!parts) return conflict('carried');
      if (parts.some((p) => p.power !== 0)) fold.needsCount = true;
      if (step.axis === undefined || (step.axis === along.axis && isSameLayout(step.layout, along.layout)))
        return { ...kindAlong(node, along), fixed };
      if (along.axis !== undefined && along.axis !== step.axis) return conflict('pairs');
      along = step;
    }
    return conflict('places');
  },

  definition: (_fold, node: Definition, [kind]) => {
    const { parts, fixed } = kind!;
    if (parts.length !== 1) return kind!;
    const [part] = parts as [Part];
    return { ...kind!, parts: [{ ...part, node, ...(fixed && part.handable && { handable: [node] }) }] };
  },
};
