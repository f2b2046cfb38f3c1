import { existsSync, readdirSync, readFileSync } from 'node:fs';
import type { Option } from 'commander';
import { checking, deriving, type Option as Entry, training, verifying, writing } from '../options/tables.ts';
import { type HelpEntry, tokens } from '../session/help/search.ts';
import type { Voice } from '../session/speech.ts';
import { commands } from './commands.ts';

/** Pages of the documentation that are about the building of the program, not about its use. */
const INNER = ['design.md', 'map.md', 'others-open-issues.md', 'speed.md'];

/** Of the reference, what is made from records that help knows itself. */
const KNOWN = /^## (Functions|The command line|Errors)\n/;

/** What help is asked for on the command line besides the language: options, commands, and what the documentation speaks of. */
export function helpEntries(voice: Voice): readonly HelpEntry[] {
  const known = [...optionEntries(voice), ...commandEntries(voice)];
  const names = new Set(known.flatMap(({ name, keys }) => [name, ...keys]).map(spelled));
  // The documentation is in English.
  return voice.speech ? known : [...known, ...documented().filter(({ name }) => !names.has(spelled(name)))];
}

const spelled = (name: string): string =>
  tokens(name)
    .map(({ word }) => word)
    .join(' ');

const commandEntries = ({ say }: Voice): HelpEntry[] =>
  commands.map(({ name, summary }) => ({ name: ['gradus', name].join(' '), keys: [name], says: say(summary) }));

/** What others call the options of the API, which those of the command line are called as. */
const entries: Readonly<Record<string, Entry>> = { ...checking, ...deriving, ...verifying, ...writing, ...training };

/** More choices than these are told by the help of the command. */
const MOST_CHOICES = 6;

/** Each option once, with the commands that have it; one of two meanings twice. */
function optionEntries(voice: Voice): HelpEntry[] {
  const byWords = new Map<string, { option: Option; of: string[] }>();
  for (const { name, options } of commands) {
    for (const option of options) {
      const key = `${option.flags} ${option.description}`;
      const own = byWords.get(key) ?? { option, of: [] };
      own.of.push(name);
      byWords.set(key, own);
    }
  }
  return [...byWords.values()].map(({ option, of }) => {
    const choices = option.argChoices ?? [];
    const name = option.attributeName();
    const some = choices.length > 0 && choices.length <= MOST_CHOICES ? ` (${choices.join(', ')})` : '';
    return {
      name: option.flags,
      keys: [name, ...(entries[name]?.others ?? []), ...choices],
      says: [`${voice.say(option.description)}${some}`, '·', 'gradus', of.join(', ')].join(' '),
    };
  });
}

/** The headings of the documentation, and the rows of its tables that begin with something to write. */
function documented(): HelpEntry[] {
  const folder = new URL('../../docs/', import.meta.url);
  if (!existsSync(folder)) return [];
  const pages = readdirSync(folder).filter((file) => file.endsWith('.md') && !INNER.includes(file));
  return pages.flatMap((file) => {
    const parts = readFileSync(new URL(file, folder), 'utf8').split(/^(?=## )/m);
    return parts.filter((part) => !KNOWN.test(part)).flatMap((part) => [...rowsOf(part), ...sectionsOf(`docs/${file}`, part)]);
  });
}

const rowsOf = (text: string): HelpEntry[] =>
  [...text.matchAll(/^\| `((?:[^`|]|\\\|)+)`([^|]*)\|(.*)\|$/gm)].map(([, name, , rest]) => {
    const cells = rest!.split(/(?<!\\)\|/).map((cell) => cell.trim());
    const prose = cells.filter((cell) => !/^`[^`]*`$|^(`\w+` ?)*$/.test(cell));
    const says = prose.reduce((longest, cell) => (cell.length > longest.length ? cell : longest), '');
    return { name: name!, keys: /^\p{L}+/u.exec(name!) ?? [], says: plain(says) };
  });

const sectionsOf = (page: string, text: string): HelpEntry[] =>
  text.split(/^(?=#{1,3} )/m).flatMap((section) => {
    const heading = plain(/^#+ (.*)$/m.exec(section)?.[1] ?? '');
    const body = plain(
      section
        .replace(/^#.*$/m, '')
        .replace(/^```[\s\S]*?^```$/gm, '')
        .replace(/^\|.*$/gm, ''),
    ).trim();
    return heading === '' ? [] : [{ name: `${page}: ${heading}`, keys: [heading], says: beginning(body), body }];
  });

const plain = (markdown: string): string => markdown.replace(/\[([^\]]*)\]\([^)]*\)/g, '$1').replace(/`|\*\*/g, '');

const LONGEST = 100;

/** The beginning of a section, as far as a line goes. */
function beginning(body: string): string {
  const line = (body.split('\n\n')[0] ?? '').replace(/\s+/g, ' ');
  const sentence = line.replace(/(?<=[.:]) (?=\p{Lu}).*$/u, '');
  return sentence.length > LONGEST ? `${sentence.slice(0, LONGEST).replace(/\s\S*$/, '')} …` : sentence;
}
