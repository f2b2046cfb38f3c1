import type { Warning } from './diagnostics.ts';
import { outerEnd } from './juxtaposed.ts';
import { visitExpressions } from './parts.ts';
import type { Call, Expr, Statement } from './tree.ts';

/**
 * `x^-1/2`, `e^-x^2/2`: to the rules the quotient is of the power, to many who write it the exponent's. It is read, and said
 * so. A positive exponent ends before the sign to everyone: x^2/2.
 */
export function negativeExponents(text: string, statements: readonly Statement[]): readonly Warning[] {
  if (!/\^\s*[-−]/.test(text)) return [];
  const warnings: Warning[] = [];
  visitExpressions(statements, (expr) => {
    if (expr.kind !== 'call' || !DIVISIONS.has(expr.callee)) return;
    const power = lastFactor(expr.args[0]!);
    const divisor = expr.args[1]!;
    if (power?.kind !== 'call' || !POWERS.has(power.callee)) return;
    const exponent = power.args[1]!;
    if (exponent.kind !== 'call' || exponent.callee !== '-' || exponent.args.length !== 1) return;
    const bare = (from: number, to: number) => text.slice(from, to).trim() === '';
    // Brackets say which.
    if (!bare(power.at.end, exponent.span.start) || !bare(exponent.span.end, expr.at.start)) return;
    warnings.push(asQuotient(text, power, exponent, expr, divisor));
  });
  return warnings;
}

const DIVISIONS = new Set(['/', './']);
const POWERS = new Set(['^', '.^']);

/** Of `2*x^-1` the power. */
const lastFactor = (expr: Expr): Expr | undefined =>
  expr.kind === 'call' && (expr.callee === '*' || expr.callee === '.*') ? expr.args[expr.args.length - 1] : expr;

function asQuotient(text: string, power: Call, exponent: Call, { at }: Call, divisor: Expr): Warning {
  const piece = (from: number, to: number) => text.slice(from, to).replace(/\s+/g, ' ').trim();
  const base = piece(power.span.start, power.at.end);
  const sign = piece(at.start, at.end);
  const above = piece(exponent.span.start, exponent.span.end);
  const end = outerEnd(text, text.slice(at.end, divisor.span.start), divisor.span.end);
  const below = piece(at.end, end);
  const [written, quotient] = [`${base}${above}`, `${sign}${below}`];
  const [beside, over] = [`${base}(${above})${quotient}`, `${base}(${above}${quotient})`];
  const whole = `${written}${quotient}`;
  return {
    message: `${whole} is read as (${written})${quotient}`,
    span: { start: power.span.start, end },
    hint: `write ${beside}, or ${over} if that is meant`,
  };
}
