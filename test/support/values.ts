import { doubles, evaluate } from '../../src/compile/index.ts';
import { elaborate } from '../../src/elaborate/elaborate.ts';
import type { Node } from '../../src/graph/node.ts';
import { parse } from '../../src/language/parser.ts';
import type { Model } from '../../src/model/model.ts';
import { type Draw, random } from '../../src/numeric/random.ts';
import type { BigNumbers } from '../../src/verify/big-numbers.ts';
import { evaluateBig } from '../../src/verify/differences.ts';
import { Points } from '../../src/verify/points.ts';
import type { Generated } from './generate.ts';

export const modelOf = ({ source, shapes }: Pick<Generated, 'source' | 'shapes'>): Model => elaborate(parse(source), { shapes });

/** The sizes of a model's dimension names, and how to get at values for its inputs. */
export interface Setting {
  readonly sizes: ReadonlyMap<string, number>;
  readonly values: ReadonlyMap<string, ArrayLike<number>>;
}

/** Entries that rules stumble over: zeros, ones, both signs. */
const entry = (draw: Draw): number => {
  const kind = draw.uniform();
  if (kind < 0.1) return 0;
  if (kind < 0.15) return draw.uniform() < 0.5 ? 1 : -1;
  return Number(draw.normal().toPrecision(3));
};

/** A point anywhere, in the domain or not, on the edges of it as well. */
export const anywhere = (model: Model, seed: number): Setting => settingOf(model, seed, entry);

/** A point anywhere but on the edges. */
export const somewhere = (model: Model, seed: number): Setting => settingOf(model, seed, (draw) => draw.normal());

function settingOf(model: Model, seed: number, draw: (draw: Draw) => number): Setting {
  const numbers = random(seed);
  const points = new Points(model, [...model.inputs.keys()], {});
  const values = new Map<string, ArrayLike<number>>();
  for (const input of model.inputs.values()) {
    const count = points.shape(input).reduce((n, size) => n * size, 1);
    values.set(
      input.name,
      Array.from({ length: count }, () => draw(numbers)),
    );
  }
  for (const [node, { data }] of model.literals) if (node.kind === 'variable') values.set(node.name, data);
  return { sizes: points.sizes, values };
}

/** Values in doubles, by the interpreter; literals of `model` are taken from it. */
export function valuesOf(nodes: readonly Node[], { sizes, values }: Setting, model?: Model): (readonly number[])[] {
  const literals = new Map([...(model?.literals ?? [])].map(([node, { data }]) => [node, data] as const));
  return evaluate(nodes, (v) => ({ shape: [], data: Array.from(literals.get(v) ?? values.get(v.name)!) }), sizes, doubles).map(
    (v) => v.data,
  );
}

/** Entries of ordinary size: beyond, rounding decides. */
export const ordinary = (x: number): boolean => Math.abs(x) < 1e12;

/**
 * The largest difference where the original is a number of ordinary size, relative to its largest entry. NaN of the
 * other counts as infinitely far.
 */
export function distance(original: readonly number[], other: readonly number[]): number {
  if (original.length !== other.length) return Number.POSITIVE_INFINITY;
  let scale = 1e-6;
  let worst = 0;
  for (const x of original) if (ordinary(x)) scale = Math.max(scale, Math.abs(x));
  original.forEach((x, k) => {
    if (!ordinary(x)) return;
    const d = Math.abs(x - other[k]!);
    worst = Math.max(worst, Number.isNaN(d) ? Number.POSITIVE_INFINITY : d);
  });
  return worst / scale;
}

/** The same in numbers of 64 digits, where doubles lose a small difference of large numbers. */
export function exactDistance(original: Node, other: Node, { sizes, values }: Setting, numbers: BigNumbers): number {
  const big = new Map([...values].map(([name, data]) => [name, Array.from(data, numbers.from)]));
  const [before, after] = evaluateBig([original, other], big, sizes, numbers);
  let worst = 0;
  before!.forEach((x, k) => {
    if (!ordinary(x.toNumber())) return;
    const d = x.sub(after![k]!).abs().div(x.abs().add(1e-20)).toNumber();
    worst = Math.max(worst, Number.isNaN(d) ? Number.POSITIVE_INFINITY : d);
  });
  return worst;
}
