import type { Bound, Expression, Local, Place, Slot } from '../../expression.ts';
import { parts, strideOf } from '../../expression.ts';
import type { Assign, Let, Store } from '../../program.ts';
import type { Code, Register } from './code.ts';
import type { Leaf } from './functions.ts';
import { Lanes, UPPER, type Vector } from './lanes.ts';
import { type Fold, foldedIn, type Lanewise } from './lanewise.ts';
import type { Places } from './places.ts';
import type { Shared } from './shared.ts';
import { VectorWriter } from './vector-writer.ts';

/** What a loop of vectors asks of the function that it stands in. */
export interface Around {
  readonly code: Code;
  readonly places: Places;
  readonly shared: Shared;
  /** Writes a number as a double. */
  value(e: Expression): void;
  local(local: Local): Register;
}

/** Vectors that are added up apart, so that no addition waits for the one before. */
const APART = 4;

/** One total of a loop: a local, or an entry that stays the same. */
interface Total {
  readonly fold: Fold;
  /** Parts, folded together in their order; those of sums are doubles. */
  readonly parts: readonly Register[];
  /** Folds a double into it. */
  readonly finish: (number: () => void) => void;
}

/** How each fold begins. */
const START: Record<Fold, number> = { sum: 0, max: Number.NEGATIVE_INFINITY, min: Number.POSITIVE_INFINITY };

const STEP = { sum: 'add', max: 'max', min: 'min' } as const satisfies Record<Fold, string>;

/** Prints a loop in lanes: whole vectors, then the turns that are left, one by one with the same operations. */
export class VectorLoop {
  private readonly around: Around;
  private readonly code: Code;
  private readonly loop: Lanewise;
  private readonly v: Lanes;
  /** Numbers that stay the same, in all lanes. */
  private readonly steady = new Map<string, Register>();
  private readonly locals = new Map<Local, Register>();
  private readonly totals = new Map<string, Total>();
  /** Turns between the counter and the lanes at hand, and how many lanes count. */
  private ahead = 0;
  private readonly writer: VectorWriter;
  /** Which of the parts of totals is at hand. */
  private part = 0;

  constructor(around: Around, loop: Lanewise) {
    this.around = around;
    this.code = around.code;
    this.loop = loop;
    this.v = new Lanes(this.code, around.shared.made.layout.precision);
    this.writer = new VectorWriter(this.v, around.shared, (e) => this.leaf(e));
  }

  /** How many turns are taken at a time, and how many are left. */
  get turns(): { readonly step: number; readonly whole: number; readonly extent: number } {
    const { extent } = this.loop.counter;
    const reduces = this.loop.totals.size > 0;
    const copies = reduces
      ? Math.max(1, Math.min(Math.floor(APART / this.loop.totals.size), Math.floor(extent / this.v.count)))
      : 1;
    const step = copies * this.v.count;
    return { step, whole: Math.floor(extent / step) * step, extent };
  }

  /** What must stand before the loop: the vectors of numbers that stay the same, and zeros for the totals. */
  begin(): void {
    const { step } = this.turns;
    const copies = step / this.v.count;
    const own = new Set(this.loop.body.flatMap((s) => (s.kind === 'let' ? [s.local] : [])));
    const visit = (e: Expression): void => {
      if (e.kind === 'local' && !own.has(e)) this.splat(`local_${e.id}`, () => this.around.value(e));
      else if (e.kind === 'load' && strideOf(e.at, this.loop.counter) === 0)
        this.splat(placeKey(e.slot, e.at), () => this.around.value(e));
      // What is guarded may not be there.
      else if (e.kind !== 'guarded') parts(e).forEach(visit);
      else this.localsIn(e, own);
    };
    for (const s of this.loop.body) {
      visit(s.kind === 'assign' && this.loop.totals.has(s.local) ? foldedIn(s)!.value : s.value);
      const key = this.totalKey(s);
      if (key !== undefined && !this.totals.has(key)) this.totals.set(key, this.total(s as Assign | Store, copies));
    }
  }

  private localsIn(e: Expression, own: ReadonlySet<Local>): void {
    if (e.kind === 'local' && !own.has(e)) this.splat(`local_${e.id}`, () => this.around.value(e));
    for (const part of parts(e)) this.localsIn(part, own);
  }

  private totalKey(s: Let | Assign | Store): string | undefined {
    if (s.kind === 'assign' && this.loop.totals.has(s.local)) return `local_${s.local.id}`;
    return s.kind === 'store' && strideOf(s.at, this.loop.counter) === 0 ? placeKey(s.slot, s.at) : undefined;
  }

