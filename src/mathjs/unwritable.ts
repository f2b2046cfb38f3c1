import { GradusError } from '../language/diagnostics.ts';

/** What a derivative has that no expression of mathjs says. */
export const unwritable = (what: string): GradusError =>
  new GradusError('unsupported', `the derivative cannot be written in mathjs: it has ${what}`, {
    hint: 'gradient(…) and jacobian(…) give its numbers',
  });
