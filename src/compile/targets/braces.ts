import type { Call, Counter, Expression, Local, Place, Sign, Slot, Term } from '../expression.ts';
import { asLoops } from '../product.ts';
import type { Loop, Product, Call as Routine, Statement } from '../program.ts';

export const LEVEL: Record<Sign, number> = { '+': 1, '-': 1, '*': 2, '/': 2 };
const UNARY = 3;
const PRIMARY = 4;

/** What languages with braces have in common: how statements and expressions are written, but for the words. */
export abstract class Braces {
  /** The sign that compares. */
  protected abstract readonly same: string;

  protected readonly locals = new Map<Local, string>();

  protected abstract slot(slot: Slot): string;
  protected abstract counter(counter: Counter): string;
  /** What stands before a new local; its text may be a part of something that is there. */
  protected abstract declared(name: string, variable: boolean): string;
  protected abstract number(value: number): string;
  protected abstract called(call: Call): string;
  protected abstract routine(call: Routine): string;
  /** The first line of a loop, and what its body begins with. */
  protected abstract opened(s: Loop, indent: string): readonly string[];
  protected closed(_s: Loop): void {}

  /** What a new local is called. */
  protected spelled(_local: Local): string {
    return `t${this.locals.size}`;
  }

  protected local(local: Local): string {
    let name = this.locals.get(local);
    if (name === undefined) {
      name = this.spelled(local);
      this.locals.set(local, name);
    }
    return name;
  }

  protected block(statements: readonly Statement[], indent: string): string {
    return statements.map((s) => this.statement(s, indent)).join('\n');
  }

  protected statement(s: Statement, indent: string): string {
    switch (s.kind) {
      case 'let': {
        const name = this.local(s.local);
        return `${indent}${this.declared(name, s.variable)}${name} = ${this.expression(s.value)};`;
      }
      case 'assign':
        return `${indent}${this.local(s.local)} ${s.accumulate ? '+=' : '='} ${this.expression(s.value)};`;
      case 'store':
        return `${indent}${this.slot(s.slot)}[${this.place(s.at)}] ${s.accumulate ? '+=' : '='} ${this.expression(s.value)};`;
      case 'product':
        return this.product(s, indent);
      case 'call':
        return `${indent}${this.routine(s)};`;
      case 'loop': {
        const text = [...this.opened(s, indent), this.block(s.body, `${indent}  `), `${indent}}`].join('\n');
        this.closed(s);
        return text;
      }
    }
  }

  protected product(s: Product, indent: string): string {
    return this.block(asLoops(s), indent);
  }

  protected expression(e: Expression, level = 0): string {
    switch (e.kind) {
      case 'constant':
        return this.number(e.value);
      case 'local':
        return this.local(e);
      case 'load':
        return this.loaded(e.slot, e.at);
      case 'place':
        return this.placeNumber(e.at, level);
      case 'guarded':
        return `(${this.condition(e.bounds)} ? ${this.expression(e.of)} : ${this.number(0)})`;
      case 'arithmetic': {
        const own = LEVEL[e.symbol];
        const text = `${this.expression(e.left, own)} ${e.symbol} ${this.expression(e.right, own + 1)}`;
        return own < level ? `(${text})` : text;
      }
      case 'negation': {
        const text = `-${this.expression(e.of, PRIMARY)}`;
        return UNARY < level ? `(${text})` : text;
      }
      case 'call':
        return this.called(e);
    }
  }

  protected loaded(slot: Slot, at: Place): string {
    return `${this.slot(slot)}[${this.place(at)}]`;
  }

  protected placeNumber(at: Place, level: number): string {
    const text = this.place(at);
    return level > 0 && !/^\w+$/.test(text) ? `(${text})` : text;
  }

  protected place(p: Place): string {
    return this.sum(p.terms, p.constant);
  }

  protected sum(list: readonly Term[], constant: number): string {
    const terms = list.map((t) => this.term(t));
    if (constant !== 0 || terms.length === 0) terms.push(String(constant));
    return terms.join(' + ');
  }

  protected term({ counter, stride }: Term): string {
    return stride === 1 ? this.counter(counter) : `${this.counter(counter)} * ${stride}`;
  }

  private condition(bounds: readonly { readonly at: Place; readonly extent: number }[]): string {
    return bounds
      .map(({ at, extent }) => {
        const text = this.place(at);
        return extent === 1 ? `${text} ${this.same} 0` : `${text} >= 0 && ${text} < ${extent}`;
      })
      .join(' && ');
  }
}
