import type { Local } from '../../expression.ts';
import { workOf } from '../../outline.ts';
import { type Portions, portionsOf } from '../../portions.ts';
import type { Loop, Product, Statement } from '../../program.ts';
import type { LaidOut } from '../target.ts';
import type { Code, Register } from './code.ts';
import { mentioned } from './outline.ts';
import { Shared } from './shared.ts';
import { UnitPrinter } from './unit.ts';

/** Operations of a statement from which on threads that sleep are woken for less than they save. */
const LEAST = 700_000;

/** What is shared: each thread calls its function of it. */
export interface Share {
  readonly operations: number;
  /** How many portions it has. */
  readonly portions: number;
}

/** What several threads do at once: a statement in portions, each a function that finds in memory what it is called with. */
export class Shares {
  readonly list: Share[] = [];
  private readonly shared: Shared;

  constructor(shared: Shared) {
    this.shared = shared;
  }

  /** The functions of a statement's portions, and the call of `share` that has them done. */
  print(code: Code, s: Statement, portions: Portions, around: readonly Around[]): void {
    const { module, scratch, among } = this.shared;
    const given = [...mentioned([s])].filter((local) => among.has(local) && !portions.sums.includes(local));
    const [first, counters] = [scratch.take(8 * given.length), scratch.take(4 * around.length)];
    const count = portions.statements.length;
    const totals = scratch.take(LINE * count * portions.sums.length);
    const total = (sum: number, portion: number) => totals + LINE * (sum * count + portion);
    const number = this.list.length;
    const functions = portions.statements.map((portion, at) => {
      const made = module.function(`share_${number}_${at}`, []);
      const unit = new UnitPrinter(made, this.shared, new Set());
      given.forEach((local, k) => {
        made
          .i32(first + 8 * k)
          .memory('f64.load')
          .set(unit.local(local));
      });
      around.forEach(({ loop }, k) => {
        const register = made.local('i32');
        made
          .i32(counters + 4 * k)
          .memory('i32.load')
          .set(register);
        unit.places.bind(loop.counter, register);
      });
      portions.sums.forEach((local) => {
        made.f64(0).set(unit.local(local));
      });
      unit.print([portion]);
      portions.sums.forEach((local, k) => {
        made.i32(total(k, at)).get(unit.local(local)).memory('f64.store');
      });
      return made;
    });
    functions.forEach((made, at) => {
      module.export(`share_${number}_${at}`, made);
    });
    this.list.push({ operations: workOf(s), portions: count });
    const global = (local: Local) => this.shared.global(local);
    given.forEach((local, k) => {
      code
        .i32(first + 8 * k)
        .getGlobal(global(local))
        .memory('f64.store');
    });
    around.forEach(({ register }, k) => {
      code
        .i32(counters + 4 * k)
        .get(register)
        .memory('i32.store');
    });
    code.i32(number).call(this.shared.share());
    portions.sums.forEach((local, k) => {
      for (let portion = 0; portion < count; portion++)
        code.getGlobal(global(local)).i32(total(k, portion)).memory('f64.load').op('f64.add').setGlobal(global(local));
    });
    if (s.kind !== 'product' || !portions.mirrored) return;
    const unit = new UnitPrinter(code, this.shared, new Set());
    for (const { loop, register } of around) unit.places.bind(loop.counter, register);
    unit.mirror(s);
  }
}

/** A loop around what is written, with the register of its counter. */
export interface Around {
  readonly loop: Loop;
  readonly register: Register;
}

/** Which statements of a program are shared: those with much to do, in whose portions no function of JavaScript is called. */
export class Sharing {
  readonly threads: number;
  private readonly made: LaidOut;
  private readonly known = new Map<Statement, Portions | undefined>();

  constructor(made: LaidOut, threads: number) {
    this.made = made;
    this.threads = threads;
  }

  /** Whether there is any. */
  get any(): boolean {
    return [...this.known.values()].some((portions) => portions !== undefined);
  }

  get(s: Statement): Portions | undefined {
    return this.known.get(s);
  }

  /** @param around the loops around it */
  isShared(s: Statement, around: readonly Loop[]): boolean {
    if ((s.kind !== 'loop' && s.kind !== 'product') || workOf(s) < LEAST) return false;
    if (!this.known.has(s)) this.known.set(s, this.portions(s, around));
    return this.known.get(s) !== undefined;
  }

  private portions(s: Loop | Product, around: readonly Loop[]): Portions | undefined {
    const portions = portionsOf(s, this.threads);
    if (!portions) return undefined;
    const trial = new Shared(this.made, new Set(), 1);
    const code = trial.module.function('trial', []);
    const unit = new UnitPrinter(code, trial, new Set());
    for (const { counter } of around) unit.places.bind(counter, code.local('i32'));
    unit.print(portions.statements.slice(0, 1));
    return trial.kernels.size === 0 ? portions : undefined;
  }
}

const LINE = 64;
