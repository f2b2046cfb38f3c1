import { spawnSync } from 'node:child_process';
import {
  chmodSync,
  existsSync,
  lstatSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, test } from 'vitest';
import { besideOf } from '../../src/app/beside.ts';
import { writeWhole } from '../../src/app/files.ts';
import { gradus } from './harness.ts';

const main = fileURLToPath(new URL('../../dist/app/main.js', import.meta.url));
const folder = () => mkdtempSync(join(tmpdir(), 'gradus-'));

describe('a file is written as a whole or not at all', () => {
  /** A process that may write files of 4 kB only: to it every disk is full. */
  const cramped = (argv: readonly string[], cwd: string) =>
    spawnSync('sh', ['-c', 'ulimit -f 8; exec "$@"', 'sh', process.execPath, main, ...argv], { cwd, encoding: 'utf8' });

  test.each([
    ['-o', ['derive', 'x^2', '--format', 'html', '-o', 'page.html'], 1],
    ['--report', ['train', 'param w = 1; minimize w^2', '--epochs', '3', '--report', 'page.html'], 1],
  ] as const)('%s: on a full disk the old one stays', (_, argv, status) => {
    const cwd = folder();
    writeFileSync(join(cwd, 'page.html'), 'the old page');
    const run = cramped(argv, cwd);
    expect(run.stderr).toContain('cannot write page.html: ');
    expect(run.status).toBe(status);
    expect(readFileSync(join(cwd, 'page.html'), 'utf8')).toBe('the old page');
    expect(readdirSync(cwd)).toEqual(['page.html']);
  });

  test(':save in a session: the old one stays', () => {
    const cwd = folder();
    writeFileSync(join(cwd, 'model.grad'), 'the old model');
    const model = `a = ${Array.from({ length: 3000 }, (_, k) => k).join(' + ')}\n:save model.grad\n`;
    const run = spawnSync('sh', ['-c', `ulimit -f 8; exec ${process.execPath} ${main}`], { cwd, encoding: 'utf8', input: model });
    expect(run.stderr).toContain('cannot write model.grad: ');
    expect(readFileSync(join(cwd, 'model.grad'), 'utf8')).toBe('the old model');
    expect(readdirSync(cwd)).toEqual(['model.grad']);
  });

  test('what a process that was killed has left beside it goes, and nothing else', () => {
    const cwd = folder();
    const file = join(cwd, 'm.run');
    const dead = spawnSync(process.execPath, ['-e', '']).pid;
    const left = (target: string, pid: number): string => {
      const name = besideOf(join(cwd, target)).replace(`.${process.pid}.`, `.${pid}.`);
      writeFileSync(name, 'half of it');
      return basename(name);
    };
    left('m.run', dead);
    left('m.run', dead);
    const others = [left('m.run', process.ppid), left('n.run', dead), '.0123456789ab.gradus'];
    writeFileSync(join(cwd, others[2]!), 'of somebody else');
    writeWhole(file, 'new');
    expect(readdirSync(cwd).sort()).toEqual([...others, 'm.run'].sort());
  });

  test('permissions stay', () => {
    const file = join(folder(), 'derivation.txt');
    writeFileSync(file, 'old');
    chmodSync(file, 0o600);
    writeWhole(file, 'new');
    expect(readFileSync(file, 'utf8')).toBe('new');
    expect(statSync(file).mode & 0o777).toBe(0o600);
  });

  test('a link goes on pointing at what is written', () => {
    const at = folder();
    mkdirSync(join(at, 'elsewhere'));
    const target = join(at, 'elsewhere', 'real.txt');
    writeFileSync(target, 'old');
    symlinkSync(target, join(at, 'link.txt'));
    writeWhole(join(at, 'link.txt'), 'new');
    expect(lstatSync(join(at, 'link.txt')).isSymbolicLink()).toBe(true);
    expect(readFileSync(target, 'utf8')).toBe('new');
    symlinkSync(join(at, 'later.txt'), join(at, 'ahead.txt'));
    writeWhole(join(at, 'ahead.txt'), 'new');
    expect(readFileSync(join(at, 'later.txt'), 'utf8')).toBe('new');
    expect(lstatSync(join(at, 'ahead.txt')).isSymbolicLink()).toBe(true);
  });

  test('what is no file is written to', async () => {
    writeWhole('/dev/null', 'nothing');
    expect(lstatSync('/dev/null').isFile()).toBe(false);
    if (!existsSync('/dev/full')) return;
    const { status, err } = await gradus(['derive', 'x^2', '-o', '/dev/full']);
    expect([status, err]).toEqual([1, 'data error: cannot write /dev/full: the disk is full\n']);
  });

  test.each([
    ['nowhere/x.txt', 'there is no such file'],
    ['.', 'it is a directory'],
    ['x'.repeat(300), 'the name is too long'],
  ])('-o %s is refused', async (name, why) => {
    const { status, err } = await gradus(['derive', 'x^2', '-o', join(folder(), name)]);
    expect(status).toBe(2);
    expect(err).toContain(why);
  });
});

describe('a folder that is to be made', () => {
  const exported = (at: string) => gradus(['export', 'param w = 1; minimize (w - 3)^2', '--to', 'c', '-o', at]);

  test('is made with those that it lies in, and may be there', async () => {
    const at = join(folder(), 'a', 'b', 'c');
    for (let k = 0; k < 2; k++) expect((await exported(at)).status).toBe(0);
    expect(existsSync(join(at, 'model.c'))).toBe(true);
  });

  test.each(existsSync('/proc/self') ? ['/proc/x', '/proc/x/y'] : [])('%s takes none', async (at) => {
    const { status, err } = await exported(at);
    expect([status, err]).toEqual([
      2,
      `usage error: cannot make the folder ${at}: no folder can be made there\nsee gradus export --help\n`,
    ]);
  });

  test('a file on the way is none', async () => {
    const file = join(folder(), 'file');
    writeFileSync(file, '');
    for (const at of [file, join(file, 'below')]) {
      const { status, err } = await exported(at);
      expect(status).toBe(2);
      expect(err).toContain(`cannot make the folder ${at}: something there is no folder`);
    }
  });
});
