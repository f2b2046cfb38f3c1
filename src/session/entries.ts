import { parse } from '../language/parser.ts';
import type { Statement } from '../language/tree.ts';

/** A statement of the session, as it was written; a declaration of several names is several entries. */
export interface Entry {
  readonly kind: Statement['kind'];
  /** What it defines; undefined for a bare expression and an objective without a name. */
  readonly name: string | undefined;
  /** `data`, `param`, `minimize` …: what the statement begins with. */
  readonly word: string;
  readonly text: string;
  /** The comments and empty lines above it, and the comment behind it; behind the last one whatever follows. */
  readonly before: string;
  readonly after: string;
  /** While it is being taken up: where its text begins in what was typed, behind `word` where that is written once for several. */
  readonly typed?: { readonly at: number; readonly lead: number };
}

/** Functions of the session are told when a text is checked. */
const NONE: ReadonlySet<string> = new Set();

/**
 * The statements of a text.
 * @throws GradusError for a text that is not of the language
 */
export function entriesOf(text: string): Entry[] {
  const { statements } = parse(text, NONE);
  let end = 0;
  return statements.map((statement, k) => {
    const { span } = statement;
    const gap = text.slice(end, span.start);
    // The first of several declarations comes behind the role, the others behind a comma.
    const before = k === 0 ? gap : gap.slice(Math.max(0, gap.indexOf('\n') + 1));
    const next = statements[k + 1]?.span.start ?? text.length;
    const [after, ...below] = text.slice(span.end, next).split(/\r?\n/);
    const last = k === statements.length - 1;
    end = span.end;
    return {
      ...headOf(statement),
      ...textOf(statement, text),
      before: commentsOf(before),
      after:
        (after!.includes('#') ? ` ${after!.slice(after!.indexOf('#'))}` : '') + (last ? below.map((l) => `\n${l}`).join('') : ''),
    };
  });
}

const headOf = (statement: Statement) => ({
  kind: statement.kind,
  name: 'name' in statement ? statement.name : undefined,
  word: statement.kind === 'declaration' ? statement.role : statement.kind === 'objective' ? statement.sense : '',
});

function textOf(statement: Statement, source: string): Pick<Entry, 'text'> & Required<Pick<Entry, 'typed'>> {
  const own = source.slice(statement.span.start, statement.span.end);
  const unknown = statement.kind === 'function' && !statement.value;
  const role = unknown ? 'function ' : statement.kind === 'declaration' ? `${statement.role} ` : '';
  return { text: role + own, typed: { at: statement.span.start, lead: role.length } };
}

/** Whole lines of comments, and empty lines between them. */
const commentsOf = (gap: string): string =>
  gap
    .split(/\r?\n/)
    .slice(0, -1)
    .filter((line) => /^\s*(#|$)/.test(line))
    .map((line) => `${line.trim()}\n`)
    .join('');

/** The text of a session, each statement on a line of its own. */
export const sourceOf = (entries: readonly Entry[]): string =>
  entries.map(({ before, text, after }) => `${before}${text}${after}`).join('\n');

/** The entry that holds a place of the text, and where the entry's own text begins in it. */
export function entryAt(entries: readonly Entry[], place: number): { entry: Entry; start: number } | undefined {
  let start = 0;
  for (const entry of entries) {
    start += entry.before.length;
    const end = start + entry.text.length + entry.after.length;
    if (place <= end) return { entry, start };
    start = end + 1;
  }
  return undefined;
}

/** The objective as a mere definition; nothing is left of one without a name. */
export const demoted = (entries: readonly Entry[]): Entry[] =>
  entries.flatMap((entry) => {
    if (entry.kind !== 'objective') return [entry];
    if (entry.name === undefined) return [];
    const text = entry.text.slice(entry.word.length).trimStart();
    return [{ ...entry, kind: 'assignment', word: '', text }];
  });

export const taken = ({ typed: _, ...entry }: Entry): Entry => entry;
