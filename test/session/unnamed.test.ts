import { describe, expect, test } from 'vitest';
import { Dialogue } from './repl-dialogue.ts';

/** What has no name is shown as f, and asked for as f. */

describe('an objective without a name', () => {
  test.each(['d f / d w', 'df/dw', '∂f/∂w', 'd/dw f', 'derive f w', 'derive f'])('%s', async (line) => {
    const session = new Dialogue();
    await session.say('param w = 2', 'minimize w^2');
    expect(await session.say(line)).toContain('= 2w   power rule');
  });

  test('in expressions', async () => {
    const session = new Dialogue();
    await session.say('param w = 2', 'minimize w^2');
    expect(await session.say('f')).toBe('  f = w² = 4');
    expect(await session.say('2*f')).toBe('  2f = 8');
    expect(await session.say('diff(f, w)')).toBe('  2w = 4');
  });

  test('is not what is called so', async () => {
    const session = new Dialogue();
    await session.say('param w = 2', 'f(x) = x^3', 'minimize w^2');
    expect(await session.say('d f / d x')).toContain('3x²');
    expect(await session.say('f(w)')).toContain('8');
  });
});

describe('what was asked about last', () => {
  test.each([
    [['x^2*y'], 'd f / d x', '∂/∂x(x²·y)'],
    [['x^2*y', 'd f / d y'], 'df/dx', '∂/∂x(x²·y)'],
    [['derive x^3 x'], 'd f / d x', 'd/dx(x³)'],
  ])('%j, then %s', async (lines, asked, answer) => {
    const session = new Dialogue();
    expect(await session.say(...lines, asked)).toContain(answer);
  });

  test('in another form', async () => {
    const session = new Dialogue();
    expect(await session.say('x^2', 'd f / d x', ':latex')).toContain('2 x');
  });
});

test('a name that does not occur has the derivative 0, and no shape', async () => {
  const { output, warnings } = await new Dialogue().answer('d y / d x');
  expect(output).toContain('x does not occur in f, so the derivative by it is 0');
  expect(warnings ?? []).toEqual([]);
});
