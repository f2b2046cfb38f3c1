import { GradusError } from '../../src/language/diagnostics.ts';

/** The error that an action ends in. */
export function refusalOf(action: () => unknown): GradusError {
  try {
    action();
  } catch (error) {
    if (error instanceof GradusError) return error;
    throw error;
  }
  throw new Error('nothing was refused');
}
