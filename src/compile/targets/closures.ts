import type { Numbers } from '../executable.ts';
import type { Counter, Expression, Local, Place, Sign, Slot, Term } from '../expression.ts';
import { V8 } from '../machine.ts';
import { asLoops } from '../product.ts';
import type { Statement } from '../program.ts';
import { protocol, type RunStatement } from '../protocol.ts';
import { backendWords } from './names.ts';
import { type Loom, stripped } from './strips.ts';
import type { LaidOut, Run, Runner } from './target.ts';

/**
 * The program as a tree of closures: for pages whose security policy forbids generated code. The same operations as in
 * JavaScript, and sums in the same order, so the same results.
 */
export const closures = {
  name: 'closure',
  words: backendWords.closure,
  machine: V8,
  available: () => true,
  suits: () => true,
  link: (made, arrays) => ({ run: new Weaver(made, arrays).run() }),
} as const satisfies Runner;

type Value = () => number;
type Action = () => void;

const COMBINE: Record<Sign, (left: Value, right: Value) => Value> = {
  '+': (left, right) => () => left() + right(),
  '-': (left, right) => () => left() - right(),
  '*': (left, right) => () => left() * right(),
  '/': (left, right) => () => left() / right(),
};

class Weaver {
  private readonly made: LaidOut;
  private readonly arrays: ReadonlyMap<number, Numbers>;
  private readonly cells = new Map<Local, number>();
  /** The values of the locals, and of the counters by id. Their lengths are known once all is woven. */
  private locals = new Float64Array(16);
  private counters = new Int32Array(16);
  /** Of the run at hand. */
  private step = 0;
  private steps = 0;
  private history: Float64Array | undefined;
  private watch = false;
  private stopped = false;

  constructor(made: LaidOut, arrays: readonly Numbers[]) {
    this.made = made;
    this.arrays = new Map(made.layout.areas.map(({ id }, k) => [id, arrays[k]!]));
  }

  run(): Run {
    const whole = this.sequence(protocol(this.made.program).map((s) => this.running(s)));
    return (steps, history, watch) => {
      this.step = 0;
      this.steps = steps;
      this.history = history;
      this.watch = watch;
      this.stopped = false;
      whole();
      this.history = undefined;
      return this.step;
    };
  }

  private running(s: RunStatement): Action {
    switch (s.kind) {
      case 'steps': {
        const actions = s.body.map((inner) => this.running(inner));
        return () => {
          while (this.step < this.steps && !this.stopped) for (let k = 0; k < actions.length && !this.stopped; k++) actions[k]!();
        };
      }
      case 'count': {
        const value = s.value && this.value(s.value);
        return () => {
          if (value && this.history) this.history[this.step] = value();
          this.step++;
        };
      }
      case 'stop': {
        const value = this.value(s.value);
        return () => {
          this.stopped = this.watch && !Number.isFinite(value());
        };
      }
      default:
        return this.action(s);
    }
  }

  private sequence(actions: readonly Action[]): Action {
    if (actions.length === 1) return actions[0]!;
    return () => {
      for (let k = 0; k < actions.length; k++) actions[k]!();
    };
  }

  private action(s: Statement): Action {
    switch (s.kind) {
      case 'let':
        return this.setting(s.local, this.value(s.value), false);
      case 'assign':
        return this.setting(s.local, this.value(s.value), s.accumulate);
      case 'store': {
        const array = this.array(s.slot);
        const at = this.place(s.at);
        const value = this.value(s.value);
        if (!s.accumulate) {
          return () => {
            array[at()] = value();
          };
        }
        return () => {
          array[at()]! += value();
        };
      }
      case 'product':
        return this.sequence(asLoops(s).map((inner) => this.action(inner)));
      case 'call': {
        const { routine, count, shapes } = s;
        const args = s.args.map((a) => this.array(a));
        const out = this.array(s.out);
        return () => routine.kernel(args, out, count, shapes);
      }
      case 'loop': {
        const strips = stripped(s, this.loom);
        if (strips) return strips;
        const body = this.sequence(s.body.map((inner) => this.action(inner)));
        const counter = this.counter(s.counter);
        const { extent } = s.counter;
        return () => {
          for (let i = 0; i < extent; i++) {
            this.counters[counter] = i;
            body();
          }
        };
      }
    }
  }

  /** What strips of loops read and write. */
  private readonly loom: Loom = {
    value: (e) => this.value(e),
    place: (at) => this.place(at),
    array: (slot) => this.array(slot),
    area: (slot) => this.made.layout.areaOf.get(slot)!.id,
    cell: (local) => {
      const cell = this.cell(local);
      return {
        read: () => this.locals[cell]!,
        write: (x) => {
          this.locals[cell] = x;
        },
      };
    },
  };

  private setting(local: Local, value: Value, accumulate: boolean): Action {
    const cell = this.cell(local);
    if (!accumulate) {
      return () => {
        this.locals[cell] = value();
      };
    }
    return () => {
      this.locals[cell]! += value();
    };
  }

  private value(e: Expression): Value {
    switch (e.kind) {
      case 'constant': {
        const { value } = e;
        return () => value;
      }
      case 'local': {
        const cell = this.cell(e);
        return () => this.locals[cell]!;
      }
      case 'load': {
        const array = this.array(e.slot);
        const at = this.place(e.at);
        return () => array[at()]!;
      }
      case 'place':
        return this.place(e.at);
      case 'guarded': {
        const of = this.value(e.of);
        const bounds = e.bounds.map(({ at, extent }) => ({ at: this.place(at), extent }));
        return () => {
          for (let k = 0; k < bounds.length; k++) {
            const at = bounds[k]!.at();
            if (at < 0 || at >= bounds[k]!.extent) return 0;
          }
          return of();
        };
      }
      case 'arithmetic':
        return COMBINE[e.symbol](this.value(e.left), this.value(e.right));
      case 'negation': {
        const of = this.value(e.of);
        return () => -of();
      }
      case 'call': {
        const { kernel } = e.function;
        const [first, second, ...more] = e.args.map((a) => this.value(a));
        if (!second) return () => kernel(first!());
        if (more.length === 0) return () => kernel(first!(), second());
        return () => kernel(first!(), second(), ...more.map((a) => a()));
      }
    }
  }

  private place({ constant, terms }: Place): () => number {
    const [first, second, ...more] = terms.map((t) => this.term(t));
    if (!first) return () => constant;
    if (!second) return () => constant + first();
    if (more.length === 0) return () => constant + first() + second();
    return () => more.reduce((sum, term) => sum + term(), constant + first() + second());
  }

  private term({ counter, stride }: Term): () => number {
    const cell = this.counter(counter);
    return () => this.counters[cell]! * stride;
  }

  private array(slot: Slot): Numbers {
    return this.arrays.get(this.made.layout.areaOf.get(slot)!.id)!;
  }

  private counter({ id }: Counter): number {
    if (id >= this.counters.length) {
      const longer = new Int32Array(2 * id + 2);
      longer.set(this.counters);
      this.counters = longer;
    }
    return id;
  }

  private cell(local: Local): number {
    let cell = this.cells.get(local);
    if (cell === undefined) {
      cell = this.cells.size;
      this.cells.set(local, cell);
      if (cell >= this.locals.length) this.locals = new Float64Array(2 * cell);
    }
    return cell;
  }
}
