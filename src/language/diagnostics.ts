import { INSPECT, type InspectOptions, named } from './console.ts';
import type { Speech } from './speech.ts';
import type { Span } from './tree.ts';
import { visibleLine, widthOf } from './visible.ts';

/** Stable names of what can be wrong. */
export type ErrorCode =
  | 'syntax'
  | 'name'
  | 'shape'
  | 'argument'
  | 'data'
  | 'domain'
  | 'unsupported'
  | 'limit'
  | 'diverged'
  | 'engine'
  | 'usage';

const LABEL: Record<ErrorCode, string> = {
  syntax: 'syntax error',
  name: 'name error',
  shape: 'shape error',
  argument: 'argument error',
  data: 'data error',
  domain: 'domain error',
  unsupported: 'not supported',
  limit: 'too large',
  diverged: 'diverged',
  engine: 'engine error',
  usage: 'usage error',
};

interface Details {
  readonly span?: Span | undefined;
  readonly hint?: string | undefined;
  readonly note?: string | undefined;
  readonly text?: string | undefined;
  readonly speech?: Speech | undefined;
}

/** An error as JSON: what there is of it. */
export interface ErrorJson {
  readonly name: string;
  readonly code: ErrorCode;
  readonly message: string;
  readonly span?: Span;
  readonly hint?: string;
  readonly note?: string;
}

/**
 * The only error that gradus throws. `span` is where in the source, `hint` the likely fix. Where the text is known the
 * stack begins as `format()` does, with the line and a caret.
 */
export class GradusError extends Error {
  declare readonly code: ErrorCode;
  // What an error does not have is no property of it: a console shows all that there are.
  declare readonly span: Span | undefined;
  declare readonly hint: string | undefined;
  /** What stands beside the caret, where that says more than the message alone. */
  declare readonly note: string | undefined;
  /** What the span points into: the source, a claim. */
  declare readonly text: string | undefined;
  /** What it is told in; English if there is none. */
  declare readonly speech: Speech | undefined;

  static {
    named(GradusError, 'GradusError');
    Object.defineProperty(GradusError.prototype, 'name', { value: 'GradusError', writable: true, configurable: true });
  }

  constructor(code: ErrorCode, message: string, { span, hint, note, text, speech }: Details = {}) {
    super(told(message));
    this.code = code;
    if (span) this.span = span;
    if (hint) this.hint = told(hint);
    if (note) this.note = told(note);
    if (text !== undefined) Object.defineProperty(this, 'text', { value: text, configurable: true });
    if (speech) Object.defineProperty(this, 'speech', { value: speech, configurable: true });
    const { stack } = this;
    const plain = `${this.name}: ${this.message}`;
    if (!stack?.startsWith(plain)) return;
    const value = drawn(plain, this, text ?? '', undefined) + stack.slice(plain.length);
    Object.defineProperty(this, 'stack', { value, writable: true, configurable: true });
  }

  /** The same error with the text that its span points into, unless it has one. */
  within(text: string): GradusError {
    const { span, hint, note, speech } = this;
    if (!span || this.text !== undefined) return this;
    return new GradusError(this.code, this.message, { span, hint, note, text, speech });
  }

  /** The same error in another language; as it is in English, or if it is told in one already. */
  told(speech: Speech | undefined): GradusError {
    if (!speech || this.speech) return this;
    const { code, message, span, hint, note, text, stack } = this;
    const say = (words: string | undefined) => words && speech.say(words);
    const error = new GradusError(code, speech.say(message), { span, hint: say(hint), note: say(note), text, speech });
    // Where it was thrown, not where it was told.
    const frames = /\n {4}at .*$/s.exec(stack ?? '')?.[0];
    const head = error.stack?.replace(/\n {4}at .*$/s, '');
    if (frames && head) Object.defineProperty(error, 'stack', { value: head + frames, writable: true, configurable: true });
    return error;
  }

  /** The same error, placed: an error raised below the syntax tree learns its span from who called. */
  placed(span: Span): GradusError {
    if (this.span) return this;
    const { code, message, hint, note, speech } = this;
    return new GradusError(code, message, { span, hint, note, speech });
  }

  /**
   * The message with the line it is about and a caret under the place.
   * @param source the text that was parsed; left out, the one that the error holds
   * @param file shown before the line number, if the error is about that text
   */
  format(source = this.text ?? '', file?: string): string {
    if (this.text !== undefined && this.text !== source) return this.format(this.text);
    return drawn(labelled(LABEL[this.code], this.message, this.speech), this, source, file);
  }

  toJSON(): ErrorJson {
    const { name, code, message, span, hint, note } = this;
    return { name, code, message, ...(span && { span }), ...(hint && { hint }), ...(note && { note }) };
  }

  /** Within something else one line, on its own with the stack. */
  [INSPECT](left: number | null, { depth }: InspectOptions): string {
    return left === depth ? (this.stack ?? this.format()) : `[${this.name}: ${this.message}]`;
  }
}

/** Work on a text: what is thrown about a place in it holds the text from here on. */
export function reading<T>(text: string, work: () => T): T {
  try {
    return work();
  } catch (error) {
    throw error instanceof GradusError ? error.within(text) : error;
  }
}

/** `shape error: …`, as the language has it. */
export const labelled = (label: string, message: string, speech: Speech | undefined): string =>
  speech ? `${speech.say(label)}${speech.marks.colon}${message}` : `${label}: ${message}`;

