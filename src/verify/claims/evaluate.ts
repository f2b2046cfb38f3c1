import type { Model } from '../../calculus/check.ts';
import { doubles, evaluate } from '../../compile/interpret.ts';
import { sizeOf } from '../../graph/dimension.ts';
import type { Node } from '../../graph/node.ts';
import { bind } from '../../numeric/binding.ts';
import { resolveValues } from '../../numeric/start.ts';
import type { NestedArray } from '../../numeric/tensor.ts';
import { noPoint, type Point, Points } from '../points.ts';

/** Nodes evaluated at a point. */
export interface Sample {
  readonly at: Readonly<Record<string, NestedArray>>;
  readonly values: (nodes: readonly Node[]) => readonly (readonly number[])[];
}

const RANDOM = 3;
const TRIES = 60;

/**
 * The points at which claims are judged: the source's own start, if it has one, then random ones.
 * @throws GradusError `domain` if `truth` has finite values nowhere
 */
export function samples(model: Model, wrt: readonly string[], truth: Node): Sample[] {
  const points = new Points(model, wrt, {}, 1);
  const found: Sample[] = [];
  const take = (point: Point): boolean => {
    const values = (nodes: readonly Node[]) =>
      evaluate(
        nodes,
        (v) => ({ shape: v.shape.map((dim) => sizeOf(dim, points.sizes)), data: Array.from(point.values.get(v.name) ?? []) }),
        points.sizes,
        doubles,
      ).map(({ data }) => data);
    const finite = values([truth])[0]!.every(Number.isFinite);
    if (finite) found.push({ at: point.drawn, values });
    return finite;
  };
  const start = startOf(model, wrt);
  if (start) take(start);
  for (let attempt = 0, refused = 0; found.length < RANDOM + 1 && attempt < TRIES; attempt++) {
    refused = take(points.next(found.length, refused)) ? 0 : refused + 1;
  }
  if (found.length === 0) throw noPoint(TRIES);
  return found;
}

/** Where the source itself says that everything starts. */
function startOf(model: Model, wrt: readonly string[]): Point | undefined {
  const names = [...model.inputs.keys()];
  if (![...model.inputs.values()].every((i) => i.initial)) return undefined;
  const values = resolveValues(model, bind(model, {}), names);
  const drawn: Record<string, NestedArray> = Object.create(null);
  for (const name of names)
    if (wrt.includes(name) || model.inputs.get(name)!.role === 'param') drawn[name] = nested(values.get(name)!);
  return { values, drawn };
}

const nested = (data: ArrayLike<number>): NestedArray => (data.length === 1 ? data[0]! : Array.from(data));
