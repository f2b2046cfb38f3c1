import { equal, greater, less, or, unequal, where } from '../../../operators/comparison.ts';
import { abs, max, min } from '../../../operators/kinked.ts';
import { exp, log, squareRoot } from '../../../operators/power.ts';
import type { Precision } from '../../executable.ts';
import { type Counter, type Expression, Expressions, type Local, type Place, place } from '../../expression.ts';
import type { Intrinsic } from '../../intrinsic.ts';
import { assign, type Call, letLocal, loop, type Program, type Statement, store } from '../../program.ts';

/** What the loops of a routine are made of: it takes cells of so many entries, one after the other. */
interface Cell {
  readonly x: Expressions;
  readonly precision: Precision;
  /** The entry at hand, of the argument and of the result. */
  readonly given: Expression;
  readonly found: Expression;
  readonly entries: (...body: readonly Statement[]) => Statement;
  /** Stores the result for the cell, or for the entry at hand. */
  readonly result: (value: Expression) => Statement;
  readonly share: (value: Expression) => Statement;
}

/** A local, the statement that makes it, and one that folds a value into it. */
interface Total {
  readonly local: Local;
  readonly begin: Statement;
  readonly fold: (value: Expression) => Statement;
}

const total = (x: Expressions): Total => {
  const local = x.local();
  return { local, begin: letLocal(local, x.constant(0), true), fold: (value) => assign(local, value, true) };
};

/** The best of all values by `max` or `min`; NaN if one is. */
const best = (x: Expressions, pick: Intrinsic, start: number): Total => {
  const local = x.local();
  return {
    local,
    begin: letLocal(local, x.constant(start), true),
    fold: (value) => assign(local, x.call(pick, [local, value])),
  };
};

/** A value that several entries use. */
const named = (x: Expressions, value: Expression): { readonly local: Local; readonly begin: Statement } => {
  const local = x.local();
  return { local, begin: letLocal(local, value) };
};

const finite = (x: Expressions, value: Expression): Expression =>
  x.call(less, [x.call(abs, [value]), x.constant(Number.POSITIVE_INFINITY)]);

const extreme =
  (pick: Intrinsic, start: number) =>
  ({ x, given, entries, result }: Cell): Statement[] => {
    const found = best(x, pick, start);
    return [found.begin, entries(found.fold(given)), result(found.local)];
  };

/** The share of each entry that is the best one; a NaN is in all of them. */
const shares =
  (pick: Intrinsic, start: number) =>
  ({ x, given, entries, share }: Cell): Statement[] => {
    const found = best(x, pick, start);
    const ties = total(x);
    const isBest = x.call(equal, [given, found.local]);
    const other = x.call(where, [x.call(unequal, [found.local, found.local]), found.local, x.constant(0)]);
    const part = named(x, x.divide(x.constant(1), ties.local));
    return [
      found.begin,
      entries(found.fold(given)),
      ties.begin,
      entries(ties.fold(x.call(where, [isBest, x.constant(1), x.constant(0)]))),
      part.begin,
      entries(share(x.call(where, [isBest, part.local, other]))),
    ];
  };

function softmax({ x, given, found, entries, share }: Cell): Statement[] {
  const top = best(x, max, Number.NEGATIVE_INFINITY);
  const sum = total(x);
  const power = named(x, x.call(exp, [x.subtract(given, top.local)]));
  return [
    top.begin,
    entries(top.fold(given)),
    sum.begin,
    entries(power.begin, share(power.local), sum.fold(power.local)),
    entries(share(x.divide(found, sum.local))),
  ];
}

function logsumexp({ x, given, entries, result }: Cell): Statement[] {
  const top = best(x, max, Number.NEGATIVE_INFINITY);
  const sum = total(x);
  return [
    top.begin,
    entries(top.fold(given)),
    sum.begin,
    entries(sum.fold(x.call(exp, [x.subtract(given, top.local)]))),
    // Equal infinities would leave ∞ − ∞; NaN passes through.
    result(x.call(where, [finite(x, top.local), x.add(top.local, x.call(log, [sum.local])), top.local])),
  ];
}

/** Beyond these a square leaves the numbers of the precision. */
const SQUARES = { f64: [1e-150, 1e150], f32: [1e-15, 1e18] } as const;

function euclidean({ x, precision, given, entries, result }: Cell): Statement[] {
  const [least, most] = SQUARES[precision];
  const top = best(x, max, 0);
  const sum = total(x);
  const wide = x.call(or, [x.call(greater, [top.local, x.constant(most)]), x.call(less, [top.local, x.constant(least)])]);
  const scale = named(x, x.call(where, [wide, top.local, x.constant(1)]));
  const part = named(x, x.divide(given, scale.local));
  const flat = x.call(or, [x.call(equal, [top.local, x.constant(0)]), x.call(equal, [finite(x, top.local), x.constant(0)])]);
  return [
    top.begin,
    entries(top.fold(x.call(abs, [given]))),
    scale.begin,
    sum.begin,
    entries(part.begin, sum.fold(x.multiply(part.local, part.local))),
    result(x.call(where, [flat, top.local, x.multiply(scale.local, x.call(squareRoot, [sum.local]))])),
  ];
}

/** By the routine's name: as its kernel computes it. Others are called. */
const WRITTEN: Readonly<Record<string, (cell: Cell) => Statement[]>> = {
  softmax,
  logsumexp,
  euclidean,
  max: extreme(max, Number.NEGATIVE_INFINITY),
  min: extreme(min, Number.POSITIVE_INFINITY),
  'running-max': extreme(max, Number.NEGATIVE_INFINITY),
  'running-min': extreme(min, Number.POSITIVE_INFINITY),
  'max-shares': shares(max, Number.NEGATIVE_INFINITY),
  'min-shares': shares(min, Number.POSITIVE_INFINITY),
};

/** The program with loops for the calls whose routine is written here. */
export function withLoops(program: Program, precision: Precision): Program {
  const section = (list: readonly Statement[]): readonly Statement[] =>
    list.flatMap((s): readonly Statement[] => {
      if (s.kind === 'loop') return [loop(s.counter, section(s.body))];
      return s.kind === 'call' ? (asLoops(s, precision) ?? [s]) : [s];
    });
  const { before, compute, commit, after } = program;
  return { ...program, before: section(before), compute: section(compute), commit: section(commit), after: section(after) };
}

function asLoops({ routine, args, out, count, shapes }: Call, precision: Precision): readonly Statement[] | undefined {
  const write = Object.hasOwn(WRITTEN, routine.name) ? WRITTEN[routine.name] : undefined;
  if (!write) return undefined;
  const x = new Expressions();
  const size = shapes[0]!.reduce((n, d) => n * d, 1);
  // Counters that no program has: it numbers its own from 0.
  const cell: Counter = { id: -1, depth: 0, extent: count };
  const entry: Counter = { id: -2, depth: 1, extent: size };
  const each: Place = place(0, [
    { counter: cell, stride: size },
    { counter: entry, stride: 1 },
  ]);
  const body = write({
    x,
    precision,
    given: x.load(args[0]!, each),
    found: x.load(out, each),
    entries: (...inner) => loop(entry, inner),
    result: (value) => store(out, place(0, [{ counter: cell, stride: 1 }]), value),
    share: (value) => store(out, each, value),
  });
  return [loop(cell, body)];
}
