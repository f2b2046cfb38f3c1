import type { Dialect } from '../dialect.ts';
import { dialectWords } from '../names.ts';

/** One ES module that needs nothing; what prints it is loaded when it is asked for. */
export const js: Dialect = {
  name: 'js',
  words: dialectWords.js,
  files: async (exported) => ({ 'model.js': (await import('./model.ts')).modelInJavaScript(exported) }),
};
