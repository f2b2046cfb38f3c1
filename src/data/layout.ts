import { GradusError } from '../language/diagnostics.ts';
import type { Input } from '../model/model.ts';
import { isNumberArray, Tensor } from '../numeric/tensor.ts';

/** The axis of an input along which the columns of a table lie, and that of the classes of a one-hot one. */

/**
 * The axis that counts the columns: the one whose declared length is their number, or else the one that does not count
 * the rows elsewhere.
 * @param rows names of lengths that count rows
 * @throws GradusError `data` where there is no such axis, or no telling which
 */
export function axisOfColumns(
  input: Pick<Input, 'name' | 'shape' | 'span'>,
  count: number,
  rows: ReadonlySet<string>,
  file: string,
): number {
  const { name, shape, span } = input;
  const written = `${name} : [${shape.join(', ')}]`;
  const some = count === 1 ? 'one column' : `${count} columns`;
  if (shape.length !== 2) {
    if (shape.length === 1 && count === 1) return 1;
    throw new GradusError('data', `${written} has no axis for ${some} of ${file}`, {
      span,
      hint: `declare it ${name} : [n, ${count}]`,
    });
  }
  for (const axis of [1, 0]) if (shape[axis] === count && shape[1 - axis] !== 1) return axis;
  if (shape.some((dim) => typeof dim === 'number') && !shape.includes(count)) {
    throw new GradusError('data', `${written} has no axis for ${some} of ${file}`, {
      span,
      hint: `declare it ${name} : [n, ${count}], or name ${shape.find((dim) => typeof dim === 'number')} columns`,
    });
  }
  if (shape.includes(count)) return shape[1] === count ? 1 : 0;
  const counts = shape.map((dim) => typeof dim === 'string' && rows.has(dim));
  if (counts[0] !== counts[1]) return counts[0] ? 1 : 0;
  throw new GradusError('data', `which axis of ${written} counts the columns cannot be told`, {
    span,
    hint: `write how many there are: ${name} : [${shape[0]}, ${count}]`,
  });
}

/**
 * Whether a value of a one-hot array is a list of labels: words, or whole numbers. Flat numbers in a typed array may be the
 * array itself, unless one of them is no entry of such.
 */
export function areLabels(input: Pick<Input, 'shape' | 'facts'>, value: unknown): boolean {
  if (axisOfClasses(input) === undefined) return false;
  if (Array.isArray(value)) return typeof value[0] === 'string' || typeof value[0] === 'number';
  const typed = value instanceof Tensor && value.shape.length === 1 ? value.data : value;
  return isNumberArray(typed) && Array.prototype.some.call(typed, (x) => x !== 0 && x !== 1);
}

/** The axis of the classes, where a column of labels is to become a one-hot array; undefined for any other input. */
export function axisOfClasses({ shape, facts }: Pick<Input, 'shape' | 'facts'>): number | undefined {
  const fact = facts.find(({ record }) => record.name === 'onehot');
  return fact && shape.length === 2 ? fact.axis : undefined;
}
