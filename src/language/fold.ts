import { GradusError } from './diagnostics.ts';
import { CHOICE, OTHERWISE } from './precedence.ts';
import { call, type Operand, operand, type Run, type Subscripts, spanOf } from './run.ts';
import { lowerScript } from './scripts.ts';
import type { Token } from './tokens.ts';
import type { Expr, NumberLiteral } from './tree.ts';
import { Chain, Choice, chain, Power, Prefix, type Waiting } from './waiting.ts';

/**
 * Folds a run to a tree by the levels of precedence.ts (Dijkstra's shunting yard: a loop with its own stack, so that
 * a source may be as deep as it likes).
 */
export function fold(run: Run): Expr {
  const first = run[0]!;
  if (run.length === 1 && first.type === 'operand') return first.expr;
  const folding = new Folding();
  for (const item of run) folding.take(item);
  return folding.finish().expr;
}

class Folding {
  private readonly operands: Operand[] = [];
  private readonly waiting: Waiting[] = [];

  take(item: Operand | Subscripts | Token): void {
    switch (item.type) {
      case 'operand':
        this.operands.push(item);
        break;
      case 'subscripts':
        this.operands.push(subscripted(this.operands.pop()!, item));
        break;
      case 'prefix':
        this.waiting.push(new Prefix(item.operator!, item));
        break;
      case 'postfix':
        this.closeAbove(item.operator!.level);
        this.operands.push(postfix(this.operands.pop()!, item));
        break;
      default:
        this.infix(item as Token);
    }
  }

  finish(): Operand {
    this.closeAbove(0);
    return this.operands[0]!;
  }

  /** What binds tighter than `level` has got its last operand. */
  private closeAbove(level: number): void {
    for (let top = this.top; top && top.level > level; top = this.top) this.close();
  }

  private get top(): Waiting | undefined {
    return this.waiting[this.waiting.length - 1];
  }

  private close(): void {
    this.operands.push(this.waiting.pop()!.close(this.operands.pop()!));
  }

  private infix(token: Token): void {
    const operator = token.operator!;
    this.closeAbove(operator.level);
    if (operator === OTHERWISE) {
      this.otherwise(token);
      return;
    }
    const left = this.operands.pop()!;
    const { top } = this;
    if (operator === CHOICE) this.waiting.push(new Choice(left, token));
    else if (operator.grouping === 'right') this.waiting.push(new Power(left, token));
    else if (top instanceof Chain && top.level === operator.level) top.extend(left, token);
    else this.waiting.push(chain(left, token));
  }

  /** The `:` closes the choices inside the one that it belongs to. */
  private otherwise(colon: Token): void {
    for (let top = this.top; top; top = this.top) {
      if (top instanceof Choice && top.halfway) {
        top.otherwise(this.operands.pop()!);
        return;
      }
      this.close();
    }
    throw new GradusError('syntax', 'this `:` belongs to nothing', {
      span: spanOf(colon),
      hint: 'a choice is written condition ? a : b',
    });
  }
}

function subscripted(target: Operand, { list, end }: Subscripts): Operand {
  for (const subscript of list) {
    if (subscript.kind !== 'binder') continue;
    const hint = 'a definition by entries is written C[i=1:n] = …; a part of an array is written A[1:n]';
    throw new GradusError('syntax', 'an index gets its range where it is introduced, not where it is used', {
      span: subscript.span,
      hint,
    });
  }
  const expr: Expr = { kind: 'subscripted', target: target.expr, subscripts: list, span: { start: target.start, end } };
  return operand(expr, target.start, end);
}

function postfix(base: Operand, token: Token): Operand {
  const { callee, spellings } = token.operator!;
  const args = spellings.length > 0 ? [base.expr] : [base.expr, exponent(token)];
  return call(callee, args, token, base.start, token.end);
}

/** The `⁻¹` of `x⁻¹`. */
export function exponent(token: Token): Expr {
  const offset = token.text.startsWith('∘') ? 1 : 0;
  const start = token.start + offset;
  const text = lowerScript(token.text.slice(offset));
  const negative = text.startsWith('-');
  const span = { start: negative ? start + 1 : start, end: token.end };
  const digits = negative ? text.slice(1) : text;
  const size: Expr =
    digits === 'n' ? { kind: 'name', name: 'n', span } : ({ kind: 'number', text: digits, span } satisfies NumberLiteral);
  if (!negative) return size;
  return { kind: 'call', callee: '-', args: [size], at: { start, end: start + 1 }, span: { start, end: token.end } };
}
