import type { Formula } from '../../derivation/document.ts';
import type { EntryAssignment, Statement } from '../../language/tree.ts';
import { replaced } from '../../language/trees.ts';

/** The formula as it stands, or in normal form where names must stand before it and that is shorter as it is printed. */
export function shorter(formula: Formula, print: (s: readonly Statement[]) => string): readonly Statement[] {
  const { statements } = formula;
  if (namesBefore(statements).length === 0) return statements;
  const { normal } = formula;
  return print(normal).length < print(statements).length ? normal : statements;
}

/** The names that what is meant needs. */
function namesBefore(statements: readonly Statement[]): readonly Statement[] {
  const own = definingEntries(statements);
  return statements.slice(0, -1).filter((s) => s !== own);
}

/** The entries that define what is meant, if it is an array that has just these. */
function definingEntries(statements: readonly Statement[]): EntryAssignment | undefined {
  const last = statements[statements.length - 1];
  if (last?.kind !== 'objective' || last.value.kind !== 'name') return undefined;
  const { name } = last.value;
  const own = statements.filter((s) => s.kind === 'entries' && s.name === name);
  return own.length === 1 ? (own[0] as EntryAssignment) : undefined;
}

/** The statements under another name for one of theirs. */
const renamed = (statements: readonly Statement[], from: string, to: string): Statement[] =>
  statements.map((s) =>
    s.kind !== 'entries'
      ? s
      : { ...s, value: replaced(s.value, (e) => (e.kind === 'name' && e.name === from ? { ...e, name: to } : undefined)) },
  );

/** What is meant, under the name of its target if entries define it, and the statements of the names that it uses. */
interface Parted {
  readonly main: Statement;
  /** The main statement says its own name. */
  readonly named: boolean;
  readonly rest: readonly Statement[];
}

export function parted(statements: readonly Statement[], target: string): Parted {
  const own = definingEntries(statements);
  const rest = namesBefore(statements);
  if (!own) return { main: statements[statements.length - 1]!, named: false, rest };
  return { main: { ...own, name: target }, named: true, rest: renamed(rest, own.name, target) };
}