function drawn(head: string, { span, hint, note, speech }: Details, source: string, file: string | undefined): string {
  const below = hint ? `\n  ${labelled('hint', hint, speech)}` : '';
  const from = file && visibleLine(file);
  if (!span || source === '') return `${from ? `${from}  ` : ''}${head}${below}`;
  const { line, column, text, width } = locate(source, span);
  const gutter = `  ${line} │ `;
  const blank = `${' '.repeat(gutter.length - 2)}│ `;
  const shown = excerpt(text, column, width);
  const mark = `${' '.repeat(shown.column)}${'~'.repeat(shown.width)}`;
  const place = from ? `${from}:${line}:${column + 1}  ` : '';
  return `${place}${head}\n${gutter}${shown.text}\n${blank}${mark}${note ? ` ${note}` : ''}${below}`;
}

/** What a source says that may not be what is meant: it is read, and the reader is told how. */
export interface Warning {
  readonly message: string;
  readonly span?: Span | undefined;
  readonly hint?: string | undefined;
}

/** A warning as an error is drawn: the line that it is about, and a caret under the place. */
export const warningText = ({ message, span, hint }: Warning, source = '', file?: string, speech?: Speech): string =>
  drawn(labelled('warning', told(message), speech), { span, hint: hint && told(hint), speech }, source, file);

/** The same warnings in another language. */
export const warningsTold = (warnings: readonly Warning[], speech: Speech | undefined): readonly Warning[] =>
  speech
    ? warnings.map(({ message, hint, ...rest }) => ({
        ...rest,
        message: speech.say(message),
        ...(hint !== undefined && { hint: speech.say(hint) }),
      }))
    : warnings;

/** The same warning is given once, whatever it was met in. */
export const distinctWarnings = (warnings: readonly Warning[]): readonly Warning[] => [
  ...new Map(warnings.map((w) => [`${w.span?.start} ${w.span?.end} ${w.message}`, w])).values(),
];

/** Longer messages have the text of somebody's file in them. */
const LONGEST = 1000;

/** One line that a terminal shows as it is. */
function told(text: string): string {
  const shown = visibleLine(text.length > LONGEST ? text.slice(0, LONGEST) : text);
  return text.length > LONGEST ? `${shown}…` : shown;
}

/** The line (from 1), column (from 0), text of the line and width of the mark for a span. */
export function locate(source: string, span: Span) {
  const start = Math.max(0, Math.min(span.start, source.length));
  const before = source.slice(0, start);
  const lineStart = before.lastIndexOf('\n') + 1;
  const next = source.indexOf('\n', start);
  const lineEnd = next < 0 ? source.length : next;
  const text = source.slice(lineStart, lineEnd).replace(/\r$/, '');
  const column = start - lineStart;
  const width = Math.max(1, Math.min(span.end, lineStart + text.length) - start);
  return { line: before.split('\n').length, column, text, width };
}

const WIDEST = 100;

/** A line as a terminal shows it, and the columns of the place there. */
function excerpt(line: string, at: number, length: number) {
  const { text, column, width } = around(line, at, length);
  const shown = (from: number, to?: number) => visibleLine(text.slice(from, to).replaceAll('\t', ' '));
  return {
    text: shown(0),
    column: widthOf(shown(0, column)),
    width: Math.max(1, widthOf(shown(column, column + width))),
  };
}

/** Long lines are shown around the place, so that the caret stays on the screen. */
function around(text: string, column: number, width: number) {
  if (text.length <= WIDEST) return { text, column, width };
  const from = Math.max(0, Math.min(column - 20, text.length - WIDEST));
  const lead = from > 0 ? '…' : '';
  const tail = from + WIDEST < text.length ? '…' : '';
  const visible = Math.min(width, WIDEST - (column - from));
  return {
    text: `${lead}${text.slice(from, from + WIDEST)}${tail}`,
    column: column - from + lead.length,
    width: Math.max(1, visible),
  };
}

const LONGEST_NAME = 100;

/**
 * The nearest of `names` to `name`, if one is near: an edit or two, less in short words. Of equally near ones, one that
 * begins alike.
 */
export function nearest(name: string, names: Iterable<string>): string | undefined {
  // Of such a name nobody forgets a letter, and the distances are quadratic in the length.
  if (name.length > LONGEST_NAME) return undefined;
  const spelled = [...names];
  const same = spelled.filter((other) => other !== name && other.toLowerCase() === name.toLowerCase());
  if (same.length === 1) return same[0];
  const most = name.length <= 4 ? 1 : 2;
  let best: string | undefined;
  let bestDistance = most + 1;
  for (const candidate of spelled) {
    if (Math.abs(candidate.length - name.length) > most) continue;
    const distance = editDistance(name, candidate) + (candidate[0] === name[0] ? 0 : 0.5);
    if (distance < bestDistance && distance < Math.max(candidate.length, name.length)) {
      best = candidate;
      bestDistance = distance;
    }
  }
  return best;
}

/** Edits between two words, counting a swap of neighbours as one (Damerau–Levenshtein, restricted). */
function editDistance(a: string, b: string): number {
  const rows: number[][] = [Array.from({ length: b.length + 1 }, (_, j) => j)];
  for (let i = 1; i <= a.length; i++) {
    const row = [i];
    for (let j = 1; j <= b.length; j++) {
      const same = a[i - 1] === b[j - 1];
      let cost = Math.min(rows[i - 1]![j]! + 1, row[j - 1]! + 1, rows[i - 1]![j - 1]! + (same ? 0 : 1));
      if (i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1]) cost = Math.min(cost, rows[i - 2]![j - 2]! + 1);
      row.push(cost);
    }
    rows.push(row);
  }
  return rows[a.length]![b.length]!;
}
