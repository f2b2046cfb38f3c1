import { GradusError } from '../language/diagnostics.ts';
import { listed } from '../language/visible.ts';
import { type Call, type ReplCommand, said } from './answer.ts';
import { typedError } from './misfit.ts';
import type { ReplState } from './state.ts';

export const undo: ReplCommand = {
  name: 'undo',
  argument: '[STEPS]',
  help: 'takes back the last statement, load, training; or several',
  run: (call) => {
    const { state } = call;
    const count = countOf(call);
    const did: string[] = [];
    let before: ReplState | undefined = state;
    for (; did.length < count && before?.before; before = before.before) did.push(short(before.did ?? ''));
    if (did.length < count) throw tooMany(call, did.length);
    return said(
      { ...before, settings: state.settings },
      ...did.map((text) => `  Undone: ${text}`),
      ...changes(state, before).map((text) => `  ${text}`),
    );
  },
};

/** @throws Misfit for what is no whole number from 1 on */
function countOf({ rest, line, at }: Call): number {
  if (rest === '') return 1;
  if (/^[1-9]\d*$/.test(rest)) return Number(rest);
  const span = { start: at, end: at + rest.length };
  throw typedError(line, new GradusError('usage', ':undo takes a number of steps', { span, hint: ':undo 3' }));
}

function tooMany({ rest, line, at }: Call, count: number) {
  const message = count === 0 ? 'there is nothing to undo' : `of ${rest} steps only ${count} can be undone`;
  return typedError(line, new GradusError('usage', message, rest === '' ? {} : { span: { start: at, end: at + rest.length } }));
}

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
