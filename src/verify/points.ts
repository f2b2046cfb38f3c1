import { type Sizes, sizeOf } from '../graph/dimension.ts';
import type { Node } from '../graph/node.ts';
import { GradusError } from '../language/diagnostics.ts';
import { checkEntries, LIMITS, wholeNumber } from '../language/limits.ts';
import { byName } from '../language/names.ts';
import type { Input, Model } from '../model/model.ts';
import { type Binding, bind, type Inputs } from '../numeric/binding.ts';
import { type Draw, random } from '../numeric/random.ts';
import { resolveValues, valueless } from '../numeric/start.ts';
import { type NestedArray, Tensor } from '../numeric/tensor.ts';
import { fittedTo } from '../operators/facts.ts';
import { record } from './report.ts';
import { affordableSizes, drawSizes, SHORT } from './sizes.ts';

/** A value for every input of a model. */
export interface Point {
  /** In row-major order; arrays written in the source are here too, by their text. */
  readonly values: ReadonlyMap<string, ArrayLike<number>>;
  /** The inputs that were drawn, by name. */
  readonly drawn: Readonly<Record<string, NestedArray>>;
}

interface PointOptions {
  /** Values to keep instead of drawing them. */
  readonly given?: Inputs;
  readonly seed?: number;
  /** In what else the points are evaluated: lengths are drawn that are none of its numbers. */
  readonly expressions?: readonly Node[];
  /** Data are drawn too, and their lengths, whatever the source says: what is to hold for all of them. */
  readonly free?: boolean;
  /** Lengths that are settled all the same. */
  readonly sizes?: Sizes;
  /** Lengths of other points, from which these are to differ. */
  readonly others?: readonly Sizes[];
}

/** What constants bind. */
function ofConstants(model: Model): Binding {
  const constants = [...model.inputs].filter(([, { role }]) => role === 'const');
  return bind({ ...model, inputs: new Map(constants) }, {});
}

/** Products that evaluating expressions at a point may take before lengths are made short. */
const MOST_WORK = 3e5;

/** Of four digits there are not many more. */
const MOST_DISTINCT = 1000;
const MOST_REDRAWN = 20;

type Style = (draw: Draw) => number;

/**
 * Where functions have their domains: anywhere, right of zero, in the unit interval, near zero, beyond one, below zero.
 */
const STYLES: readonly Style[] = [
  (draw) => draw.normal(),
  (draw) => draw.uniform(0.2, 2),
  (draw) => draw.uniform(-0.9, 0.9),
  (draw) => draw.uniform(-0.1, 0.1),
  (draw) => draw.uniform(1.2, 4),
  (draw) => draw.uniform(-2, -0.2),
];

/** Of all sizes, and at whole numbers. */
const SPECIAL: Readonly<Record<'wide' | 'whole', Style>> = {
  wide: (draw) => (draw.uniform() < 0.5 ? -1 : 1) * 10 ** draw.uniform(-7, 7),
  whole: (draw) => Math.floor(draw.uniform(1, 5)),
};

/**
 * Random points for a model. Drawn are the names derived by and the inputs that have no value; what the source gives
 * (or the caller) is kept. A parameter is drawn near its start in every other point. Names of dimensions that no data
 * bind get small sizes, all different, so that a missing transpose shows.
 */
export class Points {
  readonly sizes: ReadonlyMap<string, number>;
  private readonly model: Model;
  private readonly kept: Map<string, ArrayLike<number>>;
  private readonly wanted: readonly Input[];
  private readonly draw: Draw;
  private last: ReadonlyMap<string, ArrayLike<number>> = new Map();

  /** @throws GradusError `data` for given values that do not fit, `limit` for more numbers than are drawn */
  constructor(
    model: Model,
    wrt: readonly string[],
    { given: named = {}, seed = 1, expressions = [], free = false, sizes = new Map(), others = [] }: PointOptions,
  ) {
    const given = byName(named);
    wholeNumber(seed, 'seed', -Number.MAX_SAFE_INTEGER);
    const bound = free ? ofConstants(model) : bind(model, given);
    for (const input of model.inputs.values()) {
      if (input.role === 'const' && !input.initial && !bound.values.has(input.name) && !wrt.includes(input.name))
        throw valueless(input);
    }
    this.model = model;
    this.draw = random(seed);
    const settled = new Map([...bound.sizes, ...sizes]);
    this.sizes = free
      ? affordableSizes(model, expressions, settled, this.draw, { most: MOST_WORK, least: 3 }, others)
      : drawSizes(model, expressions, settled, this.draw, SHORT);
    const isDrawn = (i: Input) =>
      wrt.includes(i.name) || i.role === 'param' || (free ? i.role !== 'const' : !bound.values.has(i.name) && !i.initial);
    this.wanted = [...model.inputs.values()].filter((i) => !Object.hasOwn(given, i.name) && isDrawn(i));
    for (const input of this.wanted) {
      const count = this.shape(input).reduce((n, size) => n * size, 1);
      checkEntries(count, LIMITS.drawn, `no point is drawn: ${input.name} has`);
    }
    const names = new Set(this.wanted.map((i) => i.name));
    this.kept = new Map([...bound.values].filter(([name]) => !names.has(name)));
    // What is rounded has its facts nearly; derivatives are compared where they hold.
    for (const input of model.inputs.values()) {
      const data = this.kept.get(input.name);
      if (data && input.facts.length > 0) this.kept.set(input.name, this.asFacts(input, Array.from(data)));
    }
  }

