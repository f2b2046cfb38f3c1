import { accessOf } from '../../access.ts';
import type { Bound, Counter, Expression, Local, Place } from '../../expression.ts';
import type { Loop, Product, Statement, Store } from '../../program.ts';
import type { Code, Register } from './code.ts';
import { type Leaf, writeNumber } from './functions.ts';
import { type Lanewise, lanewise } from './lanewise.ts';
import { mentioned } from './outline.ts';
import { Places } from './places.ts';
import type { Shared } from './shared.ts';
import { VectorLoop } from './vector-loop.ts';

/** Prints statements as one function. Numbers are doubles but for where they lie, as in JavaScript. */
export class UnitPrinter {
  readonly code: Code;
  readonly places: Places;
  readonly shared: Shared;
  /** The locals that are kept in registers here and in globals elsewhere. */
  private readonly among: ReadonlySet<Local>;
  private readonly locals = new Map<Local, Register>();
  private readonly single: boolean;

  constructor(code: Code, shared: Shared, among: ReadonlySet<Local>) {
    this.code = code;
    this.shared = shared;
    this.among = among;
    const { layout } = shared.made;
    this.places = new Places(code, layout);
    this.single = layout.precision === 'f32';
  }

  /** The body of the function: what other functions know too is fetched before, and handed back after it. */
  print(statements: readonly Statement[]): void {
    const { code } = this;
    const given = [...mentioned(statements)].filter((local) => this.among.has(local));
    for (const local of given) code.getGlobal(this.shared.global(local)).set(this.local(local));
    statements.forEach((s) => {
      this.statement(s);
    });
    const set = new Set(statements.flatMap((s) => [...accessOf(s).sets]));
    for (const local of given) if (set.has(local)) code.get(this.local(local)).setGlobal(this.shared.global(local));
  }

  private statement(s: Statement): void {
    const { code } = this;
    switch (s.kind) {
      case 'let':
        this.value(s.value);
        code.set(this.local(s.local));
        break;
      case 'assign':
        if (s.accumulate) code.get(this.local(s.local));
        this.value(s.value);
        if (s.accumulate) code.op('f64.add');
        code.set(this.local(s.local));
        break;
      case 'store':
        this.store(s);
        break;
      case 'product':
        this.product(s);
        break;
      case 'call':
        code.call(this.shared.routine(s));
        break;
      case 'loop':
        this.loop(s);
    }
  }

  private product(s: Product): void {
    const { code, places, shared } = this;
    const { function: multiply, outer } = shared.products.product(s);
    const keep = code.local('i32');
    code.i32(s.accumulate ? 1 : 0).set(keep);
    const operands = [s.left, s.right, s].map(({ slot, at }) => ({ slot, at: first(at, s, outer) }));
    const within = (n: number): void => {
      const counter = outer[n];
      if (counter) {
        this.counting(
          counter,
          operands.map(({ at }) => at),
          () => within(n + 1),
        );
        return;
      }
      for (const { slot, at } of operands) places.whole(slot, at);
      code.get(keep).call(multiply).i32(1).set(keep);
    };
    within(0);
  }

  /** Copies what lies below the diagonal of a product whose portions are done. */
  mirror(s: Product): void {
    this.places.whole(s.slot, first(s.at, s, []));
    this.code.call(this.shared.products.mirror(s));
  }

  private store({ slot, at, value, accumulate }: Store): void {
    const { code } = this;
    const offset = this.places.address(slot, at);
    if (accumulate) {
      this.load(this.places.address(slot, at));
      this.value(value);
      code.op('f64.add');
    } else this.value(value);
    if (this.single) code.op('f32.demote_f64').memory('f32.store', offset);
    else code.memory('f64.store', offset);
  }

  private load(offset: number): void {
    if (this.single) this.code.memory('f32.load', offset).op('f64.promote_f32');
    else this.code.memory('f64.load', offset);
  }

  private loop(s: Loop): void {
    const plan = lanewise(s, this.shared.made.layout);
    if (plan) {
      this.inLanes(s, plan);
      return;
    }
    if (isTiny(s)) {
      for (let turn = 0; turn < s.counter.extent; turn++) {
        this.places.during(s.counter, turn, () => {
          for (const inner of s.body) this.statement(inner);
        });
      }
      return;
    }
    this.counting(s.counter, placesOf(s), () => {
      for (const inner of s.body) this.statement(inner);
    });
  }

