import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { exportTo } from '../../src/index.ts';
import { everyModel, ownPython } from './python-run.ts';

everyModel('numpy', ownPython, ['polylog']);

test('what is given wrong is said by its name', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'gradus-mistakes-'));
  try {
    const source = "data X : [d, m], y : [m]; param w : [d], b = 0; minimize mse(w'·X + b, y')";
    writeFileSync(join(folder, 'model.py'), (await exportTo(source, 'numpy'))['model.py']!);
    const run = (...words: string[]) => spawnSync(ownPython(), words, { encoding: 'utf8' });
    expect(run('test/export/mistakes.py', folder).stdout.trim().split('\n')).toEqual([
      '112.916667',
      'ValueError X must have the shape (3, any), not (2, 3)',
      "KeyError 'w has no value; given are: b'",
      "KeyError 'y has no value; given are: X'",
      'ValueError y must have the shape (3,), not (2,)',
      'ValueError X is not an array of numbers',
      'ValueError b must have the shape (), not (1,)',
      "KeyError 'there is no bias among the parameters: w, b'",
      "KeyError 'there is no Z among the data: X, y'",
      'TypeError the parameters must be a dictionary by names, not NoneType',
      'TypeError the data must be a dictionary by names, not list',
      'ValueError y must be real numbers, and is complex',
      expect.stringMatching(/^ValueError y is not an array of numbers: .*complex/),
    ]);
    const { status, stderr } = run(join(folder, 'model.py'), '--check');
    expect(status).toBe(1);
    expect(stderr).toMatch(/^the model has no value of .*: pass your own, or export it with them: gradus export .*\n$/);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
});
