import { attempt } from '../language/attempt.ts';
import { GradusError } from '../language/diagnostics.ts';
import { flatten } from '../numeric/tensor.ts';
import { excerpt } from './excerpt.ts';
import { isMatrix, type MathNode } from './nodes.ts';

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

/** What is wrong with a part that mathjs computes, and that is no real number. */
export function ofOtherKind(node: MathNode, value: unknown): GradusError | undefined {
  const { isComplex, isUnit } = (value ?? {}) as { readonly isComplex?: boolean; readonly isUnit?: boolean };
  if (!isComplex && !isUnit) return undefined;
  const kind = isComplex ? 'a complex number' : 'a quantity with a unit';
  return new GradusError('unsupported', `${excerpt(node)} is ${kind} in mathjs, and gradients are of real numbers here`, {
    ...(node.type === 'SymbolNode' && { hint: `if it is a number, give it in the scope: { ${node}: … }` }),
  });
}
