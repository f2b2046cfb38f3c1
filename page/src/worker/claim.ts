import { claimsByName } from '../../../src/api/claims.ts';
import { wordsOf } from '../../../src/derivation/words/index.ts';
import { attempt } from '../../../src/language/attempt.ts';
import { GradusError } from '../../../src/language/diagnostics.ts';
import { parseExpression } from '../../../src/language/parser.ts';
import { typeset } from '../../../src/render/katex.ts';
import { latexExpr } from '../../../src/render/latex.ts';
import { latexTarget } from '../../../src/render/latex-name.ts';
import { type ClaimReport, judgeClaim } from '../../../src/verify/claims/index.ts';
import { claimLines } from '../../../src/verify/claims/text.ts';
import type { ClaimAnswer, Place, Tasks } from '../engine/protocol.ts';
import { operationsOf } from './model.ts';
import { troubleOf } from './trouble.ts';
import './typeset.ts';

/** Whether a derivative that a person wrote is right, in the judge's sentences. */
export function judged({ source, lang, target, claim }: Tasks['claim']['ask']): ClaimAnswer {
  const words = wordsOf({ lang });
  let text = claim;
  try {
    // The operations of a bare expression have names too.
    const { model } = operationsOf({ source, lang });
    const by = model.inputs.has(target) ? target : `d${target}`;
    const [[name, said]] = Object.entries(claimsByName(model, { [by]: claim })) as [[string, string]];
    text = said;
    const report = judgeClaim(model, name, said);
    const [first = '', ...more] = claimLines(report, words);
    const [headline = '', ...how] = first.replace(/^[✓✗]\s*/u, '').split(/\s{3,}/);
    const lines = [...how, ...more.map((line) => line.trim())];
    const { cause } = report;
    const slip = cause && words.claims.slips[cause.slip];
    // The last lines tell what kind of slip it is and what is right, and the step that it belongs to.
    const told = report.ok ? 0 : cause?.step ? 2 : 1;
    const [right = '', ...belongs] = lines.slice(lines.length - told);
    const place = placeIn(report);
    return {
      verdict: report.ok ? 'right' : 'wrong',
      headline,
      lines: lines.slice(0, lines.length - told),
      ...(told > 0 && { answer: [slip && right.startsWith(slip) ? right.slice(slip.length).trim() : right, ...belongs] }),
      ...(slip && { slip }),
      ...(place && { place: shifted(place, claim.length - said.length) }),
      ...formulaOf(report),
    };
  } catch (error) {
    if (!(error instanceof GradusError)) throw error;
    const { message, hint, note, from, to } = troubleOf(error, lang);
    return {
      verdict: 'none',
      headline: message,
      lines: [note, hint].flatMap((line) => line ?? []),
      ...(from !== undefined && to !== undefined && { place: shifted({ from, to }, claim.length - text.length) }),
    };
  }
}

const shifted = ({ from, to }: Place, by: number): Place => ({ from: from + by, to: to + by });

/** What should be otherwise, where it stands once; or what has no value. */
function placeIn({ claim, cause, error }: ClaimReport): Place | undefined {
  if (error?.span) return { from: error.span.start, to: error.span.end };
  const from = cause?.from === undefined ? -1 : claim.indexOf(cause.from);
  if (from < 0 || claim.indexOf(cause!.from!, from + 1) >= 0) return undefined;
  return { from, to: from + cause!.from!.length };
}

function formulaOf({ target, claim, ok }: ClaimReport): Pick<ClaimAnswer, 'formula'> {
  const expr = attempt(() => parseExpression(claim));
  return expr ? { formula: typeset(`${latexTarget(target)} ${ok ? '=' : '\\neq'} ${latexExpr(expr)}`) } : {};
}
