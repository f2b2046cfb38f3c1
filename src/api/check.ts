import { english } from '../derivation/words/en.ts';
import { type LanguageOptions, type Words, wordsOf } from '../derivation/words/index.ts';
import { came } from '../language/came.ts';
import { shortLine, shownAs } from '../language/console.ts';
import { GradusError, type Warning } from '../language/diagnostics.ts';
import { byName } from '../language/names.ts';
import type { CheckOptions, Model } from '../model/model.ts';
import { recordOf } from '../numeric/binding.ts';
import { optionsOf, refuseMore } from '../options/check.ts';
import { signatures } from '../options/signatures.ts';
import { type ClaimOptions, type ClaimReport, judgeClaim } from '../verify/claims/index.ts';
import { claimLines } from '../verify/claims/text.ts';
import { type CheckReport, checkGradients, type VerifyOptions } from '../verify/index.ts';
import { claimsByName } from './claims.ts';
import { namesToDerive } from './derive.ts';
import { modelOf, type Source } from './source.ts';
import { speaking } from './speaking.ts';

export interface GradientCheckOptions extends CheckOptions, VerifyOptions, LanguageOptions {
  /** The names to derive by; left out, as for `derive`. */
  readonly wrt?: string | readonly string[];
  /** Derivatives that a person wrote, by name. */
  readonly claim?: Readonly<Record<string, string>>;
}

/** What came of judging derivatives that a person wrote. */
export interface ClaimsReport {
  readonly ok: boolean;
  readonly claims: Readonly<Record<string, ClaimReport & { readonly message: string }>>;
}

/** What in the source may not be what was meant. */
export interface Warned {
  readonly warnings: readonly Warning[];
}

/**
 * Compares the derivatives of a source with differences of the function itself at random points of its domain. The same
 * source and seed give the same points. With `claim`, judges derivatives that a person wrote instead.
 * @throws GradusError for a wrong source, and `domain` where no point is found at which it is finite and smooth
 * @example
 * (await check('x^2*sin(x)')).ok; // true
 * const { claims } = await check('tanh(x)', { claim: { x: '1 + tanh(x)^2' } });
 * claims.x.ok; // false
 */
export function check(
  source: Source,
  options: GradientCheckOptions & { readonly claim: Readonly<Record<string, string>> },
): Promise<ClaimsReport & Warned>;
export function check(source: Source, options?: GradientCheckOptions): Promise<CheckReport & Warned>;
export async function check(
  source: Source,
  given?: GradientCheckOptions,
  ...more: readonly unknown[]
): Promise<(CheckReport | ClaimsReport) & Warned> {
  return speaking([given], async () => {
    refuseMore(signatures.check, more);
    refuseNameless(source, given);
    const options = optionsOf(signatures.check, given);
    const model = modelOf(signatures.check, source, options, askedBy(options));
    const { warnings } = model;
    if (options.claim !== undefined) return { ...judgeClaims(model, options.claim, wordsOf(options), options), warnings };
    const inputs = byName(recordOf(options.inputs ?? {}), model.inputs.keys());
    return { ...(await checkGradients(model, namesToDerive(model, options.wrt), { ...options, inputs })), warnings };
  });
}

/** The names that are asked about, by what to derive by or by claims. */
export const askedBy = ({ wrt = [], claim = {} }: Pick<GradientCheckOptions, 'wrt' | 'claim'>): readonly string[] => [
  ...[wrt].flat(),
  ...Object.keys(claim),
];

/** @throws GradusError `argument` for a claim that is a text alone, with the name that it must be about */
function refuseNameless(source: Source, given: GradientCheckOptions | undefined): void {
  const claim: unknown = given?.claim;
  if (!given || typeof claim !== 'string' || claim.trim() === '') return;
  const { claim: _, ...others } = given;
  const model = modelOf(signatures.check, source, optionsOf(signatures.check, others), others.wrt);
  // As the command line has it: `W: dZ*X'`.
  const [, by = '', text = claim] = /^\s*([^\s:=]+)\s*:(?!=)\s*(.+)$/s.exec(claim) ?? [];
  const [name, right] = Object.entries(claimsByName(model, { [by]: text }, given.wrt))[0]!;
  throw new GradusError('argument', `claim is ${signatures.check.options.claim.kind.expected}, not ${came(claim)}`, {
    hint: `write claim: { ${name}: ${JSON.stringify(right)} }`,
  });
}

/** Judges each claim, with what is to be said of it. */
export function judgeClaims(
  model: Model,
  claims: Readonly<Record<string, string>>,
  words: Words = english,
  { seed, points, wrt }: ClaimOptions & Pick<GradientCheckOptions, 'wrt'> = {},
): ClaimsReport {
  const judged = Object.entries(claimsByName(model, claims, wrt)).map(([name, claim]) => {
    const report = judgeClaim(model, name, claim, {
      ...(seed !== undefined && { seed }),
      ...(points !== undefined && { points }),
    });
    const told = { ...report, message: claimLines(report, words).join('\n') };
    return [name, shownAs(told, ({ message }) => shortLine(message))] as const;
  });
  return { ok: judged.every(([, report]) => report.ok), claims: Object.fromEntries(judged) };
}
