import { type Body, bodyOf, isKnown } from '../../compile/bodies.ts';
import type { Call, Counter, Expression, Local, Slot } from '../../compile/expression.ts';
import { type Intrinsic, shortName } from '../../compile/intrinsic.ts';
import { Braces } from '../../compile/targets/braces.ts';
import type { Identifiers } from '../../compile/targets/identifiers.ts';
import { KernelTexts, kernelOf } from './kernels.ts';
import { refused } from './refused.ts';

/** The basic functions as JavaScript has them. */
const BUILT_IN: Readonly<Record<string, string>> = Object.fromEntries(
  [
    ...['exp', 'log', 'sqrt', 'cbrt', 'log2', 'log10', 'log1p', 'expm1', 'pow', 'hypot', 'sin', 'cos', 'tan', 'asin', 'acos'],
    ...['atan', 'atan2', 'sinh', 'cosh', 'tanh', 'asinh', 'acosh', 'atanh', 'abs', 'floor', 'ceil', 'trunc', 'max', 'min'],
  ].map((name) => [name, `Math.${name}`]),
);

const RELATIONS = new Set(['<', '<=', '>', '>=', '==', '!=']);
const JOINTS: Readonly<Record<string, string>> = { and: '&&', or: '||' };

interface Told {
  readonly text: string;
}

/** Basic functions that JavaScript lacks. */
const TOLD: Readonly<Record<string, Told>> = {
  round: {
    text: `function round(x) {
  // Halves to even numbers.
  const r = Math.round(x);
  return Math.abs(x % 1) === 0.5 && r % 2 !== 0 ? r - 1 : r;
}`,
  },
  mod: {
    text: `function mod(x, y) {
  const r = x % y;
  return r !== 0 && r < 0 !== y < 0 ? r + y : r;
}`,
  },
};

/** Functions of numbers that a module has to define, each after those that it calls. */
export class JsFunctions {
  private readonly printed: string[] = [];
  private readonly names: Identifiers;
  private readonly told = new Map<string, string>();
  private readonly kernels: KernelTexts;

  constructor(names: Identifiers) {
    this.names = names;
    this.kernels = new KernelTexts(names);
  }

  /** The functions that the module needs, each after those that it calls. */
  get texts(): readonly string[] {
    return [...this.kernels.texts, ...this.printed];
  }

  /** Whether a function can be printed as it is. */
  static knows(f: Intrinsic): boolean {
    return isKnown(f) || kernelOf(f.name) !== undefined;
  }

  /** A call as an expression that needs no brackets, but for conditions. */
  call(f: Intrinsic, args: readonly string[], holds: (k: number) => string): string {
    if (f.name === 'where') return `(${holds(0)} ? ${args[1]} : ${args[2]})`;
    const condition = conditionOf(f, args, holds);
    if (condition !== undefined) return `(${condition} ? 1 : 0)`;
    const { before = [] } = kernelOf(f.name) ?? {};
    return `${this.named(f)}(${[...before, ...args].join(', ')})`;
  }

  /** @throws GradusError `unsupported` for a function without an accurate form in those of JavaScript */
  named(f: Intrinsic): string {
    const known = BUILT_IN[f.name] ?? this.told.get(f.name);
    if (known !== undefined) return known;
    if (Object.hasOwn(TOLD, f.name)) return this.tell(f.name);
    const kernel = kernelOf(f.name);
    if (kernel) return this.kernels.named(kernel.name);
    const body = isKnown(f) ? bodyOf(f) : undefined;
    if (!body) throw refused(f.name);
    const name = this.names.fresh(shortName(f.name));
    this.told.set(f.name, name);
    this.printed.push(new BodyPrinter(this, this.names).print(name, body));
    return name;
  }

  private tell(name: string): string {
    this.told.set(name, name);
    this.printed.push(TOLD[name]!.text);
    return name;
  }
}

/** Names that the module has for itself. */
export const TOLD_NAMES = Object.keys(TOLD);

export const isCondition = ({ name }: Pick<Intrinsic, 'name'>): boolean =>
  RELATIONS.has(name) || Object.hasOwn(JOINTS, name) || name === 'not';

/** As a condition, where it is one. */
export function conditionOf({ name }: Intrinsic, args: readonly string[], holds: (k: number) => string): string | undefined {
  if (RELATIONS.has(name)) return args.join(` ${name === '==' || name === '!=' ? `${name}=` : name} `);
  if (Object.hasOwn(JOINTS, name)) return args.map((_, k) => `(${holds(k)})`).join(` ${JOINTS[name]} `);
  return name === 'not' ? `!(${holds(0)})` : undefined;
}

/** The body of a function, which has neither arrays nor loops. */
class BodyPrinter extends Braces {
  protected override readonly same = '===';
  private readonly functions: JsFunctions;
  private readonly scope: Identifiers;

  constructor(functions: JsFunctions, names: Identifiers) {
    super();
    this.functions = functions;
    this.scope = names.inner();
  }

  print(name: string, { parameters, statements, value }: Body): string {
    const list = parameters.map((p) => this.local(p)).join(', ');
    const lines = [...(statements.length > 0 ? [this.block(statements, '  ')] : []), `  return ${this.expression(value)};`];
    return [`function ${name}(${list}) {`, ...lines, '}'].join('\n');
  }

  protected override spelled({ label }: Local): string {
    return this.scope.fresh(label?.name ?? 't');
  }

  protected override declared(_name: string, variable: boolean): string {
    return variable ? 'let ' : 'const ';
  }

  protected override number(value: number): string {
    return numberText(value);
  }

  protected override called({ function: f, args }: Call): string {
    return this.functions.call(
      f,
      args.map((a) => this.expression(a, isCondition(f) ? 1 : 0)),
      (k) => this.holds(args[k]!),
    );
  }

  private holds(e: Expression): string {
    const text = (k: number) => this.holds((e as Call).args[k]!);
    if (e.kind === 'call') {
      const found = conditionOf(
        e.function,
        e.args.map((a) => this.expression(a, 1)),
        text,
      );
      if (found !== undefined) return found;
    }
    return `${this.expression(e, 1)} !== 0`;
  }

  protected override slot(_slot: Slot): string {
    throw new Error('a body has no arrays');
  }
  protected override counter(_counter: Counter): string {
    throw new Error('a body has no loops');
  }
  protected override routine(): string {
    throw new Error('a body has no routines');
  }
  protected override opened(): readonly string[] {
    throw new Error('a body has no loops');
  }
}

/** A number; a negative one in brackets. */
export function numberText(value: number): string {
  if (Number.isNaN(value)) return 'NaN';
  return value < 0 || Object.is(value, -0) ? `(-${-value})` : String(value);
}
