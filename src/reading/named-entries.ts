import type { EntryAssignment, Expr, Statement } from '../language/tree.ts';
import { Numbering, replaced } from '../language/trees.ts';

/**
 * An entry that has a name is called by it where it is part of a step: beside `T[t] = a[t] + M[t+1]` the step
 * `M[t] = J·(a[t] + M[t+1])` is `M[t] = J·T[t]`. The named entries then stand before the step that reads them.
 */
export function withNamedEntries(statements: readonly Statement[]): readonly Statement[] {
  const entries = statements.filter((s) => s.kind === 'entries');
  if (entries.length < 2) return statements;
  const numbering = new Numbering();
  const result = [...statements];
  for (const named of entries) {
    if (named.value.kind !== 'call' || named.subscripts.length !== 1) continue;
    const from = result.indexOf(named);
    const at = result.findIndex(
      (s) => s !== named && s.kind === 'entries' && overSame(s, named, numbering) && numbering.contains(s.value, named.value),
    );
    if (at < 0 || at > from) continue;
    const step = result[at] as EntryAssignment;
    const wanted = numbering.of(named.value);
    const value = replaced(step.value, (e) => (numbering.of(e) === wanted ? entryOf(named) : undefined));
    result.splice(from, 1);
    result.splice(at, 1, named, { ...step, value });
  }
  return result;
}

/** Both run over one index, of one range, and over nothing else. */
function overSame(a: EntryAssignment, b: EntryAssignment, numbering: Numbering): boolean {
  const [s, t] = [a.subscripts[0], b.subscripts[0]];
  if (s?.kind !== 'binder' || t?.kind !== 'binder' || a.subscripts.length !== 1) return false;
  const same = (x: Expr | undefined, y: Expr | undefined) => (x && y ? numbering.of(x) === numbering.of(y) : x === y);
  return s.index.name === t.index.name && same(s.index.from, t.index.from) && same(s.index.to, t.index.to);
}

/** `T[t]`. */
const entryOf = ({ name, at, span, subscripts }: EntryAssignment): Expr => ({
  kind: 'subscripted',
  target: { kind: 'name', name, span: at },
  subscripts: subscripts.map((s) =>
    s.kind === 'binder' ? { kind: 'at', index: { kind: 'name', name: s.index.name, span }, span } : s,
  ),
  span,
});
