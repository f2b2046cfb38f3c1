import { protocol, type RunStatement, stretches } from '../../protocol.ts';
import type { LaidOut } from '../target.ts';
import type { Code, Register } from './code.ts';
import { type Outline, outlined, sharedAmong } from './outline.ts';
import type { Scratch } from './scratch.ts';
import { Shared } from './shared.ts';
import { type Around, type Share, Shares, Sharing } from './shares.ts';
import { UnitPrinter } from './unit.ts';

/** A module of a program, and what it imports beside its memory. */
export interface Emitted {
  readonly bytes: Uint8Array;
  /** What it calls, by name. */
  readonly kernels: ReadonlyMap<string, unknown>;
  /** Bytes of memory that it needs, and what stands there from the beginning: lists of places. */
  readonly length: number;
  readonly tables: Scratch['tables'];
  /** What threads share, and how far behind those of another the panels of one lie. */
  readonly shares: readonly Share[];
  readonly threads: number;
  readonly stride: number;
}

/**
 * The program as a module with one function, `run`: (steps, whether each is noted, whether they are watched) → steps done.
 * It imports its memory, and `note`, which takes a step's number and objective.
 * @param threads that there are
 */
export function emitted(made: LaidOut, threads = 1): Emitted {
  return new Printer(made, threads).print();
}

/** Prints the run; its statements are functions that it calls. */
class Printer {
  private readonly shared: Shared;
  private readonly run: readonly RunStatement[];
  /** How the statements between those about steps become functions. */
  private readonly outlines = new Map<RunStatement, Outline>();
  private units = 0;
  /** The loops around what is written, with the registers of their counters. */
  private around: Around[] = [];
  private readonly sharing: Sharing;
  private readonly shares: Shares;

  constructor(made: LaidOut, threads: number) {
    const { program } = made;
    this.sharing = new Sharing(made, threads);
    this.run = protocol(program);
    this.cut(this.run);
    const among = sharedAmong([...this.outlines.values()]);
    if (program.objective?.kind === 'local') among.add(program.objective);
    const needed = this.sharing.any ? threads : 1;
    this.shared = new Shared(made, among, needed);
    this.shares = new Shares(this.shared);
  }

  private cut(list: readonly RunStatement[]): void {
    for (const s of stretches(list)) {
      if (!('kind' in s))
        this.outlines.set(
          s[0]!,
          outlined(s, (one, around) => this.sharing.isShared(one, around)),
        );
      else if (s.kind === 'steps') this.cut(s.body);
    }
  }

  print(): Emitted {
    const { module } = this.shared;
    const note = module.import('note', ['i32', 'f64']);
    const code = module.function('run', ['i32', 'i32', 'i32'], 'i32');
    const step = code.local('i32');
    const [steps, noted, watched] = [0, 1, 2].map((k) => code.parameter(k)) as [Register, Register, Register];
    const writer = new UnitPrinter(code, this.shared, new Set());
    const write = (list: readonly RunStatement[]): void => {
      for (const s of stretches(list)) {
        if (!('kind' in s)) this.outline(code, this.outlines.get(s[0]!)!);
        else if (s.kind === 'steps') {
          code.block(() => {
            code.loop(() => {
              code.get(step, steps).op('i32.ge_s').jumpIf(1);
              write(s.body);
              code.jump(0);
            });
          });
        } else if (s.kind === 'stop') {
          code.get(watched).if(() => {
            writer.value(s.value);
            writer.value(s.value);
            code.op('f64.sub').f64(0).op('f64.ne').jumpIf(2);
          });
        } else {
          const { value } = s;
          if (value) {
            code.get(noted).if(() => {
              code.get(step);
              writer.value(value);
              code.call(note);
            });
          }
          code.get(step).i32(1).op('i32.add').set(step);
        }
      }
    };
    write(this.run);
    code.get(step);
    module.export('run', code);
    const { kernels, scratch } = this.shared;
    const { list } = this.shares;
    if (scratch.thread) {
      const stand = module.function('stand', ['i32']);
      stand.get(stand.parameter(0)).setGlobal(scratch.thread);
      module.export('stand', stand);
    }
    const { threads } = this.sharing;
    const isShared = list.length > 0 && threads > 1;
    return {
      bytes: module.bytes(pagesOf(scratch.length), isShared),
      kernels,
      length: scratch.length,
      tables: scratch.tables,
      shares: list,
      threads: isShared ? threads : 1,
      stride: scratch.stride,
    };
  }

  /** Calls of the functions of a section, and the loops around those. */
  private outline(code: Code, outline: Outline): void {
    for (const part of outline) {
      const portions = part.kind === 'unit' ? this.sharing.get(part.statements[0]!) : undefined;
      if (part.kind === 'unit' && portions) {
        this.shares.print(code, part.statements[0]!, portions, this.around);
        continue;
      }
      if (part.kind === 'unit') {
        const made = this.shared.module.function(
          `part_${this.units++}`,
          this.around.map(() => 'i32'),
        );
        const unit = new UnitPrinter(made, this.shared, this.shared.among);
        this.around.forEach(({ loop }, k) => {
          unit.places.bind(loop.counter, made.parameter(k));
        });
        unit.print(part.statements);
        code.get(...this.around.map(({ register }) => register)).call(made);
        continue;
      }
      const { counter } = part.loop;
      if (counter.extent === 0) continue;
      const register = code.local('i32');
      this.around = [...this.around, { loop: part.loop, register }];
      code.i32(0).set(register);
      code.loop(() => {
        this.outline(code, part.parts);
        code.get(register).i32(1).op('i32.add').tee(register).i32(counter.extent).op('i32.lt_s').jumpIf(0);
      });
      this.around = this.around.slice(0, -1);
    }
  }
}

const PAGE = 65_536;

/** Pages of memory for so many bytes. */
export const pagesOf = (bytes: number): number => Math.max(1, Math.ceil(bytes / PAGE));
