import { type Body, bodyOf, isWritten } from '../../bodies.ts';
import type { Call, Expression } from '../../expression.ts';
import type { Intrinsic } from '../../intrinsic.ts';
import type { Callable, Code, Register } from './code.ts';
import type { Instruction } from './opcodes.ts';

/** Functions that are instructions: f(x) and f(x, y) of numbers on the stack. */
const INSTRUCTIONS: Readonly<Record<string, Instruction>> = {
  sqrt: 'f64.sqrt',
  abs: 'f64.abs',
  floor: 'f64.floor',
  ceil: 'f64.ceil',
  trunc: 'f64.trunc',
  round: 'f64.nearest',
  max: 'f64.max',
  min: 'f64.min',
};

const RELATIONS: Readonly<Record<string, Instruction>> = {
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
function holds(code: Code, e: Expression, write: (part: Expression) => void): void {
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
function writeBuiltIn(code: Code, call: Call, write: (part: Expression) => void): boolean {
  const { args } = call;
  const { name } = call.function;
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
    holds(code, call, write);
    code.op('f64.convert_i32_u');
  } else return false;
  return true;
}

const isBuiltIn = ({ name }: Intrinsic): boolean => name in INSTRUCTIONS || name === 'where' || isLogical(name);

/** Whether a function is made of instructions alone: it has a body, and that calls nothing else. */
const isPlain = (f: Intrinsic): boolean =>
  (isWritten(f) ? bodyOf(f) : undefined)?.calls.every((inner) => isBuiltIn(inner) || (inner !== f && isPlain(inner))) ?? false;

const COMBINE = { '+': 'f64.add', '-': 'f64.sub', '*': 'f64.mul', '/': 'f64.div' } as const satisfies Record<string, Instruction>;

/** What an expression is at the bottom: what is loaded, counted or known by a name. */
export type Leaf = Exclude<Expression, { kind: 'constant' | 'arithmetic' | 'negation' | 'call' }>;

/** Writes a number as a double. */
export function writeNumber(code: Code, e: Expression, leaf: (e: Leaf) => void, callee: (f: Intrinsic) => Callable): void {
  const write = (part: Expression): void => writeNumber(code, part, leaf, callee);
  switch (e.kind) {
    case 'constant':
      code.f64(e.value);
      break;
    case 'arithmetic':
      write(e.left);
      write(e.right);
      code.op(COMBINE[e.symbol]);
      break;
    case 'negation':
      write(e.of);
      code.op('f64.neg');
      break;
    case 'call':
      if (writeBuiltIn(code, e, write)) break;
      e.args.forEach(write);
      if (isPlain(e.function)) writeBody(code, bodyOf(e.function)!, callee);
      else code.call(callee(e.function));
      break;
    default:
      leaf(e);
  }
}

/** A body in the place of a call, its arguments on the stack. */
function writeBody(code: Code, { parameters, statements, value }: Body, callee: (f: Intrinsic) => Callable): void {
  const registers = new Map(parameters.map((p): [Leaf, Register] => [p, code.local('f64')]));
  for (const p of [...parameters].reverse()) code.set(registers.get(p)!);
  const write = (e: Expression): void => writeNumber(code, e, (part) => code.get(registers.get(part)!), callee);
  for (const s of statements) {
    if (s.kind !== 'let') continue;
    const register = code.local('f64');
    write(s.value);
    code.set(register);
    registers.set(s.local, register);
  }
  write(value);
}
