import type { Input, Model } from '../../src/calculus/check.ts';
import { brokenConstraint, type NumericArray } from '../../src/calculus/scope.ts';
import { doubles, evaluate } from '../../src/compile/index.ts';
import { type Dim, sizeOf } from '../../src/graph/dimension.ts';
import type { Node, Variable } from '../../src/graph/node.ts';
import { topological } from '../../src/graph/traverse.ts';
import { GradusError } from '../../src/language/diagnostics.ts';
import { random } from '../../src/numeric/random.ts';
import type { BigNumbers } from '../../src/verify/big-numbers.ts';
import { evaluateBig } from '../../src/verify/differences.ts';
import { Points } from '../../src/verify/points.ts';
import { distance, ordinary, type Setting } from './values.ts';

/** A node, and the numbers of the arrays that are written out in it. */
export interface Valued {
  readonly node: Node;
  readonly literals: ReadonlyMap<Node, NumericArray>;
}

/** Where functions have their domains: anywhere, right of zero, in the unit interval, beyond one. */
const REGIONS: readonly (readonly [low: number, high: number])[] = [
  [-2, 2],
  [0.2, 2],
  [-0.9, 0.9],
  [1.2, 4],
];

/** The least lengths that are tried: no identity rests on one length, or on a small number. */
const LEAST = [4, 6];

/** Points of a model in different regions, at sizes that differ from one another and from small numbers. */
export function settingsOf(model: Model, seed = 1): Setting[] {
  const draw = random(seed);
  const inputs = [...model.inputs.values()];
  const wanted = inputs.filter((i) => i.role !== 'data').map((i) => i.name);
  const { sizes: least } = new Points(model, wanted, {}, 1);
  const tried = LEAST.map((from) => lengthened(model, least, from));
  return REGIONS.map(([low, high], k): Setting => {
    const sizes = tried[k % tried.length]!;
    const values = new Map(inputs.map((i) => [i.name, filled(i, sizes, () => draw.uniform(low, high))] as const));
    return { sizes, values };
  });
}

/** Longer axes in the same order, where the model's subscripts allow. */
function lengthened(model: Model, least: Setting['sizes'], from: number): Setting['sizes'] {
  const told = [...model.inputs.values()].flatMap(({ shape }) => shape);
  const taken = new Set<Dim>([...told, ...model.sizes.values()]);
  let next = from;
  const longer = new Map(model.sizes);
  for (const [name] of [...least].sort(([, a], [, b]) => a - b)) {
    if (longer.has(name)) continue;
    while (taken.has(next)) next++;
    longer.set(name, next++);
  }
  return brokenConstraint(model.constraints, longer) ? least : longer;
}

/** The source's own numbers where it gives them as data; else drawn, as its facts want them. */
function filled({ shape, facts, initial, role }: Input, sizes: ReadonlyMap<string, number>, draw: () => number): number[] {
  const lengths = shape.map((dim) => sizeOf(dim, sizes));
  const count = lengths.reduce((n, length) => n * length, 1);
  if (role === 'data' && initial?.kind === 'array' && initial.array.data.length === count) return [...initial.array.data];
  let data = Array.from({ length: count }, () => Number(draw().toPrecision(4)));
  if (facts.includes('positive')) data = data.map(Math.abs);
  if (facts.includes('int')) data = data.map(Math.round);
  const n = lengths[0]!;
  if (facts.includes('symmetric'))
    data = data.map((x, at) => (at % n < Math.floor(at / n) ? data[(at % n) * n + Math.floor(at / n)]! : x));
  return data;
}

function entriesOf({ node, literals }: Valued, { sizes, values }: Setting): readonly number[] {
  // A literal is its text in every graph.
  const written = new Map([...literals].flatMap(([v, { data }]) => (v.kind === 'variable' ? [[v.name, data] as const] : [])));
  const value = (v: Variable) => ({ shape: [], data: Array.from(values.get(v.name) ?? written.get(v.name)!) });
  return evaluate([node], value, sizes, doubles)[0]!.data;
}

/** Whether a model's objective has a finite value of ordinary size. */
export const isDefined = ({ objective, literals }: Model, setting: Setting): boolean =>
  !objective || entriesOf({ node: objective.node, literals }, setting).every(ordinary);

/** Products of numbers that evaluating a node takes, every index run through. */
export const workOf = (node: Node, sizes: Setting['sizes']): number =>
  topological([node]).reduce(
    (total, n) => total + (n.kind === 'contraction' ? n.sizes.reduce<number>((work, dim) => work * sizeOf(dim, sizes), 1) : 1),
    0,
  );

/** More work than this tells nothing that less would not. */
const MOST_WORK = 3e5;

/**
 * What tells two expressions of a model's names apart, if something does: a point where the first has entries of ordinary
 * size that the second has not. Where doubles cancel, 64 digits decide.
 */
export function differenceOf(
  first: Valued,
  second: Valued,
  settings: readonly Setting[],
  numbers: BigNumbers,
): string | undefined {
  for (const setting of settings) {
    if (workOf(first.node, setting.sizes) + workOf(second.node, setting.sizes) > MOST_WORK) continue;
    const before = entriesOf(first, setting);
    if (!before.some(ordinary)) continue;
    const after = entriesOf(second, setting);
    if (distance(before, after) < 1e-9) continue;
    if (before.length === after.length && areExactly(first, second, setting, numbers)) continue;
    return `${shown(before)} and ${shown(after)} at sizes ${JSON.stringify([...setting.sizes])}`;
  }
  return undefined;
}

/** Whether 64 digits agree; some functions have none of them far out. */
function areExactly(first: Valued, second: Valued, setting: Setting, numbers: BigNumbers): boolean {
  try {
    return exactly(first, second, setting, numbers) < 1e-20;
  } catch (error) {
    if (!(error instanceof GradusError)) throw error;
    return distance(entriesOf(first, setting), entriesOf(second, setting)) < 1e-6;
  }
}

/** The largest difference in numbers of 64 digits, relative to the largest entry. */
function exactly(first: Valued, second: Valued, { sizes, values }: Setting, numbers: BigNumbers): number {
  const literals = [...first.literals, ...second.literals].flatMap(([node, { data }]) =>
    node.kind === 'variable' ? [[node.name, data] as const] : [],
  );
  const big = new Map([...values, ...literals].map(([name, data]) => [name, Array.from(data, numbers.from)]));
  const [before, after] = [first, second].map(({ node }) => evaluateBig([node], big, sizes, numbers)[0]!);
  let [scale, worst] = [1e-30, 0];
  before!.forEach((x, k) => {
    if (!ordinary(x.toNumber())) return;
    scale = Math.max(scale, Math.abs(x.toNumber()));
    const d = Math.abs(x.sub(after![k]!).toNumber());
    worst = Math.max(worst, Number.isNaN(d) ? Number.POSITIVE_INFINITY : d);
  });
  return worst / scale;
}

const shown = (data: readonly number[]): string =>
  `[${data.slice(0, 6).join(', ')}${data.length > 6 ? `, … ${data.length}` : ''}]`;
