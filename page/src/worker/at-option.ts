import { GradusError } from '../../../src/language/diagnostics.ts';

/** What is wrong is an option of a run: it is told at its field. */
export class AtOption extends Error {
  readonly option: string;
  readonly error: GradusError;

  constructor(option: string, error: GradusError) {
    super(error.message);
    this.option = option;
    this.error = error;
  }
}

/**
 * Does what the options are for. Where that cannot be, the option is at fault without which it can.
 * @throws AtOption, or the error itself where none of them alone is at fault
 */
export function blamed<T>(
  options: Readonly<Record<string, string | true>>,
  work: (options: Readonly<Record<string, string | true>>) => T,
): T {
  try {
    return work(options);
  } catch (error) {
    if (!(error instanceof GradusError)) throw error;
    for (const name of Object.keys(options)) {
      const { [name]: _, ...others } = options;
      try {
        work(others);
      } catch {
        continue;
      }
      throw new AtOption(name, error);
    }
    throw error;
  }
}
