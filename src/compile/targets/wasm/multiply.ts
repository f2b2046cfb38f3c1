import type { Counter, Place } from '../../expression.ts';
import { strideOf } from '../../expression.ts';
import type { Product } from '../../program.ts';
import type { Callable, Code, Register } from './code.ts';
import type { Module } from './module.ts';
import { ACROSS, DEPTH, DOWN, type Scratch } from './scratch.ts';
import { ROWS, type Tiles } from './tile.ts';

/** The longest table of places; longer sums are taken in parts. */
const TABLE = 65_536;

/** A product of matrices with its sizes, all steps in bytes. */
interface Form {
  readonly rows: number;
  readonly columns: number;
  /** The innermost of the summed counters, by how far the operands move with each. */
  readonly summed: readonly { readonly extent: number; readonly left: number; readonly right: number }[];
  readonly terms: number;
  readonly leftRow: number;
  readonly rightColumn: number;
  readonly outRow: number;
  readonly scale: number;
  /** Whether what lies below the diagonal is copied from above it. */
  readonly mirrored: boolean;
}

/** Products as functions (left, right, out, keep) of addresses, each form once. */
export class Products {
  private readonly module: Module;
  private readonly tiles: Tiles;
  private readonly scratch: Scratch;
  private readonly made = new Map<string, Callable>();

  constructor(module: Module, tiles: Tiles, scratch: Scratch) {
    this.module = module;
    this.tiles = tiles;
    this.scratch = scratch;
  }

  /** @returns the function, and the summed counters that are left to loops around it */
  product(product: Product): { readonly function: Callable; readonly outer: readonly Counter[] } {
    const { size } = this.tiles.width;
    const { rows, columns, left, right, at, scale } = product;
    const bytes = (place: Place, counter: Counter) => strideOf(place, counter) * size;
    let first = product.summed.length;
    let terms = 1;
    while (first > 0 && (first === product.summed.length || terms * product.summed[first - 1]!.extent <= TABLE)) {
      terms *= product.summed[--first]!.extent;
    }
    const form: Form = {
      rows: rows.extent,
      columns: columns.extent,
      summed: product.summed
        .slice(first)
        .map((counter) => ({ extent: counter.extent, left: bytes(left.at, counter), right: bytes(right.at, counter) })),
      terms,
      leftRow: bytes(left.at, rows),
      rightColumn: bytes(right.at, columns),
      outRow: bytes(at, rows),
      scale,
      mirrored: product.mirrored,
    };
    const key = JSON.stringify(form);
    let known = this.made.get(key);
    if (!known) {
      known = this.written(form);
      this.made.set(key, known);
    }
    return { function: known, outer: product.summed.slice(0, first) };
  }

  /** (out): what lies below the diagonal of a result is copied from above it. */
  mirror({ rows, at }: Pick<Product, 'rows' | 'at'>): Callable {
    return this.mirrorOf(rows.extent, strideOf(at, rows) * this.tiles.width.size);
  }

  private mirrorOf(rows: number, step: number): Callable {
    const key = `mirror:${rows}:${step}`;
    let known = this.made.get(key);
    if (!known) {
      const code = this.module.function(`mirror_${rows}`, ['i32']);
      writeMirror(code, rows, step, this.tiles.width.size);
      known = code;
      this.made.set(key, known);
    }
    return known;
  }

  private written(form: Form): Callable {
    const code = this.module.function(`product_${form.rows}x${form.columns}x${form.terms}`, ['i32', 'i32', 'i32', 'i32']);
    new ProductPrinter(code, form, this.tiles, this.scratch).print();
    if (form.mirrored) code.get(code.parameter(2)).call(this.mirrorOf(form.rows, form.outRow));
    return code;
  }
}

/** Entry by entry. */
function writeMirror(code: Code, rows: number, step: number, size: number): void {
  const [i, j] = [code.local('i32'), code.local('i32')];
  const at = (row: Register, column: Register) => {
    code.get(code.parameter(0), row).i32(step).op('i32.mul', 'i32.add');
    code.get(column).i32(size).op('i32.mul', 'i32.add');
  };
  code.i32(0).set(i);
  code.range(
    i,
    () => code.i32(rows),
    1,
    () => {
      code.i32(0).set(j);
      code.range(
        j,
        () => code.get(i),
        1,
        () => {
          at(i, j);
          at(j, i);
          if (size === 4) code.memory('f32.load').memory('f32.store');
          else code.memory('f64.load').memory('f64.store');
        },
      );
    },
  );
}

/** Up to so many bytes an operand that lies well is read where it is. */
const SMALL = 32_768;

