import { attempt } from '../language/attempt.ts';
import { flatten } from '../numeric/tensor.ts';
import { isMatrix } from './nodes.ts';

/** A value of a scope that is a number or an array of numbers. */
export interface Known {
  readonly shape: readonly number[];
  /** In row-major order; undefined for a name that has no value. */
  readonly value: ArrayLike<number> | undefined;
}

/** Undefined for anything else: a text, a function, a complex number, a quantity. */
export function known(value: unknown, name: string): Known | undefined {
  if (typeof value === 'string' || typeof value === 'function' || value === null || value === undefined) return undefined;
  const found = attempt(() => flatten(isMatrix(value) ? value.toArray() : value, name));
  if (!found) return undefined;
  return { shape: found.shape ?? [found.data.length], value: found.data };
}

export function sizesOf(value: unknown): readonly number[] {
  const sizes: number[] = [];
  for (let level = isMatrix(value) ? value.toArray() : value; Array.isArray(level); level = level[0]) sizes.push(level.length);
  return sizes;
}
