import { shortName } from '../../compile/intrinsic.ts';
import { GradusError } from '../../language/diagnostics.ts';

/** What a module cannot be told. */
export const refused = (name: string): GradusError =>
  new GradusError('unsupported', `${shortName(name)} cannot be printed as JavaScript`, {
    hint: 'JavaScript has no such function, and gradus has no accurate form of it in functions that JavaScript has',
  });
