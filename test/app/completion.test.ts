import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, describe, expect, test, vi } from 'vitest';
import { commands } from '../../src/app/commands.ts';
import { SHELLS } from '../../src/app/completion.ts';
import { gradus } from './harness.ts';

afterEach(() => void vi.restoreAllMocks());

/** What the library prints, which writes by itself. */
async function printed(...argv: string[]): Promise<string> {
  const lines: string[] = [];
  vi.spyOn(console, 'log').mockImplementation((text) => void lines.push(text));
  expect(await gradus(argv)).toEqual({ status: 0, out: '', err: '' });
  return lines.join('\n');
}

const offered = async (...words: string[]): Promise<string[]> =>
  (await printed('complete', '--', ...words))
    .split('\n')
    .slice(0, -1)
    .map((line) => line.split('\t')[0]!);

describe('the completion of a shell', () => {
  test.each(SHELLS)('%s has a script', async (shell) => {
    const script = await printed('completion', shell);
    expect(script).toContain('gradus');
    expect(script).toContain('complete --');
  });

  test('the script for bash is one', async () => {
    execFileSync('bash', ['-n'], { input: await printed('completion', 'bash') });
  });

  test('another shell is wrong usage', async () => {
    expect((await gradus(['completion', 'tcsh'])).status).toBe(2);
  });

  test('has every command, every option and its choices', async () => {
    const names = commands.map(({ name }) => name);
    expect(await offered('')).toEqual([...names, 'help', 'completion']);
    expect(await offered('de')).toEqual(['derive']);
    for (const { name, options } of commands)
      expect(await offered(name, '--')).toEqual(expect.arrayContaining(options.map(({ long }) => long)));
    expect(await offered('derive', '--format', 'l')).toEqual(['latex']);
    expect(await offered('derive', '--format=l')).toEqual(['latex']);
  });

  test('has the topics of the help, and files', async () => {
    expect(await offered('help', 'sig')).toEqual(['sigmoid', 'sign']);
    const folder = mkdtempSync(join(tmpdir(), 'gradus-'));
    mkdirSync(join(folder, 'models'));
    writeFileSync(join(folder, 'model.grad'), 'x^2');
    writeFileSync(join(folder, 'mod\u001b[2J'), '');
    expect(await offered('derive', `${folder}/mo`)).toEqual([`${folder}/model.grad`, `${folder}/models/`]);
    expect(await offered('train', 'x', '--data', `${folder}/model.`)).toEqual([`${folder}/model.grad`]);
  });
});
