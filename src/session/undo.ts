import { GradusError } from '../language/diagnostics.ts';
import { listed } from '../language/visible.ts';
import { type ReplCommand, said } from './answer.ts';
import { typedError } from './misfit.ts';
import type { ReplState } from './state.ts';

export const undo: ReplCommand = {
  name: 'undo',
  argument: '',
  help: 'takes back the last statement, load or training',
  run: ({ state, line }) => {
    const { before, settings } = state;
    if (!before) throw typedError(line, new GradusError('usage', 'there is nothing to undo'));
    return said(
      { ...before, settings },
      `  Undone: ${short(state.did ?? '')}`,
      ...changes(state, before).map((text) => `  ${text}`),
    );
  },
};

const LONGEST = 60;

/** The first line of what was typed. */
function short(text: string): string {
  const [first = ''] = text.split('\n');
  return first === text && text.length <= LONGEST ? text : `${first.slice(0, LONGEST).trimEnd()} …`;
}

/** How many statements there are now, those that are back, and the parameters that are what they were. */
function changes(was: ReplState, now: ReplState): string[] {
  const [count, other] = [now.entries.length, was.entries.length];
  const kept = new Set(was.entries.map(({ text }) => text));
  const back = now.entries.filter(({ text }) => !kept.has(text)).map(({ text }) => short(text));
  const names = new Set([...Object.keys(was.learned), ...Object.keys(now.learned)]);
  const moved = [...names].filter((name) => was.learned[name] !== now.learned[name]);
  return [
    ...(count === other ? [] : [`${count} ${count === 1 ? 'statement' : 'statements'}, ${other} before`]),
    ...(back.length === 0 ? [] : [`back: ${listed(back, MOST_BACK)}`]),
    ...(moved.length === 0 ? [] : [`as before the training: ${listed(moved)}`]),
  ];
}

const MOST_BACK = 3;
