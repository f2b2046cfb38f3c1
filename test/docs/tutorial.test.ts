import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it, test } from 'vitest';
import { gradus } from '../app/harness.ts';
import { page, rowsOf } from '../support/snippets.ts';

/** Every line that docs/tutorial.md sets beside a figure is printed by the command beside it. */

const FIRST = 15;
const LAST = 61;

const folder = mkdtempSync(join(tmpdir(), 'gradus-tutorial-'));
afterAll(() => rmSync(folder, { recursive: true }));

const code = (cell: string): string => /^`(.*)`$/.exec(cell)?.[1] ?? '';
const rows = rowsOf(page('docs/tutorial.md'))
  .filter(([figure]) => /^\d/.test(figure!))
  .map(([figure, , command, line]) => ({ figure: figure!, command: code(command!), line: code(line!) }));

/** The words of a command as a shell takes them apart; quotes hold what is between them together. */
const words = (command: string): string[] =>
  [...command.matchAll(/'([^']*)'|"([^"]*)"|(\S+)/g)].map(([, single, double, bare]) => single ?? double ?? bare!);

const closedUp = (text: string): string => text.replace(/\s+/g, ' ').trim();

/** What is read on a page, without style, in one line. */
function visible(html: string): string {
  const entities: Readonly<Record<string, string>> = { lt: '<', gt: '>', quot: '"', amp: '&' };
  const bare = html.replace(/<style>.*?<\/style>/gs, '').replace(/<[^>]*>/g, ' ');
  return closedUp(bare.replace(/&(\w+);/g, (whole, name: string) => entities[name] ?? whole));
}

/** The lines that a command prints, and all that is on the page that it writes. */
async function printedBy(command: string): Promise<{ readonly lines: readonly string[]; readonly onPage: string }> {
  const [name, ...argv] = words(command);
  expect(name).toBe('gradus');
  const at = argv.indexOf('--report') + 1;
  const report = at > 0 ? join(folder, argv[at]!) : undefined;
  const { out, err } = await gradus(report ? argv.with(at, report) : argv);
  const lines = `${out}\n${err}`.split('\n').map(closedUp);
  const html = report ? readFileSync(report, 'utf8') : out.startsWith('<!DOCTYPE html>') ? out : '';
  return { lines: html === out ? [] : lines, onPage: visible(html) };
}

const commands = [...new Set(rows.map(({ command }) => command))];

describe.each(commands)('%s', (command) => {
  let printed: Awaited<ReturnType<typeof printedBy>>;
  beforeAll(async () => {
    printed = await printedBy(command);
  });
  const own = rows.filter((row) => row.command === command).map(({ figure, line }) => [figure, line] as const);

  it.each(own)('prints the counterpart of figure %s: %s', (_, line) => {
    const { lines, onPage } = printed;
    const found = line !== '' && (lines.includes(line) || onPage.includes(line));
    expect(found ? line : lines).toEqual(line);
  });
});

test('each figure has a counterpart', () => {
  const told = new Set(rows.map(({ figure }) => Number.parseInt(figure, 10)));
  const all = Array.from({ length: LAST - FIRST + 1 }, (_, k) => FIRST + k);
  expect([...told].sort((a, b) => a - b)).toEqual(all);
});
