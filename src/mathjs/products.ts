import { GradusError } from '../language/diagnostics.ts';
import { call, numeralOf } from '../reading/syntax.ts';
import type { Excerpt } from './excerpt.ts';
import { asRow, isNumber, mixed, ofNumbers, type Read, showSizes, stretched } from './value.ts';

/** Products, quotients and powers as mathjs has them: of numbers, vectors and matrices. */

const wrongSizes = (what: Excerpt, a: Read, b: Read): GradusError =>
  new GradusError('shape', `${what}: ${showSizes(a.shape)} times ${showSizes(b.shape)}`, {
    ...(a.shape.join() === b.shape.join() && { hint: 'the product entry by entry is written .*' }),
  });

export function times(what: Excerpt, a: Read, b: Read): Read {
  if (isNumber(a) && isNumber(b)) return ofNumbers(what, [a, b], (x, y) => call(a.each && b.each ? '.*' : '*', x, y));
  if (a.each || b.each) throw mixed(what);
  if (a.shape.length === 0 || b.shape.length === 0) return stretched(what, [a, b], (x, y) => call('*', x, y));
  const [p, q] = [a.shape, b.shape];
  if (p.length > 2 || q.length > 2) throw new GradusError('shape', `${what}: only vectors and matrices are multiplied`);
  if (p.at(-1) !== q[0]) throw wrongSizes(what, a, b);
  if (p.length === 1 && q.length === 1) return { tree: call('dot', a.tree, b.tree), shape: [] };
  if (p.length === 1) return { tree: call('transpose', call('*', asRow(a), b.tree)), shape: [q[1]!] };
  return { tree: call('*', a.tree, b.tree), shape: q.length === 1 ? [p[0]!] : [p[0]!, q[1]!] };
}

export function inverse(what: Excerpt, a: Read): Read {
  if (isNumber(a)) return ofNumbers(what, [a], (x) => call('./', numeralOf(1), x));
  requireSquare(what, a);
  return { tree: call('inv', a.tree), shape: a.shape };
}

export function divided(what: Excerpt, a: Read, b: Read): Read {
  if (isNumber(b)) return stretched(what, [a, b], (x, y) => call(b.each ? './' : '/', x, y));
  if (b.shape.length !== 2 || b.shape[0] !== b.shape[1])
    throw new GradusError('shape', `${what}: ${showSizes(b.shape)} has no inverse to multiply by`, {
      hint: 'the quotient entry by entry is written ./',
    });
  return times(what, a, inverse(what, b));
}

/** @param exponent what the second side is, if it is a number that does not change */
export function raised(what: Excerpt, a: Read, b: Read, exponent: number | undefined): Read {
  if (isNumber(a) && isNumber(b)) return ofNumbers(what, [a, b], (x, y) => call(a.each || b.each ? '.^' : '^', x, y));
  if (a.shape.length !== 2 || a.shape[0] !== a.shape[1] || b.shape.length > 0)
    throw new GradusError(
      'shape',
      `${what}: ^ is for numbers and square matrices, these are ${showSizes(a.shape)} and ${showSizes(b.shape)}`,
      {
        hint: 'the power entry by entry is written .^',
      },
    );
  if (exponent === undefined || !Number.isInteger(exponent))
    throw new GradusError('unsupported', `${what}: the power of a matrix needs a whole number that does not change`);
  return { tree: call('^', a.tree, exponent < 0 ? call('-', numeralOf(-exponent)) : numeralOf(exponent)), shape: a.shape };
}

export function requireSquare(what: Excerpt, { shape }: Read): void {
  if (shape.length !== 2 || shape[0] !== shape[1])
    throw new GradusError('shape', `${what}: a square matrix is needed, this is ${showSizes(shape)}`);
}

export function transposed(what: Excerpt, a: Read): Read {
  if (a.each || a.shape.length < 2) return a;
  if (a.shape.length > 2) throw new GradusError('shape', `${what}: only a matrix is transposed`);
  return { tree: call('transpose', a.tree), shape: a.shape.toReversed() };
}
