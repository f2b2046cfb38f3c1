import { elaborate } from '../../../src/elaborate/elaborate.ts';
import { mendings } from '../../../src/elaborate/mended.ts';
import { GradusError } from '../../../src/language/diagnostics.ts';
import { parse } from '../../../src/language/parser.ts';
import type { Fix, Tasks } from '../engine/protocol.ts';
import { sweptOf } from './model.ts';

/** What a fault of the source is mended by, as its hint says, where it works. */
export function mend({ source, lang }: Tasks['mend']['ask']): readonly Fix[] {
  try {
    elaborate(parse(source));
    sweptOf({ source, lang });
    return [];
  } catch (error) {
    if (error instanceof GradusError) return mendings(source, error);
    throw error;
  }
}