  private total(s: Assign | Store, copies: number): Total {
    const { code, around, v } = this;
    const fold = s.kind === 'assign' ? this.loop.totals.get(s.local)! : 'sum';
    // Singles are added up in doubles, which takes two vectors for one.
    const made = Array.from({ length: this.isWide(fold) ? 2 * copies : copies }, () => code.local('v128'));
    for (const register of made) {
      if (fold === 'sum') code.f64x2(0);
      else v.constant(START[fold])();
      code.set(register);
    }
    if (s.kind === 'assign') {
      const register = around.local(s.local);
      return {
        fold,
        parts: made,
        finish: (number) => {
          code.get(register);
          number();
          code.op(`f64.${STEP[fold]}`).set(register);
        },
      };
    }
    const finish = (number: () => void): void => {
      const offset = around.places.address(s.slot, s.at);
      if (v.precision === 'f32') code.memory('f32.load', around.places.address(s.slot, s.at)).op('f64.promote_f32');
      else code.memory('f64.load', around.places.address(s.slot, s.at));
      number();
      code.op('f64.add');
      if (v.precision === 'f32') code.op('f32.demote_f64').memory('f32.store', offset);
      else code.memory('f64.store', offset);
    };
    return { fold, parts: made, finish };
  }

  private isWide(fold: Fold): boolean {
    return fold === 'sum' && this.v.precision === 'f32';
  }

  private splat(key: string, number: () => void): void {
    if (this.steady.has(key)) return;
    const register = this.code.local('v128');
    this.spread(number);
    this.code.set(register);
    this.steady.set(key, register);
  }

  /** A double in all lanes. */
  private spread(number: () => void): void {
    number();
    if (this.v.precision === 'f32') this.code.op('f32.demote_f64', 'f32x4.splat');
    else this.code.op('f64x2.splat');
  }

  /** The turns of one step from the counter on. */
  step(): void {
    const { step } = this.turns;
    for (let copy = 0; copy < step / this.v.count; copy++) {
      this.part = copy;
      this.ahead = copy * this.v.count;
      this.writer.lanes = this.v.count;
      for (const s of this.loop.body) this.statement(s);
    }
  }

  /** The totals, once whole vectors are done. */
  settle(): void {
    const { code, v } = this;
    for (const { fold, parts: list, finish } of this.totals.values()) {
      const doubles = fold === 'sum' || v.precision === 'f64';
      const shape = doubles ? 'f64x2' : 'f32x4';
      const [first, ...rest] = list as [Register, ...Register[]];
      code.get(first);
      for (const part of rest) code.get(part).op(`${shape}.${STEP[fold]}`);
      const folded = code.local('v128');
      code.set(folded);
      finish(() => {
        for (let lane = 0; lane < (doubles ? 2 : 4); lane++) {
          code.get(folded).lane(`${shape}.extract_lane`, lane);
          if (!doubles) code.op('f64.promote_f32');
          if (lane > 0) code.op(`f64.${STEP[fold]}`);
        }
      });
    }
  }

  /** One turn. */
  single(): void {
    this.ahead = 0;
    this.writer.lanes = 1;
    for (const s of this.loop.body) this.statement(s);
  }

  private statement(s: Let | Assign | Store): void {
    const { code, v } = this;
    const key = this.totalKey(s);
    if (key !== undefined) {
      const value = s.kind === 'assign' ? foldedIn(s)!.value : s.value;
      this.accumulate(this.totals.get(key)!, () => this.writer.write(value));
      return;
    }
    if (s.kind === 'store') {
      this.store(s);
      return;
    }
    if (s.kind === 'assign' && s.accumulate) code.get(this.local(s.local));
    this.writer.write(s.value);
    if (s.kind === 'assign' && s.accumulate) code.op(`${v.precision === 'f32' ? 'f32x4' : 'f64x2'}.add`);
    code.set(this.local(s.local));
  }

  private accumulate({ fold, parts: list, finish }: Total, value: Vector): void {
    const { code, v } = this;
    const shape = v.precision === 'f32' ? 'f32x4' : 'f64x2';
    if (this.writer.lanes === 1) {
      finish(() => {
        value();
        code.lane(`${shape}.extract_lane`, 0);
        if (v.precision === 'f32') code.op('f64.promote_f32');
      });
      return;
    }
    if (!this.isWide(fold)) {
      const part = list[this.part]!;
      code.get(part);
      value();
      code.op(`${shape}.${STEP[fold]}`).set(part);
      return;
    }
    const found = code.local('v128');
    value();
    code.set(found);
    const [low, high] = [list[2 * this.part]!, list[2 * this.part + 1]!];
    code.get(low, found).op('f64x2.promote_low_f32x4', 'f64x2.add').set(low);
    code.get(high, found, found).shuffle(UPPER).op('f64x2.promote_low_f32x4', 'f64x2.add').set(high);
  }

