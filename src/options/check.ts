import { came, isRecord } from '../language/came.ts';
import { GradusError, nearest } from '../language/diagnostics.ts';
import { SYMBOLS } from '../language/symbols.ts';
import { type GivenInputs, type Inputs, recordOf } from '../numeric/binding.ts';
import { require, shapes, values } from './kinds.ts';
import type { Parameter, Signature } from './signatures.ts';
import type { Option, Table } from './tables.ts';

/**
 * Arguments in their places, as many as are given here, held against what a function takes.
 * @throws GradusError `argument` that says what was expected and what came
 */
export function checkArguments(signature: Signature, ...given: readonly unknown[]): void {
  given.forEach((value, k) => {
    checkArgument(signature, signature.parameters[k]!, value);
  });
}

/** How many arguments a function takes, its options among them. */
const countOf = ({ parameters, options }: Signature): number => parameters.length + (options ? 1 : 0);

/**
 * @param more what stands behind all that a function takes
 * @throws GradusError `argument` if there is anything
 */
export function refuseMore(signature: Signature, more: readonly unknown[]): void {
  if (more.length === 0) return;
  const count = countOf(signature);
  throw new GradusError(
    'argument',
    `${signature.name} takes ${count === 0 ? 'no arguments' : `at most ${count} argument${count === 1 ? '' : 's'}`}, not ${count + more.length}`,
    { hint: `it is called ${callOf(signature)}` },
  );
}

/** Methods of a class that refuse more arguments than their signatures have. */
export function countArguments(of: { readonly prototype: object }, methods: Readonly<Record<string, Signature>>): void {
  const prototype = of.prototype as Record<string, (...given: readonly unknown[]) => unknown>;
  for (const [name, signature] of Object.entries(methods)) {
    const method = prototype[name]!;
    const counted = function (this: unknown, ...given: readonly unknown[]): unknown {
      refuseMore(signature, given.slice(countOf(signature)));
      return method.apply(this, given as unknown[]);
    };
    Object.defineProperty(prototype, name, { value: counted, writable: true, configurable: true });
  }
}

function checkArgument(signature: Signature, { name, kind, optional }: Parameter, value: unknown): void {
  if (value === undefined && optional) return;
  require(name, kind, value, `it is called ${callOf(signature)}`);
}

/** `derive(source, wrt, options)` */
const callOf = ({ name, parameters, options }: Signature): string =>
  `${name}(${[...parameters.map((p) => p.name), ...(options ? ['options'] : [])].join(', ')})`;

/** A function whose table has every option of a type, as the type has it. */
type Taking<T> = Signature & { readonly options: Table<NoInfer<T>> };

/**
 * The options of a call. One that is there but undefined was not given.
 * @throws GradusError `argument` for an option that there is not, with the one that was meant, or a value that is none
 */
export function optionsOf<T extends object>(signature: Taking<T>, given: T | undefined): T {
  if (given === undefined) return {} as T;
  const { name } = signature;
  const options: Readonly<Record<string, Option>> = signature.options;
  if (!isRecord(given))
    throw new GradusError('argument', `the options of ${name} are an object, not ${came(given)}`, {
      hint: `it is called ${callOf(signature)}, with options by name: ${Object.keys(options).join(', ')}`,
    });
  const chosen: Record<string, unknown> = {};
  for (const [key, value] of Object.entries(given)) {
    const option = Object.hasOwn(options, key) ? options[key] : undefined;
    if (!option) throw unknown(signature, key, value);
    if (value === undefined) continue;
    require(key, option.kind, value);
    chosen[key] = value;
  }
  return chosen as T;
}

/**
 * What stands behind a source: names, then options; or options alone.
 * @throws GradusError `argument` as the others
 */
export function namesAndOptions<N, T extends object>(
  signature: Taking<T>,
  given: N | T | undefined,
  options: T | undefined,
): [names: N | undefined, options: T] {
  // A name may come as mathjs's symbol.
  const names = isRecord(given) && 'isSymbolNode' in given ? (String(given) as N) : given;
  if (typeof options === 'string' && (typeof names === 'string' || Array.isArray(names))) {
    const list = [names, options].flat().map((name) => `'${name}'`);
    throw new GradusError('argument', `the options of ${signature.name} are an object, not ${came(options)}`, {
      hint: `several names are one list: ${signature.name}(source, [${list.join(', ')}])`,
    });
  }
  if (options === undefined && isRecord(names)) return [undefined, optionsOf(signature, names as T)];
  checkArgument(signature, signature.parameters[1]!, names);
  return [names as N | undefined, optionsOf(signature, options)];
}

/**
 * Values by name, as an object: a Map is read as one.
 * @throws GradusError `argument` for what has no names, or names that are no texts
 */
export function inputsOf(signature: Signature, given: GivenInputs | undefined): Inputs {
  if (given === undefined) return {};
  // Millions of calls come by here: what is plain is seen at once.
  if (given !== null && typeof given === 'object' && Object.getPrototypeOf(given) === Object.prototype) return given as Inputs;
  checkArgument(signature, signature.parameters.find((p) => p.kind === values)!, given);
  return recordOf(given);
}

/** What is said of a name of the source stands among the options: its shape, or its value. */
function aboutName({ name, options = {} }: Signature, key: string, value: unknown): string | undefined {
  if (shapes.wrong({ [key]: value }) === undefined && 'shapes' in options)
    return `shapes stand in shapes: { shapes: { ${key}: ${JSON.stringify(value)?.replaceAll('"', "'")} } }`;
  const run = RUN[name];
  return run && isNameOfSource(key) && (typeof value === 'number' || Array.isArray(value))
    ? `values are given where it is run: ${name}(${run}({ ${key}: ${typeof value === 'number' ? value : '…'} })`
    : undefined;
}

/** What sources call their quantities, and nobody an option: `x`, `w1`, `theta`. */
const isNameOfSource = (key: string): boolean =>
  /^\p{L}[\p{N}\p{M}_]*$/u.test(key) || Object.hasOwn(SYMBOLS, key.replace(/[\d_]+$/, ''));

/** How what a function returns is run. */
const RUN: Readonly<Record<string, string>> = {
  compile: 'source)',
  derive: 'source).compile().gradient',
  jacobian: 'source).evaluate',
  hessian: 'source).evaluate',
};

const letters = (text: string): string => text.replace(/[-_]/g, '').toLowerCase();

/** An option that there is not, and what was meant. */
function unknown(signature: Signature, key: string, value: unknown): GradusError {
  const { name, parameters, options = {} } = signature;
  const known = Object.entries(options);
  const same = known.find(([own, { others = [] }]: [string, Option]) =>
    [own, ...others].some((w) => letters(w) === letters(key)),
  );
  const near = same?.[0] ?? nearest(key, Object.keys(options));
  const hint = parameters.some((p) => p.name === key)
    ? `${key} has a place of its own: ${callOf(signature)}`
    : near
      ? `did you mean ${near}?`
      : (aboutName(signature, key, value) ?? `its options are ${Object.keys(options).join(', ')}`);
  return new GradusError('argument', `${name} has no option ${key}`, { hint });
}
