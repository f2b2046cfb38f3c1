import { type Arithmetic, evaluate, type Values } from '../../compile/index.ts';
import { isKnown, type Sizes, sizeOf } from '../../graph/dimension.ts';
import type { Node } from '../../graph/node.ts';
import { LIMITS } from '../../language/limits.ts';
import type { Model } from '../../model/model.ts';
import { bind, type Inputs } from '../../numeric/binding.ts';
import { resolveValues } from '../../numeric/start.ts';
import type { NestedArray } from '../../numeric/tensor.ts';
import { type Point, Points } from '../points.ts';
import { type Tracked, tracked } from '../tracked.ts';

/** A point of the reals, with the lengths that its arrays have. */
export interface RealPoint {
  readonly values: Point['values'];
  readonly at: Point['drawn'];
  readonly sizes: Sizes;
  /** Where the source starts: perhaps at a border, all weights being 0. */
  readonly start?: true;
  /** Of any size: there functions saturate. */
  readonly far?: boolean;
  /** At whole numbers: there branches meet, and powers of negative numbers have values. */
  readonly whole?: boolean;
  /** What nodes are worth there, as far as it was asked. */
  readonly known: Map<Node, Values<Tracked>>;
  /** The same in doubles that are a little off, once for every run of them. */
  readonly shaken: { readonly known: Map<Node, Values<number>>; readonly arithmetic: Arithmetic<number> }[];
}

interface RealOptions {
  readonly seed?: number;
  readonly sizes?: Sizes;
  /** What the first point has, on top of the values that the source gives. */
  readonly start?: Inputs;
}

/** Points in ordinary regions, points of all sizes, and last points at whole numbers, where branches meet. */
export const ORDINARY = 34;
export const WIDE = 600;
export const BEFORE_WHOLE = ORDINARY + WIDE;
const WHOLE = 16;
export const ALL_POINTS = BEFORE_WHOLE + WHOLE;
/** Ordinary regions go round: anywhere, right of zero, in the unit interval, near zero, beyond one, below zero, mixed. */
const REGIONS = 7;

/**
 * Points of the reals, one after the other, the same whenever they are asked for: first where the source itself starts,
 * then random ones in other and other regions, data and their lengths drawn too.
 */
export class RealPoints {
  private readonly found: RealPoint[] = [];
  private readonly points: readonly Points[];

  /** @param sizes lengths that are settled, if any are */
  constructor(
    model: Model,
    wrt: readonly string[],
    expressions: readonly Node[],
    { seed = 1, sizes, start: given = {} }: RealOptions,
  ) {
    const points: Points[] = [];
    for (let k = 0; k < SIZES; k++) {
      const others = points.map((p) => p.sizes);
      points.push(new Points(model, wrt, { seed: seed + k, expressions, free: true, others, ...(sizes && { sizes }) }));
    }
    this.points = points;
    const start = startOf(model, wrt, given);
    if (start) this.found.push(start);
  }

  get(k: number): RealPoint {
    while (this.found.length <= k) {
      const number = this.found.length;
      const points = this.points[number % SIZES]!;
      const region = number < ORDINARY ? number % REGIONS : number < BEFORE_WHOLE ? 'wide' : 'whole';
      const { values, drawn } = points.next(number, region);
      this.found.push({
        values,
        at: drawn,
        sizes: points.sizes,
        far: region === 'wide',
        whole: isWhole(drawn),
        known: new Map(),
        shaken: [],
      });
    }
    return this.found[k]!;
  }

  /** Other values of the same lengths: functions may saturate there. */
  moved({ sizes }: RealPoint, values: Point['values']): RealPoint {
    const at = this.of(sizes).drawnOf(values);
    return { values, at, sizes, far: true, known: new Map(), shaken: [] };
  }

  /** The point with the signs of some of its numbers turned; the facts of their names hold. */
  turned({ sizes, values }: RealPoint, turns: (name: string, place: number) => boolean): RealPoint {
    const points = this.of(sizes);
    const changed: string[] = [];
    const all = new Map<string, ArrayLike<number>>(
      [...values].map(([name, data]) => {
        const own = Array.from(data, (x, place) => (turns(name, place) ? -x : x));
        if (own.some((x, place) => x !== data[place])) changed.push(name);
        return [name, own];
      }),
    );
    const fitted = points.fitted(all, changed);
    return { values: fitted, at: points.drawnOf(fitted), sizes, known: new Map(), shaken: [] };
  }

  /** Values of which some were changed, with the facts of their names. */
  fitted(sizes: Sizes, values: Point['values'], changed: readonly string[]): Point['values'] {
    return this.of(sizes).fitted(values, changed);
  }

  private of(sizes: Sizes): Points {
    return this.points.find((points) => points.sizes === sizes)!;
  }
}

/** Nothing but whole numbers was drawn; far out many are. */
const isWhole = (drawn: Point['drawn']): boolean => Object.values(drawn).every(allWhole);
const allWhole = (x: NestedArray): boolean => (Array.isArray(x) ? x.every(allWhole) : Number.isInteger(x));

/** How many lengths are tried for each axis. */
const SIZES = 3;

/** Where the source itself, with what is given, says that everything starts. */
function startOf(model: Model, wrt: readonly string[], given: Inputs): RealPoint | undefined {
  if (model.inputs.size === 0 || ![...model.inputs.values()].every((i) => i.initial || Object.hasOwn(given, i.name)))
    return undefined;
  const binding = bind(model, given);
  if (![...model.inputs.values()].every((i) => i.shape.every((dim) => isKnown(dim, binding.sizes)))) return undefined;
  const values = resolveValues(model, binding, [...model.inputs.keys()]);
  const at: Record<string, NestedArray> = Object.create(null);
  for (const { name, role, shape } of model.inputs.values()) {
    if (!wrt.includes(name) && role !== 'param') continue;
    const data = values.get(name)!;
    at[name] = shape.length === 0 ? data[0]! : Array.from(data);
  }
  return { values, at, sizes: binding.sizes, known: new Map(), shaken: [], start: true };
}

/** In doubles that remember what rounding may have spoiled. */
export const trackedAt = (nodes: readonly Node[], { values, sizes, known }: RealPoint): (readonly Tracked[])[] =>
  evaluate(
    nodes,
    (v) => ({
      shape: v.shape.map((dim) => sizeOf(dim, sizes)),
      data: Array.from(values.get(v.name) ?? [], tracked.fromNumber),
    }),
    sizes,
    tracked,
    { known, most: LIMITS.verified },
  ).map(({ data }) => data);
