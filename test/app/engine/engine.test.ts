import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { run as command } from '../../../src/app/run.ts';
import { gradus, type Outcome } from '../harness.ts';

/** Our side of an engine, with a program in Python's place that speaks as the driver does. */

const python = resolve('test/app/engine/python.mjs');
const MODEL = `data x : [m] = [${Array.from({ length: 23 }, (_, k) => (k * k) % 7).join(', ')}]
param w = 9
minimize mean((w - x).^2)`;

let folder = '';
const file = (name: string): string => join(folder, name);

/** Folders of runs, which none may leave behind. */
const left = () => readdirSync(tmpdir()).filter((name) => name.startsWith('gradus-engine-'));
let before: string[] = [];

beforeAll(() => {
  before = left();
  folder = mkdtempSync(join(tmpdir(), 'gradus-engine.test-'));
});
afterEach(() => {
  delete process.env.AS;
  expect(left().filter((name) => !before.includes(name))).toEqual([]);
});
afterAll(() => rmSync(folder, { recursive: true }));

const train = (...argv: string[]): Promise<Outcome> => gradus(['train', MODEL, '--quiet', ...argv]);
const withJax = (...argv: string[]): Promise<Outcome> => train('--engine', 'jax', '--python', python, ...argv);
/** As close as sums in another order are. */
function expectAlike(one: Outcome, other: Outcome): void {
  const rounded = ({ out }: Outcome): unknown =>
    JSON.parse(out, (_, value) => (typeof value === 'number' ? Number(value.toPrecision(11)) : value));
  expect(rounded(one)).toEqual(rounded(other));
}

const WAYS: readonly string[][] = [
  ['--epochs', '100'],
  ['--epochs', '20', '--schedule', 'cosine', '--warmup', '3'],
  ['--epochs', '7', '--batch', '5', '--shuffle', '--seed', '4'],
  ['--epochs', '7', '--batch', '5', '--validation', '0.2', '--lr', '0.01'],
  ['--epochs', '30', '--validation', '0.2', '--patience', '2', '--lr', '0.3'],
];

describe('a run in another engine', () => {
  test.each(WAYS.map((way) => [way.join(' '), way] as const))('ends as ours does: %s', async (_, way) => {
    const [own, other] = [await train('--json', ...way), await withJax('--json', ...way)];
    expect(other.err).toBe('');
    expectAlike(other, own);
  });

  test('what libraries print is no part of the result', async () => {
    process.env.AS = 'print';
    const { out, err } = await withJax('--epochs', '3');
    expect(out).toMatch(/^After 3 epochs/);
    expect(err).toBe('');
  });

  test.each([
    [
      ['--epochs', '12'],
      ['--epochs', '5'],
    ],
    [
      ['--epochs', '9', '--batch', '4', '--shuffle'],
      ['--epochs', '4', '--batch', '4', '--shuffle'],
    ],
  ])('goes on from a checkpoint of ours, and ours from one of it: %j', async (whole, part) => {
    const [ours, theirs] = [file(`ours-${whole.length}.json`), file(`theirs-${whole.length}.json`)];
    const wanted = await train('--json', ...whole);
    await train(...part, '--checkpoint', ours);
    expectAlike(await withJax('--json', ...whole, '--resume', ours), wanted);
    await withJax(...part, '--checkpoint', theirs);
    expectAlike(await train('--json', ...whole, '--resume', theirs), wanted);
  });

  test('a cost that is not finite ends it as it ends ours', async () => {
    const [own, other] = [await train('--epochs', '2000', '--lr', '3'), await withJax('--epochs', '2000', '--lr', '3')];
    expect(other.status).toBe(3);
    expect(other.err.split('\n')[0]).toBe(own.err.split('\n')[0]);
  });

  test('auto takes a method whose step is one formula', async () => {
    const { out } = await withJax('--epochs', '0', '--optimizer', 'auto');
    expect(out).toContain('adam: the engine jax runs methods whose step is one formula');
  });
});

