import { type Definition, isNamed, type Node, type Variable } from '../graph/node.ts';
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
    const parts = topological([definition.node.value], isNamed);
    const [argument, ...more] = parts.filter(isName);
    if (!argument || more.length > 0 || !isNumber(argument) || parts.some((part) => part.shape.length > 0)) return entry;
    return { ...entry, kind: 'function', text: entry.text.replace(/\s*=/, `(${argument.name}) =`) };
  });
  return { ...state, entries };
}

const isName = (node: Node): node is Variable | Definition => node.kind === 'variable' || isNamed(node);

/** A letter, or what stands for a number: x = 3. */
const isNumber = (node: Node): boolean =>
  node.kind === 'variable' || topological([node]).every((part) => part.kind !== 'variable');

/** Whether a text has the name in it otherwise than where it is called. */
const mentions = (text: string, name: string): boolean =>
  new RegExp(`(?<![\\p{L}\\p{M}\\p{N}_])${name}(?![\\p{L}\\p{M}\\p{N}_]|['′]*\\()`, 'u').test(text);
