import { doubles, evaluate } from '../../../src/compile/index.ts';
import { differentiate } from '../../../src/differentiate/sweep.ts';
import { Graph } from '../../../src/graph/graph.ts';
import { random } from '../../../src/numeric/random.ts';
import type { ArrayOperator } from '../../../src/operators/array.ts';
import { relative } from '../../support/sample.ts';
import { calls } from './calls.ts';
import { type Clause, clausesOf } from './clauses.ts';
import { type Calls, meaningOf, type Scope } from './notation.ts';
import { asMatrix, cofactors, entries, isMatrix, type Matrix, make, type Value } from './values.ts';

/** What a formula of a function of whole arrays says, beside the Jacobian that comes of its record. */

/** The letters of the arguments and of the result; what arrives at that is given, or goes on from it. */
const LETTERS: Readonly<Record<string, readonly [args: string, result: string]>> = {
  'max/1': ['x', 'y'],
  'min/1': ['x', 'y'],
  prod: ['x', 'y'],
  'logsumexp/1': ['x', 'y'],
  'softmax/1': ['x', 's'],
  inv: ['A', 'B'],
  det: ['A', 'y'],
  cofactor: ['A', 'C'],
  logdet: ['A', 'y'],
  solve: ['AB', 'X'],
  cholesky: ['A', 'L'],
  cumsum: ['x', 'y'],
  reverse_cumsum: ['x', 'y'],
  sort: ['x', 'y'],
  permutation: ['x', 'P'],
  'triu/0': ['A', 'B'],
  'triu/1': ['A', 'B'],
  'tril/0': ['A', 'B'],
  'tril/-1': ['A', 'B'],
  'norm/3/1': ['x', 'y'],
};

const N = 3;
const CLOSE = 1e-9;

/** An operator applied: its arguments and result in numbers, and how each entry of that moves with each of theirs. */
interface Applied {
  readonly letters: ReadonlyMap<string, Value>;
  readonly result: string;
  readonly jacobians: ReadonlyMap<string, Matrix>;
  readonly calls: Calls;
}

/** What is not so, in words; nothing is known of an operator without letters. */
export function arrayFaults(operator: ArrayOperator, formula: string): string[] {
  const given = LETTERS[operator.key];
  if (!given) throw new Error(`${operator.key} has no letters here`);
  const applied = appliedTo(operator, given);
  const clauses = clausesOf(formula);
  const own = (letters: ReadonlyMap<string, Value>): Scope => ({ letters, rates: new Map(), own: [...applied.jacobians.keys()] });
  const letters = new Map(applied.letters);
  const worth = (text: string): Value => meaningOf(text, applied.calls, new Set(letters.keys()))(own(letters));
  // P = Φ(Lᵀ·dL) says what P is, unless that is the result.
  const isMeaning = (clause: Clause): clause is Clause & { kind: 'equal' } =>
    clause.kind === 'equal' && /^\p{L}$/u.test(clause.of) && !applied.letters.has(clause.of);
  for (const clause of clauses.filter(isMeaning)) letters.set(clause.of, worth(clause.is[0]!));
  return clauses.flatMap((clause) => {
    if (isMeaning(clause)) return [];
    const faults = faultsOf(clause, { ...applied, letters });
    // What was said to arrive at one argument may stand in what arrives at another.
    if (clause.kind === 'differential' && applied.jacobians.has(clause.of) && clause.places === '')
      letters.set(`d${clause.of}`, worth(clause.is[0]!));
    return faults;
  });
}

