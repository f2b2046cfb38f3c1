import type { Input, Model } from '../calculus/check.ts';
import { brokenConstraint, checkConstraints } from '../calculus/scope.ts';
import { type Dim, dimensionNames, sizeOf } from '../graph/dimension.ts';
import { GradusError } from '../language/diagnostics.ts';
import { checkEntries, LIMITS, wholeNumber } from '../language/limits.ts';
import { byName } from '../language/names.ts';
import { bind, type Inputs } from '../numeric/binding.ts';
import { type Draw, random } from '../numeric/random.ts';
import { resolveValues } from '../numeric/start.ts';
import { type NestedArray, Tensor } from '../numeric/tensor.ts';
import { tooShort } from './full-rank.ts';
import { record } from './report.ts';

/** A value for every input of a model. */
export interface Point {
  /** In row-major order; arrays written in the source are here too, by their text. */
  readonly values: ReadonlyMap<string, ArrayLike<number>>;
  /** The inputs that were drawn, by name. */
  readonly drawn: Readonly<Record<string, NestedArray>>;
}

type Style = (draw: Draw) => number;

/** Where functions have their domains: anywhere, right of zero, in the unit interval, near zero, beyond one, below zero. */
const STYLES: readonly Style[] = [
  (draw) => draw.normal(),
  (draw) => draw.uniform(0.2, 2),
  (draw) => draw.uniform(-0.9, 0.9),
  (draw) => draw.uniform(-0.1, 0.1),
  (draw) => draw.uniform(1.2, 4),
  (draw) => draw.uniform(-2, -0.2),
];

/**
 * Random points for a model. Drawn are the names derived by and the inputs that have no value; what the source gives
 * (or the caller) is kept. A parameter is drawn near its start in every other point. Names of dimensions that no data
 * bind get small sizes, all different, so that a missing transpose shows.
 */
export class Points {
  readonly sizes: ReadonlyMap<string, number>;
  private readonly model: Model;
  private readonly kept: ReadonlyMap<string, ArrayLike<number>>;
  private readonly wanted: readonly Input[];
  private readonly draw: Draw;
  private last: ReadonlyMap<string, ArrayLike<number>> = new Map();

  /**
   * @param constants values for further names
   * @throws GradusError `data` for given values that do not fit
   */
  constructor(model: Model, wrt: readonly string[], inputs: Inputs, seed: number, constants: Point['values'] = new Map()) {
    const given = byName(inputs);
    const bound = bind(model, given);
    wholeNumber(seed, 'seed', -Number.MAX_SAFE_INTEGER);
    this.model = model;
    this.draw = random(seed);
    this.sizes = withSmallSizes(model, bound.sizes);
    const all = [...model.inputs.values()];
    const isDrawn = (i: Input) => wrt.includes(i.name) || i.role === 'param' || (!bound.values.has(i.name) && !i.initial);
    this.wanted = all.filter((i) => !Object.hasOwn(given, i.name) && isDrawn(i));
    for (const input of this.wanted) {
      const count = this.shape(input).reduce((n, size) => n * size, 1);
      checkEntries(count, LIMITS.drawn, `no point is drawn: ${input.name} has`);
    }
    const names = new Set(this.wanted.map((i) => i.name));
    this.kept = new Map([...bound.values, ...constants].filter(([name]) => !names.has(name)));
  }

  /** @param attempt how often a point was refused: later ones try other regions. */
  next(number: number, attempt: number): Point {
    const near = number % 2 === 1 && attempt % 2 === 0;
    const style = (): Style =>
      attempt < STYLES.length ? STYLES[attempt]! : STYLES[Math.floor(this.draw.uniform(0, STYLES.length))]!;
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
    const all = new Map(resolveValues(this.model, { sizes: this.sizes, values }, [], { seed, defaults: true }));
    for (const input of started) {
      const start = Array.from(all.get(input.name)!);
      const moved = start.map((x) => readable(x * (1 + 0.1 * this.draw.normal()) + 0.1 * this.draw.normal()));
      all.set(input.name, this.asFacts(input, moved));
    }
    const drawn = record(
      this.wanted.map((i) => [i.name, new Tensor(this.shape(i), Float64Array.from(all.get(i.name)!)).toArray()] as const),
    );
    this.last = all;
    return { values: all, drawn };
  }

  shape(input: Input): number[] {
    return input.shape.map((dim) => sizeOf(dim, this.sizes));
  }

  private filled(input: Input, style: Style): number[] {
    const count = this.shape(input).reduce((n, size) => n * size, 1);
    return Array.from({ length: count }, () => readable(style(this.draw)));
  }

  private asFacts({ facts, shape, ...input }: Input, data: number[]): number[] {
    let result = data;
    if (facts.includes('positive')) result = result.map((x) => Math.abs(x) || 1);
    if (facts.includes('int')) result = result.map((x) => Math.round(3 * x));
    if (facts.includes('symmetric') && shape.length === 2) {
      const n = this.shape({ ...input, facts, shape })[0]!;
      result = result.map((x, at) => (at % n < Math.floor(at / n) ? result[(at % n) * n + Math.floor(at / n)]! : x));
    }
    return result;
  }
}

/** Four digits: short enough to read, and exactly the number that was used. */
const readable = (x: number): number => Number(x.toPrecision(4));

function withSmallSizes(model: Model, bound: ReadonlyMap<string, number>): Map<string, number> {
  const sizes = new Map(bound);
  const dims = [...model.inputs.values()].flatMap((i) => i.shape);
  const taken = new Set<Dim>([...dims, ...sizes.values()]);
  let next = 2;
  for (const name of dims.flatMap(dimensionNames)) {
    if (sizes.has(name)) continue;
    while (taken.has(next)) next++;
    sizes.set(name, next++);
  }
  return withinConstraints(model, bound, sizes);
}

/** How far sizes may grow so that every subscript lies within its axis, and what is inverted has an inverse. */
const MOST_GROWTH = 100;

function withinConstraints(model: Model, bound: ReadonlyMap<string, number>, sizes: Map<string, number>): Map<string, number> {
  for (let k = 0; k < MOST_GROWTH; k++) {
    const broken = brokenConstraint(model.constraints, sizes);
    if (!broken) {
      const short = tooShort(model, sizes, bound);
      if (short === undefined) return sizes;
      sizes.set(short, sizes.get(short)! + 1);
      continue;
    }
    const { least } = broken;
    const grows = (name: string) => sizeOf(least, new Map(sizes).set(name, sizes.get(name)! + 1)) > sizeOf(least, sizes);
    const name = dimensionNames(least).find((n) => !bound.has(n) && grows(n));
    if (name === undefined) break;
    sizes.set(name, sizes.get(name)! + 1);
  }
  checkConstraints(model.constraints, sizes);
  return sizes;
}

/** Thrown when no point is found at which the function and its derivative have finite values. */
export const noPoint = (tries: number): GradusError =>
  new GradusError('domain', `no point was found where the function is smooth and finite (${tries} were tried)`, {
    hint: 'give values with which it is defined, as data or with the option inputs',
  });
