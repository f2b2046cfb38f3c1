import type { Precision } from '../../executable.ts';
import type { Callable, Code, Register } from './code.ts';
import type { Module } from './module.ts';
import type { Instruction } from './opcodes.ts';

/** The block of a product that is computed in registers: the only one that every engine keeps there. */
export const ROWS = 4;
export const VECTORS = 2;

/** What differs between the precisions. */
export interface Width {
  readonly size: number;
  readonly shape: 'f32x4' | 'f64x2';
  readonly columns: number;
  readonly splat: Instruction;
}

export const WIDTHS: Record<Precision, Width> = {
  f32: { size: 4, shape: 'f32x4', columns: 8, splat: 'v128.load32_splat' },
  f64: { size: 8, shape: 'f64x2', columns: 4, splat: 'v128.load64_splat' },
};

/** The kernels of products, each written when it is first asked for. */
export class Tiles {
  readonly width: Width;
  readonly precision: Precision;
  private readonly module: Module;
  private readonly fused: boolean;
  private readonly made = new Map<string, Callable>();

  /** @param fused whether multiplications and additions are one instruction, rounded once */
  constructor(module: Module, precision: Precision, fused: boolean) {
    this.module = module;
    this.precision = precision;
    this.width = WIDTHS[precision];
    this.fused = fused;
  }

  /**
   * (a, ai, ak, b, bk, c, ci, count, scale, keep): a block of ROWS rows and `columns` columns of c, whose rows are ci bytes apart,
   * becomes scale·Σ a·b, or what it was plus that. Rows of a are ai bytes apart; ak and bk are the steps of the sum.
   */
  tile(): Callable {
    return this.once('tile', () => {
      const code = this.module.function('tile', ['i32', 'i32', 'i32', 'i32', 'i32', 'i32', 'i32', 'i32', this.precision, 'i32']);
      const [a, ai, ak, b, bk, c, ci, count, scale, keep] = Array.from({ length: 10 }, (_, k) => code.parameter(k)) as Ten;
      const totals = this.block(code, ROWS);
      this.sums(code, totals, 'plus', { a, b, count }, { ai, ak, bk });
      this.write(code, totals, { c, ci, scale, keep });
      return code;
    });
  }

  /** (a, b, c, ci, count, scale, keep): the same of panels that are packed. */
  packedTile(): Callable {
    return this.once('tile_of_panels', () => {
      const code = this.module.function('tile_of_panels', ['i32', 'i32', 'i32', 'i32', 'i32', this.precision, 'i32']);
      const [a, b, c, ci, count, scale, keep] = Array.from({ length: 7 }, (_, k) => code.parameter(k)) as Seven;
      const totals = this.block(code, ROWS);
      this.sums(code, totals, 'plus', { a, b, count });
      this.write(code, totals, { c, ci, scale, keep });
      return code;
    });
  }

  /**
   * (a, ai, ak, b, bk, c, ci, count): `rows` rows of c lose Σ a·b, a term after the other, so that without fused instructions the bits
   * are those of a loop over the entries.
   */
  difference(rows: number): Callable {
    return this.once(`difference_${rows}`, () => {
      const code = this.module.function(`difference_${rows}`, ['i32', 'i32', 'i32', 'i32', 'i32', 'i32', 'i32', 'i32']);
      const [a, ai, ak, b, bk, c, ci, count] = Array.from({ length: 8 }, (_, k) => code.parameter(k)) as Eight;
      const totals = this.block(code, rows);
      const row = code.local('i32');
      const each = (visit: (total: Register, offset: number) => void): void => {
        code.get(c).set(row);
        this.entries(code, totals, { c: row, ci }, visit);
      };
      each((total, offset) => {
        code.get(row).memory('v128.load', offset).set(total);
      });
      this.sums(code, totals, 'minus', { a, b, count }, { ai, ak, bk });
      each((total, offset) => {
        code.get(row, total).memory('v128.store', offset);
      });
      return code;
    });
  }

  /** c ± a·b, on the stack. */
  term(code: Code, c: Register, sign: 'plus' | 'minus', a: Register, b: Register): Code {
    const { shape } = this.width;
    if (this.fused) return code.get(a, b, c).op(`${shape}.${sign === 'plus' ? 'relaxed_madd' : 'relaxed_nmadd'}`);
    return code.get(c, a, b).op(`${shape}.mul`, `${shape}.${sign === 'plus' ? 'add' : 'sub'}`);
  }

  private block(code: Code, rows: number): Totals {
    return Array.from({ length: rows }, () => Array.from({ length: VECTORS }, () => code.local('v128')));
  }

  /** The loop of the sum, its totals in registers. Without steps the panels are packed. */
  private sums(code: Code, totals: Totals, sign: 'plus' | 'minus', { a, b, count }: Sum, steps?: Steps): void {
    const { splat, size, columns: width } = this.width;
    const columns = Array.from({ length: VECTORS }, () => code.local('v128'));
    const entry = code.local('v128');
    const reach = totals.map((_, row) => {
      if (!steps || row < 2) return steps?.ai;
      const register = code.local('i32');
      code.get(steps.ai).i32(row).op('i32.mul').set(register);
      return register;
    });
    code.loop(() => {
      columns.forEach((column, j) => {
        code
          .get(b)
          .memory('v128.load', 16 * j)
          .set(column);
      });
      totals.forEach((row, i) => {
        const far = i > 0 ? reach[i] : undefined;
        code.get(a);
        if (far) code.get(far).op('i32.add');
        code.memory(splat, far ? 0 : i * size).set(entry);
        row.forEach((total, j) => {
          this.term(code, total, sign, entry, columns[j]!).set(total);
        });
      });
      if (steps) {
        code.get(a, steps.ak).op('i32.add').set(a);
        code.get(b, steps.bk).op('i32.add').set(b);
      } else code.step(a, ROWS * size).step(b, width * size);
      code.get(count).i32(1).op('i32.sub').tee(count).jumpIf(0);
    });
  }

