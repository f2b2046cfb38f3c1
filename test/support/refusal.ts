import { GradusError } from '../../src/language/diagnostics.ts';

/** The error that a call ends in, perhaps later. */
export async function refusal(call: () => unknown): Promise<GradusError> {
  try {
    await call();
  } catch (error) {
    if (error instanceof GradusError) return error;
    throw error;
  }
  throw new Error('nothing was refused');
}

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
