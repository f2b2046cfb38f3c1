import { type ErrorCode, GradusError, nearest } from '../../language/diagnostics.ts';
import type { Voice } from '../speech.ts';
import { knownEntries } from './entries.ts';
import { errorHelp, errorLines } from './errors.ts';
import { functionHelp, functionNames } from './function.ts';
import { functionLines } from './functions.ts';
import { functionOfRule, ruleHelp, ruleNames } from './rules.ts';
import { entryLines, found, type HelpEntry, named, partly } from './search.ts';

/** The help on a topic: a function, a kind of error (`E-shape` or `shape`), a rule (`chain rule`), or all functions. */
export function topicOf(topic: string, voice: Voice): string[] | undefined {
  if (topic === 'functions') return functionLines(voice);
  const code = topic.replace(/^E-/i, '');
  const known =
    functionHelp(topic, voice) ??
    (Object.hasOwn(errorHelp, code) ? errorLines(code as ErrorCode, voice) : undefined) ??
    ruleHelp(topic, voice);
  if (known) return known;
  const named = functionOfRule(topic, voice);
  return named === undefined ? undefined : functionHelp(named, voice);
}

/** Everything that there is help on, besides commands. */
export const topics: readonly string[] = ['functions', ...functionNames, ...Object.keys(errorHelp), ...ruleNames()];

/**
 * The help on a topic that there must be: its page, and what else bears its name, or what speaks of it.
 * @param others what else help is asked for: options, commands, pages of the documentation
 * @param otherwise what to do where nothing is near
 * @throws GradusError `usage` with the nearest topic
 */
export function topicLines(topic: string, others: readonly HelpEntry[], otherwise: string, voice: Voice): string[] {
  const more = (count: number) => voice.say(`and ${count} more: ask with another word beside it`);
  const page = topicOf(topic, voice);
  if (page) {
    const also = named(topic, [...others, ...knownEntries(voice).filter(({ hasPage }) => !hasPage)]);
    return also.length > 0 ? [...page, '', ...entryLines(also, more)] : page;
  }
  // What the documentation has as a row of a table may be known by itself.
  const all = [...new Map([...others, ...knownEntries(voice)].map((entry) => [`${entry.name} ${entry.says}`, entry])).values()];
  const lines = entryLines(found(topic, all), more);
  if (lines.length > 0) return lines;
  const near = nearest(topic.replace(/^(E-|--)/i, ''), [...topics, ...all.flatMap(({ keys }) => keys)]);
  const some = near === undefined ? entryLines(partly(topic, all), more) : [];
  if (some.length > 0) return some;
  throw new GradusError('usage', `there is no help on ${topic}`, { hint: near ? `did you mean ${near}?` : otherwise });
}
