import { compileProgram, doubles, evaluate } from '../compile/index.ts';
import { type Guard, guardsOf } from '../derivation/guards.ts';
import type { Sizes } from '../graph/dimension.ts';
import type { Apply, ArrayApply, Node } from '../graph/node.ts';
import { carriedAlong, dependents, topological } from '../graph/traverse.ts';
import { infinity } from '../operators/constants.ts';
import { noPoint, type Point, type Points } from './points.ts';

/** Values in doubles of some nodes, from the values of the variables by name. */
export type Evaluation = (values: ReadonlyMap<string, ArrayLike<number>>) => ArrayLike<number>[];

/** By the interpreter: slow, and beyond suspicion. */
export const interpreted =
  (nodes: readonly Node[], sizes: Sizes): Evaluation =>
  (values) =>
    evaluate(nodes, (v) => ({ shape: [], data: Array.from(values.get(v.name)!) }), sizes, doubles).map((v) => v.data);

/** By the program that is compiled for the sizes. */
export function compiled(nodes: readonly Node[], sizes: Sizes): Evaluation {
  const program = compileProgram({ outputs: nodes, sizes });
  return (values) => {
    for (const [name, { data }] of program.inputs) data.set(values.get(name)!);
    program.run();
    return program.outputs.map(({ data }) => data.slice());
  };
}

/** Numbers beyond this are too near the end of the doubles to say anything about their neighbours. */
const HUGE = 1e100;

/** What there is to see of a function and its derivatives at a point before the two are compared. */
export type Sight = 'good' | 'no value' | 'no derivative';

/**
 * Judges points: the function has finite values, every operator in it that is looked at is asked within its domain, and the
 * derivatives have finite values.
 */
export function probe(
  objective: Node,
  derivatives: readonly Node[],
  evaluation: (nodes: readonly Node[]) => Evaluation,
): (values: ReadonlyMap<string, ArrayLike<number>>) => Sight {
  const all = topological([objective]);
  // A step stands once more in the graph, with the values that the recurrence goes through.
  const carried = carriedAlong(all);
  const order = all.filter((n) => !carried.has(n));
  // What no value enters into (i > j) is the same at every point.
  const moving = dependents(
    order,
    order.filter((n) => n.kind === 'variable' && n.role !== 'size'),
  );
  // Such a part that is infinite (1/(x − x)) leaves no value that says anything.
  // The ∞ that a source writes, as a mask of attention does, is meant.
  const meant = dependents(
    order,
    order.filter((n) => n.kind === 'apply' && n.operator === infinity),
  );
  const still = order.filter((n) => n.kind === 'apply' && !moving.has(n) && !meant.has(n));
  const guarded = order.filter((n): n is Apply => n.kind === 'apply' && n.operator.domain !== undefined && moving.has(n));
  // Matrices that are inverted, in the function or only in its derivatives.
  const whole = topological([objective, ...derivatives]);
  const steps = carriedAlong(whole);
  const matrices = whole.filter(
    (n): n is ArrayApply =>
      n.kind === 'array' && n.operator.domain !== undefined && n.args[0]!.shape.length === 2 && !steps.has(n),
  );
  const chains = guardsOf([objective], 'conditions too');
  const conditions = guarded.flatMap((n) => (chains.get(n) ?? []).flat().map(({ condition }) => condition));
  const args = [...new Set([...guarded.flatMap((n) => n.args), ...conditions, ...matrices.map((n) => n.args[0]!)])];
  const place = new Map(args.map((node, k) => [node, 1 + derivatives.length + k]));
  const run = evaluation([objective, ...derivatives, ...args, ...still]);
  return (values) => {
    const found = run(values);
    if (!finite(found[0]!) || !still.every((_, k) => finite(found[1 + derivatives.length + args.length + k]!))) return 'no value';
    const isTaken = ({ condition, holds }: Guard): boolean => contains(found[place.get(condition)!]!, holds);
    for (const node of guarded) {
      if (chains.get(node)?.every((chain) => !chain.every(isTaken))) continue;
      const { operator, args: own } = node;
      const columns = own.map((arg) => found[place.get(arg)!]!);
      for (let at = 0; at < columns[0]!.length; at++) {
        if (!operator.domain!(...columns.map((c) => c[at]!))) return 'no value';
      }
    }
    for (const { operator, args: own } of matrices) {
      const data = Array.from(found[place.get(own[0]!)!]!);
      const n = Math.sqrt(data.length);
      if (!operator.domain!({ shape: [n, n], data })) return 'no value';
    }
    return derivatives.every((_, k) => finite(found[1 + k]!)) ? 'good' : 'no derivative';
  };
}

/** Whether a condition holds, or does not, at any of its entries. */
function contains(data: ArrayLike<number>, holds: boolean): boolean {
  for (let at = 0; at < data.length; at++) if ((data[at] !== 0) === holds) return true;
  return false;
}

function finite(data: ArrayLike<number>): boolean {
  for (let at = 0; at < data.length; at++) if (!(Math.abs(data[at]!) < HUGE)) return false;
  return true;
}

const MOST_TRIES = 400;

/**
 * The first point drawn that is good. Where derivatives have no value at any point at which the function has one, such
 * a point is the answer: that is an error of theirs, which comparing will show.
 * @throws GradusError `domain` if the function itself has no value at any point drawn
 */
export function findPoint(points: Points, number: number, look: (values: Point['values']) => Sight): Point {
  let stuck: Point | undefined;
  for (let attempt = 0; attempt < MOST_TRIES; attempt++) {
    const point = points.next(number, attempt);
    const sight = look(point.values);
    if (sight === 'good') return point;
    if (sight === 'no derivative') stuck ??= point;
  }
  if (stuck) return stuck;
  throw noPoint(MOST_TRIES, points);
}