  private store({ slot, at, value, accumulate }: Store): void {
    const { code, v } = this;
    const { places } = this.around;
    const single = v.precision === 'f32';
    const whole = strideOf(at, this.loop.counter) === 1 && this.writer.lanes > 1;
    if (whole) {
      const offset = places.address(slot, this.moved(at));
      if (accumulate) {
        code.memory('v128.load', places.address(slot, this.moved(at)));
        this.writer.write(value);
        code.op(`${single ? 'f32x4' : 'f64x2'}.add`);
      } else this.writer.write(value);
      code.memory('v128.store', offset);
      return;
    }
    const found = code.local('v128');
    if (accumulate) this.load(slot, at);
    this.writer.write(value);
    if (accumulate) code.op(`${single ? 'f32x4' : 'f64x2'}.add`);
    code.set(found);
    for (let lane = 0; lane < this.writer.lanes; lane++) {
      const offset = places.address(slot, this.moved(at, lane));
      code.get(found).memory(single ? 'v128.store32_lane' : 'v128.store64_lane', offset, lane);
    }
  }

  /** A place of a lane. */
  private moved(at: Place, lane = 0): Place {
    return { constant: at.constant + strideOf(at, this.loop.counter) * (this.ahead + lane), terms: at.terms };
  }

  private load(slot: Slot, at: Place): void {
    const { code, v } = this;
    const { places } = this.around;
    const stride = strideOf(at, this.loop.counter);
    const single = v.precision === 'f32';
    if (stride === 0) {
      const known = this.steady.get(placeKey(slot, at));
      if (known) code.get(known);
      else code.memory(single ? 'v128.load32_splat' : 'v128.load64_splat', places.address(slot, at));
    } else if (stride === 1 && this.writer.lanes > 1) code.memory('v128.load', places.address(slot, this.moved(at)));
    else {
      code.memory(single ? 'v128.load32_zero' : 'v128.load64_zero', places.address(slot, this.moved(at)));
      const gathered = code.local('v128');
      for (let lane = 1; lane < this.writer.lanes; lane++) {
        code.set(gathered);
        const offset = places.address(slot, this.moved(at, lane));
        code.get(gathered).memory(single ? 'v128.load32_lane' : 'v128.load64_lane', offset, lane);
      }
    }
  }

  private local(local: Local): Register {
    let register = this.locals.get(local);
    if (!register) {
      register = this.code.local('v128');
      this.locals.set(local, register);
    }
    return register;
  }

  /** Writes what an expression is made of. */
  private leaf(e: Leaf): void {
    switch (e.kind) {
      case 'local':
        this.code.get(this.steady.get(`local_${e.id}`) ?? this.local(e));
        break;
      case 'load':
        this.load(e.slot, e.at);
        break;
      case 'place':
        this.index(e.at);
        break;
      case 'guarded':
        this.guarded(e.bounds, e.of);
    }
  }

  /** The place as a number in each lane. */
  private index(at: Place): void {
    const { code, v } = this;
    this.around.places.number(this.moved(at));
    const stride = strideOf(at, this.loop.counter);
    if (v.precision === 'f64') {
      code.op('f64.convert_i32_s', 'f64x2.splat');
      if (stride !== 0) code.v128(wordsOf(0, stride)).op('f64x2.add');
    } else {
      code.op('i32x4.splat');
      if (stride !== 0) code.v128([0, stride, 2 * stride, 3 * stride]).op('i32x4.add');
      code.op('f32x4.convert_i32x4_s');
    }
  }

  /** 0 where a bound fails. What holds for all lanes or for none is asked first. */
  private guarded(bounds: readonly Bound[], of: Expression): void {
    const { code, v } = this;
    const moving = bounds.filter(({ at }) => strideOf(at, this.loop.counter) !== 0);
    const fixed = bounds.filter(({ at }) => strideOf(at, this.loop.counter) === 0);
    const inner =
      moving.length === 0
        ? () => this.writer.write(of)
        : v.and(
            () => this.within(moving),
            () => this.writer.write(of),
          );
    if (fixed.length === 0) {
      inner();
      return;
    }
    fixed.forEach(({ at, extent }, k) => {
      this.around.places.number(at);
      code.i32(extent).op('i32.lt_u');
      if (k > 0) code.op('i32.and');
    });
    code.if(inner, v.constant(0), 'v128');
  }

  private within(bounds: readonly Bound[]): void {
    const { code, v } = this;
    bounds.forEach(({ at, extent }, k) => {
      const stride = strideOf(at, this.loop.counter);
      this.around.places.number(this.moved(at));
      code.op('i32x4.splat');
      const lanes = v.precision === 'f32' ? [0, 1, 2, 3] : [0, 0, 1, 1];
      code.v128(lanes.map((lane) => lane * stride)).op('i32x4.add');
      code.v128([extent, extent, extent, extent]).op('i32x4.lt_u');
      if (k > 0) code.op('v128.and');
    });
  }
}

const placeKey = (slot: Slot, { constant, terms }: Place): string =>
  `${slot.id} ${constant} ${terms.map((t) => `${t.counter.id}*${t.stride}`).join()}`;

/** Two doubles as four words. */
function wordsOf(...values: [number, number]): number[] {
  return [...new Uint32Array(Float64Array.from(values).buffer)];
}
