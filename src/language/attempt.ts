import { GradusError } from './diagnostics.ts';

/**
 * What comes of something that may be refused; undefined if it is. Anything else that is thrown is a fault of ours.
 * @param refusal what is thrown by what refuses
 */
export function attempt<T>(work: () => T, refusal: abstract new (...args: never[]) => Error = GradusError): T | undefined {
  try {
    return work();
  } catch (error) {
    if (error instanceof refusal) return undefined;
    throw error;
  }
}
