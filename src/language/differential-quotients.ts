import type { Warning } from './diagnostics.ts';
import { visitExpressions } from './parts.ts';
import type { Statement } from './tree.ts';
import { WrittenNames } from './written-names.ts';

/** `dL/dw` where the source has no L: a quotient of two names to the rules, a derivative to whoever writes it. */
export function differentialQuotients(text: string, statements: readonly Statement[]): readonly Warning[] {
  if (!/(?<!\p{L})d\p{L}[\p{L}\p{N}_]*\s*\/\s*d\p{L}/u.test(text)) return [];
  const names = new WrittenNames(text);
  const warnings: Warning[] = [];
  visitExpressions(statements, (expr) => {
    if (expr.kind !== 'call' || expr.callee !== '/') return;
    const [above, below] = expr.args;
    if (above?.kind !== 'name' || below?.kind !== 'name' || ![above, below].every(({ name }) => /^d\p{L}/u.test(name))) return;
    if ([above, below].some(({ name }) => names.declares(name))) return;
    const written = text.slice(expr.span.start, expr.span.end);
    const [of, by] = [above.name.slice(1), below.name.slice(1)];
    warnings.push({
      message: `${written} is read as a quotient of two names`,
      span: expr.span,
      hint: `the derivative is of what is defined: write ${of} = ${by}^2; ${written}`,
    });
  });
  return warnings;
}
