import { describe, expect, test } from 'vitest';
import { gradus } from './harness.ts';

describe('what asks for too much, or for nothing', () => {
  const model = 'param w = 1; minimize w^2';

  test.each<[number, string[], RegExp]>([
    [1, ['eval', 'zeros(300000000)'], /^too large: .*300,000,000 entries, more than 16,777,216\n/],
    [
      1,
      ['eval', 'sum[i=1:2000](sin(i*x))', '--set', 'x=1', '--max-entries', '1000'],
      /^too large: .*more than 1,000\n {2}hint: .*--max-entries/,
    ],
    [1, ['eval', 'inv(eye(20000))'], /^too large: to be printed are 400,000,000 entries/],
    [1, ['derive', 'param x : [100000,100000]\nminimize sum(x)'], /^too large: x has 10,000,000,000 entries.*\n.*\n +│ {7}~\n/],
    [1, ['derive', 'param x : [2,-1]\nminimize sum(x)'], /^shape error: x has an axis of length -1\n.*\n +│ {7}~\n/],
    [1, ['derive', 'x^2', '--shape', 'x=99999999999999999999999'], /^shape error: x has an axis of length 1e\+23\n/],
    [1, ['derive', 'x^2', '--shape', 'x=-1'], /^shape error: x has an axis of length -1\n/],
    [1, ['derive', 'param x : [10]\nminimize sum(x)', '--max-entries', '5'], /^too large: x has 10 entries, more than 5\n/],
    [1, ['check', 'param x : [10]\nminimize sum(x)', '--max-entries', '5'], /^too large: x has 10 entries, more than 5\n/],
    [1, ['train', 'param x : [10]\nminimize sum(x.^2)', '--max-entries', '5'], /^too large: x has 10 entries, more than 5\n/],
    [1, ['derive', 'data a x₁; a'], /^name error: unknown fact x1\n {2}1 │ data a x₁; a\n {4}│ {8}~~\n/],
    [2, ['derive', 'x^2', '--order', '1000000000'], /A whole number from 1 to 32 is expected/],
    [2, ['check', 'x^2', '--points', '100000000'], /A whole number from 1 to 10000 is expected/],
    [2, ['eval', '1/3', '--digits', '0'], /A whole number from 1 to 17 is expected/],
    [2, ['eval', '1/3', '--digits', '2.5'], /A whole number from 1 to 17 is expected/],
    [2, ['eval', '1/3', '--digits', '100000'], /A whole number from 1 to 17 is expected/],
    [2, ['eval', '1/3', '--max-entries', '0'], /A whole number from 1 on is expected/],
    [2, ['check', 'x^2', '--seed', 'NaN'], /A whole number is expected/],
    [2, ['check', 'x^2', '--seed', '1e300'], /A whole number is expected/],
    [2, ['train', model, '--epochs', '-1'], /A whole number from 0 to 100000000 is expected/],
    [2, ['derive', 'x^2', '--wrt', 'x,x'], /^usage error: x is given twice to derive by\nsee gradus derive --help\n$/],
    [2, ['derive', 'x₁^2', '--wrt', 'x₁,x1'], /^usage error: x1 is given twice to derive by\nsee gradus derive --help\n$/],
    [2, ['derive', 'x^2', '--wrt', ','], /^usage error: the list of names to derive by is empty\nsee gradus derive --help\n$/],
  ])('%d: %j', async (status, argv, message) => {
    const start = performance.now();
    const outcome = await gradus(argv);
    expect(outcome.err).toMatch(message);
    expect(outcome.status).toBe(status);
    expect(performance.now() - start).toBeLessThan(20_000);
  });

  test('what cannot be tried for its size is derived all the same, and says so', async () => {
    const { status, out } = await gradus(['derive', 'h[0]=1; h[t=1:1000000000000]=x*h[t-1]; sum(h)']);
    expect(status).toBe(0);
    expect(out).toContain('more than');
  });

  test('nor does a large parameter take minutes', async () => {
    const { status, out } = await gradus(['derive', 'param W : [3000, 1000]\nminimize sum(W.^2)']);
    expect(status).toBe(0);
    expect(out).toMatch(/3,000,000 entries, more than 1,048,576\n$/);
  });

  test('and HTML is HTML on standard output too', async () => {
    const { out } = await gradus(['derive', 'sin(x)/x # \u001b\u202e', '--format', 'html']);
    expect(out).toContain('&#x200b;');
    expect(out).toContain('# &#x1b;&#x202e;');
    // biome-ignore lint/suspicious/noControlCharactersInRegex: these are looked for
    expect(out).not.toMatch(/\\u[0-9a-f]{4}|[\u0000-\u0008\u000b-\u001f\u200b\u202e]/);
  });
});

describe('∞ and NaN in JSON', () => {
  test('of a value', async () => {
    expect((await gradus(['eval', '1/0', '--json'])).out).toBe('"Infinity"\n');
    expect((await gradus(['eval', '[1/0, -1/0, 0/0, 1]', '--json'])).out).toBe('["Infinity","-Infinity","NaN",1]\n');
  });

  test('of a model', async () => {
    const { out } = await gradus(['eval', 'param w = 0; minimize sqrt(w)', '--json']);
    expect(JSON.parse(out)).toEqual({ params: { w: 0 }, definitions: { cost: 0 }, gradient: { w: 'Infinity' } });
  });

  test('of a run', async () => {
    const model = 'data x = 0; param w = 1; a = log(x); b = sqrt(x - 1); minimize w^2';
    const { out } = await gradus(['train', model, '--json', '--epochs', '1']);
    expect(JSON.parse(out).definitions).toMatchObject({ a: '-Infinity', b: 'NaN' });
  });
});
