import { Bytes } from './bytes.ts';
import { type Instruction, OPCODES, TYPES, type Type } from './opcodes.ts';

/** A function of a module, imported or written; its number is known once all are there. */
export interface Callable {
  readonly parameters: readonly Type[];
  readonly result: Type | undefined;
}

/** A number that all functions see. */
export interface Global {
  readonly index: number;
}

/** A local of a function, or a parameter. */
export interface Register {
  readonly index: number;
  readonly type: Type;
}

/** How far out a jump goes. */
type Depth = number;

/** A function being written, instruction after instruction. */
export class Code implements Callable {
  readonly parameters: readonly Type[];
  readonly result: Type | undefined;
  private readonly locals: Type[] = [];
  private readonly bytes = new Bytes();
  /** Where a function's number is missing. */
  private readonly calls: { readonly at: number; readonly callee: Callable }[] = [];

  constructor(parameters: readonly Type[], result?: Type) {
    this.parameters = parameters;
    this.result = result;
  }

  /** The bytes written so far, for those who decide by length. */
  get length(): number {
    return this.bytes.length;
  }

  parameter(index: number): Register {
    return { index, type: this.parameters[index]! };
  }

  local(type: Type): Register {
    this.locals.push(type);
    return { index: this.parameters.length + this.locals.length - 1, type };
  }

  op(...names: Instruction[]): this {
    for (const name of names) this.code(name);
    return this;
  }

  get(...registers: Register[]): this {
    for (const { index } of registers) this.indexed(0x20, index);
    return this;
  }

  set({ index }: Register): this {
    return this.indexed(0x21, index);
  }

  tee({ index }: Register): this {
    return this.indexed(0x22, index);
  }

  getGlobal({ index }: Global): this {
    return this.indexed(0x23, index);
  }

  setGlobal({ index }: Global): this {
    return this.indexed(0x24, index);
  }

  i32(value: number): this {
    this.bytes.byte(0x41);
    this.bytes.signed(value);
    return this;
  }

  f64(value: number): this {
    this.bytes.byte(0x44);
    this.bytes.double(value);
    return this;
  }

  /** A vector of the number in every lane. */
  f64x2(value: number): this {
    this.bytes.bytes(0xfd, 0x0c);
    for (let k = 0; k < 2; k++) this.bytes.double(value);
    return this;
  }

  f32x4(...values: number[]): this {
    this.bytes.bytes(0xfd, 0x0c);
    for (let k = 0; k < 4; k++) this.bytes.single(values[k % values.length]!);
    return this;
  }

  /** @param lanes numbers of two 32-bit lanes each where there are two */
  v128(words: readonly number[]): this {
    this.bytes.bytes(0xfd, 0x0c);
    for (const word of words) this.bytes.word(word);
    return this;
  }

  /** An access to memory, `offset` bytes after the address on the stack; `lane` for those of one lane. */
  memory(name: Instruction, offset = 0, lane?: number): this {
    this.code(name);
    this.bytes.byte(0);
    this.bytes.unsigned(offset);
    if (lane !== undefined) this.bytes.byte(lane);
    return this;
  }

  lane(name: Instruction, lane: number): this {
    this.code(name);
    this.bytes.byte(lane);
    return this;
  }

  /** Bytes of two vectors in a new order. */
  shuffle(bytes: readonly number[]): this {
    this.bytes.bytes(0xfd, 0x0d, ...bytes);
    return this;
  }

  call(callee: Callable): this {
    this.bytes.byte(0x10);
    this.calls.push({ at: this.bytes.reserve(), callee });
    return this;
  }

  /** A jump to it goes to its end. */
  block(body: () => void): this {
    return this.nested(0x02, body);
  }

  /** A jump to it goes to its beginning. */
  loop(body: () => void): this {
    return this.nested(0x03, body);
  }

  /** By the number on the stack. */
  if(then: () => void, otherwise?: () => void, result?: Type): this {
    this.bytes.bytes(0x04, result === undefined ? EMPTY : TYPES[result]);
    then();
    if (otherwise) {
      this.bytes.byte(0x05);
      otherwise();
    }
    this.bytes.byte(END);
    return this;
  }

  /** The body for each value of the register from what it is to below `to`. */
  range(register: Register, to: () => void, step: number, body: () => void): this {
    return this.block(() => {
      this.loop(() => {
        this.get(register);
        to();
        this.op('i32.ge_s').jumpIf(1);
        body();
        this.step(register, step).jump(0);
      });
    });
  }

  /** register += step. */
  step(register: Register, step: number): this {
    return this.get(register).i32(step).op('i32.add').set(register);
  }

  jump(depth: Depth): this {
    return this.indexed(0x0c, depth);
  }

  jumpIf(depth: Depth): this {
    return this.indexed(0x0d, depth);
  }

  /** The body as it stands in the module. */
  finish(numberOf: (callee: Callable) => number, out: Bytes): void {
    for (const { at, callee } of this.calls) this.bytes.fill(at, numberOf(callee));
    const runs: { type: Type; count: number }[] = [];
    for (const type of this.locals) {
      const last = runs.at(-1);
      if (last?.type === type) last.count++;
      else runs.push({ type, count: 1 });
    }
    const head = new Bytes();
    head.unsigned(runs.length);
    for (const { type, count } of runs) {
      head.unsigned(count);
      head.byte(TYPES[type]);
    }
    out.unsigned(head.length + this.bytes.length + 1);
    out.append(head);
    out.append(this.bytes);
    out.byte(END);
  }

  private code(name: Instruction): void {
    const { code, vector } = OPCODES.get(name)!;
    if (!vector) this.bytes.byte(code);
    else {
      this.bytes.byte(0xfd);
      this.bytes.unsigned(code);
    }
  }

  private indexed(code: number, index: number): this {
    this.bytes.byte(code);
    this.bytes.unsigned(index);
    return this;
  }

  private nested(code: number, body: () => void): this {
    this.bytes.bytes(code, EMPTY);
    body();
    this.bytes.byte(END);
    return this;
  }
}

const EMPTY = 0x40;
const END = 0x0b;
