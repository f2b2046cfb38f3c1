import { GradusError, type Warning } from './diagnostics.ts';
import { visitExpressions } from './parts.ts';
import type { Call, Expr, Span, Statement } from './tree.ts';

/**
 * Unwritten products after a quotient. `a/2m` is a/(2m) to some readers and (a/2)·m to others, so neither is read:
 * the reader says which. Only a fraction of two numerals, `1/2x`, is (1/2)·x to everyone who writes it; it is read, and
 * said so.
 * @throws GradusError `syntax` for the first quotient that can be read in two ways, with both spellings
 */
export function juxtaposed(text: string, statements: readonly Statement[]): readonly Warning[] {
  // Without a quotient there is nothing to look for.
  if (!/[/÷⊘\\]/.test(text)) return [];
  const warnings: Warning[] = [];
  visitExpressions(statements, (expr) => {
    if (expr.kind !== 'call' || expr.callee !== '*') return;
    const [quotient, ...factors] = expr.args;
    if (quotient?.kind !== 'call' || !DIVISIONS.has(quotient.callee) || isSign(quotient)) return;
    if (!isUnwritten(text, quotient.span, factors[0]!.span)) return;
    const wide = { text, quotient, factors: unwrittenFactors(text, factors) };
    if (!isFraction(quotient)) throw ambiguous(wide);
    warnings.push(asFraction(wide));
  });
  return warnings;
}

const DIVISIONS = new Set(['/', './', '\\']);

/** A quotient, and what stands behind it without a sign. */
interface Wide {
  readonly text: string;
  readonly quotient: Call;
  readonly factors: readonly Expr[];
}

/** Between two factors without a sign there is nothing but space, and what brackets the second. */
const isUnwritten = (text: string, left: Span, right: Span): boolean => /^[\s(]*$/.test(text.slice(left.end, right.start));

function unwrittenFactors(text: string, factors: readonly Expr[]): readonly Expr[] {
  const end = factors.findIndex(
    (factor, k) => k > 0 && !/^[\s()]*$/.test(text.slice(factors[k - 1]!.span.end, factor.span.start)),
  );
  return end < 0 ? factors : factors.slice(0, end);
}

/** `½` is one sign. */
const isSign = ({ span, at }: Call): boolean => span.start === at.start;

/** `1/2`, `-1/2`. */
const isFraction = ({ args, at }: Call): boolean =>
  args.every((arg) => unsigned(arg).kind === 'number') && args[1]!.span.start >= at.end;

const unsigned = (expr: Expr): Expr =>
  expr.kind === 'call' && expr.callee === '-' && expr.args.length === 1 ? expr.args[0]! : expr;

interface Spelled {
  readonly span: Span;
  readonly written: string;
  /** Everything behind the sign in the denominator. */
  readonly over: string;
  /** Only the divisor there. */
  readonly beside: string;
}

/** Longer ones are not spelled out. */
const LONGEST = 200;

function spelled({ text, quotient, factors }: Wide): Spelled {
  const piece = (start: number, end: number) => text.slice(start, end).replace(/\s+/g, ' ').trim();
  const { span, at } = quotient;
  let end = span.end;
  const written = factors.map((factor) => {
    const start = end + text.slice(end, factor.span.start).search(/\S|$/);
    end = outerEnd(text, text.slice(start, factor.span.start), factor.span.end);
    return piece(start, end);
  });
  // A space behind the sign stays.
  const head = piece(span.start, at.end) + (/^\s/.test(text.slice(at.end)) ? ' ' : '');
  const below = [piece(at.end, span.end), ...written].join('*');
  return {
    span: { start: span.start, end },
    written: piece(span.start, end),
    over: `${head}(${below})`,
    beside: `${head}${below}`,
  };
}

/** An expression's own span leaves out the parentheses around it. */
export function outerEnd(text: string, opening: string, end: number): number {
  const depth = opening.replace(/[^(]/g, '').length;
  return end + (new RegExp(`^(?:\\s*\\)){${depth}}`).exec(text.slice(end))?.[0].length ?? 0);
}

function ambiguous(wide: Wide): GradusError {
  const { span, written, over, beside } = spelled(wide);
  const short = over.length <= LONGEST;
  return new GradusError('syntax', short ? `\`${written}\` can be read in two ways` : 'this quotient can be read in two ways', {
    span,
    hint: short ? `write ${over} or ${beside}` : 'write a/(b*c) or a/b*c: the denominator in parentheses, or the product with *',
  });
}

function asFraction(wide: Wide): Warning {
  const { span, written, over, beside } = spelled(wide);
  const { quotient, text } = wide;
  const fraction = text.slice(quotient.span.start, quotient.span.end);
  return {
    message: `${written} is read as (${fraction})${beside.slice(fraction.length)}`,
    span,
    hint: `write ${beside}, or ${over} if that is meant`,
  };
}
