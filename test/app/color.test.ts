import { describe, expect, test } from 'vitest';
import { colorChoice, colored } from '../../src/app/color.ts';
import { gradus } from './harness.ts';

describe('colours', () => {
  test.each<[Record<string, string>, boolean, boolean]>([
    [{}, true, true],
    [{}, false, false],
    [{ TERM: 'dumb' }, true, false],
    [{ NO_COLOR: '1' }, true, false],
    [{ NO_COLOR: '' }, true, true],
    [{ FORCE_COLOR: '1' }, false, true],
    [{ FORCE_COLOR: '1', NO_COLOR: '1', TERM: 'dumb' }, false, true],
    [{ FORCE_COLOR: '0' }, true, false],
    [{ FORCE_COLOR: 'false' }, true, false],
    [{ FORCE_COLOR: '' }, false, false],
  ])('%j on a terminal: %j gives %j', (env, isTerminal, expected) => {
    expect(colored(env, isTerminal)).toBe(expected);
  });

  test.each([
    [['--color', 'always', 'derive', 'x^']],
    [['derive', 'x^', '--color', 'always']],
    [['derive', '--color=always', 'x^']],
  ])('%j', async (argv) => {
    expect((await gradus(argv)).err).toContain('\u001b[31m');
    const never = argv.map((word) => word.replace('always', 'never'));
    expect((await gradus(never, { colors: true })).err).not.toContain('\u001b');
    const auto = argv.map((word) => word.replace('always', 'auto'));
    expect((await gradus(auto, { colors: true })).err).toContain('\u001b[31m');
  });

  test('a value that is none is wrong usage, behind -- it is the source', async () => {
    expect((await gradus(['derive', 'x', '--color', 'blue'])).status).toBe(2);
    expect((await gradus(['derive', 'x', '--color', 'never', '--color', 'always'])).status).toBe(2);
    expect(colorChoice(['derive', '--', '--color', 'never']).argv).toHaveLength(4);
  });
});
