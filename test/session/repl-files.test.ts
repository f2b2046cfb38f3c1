import { mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { commands } from '../../src/session/commands.ts';
import { sourceOf } from '../../src/session/entries.ts';
import { Dialogue, OR_GATE, orGate } from './repl-dialogue.ts';

const folder = mkdtempSync(join(tmpdir(), 'gradus-'));
const file = (name: string, content?: string): string => {
  const path = join(folder, name);
  if (content !== undefined) writeFileSync(path, content);
  return path;
};

describe('files', () => {
  test(':save writes what :load reads, comments too', async () => {
    const session = await orGate();
    const path = file('or.grad');
    await session.say(`:save ${path}`);
    const saved = readFileSync(path, 'utf8');
    expect(saved).toContain('# The OR gate: one sigmoid neuron. The four examples stand in columns.\n');
    expect(saved).toContain('param W : [1, 2] = [[0.1, 0.6]]\nparam b = 0\n');
    const again = new Dialogue();
    expect(await again.say(`:load ${path}`)).toBe(`  X, Y, W, b, Z, A, Cost, from ${path}`);
    expect(await again.say(':save')).toContain(path);
    expect(readFileSync(path, 'utf8')).toBe(saved);
    expect(await again.say('derive')).toBe(await (await orGate()).say('derive'));
  });

  test(':load replaces the model, and :undo brings the old one back', async () => {
    const session = new Dialogue();
    await session.say('a = 1', `:load ${OR_GATE}`);
    expect(await session.refused('a')).toContain('unknown name a');
    expect(await session.say(':undo', 'a')).toBe('  a = 1');
  });

  test('a table or a JSON object gives values', async () => {
    const session = new Dialogue();
    await session.say('data x : [n], y : [n]; param w = 0; minimize C = mean((w*x - y).^2)');
    expect(await session.refused(':train 10')).toContain('x has no value');
    expect(await session.say(`:load ${file('line.csv', 'x,y,z\n1,2,0\n2,4,0\n')}`)).toMatch(
      /^warning: .*not used: z\n {2}x, y, from/,
    );
    expect(await session.say('C')).toMatch(/= 10$/);
    await session.say(':train 200');
    const learned = file('learned.json');
    await session.say(`:save ${learned}`);
    expect(JSON.parse(readFileSync(learned, 'utf8')).w).toBeCloseTo(2, 10);
    expect(await session.say(':reset', 'w')).toContain('= 0');
    expect(await session.say(`:load ${learned}`, 'w')).toContain('= 2');
  });

  test('what is wrong with a file is told with its line', async () => {
    const session = new Dialogue();
    const path = file('wrong.grad', 'param a = 1\nb = a + q\n');
    const told = await session.refused(`:load ${path}`);
    expect(told).toContain(`${path}:2:9  name error: unknown name q\n  2 │ b = a + q`);
    expect(await session.refused(':load nowhere.grad')).toContain('cannot read nowhere.grad: there is no such file');
    expect(await session.refused(`:save ${folder}/no/where.grad`)).toContain('cannot write');
    expect(await session.refused(':save')).toContain('which file?');
    expect(await session.refused(':load')).toContain('which file?');
  });
});

describe('the session itself', () => {
  test(':undo takes back statements, training and :clear, not settings', async () => {
    const session = await orGate();
    await session.say('a = 1', ':lang zh', 'a = 2', ':train 3', ':clear');
    expect(sourceOf(session.state.entries)).toBe('');
    await session.say(':undo');
    expect(session.state.costs).toHaveLength(4);
    expect(await session.say(':undo', 'W')).toContain('[0.1  0.6]');
    expect(await session.say('a')).toContain('= 2');
    expect(await session.say(':undo', 'a')).toContain('= 1');
    expect(session.state.settings.language).toBe('zh');
    await session.say(':lang en');
    expect(await session.say(':undo')).toMatch(/^ {2}Undone: a = 1\n {2}7 statements, 8 before$/);
    await session.say(':undo');
    expect(await session.refused(':undo')).toContain('there is nothing to undo');
  });

  test(':undo says what', async () => {
    const session = new Dialogue();
    await session.say('a = 2', 'param w = 3', 'minimize w^2*a', ':train 3', 'a = 5');
    expect(await session.say(':undo')).toBe('  Undone: a = 5\n  back: a = 2');
    expect(await session.say(':undo')).toBe('  Undone: :train 3\n  as before the training: w');
    expect(await session.say(':undo')).toBe('  Undone: minimize w^2*a\n  2 statements, 3 before');
    expect(await session.say(':clear', ':undo')).toBe('  Undone: :clear\n  2 statements, 0 before\n  back: a = 2, param w = 3');
    expect(await session.say(`:load ${OR_GATE}`, ':lang zh', ':undo')).toMatch(/^ {2}已撤销：:load/);
  });

  test(':undo 3 takes back three of them', async () => {
    const session = new Dialogue();
    await session.say('a = 1', 'b = 2', 'c = 3', 'd = 4');
    expect(await session.say(':undo 3')).toBe('  Undone: d = 4\n  Undone: c = 3\n  Undone: b = 2\n  1 statement, 4 before');
    expect(await session.refused(':undo 3')).toContain('of 3 steps only 1 can be undone');
    for (const wrong of ['x', '0', '-1', '1.5'])
      expect(await session.refused(`:undo ${wrong}`)).toContain(':undo takes a number of steps');
    expect(await session.say(':undo 1')).toContain('0 statements, 1 before');
    expect(await session.refused(':undo 1')).toContain('there is nothing to undo');
  });

  test.each(commands.filter(({ argument }) => argument === '').map(({ name }) => name))(
    ':%s takes nothing behind it',
    async (name) => {
      expect(await (await orGate()).refused(`:${name} W`)).toContain(`:${name} takes nothing behind it`);
    },
  );

  test.each([':quit', ':q', 'quit', 'exit'])('%s ends it', async (line) => {
    expect((await new Dialogue().answer(line)).quit).toBe(true);
  });

  test('a name is a name', async () => {
    const session = new Dialogue();
    expect(await session.say('exit = 3', 'exit')).toBe('  exit = 3');
  });

  test.each([
    [':trian 5', '  ~~~~~~\n  usage error: there is no command :trian\n  hint: did you mean :train?'],
    [' :hlep', '   ~~~~~\n  usage error: there is no command :hlep\n  hint: did you mean :help?'],
    [':l', 'there are :latex, :lang, :load'],
    [':xyzzy', ':help lists them'],
    [':', ':help lists them'],
  ])('%s is no command', async (line, told) => {
    expect(await new Dialogue().refused(line)).toContain(told);
  });

  test(':help names every command, and says more on one, or on a function', async () => {
    const session = new Dialogue();
    const told = await session.say(':help');
    for (const { name, help } of commands) {
      expect(told).toContain(`  :${name}`);
      expect(told).toContain(help);
      expect(await session.say(`:help ${name}`)).toContain(help);
    }
    expect(Math.max(...told.split('\n').map((line) => line.length))).toBeLessThanOrEqual(80);
    expect(await session.say(':help σ')).toMatch(/^ {2}σ\n {4}sigmoid: σ′ = σ\(1 − σ\)$[\s\S]*spellings +sigmoid, logistic$/m);
    expect(await session.say(':help E-shape')).toContain('lengths differ');
    expect(await session.refused(':help sni')).toContain('did you mean sin?');
    expect(await session.say(':help hessian')).toMatch(/hessian\(f, x\), hessian\(f, x, y\)\n +second derivatives/);
    for (const name of ['grad', 'jacobian', 'diff', 'jvp', 'vjp', 'hvp'])
      expect(await session.say(`:help ${name}`)).toContain(`${name}(f, x, `.slice(0, name.length + 5));
    expect(await session.say(':help kink')).toContain('where a function bends');
    expect(await session.say('help')).toBe(told);
    expect(await session.refused(':help nonsense')).toContain('there is no help on nonsense');
  });
});
