import { elaborate } from '../../../src/elaborate/elaborate.ts';
import { mended } from '../../../src/elaborate/mended.ts';
import { GradusError } from '../../../src/language/diagnostics.ts';
import { parse } from '../../../src/language/parser.ts';
import type { Fix, Tasks } from '../engine/protocol.ts';
import { sweptOf } from './model.ts';

/** What a fault of the source is mended by, if its hint says so and it works. */
export function mend({ source, lang }: Tasks['mend']['ask']): Fix | undefined {
  try {
    elaborate(parse(source));
    sweptOf({ source, lang });
    return undefined;
  } catch (error) {
    if (error instanceof GradusError) return mended(source, error);
    throw error;
  }
}
