import { type CheckOptions, check as checkSource } from '../calculus/check.ts';
import { GradusError } from '../language/diagnostics.ts';
import { parse } from '../language/parser.ts';
import { type CheckReport, checkGradients, type VerifyOptions } from '../verify/index.ts';
import { namesToDerive } from './derive.ts';

export interface GradientCheckOptions extends CheckOptions, VerifyOptions {
  /** The names to derive by; left out, as for `derive`. */
  readonly wrt?: string | readonly string[];
  /** Derivatives that a person wrote, by name. */
  readonly claim?: Readonly<Record<string, string>>;
}

/**
 * Compares the derivatives of a source with differences of the function itself at random points of its domain. The same
 * source and seed give the same points.
 * @throws GradusError for a wrong source, and `domain` where no point is found at which it is finite and smooth
 */
export async function check(source: string, options: GradientCheckOptions = {}): Promise<CheckReport> {
  if (options.claim) {
    throw new GradusError('unsupported', 'judging a derivative that a person wrote is not supported yet', {
      hint: 'leave out claim to check the derivatives that are found',
    });
  }
  const model = checkSource(parse(source), options);
  return checkGradients(model, namesToDerive(model, options.wrt), options);
}
