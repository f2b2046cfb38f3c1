import type { ReplState } from './state.ts';

/** What an objective without a name is called where it is shown. */
export const UNNAMED = 'f';

/** The session's objective, where it has no name and nothing else has that one. */
export function unnamedObjective({ entries }: ReplState): string | undefined {
  if (entries.some((entry) => entry.name === UNNAMED)) return undefined;
  const objective = entries.find((entry) => entry.kind === 'objective');
  return objective && objective.name === undefined ? objective.text.slice(objective.word.length).trim() : undefined;
}

/** What was derived last, if it has no name and is not about `f` itself. */
export function unnamedDerived({ entries, derived }: ReplState): string | undefined {
  if (!derived || entries.some((entry) => entry.name === UNNAMED)) return undefined;
  const { objective } = derived;
  return objective === '' || isName(objective) || mentionsUnnamed(objective) ? undefined : objective;
}

const isName = (text: string): boolean => /^\s*[\p{L}_][\p{L}\p{M}\p{N}_]*\s*$/u.test(text);

/** What `f` is in a question for a derivative: the objective, or what was asked about last. */
export function unnamed(state: ReplState): string | undefined {
  const { entries, last } = state;
  const own = unnamedObjective(state);
  if (own !== undefined || entries.some((entry) => entry.name === UNNAMED)) return own;
  const text = last?.kind === 'expression' ? last.text : last?.objective;
  // A name is called what it is.
  return text === undefined || isName(text) ? undefined : text;
}

/** Whether a text has the name in it, and not a function's call. */
export const mentionsUnnamed = (text: string): boolean => /(?<![\p{L}\p{M}\p{N}_])f(?![\p{L}\p{M}\p{N}_'(])/u.test(text);

/** Whether a text calls it, or a derivative of it: `f(2)`, `f'(2)`. */
export const callsUnnamed = (text: string): boolean => /(?<![\p{L}\p{M}\p{N}_])f['′]*\(/u.test(text);
