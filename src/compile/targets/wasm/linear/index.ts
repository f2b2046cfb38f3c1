import { lengthOf } from '../../../executable.ts';
import type { Slot } from '../../../expression.ts';
import type { Call } from '../../../program.ts';
import type { Callable, Code } from '../code.ts';
import { writeCholesky } from './cholesky.ts';
import type { Kit } from './kit.ts';
import { writeLu } from './lu.ts';
import { writeSolution } from './solve.ts';

/** Writes a routine for cells of some shapes: a function of the addresses of its arguments and of its result. */
type Writer = (kit: Kit, shapes: readonly (readonly number[])[]) => Callable;

/**
 * By the routine's name: what runs on the tiles of products. In doubles that are not fused each entry loses its terms in the order in
 * which the kernel subtracts them, so the bits are the same.
 */
const ROUTINES: Readonly<Record<string, Writer>> = {
  lu: writeLu,
  'lu-solve-plain': writeSolution('plain'),
  'lu-solve-transposed': writeSolution('transposed'),
  cholesky: writeCholesky,
};

/**
 * A routine over whole arrays as a function without arguments, cell after cell.
 * @param base where an array lies, in bytes
 * @returns undefined for one that is left to its kernel
 */
export function routineOf(kit: Kit, call: Call, base: (slot: Slot) => number): Callable | undefined {
  const { routine, args, out, count, shapes } = call;
  const write = ROUTINES[routine.name];
  if (!write || out.length === 0) return undefined;
  const ofCell = write(kit, shapes);
  const code = kit.module.function(`${routine.name}_of_${count}`, []);
  const lengths = [...shapes.map(lengthOf), out.length / count];
  const addresses = [...args, out].map((slot) => {
    const address = code.local('i32');
    code.i32(base(slot)).set(address);
    return address;
  });
  const cell = code.local('i32');
  const all = (): Code => code.i32(count);
  code.range(cell, all, 1, () => {
    code.get(...addresses).call(ofCell);
    for (const [k, address] of addresses.entries()) code.step(address, lengths[k]! * kit.size);
  });
  return code;
}
