import { showShape } from '../graph/dimension.ts';
import { GradusError } from '../language/diagnostics.ts';
import type { Model } from '../model/model.ts';
import { accept } from './accept.ts';
import { type Answer, told, warned } from './answer.ts';
import { expressionLines } from './blocks.ts';
import { type Entry, entriesOf } from './entries.ts';
import { roleText } from './expressions.ts';
import { typedError } from './misfit.ts';
import { type ReplState, sessionModel, valuesFor, voiceOfState } from './state.ts';
import { asciiValue, equals, indented, numbersOf, originLines } from './values.ts';
import { newWarnings } from './warnings.ts';

/** Takes statements up, then answers the expressions among them. */
export function takeStatements(state: ReplState, line: string): Answer {
  const read = entriesIn(line);
  const lines: string[] = [];
  const warnings: string[] = [];
  const voice = voiceOfState(state);
  const { say } = voice;
  const before = sessionModel(state);
  let next = state;
  const taken = read.filter((e) => !isExpression(e));
  if (taken.length > 0) {
    const accepted = accept(state, line, taken);
    next = accepted.state;
    warnings.push(...newWarnings(accepted.model, before, voice));
    for (const name of accepted.declared) lines.push(say(`${name} was free. Names are declared from now on: it is data ${name}`));
    for (const name of accepted.forgotten) lines.push(say(`what was learned for ${name} is forgotten`));
    for (const entry of taken) lines.push(...changes(state, entry).map(say));
    lines.push(...taken.flatMap((entry) => confirmation(next, accepted.model, entry)));
  }
  for (const { text, typed } of read.filter(isExpression)) {
    const { lines: answer, model } = expressionLines(next, { line, text, at: typed!.at });
    lines.push(...answer);
    warnings.push(...newWarnings(model, before, voice));
    next = { ...next, last: { kind: 'expression', text } };
  }
  return warned(told(next, indented(lines)), warnings);
}

const isExpression = ({ word }: Entry): boolean => word === 'none';

function entriesIn(line: string): Entry[] {
  try {
    return entriesOf(line);
  } catch (error) {
    if (error instanceof GradusError) throw typedError(line, error);
    throw error;
  }
}

/** A name that was declared and is now defined: what could be trained, say, no longer can. */
function changes({ entries }: ReplState, { name, kind }: Entry): string[] {
  const before = entries.find((e) => e.name !== undefined && e.name === name);
  if (before?.kind !== 'declaration' || kind === 'declaration') return [];
  return [`${name} was declared by ${before.word}; now it is defined. To give it another value: ${before.word} ${name} = …`];
}

/** What a statement means: the shape of its name, and its value where it has one. */
function confirmation(state: ReplState, model: Model, { name, word, kind, text }: Entry): string[] {
  const { say, words } = voiceOfState(state);
  const spelled = state.settings.ascii ? asciiValue : (written: string) => written;
  if (kind === 'function') return [say(`${text.slice(0, text.indexOf(')') + 1)} is a function`)];
  const input = name === undefined ? undefined : model.inputs.get(name);
  if (input) return [spelled(`${input.name} : ${say(showShape(input.shape))}   ${roleText(input.role, words)}`)];
  const definition = model.definitions.find((d) => d.name === name);
  // The first entry of a recurrence alone is no array yet.
  if (kind === 'entries' && !definition) return [spelled(text)];
  const node = definition?.node ?? model.objective!.node;
  const shape = definition?.shape ?? node.shape;
  const purpose = word === '' ? '' : say(word === 'maximize' ? '   to maximize' : '   to minimize');
  const inputs = valuesFor(state, model);
  const value = numbersOf(model, node, inputs);
  const origin = originLines(model, node, value, inputs).map(say);
  if (typeof value === 'number') return [`${name ?? ''} ${equals(value)[0]}${purpose}`.trim(), ...origin].map(spelled);
  const head = `${name ?? say('objective')} : ${say(showShape(shape))}${purpose}`;
  return [head, ...(value === undefined ? [] : equals(value)), ...origin].map(spelled);
}
