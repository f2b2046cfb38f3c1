import { type Counter, type Expression, Expressions, type Load, type Place, place, strideOf, type Term } from './expression.ts';
import type { Counters } from './nest.ts';
import { assign, letLocal, loop, type Operand, type Product, type Statement, store } from './program.ts';

/** Σ value over the counters that `at` lacks, for all others: what a contraction comes to. */
export interface Summation {
  readonly value: Expression;
  readonly at: Place;
  /** The counters of all indices that run. */
  readonly counters: readonly Counter[];
  readonly coefficient: number;
  /** Whether the value stays the same when two counters change places. */
  readonly mirrors: (one: Counter, other: Counter) => boolean;
}

/** How far each array moves with an index. */
interface Axis {
  /** Of one index; several have none. */
  readonly counter?: Counter;
  readonly extent: number;
  readonly left: number;
  readonly right: number;
  readonly out: number;
}

/** Which index is what. */
interface Roles {
  readonly outer: readonly Axis[];
  readonly rows: Axis;
  readonly columns: Axis;
  readonly summed: readonly Axis[];
}

/**
 * A contraction of two arrays as a product of matrices, in loops over the indices that are left: batches, further axes of the
 * result.
 * @param least multiplications below which loops are as good
 * @returns undefined if it has not the form: an operand is a formula, the result has no axis that runs through memory, or two
 *   entries fall together
 */
export function productOf(
  { value, at, counters: own, coefficient, mirrors }: Summation,
  target: Pick<Product, 'slot' | 'accumulate'>,
  counters: Counters,
  least: number,
): Statement[] | undefined {
  const found = operandsOf(value);
  if (!found || own.some((c) => c.extent === 0)) return undefined;
  const [first, second] = found.loads;
  const axes = own
    .filter((c) => c.extent > 1)
    .map(
      (c): Axis => ({
        counter: c,
        extent: c.extent,
        ...{ left: strideOf(first.at, c), right: strideOf(second.at, c) },
        out: strideOf(at, c),
      }),
    );
  const straight = rolesOf(axes);
  const roles = straight ?? rolesOf(axes.map((axis) => ({ ...axis, left: axis.right, right: axis.left })));
  if (!roles) return undefined;
  const { outer, rows, columns, summed } = roles;
  if (summed.reduce((n, axis) => n * axis.extent, rows.extent * columns.extent) < least) return undefined;
  const [left, right] = straight ? [first, second] : [second, first];
  const inner = [...outer, rows, columns, ...summed];
  const made = inner.map((axis, depth) => counters.at(depth, axis.extent));
  const moved = (base: Place, stride: (axis: Axis) => number): Place => {
    const outside = base.terms.filter((t) => !own.includes(t.counter));
    const inside = inner.map((axis, k): Term => ({ counter: made[k]!, stride: stride(axis) })).filter((t) => t.stride !== 0);
    return place(base.constant, [...outside, ...inside]);
  };
  const product: Product = {
    kind: 'product',
    rows: made[outer.length]!,
    columns: made[outer.length + 1]!,
    summed: made.slice(outer.length + 2),
    left: { slot: left.slot, at: moved(left.at, (axis) => axis.left) },
    right: { slot: right.slot, at: moved(right.at, (axis) => axis.right) },
    at: moved(at, (axis) => axis.out),
    scale: found.scale * coefficient,
    mirrored: isCopied(roles) && !target.accumulate && mirrors(rows.counter!, columns.counter!),
    ...target,
  };
  return made.slice(0, outer.length).reduceRight<Statement[]>((body, counter) => [loop(counter, body)], [product]);
}

/** Whether rows and columns are one index each, and the sum is taken at once: what is added to something is not its own transpose. */
const isCopied = ({ rows, columns, summed }: Roles): boolean =>
  summed.length === 1 && rows.counter !== undefined && columns.counter !== undefined;

/** Two loads whose product it is, up to a number. */
function operandsOf(value: Expression): { loads: [Load, Load]; scale: number } | undefined {
  const loads: Load[] = [];
  let scale = 1;
  const visit = (e: Expression): boolean => {
    if (e.kind === 'load') return loads.push(e) <= 2;
    if (e.kind === 'constant') scale *= e.value;
    else if (e.kind === 'negation') {
      scale = -scale;
      return visit(e.of);
    } else return e.kind === 'arithmetic' && e.symbol === '*' && visit(e.left) && visit(e.right);
    return true;
  };
  return visit(value) && loads.length === 2 ? { loads: loads as [Load, Load], scale } : undefined;
}

/** The columns run through the memory of the result, and belong to the right operand. */
function rolesOf(axes: readonly Axis[]): Roles | undefined {
  const summed = axes.filter((a) => a.out === 0);
  if (summed.length === 0 || summed.some((a) => a.left === 0 || a.right === 0)) return undefined;
  const across = merged(axes.filter((a) => a.out !== 0 && a.left === 0 && a.right !== 0));
  const down = merged(axes.filter((a) => a.out !== 0 && a.right === 0 && a.left !== 0));
  const columns = across.find((a) => a.out === 1);
  if (!columns) return undefined;
  // Rows that do not fall together with one another.
  const rows = longest(down.filter((a) => Math.abs(a.out) >= columns.extent));
  if (!rows) return undefined;
  const batches = axes.filter((a) => a.out !== 0 && (a.left === 0) === (a.right === 0));
  const rest = [...batches, ...across.filter((a) => a !== columns), ...down.filter((a) => a !== rows)];
  return { outer: rest.sort((a, b) => Math.abs(b.out) - Math.abs(a.out)), rows, columns, summed: merged(summed) };
}

const longest = (axes: readonly Axis[]): Axis | undefined =>
  axes.reduce<Axis | undefined>((best, a) => (best && best.extent >= a.extent ? best : a), undefined);

/** Axes of which one goes on where the other ends are one; those that take long steps come first. */
function merged(axes: readonly Axis[]): Axis[] {
  const made: Axis[] = [];
  for (const axis of [...axes].sort((a, b) => Math.abs(b.out || b.left) - Math.abs(a.out || a.left))) {
    const last = made.at(-1);
    const on = last && (['left', 'right', 'out'] as const).every((array) => last[array] === axis[array] * axis.extent);
    if (on) made[made.length - 1] = { extent: axis.extent * last.extent, left: axis.left, right: axis.right, out: axis.out };
    else made.push(axis);
  }
  return made;
}

/** A product as loops, for a target that has no statement for it. */
export function asLoops({ rows, columns, summed, left, right, slot, at, scale, accumulate }: Product): Statement[] {
  const x = new Expressions();
  const total = x.local();
  const load = ({ slot: from, at: place }: Operand) => x.load(from, place);
  const adding = summed.reduceRight<Statement[]>(
    (body, counter) => [loop(counter, body)],
    [assign(total, x.multiply(load(left), load(right)), true)],
  );
  const entry = store(slot, at, x.multiply(x.constant(scale), total), accumulate);
  return [loop(rows, [loop(columns, [letLocal(total, x.constant(0), true), ...adding, entry])])];
}
