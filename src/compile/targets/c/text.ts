import type { Call, Expression, Place } from '../../expression.ts';
import type { Intrinsic } from '../../intrinsic.ts';
import type { Call as RoutineCall } from '../../program.ts';
import { Braces } from '../braces.ts';
import { isInline } from './calls.ts';
import { JOINTS, RELATIONS } from './functions.ts';
import { ROUTINES } from './routines.ts';

/** How expressions are written in C, whoever names things. */
export abstract class CText extends Braces {
  protected override readonly same = '==';

  /** The type that is computed in. */
  protected abstract type(): string;
  /** What a function is called in the file. */
  protected abstract nameOf(f: Intrinsic): string;

  protected override declared(_name: string, variable: boolean): string {
    return variable ? `${this.type()} ` : `const ${this.type()} `;
  }

  protected override routine(call: RoutineCall): string {
    const { name, numbers } = ROUTINES[call.routine.name]!;
    return `${name}(${[...call.args.map((a) => this.slot(a)), this.slot(call.out), call.count, ...numbers(call)].join(', ')})`;
  }

  protected override number(value: number): string {
    if (Number.isNaN(value)) return 'NAN';
    const size = Math.abs(value);
    const text = size === Number.POSITIVE_INFINITY ? 'INFINITY' : this.literal(size);
    return value < 0 || Object.is(value, -0) ? `(-${text})` : text;
  }

  protected literal(size: number): string {
    return /[.e]/.test(String(size)) ? String(size) : `${size}.0`;
  }

  protected override placeNumber(at: Place): string {
    const text = this.place(at);
    return `(${this.type()})${/^\w+$/.test(text) ? text : `(${text})`}`;
  }

  protected override called(e: Call): string {
    const { function: f, args } = e;
    if (f.name === 'where') return `(${this.holds(args[0]!)} ? ${this.expression(args[1]!)} : ${this.expression(args[2]!)})`;
    if (isInline(f)) return `(${this.type()})(${this.holds(e)})`;
    return `${this.nameOf(f)}(${args.map((a) => this.expression(a)).join(', ')})`;
  }

  /** As a condition. */
  private holds(e: Expression): string {
    if (e.kind === 'call') {
      const { name } = e.function;
      if (RELATIONS.has(name)) return e.args.map((a) => this.expression(a, 1)).join(` ${name} `);
      if (Object.hasOwn(JOINTS, name)) return e.args.map((a) => `(${this.holds(a)})`).join(` ${JOINTS[name]} `);
      if (name === 'not') return `!(${this.holds(e.args[0]!)})`;
    }
    return `${this.expression(e, 1)} != 0`;
  }
}
