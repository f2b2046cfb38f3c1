import { type ErrorCode, GradusError, nearest } from '../../language/diagnostics.ts';
import type { Voice } from '../speech.ts';
import { errorHelp, errorLines } from './errors.ts';
import { functionHelp, functionNames } from './function.ts';
import { functionLines } from './functions.ts';
import { functionOfRule, ruleHelp, ruleNames } from './rules.ts';

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
 * The same, of a topic that there must be.
 * @param others what else help is asked for
 * @throws GradusError `usage` with the nearest topic
 */
export function topicLines(topic: string, others: readonly string[], voice: Voice): string[] {
  const lines = topicOf(topic, voice);
  if (lines) return lines;
  throw new GradusError('usage', `there is no help on ${topic}`, { hint: nearTopic(topic, others) });
}

/** What was meant by a topic that there is not. */
export function nearTopic(topic: string, others: readonly string[]): string | undefined {
  const near = nearest(topic.replace(/^E-/i, ''), [...others, ...topics]);
  return near && `did you mean ${near}?`;
}