function appliedTo(operator: ArrayOperator, [args, result]: readonly [string, string]): Applied {
  const draw = random(3);
  const g = new Graph();
  const isMatrixAt = (k: number) => operator.cells[k] === 2;
  const values = [...args].map((_, k) => (isMatrixAt(k) ? definite() : make(N, 1, () => draw.uniform(0.3, 2))));
  const nodes = [...args].map((letter, k) => g.variable(letter, isMatrixAt(k) ? [N, N] : [N]));
  const y = g.array(operator, ...nodes);
  const data = new Map([...args].map((letter, k) => [letter, entries(values[k]!)]));
  const numbers = evaluate(
    [y, ...differentiate(g, y, nodes)],
    (v) => ({ shape: v.shape as number[], data: data.get(v.name)! }),
    new Map(),
    doubles,
  );
  const [own, ...slopes] = numbers.map((n) => n.data) as [readonly number[], ...(readonly number[])[]];
  const cols = y.shape.length === 2 ? N : 1;
  const value: Value = y.shape.length === 0 ? own[0]! : make(N, cols, (i, j) => own[i * cols + j]!);
  const letters = new Map<string, Value>([
    ...[...args].map((letter, k) => [letter, values[k]!] as const),
    [result, value],
    ['n', N],
    ['p', 3],
    ['δ', make(N, N, (i, j) => Number(i === j))],
    ...(operator.key === 'det' ? [['C', cofactors(asMatrix(values[0]!))] as const] : []),
    // The permutation of the sorted entries is the result of another operator.
    ...(operator.key === 'sort' ? [['P', permutation(entries(values[0]!))] as const] : []),
    // What moves, and what arrives, at any rate.
    ...[...args, result].map((letter) => [`d${letter}`, drawn(letter)] as const),
  ]);
  const width = (k: number) => data.get(args[k]!)!.length;
  const jacobians = new Map(
    [...args].map((letter, k) => [letter, make(own.length, width(k), (i, j) => slopes[k]![i * width(k) + j]!)] as const),
  );
  return {
    letters,
    result,
    jacobians,
    calls: (name) => calls(name) ?? (name === operator.name ? ([x]) => itself(asMatrix(x!)) : undefined),
  };

  /** A triangle, of whatever matrix. */
  function itself(x: Matrix): Value {
    const node = new Graph();
    const of = node.array(operator, node.variable('x', [N, N]));
    const [found] = evaluate([of], () => ({ shape: [N, N], data: [...entries(x)] }), new Map(), doubles);
    return make(N, N, (i, j) => found!.data[i * N + j]!);
  }

  function drawn(letter: string): Value {
    const like = letter === result ? value : values[args.indexOf(letter)]!;
    return isMatrix(like) ? make(like.length, like[0]!.length, () => draw.normal()) : draw.normal();
  }

  /** Symmetric, with positive eigenvalues, so that all of the functions have values. */
  function definite(): Matrix {
    const half = make(N, N, () => draw.normal());
    return make(N, N, (i, j) => half[i]!.reduce((sum, x, k) => sum + x * half[j]![k]!, i === j ? 1 : 0));
  }
}

function permutation(list: readonly number[]): Matrix {
  const order = [...list.keys()].sort((a, b) => list[a]! - list[b]!);
  return make(list.length, list.length, (i, j) => Number(order[i] === j));
}

function faultsOf(clause: Clause, applied: Applied): string[] {
  const { letters, jacobians, result, calls: own } = applied;
  const known = new Set(letters.keys());
  const places = 'places' in clause ? [...lettersIn(clause)] : [];
  return everyPlace(places).flatMap((at) => {
    const scope: Scope = { letters: new Map([...letters, ...at]), rates: new Map(), own: [...jacobians.keys()] };
    const worth = (text: string): Value => meaningOf(text, own, known)(scope);
    const wrong = (text: string, meant: Value): string[] => {
      const found = worth(text);
      const [a, b] = [entries(found), entries(meant)];
      const isClose = a.length === b.length && a.every((x, k) => relative(x, b[k]!) < CLOSE);
      return isClose ? [] : [`${text} is ${a}, and ${b} by the record`];
    };
    switch (clause.kind) {
      case 'equal':
        return clause.is.flatMap((side) => wrong(side, worth(clause.of)));
      case 'differential':
        return [
          ...(clause.of.startsWith('(') ? wrong(clause.of, letters.get(result)!) : []),
          ...clause.is.flatMap((side) => wrong(side, moves(applied, clause, at))),
        ];
      case 'by':
        return clause.is.flatMap((side) => wrong(side, slope(applied, clause, at, worth)));
      case 'dash':
        return jacobianIsZero(jacobians, clause.is) ? [] : [`${result}′ is not 0`];
      default:
        throw new Error(`no clause of an array: ${clause.kind}`);
    }
  });
}

