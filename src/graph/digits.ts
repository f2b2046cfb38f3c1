import { addDims, type Dim, multiplyDims } from './dimension.ts';
import { isTest } from './linear.ts';
import { type Contraction, type Node, UNIT } from './node.ts';

/**
 * A test that says an index by digits, [I = j + m·k] with 0 ≤ j < m and 0 ≤ k < n, for an I of m·n places: each I has one j
 * and one k, and each j and k one I. So arrays are put in one row (`vec`), or into another shape.
 */
export interface Digits {
  /** Which of the factors says so. */
  readonly factor: number;
  readonly whole: number;
  /** The digits, the one that counts ones first. */
  readonly digits: readonly number[];
}

/** The factors of a contraction that say an index by digits. */
export const digitTests = (node: Pick<Contraction, 'factors' | 'indices'>): Digits[] =>
  node.factors.flatMap((factor, k) => digitsOf(factor, node.indices[k]!, k) ?? []);

/** Whether a factor is such a test, whatever its indices. */
export const saysDigits = (factor: Node): boolean =>
  isTest(factor) &&
  digitsOf(
    factor,
    factor.shape.map((_, axis) => axis),
    0,
  ) !== undefined;

function digitsOf(test: Node, own: readonly number[], factor: number): Digits | undefined {
  if (!isTest(test) || test.shape.length < 3 || test.offset !== 0 || own.includes(UNIT) || new Set(own).size < own.length)
    return undefined;
  for (const [axis, sign] of test.steps.entries()) {
    if (sign !== 1 && sign !== -1) continue;
    const digits = inOrder(test.steps, test.shape, axis, sign);
    if (digits) return { factor, whole: own[axis]!, digits: digits.map((at) => own[at]!) };
  }
  return undefined;
}

/** The axes of the digits, if each counts in as many as those before it have places. */
function inOrder(steps: readonly Dim[], shape: readonly Dim[], whole: number, sign: number): number[] | undefined {
  const left = new Set(steps.keys());
  left.delete(whole);
  const digits: number[] = [];
  let stride: Dim = 1;
  while (left.size > 0) {
    const next = [...left].find((axis) => multiplyDims(-sign, steps[axis]!) === stride);
    if (next === undefined) return undefined;
    left.delete(next);
    digits.push(next);
    stride = multiplyDims(stride, shape[next]!);
  }
  return addDims(stride, multiplyDims(-1, shape[whole]!)) === 0 ? digits : undefined;
}