/** One product: blocks of the sum and of the columns; in them panels, packed where that pays; in those tiles. */
class ProductPrinter {
  private readonly code: Code;
  private readonly form: Form;
  private readonly tiles: Tiles;
  private readonly scratch: Scratch;
  private readonly left: Register;
  private readonly right: Register;
  private readonly out: Register;
  private readonly keep: Register;
  /** The block at hand: its first term, column and row, how many terms it has, and where it ends. */
  private readonly k: Register;
  private readonly depth: Register;
  private readonly j: Register;
  private readonly i: Register;
  private readonly column: Register;
  private readonly row: Register;
  private readonly lastColumn: Register;
  private readonly lastRow: Register;
  private readonly tables: { readonly left: number; readonly right: number };
  /** Whether the sum runs in even steps. */
  private readonly even: boolean;
  /** Whether the operands are packed. */
  private readonly packs: { readonly left: boolean; readonly right: boolean };

  constructor(code: Code, form: Form, tiles: Tiles, scratch: Scratch) {
    this.code = code;
    this.form = form;
    this.tiles = tiles;
    this.scratch = scratch;
    [this.left, this.right, this.out, this.keep] = [0, 1, 2, 3].map((n) => code.parameter(n)) as Four;
    [this.k, this.depth, this.j, this.i] = [0, 1, 2, 3].map(() => code.local('i32')) as Four;
    [this.column, this.row, this.lastColumn, this.lastRow] = [0, 1, 2, 3].map(() => code.local('i32')) as Four;
    this.even = form.summed.length === 1;
    this.tables = { left: this.table('left'), right: this.table('right') };
    const { size } = tiles.width;
    const { rows, columns, terms } = form;
    this.packs = {
      left: !this.even || (columns > 4 * tiles.width.columns && rows * terms * size > SMALL),
      right: !this.even || form.rightColumn !== size || (rows > 4 * ROWS && columns * terms * size > SMALL),
    };
  }

  /** The places of the terms, from that of the first; of so many as are packed at a time, where the steps are even. */
  private table(side: 'left' | 'right'): number {
    let places = [0];
    for (const axis of this.form.summed) {
      const extent = this.even ? Math.min(axis.extent, DEPTH) : axis.extent;
      places = places.flatMap((start) => Array.from({ length: extent }, (_, n) => start + n * axis[side]));
    }
    return this.scratch.table(places);
  }

  /** The columns and rows that fill tiles, and what is left. */
  private get edges() {
    const { rows, columns } = this.form;
    const right = columns % this.tiles.width.columns;
    const below = rows % ROWS;
    return { right, below, columns: columns - right, rows: rows - below };
  }

  print(): void {
    const { code, form, scratch, edges, k, depth } = this;
    this.blocks(k, DEPTH, form.terms, () => {
      this.least(k, DEPTH, form.terms, depth);
      code.get(depth, k).op('i32.sub').set(depth);
      if (edges.below > 0) this.pack('left', scratch.below, edges.below, () => code.i32(edges.rows));
      if (edges.right > 0) this.pack('right', scratch.beside, edges.right, () => code.i32(edges.columns));
      this.blocks(this.j, ACROSS, form.columns, () => this.blockOfColumns());
      // From the second block on, the terms are added to what is there.
      code.i32(1).set(this.keep);
    });
  }

  private blockOfColumns(): void {
    const { code, edges, j, column } = this;
    this.least(j, ACROSS, edges.columns, this.lastColumn);
    if (this.packs.right) {
      const { columns: width } = this.tiles.width;
      this.across(() => this.pack('right', this.packed('right', column, j), width, () => code.get(column)));
    }
    this.blocks(this.i, DOWN, edges.rows, () => this.blockOfRows());
    if (edges.below === 0) return;
    this.across(() => this.tile('edge', 'inside'));
    if (edges.right > 0) this.lastBlock(() => this.tile('edge', 'edge'));
  }

  private blockOfRows(): void {
    const { code, edges, i, row } = this;
    this.least(i, DOWN, edges.rows, this.lastRow);
    if (this.packs.left) this.down(() => this.pack('left', this.packed('left', row, i), ROWS, () => code.get(row)));
    this.across(() => this.down(() => this.tile('inside', 'inside')));
    if (edges.right > 0) this.lastBlock(() => this.down(() => this.tile('inside', 'edge')));
  }

  /** A block at a time, `at` being where it begins. */
  private blocks(at: Register, step: number, end: number, body: () => void): void {
    const { code } = this;
    code.i32(0).set(at);
    code.range(at, () => code.i32(end), step, body);
  }

  /** The columns of the block, a tile at a time. */
  private across(body: () => void): void {
    const { code, j, column, lastColumn } = this;
    code.get(j).set(column);
    code.range(column, () => code.get(lastColumn), this.tiles.width.columns, body);
  }

  /** The rows of the block, a tile at a time. */
  private down(body: () => void): void {
    const { code, i, row, lastRow } = this;
    code.get(i).set(row);
    code.range(row, () => code.get(lastRow), ROWS, body);
  }

