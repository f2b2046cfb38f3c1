import type { Precision } from '../../executable.ts';
import type { Code } from './code.ts';
import type { Instruction } from './opcodes.ts';

/** Writes what leaves one vector on the stack. It may be written several times, or not at all. */
export type Vector = () => void;

type Unary = 'abs' | 'neg' | 'sqrt' | 'floor' | 'ceil' | 'trunc' | 'nearest';
type Binary = 'add' | 'sub' | 'mul' | 'div' | 'min' | 'max' | 'pmin' | 'pmax' | 'eq' | 'ne' | 'lt' | 'le' | 'gt' | 'ge';

/** Formulas of vectors in one precision, written into a function. A comparison is a mask: all bits of a lane, or none. */
export class Lanes {
  readonly code: Code;
  readonly precision: Precision;
  readonly count: number;
  private readonly shape: 'f32x4' | 'f64x2';

  constructor(code: Code, precision: Precision) {
    this.code = code;
    this.precision = precision;
    this.shape = precision === 'f32' ? 'f32x4' : 'f64x2';
    this.count = precision === 'f32' ? 4 : 2;
  }

  constant(value: number): Vector {
    return () => {
      if (this.precision === 'f32') this.code.f32x4(value);
      else this.code.f64x2(value);
    };
  }

  /** A vector of whole numbers as wide as the lanes, by the bits of a lane: the higher half and the lower one, or the one word. */
  bits(high: number, low = 0): Vector {
    const lane = this.precision === 'f32' ? [high] : [low, high];
    return () => {
      this.code.v128(Array.from({ length: this.count }, () => lane).flat());
    };
  }

  /** Computed here, and known from now on. */
  keep(x: Vector): Vector {
    x();
    const register = this.code.local('v128');
    this.code.set(register);
    return () => {
      this.code.get(register);
    };
  }

  op(name: Unary, x: Vector): Vector {
    return this.apply(`${this.shape}.${name}`, x);
  }

  of(name: Binary, a: Vector, b: Vector): Vector {
    return this.apply(`${this.shape}.${name}`, a, b);
  }

  add(a: Vector, ...more: Vector[]): Vector {
    return more.reduce((sum, b) => this.of('add', sum, b), a);
  }

  sub(a: Vector, b: Vector): Vector {
    return this.of('sub', a, b);
  }

  mul(a: Vector, b: Vector): Vector {
    return this.of('mul', a, b);
  }

  div(a: Vector, b: Vector): Vector {
    return this.of('div', a, b);
  }

  abs(x: Vector): Vector {
    return this.op('abs', x);
  }

  and(a: Vector, b: Vector): Vector {
    return this.apply('v128.and', a, b);
  }

  or(a: Vector, b: Vector): Vector {
    return this.apply('v128.or', a, b);
  }

  xor(a: Vector, b: Vector): Vector {
    return this.apply('v128.xor', a, b);
  }

  not(a: Vector): Vector {
    return this.apply('v128.not', a);
  }

  /** a where the mask says so, b elsewhere. */
  choose(mask: Vector, a: Vector, b: Vector): Vector {
    return this.apply('v128.bitselect', a, b, mask);
  }

  /** Whole numbers as wide as the lanes. */
  whole(name: 'add' | 'sub' | 'lt_s', a: Vector, b: Vector): Vector {
    return this.apply(`${this.words}.${name}`, a, b);
  }

  shifted(name: 'shl' | 'shr_s' | 'shr_u', a: Vector, by: number): Vector {
    return () => {
      a();
      this.code.i32(by).op(`${this.words}.${name}`);
    };
  }

  private get words(): 'i32x4' | 'i64x2' {
    return this.precision === 'f32' ? 'i32x4' : 'i64x2';
  }

  /** Σ coefficients[k]·xᵏ, in pairs, so that not every step waits for the one before. `x` is kept. */
  polynomial(x: Vector, coefficients: readonly number[]): Vector {
    const terms = coefficients.map((c) => this.constant(c));
    const sum = (list: readonly Vector[], power: Vector): Vector => {
      if (list.length === 1) return list[0]!;
      const pairs: Vector[] = [];
      for (let k = 0; k < list.length; k += 2) {
        const [low, high] = [list[k]!, list[k + 1]];
        pairs.push(high ? this.add(this.mul(high, power), low) : low);
      }
      return pairs.length === 1 ? pairs[0]! : sum(pairs, this.keep(this.mul(power, power)));
    };
    return sum(terms, x);
  }

  /** `usual` where the mask is set in all lanes; what is seldom needed, `rare`, elsewhere. */
  mostly(mask: Vector, usual: Vector, rare: Vector): Vector {
    return () => {
      mask();
      this.code
        .op(`${this.words}.bitmask`)
        .i32(2 ** this.count - 1)
        .op('i32.eq')
        .if(usual, rare, 'v128');
    };
  }

  /** Σ coefficients[k]·xᵏ, from the last on: fewer steps than in pairs, but each waits for the one before. `x` is kept. */
  nested(x: Vector, coefficients: readonly number[]): Vector {
    return coefficients.map((c) => this.constant(c)).reduceRight((sum, c) => this.add(this.mul(sum, x), c));
  }

  private apply(name: Instruction, ...args: readonly Vector[]): Vector {
    return () => {
      for (const arg of args) arg();
      this.code.op(name);
    };
  }
}

/** What is computed of singles as doubles, two at a time: where a step on the way may leave single precision. */
export function inDoubles(v: Lanes, args: readonly Vector[], f: (v: Lanes, args: readonly Vector[]) => Vector): Vector {
  const { code } = v;
  const doubles = new Lanes(code, 'f64');
  const half = (upper: boolean): Vector => {
    const parts = args.map((arg) =>
      doubles.keep(() => {
        arg();
        if (upper) {
          arg();
          code.shuffle(UPPER);
        }
        code.op('f64x2.promote_low_f32x4');
      }),
    );
    const found = f(doubles, parts);
    return v.keep(() => {
      found();
      code.op('f32x4.demote_f64x2_zero');
    });
  };
  const halves = [half(false), half(true)];
  return () => {
    for (const part of halves) part();
    code.shuffle(JOINED);
  };
}

/** The upper two of four lanes as the lower ones, and the lower two of two vectors side by side. */
export const UPPER = [8, 9, 10, 11, 12, 13, 14, 15, 8, 9, 10, 11, 12, 13, 14, 15];
const JOINED = [0, 1, 2, 3, 4, 5, 6, 7, 16, 17, 18, 19, 20, 21, 22, 23];
