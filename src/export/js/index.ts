import type { Dialect } from '../dialect.ts';

/** One ES module that needs nothing; what prints it is loaded when it is asked for. */
export const js: Dialect = {
  name: 'js',
  words: 'one ES module of JavaScript without dependencies, for data of any size',
  files: async (exported) => ({ 'model.js': (await import('./model.ts')).modelInJavaScript(exported) }),
};
