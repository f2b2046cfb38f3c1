import { came, isRecord } from '../language/came.ts';
import { GradusError } from '../language/diagnostics.ts';
import { Column, Lines, type Place } from './column.ts';
import type { Utf8 } from './encoding.ts';
import { keyTwice, type Twice } from './json-keys.ts';
import { addTo } from './list-column.ts';
import type { Table } from './table.ts';

/** Objects, a row each, whose keys are the columns. What a row does not have is missing there. */
class Objects {
  private readonly columns = new Map<string, Column>();
  private readonly lines = new Lines();
  private rows = 0;

  add(object: Readonly<Record<string, unknown>>, line: number): void {
    this.lines.add(this.rows, line);
    for (const name of Object.keys(object)) {
      let column = this.columns.get(name);
      if (!column) {
        column = new Column(name);
        this.columns.set(name, column);
      }
      while (column.length < this.rows) column.addWord('');
      addTo(column, object[name]);
    }
    this.rows++;
  }

  table(unit: string): Table {
    const { rows, lines } = this;
    for (const column of this.columns.values()) while (column.length < rows) column.addWord('');
    const place: Place = (row) => `${unit} ${lines.of(row)}`;
    return { columns: [...this.columns.values()], rows, headless: false, place };
  }
}

/** What a JSON text holds: values by name, or rows. */
type Json = { readonly record: Readonly<Record<string, unknown>> } | { readonly table: Table };

/**
 * A JSON text, an object of values by name or a list of objects, a row each; or several texts, an object a line.
 * @throws GradusError `data` with the line for what is no JSON
 */
export function jsonOf(text: string, file: string): Json {
  let content: unknown;
  try {
    content = JSON.parse(text);
  } catch (error) {
    const [, first = '', second] = /^\s*(.*)\s+(.)/.exec(text) ?? [];
    if (second === '{' && isObject(first)) return { table: tableOfLines(text.split('\n'), file) };
    throw notJson(text, error, file);
  }
  if (isRecord(content)) {
    const twice = keyTwice(text, Object.keys(content).length);
    if (twice) throw keyIsTwice(file, 'line', lineAt(text, twice.at), twice);
    return { record: content };
  }
  if (Array.isArray(content) && content.length > 0 && content.every(isRecord)) {
    const twice = keyTwice(
      text,
      content.reduce((count: number, object) => count + Object.keys(object).length, 0),
    );
    if (twice) throw keyIsTwice(file, 'entry', twice.entry + 1, twice);
    const objects = new Objects();
    for (const [k, object] of content.entries()) objects.add(object, k + 1);
    return { table: objects.table('entry') };
  }
  throw new GradusError('data', `${file} does not hold an object`, {
    hint: 'it gives arrays by name: {"X": [[0, 1], [1, 0]]}; or rows: [{"x": 0, "y": 1}]',
  });
}

const keyIsTwice = (file: string, unit: 'line' | 'entry', number: number, { key }: Twice): GradusError =>
  new GradusError(
    'data',
    unit === 'line' ? `${file}, line ${number} has the key ${key} twice` : `${file}, entry ${number} has the key ${key} twice`,
  );

const lineAt = (text: string, at: number): number => text.slice(0, at).split('\n').length;

function isObject(line: string): boolean {
  try {
    return isRecord(JSON.parse(line));
  } catch {
    return false;
  }
}

/** Numbers of Python's json that JSON does not have, where they stand outside of texts. */
function noNumberIn(text: string): { readonly at: number; readonly word: string } | undefined {
  for (const { index, 1: word } of text.matchAll(/"(?:[^"\\]|\\.)*"|(-?\b(?:NaN|Infinity)\b)/g))
    if (word !== undefined) return { at: index, word };
  return undefined;
}

/** @param first the line of the file that the text begins with */
function notJson(text: string, error: unknown, file: string, first = 1): GradusError {
  const none = noNumberIn(text);
  if (none)
    return new GradusError(
      'data',
      `${file}, line ${lineAt(text, none.at) + first - 1} is not JSON: ${none.word} is no number there`,
      {
        hint: `write null where a value is missing, or the text "${none.word}"`,
      },
    );
  const message = error instanceof Error ? error.message : String(error);
  const [, at] = /at position (\d+)/.exec(message) ?? [];
  const line = at === undefined ? (text.includes('\n') ? undefined : 1) : lineAt(text, Number(at));
  const says = message.replace(/ (?:in JSON )?at position.*$/s, '');
  return new GradusError(
    'data',
    line === undefined ? `${file} is not JSON: ${says}` : `${file}, line ${line + first - 1} is not JSON: ${says}`,
  );
}

function tableOfLines(lines: readonly string[], file: string): Table {
  const objects = new Objects();
  for (const [k, line] of lines.entries()) addLine(objects, line, k + 1, file);
  return objects.table('line');
}

function addLine(objects: Objects, line: string, number: number, file: string): void {
  if (line.trim() === '') return;
  let content: unknown;
  try {
    content = JSON.parse(line);
  } catch (error) {
    throw notJson(line, error, file, number);
  }
  if (!isRecord(content))
    throw new GradusError('data', `${file}, line ${number} is ${came(content)}, not an object`, {
      hint: 'each line is a row: {"x": 0, "y": 1}',
    });
  const twice = keyTwice(line, Object.keys(content).length);
  if (twice) throw keyIsTwice(file, 'line', number, twice);
  objects.add(content, number);
}

/**
 * Rows of JSON, an object a line, as many at a time as are asked for.
 * @throws GradusError `data` at the first line that is none
 */
export async function* linesOf({ bytes }: Utf8, file: string, rows = Number.POSITIVE_INFINITY): AsyncGenerator<Table> {
  const decoder = new TextDecoder('utf-8');
  let objects = new Objects();
  let count = 0;
  let number = 0;
  // A line may be longer than many pieces.
  let rest: string[] = [];
  let any = false;
  for await (const piece of bytes) {
    const [first, ...lines] = decoder.decode(piece, { stream: true }).split('\n');
    rest.push(first!);
    if (lines.length === 0) continue;
    lines.unshift(rest.join(''));
    rest = [lines.pop()!];
    for (const line of lines) if (take(line)) yield next();
  }
  if (take(rest.join('') + decoder.decode()) || count > 0) yield next();
  if (!any) throw new GradusError('data', `${file} is empty`);

  function take(line: string): boolean {
    number++;
    if (line.trim() === '') return false;
    addLine(objects, line, number, file);
    any = true;
    return ++count >= rows;
  }

  function next(): Table {
    const table = objects.table('line');
    objects = new Objects();
    count = 0;
    return table;
  }
}
