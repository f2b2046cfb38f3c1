import { checkFacts } from '../elaborate/declared-facts.ts';
import { numberOf } from '../elaborate/initializers.ts';
import { dimensionNames, entryCount, isKnown, measureOf, type Shape, type Sizes, sizeOf } from '../graph/dimension.ts';
import { type Equation, reasons, type Solved, solveSizes } from '../graph/equations.ts';
import { GradusError, nearest, reading } from '../language/diagnostics.ts';
import { wholeNumber } from '../language/limits.ts';
import { byName } from '../language/names.ts';
import { listed } from '../language/visible.ts';
import { checkConstraints } from '../model/constraints.ts';
import type { Input, Model } from '../model/model.ts';
import { flatten, type InputValue } from './tensor.ts';

/** Values by name. */
export type Inputs = Readonly<Record<string, InputValue | undefined>>;

/** Values by name as they may be given: an object or a Map. */
export type GivenInputs = Inputs | ReadonlyMap<string, InputValue>;

/**
 * A Map as an object.
 * @throws GradusError `argument` for a key that is no text
 */
export function recordOf(given: GivenInputs): Inputs {
  if (!(given instanceof Map)) return given as Inputs;
  for (const key of given.keys())
    if (typeof key !== 'string') throw new GradusError('argument', `a name is a text, not ${typeof key} ${String(key)}`);
  return Object.fromEntries(given) as Inputs;
}

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
 * @throws GradusError `data` for a value that does not have its input's shape or facts, or two that disagree about a size;
 * `shape` for a subscript that lies outside of its axis now that the axis has a length
 */
export function bind(model: Model, named: Inputs): Binding {
  return reading(model.origin ?? model.text, () => bound(model, named));
}

function bound(model: Model, named: Inputs): Binding {
  const dimensions = dimensionsOf(model);
  const inputs = byName(named, [...model.inputs.keys(), ...dimensions]);
  const others = Object.keys(inputs).filter((name) => !model.inputs.has(name));
  checkNames(model, others, dimensions);
  const given = new Map<string, number>();
  const lengths: Equation<Input>[] = [];
  const values = new Map<string, ArrayLike<number>>();
  for (const [name, value] of Object.entries(inputs)) {
    if (model.inputs.has(name) || typeof value !== 'number') continue;
    given.set(name, wholeNumber(value, `the size ${name}`, 0));
  }
  // What is given comes first: what the source's own data contradict is told of them.
  const own: Equation<Input>[] = [];
  const numbers: Equation<Input>[] = [];
  for (const input of model.inputs.values()) {
    const value = Object.hasOwn(inputs, input.name) ? inputs[input.name] : undefined;
    const number = typeof value === 'number' ? value : value === undefined && input.initial ? numberOf(input.initial) : undefined;
    // A number whose name is that of a size is the size.
    if (number !== undefined && input.shape.length === 0 && dimensions.has(input.name))
      numbers.push({ dim: input.name, size: number, source: input });
    if (value !== undefined) {
      const { data, shape } = flatten(value, input.name, model.maxEntries);
      lengths.push(...(shape ? lengthsOf(input, shape) : [{ dim: entryCount(input.shape), size: data.length, source: input }]));
      values.set(input.name, data);
    } else if (input.initial?.kind === 'array') {
      own.push(...lengthsOf(input, input.initial.array.shape));
      values.set(input.name, input.initial.array.data);
    } else if (input.initial?.kind === 'expression') own.push(...lengthsOfExpression(input, input.initial.node.shape));
  }
  const solved = solveSizes([...numbers, ...lengths, ...own], given);
  if (solved.wrong) throw contradiction(solved.wrong, solved);
  const { sizes } = solved;
  for (const input of model.inputs.values()) checkLength(input, values.get(input.name), sizes);
  checkConstraints(model.constraints, sizes);
  for (const input of model.inputs.values()) {
    // What the source gives was checked with it.
    const data = input.facts.length > 0 && Object.hasOwn(inputs, input.name) ? values.get(input.name) : undefined;
    if (data) checkFacts(input, data, numbersOf(input.shape, sizes), input.span);
  }
  return { sizes, values };
}

const numbersOf = (shape: Shape, sizes: ReadonlyMap<string, number>): number[] => shape.map((dim) => sizeOf(dim, sizes));

/** Names of lengths: those of inputs, and those that only ranges have. */
const dimensionsOf = ({ inputs, sizes }: Model): ReadonlySet<string> =>
  new Set([...[...inputs.values()].flatMap((input) => input.shape.flatMap(dimensionNames)), ...sizes.keys()]);

