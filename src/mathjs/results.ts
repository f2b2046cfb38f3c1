import type { Tensor } from '../numeric/tensor.ts';
import { isMatrix, type MathInstance } from './nodes.ts';
import { count } from './value.ts';

/** Numbers as mathjs has them: in the kind of array that was given. */

/** Nested lists of a shape; a number for none. */
function nested(data: ArrayLike<number>, shape: readonly number[], from = 0): unknown {
  const [size, ...rest] = shape;
  if (size === undefined) return data[from]!;
  const step = count(rest);
  return Array.from({ length: size }, (_, k) => nested(data, rest, from + k * step));
}

/**
 * @param like the value of the name that is derived by; where it is a number, an array is what mathjs is configured to make
 */
export function inKind(math: MathInstance, { data }: Tensor, shape: readonly number[], like: unknown): unknown {
  const value = nested(data, shape);
  if (shape.length === 0 || Array.isArray(like) || ArrayBuffer.isView(like)) return value;
  if (isMatrix(like)) return math.matrix(value, like.storage() === 'sparse' && shape.length === 2 ? 'sparse' : 'dense');
  return math.config().matrix === 'Array' ? value : math.matrix(value);
}

/** Tensors of one shape beside one another: [shape…, n]. */
export function beside(math: MathInstance, parts: readonly Tensor[], shape: readonly number[]): unknown {
  const columns = parts.map((part) => part.data);
  const rows = Array.from({ length: count(shape) }, (_, i) => columns.map((column) => column[i]!)).flat();
  const value = nested(rows, [...shape, parts.length]);
  return math.config().matrix === 'Array' ? value : math.matrix(value);
}

/** A matrix of one column is a vector where axes are put together: the Jacobian of one is a matrix. */
export const axesOf = (shape: readonly number[]): readonly number[] =>
  shape.length === 2 && shape[1] === 1 ? [shape[0]!] : shape;
