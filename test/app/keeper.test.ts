import { spawnSync } from 'node:child_process';
import { chmodSync, existsSync, mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, test } from 'vitest';
import { Keeper } from '../../src/app/keeper.ts';
import { GradusError } from '../../src/language/diagnostics.ts';
import { gradus } from './harness.ts';

const folder = mkdtempSync(join(tmpdir(), 'gradus-keeper-'));
const MODEL = 'param w : [40] = 1; minimize sum((w - 3).^2)';
const RUN = ['train', MODEL, '--epochs', '9', '--lr', '0.01', '--checkpoint-every', '2'];
const epochIn = (file: string): number => (JSON.parse(readFileSync(file, 'utf8')) as { epoch: number }).epoch;

describe('a run whose state cannot be written', () => {
  test('goes on, with one warning, and tells at the end if it is not kept', () => {
    const warned: string[] = [];
    const written: string[] = [];
    let isFull = false;
    const keeper = new Keeper(
      join(folder, 'none.run'),
      (text) => warned.push(text),
      (file, text) => {
        if (isFull) throw new GradusError('data', `cannot write ${file}: the disk is full`);
        written.push(String(text));
      },
    );
    keeper.keep('a');
    isFull = true;
    keeper.keep('b');
    keeper.keep('c');
    const file = join(folder, 'none.run');
    expect(warned).toEqual([`cannot write ${file}: the disk is full; the run goes on, and nothing is kept of it yet`]);
    isFull = false;
    keeper.keep('d');
    expect(keeper.isComplete()).toBe(true);
    isFull = true;
    keeper.keep('e');
    expect(keeper.isComplete()).toBe(false);
    expect(warned.slice(1)).toEqual([`${file} does not have what the run came to`]);
    expect(written).toEqual(['a', 'd']);
  });

  test('prints what it has learned, and keeps the last good state', () => {
    const main = fileURLToPath(new URL('../../dist/app/main.js', import.meta.url));
    const file = join(folder, 'small.run');
    // No file may have more than 3 KiB, and the history of the run grows.
    const limited = ['-c', 'ulimit -f 3; exec "$@"', 'bash', process.execPath, main];
    const argv = [
      'train',
      'param w = 1; minimize (w - 3)^2',
      '--epochs',
      '400',
      '--checkpoint-every',
      '20',
      '--checkpoint',
      file,
    ];
    const { status, stdout, stderr } = spawnSync('bash', [...limited, ...argv], { encoding: 'utf8' });
    expect(stdout).toContain('After 400 epochs\n  w = 3');
    expect(stderr).toBe(
      `warning: cannot write ${file}: it is larger than files may be here; the run goes on, and ${file} stays as it was\n` +
        `warning: ${file} does not have what the run came to\n`,
    );
    expect(status).toBe(1);
    const there = epochIn(file);
    expect(there).toBeGreaterThan(0);
    expect(there).toBeLessThan(400);
  });
});

describe('a run that is resumed', () => {
  const whole = async () => (await gradus([...RUN.slice(0, -2), '--json'])).out;

  test('is kept where it came from', async () => {
    const file = join(folder, 'again.run');
    await gradus(['train', MODEL, '--epochs', '4', '--lr', '0.01', '--checkpoint', file]);
    expect(epochIn(file)).toBe(4);
    const { out, err } = await gradus([...RUN, '--resume', file, '--json']);
    expect([out, err]).toEqual([await whole(), '']);
    expect(epochIn(file)).toBe(9);
  });

  test('or where it is told', async () => {
    const [file, other] = [join(folder, 'first.run'), join(folder, 'second.run')];
    await gradus(['train', MODEL, '--epochs', '4', '--lr', '0.01', '--checkpoint', file]);
    const { status } = await gradus([...RUN, '--resume', file, '--checkpoint', other, '--json']);
    expect([status, epochIn(file), epochIn(other)]).toEqual([0, 4, 9]);
  });

  test.skipIf(process.getuid?.() === 0)('is said not to be kept where that cannot be written', async () => {
    const file = join(folder, 'read-only.run');
    await gradus(['train', MODEL, '--epochs', '4', '--lr', '0.01', '--checkpoint', file]);
    chmodSync(file, 0o444);
    const { status, out, err } = await gradus([...RUN, '--resume', file, '--json']);
    expect([status, out, epochIn(file)]).toEqual([0, await whole(), 4]);
    expect(err).toContain(`nothing is kept of this run, since ${file} cannot be written: --checkpoint FILE keeps it`);
  });

  test('is not written over by what else is saved', async () => {
    const file = join(folder, 'saved.run');
    writeFileSync(file, 'a state');
    const { status, err } = await gradus([...RUN, '--resume', file, '--save', file]);
    expect(status).toBe(2);
    expect(err).toContain('would overwrite what this command reads');
    expect(existsSync(file)).toBe(true);
  });
});
