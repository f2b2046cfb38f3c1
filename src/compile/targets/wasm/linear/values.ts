import type { Callable, Code, Register } from '../code.ts';

/** What stands in the place of an argument: a number, what a register holds, or an address. */
export type Value = number | Register | Address;

interface Address {
  readonly base: number | Register;
  readonly steps: readonly Step[];
}

/** So many bytes, or that many times what a register holds. */
type Step = number | readonly [count: Register, bytes: number];

/** An address, by steps from another one. */
export const at = (base: number | Register, ...steps: readonly Step[]): Address => ({ base, steps });

/** Writes the value. */
export function put(code: Code, value: Value): Code {
  if (typeof value === 'number') return code.i32(value);
  if ('index' in value) return code.get(value);
  put(code, value.base);
  for (const step of value.steps) {
    if (typeof step === 'number') code.i32(step);
    else code.get(step[0]).i32(step[1]).op('i32.mul');
    code.op('i32.add');
  }
  return code;
}

/** Writes a call with its arguments. */
export function call(code: Code, callee: Callable, ...values: readonly Value[]): Code {
  for (const value of values) put(code, value);
  return code.call(callee);
}

/** Writes the body for each part of `step` from where the register is up to `end`, then for what is left, with the length of the part. */
export function parts(code: Code, from: Register, end: number, step: number, body: (length: number) => void): void {
  const rest = end % step;
  const whole = (): Code => code.i32(end - rest);
  if (end >= step) code.range(from, whole, step, () => body(step));
  if (rest > 0) body(rest);
}
