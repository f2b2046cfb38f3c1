import type { Dialect } from '../dialect.ts';
import type { PythonLibrary } from './language.ts';
import * as libraries from './libraries.ts';
import { pythonProgram } from './program.ts';

/** A library of Python as a dialect of one file. */
const dialect = (library: PythonLibrary): Dialect => ({
  name: library.name,
  words: library.words,
  files: (exported) => ({ 'model.py': pythonProgram(exported, library) }),
});

export const numpy = dialect(libraries.numpy);
export const jax = dialect(libraries.jax);
export const torch = dialect(libraries.torch);