describe('what goes wrong', () => {
  test('no JAX', async () => {
    process.env.AS = 'miss';
    expect(await withJax()).toEqual({
      status: 1,
      out: '',
      err: `engine error: JAX is not installed for ${python}\n  hint: ${python} -m pip install jax\n`,
    });
  });

  test('no Python, where one is named and where none is', async () => {
    const { err, status } = await train('--engine', 'jax', '--python', '/nowhere/python3');
    expect(err).toBe('engine error: there is no Python at /nowhere/python3\n  hint: say where it is: --python PATH\n');
    expect(status).toBe(1);
    const { PATH, GRADUS_PYTHON } = process.env;
    process.env.PATH = folder;
    delete process.env.GRADUS_PYTHON;
    const none = await train('--engine', 'jax');
    process.env.PATH = PATH;
    if (GRADUS_PYTHON !== undefined) process.env.GRADUS_PYTHON = GRADUS_PYTHON;
    expect(none.err).toContain('there is no Python here: neither python3 nor python is found');
    expect(none.err).toContain('python3 -m pip install jax');
  });

  test('GRADUS_PYTHON names one', async () => {
    const { GRADUS_PYTHON } = process.env;
    process.env.GRADUS_PYTHON = python;
    const { status } = await train('--engine', 'jax', '--epochs', '2');
    delete process.env.GRADUS_PYTHON;
    if (GRADUS_PYTHON !== undefined) process.env.GRADUS_PYTHON = GRADUS_PYTHON;
    expect(status).toBe(0);
  });

  test('a process that is killed: one line, and the state before it', async () => {
    process.env.AS = 'die';
    const kept = file('killed.json');
    const { status, out, err } = await withJax('--epochs', '200', '--checkpoint', kept, '--schedule', 'exponential');
    expect({ status, out, err }).toEqual({
      status: 1,
      out: '',
      err: `engine error: the process of the engine was ended by SIGKILL\n  hint: go on from where it was with --resume ${kept}\n`,
    });
    delete process.env.AS;
    const whole = ['--json', '--epochs', '200', '--schedule', 'exponential'];
    expectAlike(await withJax(...whole, '--resume', kept), await train(...whole));
  });

  test('one of several that is killed', async () => {
    process.env.AS = 'second dies';
    const started = performance.now();
    const { status, err } = await withJax('--epochs', '100000000', '--processes', '3');
    expect(err).toBe(
      'engine error: process 1 of 3 was ended by SIGKILL\n  hint: with --checkpoint FILE a run can go on from where it was\n',
    );
    expect(status).toBe(1);
    expect(performance.now() - started).toBeLessThan(4000);
  });

  test('one that says what is the matter', async () => {
    process.env.AS = 'fail';
    const { status, err } = await withJax('--epochs', '100');
    expect(err).toBe('engine error: the process of the engine failed: XlaRuntimeError: RESOURCE_EXHAUSTED: Out of memory\n');
    expect(status).toBe(1);
  });

  test('processes that do not meet', async () => {
    process.env.AS = 'meet nobody';
    const member = ['--coordinator', '127.0.0.1:1', '--processes', '2', '--process-id', '1'];
    const { status, err } = await withJax(...member);
    expect(err).toBe(
      'engine error: the 2 processes did not meet at 127.0.0.1:1 within 8 s\n' +
        '  hint: all take the address of process 0 as --coordinator; --wait 30 waits longer\n',
    );
    expect(status).toBe(1);
  });

  test('Ctrl-C ends it with what it has, also where it does not answer', async () => {
    for (const as of ['', 'hang']) {
      process.env.AS = as;
      const stop = new AbortController();
      let out = '';
      let err = '';
      const argv = ['train', MODEL, '--quiet', '--engine', 'jax', '--python', python, '--epochs', '100000000', '--json'];
      const ended = command(argv, {
        out: (text) => {
          out += text;
        },
        err: (text) => {
          err += text;
        },
        input: async () => '',
        async *bytes() {},
        inputIsTerminal: false,
        screen: undefined,
        colors: { out: false, err: false },
        interruptible: () => stop.signal,
      });
      await new Promise((done) => setTimeout(done, 400));
      const asked = performance.now();
      stop.abort();
      expect(await ended).toBe(130);
      expect(performance.now() - asked).toBeLessThan(1000);
      expect(JSON.parse(out)).toMatchObject({ stopped: 'aborted' });
      expect(err).toContain('stopped before the last epoch');
    }
  });

  test.each<[string, string[], string]>([
    [
      'levenberg-marquardt',
      ['--engine', 'jax', '--python', python, '--optimizer', 'lm'],
      'gd, momentum, nesterov, adagrad, rmsprop, adam, adamw',
    ],
    ['--processes is an option of engines', ['--processes', '2'], 'ask for one: --engine jax'],
    [
      'needs --process-id too',
      ['--engine', 'jax', '--python', python, '--coordinator', 'a:1', '--processes', '2'],
      '--process-id 0',
    ],
    [
      '--coordinator here is no address',
      ['--engine', 'jax', '--python', python, '--coordinator', 'here', '--processes', '2', '--process-id', '0'],
      'here:1234',
    ],
    [
      'there is no process 2 among 2',
      ['--engine', 'jax', '--python', python, '--coordinator', 'a:1', '--processes', '2', '--process-id', '2'],
      'from 0 to 1',
    ],
  ])('%s', async (message, argv, hint) => {
    const { status, err } = await train(...argv);
    expect(err).toContain(message);
    expect(err).toContain(hint);
    expect(status).toBe(2);
  });

  test('a function that JAX does not have', async () => {
    const model = 'param w = 1; minimize besselj(1, w)';
    const { status, err } = await gradus(['train', model, '--engine', 'jax', '--python', python]);
    expect(err).toContain('besselj cannot be written in jax');
    expect(status).toBe(1);
  });
});
