import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, expect, it, test } from 'vitest';
import { jacobian } from '../../src/index.ts';
import '../../src/vitest.ts';
import { blocksOf, heldToComments, Place, page, root } from '../support/snippets.ts';

/** README.md runs as it stands. */

const blocks = blocksOf(page('README.md'));
const model = blocks.find(({ text }) => text.startsWith('# XOR'))!.text;
const place = new Place(model);
afterAll(() => place.remove());

const named = (language: string) => blocks.filter((b) => b.language === language).map((b) => [b.line, b.text] as const);

it.each(named('js').filter(([, text]) => !text.includes('gradus/vitest')))('the module in line %d', (_, text) => {
  const { status, err } = place.module(heldToComments(text));
  expect({ status, err }).toEqual({ status: 0, err: '' });
});

it.each(named('js').filter(([, text]) => text.includes('gradus/vitest')))('the matchers in line %d', async (_, text) => {
  // Within a test suite they are known; the files are those of the reader.
  const body = text.replace(/^import .*$/gm, '');
  const read = (file: string, encoding: 'utf8') => readFileSync(join(place.folder, file), encoding);
  await new Function('expect', 'readFileSync', `return (async () => {${body}})()`)(expect, read);
  expect.hasAssertions();
});

const commands = named('sh').flatMap(([line, text]) => text.split('\n').map((command, k) => [line + 1 + k, command] as const));

test.each(commands.filter(([, command]) => command.startsWith('gradus')))('line %d: %s', (_, command) => {
  const { status, out, err } = place.shell(command);
  expect({ status, err }).toEqual({ status: 0, err: expect.stringMatching(/^(the \w+ (is|are) in \S+\n)?$/) });
  expect(out + err + (command.includes(' -o ') ? 'written' : '')).not.toBe('');
  // What a comment says of the result is what is printed, to its digits.
  const printed = [...out.matchAll(/\d+\.\d+/g)].map(([number]) => Number(number));
  for (const [said, digits] of command.replace(/^[^#]*/, '').matchAll(/\d+\.(\d+)/g))
    expect(printed.map((number) => number.toFixed(digits!.length))).toContain(said);
});

test('the commands are there to be run', () => {
  expect(commands.filter(([, command]) => command.startsWith('gradus')).length).toBeGreaterThan(5);
});

it.each(blocks.filter(({ text }) => text.startsWith('$ gradus')).map((b) => [b.line, b.text] as const))(
  'line %d shows what is printed',
  (_, text) => {
    const [command, ...shown] = text.split('\n');
    const { status, out } = place.shell(command!.slice(2));
    expect(status).toBe(0);
    expect(out.trimEnd().split('\n')).toEqual(shown);
  },
);

test('npm start runs what it says', () => {
  const { scripts } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as { scripts: { start: string } };
  const { status, out } = place.shell(scripts.start.replace('node dist/app/main.js', 'gradus'));
  expect(status).toBe(0);
  expect(out).toContain(' → ');
});

test('the links lead to pages', () => {
  for (const [, target] of page('README.md')
    .replace(/`[^`\n]*`/g, '')
    .matchAll(/\]\(([^)#]+)\)/g)) {
    if (!target!.startsWith('http')) expect(() => readFileSync(join(root, target!))).not.toThrow(/ENOENT/);
  }
});

test('the structure that a diagonal Jacobian is said to have', () => {
  expect(jacobian('x.*exp(x)', 'x', { shapes: { x: ['n'] } }).structure).toMatchObject({
    kind: 'diagonal',
    ties: [[0, 1]],
    symmetric: true,
  });
});
