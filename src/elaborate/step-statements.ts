import { GradusError } from '../language/diagnostics.ts';
import { namesWithin, subexpressions } from '../language/parts.ts';
import type { EntryAssignment, Expr, Statement } from '../language/tree.ts';
import type { Context } from './context.ts';
import { subscripting, wayToRange } from './index-range.ts';

/** Which statements define the steps of a recurrence, and which its first entries. */

/** The subscript that names time, `t=1:T`. */
export const timeOf = (s: EntryAssignment) => (s.subscripts[0]?.kind === 'binder' ? s.subscripts[0].index : undefined);

/** Whether some definition runs over time. */
export const hasSteps = (name: string, statements: readonly Statement[]): boolean =>
  statements.some((s) => s.kind === 'entries' && s.name === name && timeOf(s) !== undefined);

/**
 * Whether a definition gives single entries: `h[0] = h0`. A name alone is an index, even if a dimension has it too,
 * unless there are steps for it to start or to end.
 */
export const isFirstEntry = (s: EntryAssignment, statements: readonly Statement[], context: Context): boolean => {
  const [first] = s.subscripts;
  if (first?.kind !== 'at') return false;
  if (first.index.kind === 'name' && !hasSteps(s.name, statements)) return false;
  const place = subscripting(first.index, context);
  if (!place && first.index.kind === 'name')
    throw new GradusError('shape', `the number of an entry is an integer or a size, and ${first.index.name} is not known`, {
      span: first.span,
      hint: wayToRange(first.index, [undefined, first.index], context),
    });
  return place !== undefined && place.scales.size === 0;
};

/** The names whose entries an expression reads. */
function reads(root: Expr): Set<string> {
  const found = new Set<string>();
  for (const expr of subexpressions([root]))
    if (expr.kind === 'subscripted' && expr.target.kind === 'name') found.add(expr.target.name);
  return found;
}

/**
 * The statements from the given one on that must be defined together: up to the last whose entries an earlier one, or
 * it itself, reads. Empty if the statement stands alone.
 */
export function recurrentGroup(statements: readonly Statement[], at: number): EntryAssignment[] {
  const place = new Map<string, number>();
  for (let k = at; k < statements.length; k++) {
    const s = statements[k]!;
    if (s.kind === 'entries' && timeOf(s)) place.set(s.name, k);
  }
  let last = at - 1;
  for (let k = at; k <= Math.max(last, at); k++) {
    const s = statements[k]!;
    if (s.kind !== 'entries') continue;
    for (const name of reads(s.value)) {
      const target = place.get(name);
      if (target !== undefined && target >= k) last = Math.max(last, target);
    }
  }
  if (last < at) return [];
  return statements.slice(at, last + 1).map((s) => {
    if (s.kind === 'entries') return s;
    throw new GradusError('unsupported', 'between the definitions of a recurrence only definitions by entries may stand', {
      span: s.span,
    });
  });
}

export const withoutRange = ({ name, subscripts: [first], span }: EntryAssignment): GradusError =>
  new GradusError('syntax', `the steps of ${name} have no index that runs through them`, {
    span: first?.span ?? span,
    hint: `write ${name}[t=1:T] = …`,
  });

/**
 * A definition by entries that reads others of its own, h[t] = w*h[t-1], and does not say which.
 * @throws GradusError `syntax` with the way to say it
 */
export function refuseWithoutRange(s: EntryAssignment): void {
  const [first] = s.subscripts;
  if (first?.kind !== 'at' || first.index.kind !== 'name') return;
  const time = first.index.name;
  const isOwn = (expr: Expr): boolean => {
    if (expr.kind !== 'subscripted' || expr.target.kind !== 'name' || expr.target.name !== s.name) return false;
    const [place] = expr.subscripts;
    return place?.kind === 'at' && namesWithin(place.index).has(time);
  };
  if ([...subexpressions([s.value])].some(isOwn)) throw withoutRange(s);
}
