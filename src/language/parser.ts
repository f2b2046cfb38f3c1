import { attempt } from './attempt.ts';
import { complain } from './complain.ts';
import { GradusError } from './diagnostics.ts';
import { differentialQuotients } from './differential-quotients.ts';
import { type Reading, read } from './earley.ts';
import { withTranslation } from './elsewhere/index.ts';
import { refuseInversePowers } from './inverse-powers.ts';
import { juxtaposed } from './juxtaposed.ts';
import { refuseMisplaced } from './misplaced.ts';
import { negativeExponents } from './negative-exponents.ts';
import type { Expr, Source } from './tree.ts';
import { refuseSignPairs } from './two-readings.ts';

/**
 * The syntax tree of a source.
 * @param functions names of functions that are declared around the text; undefined where nothing is around it
 * @param shapes what is given beside it: where there are some, what is shown in its place declares no others
 * @throws GradusError with code `syntax`, and with nothing else whatever the text
 */
export function parse(text: string, functions?: ReadonlySet<string>, shapes: object = {}): Source {
  try {
    return parsed(text, functions);
  } catch (error) {
    if (!(error instanceof GradusError)) throw error;
    throw withTranslation(error, text, treeOf, !functions && Object.keys(shapes).length === 0).within(text);
  }
}

function parsed(text: string, functions?: ReadonlySet<string>): Source {
  const reading = guarded(text, functions);
  const [statements] = reading.results;
  if (!statements) throw complain(text, reading);
  refuseSignPairs(text, reading.tokens.list);
  refuseInversePowers(text, statements);
  const warnings = [
    ...juxtaposed(text, statements),
    ...negativeExponents(text, statements),
    ...(functions ? [] : differentialQuotients(text, statements)),
  ];
  refuseMisplaced(text, statements);
  return { text, statements, ...(warnings.length > 0 && { warnings }) };
}

/** The tree of a text; undefined for one that is not of the language. */
export const treeOf = (text: string): Source | undefined => attempt(() => parsed(text));

/** The tree of a source that is one bare expression. */
export function parseExpression(text: string): Expr {
  const { statements } = parse(text);
  const [first, second] = statements;
  if (first?.kind === 'objective' && first.sense === 'none' && !second) return first.value;
  const place = second ?? first;
  throw new GradusError('syntax', 'a single expression is expected here', {
    span: place && { start: place.span.start, end: place.span.end },
    text,
  });
}

function guarded(text: string, functions?: ReadonlySet<string>): Reading {
  if (typeof text !== 'string')
    throw new GradusError('syntax', `a source is a text, not ${text === null ? 'null' : typeof text}`);
  try {
    return read(text, functions);
  } catch (error) {
    if (error instanceof GradusError) throw error;
    // Nothing else is thrown by design; what the engine itself refuses (its memory, say) is still reported as ours.
    const reason = error instanceof Error ? error.message : String(error);
    throw new GradusError('syntax', `the source could not be read: ${reason}`);
  }
}
