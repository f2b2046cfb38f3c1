import { execFileSync, spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';

/** The session on a real terminal: the built command inside tmux, its keys sent and its screen read. */

const root = fileURLToPath(new URL('../../', import.meta.url));
const folder = mkdtempSync(join(tmpdir(), 'gradus-'));
const history = join(folder, 'state', 'history');
const socket = join(folder, 'tmux');

const tmux = (...argv: string[]): string =>
  execFileSync('tmux', ['-S', socket, '-f', '/dev/null', ...argv], {
    encoding: 'utf8',
    env: { ...process.env, LANG: 'C.UTF-8', LC_ALL: 'C.UTF-8', TMUX: '' },
  });

/** A session on a screen of 90 columns. */
class Screen {
  constructor(env: Readonly<Record<string, string>> = {}, columns = 90) {
    const settings = Object.entries({ GRADUS_HISTORY: history, NO_COLOR: '1', ...env }).flatMap(([name, value]) => [
      '-e',
      `${name}=${value}`,
    ]);
    tmux(
      'new-session',
      '-d',
      '-s',
      'gradus',
      '-x',
      String(columns),
      '-y',
      '60',
      '-c',
      root,
      ...settings,
      `${process.execPath} dist/app/main.js`,
    );
  }

  /** What is on the screen, without its empty end. */
  text(...options: string[]): string {
    return tmux('capture-pane', '-p', ...options, '-t', 'gradus').trimEnd();
  }

  key(...keys: string[]): void {
    tmux('send-keys', '-t', 'gradus', ...keys);
  }

  type(text: string): void {
    tmux('send-keys', '-t', 'gradus', '-l', '--', text);
  }

  /** Types, and waits until it is there: what arrives at once with a tab counts as pasted, and a tab in it is a tab. */
  async typed(text: string): Promise<void> {
    this.type(text);
    await this.shows((shown) => shown.endsWith(text));
  }

  /** Types a line, and waits for the prompt after its answer, or for something else. */
  async enter(line: string, until: RegExp = /^> ?$/): Promise<string> {
    const before = this.text().split('\n').length;
    this.type(line);
    this.key('Enter');
    await this.shows((text) => text.split('\n').length > before && until.test(text.split('\n').at(-1)!));
    return this.text().split('\n').slice(before).join('\n');
  }

  /** Waits until the screen is so. */
  async shows(wanted: RegExp | ((text: string) => boolean)): Promise<string> {
    const holds = (text: string) => (typeof wanted === 'function' ? wanted(text) : wanted.test(text));
    for (let k = 0; k < 200; k++) {
      const text = this.text();
      if (holds(text)) return text;
      await sleep(50);
    }
    throw new Error(`the screen does not become ${wanted}:\n${this.text()}`);
  }

  async ready(): Promise<this> {
    await this.shows(/^> ?$/m);
    return this;
  }
}

const running = (): boolean => spawnSync('tmux', ['-S', socket, 'has-session', '-t', 'gradus']).status === 0;

async function gone(): Promise<void> {
  for (let k = 0; k < 200 && running(); k++) await sleep(50);
  expect(running()).toBe(false);
}

beforeAll(() => {
  if (spawnSync('tmux', ['-V']).status !== 0) throw new Error('this test needs tmux: apt-get install tmux');
  // Without a session the server would end, while the next test starts one.
  tmux('new-session', '-d', '-s', 'keeper', 'cat');
});

afterEach(() => {
  if (running()) tmux('kill-session', '-t', 'gradus');
});

afterAll(() => {
  spawnSync('tmux', ['-S', socket, 'kill-server']);
});

describe('on a terminal', () => {
  test('greets, prompts, answers, and ends', async () => {
    const screen = await new Screen().ready();
    expect(screen.text()).toMatch(/^gradus \d.*:help.*\n>$/);
    expect(await screen.enter('x^2*x')).toBe('  x³   scalar\n>');
    expect(await screen.enter('d/dx x^2*sin(x)')).toMatch(/\n {2}= 2x·sin\(x\) \+ x²·cos\(x\) +put in\n>$/);
    screen.type(':quit');
    screen.key('Enter');
    await gone();
  });

  test('Ctrl-D ends it', async () => {
    const screen = await new Screen().ready();
    screen.key('C-d');
    await gone();
  });

  test('an error is marked under what was typed', async () => {
    const screen = await new Screen().ready();
    await screen.enter('param w = 1');
    await screen.enter('Z = w·σ(w) + foo');
    const lines = screen.text().split('\n');
    const typed = lines.findIndex((line) => line.includes('foo'));
    expect(lines[typed]).toBe('> Z = w·σ(w) + foo');
    expect(lines[typed + 1]).toBe(`${' '.repeat(lines[typed]!.indexOf('foo'))}~~~`);
    expect(lines[typed + 2]).toBe('  name error: unknown name foo');
    screen.key('Up');
    await screen.shows(/^> Z = w·σ\(w\) \+ foo$/m);
    screen.key('BSpace', 'BSpace', 'BSpace');
    expect(await screen.enter('1')).toContain('Z = 1.73106');
  });

  test('input goes on over lines, and is recalled as one', async () => {
    const screen = await new Screen().ready();
    await screen.enter('a = sum([1, 2,', /^…/);
    await screen.enter('3,', /^…/);
    expect(await screen.enter('4])')).toBe('  a = 10\n>');
    await screen.enter('b = a +', /^…/);
    expect(await screen.enter('5')).toContain('b = 15');
    await screen.enter('c = 1 \\', /^…/);
    expect(await screen.enter('+ 1')).toContain('c = 2');
    screen.key('Up', 'Up', 'Up');
    await screen.shows(/^> a = sum\(\[1, 2, 3, 4\]\)$/m);
    expect(screen.text()).toContain('> a = sum([1, 2,\n… 3,\n… 4])\n  a = 10');
  });

  test('an empty line ends what would go on', async () => {
    const screen = await new Screen().ready();
    await screen.enter('(1 +', /^…/);
    expect(await screen.enter('')).toContain('syntax error');
  });

  test('Tab completes names, functions, commands, files and signs', async () => {
    const screen = await new Screen().ready();
    await screen.typed(':lo');
    screen.key('Tab');
    await screen.shows(/^> :load$/m);
    await screen.typed('exa');
    screen.key('Tab');
    await screen.shows(/^> :load examples\/$/m);
    await screen.typed('or-g');
    screen.key('Tab');
    await screen.shows(/^> :load examples\/or-gate\.grad$/m);
    expect(await screen.enter('')).toContain('X, Y, W, b, Z, A, Cost');
    await screen.typed('d Co');
    screen.key('Tab');
    await screen.shows(/^> d Cost$/m);
    expect(await screen.enter(' / d W')).toContain('∂Cost/∂W = dZ·Xᵀ');
    await screen.typed('2 + sigm');
    screen.key('Tab');
    await screen.shows(/^> 2 \+ sigmoid\($/m);
    await screen.typed('\\alph');
    screen.key('Tab');
    await screen.shows(/^> 2 \+ sigmoid\(α$/m);
    screen.key('C-c');
    await screen.typed(':cl');
    screen.key('Tab');
    await sleep(100);
    screen.key('Tab');
    await screen.shows(/:claim +:clear/);
  });

  test('Ctrl-C drops a line, which can be recalled', async () => {
    const screen = await new Screen().ready();
    screen.type('x^2 + 1');
    screen.key('Left', 'Left', 'C-c');
    await screen.shows(/^> x\^2 \+ 1\^C\n>$/m);
    screen.key('C-c');
    await screen.shows(/Ctrl-D or :quit ends/);
    screen.key('Up');
    await screen.shows(/^> x\^2 \+ 1$/m);
    await screen.enter('');
    await screen.enter('(1 +', /^…/);
    screen.type('2');
    screen.key('C-c');
    await screen.shows(/^… 2\^C\n>$/m);
    expect(await screen.enter('3')).toBe('  3\n>');
  });

  test('Ctrl-C stops a training run and keeps its parameters; lines typed meanwhile are answered after it', async () => {
    const screen = await new Screen().ready();
    await screen.enter(':load examples/or-gate.grad');
    screen.type(':train 100000000 lr=1');
    screen.key('Enter');
    await screen.shows(/epoch \d+\/100000000 .*cost/);
    screen.type('3 + 4');
    screen.key('Enter', 'C-c');
    const text = await screen.shows(/\n> 3 \+ 4\n {2}7\n>$/);
    expect(text).toContain('Stopped. The parameters are kept');
    const W = /^ {2}W = (\[.*\])$/m.exec(text)![1]!;
    expect(await screen.enter('W')).toContain(`= ${W}`);
    expect(await screen.enter(':train 10 lr=1')).toContain('After 10 epochs more');
    expect(await screen.enter(':plot')).toMatch(/│[⠀-⣿]/);
  });

  test('a paste is answered line by line', async () => {
    const screen = await new Screen().ready();
    screen.type('param w = 2\nv = w +\n 1\nv^2\n');
    await screen.shows(/^> param w = 2\n {2}w : scalar {3}param\n> v = w \+\n… {2}1\n {2}v = 3\n> v\^2\n {2}v² = 9\n>$/m);
  });

  test('the history is kept between runs, of every input that was given', async () => {
    const first = await new Screen().ready();
    await first.enter('kept = 41');
    await first.enter('kept +', /^…/);
    await first.enter('foo(1)');
    first.key('C-d');
    await gone();
    expect(readFileSync(history, 'utf8')).toMatch(/kept = 41\nkept \+ foo\(1\)\n$/);
    const second = await new Screen().ready();
    second.key('Up');
    await second.shows(/^> kept \+ foo\(1\)$/m);
    second.key('Up');
    await second.shows(/^> kept = 41$/m);
  });

  test('Ctrl-R finds what was typed before', async () => {
    const screen = await new Screen().ready();
    await screen.enter('sought = 6');
    await screen.enter('2 + 2');
    screen.key('C-r');
    await screen.shows(/bck-i-search/);
    screen.type('oug');
    await screen.shows(/^> sought = 6\nbck-i-search: oug_?$/m);
    screen.key('Enter');
    await screen.shows((text) => text.split('\n').at(-1) === '>');
    expect(await screen.enter('sought*7')).toBe('  7sought = 42\n>');
    screen.key('C-d');
    await gone();
  });

  test('a history that cannot be written does no harm', async () => {
    const screen = await new Screen({ GRADUS_HISTORY: '/proc/nowhere/history' }).ready();
    expect(await screen.enter('1 + 1')).toBe('  2\n>');
    expect(existsSync('/proc/nowhere')).toBe(false);
  });

  test('colours, unless NO_COLOR is set', async () => {
    const colored = await new Screen({ NO_COLOR: '' }).ready();
    await colored.enter('foo(1)');
    expect(colored.text('-e')).toContain('\u001b[31m~~~');
    tmux('kill-session', '-t', 'gradus');
    const plain = await new Screen().ready();
    await plain.enter('foo(1)');
    expect(plain.text('-e')).not.toContain('\u001b[');
  });

  test('a line longer than the screen is repeated around its mistake', async () => {
    const screen = await new Screen({}, 50).ready();
    await screen.enter('param w');
    const told = await screen.enter(`b = ${'w + '.repeat(12)}foo`);
    expect(told).toMatch(/\n {2}1 │ ….*foo\n {4}│ +~~~\n/);
  });

  test('a derivation is on the screen at once', async () => {
    const screen = await new Screen().ready();
    await screen.enter(':load examples/xor-hidden.grad');
    screen.type('derive Cost W1');
    await screen.shows(/derive Cost W1$/);
    const started = performance.now();
    screen.key('Enter');
    while (!/In one line[\s\S]*\n>$/.test(screen.text())) {
      if (performance.now() - started > 5000) throw new Error(screen.text());
    }
    // Two processes of tmux and the drawing of the screen are in this time; the engine's own is held in repl.test.ts.
    expect(performance.now() - started).toBeLessThan(150);
  });
});

test('without a screen there is no prompt', async () => {
  tmux(
    'new-session',
    '-d',
    '-s',
    'gradus',
    '-x',
    '90',
    '-y',
    '20',
    '-c',
    root,
    '-e',
    `GRADUS_HISTORY=${history}`,
    `${process.execPath} dist/app/main.js | cat; sleep 5`,
  );
  tmux('send-keys', '-t', 'gradus', '-l', '--', '2 + 3');
  tmux('send-keys', '-t', 'gradus', 'Enter', 'C-d');
  for (let k = 0; k < 100 && !tmux('capture-pane', '-p', '-t', 'gradus').includes('  5'); k++) await sleep(50);
  expect(tmux('capture-pane', '-p', '-t', 'gradus').trim()).toBe('2 + 3\n  5');
});
