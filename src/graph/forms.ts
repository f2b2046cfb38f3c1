import type { Dim, Shape } from './dimension.ts';
import { isConstant, type Node, UNIT } from './node.ts';
import { type Fraction, isZero, toNumber } from './rational.ts';

/** What can be told of nodes by their form alone. */

const NONE: readonly never[] = [];

const NO_AXES = { result: NONE, sizes: new Map<number, Dim>() };

/** Fresh indices for the axes of a shape. */
export function axes(shape: Shape, from = 0): { readonly result: readonly number[]; readonly sizes: ReadonlyMap<number, Dim> } {
  if (shape.length === 0) return NO_AXES;
  const result = shape.map((size, axis) => (size === 1 ? UNIT : from + axis));
  const sizes = new Map<number, Dim>();
  result.forEach((index, axis) => {
    if (index !== UNIT) sizes.set(index, shape[axis]!);
  });
  return { result, sizes };
}

/** The number that a node is, over its whole shape, if it is one. */
export function constantOf(node: Node): Fraction | undefined {
  return node.kind === 'contraction' && isConstant(node) ? node.coefficient : undefined;
}

export const isZeroNode = (node: Node): boolean =>
  node.kind === 'contraction' && isZero(node.coefficient) && node.factors.length === 0;

/** What a term is a product of: itself, if it is none. */
export const factorsOf = (node: Node): readonly Node[] => (node.kind === 'contraction' ? node.factors : [node]);

/** What a node is a sum of: itself, if it is none. */
export const termsOf = (node: Node): readonly Node[] => (node.kind === 'sum' ? node.terms : [node]);

/** Whether a node has no finite value at any point: it neither vanishes beside 0 nor cancels. */
export const lacksValue = (node: Node): boolean => hasNoValue(node);

/** How deep a number without variables is looked into. */
const DEEPEST_NUMBER = 12;

/** What was found, by how deep it was looked: shared parts are looked into once. */
const looked = new WeakMap<Node, (boolean | undefined)[]>();

/** 1/0, log 0 and ∞ are no numbers, and zero times them is none. What has a variable is one somewhere. */
function hasNoValue(node: Node, depth = DEEPEST_NUMBER): boolean {
  if (depth === 0 || node.kind === 'variable' || node.kind === 'affine') return false;
  const known = looked.get(node) ?? [];
  if (known.length === 0) looked.set(node, known);
  known[depth] ??= isWithoutValue(node, depth);
  return known[depth];
}

function isWithoutValue(node: Node, depth: number): boolean {
  if (node.kind === 'apply' && node.args.every((a) => worthOf(a, depth - 1) !== undefined))
    return !Number.isFinite(worthOf(node, depth));
  const parts = node.kind === 'sum' ? node.terms : node.kind === 'contraction' ? node.factors : NONE;
  return parts.some((part) => hasNoValue(part, depth - 1));
}

/** The double that a scalar expression without variables is worth; undefined of any other. */
function worthOf(node: Node, depth: number): number | undefined {
  if (depth === 0) return undefined;
  const all = (parts: readonly Node[], fold: (a: number, b: number) => number, start: number): number | undefined => {
    let total: number | undefined = start;
    for (const part of parts) {
      const value: number | undefined = worthOf(part, depth - 1);
      if (value === undefined) return undefined;
      total = fold(total, value);
    }
    return total;
  };
  switch (node.kind) {
    case 'definition':
      return worthOf(node.value, depth - 1);
    case 'sum':
      return all(node.terms, (a, b) => a + b, 0);
    case 'contraction':
      if (isConstant(node)) return toNumber(node.coefficient);
      return node.sizes.length === 0 ? all(node.factors, (a, b) => a * b, toNumber(node.coefficient)) : undefined;
    case 'apply': {
      const args: number[] = [];
      for (const arg of node.args) {
        const value = worthOf(arg, depth - 1);
        if (value === undefined) return undefined;
        args.push(value);
      }
      return node.operator.kernel(...args);
    }
    default:
      return undefined;
  }
}
