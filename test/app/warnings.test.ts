import { describe, expect, test } from 'vitest';
import { check, compile, derive, train } from '../../src/index.ts';
import { Dialogue } from '../session/repl-dialogue.ts';
import { gradus } from './harness.ts';

const MODEL = 'data y = 3\nparam w = 1\nminimize Cost = 1/2(w - y)^2';
const MESSAGE = '1/2(w - y)^2 is read as (1/2)*(w - y)^2';
const SHOWN = [
  `warning: ${MESSAGE}`,
  '  3 │ minimize Cost = 1/2(w - y)^2',
  '    │                 ~~~~~~~~~~~~',
  '  hint: write 1/2*(w - y)^2, or 1/(2*(w - y)^2) if that is meant',
  '',
].join('\n');

describe('a warning is shown once, beside the result', () => {
  test.each([
    ['derive', MODEL],
    ['derive', MODEL, '--format', 'latex'],
    ['eval', MODEL],
    ['check', MODEL],
    ['check', MODEL, '--claim', 'w: w - y'],
    ['train', MODEL, '--epochs', '2', '--quiet'],
  ])('%s', async (...argv) => {
    const { status, out, err } = await gradus(argv);
    expect(status).toBe(0);
    expect(err.split(MESSAGE)).toHaveLength(2);
    expect(err).toContain(SHOWN);
    expect(out).not.toContain('is read as');
  });

  test.each([
    ['derive', MODEL, '--json'],
    ['eval', MODEL, '--json'],
    ['check', MODEL, '--json'],
    ['train', MODEL, '--epochs', '2', '--json'],
  ])('as JSON with %s', async (...argv) => {
    const { err } = await gradus(argv);
    const span = { start: MODEL.indexOf('1/2'), end: MODEL.length };
    expect(JSON.parse(err)).toEqual({
      warning: { message: MESSAGE, span, hint: expect.stringContaining('write 1/2*(w - y)^2') },
    });
  });

  test('of standard input', async () => {
    const { err } = await gradus(['eval', '-'], { input: MODEL });
    expect(err).toContain(`standard input:3:17  warning: ${MESSAGE}`);
  });
});

test('a session warns of the line that was typed, and not again', async () => {
  const session = new Dialogue();
  const first = await session.answer('y = 1/2x');
  expect(first.warnings).toEqual([
    'warning: 1/2x is read as (1/2)*x\n  1 │ y = 1/2x\n    │     ~~~~\n  hint: write 1/2*x, or 1/(2*x) if that is meant',
  ]);
  expect((await session.answer('z = y + 1')).warnings).toBeUndefined();
  expect((await session.answer('y + 1/3x')).warnings?.join()).toContain('1/3x is read as (1/3)*x');
  expect((await session.answer('d(1/4x)/dx')).warnings?.join()).toContain('1/4x is read as (1/4)*x');
});

test('a piped session warns on standard error', async () => {
  const { out, err, status } = await gradus([], { input: ':ascii on\n1/2x\n' });
  expect(status).toBe(0);
  expect(err).toContain('warning: 1/2x is read as (1/2)*x');
  expect(out).not.toContain('is read as');
});

test('results of the API carry the warnings of their source', async () => {
  expect(derive(MODEL).warnings).toMatchObject([{ message: MESSAGE }]);
  expect(derive(MODEL).toJSON()).toMatchObject({ warnings: [{ message: MESSAGE }] });
  expect(compile(MODEL).warnings).toMatchObject([{ message: MESSAGE }]);
  expect((await check(MODEL)).warnings).toMatchObject([{ message: MESSAGE }]);
  expect((await check(MODEL, { claim: { w: 'w - y' } })).warnings).toMatchObject([{ message: MESSAGE }]);
  expect((await train(MODEL, {}, { epochs: 1 })).warnings).toMatchObject([{ message: MESSAGE }]);
  expect(derive('x^2').warnings).toEqual([]);
  expect(derive('x^2').toJSON()).not.toHaveProperty('warnings');
});
