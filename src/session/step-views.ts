import type { Block, DerivationDocument } from '../derivation/document.ts';
import { GradusError, nearest } from '../language/diagnostics.ts';
import { canonicalName } from '../language/names.ts';
import { listed } from '../language/visible.ts';
import { documentText } from '../render/formats/text.ts';
import type { Call } from './answer.ts';
import { findAgain } from './derivations.ts';
import { typedError } from './misfit.ts';
import { partialName } from './printed.ts';
import { wordsOf } from './state.ts';

/** One step of the last derivation with its working: `dZ`, `∂Cost/∂W`, or `W` for the latter. */
export function stepText({ state, rest, line, at }: Call): string {
  const span = { start: at, end: at + rest.length };
  const { derived } = state;
  if (!derived) {
    const hint = 'derive something first: d Cost / d W';
    throw typedError(line, new GradusError('usage', `there is no step ${rest}`, { span, hint }));
  }
  const { derivation } = findAgain(state, derived);
  const document = derivation.document({ detail: 'full', words: wordsOf(state) });
  // The derivative by W is dW too, where no step has that name.
  const own = derivation.wrt.filter((name) => partialName(name) === canonicalName(rest));
  for (const wanted of [rest, ...own]) {
    const text = documentText(only(document, wanted), state.settings.ascii ? 'ascii' : 'unicode');
    if (text !== '') return text;
  }
  const targets = targetsIn(document);
  const near = nearest(rest, targets);
  const hint = near ? `did you mean ${near}?` : `there are ${listed(targets)}`;
  throw typedError(line, new GradusError('usage', `there is no step ${rest}`, { span, hint }));
}

/** The targets of the steps of a derivation; of a scalar, told as a textbook does, the names derived by. */
const targetsIn = ({ sections }: DerivationDocument): string[] =>
  sections.flatMap(({ blocks }) =>
    blocks.flatMap((block) => {
      if (block.kind === 'steps') return block.steps.map(({ target }) => target);
      return block.kind === 'textbooks' ? block.told.map(({ by }) => by) : [];
    }),
  );

/** The document with one step alone. */
function only(document: DerivationDocument, wanted: string): DerivationDocument {
  const partial = `∂${document.name}/∂`;
  const written = wanted.replace(/^d(\S+)\/d(\S+)$/u, '∂$1/∂$2');
  const name = written.startsWith(partial) ? written.slice(partial.length) : written;
  const sections = document.sections.map((section) => ({
    ...section,
    blocks: section.blocks.flatMap((block): Block[] => {
      if (block.kind === 'steps') {
        const steps = block.steps.filter(({ target }) => target === name || target === `${partial}${name}`);
        return steps.length > 0 ? [{ ...block, steps }] : [];
      }
      if (block.kind !== 'textbooks') return [];
      const told = block.told.filter(({ by }) => by === name);
      return told.length > 0 ? [{ ...block, told }] : [];
    }),
  }));
  return { ...document, sections };
}
