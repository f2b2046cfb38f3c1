import type { Dialect } from '../dialect.ts';
import { jax, numpy, torch } from './libraries.ts';
import { pythonProgram } from './program.ts';

/** The libraries of Python, each a dialect of one file. */
export const python: readonly Dialect[] = [numpy, jax, torch].map((library) => ({
  name: library.name,
  words: library.words,
  files: (exported) => ({ 'model.py': pythonProgram(exported, library) }),
}));