  private inLanes(s: Loop, plan: Lanewise): void {
    const { code, places } = this;
    const loop = new VectorLoop(this, plan);
    const { step, whole, extent } = loop.turns;
    loop.begin();
    const register = code.local('i32');
    code.i32(0).set(register);
    const moving = places.enter(s.counter, placesOf(s));
    places.bind(s.counter, register);
    const turns = (to: number, by: number, body: () => void) => {
      const once = () => {
        body();
        for (const { register: moved, step: size } of moving) code.step(moved, by * size);
        code.step(register, by);
      };
      if (to - by <= (by === step ? 0 : whole)) once();
      else
        code.loop(() => {
          once();
          code.get(register).i32(to).op('i32.lt_s').jumpIf(0);
        });
    };
    if (whole > 0) turns(whole, step, () => loop.step());
    loop.settle();
    if (extent > whole) turns(extent, 1, () => loop.single());
    places.unbind(s.counter);
    places.leave(moving);
  }

  /** A loop; what moves with it is kept in registers. */
  private counting(counter: Counter, touched: readonly Place[], body: () => void): void {
    const { code, places } = this;
    if (counter.extent === 0) return;
    const register = code.local('i32');
    code.i32(0).set(register);
    const moving = places.enter(counter, touched);
    places.bind(counter, register);
    code.loop(() => {
      body();
      for (const { register: moved, step } of moving) code.step(moved, step);
      code.step(register, 1).get(register).i32(counter.extent).op('i32.lt_s').jumpIf(0);
    });
    places.unbind(counter);
    places.leave(moving);
  }

  /** Writes a number. */
  value(e: Expression): void {
    writeNumber(
      this.code,
      e,
      (part) => this.leaf(part),
      (f) => this.shared.kernel(f),
    );
  }

  private leaf(e: Leaf): void {
    const { code } = this;
    switch (e.kind) {
      case 'local':
        if (this.locals.has(e) || !this.shared.among.has(e)) code.get(this.local(e));
        else code.getGlobal(this.shared.global(e));
        break;
      case 'load':
        this.load(this.places.address(e.slot, e.at));
        break;
      case 'place':
        this.places.number(e.at);
        code.op('f64.convert_i32_s');
        break;
      case 'guarded':
        this.condition(e.bounds);
        code.if(
          () => this.value(e.of),
          () => code.f64(0),
          'f64',
        );
    }
  }

  private condition(bounds: readonly Bound[]): void {
    const { code } = this;
    bounds.forEach(({ at, extent }, k) => {
      this.places.number(at);
      // Below 0 is far above as an unsigned number.
      if (extent === 1) code.op('i32.eqz');
      else code.i32(extent).op('i32.lt_u');
      if (k > 0) code.op('i32.and');
    });
  }

  local(local: Local): Register {
    let register = this.locals.get(local);
    if (!register) {
      register = this.code.local('f64');
      this.locals.set(local, register);
    }
    return register;
  }
}

/** Turns up to which a loop is written out, and the weight of all of them. */
const FEW = 4;
const LIGHT = 100;

const isTiny = (s: Loop): boolean => s.counter.extent <= FEW && weightOf(s) <= LIGHT;

function weightOf(s: Statement): number {
  if (s.kind === 'loop') return s.counter.extent * s.body.reduce((sum, inner) => sum + weightOf(inner), 0);
  return 'value' in s ? 2 + s.value.weight : LIGHT;
}

function placesOf(s: Loop): Place[] {
  return [...accessOf(s).buffers.values()].flatMap(({ reads, writes }) => [...reads, ...writes]);
}

/** Where a product begins in an array: it runs through its rows, columns and terms itself, but for the outer ones. */
function first(at: Place, { rows, columns, summed }: Product, outer: readonly Counter[]): Place {
  const own = new Set([rows, columns, ...summed.slice(outer.length)]);
  return { constant: at.constant, terms: at.terms.filter(({ counter }) => !own.has(counter)) };
}