const jacobianIsZero = (jacobians: Applied['jacobians'], is: readonly string[]): boolean =>
  is.join() === '0' && [...jacobians.values()].every((j) => entries(j).every((x) => x === 0));

const SUBSCRIPTS = new Map([
  ['ᵢ', 'i'],
  ['ⱼ', 'j'],
  ['ₖ', 'k'],
  ['ₗ', 'l'],
]);

/** The letters of an entry, those of what is derived first. */
function lettersIn(clause: { of: string; places: string }): Set<string> {
  return new Set([...clause.of, ...clause.places].flatMap((sign) => SUBSCRIPTS.get(sign) ?? []));
}

const everyPlace = (names: readonly string[]): Map<string, number>[] =>
  names.reduce<Map<string, number>[]>(
    (list, name) => list.flatMap((at) => [1, 2, 3].map((place) => new Map(at).set(name, place))),
    [new Map()],
  );

/** The place of an entry in an array of N columns, or of one. */
function indexOf(value: Value, signs: string, at: ReadonlyMap<string, number>): number {
  const [i = 1, j = 1] = [...signs].map((sign) => at.get(SUBSCRIPTS.get(sign)!)!);
  return (i - 1) * (isMatrix(value) ? value[0]!.length : 1) + (j - 1);
}

const PLACED = /^(.*?)([ᵢⱼₖₗ]*)$/u;

function slope(
  { letters, jacobians, result }: Applied,
  { of, by, places }: Clause & { kind: 'by' },
  at: ReadonlyMap<string, number>,
  worth: (text: string) => Value,
): Value {
  const jacobian = jacobians.get(by)!;
  const [, , own] = PLACED.exec(of) as unknown as [string, string, string];
  const value = letters.get(result)!;
  // What is derived is the result, or its entry.
  const whole = entries(worth(of));
  const meant = own === '' ? entries(value) : [entries(value)[indexOf(value, own, at)]!];
  if (!whole.every((x, k) => relative(x, meant[k]!) < CLOSE)) return Number.NaN;
  const row = jacobian[indexOf(value, own, at)]!;
  const argument = letters.get(by)!;
  if (places !== '') return row[indexOf(argument, places, at)]!;
  const width = isMatrix(argument) ? argument[0]!.length : 1;
  return isMatrix(argument) ? make(argument.length, width, (i, j) => row[i * width + j]!) : row[0]!;
}

/** dA of an argument is what arrives there, dC of the result how that moves. */
function moves(
  { letters, jacobians, result }: Applied,
  { of, places }: Clause & { kind: 'differential' },
  at: ReadonlyMap<string, number>,
) {
  const isOfResult = !jacobians.has(of);
  const [[name, jacobian]] = (isOfResult ? [...jacobians] : [[of, jacobians.get(of)!]]) as [[string, Matrix]];
  const given = entries(letters.get(isOfResult ? `d${name}` : `d${result}`)!);
  const like = asMatrix(letters.get(isOfResult ? result : name)!);
  const width = like[0]!.length;
  const total = (k: number): number =>
    given.reduce((sum, x, at) => sum + x * (isOfResult ? jacobian[k]![at]! : jacobian[at]![k]!), 0);
  if (places !== '') return total(indexOf(like, places, at));
  return make(like.length, width, (i, j) => total(i * width + j));
}
