import { operators } from '../../../operators/index.ts';
import { type Body, bodyOf, holdsInSingle } from '../../bodies.ts';
import type { Precision } from '../../executable.ts';
import type { Counter, Slot } from '../../expression.ts';
import { type Intrinsic, shortName } from '../../intrinsic.ts';
import type { Loop } from '../../program.ts';
import { isInline } from '../c/calls.ts';
import { FUNCTIONS } from '../c/functions.ts';
import { inC } from '../c/names.ts';
import { SPECIAL_NAMES, special } from '../c/special/index.ts';
import { CText } from '../c/text.ts';
import { Identifiers } from '../identifiers.ts';
import { fast, INLINE } from './functions.ts';
import { near } from './near.ts';

/** The functions of one file, those first that others need. */
export class Functions {
  readonly texts: string[] = [];
  private readonly names = new Identifiers(inC, SPECIAL_NAMES);
  private readonly told = new Map<string, string>();

  /**
   * What a function is called, written down if it was not yet. What has no accurate form in single precision is computed in
   * doubles.
   */
  tell(f: Intrinsic, precision: Precision): string {
    const key = `${f.name} ${precision}`;
    const known = this.told.get(key);
    if (known !== undefined) return known;
    const name = this.written(f, precision) ?? `(float)${this.tell(f, 'f64')}`;
    this.told.set(key, name);
    return name;
  }

  /** What a function is called that is right near 0 only, and tells where it was not. */
  tellNear(name: string, precision: Precision): string {
    const made = near(name, precision)!;
    const key = `near ${name} ${precision}`;
    if (!this.told.has(key)) this.texts.push(made.text);
    this.told.set(key, made.name);
    return made.name;
  }

  private written(f: Intrinsic, precision: Precision): string | undefined {
    const quick = fast(f.name, precision);
    if (quick) {
      for (const name of quick.needs ?? []) this.tell({ name, arity: 1, kernel: () => Number.NaN }, precision);
      if (quick.text !== '') this.texts.push(quick.text);
      return quick.name;
    }
    if (precision === 'f32' && !holdsInSingle(f)) return undefined;
    const basic = FUNCTIONS[f.name];
    if (basic) {
      if (basic.text) this.texts.push(basic.text);
      return basic.name;
    }
    const body = bodyOf(f);
    if (!body) return this.special(f.name, precision);
    for (const inner of body.calls) if (!isInline(inner)) this.tell(inner, precision);
    const name = this.names.fresh(`${shortName(f.name)}_${precision}`);
    this.texts.push(new BodyText(this, precision).print(name, body));
    return name;
  }

  /** A function that is no expression, in doubles. */
  private special(operator: string, precision: Precision): string {
    const { name, parts } = special(operator, (inner) => this.tell(operators.find((o) => o.name === inner)!, precision))!;
    for (const [own, text] of parts) {
      const key = `special ${own}`;
      if (this.told.has(key)) continue;
      this.told.set(key, own);
      this.texts.push(text);
    }
    return name;
  }
}

/** Text in the precision of a program, or of a function of it. */
export abstract class NativeText extends CText {
  protected readonly functions: Functions;
  protected readonly precision: Precision;

  constructor(functions: Functions, precision: Precision) {
    super();
    this.functions = functions;
    this.precision = precision;
  }

  protected override type(): string {
    return this.precision === 'f32' ? 'float' : 'double';
  }

  protected override nameOf(f: Intrinsic): string {
    return this.functions.tell(f, this.precision);
  }

  protected override literal(size: number): string {
    if (this.precision === 'f64') return super.literal(size);
    const rounded = Math.fround(size);
    return rounded === Number.POSITIVE_INFINITY ? 'INFINITY' : `${super.literal(rounded)}f`;
  }
}

/** A function of numbers by its body. */
class BodyText extends NativeText {
  print(name: string, { parameters, statements, value }: Body): string {
    const list = parameters.map((p) => `${this.type()} ${this.local(p)}`).join(', ');
    const lines = [...(statements.length > 0 ? [this.block(statements, '  ')] : []), `  return ${this.expression(value)};`];
    return [`${INLINE} ${this.type()} ${name}(${list}) {`, ...lines, '}'].join('\n');
  }

  protected override slot({ id }: Slot): string {
    throw new Error(`a body has no buffer ${id}`);
  }

  protected override counter({ id }: Counter): string {
    throw new Error(`a body has no counter ${id}`);
  }

  protected override opened({ counter }: Loop): readonly string[] {
    throw new Error(`a body has no loop ${counter.id}`);
  }
}