/** @throws GradusError `data` for a name that is no dimension either */
function checkNames(model: Model, names: readonly string[], dimensions: ReadonlySet<string>): void {
  const unknown = names.find((name) => !dimensions.has(name));
  if (unknown === undefined) return;
  if (model.definitions.some(({ name }) => name === unknown))
    throw new GradusError('data', `${unknown} is not an input of this source, which defines it`, {
      hint: `derive by it alone to give it a value; the inputs of the source are ${listed([...model.inputs.keys()]) || 'none'}`,
    });
  const near = nearest(unknown, model.inputs.keys());
  throw new GradusError('data', `${unknown} is not an input of this source`, {
    hint: `${near ? `did you mean ${near}? ` : ''}its inputs are ${listed([...model.inputs.keys()]) || 'none'}`,
  });
}

/** What a value's shape says of the declared dimensions. */
function lengthsOf(input: Input, found: readonly number[]): Equation<Input>[] {
  // An empty list does not say what its entries would be.
  if (found.length < input.shape.length && found.at(-1) === 0)
    return found.map((size, axis) => ({ dim: input.shape[axis]!, size, source: input }));
  const shape = withRank(found, input.shape);
  if (!shape) throw mismatch(input, found);
  return input.shape.map((dim, axis) => ({ dim, size: shape[axis]!, source: input }));
}

/** What the shape of an expression says of the declared dimensions; a number stretches. */
const lengthsOfExpression = (input: Input, found: Shape): Equation<Input>[] =>
  found.flatMap((size, axis) => (typeof size === 'number' ? [{ dim: input.shape[axis]!, size, source: input }] : []));

function contradiction({ dim, size, source }: Equation<Input>, { sizes, sources }: Solved<Input>): GradusError {
  // The one length of a flat array.
  if (!source.shape.includes(dim)) return mismatch(source, [size]);
  if (typeof dim === 'number')
    return new GradusError('data', `${source.name} has length ${size} where ${dim} is declared`, {
      span: source.span,
      hint:
        source.shape.length === 2 ? `a matrix is a list of its rows, and ${source.name} is ${source.shape.join('×')}` : undefined,
    });
  const known = isKnown(dim, sizes) ? measureOf(dim, sizes) : undefined;
  const owner = typeof dim === 'string' ? sources.get(dim) : undefined;
  const why = reasons(dim, { sizes, sources: new Map([...sources].map(([name, { name: by }]) => [name, by])) });
  const says =
    known === undefined
      ? 'which does not go evenly'
      : owner && owner !== source
        ? `${owner.name} says ${known}`
        : `which is ${known}${why === '' || typeof dim === 'number' || sizes.has(dim) ? '' : ` (${why})`}`;
  return new GradusError('data', `${source.name} has length ${size} along ${dim}, ${says}`, { span: source.span });
}

/** Every length that is known is whole, and a value has as many numbers as its shape says. */
function checkLength(input: Input, data: ArrayLike<number> | undefined, sizes: Sizes): void {
  try {
    for (const dim of input.shape) if (isKnown(dim, sizes)) sizeOf(dim, sizes);
  } catch (error) {
    throw error instanceof GradusError && input.span ? error.placed(input.span) : error;
  }
  if (!data) return;
  if (!input.shape.every((dim) => isKnown(dim, sizes))) {
    throw new GradusError('data', `the shape of ${input.name} cannot be told from ${data.length} numbers`, {
      span: input.span,
      hint: 'give nested arrays',
    });
  }
  const count = input.shape.reduce<number>((n, dim) => n * sizeOf(dim, sizes), 1);
  if (count !== data.length) throw mismatch(input, [data.length]);
}

/** Axes of length 1 at the end may be written or left out; a column [2] is a [2, m] with m = 1. */
function withRank(found: readonly number[], declared: Shape): readonly number[] | undefined {
  const shape = [...found];
  while (shape.length > declared.length && shape[shape.length - 1] === 1) shape.pop();
  while (shape.length < declared.length && declared[shape.length] === 1) shape.push(1);
  if (shape.length === 1 && declared.length === 2 && (typeof declared[0] === 'string' || declared[0] === shape[0])) shape.push(1);
  return shape.length === declared.length ? shape : undefined;
}

const mismatch = (input: Input, found: readonly number[]): GradusError =>
  new GradusError(
    'data',
    `the value of ${input.name} has the shape [${found.join(', ')}], declared is [${input.shape.join(', ')}]`,
    {
      span: input.span,
      hint: howGiven(input, found),
    },
  );

/** How a value of the declared shape is written, where another was. */
function howGiven({ name, role, shape }: Input, found: readonly number[]): string | undefined {
  if (shape.length === 0)
    return role === 'free'
      ? `a name has the shape that is given for it: shapes: { ${name}: [${found.join(', ')}] }`
      : `${name} is a single number: for a list declare ${role} ${name} : [n]`;
  if (shape.length === 1 && found.length === 0) return `one number is a list of one: ${name}: [1]`;
  if (shape.length === 1 && found[0] === 1) return `a vector is one list: ${name}: [1, 2]`;
  return shape.length === 2 && found.length < 2 ? `a matrix is a list of its rows: ${name}: [[1, 2], [3, 4]]` : undefined;
}
