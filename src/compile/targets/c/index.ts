import { PLAIN } from '../../machine.ts';
import type { Writer } from '../target.ts';

/** One file of C99; what prints it is loaded when it is asked for. */
export const c = {
  name: 'c',
  words: 'readable C',
  machine: PLAIN,
  print: async (made, name) => (await import('./printer.ts')).printC(made, name),
} as const satisfies Writer;
