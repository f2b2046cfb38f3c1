import type { Callable, Code } from '../code.ts';
import type { Instruction } from '../opcodes.ts';
import { type Kit, LINE } from './kit.ts';

/** (from, step, to, step, rows): rows of so many entries, with the bytes from one to the next. */
export function copy(kit: Kit, columns: number): Callable {
  return kit.function(`copy_${columns}`, 5, (code, [from, fromStep, to, toStep, rows]) => {
    code.loop(() => {
      beside(kit, columns, (load, store, offset) => {
        code.get(to, from).memory(load, offset).memory(store, offset);
      });
      code.get(from, fromStep).op('i32.add').set(from).get(to, toStep).op('i32.add').set(to);
      code.get(rows).i32(1).op('i32.sub').tee(rows).jumpIf(0);
    });
  });
}

/** (a, b): rows of so many entries change places. */
export function swap(kit: Kit, columns: number): Callable {
  const rest = columns % kit.columns;
  const lines = (columns - rest) / kit.columns;
  return kit.function(`swap_${columns}`, 2, (code, [a, b]) => {
    const part = (count: number): void =>
      beside(kit, count, (load, store, offset) => {
        code.get(a, b).memory(load, offset).get(b, a).memory(load, offset).memory(store, offset).memory(store, offset);
      });
    const line = code.local('i32');
    const some = (): Code => code.i32(lines);
    code.range(line, some, 1, () => {
      part(kit.columns);
      code.step(a, LINE).step(b, LINE);
    });
    part(rest);
  });
}

/** Entries side by side, as vectors as far as these reach. */
function beside(kit: Kit, count: number, visit: (load: Instruction, store: Instruction, offset: number) => void): void {
  const { size, lanes } = kit;
  const { precision } = kit.tiles;
  const whole = count - (count % lanes);
  for (let k = 0; k < whole; k += lanes) visit('v128.load', 'v128.store', k * size);
  for (let k = whole; k < count; k++) visit(`${precision}.load`, `${precision}.store`, k * size);
}
