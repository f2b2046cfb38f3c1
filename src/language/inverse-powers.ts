import { GradusError } from './diagnostics.ts';
import { visitExpressions } from './parts.ts';
import { lowerScript } from './scripts.ts';
import type { Call, Statement } from './tree.ts';
import { INVERSES } from './words.ts';

/**
 * `sin⁻¹(x)`: a power between a function and its brackets is one of the value, as in sin²(x); but this one is the inverse
 * function to most.
 * @throws GradusError `syntax` with both spellings
 */
export function refuseInversePowers(text: string, statements: readonly Statement[]): void {
  if (!/\^\s*-|⁻/.test(text)) return;
  visitExpressions(statements, (expr) => {
    if (expr.kind !== 'call' || !['^', '.^'].includes(expr.callee)) return;
    const [base, exponent] = expr.args;
    if (base?.kind !== 'call' || !isWithin(expr, base) || exponent?.kind !== 'call' || exponent.callee !== '-') return;
    const argument = text.slice(expr.at.end, base.span.end).trim();
    const size = text.slice(exponent.args[0]!.span.start, exponent.span.end).trim();
    const one = size === '1' || size === '¹';
    const call = `${base.callee}${argument.startsWith('(') ? argument : `(${argument})`}`;
    const inverse = one && INVERSES.get(base.callee);
    const power = one ? `1/${call}` : `1/${call}^${lowerScript(size)}`;
    throw new GradusError('syntax', `a negative power of ${base.callee} can be read in two ways`, {
      span: expr.span,
      hint: inverse ? `write ${inverse}${call.slice(base.callee.length)} or ${power}` : `write ${power}`,
    });
  });
}

/** The exponent stands between the name of the function and its argument. */
function isWithin({ at }: Call, base: Call): boolean {
  const [argument] = base.args;
  return argument !== undefined && at.start >= base.at.end && at.end <= argument.span.start;
}