  /** For the last block of columns, where the edge is. */
  private lastBlock(body: () => void): void {
    const { code, form, j } = this;
    if (form.columns <= ACROSS) body();
    else
      code
        .get(j)
        .i32(form.columns - ACROSS)
        .op('i32.ge_s')
        .if(body);
  }

  /** min(at + step, most) */
  private least(at: Register, step: number, most: number, into: Register): void {
    const { code } = this;
    code.get(at).i32(step).op('i32.add').tee(into).i32(most).get(into).i32(most).op('i32.lt_s', 'select').set(into);
  }

  /** Writes where a panel of a block is packed. */
  private packed(side: 'left' | 'right', at: Register, start: Register): () => void {
    const { size } = this.tiles.width;
    const base = this.scratch[side];
    return () => {
      this.code
        .get(at, start)
        .op('i32.sub')
        .i32(DEPTH * size)
        .op('i32.mul');
      this.own(base).op('i32.add');
    };
  }

  /** Writes an address of the scratch memory of this thread. */
  private own(address: number): Code {
    const { thread } = this.scratch;
    this.code.i32(address);
    return thread ? this.code.getGlobal(thread).op('i32.add') : this.code;
  }

  /** Packs a panel of the block's terms. */
  private pack(side: 'left' | 'right', to: number | (() => void), filled: number, at: () => void): void {
    const { code, form, tiles } = this;
    const step = side === 'left' ? form.leftRow : form.rightColumn;
    const width = side === 'left' ? ROWS : tiles.width.columns;
    this.operand(side, at);
    code.i32(step).i32(this.tables[side]);
    if (!this.even) code.get(this.k).i32(4).op('i32.mul', 'i32.add');
    if (typeof to === 'number') this.own(to);
    else to();
    code.get(this.depth).call(tiles.pack(width, filled, step === tiles.width.size));
  }

  /** Where a row or column of an operand begins, at the block's first term. */
  private operand(side: 'left' | 'right', at: () => void): void {
    const { code, form } = this;
    code.get(this[side]);
    at();
    code.i32(side === 'left' ? form.leftRow : form.rightColumn).op('i32.mul', 'i32.add');
    if (this.even) code.get(this.k).i32(form.summed[0]![side]).op('i32.mul', 'i32.add');
  }

  /** The tile at the row and column at hand, unless all of it is copied. */
  private tile(down: 'inside' | 'edge', across: 'inside' | 'edge'): void {
    const { code, form, edges } = this;
    if (!form.mirrored || across === 'edge') {
      this.wanted(down, across);
      return;
    }
    code.get(this.column).i32(this.tiles.width.columns).op('i32.add');
    if (down === 'edge') code.i32(edges.rows);
    else code.get(this.row);
    code.op('i32.gt_s').if(() => this.wanted(down, across));
  }

  /** At an edge a tile is computed apart, and what is there of it copied. */
  private wanted(down: 'inside' | 'edge', across: 'inside' | 'edge'): void {
    const { code, form, tiles, scratch, edges } = this;
    const { size, columns: width } = tiles.width;
    const whole = down === 'inside' && across === 'inside';
    const packed = (down === 'edge' || this.packs.left) && (across === 'edge' || this.packs.right);
    if (down === 'edge' || this.packs.left) {
      if (down === 'edge') this.own(scratch.below);
      else this.packed('left', this.row, this.i)();
      if (!packed) code.i32(size).i32(ROWS * size);
    } else {
      this.operand('left', () => code.get(this.row));
      code.i32(form.leftRow).i32(form.summed[0]!.left);
    }
    if (across === 'edge' || this.packs.right) {
      if (across === 'edge') this.own(scratch.beside);
      else this.packed('right', this.column, this.j)();
      if (!packed) code.i32(width * size);
    } else {
      this.operand('right', () => code.get(this.column));
      code.i32(form.summed[0]!.right);
    }
    const place = () => {
      code.get(this.out);
      if (down === 'edge') code.i32(edges.rows * form.outRow);
      else code.get(this.row).i32(form.outRow).op('i32.mul');
      code.op('i32.add');
      if (across === 'edge') code.i32(edges.columns * size);
      else code.get(this.column).i32(size).op('i32.mul');
      code.op('i32.add');
    };
    if (whole) {
      place();
      code.i32(form.outRow);
    } else this.own(scratch.apart).i32(width * size);
    code.get(this.depth).f64(form.scale);
    if (size === 4) code.op('f32.demote_f64');
    if (whole) code.get(this.keep);
    else code.i32(0);
    code.call(packed ? tiles.packedTile() : tiles.tile());
    if (whole) return;
    this.own(scratch.apart);
    place();
    code.i32(form.outRow).get(this.keep);
    code.call(tiles.unpack(down === 'edge' ? edges.below : ROWS, across === 'edge' ? edges.right : width));
  }
}

type Four = [Register, Register, Register, Register];
