import { optimizers } from '../../descend/index.ts';
import { preludeNames, preludeText } from '../../language/prelude.ts';
import { factRecords, range } from '../../operators/facts.ts';
import { functions } from '../../operators/index.ts';
import type { Kind } from '../../options/kinds.ts';
import type { Option } from '../../options/tables.ts';
import type { Voice } from '../speech.ts';
import { errorHelp } from './errors.ts';
import { notionEntries } from './notions.ts';
import { ruleFormulas } from './rules.ts';
import type { HelpEntry } from './search.ts';
import { helpText } from './text.ts';

/** What the language, its rules and its errors are asked for by, and the optimizers, in the words of a language. */
export function knownEntries(voice: Voice): readonly HelpEntry[] {
  const { say } = voice;
  const lettered = [...new Set(functions.values())].filter(({ name }) => /^\p{L}/u.test(name));
  return [
    ...optimizers.map(
      ({ name, spellings = [], help }): HelpEntry => ({
        name: `--optimizer ${name}`,
        keys: [name, ...spellings],
        says: say(help),
      }),
    ),
    ...lettered.map((f): HelpEntry => ({ name: f.name, keys: f.spellings ?? [], says: helpText(f, voice), hasPage: true })),
    ...preludeNames.map((name): HelpEntry => ({ name, keys: ['loss'], says: preludeText(name)[0]!, hasPage: true })),
    ...[...factRecords, range('in 0..1', 0, 1)].map(
      ({ name, help }): HelpEntry => ({ name, keys: [name.split(' ')[0]!], says: say(help) }),
    ),
    ...notionEntries(voice),
    ...Object.entries(errorHelp).map(
      ([code, { means }]): HelpEntry => ({ name: `E-${code}`, keys: [code], says: say(means), hasPage: true }),
    ),
    ...ruleFormulas(voice.words).map(([name, formula]): HelpEntry => ({ name, keys: ['rule'], says: formula, hasPage: true })),
  ];
}

/** An option as it is written where it is asked for, with all that others call it, and what it may be. */
export const optionEntry = (written: string, name: string, { words, others = [], kind }: Option, { say }: Voice): HelpEntry => ({
  name: written,
  keys: [name, ...others, ...choicesOf(kind)],
  says: say(words),
});

const choicesOf = ({ choices = [] }: Kind<unknown>): readonly string[] => choices;
