import type { Expression } from '../../expression.ts';
import type { Code } from './code.ts';
import type { Instruction } from './opcodes.ts';

/** Functions that are instructions: f(x) and f(x, y) of numbers on the stack. */
export const INSTRUCTIONS: Readonly<Record<string, Instruction>> = {
  sqrt: 'f64.sqrt',
  abs: 'f64.abs',
  floor: 'f64.floor',
  ceil: 'f64.ceil',
  trunc: 'f64.trunc',
  round: 'f64.nearest',
  max: 'f64.max',
  min: 'f64.min',
};

export const RELATIONS: Readonly<Record<string, Instruction>> = {
  '<': 'f64.lt',
  '<=': 'f64.le',
  '>': 'f64.gt',
  '>=': 'f64.ge',
  '==': 'f64.eq',
  '!=': 'f64.ne',
};

const JOINTS: Readonly<Record<string, Instruction>> = { and: 'i32.and', or: 'i32.or' };

/** Whether a function's value is 0 or 1. */
const isLogical = (name: string): boolean => name in RELATIONS || name in JOINTS || name === 'not';

/** Writes the truth of an expression as a whole number, 0 or 1. */
export function holds(code: Code, e: Expression, write: (part: Expression) => void): void {
  if (e.kind === 'call' && isLogical(e.function.name)) {
    const { name } = e.function;
    if (name in RELATIONS) {
      e.args.forEach(write);
      code.op(RELATIONS[name]!);
    } else {
      for (const arg of e.args) holds(code, arg, write);
      code.op(JOINTS[name] ?? 'i32.eqz');
    }
    return;
  }
  write(e);
  code.f64(0).op('f64.ne');
}

/**
 * Writes a call of what is no function but a choice or an instruction.
 * @returns whether it is one
 */
export function writeBuiltIn(
  code: Code,
  { name }: { readonly name: string },
  args: readonly Expression[],
  whole: Expression,
  write: (part: Expression) => void,
): boolean {
  const instruction = INSTRUCTIONS[name];
  if (instruction) {
    args.forEach(write);
    code.op(instruction);
  } else if (name === 'where') {
    write(args[1]!);
    write(args[2]!);
    holds(code, args[0]!, write);
    code.op('select');
  } else if (isLogical(name)) {
    holds(code, whole, write);
    code.op('f64.convert_i32_u');
  } else return false;
  return true;
}
