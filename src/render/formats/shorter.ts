import type { Formula } from '../../derivation/document.ts';
import type { Statement } from '../../language/tree.ts';

/** The formula as it stands, or in normal form where names must stand before it and that is shorter as it is printed. */
export function shorter({ statements, normal }: Formula, print: (s: readonly Statement[]) => string): readonly Statement[] {
  if (namesBefore(statements).length === 0) return statements;
  const other = normal;
  return print(other).length < print(statements).length ? other : statements;
}

/** The names that what is meant needs. */
export const namesBefore = (statements: readonly Statement[]): readonly Statement[] =>
  statements.slice(0, definedByEntries(statements) ? -2 : -1);

/** What is meant is an array that the statement before defines. */
export function definedByEntries(statements: readonly Statement[]): boolean {
  const [before, last] = statements.slice(-2);
  if (before?.kind !== 'entries' || last?.kind !== 'objective') return false;
  return last.value.kind === 'name' && last.value.name === before.name;
}