  /** Each vector of a block, c being moved to its row. */
  private entries(code: Code, totals: Totals, { c, ci }: Rows, visit: (total: Register, offset: number) => void): void {
    totals.forEach((row, i) => {
      if (i > 0) code.get(c, ci).op('i32.add').set(c);
      row.forEach((total, j) => {
        visit(total, 16 * j);
      });
    });
  }

  private write(code: Code, totals: Totals, { c, ci, scale, keep }: Target): void {
    const { shape } = this.width;
    const factor = code.local('v128');
    code.get(scale).op(`${shape}.splat`).set(factor);
    for (const total of totals.flat()) code.get(total, factor).op(`${shape}.mul`).set(total);
    code.get(keep).if(
      () =>
        this.entries(code, totals, { c, ci }, (total, offset) => {
          code.get(c, c).memory('v128.load', offset).get(total).op(`${shape}.add`).memory('v128.store', offset);
        }),
      () =>
        this.entries(code, totals, { c, ci }, (total, offset) => {
          code.get(c, total).memory('v128.store', offset);
        }),
    );
  }

  /**
   * (from, step, table, to, count): for each of `count` places that the table gives, `width` entries that are `step` bytes apart, side
   * by side.
   * @param filled how many there are, where the others are zeros
   */
  pack(width: number, filled: number, contiguous: boolean): Callable {
    return this.once(`pack_${width}_${filled}_${contiguous}`, () => {
      const { size } = this.width;
      const code = this.module.function('pack', ['i32', 'i32', 'i32', 'i32', 'i32']);
      const [from, step, table, to, count] = Array.from({ length: 5 }, (_, k) => code.parameter(k)) as Five;
      const source = code.local('i32');
      const lanes = 16 / size;
      const whole = contiguous ? Math.floor(filled / lanes) * lanes : 0;
      code.loop(() => {
        code.get(from, table).memory('i32.load').op('i32.add').set(source);
        for (let j = 0; j < whole; j += lanes) {
          code
            .get(to, source)
            .memory('v128.load', j * size)
            .memory('v128.store', j * size);
        }
        for (let j = whole; j < filled; j++) {
          code.get(to, source).memory(`${this.precision}.load`, contiguous ? j * size : 0);
          code.memory(`${this.precision}.store`, j * size);
          if (!contiguous && j < filled - 1) code.get(source, step).op('i32.add').set(source);
        }
        for (let j = filled; j < width; j++) {
          code.get(to).f64(0);
          if (this.precision === 'f32') code.op('f32.demote_f64');
          code.memory(`${this.precision}.store`, j * size);
        }
        code.step(table, 4).step(to, width * size);
        code.get(count).i32(1).op('i32.sub').tee(count).jumpIf(0);
      });
      return code;
    });
  }

  /** (from, c, ci, keep): a block's first rows and columns from where it was put apart, into c. */
  unpack(rows: number, columns: number): Callable {
    return this.once(`unpack_${rows}_${columns}`, () => {
      const { size, columns: width } = this.width;
      const { precision } = this;
      const code = this.module.function('unpack', ['i32', 'i32', 'i32', 'i32']);
      const [from, c, ci, keep] = Array.from({ length: 4 }, (_, k) => code.parameter(k)) as Four;
      const copy = (kept: boolean) => {
        for (let i = 0; i < rows; i++) {
          for (let j = 0; j < columns; j++) {
            code.get(c, from).memory(`${precision}.load`, (i * width + j) * size);
            if (kept)
              code
                .get(c)
                .memory(`${precision}.load`, j * size)
                .op(`${precision}.add`);
            code.memory(`${precision}.store`, j * size);
          }
          if (i < rows - 1) code.get(c, ci).op('i32.add').set(c);
        }
      };
      code.get(keep).if(
        () => copy(true),
        () => copy(false),
      );
      return code;
    });
  }

  private once(key: string, write: () => Callable): Callable {
    let known = this.made.get(key);
    if (!known) {
      known = write();
      this.made.set(key, known);
    }
    return known;
  }
}

/** The vectors of a block, row by row. */
type Totals = readonly (readonly Register[])[];

interface Sum {
  readonly a: Register;
  readonly b: Register;
  readonly count: Register;
}

interface Steps {
  readonly ai: Register;
  readonly ak: Register;
  readonly bk: Register;
}

interface Rows {
  readonly c: Register;
  readonly ci: Register;
}

interface Target extends Rows {
  readonly scale: Register;
  readonly keep: Register;
}

type Four = [Register, Register, Register, Register];
type Five = [...Four, Register];
type Seven = [...Five, Register, Register];
type Eight = [...Five, Register, Register, Register];
type Ten = [...Five, ...Five];
