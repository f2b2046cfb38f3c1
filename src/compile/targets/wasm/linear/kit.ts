import type { Callable, Code, Register } from '../code.ts';
import type { Module } from '../module.ts';
import type { Scratch } from '../scratch.ts';
import { type Tiles, VECTORS } from '../tile.ts';

/** Bytes of a row of a tile. */
export const LINE = 16 * VECTORS;

/**
 * What the routines of a module are written with: functions of addresses and numbers of rows, each written once, and panels in scratch
 * memory: columns of a matrix, as many as a tile has, with their rows one after the other. Lanes never mix, so those beside the last
 * column of a matrix may hold anything. Routines run in one thread, and use panels in turn.
 */
export class Kit {
  readonly module: Module;
  readonly tiles: Tiles;
  private readonly scratch: Scratch;
  private readonly functions = new Map<string, Callable>();
  private readonly panels = new Map<number, number>();

  constructor(module: Module, tiles: Tiles, scratch: Scratch) {
    this.module = module;
    this.tiles = tiles;
    this.scratch = scratch;
  }

  /** The columns of a panel. */
  get columns(): number {
    return this.tiles.width.columns;
  }

  /** Bytes of a number. */
  get size(): number {
    return this.tiles.width.size;
  }

  /** Numbers in a vector. */
  get lanes(): number {
    return 16 / this.size;
  }

  /** The address of a panel. */
  panel(rows: number): number {
    let known = this.panels.get(rows);
    if (known === undefined) {
      known = this.scratch.take(rows * LINE);
      this.panels.set(rows, known);
    }
    return known;
  }

  /**
   * A function of `count` whole numbers.
   * @param name says all that it depends on
   */
  function(name: string, count: number, write: (code: Code, parameters: Five) => void, result?: 'i32'): Callable {
    const known = this.functions.get(name);
    if (known) return known;
    const types = Array.from({ length: count }, () => 'i32' as const);
    const code = this.module.function(name, types, result);
    this.functions.set(name, code);
    write(code, types.map((_, k) => code.parameter(k)) as Five);
    return code;
  }

  /** The number at the address on the stack, as a double. */
  load(code: Code, offset = 0): Code {
    return this.size === 4 ? code.memory('f32.load', offset).op('f64.promote_f32') : code.memory('f64.load', offset);
  }

  /** Stores the double on the stack. */
  store(code: Code, offset = 0): Code {
    return this.size === 4 ? code.op('f32.demote_f64').memory('f32.store', offset) : code.memory('f64.store', offset);
  }

  /** A vector of the double on the stack. */
  splat(code: Code): Code {
    return this.size === 4 ? code.op('f32.demote_f64', 'f32x4.splat') : code.op('f64x2.splat');
  }

  /** Registers for so many rows of a panel. */
  rows(code: Code, count: number): readonly Row[] {
    return Array.from({ length: count }, () => Array.from({ length: VECTORS }, () => code.local('v128')));
  }

  /** Loads a row of a panel, so many lines after the address. */
  loadRow(code: Code, from: Register, line: number, row: Row): void {
    for (const [v, vector] of row.entries()) code.get(from).memory('v128.load', placeOf(line, v)).set(vector);
  }

  storeRow(code: Code, to: Register, line: number, row: Row): void {
    for (const [v, vector] of row.entries()) code.get(to, vector).memory('v128.store', placeOf(line, v));
  }

  /** row −= factor·other, where all lanes of the factor are alike. */
  subtract(code: Code, row: Row, factor: Register, other: Row): void {
    for (const [v, vector] of row.entries()) this.tiles.term(code, vector, 'minus', factor, other[v]!).set(vector);
  }

  divide(code: Code, row: Row, divisor: Register): void {
    for (const vector of row) code.get(vector, divisor).op(`${this.tiles.width.shape}.div`).set(vector);
  }
}

const placeOf = (line: number, vector: number): number => line * LINE + 16 * vector;

/** The vectors of a row. */
type Row = readonly Register[];

type Five = [Register, Register, Register, Register, Register];
