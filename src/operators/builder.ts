import { type Dim, type Shape, showShape } from '../graph/dimension.ts';
import type { Graph } from '../graph/graph.ts';
import { type Node, UNIT } from '../graph/node.ts';
import { type Fraction, ONE } from '../graph/rational.ts';
import { GradusError } from '../language/diagnostics.ts';
import { heedCrosswise, type Site } from './crosswise.ts';
import { turnedText } from './texts.ts';

/**
 * A checked expression: its node, and the names of the indices that are free in it (`A[i,k]` has i and k). The node's
 * axes are those of the indices, in this order, then the axes of the value itself.
 */
export interface Value {
  readonly node: Node;
  readonly indices: readonly string[];
  /** A transpose, or made of nothing but transposes and scalars entry by entry. */
  readonly turned?: boolean;
}

/** The axes of the value itself. A column [n, 1] is the vector [n], a single entry a scalar. */
export const shapeOf = (value: Value): Shape => value.node.shape.slice(value.indices.length);

/** [n, 1] is [n]; [1] is a scalar. */
export function columnShape(shape: Shape): Shape {
  if (shape.length > 2) return shape;
  const last = shape.length - 1;
  return last >= 0 && shape[last] === 1 ? columnShape(shape.slice(0, last)) : shape;
}

/** The value as a matrix: a vector is a column, a scalar 1×1. */
export const asMatrix = (shape: Shape): Shape => (shape.length === 0 ? [1, 1] : shape.length === 1 ? [shape[0]!, 1] : shape);

/** A factor of an einsum: a value, and a label for each axis of its shape (labels of length-1 axes do not matter). */
export type Labelled = readonly [Value, readonly string[]];

/** What a function of the language is built with. */
export class Builder {
  readonly graph: Graph;

  /** Told of each dimension that a call is given: a quotient must go evenly. */
  readonly takesDimension: (dim: Dim) => void;

  constructor(graph: Graph, takesDimension: (dim: Dim) => void = () => {}) {
    this.graph = graph;
    this.takesDimension = takesDimension;
  }

  number(value: number | Fraction): Value {
    return { node: this.graph.constant(value), indices: [] };
  }

  /**
   * The contraction of labelled values: labels that `result` lacks are summed. Free indices of the values come along.
   * `extra` gives the lengths of result labels that no factor has.
   */
  einsum(factors: readonly Labelled[], result: readonly string[], extra: Record<string, Dim> = {}, coefficient = ONE): Value {
    const number = new Map<string, number>();
    const sizes = new Map<number, Dim>();
    const free: string[] = [];
    const label = (name: string, size: Dim): number => {
      if (size === 1) return UNIT;
      let known = number.get(name);
      if (known === undefined) {
        known = number.size;
        number.set(name, known);
      }
      sizes.set(known, size);
      return known;
    };
    const lists = factors.map(([value, labels]) => {
      for (const index of value.indices) if (!free.includes(index)) free.push(index);
      return value.node.shape.map((size, axis) =>
        axis < value.indices.length
          ? label(`index ${value.indices[axis]}`, size)
          : label(labels[axis - value.indices.length]!, size),
      );
    });
    const out = (name: string): number => {
      if (name in extra) return label(name, extra[name]!);
      return number.get(name) ?? UNIT;
    };
    const axes = columnShape(
      result.map((name) => {
        const k = out(name);
        return k === UNIT ? 1 : sizes.get(k)!;
      }),
    ).length;
    const node = this.graph.contract({
      coefficient,
      factors: factors.map(([value]) => value.node),
      indices: lists,
      result: [...free.map((index) => out(`index ${index}`)), ...result.slice(0, axes).map(out)],
      sizes,
    });
    return { node, indices: free };
  }

  /**
   * Applies `build` to the values' nodes stretched to one shape.
   * @param call has the values as the user wrote them, and takes warnings
   * @throws GradusError `shape` if two lengths differ and neither is 1, or a row and a column of one length stretch each other
   */
  entrywise(values: readonly Value[], build: (nodes: Node[]) => Node, call?: Site): Value {
    if (values.every(isScalar)) return { node: build(values.map((v) => v.node)), indices: [] };
    const shapes = values.map(shapeOf);
    const shape = this.stretched(shapes, call);
    if (call)
      heedCrosswise(
        values.map((value, k) => ({ shape: shapes[k]!, turned: value.turned, text: () => call.texts[k]! })),
        call,
      );
    const { indices, nodes } = this.aligned(
      values,
      values.map(() => shape),
    );
    return { node: build(nodes), indices, turned: values.every((value, k) => value.turned || shapes[k]!.length === 0) };
  }

