import { languages, type Words } from '../derivation/words/index.ts';
import { type Catalogue, catalogues, ENGLISH_MARKS, type Lang, type Marks, Speech } from '../language/speech.ts';
import { chinese } from './chinese/index.ts';

/** What the command line alone says, by language; see `language/speech`. */
const own: Readonly<Record<Exclude<Lang, 'en'>, readonly (() => Catalogue)[]>> = { zh: chinese };

/** How the command line speaks: the words of derivations, and every other text. */
export interface Voice {
  readonly lang: Lang;
  readonly words: Words;
  /** Undefined in English. */
  readonly speech: Speech | undefined;
  readonly marks: Marks;
  /** A text of ours in the language. */
  say(text: string): string;
}

const voices = new Map<Lang, Voice>();

export function voiceOf(lang: Lang): Voice {
  let voice = voices.get(lang);
  if (!voice) {
    const speech = lang === 'en' ? undefined : new Speech([...catalogues[lang], ...own[lang]].map((made) => made()));
    voice = {
      lang,
      words: languages[lang]!,
      speech,
      marks: speech?.marks ?? ENGLISH_MARKS,
      say: (text) => speech?.say(text) ?? text,
    };
    voices.set(lang, voice);
  }
  return voice;
}

export const LANGUAGES = Object.keys(languages) as Lang[];
export const ENGLISH = voiceOf('en');
