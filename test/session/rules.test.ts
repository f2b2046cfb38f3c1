import { describe, expect, test } from 'vitest';
import { ruleHelp, ruleNames } from '../../src/session/help/rules.ts';
import { ENGLISH, voiceOf } from '../../src/session/speech.ts';
import { Dialogue } from './repl-dialogue.ts';

describe(':help on a rule', () => {
  test.each(ruleNames())('%s: its formula, its reason, and an example in which it is named', (name) => {
    const [title, formula, why, ...example] = ruleHelp(name, ENGLISH)!;
    expect(title).toBe(name);
    expect(formula).toMatch(/[=×]/);
    expect(why).toMatch(/^ {2}[A-Zb].*\.$/);
    expect(example.join('\n')).toContain(name);
  });

  test('by any spelling of the name, and by that of its language', async () => {
    const session = new Dialogue();
    const told = await session.say(':help chain rule');
    expect(told).toContain('f(u)′ = f′(u)·u′');
    for (const line of [':help Chain Rule', ':help chain-rule']) expect(await session.say(line)).toBe(told);
    expect(await session.say(':lang zh', ':help 链式法则')).toContain('f(u)′ = f′(u)·u′');
    expect(await session.say(':help chain rule')).toContain('链式法则');
  });

  test('the product rule is that of functions and that of matrices', async () => {
    expect(await new Dialogue().say(':help product rule')).toMatch(
      /\(uv\)′ = u′v \+ uv′[\s\S]*dA = dZ·Bᵀ[\s\S]*\(n×m\)·\(m×k\) = \(n×k\)/,
    );
  });

  test('that is a function’s own shows the function', async () => {
    expect(await new Dialogue().say(':help sine')).toContain('(sin u)′ = cos u');
  });

  test('misspelled: the nearest', async () => {
    expect(await new Dialogue().refused(':help chian rule')).toContain('did you mean chain rule?');
  });

  test('in Chinese has no other sign of English than names', () => {
    for (const name of ruleNames()) expect(ruleHelp(name, voiceOf('zh'))![0]).toMatch(/\p{Script=Han}/u);
  });
});
