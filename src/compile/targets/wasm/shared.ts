import type { Local, Slot } from '../../expression.ts';
import type { Intrinsic } from '../../intrinsic.ts';
import type { Call } from '../../program.ts';
import type { LaidOut } from '../target.ts';
import type { Callable, Global } from './code.ts';
import { fuses } from './engine.ts';
import { routineOf } from './linear/index.ts';
import { Kit } from './linear/kit.ts';
import { Module } from './module.ts';
import { Products } from './multiply.ts';
import { Scratch } from './scratch.ts';
import { Tiles } from './tile.ts';

/** What the functions of one module share. */
export class Shared {
  readonly module = new Module();
  readonly made: LaidOut;
  /** The locals that several functions use. */
  readonly among: ReadonlySet<Local>;
  /** What is imported, by the name under which it is. */
  readonly kernels = new Map<string, unknown>();
  private readonly globals = new Map<Local, Global>();
  private readonly imported = new Map<unknown, Callable>();

  private shares: Callable | undefined;

  readonly scratch: Scratch;
  readonly products: Products;
  private readonly kit: Kit;

  /** @param threads that share its work */
  constructor(made: LaidOut, among: ReadonlySet<Local>, threads: number) {
    this.made = made;
    this.among = among;
    const { precision, length } = made.layout;
    const tiles = new Tiles(this.module, precision, made.fma === true && fuses());
    const thread = threads > 1 ? this.module.global('i32') : undefined;
    this.scratch = new Scratch(length * tiles.width.size, tiles.width, threads, thread);
    this.products = new Products(this.module, tiles, this.scratch);
    this.kit = new Kit(this.module, tiles, this.scratch);
  }

  global(local: Local): Global {
    let global = this.globals.get(local);
    if (!global) {
      global = this.module.global();
      this.globals.set(local, global);
    }
    return global;
  }

  /** A function of numbers by its kernel. */
  kernel({ kernel, arity }: Intrinsic): Callable {
    return this.import(
      kernel,
      Array.from({ length: arity }, () => 'f64' as const),
      'f64',
    );
  }

  /** What has the portions of a statement done, by its number. */
  share(): Callable {
    this.shares ??= this.module.import('share', ['i32']);
    return this.shares;
  }

  /** A routine over whole arrays, as a function without arguments: what they are is known. */
  routine(call: Call): Callable {
    const { size } = this.kit;
    const base = (slot: Slot): number => this.made.layout.areaOf.get(slot)!.offset * size;
    return routineOf(this.kit, call, base) ?? this.import(call, [], undefined);
  }

  private import(what: unknown, parameters: readonly 'f64'[], result: 'f64' | undefined): Callable {
    let callable = this.imported.get(what);
    if (!callable) {
      const name = `k${this.kernels.size}`;
      this.kernels.set(name, what);
      callable = this.module.import(name, parameters, result);
      this.imported.set(what, callable);
    }
    return callable;
  }
}
