import { preludeNames, preludeText } from '../../language/prelude.ts';
import { functions } from '../../operators/index.ts';
import type { Voice } from '../speech.ts';
import { derivativeForms } from './notions.ts';
import { helpText } from './text.ts';

/** Every function of the language: its names and what it is, a line each, then the losses as they are written. */
export function functionLines(voice: Voice): string[] {
  const known = new Map([...functions.values()].map((f) => [f.name, f] as const));
  const named = [...known.values()].filter(({ name }) => /^\p{L}/u.test(name)).sort((a, b) => (a.name < b.name ? -1 : 1));
  const rows = named.map((f) => [[f.name, ...(f.spellings ?? []).filter((s) => s !== f.name)].join(', '), helpText(f, voice)]);
  const width = Math.max(...rows.map(([names]) => names!.length).filter((n) => n <= WIDEST));
  return [
    ...rows.map(([names, help]) => `${names!.padEnd(width)}   ${help}`),
    '',
    voice.say(`derivatives: ${derivativeForms.join(', ')}`),
    '',
    ...preludeNames.flatMap(preludeText),
  ];
}

const WIDEST = 28;
