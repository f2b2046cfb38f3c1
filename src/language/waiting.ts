import { GradusError } from './diagnostics.ts';
import { LEVEL, type Operator, REDUCTION } from './precedence.ts';
import { call, type Operand, operand, spanOf } from './run.ts';
import type { Token } from './tokens.ts';
import type { Expr } from './tree.ts';

/** An operator that waits for its right operand. */
export interface Waiting {
  readonly level: number;
  close(last: Operand): Operand;
}

export class Prefix implements Waiting {
  readonly level: number;
  private readonly token: Token;

  constructor(operator: Operator, token: Token) {
    this.level = operator.level;
    this.token = token;
  }

  close(last: Operand): Operand {
    const { operator, start } = this.token;
    if (operator!.callee === '+') return operand(last.expr, start, last.end);
    if (operator === REDUCTION && this.token.text !== 'Σ') return sumOver(this.token, last);
    return call(operator!.callee, [last.expr, ...(this.token.by ?? [])], this.token, start, last.end);
  }
}

/** `Σ_t x[t]`. */
function sumOver(token: Token, { expr, end }: Operand): Operand {
  const index = { name: token.text.slice('Σ_'.length), span: spanOf(token) };
  const span = { start: token.start, end };
  return operand({ kind: 'indexed', callee: 'sum', indices: [index], args: [expr], at: spanOf(token), span }, token.start, end);
}

/** A power: each exponent is whatever the next power makes of it. */
export class Power implements Waiting {
  readonly level: number;
  private readonly base: Operand;
  private readonly token: Token;

  constructor(base: Operand, token: Token) {
    this.level = token.operator!.level;
    this.base = base;
    this.token = token;
  }

  close(exponent: Operand): Operand {
    return call(this.token.operator!.callee, [this.base.expr, exponent.expr], this.token, this.base.start, exponent.end);
  }
}

export class Choice implements Waiting {
  readonly level = LEVEL.choice;
  private readonly condition: Operand;
  private readonly token: Token;
  private chosen: Operand | undefined;

  constructor(condition: Operand, token: Token) {
    this.condition = condition;
    this.token = token;
  }

  get halfway(): boolean {
    return this.chosen === undefined;
  }

  otherwise(chosen: Operand): void {
    this.chosen = chosen;
  }

  close(last: Operand): Operand {
    const { condition, chosen, token } = this;
    if (!chosen) {
      throw new GradusError('syntax', 'this `?` has no `:`', {
        span: spanOf(token),
        hint: 'a choice is written condition ? a : b',
      });
    }
    return call('where', [condition.expr, chosen.expr, last.expr], token, condition.start, last.end);
  }
}

/** Operators of one level from left to right: `a + b − c`, `a*b/c`, `a < b <= c`, `a or b`. */
export abstract class Chain implements Waiting {
  readonly level: number;
  protected readonly start: number;

  constructor(first: Operand, token: Token) {
    this.level = token.operator!.level;
    this.start = first.start;
  }

  abstract extend(next: Operand, token: Token): void;
  abstract close(last: Operand): Operand;
}

/** One flat call; a subtracted term is a negated one. A lone difference keeps its form. */
class Sum extends Chain {
  private readonly terms: Expr[];
  private readonly at: Token;
  private sign: Token;

  constructor(first: Operand, token: Token) {
    super(first, token);
    this.terms = [first.expr];
    this.at = token;
    this.sign = token;
  }

  private add(next: Operand): void {
    const { sign } = this;
    this.terms.push(sign.operator!.callee === '-' ? call('-', [next.expr], sign, sign.start, next.end).expr : next.expr);
  }

  extend(next: Operand, token: Token): void {
    this.add(next);
    this.sign = token;
  }

  close(last: Operand): Operand {
    if (this.terms.length === 1)
      return call(this.at.operator!.callee, [this.terms[0]!, last.expr], this.at, this.start, last.end);
    this.add(last);
    return call('+', this.terms, this.at, this.start, last.end);
  }
}

/** Every other chain from the left, but a run of `*` is one flat call. */
class FromLeft extends Chain {
  private factors: Expr[];
  /** The operator of the factors so far. */
  private at: Token;

  constructor(first: Operand, token: Token) {
    super(first, token);
    this.factors = [first.expr];
    this.at = token;
  }

  extend(next: Operand, token: Token): void {
    const operator = this.at.operator!;
    if (operator === token.operator && operator.grouping === 'flat') {
      this.factors.push(next.expr);
    } else {
      this.factors = [this.close(next).expr];
      this.at = token;
    }
  }

  close(last: Operand): Operand {
    this.factors.push(last.expr);
    return call(this.at.operator!.callee, this.factors, this.at, this.start, last.end);
  }
}

/** `a < b < c` holds if both neighbours do. */
class Comparisons extends Chain {
  private all: Operand | undefined;
  private left: Operand;
  private at: Token;

  constructor(first: Operand, token: Token) {
    super(first, token);
    this.left = first;
    this.at = token;
  }

  extend(next: Operand, token: Token): void {
    this.all = this.close(next);
    this.left = next;
    this.at = token;
  }

  close(last: Operand): Operand {
    const { all, left, at } = this;
    const pair = call(at.operator!.callee, [left.expr, last.expr], at, left.start, last.end);
    return all ? call('and', [all.expr, pair.expr], at, this.start, last.end) : pair;
  }
}

export function chain(first: Operand, token: Token): Chain {
  const { grouping, level } = token.operator!;
  if (grouping === 'chain') return new Comparisons(first, token);
  return level === LEVEL.sum ? new Sum(first, token) : new FromLeft(first, token);
}
