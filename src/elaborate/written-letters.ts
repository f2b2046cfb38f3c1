import { indexNamed, subexpressions } from '../language/parts.ts';
import type { Expr, Statement, Subscript } from '../language/tree.ts';
import type { WrittenLetter } from '../model/model.ts';

/** A letter, perhaps with a number: a longer index would not stand below a name. */
const LETTER = /^\p{L}\d?$/u;

/** The letters that a source writes at the axes of named arrays, in order, each once. */
export function writtenLetters(statements: readonly Statement[]): readonly WrittenLetter[] {
  const found = new Map<string, WrittenLetter>();
  const put = (array: string, subscripts: readonly Subscript[], bound: ReadonlySet<string>): void => {
    for (const [axis, subscript] of subscripts.entries()) {
      const letter = indexNamed(subscript);
      if (letter === undefined || !bound.has(letter) || !LETTER.test(letter)) continue;
      found.set(`${array} ${axis} ${letter}`, { array, axis, letter });
    }
  };
  for (const statement of statements) {
    const value = 'value' in statement ? statement.value : undefined;
    if (statement.kind === 'declaration' || statement.kind === 'function' || value === undefined) continue;
    const parts = [...subexpressions([value])];
    const bound = boundBy(statement, parts);
    if (statement.kind === 'entries') put(statement.name, statement.subscripts, bound);
    if (statement.kind === 'entries' && value.kind === 'indexed')
      for (const [axis, { name: letter }] of value.indices.entries())
        if (LETTER.test(letter))
          found.set(`${statement.name}|${axis}|${letter}`, { array: statement.name, axis, letter, along: true });
    for (const part of parts)
      if (part.kind === 'subscripted' && part.target.kind === 'name') put(part.target.name, part.subscripts, bound);
  }
  return [...found.values()];
}

/** The indices of a statement: those of its own entries, and those of its sums. */
function boundBy(statement: Statement, parts: readonly Expr[]): ReadonlySet<string> {
  // Of a single entry, V[N] = 0, the place is no index: nothing counts by it.
  const isCounted = (s: Subscript): boolean =>
    s.kind === 'binder' || parts.some((p) => p.kind === 'name' && p.name === indexNamed(s));
  const own = statement.kind === 'entries' ? statement.subscripts.filter(isCounted).map(indexNamed) : [];
  const inner = parts.flatMap((part) => (part.kind === 'indexed' ? part.indices.map((index) => index.name) : []));
  return new Set([...own, ...inner].filter((name) => name !== undefined));
}
