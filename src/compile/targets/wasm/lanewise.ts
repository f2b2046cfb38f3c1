import { accessOf } from '../../access.ts';
import type { Precision } from '../../executable.ts';
import {
  type Counter,
  type Expression,
  type Local,
  type Place,
  parts,
  rangeOf,
  type Slot,
  samePlace,
  strideOf,
} from '../../expression.ts';
import type { Layout } from '../../layout.ts';
import type { Assign, Let, Loop, Store } from '../../program.ts';
import { hasVector, isSingle } from './vector-writer.ts';

/** A loop whose turns can be taken several at a time, one in each lane. */
export interface Lanewise {
  readonly counter: Counter;
  readonly body: readonly (Let | Assign | Store)[];
  /** The locals of others into which each turn folds something, and what that is. */
  readonly totals: ReadonlyMap<Local, Fold>;
}

/** What is made of a total and a value. */
export type Fold = 'sum' | 'max' | 'min';

/** What an assignment to a local folds into it. */
export function foldedIn({ local, value, accumulate }: Assign): { readonly fold: Fold; readonly value: Expression } | undefined {
  if (accumulate) return { fold: 'sum', value };
  if (value.kind !== 'call' || (value.function.name !== 'max' && value.function.name !== 'min')) return undefined;
  const [first, second] = value.args as [Expression, Expression];
  return first === local ? { fold: value.function.name, value: second } : undefined;
}

/** Fewer turns than this are not worth it; nor are fewer for each lane, where totals have to be put together. */
const FEWEST = 4;
const FEWEST_FOLDED = 4;

/** Whole numbers up to this are exact in single precision. */
const EXACT = 2 ** 24;

/** @returns undefined for a loop that has others inside, whose turns depend on one another, or that would be no faster */
export function lanewise(loop: Loop, { precision, areaOf }: Layout): Lanewise | undefined {
  const { counter } = loop;
  const body: (Let | Assign | Store)[] = [];
  for (const s of loop.body) {
    if (s.kind !== 'let' && s.kind !== 'assign' && s.kind !== 'store') return undefined;
    body.push(s);
  }
  if (counter.extent < FEWEST) return undefined;
  const totals = totalsOf(body);
  if (totals && totals.size > 0 && counter.extent < FEWEST_FOLDED * (precision === 'f32' ? 4 : 2)) return undefined;
  if (!totals || !isParallel(loop, areaOf)) return undefined;
  if (!body.every(({ value }) => fits(value, counter, precision))) return undefined;
  return pays(body, counter) ? { counter, body, totals } : undefined;
}

/** What the turns fold into; undefined if they set what others see, or look at a total. */
function totalsOf(body: readonly (Let | Assign | Store)[]): Map<Local, Fold> | undefined {
  const own = new Set(body.flatMap((s) => (s.kind === 'let' ? [s.local] : [])));
  const totals = new Map<Local, Fold>();
  const values: Expression[] = [];
  for (const s of body) {
    if (s.kind !== 'assign' || own.has(s.local)) {
      values.push(s.value);
      continue;
    }
    const folded = foldedIn(s);
    if (!folded || (totals.get(s.local) ?? folded.fold) !== folded.fold) return undefined;
    totals.set(s.local, folded.fold);
    values.push(folded.value);
  }
  const reads = (e: Expression): boolean => (e.kind === 'local' ? totals.has(e) : parts(e).some(reads));
  return values.some(reads) ? undefined : totals;
}

/** Whether no turn touches an entry that another one writes, but to add to it. */
function isParallel(loop: Loop, areaOf: Layout['areaOf']): boolean {
  const { counter } = loop;
  const sums = new Map<Slot, Place[]>();
  for (const s of loop.body) {
    if (s.kind !== 'store' || strideOf(s.at, counter) !== 0) continue;
    if (!s.accumulate) return false;
    sums.set(s.slot, [...(sums.get(s.slot) ?? []), s.at]);
  }
  const { buffers } = accessOf(loop);
  const written = new Set([...buffers].filter(([, { writes }]) => writes.length > 0).map(([slot]) => areaOf.get(slot)));
  // Temporaries that share memory here would be too much to think about.
  if (new Set([...buffers.keys()].map((slot) => areaOf.get(slot))).size < buffers.size && written.size > 0) return false;
  for (const [slot, { reads, writes }] of buffers) {
    for (const w of writes) {
      const moves = strideOf(w, counter) !== 0;
      if (!writes.every((p) => isApart(w, p, counter) || (samePlace(w, p) && (moves || isSum(sums, slot, p))))) return false;
      const same = reads.filter((p) => samePlace(w, p)).length;
      if (!moves && same !== writes.filter((p) => samePlace(w, p)).length) return false;
      if (!reads.every((p) => samePlace(w, p) || isApart(w, p, counter))) return false;
    }
  }
  return true;
}

const isSum = (sums: ReadonlyMap<Slot, readonly Place[]>, slot: Slot, at: Place): boolean =>
  sums.get(slot)?.some((p) => samePlace(p, at)) ?? false;

/** Whether two places are different entries in all turns of the loop. */
function isApart(a: Place, b: Place, counter: Counter): boolean {
  const [lowA, highA] = rangeOf(a);
  const [lowB, highB] = rangeOf(b);
  if (highA < lowB || highB < lowA) return true;
  if (a.terms.length !== b.terms.length || a.terms.some((t) => strideOf(b, t.counter) !== t.stride)) return false;
  const distance = Math.abs(a.constant - b.constant);
  const stride = Math.abs(strideOf(a, counter));
  if (stride === 0) return distance > 0;
  return distance > 0 && (distance % stride > 0 || distance / stride >= counter.extent);
}

/** Whether an expression has a vector: its numbers are numbers in the precision, and what it guards may be read at all times. */
function fits(e: Expression, counter: Counter, precision: Precision): boolean {
  if (e.kind === 'constant') return precision === 'f64' || isSingle(e.value);
  if (e.kind === 'place') return precision === 'f64' || rangeOf(e.at).every((limit) => Math.abs(limit) <= EXACT);
  if (e.kind === 'guarded' && e.bounds.some(({ at }) => strideOf(at, counter) !== 0) && !isSafe(e.of)) return false;
  return parts(e).every((part) => fits(part, counter, precision));
}

function isSafe(e: Expression): boolean {
  if (e.kind === 'load') {
    const [low, high] = rangeOf(e.at);
    if (low < 0 || high >= e.slot.length) return false;
  }
  return parts(e).every(isSafe);
}

/** Loads and stores of single lanes cost as much as in a plain loop; what is computed between them must outweigh that. */
function pays(body: Lanewise['body'], counter: Counter): boolean {
  let gain = 0;
  let cost = 0;
  const access = (at: Place) => {
    const stride = strideOf(at, counter);
    if (stride === 1) gain += 2;
    else if (stride !== 0) cost += 2;
  };
  const visit = (e: Expression): void => {
    if (e.kind === 'load') access(e.at);
    else if (e.kind === 'call') {
      gain += hasVector(e.function) ? 8 : 1;
    } else if (e.kind === 'arithmetic') gain++;
    parts(e).forEach(visit);
  };
  for (const s of body) {
    visit(s.value);
    if (s.kind === 'store') access(s.at);
    else if (s.kind === 'assign') gain++;
  }
  return gain > cost;
}
