import type { Dialect } from '../dialect.ts';
import { dialectWords } from '../names.ts';

/** A header and one file of C11 that need nothing but the standard library; what prints them is loaded when it is asked for. */
export const c: Dialect = {
  name: 'c',
  words: dialectWords.c,
  files: async (exported) => (await import('./model.ts')).modelInC(exported),
};
