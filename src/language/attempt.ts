import { GradusError } from './diagnostics.ts';

/** What comes of something that may be refused; undefined if it is. Anything else that is thrown is a fault of ours. */
export function attempt<T>(work: () => T): T | undefined {
  try {
    return work();
  } catch (error) {
    if (error instanceof GradusError) return undefined;
    throw error;
  }
}
