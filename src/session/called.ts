import { topological } from '../graph/traverse.ts';
import type { Entry } from './entries.ts';
import { type ReplState, sessionModel } from './state.ts';

/** A name, and what stands behind it where it is called: `f(2)`, `f'(2)`. */
const CALLED = /(?<![\p{L}\p{M}\p{N}_])(?<name>[\p{L}_][\p{L}\p{M}\p{N}_]*)(?:['′]+\(|\()/gu;

/**
 * The session in which a quantity that a text calls is a function: f = x^2 is f(x) = x^2 for `f'(2)`. Only a quantity that is
 * written in one number, and that nothing else speaks of, can be told so.
 */
export function withCalled(state: ReplState, text: string): ReplState {
  const names = new Set([...text.matchAll(CALLED)].map(({ groups }) => groups!.name!));
  if (!state.entries.some((entry) => entry.kind === 'assignment' && names.has(entry.name!))) return state;
  const { definitions } = sessionModel(state);
  const entries = state.entries.map((entry): Entry => {
    if (entry.kind !== 'assignment' || !names.has(entry.name!) || mentions(text, entry.name!)) return entry;
    const others = state.entries.filter((other) => other !== entry);
    const definition = definitions.find((d) => d.name === entry.name);
    if (!definition || others.some((other) => other.name === entry.name || mentions(other.text, entry.name!))) return entry;
    const parts = topological([definition.node]);
    const [variable, ...more] = parts.filter((part) => part.kind === 'variable');
    const isPlain = parts.every((part) => part.shape.length === 0 && (part.kind !== 'definition' || part === definition.node));
    if (!isPlain || !variable || more.length > 0 || variable.kind !== 'variable') return entry;
    return { ...entry, kind: 'function', text: entry.text.replace(/\s*=/, `(${variable.name}) =`) };
  });
  return { ...state, entries };
}

/** Whether a text has the name in it otherwise than where it is called. */
const mentions = (text: string, name: string): boolean =>
  new RegExp(`(?<![\\p{L}\\p{M}\\p{N}_])${name}(?![\\p{L}\\p{M}\\p{N}_]|['′]*\\()`, 'u').test(text);
