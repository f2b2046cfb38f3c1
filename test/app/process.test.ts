import { spawn, spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, test } from 'vitest';
import { hasCompiler } from '../compile/natively.ts';

/** The command as it is installed: built, in processes of its own. */

const root = fileURLToPath(new URL('../../', import.meta.url));
const main = `${root}dist/app/main.js`;
const orGate = `${root}examples/or-gate.grad`;

const gradus = (argv: readonly string[], input?: string, env: NodeJS.ProcessEnv = {}) =>
  spawnSync(process.execPath, [main, ...argv], {
    encoding: 'utf8',
    env: { ...process.env, ...env },
    ...(input !== undefined && { input }),
  });

describe('the built command', () => {
  test('trains a model file', () => {
    const { status, stdout, stderr } = gradus(['train', orGate, '--epochs', '5000', '--lr', '1', '--json']);
    expect({ status, stderr }).toEqual({ status: 0, stderr: '' });
    expect(JSON.parse(stdout).cost).toBeCloseTo(0.000527569180279875, 13);
  });

  test('derives what is on standard input, named or not', () => {
    const model = readFileSync(orGate, 'utf8');
    const { status, stdout } = gradus([], model);
    expect(status).toBe(0);
    expect(stdout).toContain('∂Cost/∂W = dZ·Xᵀ');
    expect(gradus(['derive', '-'], model).stdout).toBe(stdout);
  });

  test.each<[number, string[]]>([
    [0, ['derive', 'x^2']],
    [1, ['derive', 'x +']],
    [1, ['derive', 'missing.grad']],
    [2, ['derive', 'x', '--nonsense']],
    [3, ['train', 'param w = 1; minimize w^2', '--lr', '5']],
  ])('exits with %d for %j', (status, argv) => {
    const run = gradus(argv);
    expect(run.status).toBe(status);
    expect(run.stderr).not.toMatch(/^\s+at /m);
  });

  test.skipIf(!hasCompiler)('ends by itself though threads wait for work', () => {
    const model = 'param W : [200, 200] ~ normal(0, 0.05)\nminimize C = sum((W*W).^2)';
    const costs = ['1', '3'].map((threads) => {
      const options = ['--epochs', '3', '--lr', '0.001', '--backend', 'native', '--threads', threads, '--json', '--quiet'];
      const { status, stdout, stderr } = gradus(['train', model, ...options]);
      expect({ status, stderr }).toEqual({ status: 0, stderr: '' });
      return JSON.parse(stdout).cost;
    });
    expect(costs[1]).toBe(costs[0]);
  });

  test('ends by itself though threads of WebAssembly wait for work', () => {
    const model = 'param W : [200, 200] ~ normal(0, 0.05)\nminimize C = sum((W*W).^2)';
    const options = ['--epochs', '80', '--lr', '0.001', '--backend', 'wasm', '--threads', '3', '--json', '--quiet'];
    const { status, stdout, stderr } = gradus(['train', model, ...options]);
    expect({ status, stderr }).toEqual({ status: 0, stderr: '' });
    expect(JSON.parse(stdout).epochs).toBe(80);
  });

  test('writes no colour into a pipe', () => {
    const { stdout, stderr } = gradus(['derive', 'x + foo(x)'], undefined, { FORCE_COLOR: undefined, NO_COLOR: undefined });
    expect(stdout + stderr).not.toContain('\u001b');
  });

  test('ends quietly when nobody reads on', async () => {
    const child = spawn(process.execPath, [main, 'derive', 'a = x*x\n'.concat('a + ', 'x + '.repeat(20_000), 'x')], {
      stdio: 'pipe',
    });
    let err = '';
    child.stderr.on('data', (chunk) => {
      err += chunk;
    });
    child.stdout.destroy();
    const status = await new Promise((resolve) => child.on('exit', resolve));
    expect({ status, err }).toEqual({ status: 0, err: '' });
  });

  test.skipIf(!existsSync('/dev/full'))('what standard output does not take is told, and the run saves what it has', () => {
    const file = join(mkdtempSync(join(tmpdir(), 'gradus-')), 'or.json');
    const run = (...words: string[]) =>
      spawnSync('sh', ['-c', 'exec "$@" > /dev/full', 'sh', process.execPath, main, ...words], { encoding: 'utf8' });
    const { status, stderr } = run('train', orGate, '--epochs', '5', '--json', '--save', file);
    expect({ status, stderr }).toEqual({ status: 1, stderr: 'data error: cannot write standard output: the disk is full\n' });
    expect(JSON.parse(readFileSync(file, 'utf8'))).toHaveProperty('params');
    expect(run('derive', 'x^2', '--lang', 'zh').stderr).toContain('无法写入标准输出：磁盘已满');
  });

  test.each([
    ['SIGINT', 130],
    ['SIGTERM', 143],
    ['SIGHUP', 129],
  ] as const)('%s ends a run with what it has', async (ending, expected) => {
    const file = join(mkdtempSync(join(tmpdir(), 'gradus-')), 'or.run');
    const kept = ['--checkpoint', file, '--batch', '2', '--backend', 'js'];
    const child = spawn(process.execPath, [main, 'train', orGate, '--epochs', '10000000', ...kept], { stdio: 'pipe' });
    let [out, told] = ['', ''];
    // The derivation stands there when the run begins.
    child.stdout.on('data', (chunk) => {
      if (out === '') setTimeout(() => child.kill(ending), 150);
      out += chunk;
    });
    child.stderr.on('data', (chunk) => {
      told += chunk;
    });
    const status = await new Promise((resolve) => child.on('close', resolve));
    expect(status).toBe(expected);
    const epochs = Number(/^After (\d+) epochs?$/m.exec(out)?.[1]);
    expect(epochs).toBeGreaterThan(0);
    expect(told).toContain('stopped before the last epoch');
    expect((JSON.parse(readFileSync(file, 'utf8')) as { epoch: number }).epoch).toBe(epochs);
  });

  test('mathjs, slow to load, is never loaded', () => {
    const loads = (...argv: string[]) => gradus(argv, undefined, { NODE_DEBUG: 'esm' }).stderr;
    // What is loaded is told, or there would be nothing to see.
    expect(loads('check', 'x^2')).toContain('/commander/');
    for (const argv of [
      ['check', 'x^2'],
      ['derive', 'x^2'],
      ['train', 'param w = 1; minimize w^2'],
      ['eval', '1 + 1'],
    ])
      expect(loads(...argv)).not.toContain('/mathjs/');
  });
});
