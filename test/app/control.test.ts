import { mkdirSync, mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { commands } from '../../src/app/commands.ts';
import { gradus } from './harness.ts';

/** What a terminal obeys, or does not show: all but line ends and tabs. */
const UNSEEN = /[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\p{Default_Ignorable_Code_Point}]/u;
const isClean = (text: string): boolean => !UNSEEN.test(text.replace(/[\n\t]/g, ''));

/** Moves the cursor, sets a title, rings, returns, turns the direction of writing, cannot be seen. */
const CONTROLS = ['\u001b[2J', '\u001b]0;title\u0007', '\b', '\r', '\u009b31m', '\u202e', '\u200b', '\u2028', '\u00ad', '\u0000'];

const folder = mkdtempSync(join(tmpdir(), 'gradus-'));
const control = fc.constantFrom(...CONTROLS);
/** A word of an argument with a control character in it. */
const soiled = (word: string) =>
  fc.tuple(control, fc.nat(word.length)).map(([sign, at]) => `${word.slice(0, at)}${sign}${word.slice(at)}`);

/** A page is served until it is interrupted: test/app/page.test.ts. */
const answering = commands.filter(({ name }) => name !== 'page');

/** Every option of every command with a value that is soiled, and a source that may be. */
const calls = answering.flatMap(({ name, options }) => [
  { name, flag: undefined, value: '' },
  ...options.filter(({ required }) => required).map((option) => ({ name, flag: option.long!, value: VALUES(option.long!) })),
]);

/** Options that name a file to be written. */
const WRITES = new Set(['--output', '--report', '--save', '--checkpoint']);

function VALUES(flag: string): string {
  const known: Record<string, string> = { '--set': 'w=1', '--claim': 'w: 2w', '--shape': 'w=2', '--data': 'values.json' };
  return known[flag] ?? '1';
}

describe('nothing that a terminal obeys is printed', () => {
  test.each(calls)('$name $flag', async ({ name, flag, value }) => {
    const source = 'param w = 1; minimize w^2';
    await fc.assert(
      fc.asyncProperty(soiled(source), soiled(value), fc.boolean(), fc.boolean(), async (dirty, soil, clean, json) => {
        const argv = [name, clean && flag ? source : dirty, ...(flag ? [flag, soil] : []), ...(json ? ['--json'] : [])];
        // A file of such a name would be written where the test stands.
        if (flag && WRITES.has(flag)) argv[argv.indexOf(soil)] = join(folder, 'none', soil);
        const { out, err } = await gradus(argv);
        expect([isClean(out), isClean(err)], JSON.stringify([argv, out, err])).toEqual([true, true]);
      }),
      { numRuns: 12 },
    );
  });

  test.each([['help'], ['completion'], ['derive', '--format'], ['derive', '--color'], []])('%s', async (...words) => {
    await fc.assert(
      fc.asyncProperty(soiled('shape'), async (word) => {
        const { out, err } = await gradus([...words, word]);
        expect([isClean(out), isClean(err)], err).toEqual([true, true]);
      }),
      { numRuns: 20 },
    );
  });

  test.each(['eval', 'train', 'check'])('%s with files whose names, headers, keys and cells have it', async (name) => {
    await fc.assert(
      fc.asyncProperty(
        soiled('wide'),
        soiled('w'),
        soiled('1'),
        fc.constantFrom('csv', 'json', 'grad'),
        async (file, key, cell, kind) => {
          const path = join(folder, `${file.replaceAll('\0', '').replaceAll('/', '')}.${kind}`);
          mkdirSync(folder, { recursive: true });
          const text =
            kind === 'csv' ? `${key},z\n${cell},1\n` : kind === 'json' ? JSON.stringify({ [key]: cell }) : `${key} + ${cell}`;
          writeFileSync(path, text);
          const model = 'data z; param w = 1; minimize (w - sum(z))^2';
          const { out, err } = await gradus(kind === 'grad' ? [name, path] : [name, model, '--data', path]);
          expect([isClean(out), isClean(err)], JSON.stringify([path, text, out, err])).toEqual([true, true]);
        },
      ),
      { numRuns: 30 },
    );
  });

  test('nor from a session', async () => {
    const typed = fc.constantFrom(
      ':load wide',
      ':save no/where',
      ':help shape',
      ':data w.csv',
      'w = 1',
      'd w / d w',
      ':train lr=1',
      ':lang en',
    );
    await fc.assert(
      fc.asyncProperty(typed.chain(soiled), async (line) => {
        const { out, err } = await gradus([], { input: `:ascii off\n${line}\n` });
        expect([isClean(out), isClean(err)], JSON.stringify([line, out, err])).toEqual([true, true]);
      }),
      { numRuns: 60 },
    );
  });
});