  /** The values as matrices: a vector is a column. The free indices of all of them stand in front. */
  matrices(values: readonly Value[]): { readonly indices: readonly string[]; readonly nodes: readonly Node[] } {
    const shapes = values.map((value) => asMatrix(shapeOf(value)));
    return this.aligned(values, shapes);
  }

  /** The values stretched to the given shapes, the free indices of all of them in front. */
  private aligned(values: readonly Value[], shapes: readonly Shape[]): { indices: string[]; nodes: Node[] } {
    const lengths = new Map<string, Dim>();
    for (const value of values) {
      value.indices.forEach((index, axis) => {
        if (!lengths.has(index)) lengths.set(index, value.node.shape[axis]!);
      });
    }
    const indices = [...lengths.keys()];
    const nodes = values.map((value, k) => {
      const own = shapeOf(value);
      const place = alignment(own.length, shapes[k]!.length);
      const at = [...value.indices.map((index) => indices.indexOf(index)), ...own.map((_, axis) => indices.length + place(axis))];
      return this.graph.broadcast(value.node, [...lengths.values(), ...shapes[k]!], at);
    });
    return { indices, nodes };
  }

  /**
   * The shape that shapes stretch to: an axis of length 1, or a missing one, takes the other's length.
   * @throws GradusError `shape` if two lengths differ and neither is 1
   */
  stretched(shapes: readonly Shape[], call?: { readonly texts: readonly string[] }): Shape {
    const rank = Math.max(0, ...shapes.map((s) => s.length));
    // Up to rank 2 a vector is a column; beyond, axes are missing in front, as in NumPy.
    const result: Dim[] = Array(rank).fill(1);
    /** Which shape gave each length. */
    const givenBy: number[] = [];
    for (const [k, shape] of shapes.entries()) {
      const places = alignment(shape.length, rank);
      shape.forEach((size, axis) => {
        const at = places(axis);
        const known = result[at]!;
        if (known === 1) {
          result[at] = size;
          givenBy[at] = k;
        } else if (size !== 1 && known !== size) {
          throw new GradusError('shape', `these shapes do not stretch to one another: ${shapes.map(showShape).join(' and ')}`, {
            note: `the sizes ${known} and ${size} differ`,
            hint: stretchHint([givenBy[at]!, k].map((own) => ({ shape: asMatrix(shapes[own]!), text: call?.texts[own] }))),
          });
        }
      });
    }
    return columnShape(result);
  }
}

interface Stretched {
  readonly shape: Shape;
  readonly text: string | undefined;
}

/** What would fit whatever the sizes are: a transpose, or a vector as a row. */
function stretchHint([a, b]: readonly Stretched[]): string {
  const [m, n] = [a!.shape, b!.shape];
  if (m.length === 2 && n.length === 2) {
    if (m[0] === n[1] && m[1] === n[0]) return 'a transpose is missing on one side';
    if (n[1] === 1 && m[1] === n[0]) return rowHint(b!, 'the right side');
    if (m[1] === 1 && n[1] === m[0]) return rowHint(a!, 'the left side');
  }
  return 'an axis of length 1, or a missing one, stretches; any other must agree';
}

function rowHint({ shape, text = '' }: Stretched, otherwise: string): string {
  const hint = `${turnedText(text || otherwise)} goes to every row`;
  return /^[\p{L}_][\p{L}\p{N}_]*$/u.test(text) ? `${hint}, as does ${text} : [1, ${shape[0]}]` : hint;
}

const isScalar = ({ node, indices }: Value): boolean => indices.length === 0 && node.shape.length === 0;

/** Where axis k of a value of rank `own` lies in a result of rank `rank`. */
const alignment = (own: number, rank: number) => (axis: number) => (rank <= 2 ? axis : rank - own + axis);
