import type { Input, Model } from '../calculus/check.ts';
import { checkConstraints } from '../calculus/scope.ts';
import { type Dim, dimensionNames, type Shape, sizeOf } from '../graph/dimension.ts';
import { GradusError } from '../language/diagnostics.ts';
import { wholeNumber } from '../language/limits.ts';
import { byName } from '../language/names.ts';
import { listed } from '../language/visible.ts';
import { flatten, type InputValue } from './tensor.ts';

/** Values by name. */
export type Inputs = Readonly<Record<string, InputValue | undefined>>;

/** What a model's names hold for one run. */
export interface Binding {
  readonly sizes: ReadonlyMap<string, number>;
  /** Row-major numbers of each input that has a value. */
  readonly values: ReadonlyMap<string, ArrayLike<number>>;
}

/**
 * Binds values to the inputs of a model: dimension names take their numbers from the values' lengths, on top of what
 * the source's own data say (which the values given here replace).
 * @param wanted the inputs to look at; a value for any other name is an error
 * @throws GradusError `data` for a value that does not have its input's shape, or two that disagree about a size;
 * `shape` for a subscript that lies outside of its axis now that the axis has a length
 */
export function bind(model: Model, given: Inputs): Binding {
  const inputs = byName(given);
  const others = Object.keys(inputs).filter((name) => !model.inputs.has(name));
  if (others.length > 0) checkDimensions(model, others);
  const sizes = new Map<string, number>();
  const owners = new Map<string, string>();
  const values = new Map<string, ArrayLike<number>>();
  for (const [name, value] of Object.entries(inputs)) {
    if (!model.inputs.has(name) && typeof value === 'number') {
      sizes.set(name, wholeNumber(value, `the size ${name}`, 0));
      owners.set(name, name);
    }
  }
  const own: [Input, ArrayLike<number>, readonly number[]][] = [];
  for (const input of model.inputs.values()) {
    const value = Object.hasOwn(inputs, input.name) ? inputs[input.name] : undefined;
    if (value !== undefined) {
      const flat = flatten(value, input.name, model.maxEntries);
      const shape = flat.shape ?? fromLength(input, flat.data.length, sizes);
      takeSizes(input, shape, sizes, owners);
      values.set(input.name, flat.data);
    } else if (input.initial?.kind === 'array') {
      own.push([input, input.initial.array.data, input.initial.array.shape]);
    }
  }
  for (const [input, data, shape] of own) {
    takeSizes(input, shape, sizes, owners);
    values.set(input.name, data);
  }
  for (const input of model.inputs.values()) {
    const data = values.get(input.name);
    if (!data) continue;
    const count = input.shape.reduce<number>((n, dim) => n * sizeOf(dim, sizes), 1);
    if (count !== data.length) throw mismatch(input, [data.length]);
  }
  checkConstraints(model.constraints, sizes);
  return { sizes, values };
}

/** @throws GradusError `data` for a name that is no dimension either */
function checkDimensions(model: Model, names: readonly string[]): void {
  const dimensions = new Set([...model.inputs.values()].flatMap((input) => input.shape.flatMap(dimensionNames)));
  const unknown = names.find((name) => !dimensions.has(name));
  if (unknown === undefined) return;
  throw new GradusError('data', `${unknown} is not an input of this source`, {
    hint: `its inputs are ${listed([...model.inputs.keys()]) || 'none'}`,
  });
}

/** Takes the sizes that a value's shape tells, or finds them contradicted. */
function takeSizes(input: Input, found: readonly number[], sizes: Map<string, number>, owners: Map<string, string>): void {
  const shape = withRank(found, input.shape);
  if (!shape) throw mismatch(input, found);
  input.shape.forEach((dim, axis) => {
    const size = shape[axis]!;
    const known = knownSize(dim, sizes);
    if (known === undefined) {
      if (typeof dim === 'string' && /^[^+*-]+$/.test(dim)) {
        sizes.set(dim, size);
        owners.set(dim, input.name);
      }
    } else if (known !== size) {
      const owner = typeof dim === 'string' ? owners.get(dim) : undefined;
      throw new GradusError(
        'data',
        `${input.name} has length ${size} along ${dim}, ${owner && owner !== input.name ? `${owner} says ${known}` : `which is ${known}`}`,
        {
          span: input.span,
        },
      );
    }
  });
}

const knownSize = (dim: Dim, sizes: ReadonlyMap<string, number>): number | undefined =>
  dimensionNames(dim).every((name) => sizes.has(name)) ? sizeOf(dim, sizes) : undefined;

/** Axes of length 1 at the end may be written or left out; a column [2] is a [2, m] with m = 1. */
function withRank(found: readonly number[], declared: Shape): readonly number[] | undefined {
  const shape = [...found];
  while (shape.length > declared.length && shape[shape.length - 1] === 1) shape.pop();
  while (shape.length < declared.length && declared[shape.length] === 1) shape.push(1);
  if (shape.length === 1 && declared.length === 2 && (typeof declared[0] === 'string' || declared[0] === shape[0])) shape.push(1);
  return shape.length === declared.length ? shape : undefined;
}

/** The shape of a flat array: its length decides the one size that is not known. */
function fromLength(input: Input, length: number, sizes: ReadonlyMap<string, number>): readonly number[] {
  const known = input.shape.map((dim) => knownSize(dim, sizes));
  const product = known.reduce<number>((n, size) => n * (size ?? 1), 1);
  const open = known.filter((size) => size === undefined).length;
  if (open > 1)
    throw new GradusError('data', `the shape of ${input.name} cannot be told from ${length} numbers`, {
      hint: 'give nested arrays',
    });
  if (open === 1 && length % product !== 0) throw mismatch(input, [length]);
  return known.map((size) => size ?? length / product);
}

const mismatch = (input: Input, found: readonly number[]): GradusError =>
  new GradusError(
    'data',
    `the value of ${input.name} has the shape [${found.join(', ')}], declared is [${input.shape.join(', ')}]`,
    {
      span: input.span,
    },
  );