  /** @param region how often a point was refused, as later ones try other regions; or a region of its own */
  next(number: number, region: number | keyof typeof SPECIAL): Point {
    const attempt = typeof region === 'number' ? region : 1;
    const special = typeof region === 'number' ? undefined : SPECIAL[region];
    const near = number % 2 === 1 && attempt % 2 === 0;
    const style = (): Style =>
      special ?? (attempt < STYLES.length ? STYLES[attempt]! : STYLES[Math.floor(this.draw.uniform(0, STYLES.length))]!);
    const started = this.wanted.filter((i) => near && i.role === 'param');
    const values = new Map(this.kept);
    // Every other point lies opposite the one before: a slope of |x| that lacks its sign is right on one side.
    const opposite = (name: string) => (number % 2 === 1 && attempt === 0 ? this.last.get(name) : undefined);
    for (const input of this.wanted) {
      if (started.includes(input)) continue;
      const mirrored = opposite(input.name);
      const data = mirrored ? Array.from(mirrored, (x) => readable(-1.3 * x)) : this.filled(input, style());
      values.set(input.name, this.asFacts(input, data));
    }
    const seed = Math.floor(this.draw.uniform(1, 1e6));
    const resolved = () => resolveValues(this.model, { sizes: this.sizes, values }, [], { seed, defaults: true });
    const starts = started.length > 0 ? resolved() : values;
    for (const input of started) {
      const moved = Array.from(starts.get(input.name)!, (x) =>
        readable(x * (1 + 0.1 * this.draw.normal()) + 0.1 * this.draw.normal()),
      );
      values.set(input.name, this.asFacts(input, moved));
    }
    // What is made of others (what `stop_gradient` keeps) is made of these at the point itself.
    const all = resolved();
    this.last = all;
    return { values: all, drawn: this.drawnOf(all) };
  }

  /** Everything has its value: there is but one point. */
  get isGiven(): boolean {
    return this.wanted.length === 0;
  }

  shape(input: Input): number[] {
    return input.shape.map((dim) => sizeOf(dim, this.sizes));
  }

  /** Values of which some were changed, made again to have the facts of their names; as they are where that cannot be. */
  fitted(values: Point['values'], changed: readonly string[]): Point['values'] {
    const inputs = this.wanted.filter(({ name, facts }) => facts.length > 0 && changed.includes(name));
    if (inputs.length === 0) return values;
    const all = new Map(values);
    for (const input of inputs) {
      const found = fittedTo(input.facts, Array.from(values.get(input.name)!), this.shape(input));
      if (found) all.set(input.name, found);
    }
    return all;
  }

  /** The inputs that were drawn, by name, as arrays. */
  drawnOf(values: Point['values']): Point['drawn'] {
    return record(
      this.wanted.map((i) => [i.name, new Tensor(this.shape(i), Float64Array.from(values.get(i.name)!)).toArray()] as const),
    );
  }

  private filled(input: Input, style: Style): number[] {
    const count = this.shape(input).reduce((n, size) => n * size, 1);
    const spread = Math.max(1, ...input.facts.map((f) => f.record.spread ?? 1));
    const numbers = new Set<number>();
    return Array.from({ length: count }, () => {
      // Two entries are equal by chance only where branches are to meet.
      let number = readable(spread * style(this.draw));
      if (style === SPECIAL.whole || count > MOST_DISTINCT) return number;
      for (let k = 0; numbers.has(number) && k < MOST_REDRAWN; k++) number = readable(spread * style(this.draw));
      numbers.add(number);
      return number;
    });
  }

  /** The numbers made to have the facts of their name. */
  private asFacts(input: Input, data: readonly number[]): readonly number[] {
    if (input.facts.length === 0) return data;
    const found = fittedTo(input.facts, data, this.shape(input));
    if (found) return found;
    throw new GradusError('unsupported', `no values of ${input.name} were found that have all of its facts`, {
      span: input.span,
      text: this.model.origin ?? this.model.text,
      hint: 'give values, as data or with the option inputs',
    });
  }
}

/** Four digits: short enough to read, and exactly the number that was used. */
const readable = (x: number): number => Number(x.toPrecision(4));

/** Thrown when the function or its derivative has no finite value at the only point there is. */
const notThere = (): GradusError =>
  new GradusError(
    'domain',
    'at the given point the function has a kink, or it or its slope has no finite value in double precision',
    {
      hint: 'give values with which it is defined, as data or with the option inputs',
    },
  );

/** Thrown when no point is found at which the function and its derivative have finite values. */
export const noPoint = (tries: number, points?: Points): GradusError =>
  points?.isGiven
    ? notThere()
    : new GradusError('domain', `no point was found where the function is smooth and finite (${tries} were tried)`, {
        hint: 'give values with which it is defined, as data or with the option inputs',
      });
