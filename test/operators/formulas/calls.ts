import { operatorNamed } from '../../../src/operators/index.ts';
import type { Call, Calls } from './notation.ts';
import { asMatrix, asNumber, cofactors, det, each, entries, isMatrix, make, type Value } from './values.ts';

/** Functions under the names that books have for them. */

const KERNELS: Readonly<Record<string, string>> = {
  ln: 'log',
  arcsin: 'asin',
  arccos: 'acos',
  arctan: 'atan',
  arcsec: 'asec',
  arccsc: 'acsc',
  arccot: 'acot',
  arsinh: 'asinh',
  arcosh: 'acosh',
  artanh: 'atanh',
  arsech: 'asech',
  arcsch: 'acsch',
  arcoth: 'acoth',
  σ: 'sigmoid',
  ψ: 'digamma',
  B: 'beta',
  D: 'dawson',
  S: 'fresnels',
  C: 'fresnelc',
  W: 'lambertw',
  E: 'elliptic_e',
  F: 'elliptic_f',
};

const FAMILIES: Readonly<Record<string, string>> = {
  ψ: 'polygamma',
  Li: 'polylog',
  J: 'besselj',
  Y: 'bessely',
  I: 'besseli',
  K: 'besselk',
};

/** Orders that the family's kernel leaves to other functions. */
const FIRST: Readonly<Record<string, readonly ((u: number) => number)[]>> = {
  Li: [(u) => u / (1 - u), (u) => -Math.log1p(-u)],
};

const kernel = (name: string): ((...args: number[]) => number) | undefined => operatorNamed.get(name)?.kernel;

const sorted = (list: readonly number[]): number[] => [...list].sort((a, b) => a - b);
const column = (list: readonly number[]): Value => list.map((x) => [x]);
const triangle = (keep: (i: number, j: number) => number) => (x: Value) => {
  const a = asMatrix(x);
  return make(a.length, a.length, (i, j) => keep(i, j) * a[i]![j]!);
};

const sum = (list: readonly number[]): number => list.reduce((a, b) => a + b, 0);

/** Functions of whole arrays. */
const ARRAYS: Readonly<Record<string, (x: Value) => Value>> = {
  det: (x) => det(asMatrix(x)),
  cofactors: (x) => cofactors(asMatrix(x)),
  tr: (x) => sum(asMatrix(x).map((row, k) => row[k]!)),
  mean: (x) => sum(entries(x)) / entries(x).length,
  max: (x) => Math.max(...entries(x)),
  min: (x) => Math.min(...entries(x)),
  sort: (x) => column(sorted(entries(x))),
  softmax: (x) => column(entries(x).map((v) => Math.exp(v) / sum(entries(x).map(Math.exp)))),
  // The lower triangle, with half of the diagonal.
  Φ: triangle((i, j) => (j < i ? 1 : j === i ? 1 / 2 : 0)),
};

const normalDensity = (u: number): number => Math.exp(-u * u * 0.5) * (2 * Math.PI) ** -0.5;
const NUMBERS: Readonly<Record<string, (...args: number[]) => number>> = {
  Φ: (u) => kernel('erfc')!(-u / Math.SQRT2) / 2,
  φ: normalDensity,
  Γ: (a, u) => (u === undefined ? kernel('gamma')!(a!) : kernel('uppergamma')!(a!, u)),
};

/** The function of that name, whether it is of numbers or of arrays. */
export const calls: Calls = (name): Call | undefined => {
  const ofNumbers = NUMBERS[name] ?? kernel(KERNELS[name] ?? name);
  const ofArrays = ARRAYS[name];
  const family = kernel(FAMILIES[name] ?? '');
  if (!ofNumbers && !ofArrays && !family) return undefined;
  return (args, order) => {
    if (order !== undefined) return (FIRST[name]?.[order] ?? ((u) => family!(order, u)))(asNumber(args[0]!));
    const [first] = args as [Value];
    if (ofArrays && args.length === 1 && isMatrix(first)) return ofArrays(first);
    return each(ofNumbers!, ...args);
  };
};
