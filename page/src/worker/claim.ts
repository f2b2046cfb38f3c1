import { claimsByName } from '../../../src/api/claims.ts';
import { wordsOf } from '../../../src/derivation/words/index.ts';
import { GradusError } from '../../../src/language/diagnostics.ts';
import { judgeClaim } from '../../../src/verify/claims/index.ts';
import { claimLines } from '../../../src/verify/claims/text.ts';
import type { ClaimAnswer, Tasks } from '../engine/protocol.ts';
import { sweptOf } from './model.ts';
import { troubleOf } from './trouble.ts';

/** Whether a derivative that a person wrote is right, in the judge's sentence. */
export function judged({ source, lang, target, claim }: Tasks['claim']['ask']): ClaimAnswer {
  try {
    const { model } = sweptOf({ source, lang });
    const [[name, text]] = Object.entries(claimsByName(model, { [target]: claim })) as [[string, string]];
    const report = judgeClaim(model, name, text);
    return { verdict: report.ok ? 'right' : 'wrong', sentence: claimLines(report, wordsOf({ lang })).join('\n') };
  } catch (error) {
    if (!(error instanceof GradusError)) throw error;
    const { message, hint } = troubleOf(error, lang);
    return { verdict: 'none', sentence: [message, hint].filter(Boolean).join('\n') };
  }
}
