import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import type { Io } from '../../src/app/io.ts';
import { Session } from '../../src/app/io.ts';
import { progressLine } from '../../src/app/progress.ts';

/** What a terminal shows of what was written to it, line by line. */
function shownOf(written: string): string[] {
  const lines = [''];
  let column = 0;
  // biome-ignore lint/suspicious/noControlCharactersInRegex: these are what a terminal obeys
  for (const [piece] of written.matchAll(/\u001b(?:\[\??\d*[A-Za-z]|[78])|[\s\S]/gu)) {
    const line = lines.at(-1)!;
    if (piece === '\n') {
      lines.push('');
      column = 0;
    } else if (piece === '\r' || piece === '\u001b[1G') column = 0;
    else if (['\u001b[K', '\u001b[0K'].includes(piece)) lines[lines.length - 1] = line.slice(0, column);
    else if (!piece.startsWith('\u001b')) {
      lines[lines.length - 1] = line.slice(0, column).padEnd(column) + piece + line.slice(column + 1);
      column++;
    }
  }
  return lines;
}

describe('the bar on a terminal', () => {
  let written = '';
  const screen = {
    isTTY: true,
    columns: 100,
    write(text: string, ...more: readonly unknown[]) {
      written += text;
      for (const f of more) if (typeof f === 'function') f();
      return true;
    },
  } as unknown as NodeJS.WriteStream;
  const io: Io = {
    out: () => {},
    err: (text) => {
      written += text;
    },
    input: async () => '',
    async *bytes() {},
    inputIsTerminal: true,
    screen,
    colors: { out: false, err: false },
  };
  const begun = async () => {
    const session = new Session(io);
    const line = await progressLine(screen, session.note.bind(session), false, session.voice.say);
    session.drawn = line;
    return { session, line };
  };

  beforeEach(() => {
    written = '';
    vi.useFakeTimers({ toFake: ['performance', 'Date', 'setTimeout', 'clearTimeout'] });
  });
  afterEach(() => {
    vi.useRealTimers();
  });

  test('makes room for what is said, and is drawn again below', async () => {
    const { session, line } = await begun();
    line.show({ epoch: 0, epochs: 50, cost: 9 });
    vi.advanceTimersByTime(400);
    line.show({ epoch: 10, epochs: 50, cost: 5 });
    const [before] = shownOf(written) as [string];
    expect(before).toMatch(/^epoch 10\/50 █+░+ cost 5 {2}25 epochs\/s {2}2s$/);
    session.note('runs as native code after epoch 12');
    session.warn('a warning');
    expect(shownOf(written)).toEqual(['runs as native code after epoch 12', 'warning: a warning', before]);
    line.stop();
    session.note('over');
    expect(shownOf(written)).toEqual(['runs as native code after epoch 12', 'warning: a warning', before, 'over', '']);
  });

  test('is not drawn for what is said before it is there', async () => {
    const { session, line } = await begun();
    line.show({ epoch: 1, epochs: 50, cost: 9 });
    session.note('first');
    line.stop();
    expect(written).toBe('first\n');
  });

  test('tells how fast a run is, and what is left of it, once that is known', async () => {
    const { line } = await begun();
    vi.advanceTimersByTime(400);
    // Resumed after 900 epochs.
    line.show({ epoch: 901, epochs: 1500, cost: 5 });
    expect(shownOf(written)[0]).toMatch(/^epoch 901\/1500 █+░+ cost 5 *$/);
    vi.advanceTimersByTime(200);
    line.show({ epoch: 902, epochs: 1500, cost: 5 });
    vi.advanceTimersByTime(200);
    expect(shownOf(written)[0]).toMatch(/ cost 5 {2}5 epochs\/s {2}01m60s$|2m|1m60s|119/);
    line.stop();
  });
});
