import { INITIALIZERS } from '../../../src/elaborate/initializers.ts';
import { preludeNames, preludeText } from '../../../src/language/prelude.ts';
import { METRIC, ROLES, SENSES } from '../../../src/language/words.ts';
import { factRecords } from '../../../src/operators/facts.ts';
import { functions } from '../../../src/operators/index.ts';
import { helpText, operatorOf } from '../../../src/session/help/text.ts';
import { voiceOf } from '../../../src/session/speech.ts';
import type { Tasks, Vocabulary, Word } from '../engine/protocol.ts';

const NAME = /^\p{L}[\p{L}\p{N}_]*$/u;

/** What may be written, from the records of the language. */
export function vocabulary({ lang }: Tasks['vocabulary']['ask']): Vocabulary {
  const voice = voiceOf(lang);
  const called = [...functions].flatMap(([name, f]): Word[] => {
    const sign = (operatorOf(f.name) ?? f).notation?.unicode;
    return NAME.test(name) ? [{ name, text: helpText(f, voice), ...(sign && sign !== name && { sign }) }] : [];
  });
  const plain = (names: Iterable<string>): Word[] => [...names].map((name) => ({ name, text: '' }));
  return {
    functions: [...called, ...preludeNames.map((name) => ({ name, text: preludeText(name)[0]! }))],
    statements: plain([...ROLES, ...SENSES, METRIC]),
    facts: plain(factRecords.map(({ name }) => name)),
    initializers: plain(Object.keys(INITIALIZERS)),
  };
}
