import { locate, type Warning, warningsTold, warningText } from '../language/diagnostics.ts';
import type { Speech } from '../language/speech.ts';
import type { Model } from '../model/model.ts';
import type { Voice } from './speech.ts';

/** What a model warns of that the session did not before, each with its own line. */
export function newWarnings(model: Model, before: Model, { speech }: Voice): string[] {
  const texts = ({ warnings, text }: Model) => warningsTold(warnings, speech).map((warning) => alone(warning, text, speech));
  const known = new Set(texts(before));
  return texts(model).filter((text) => !known.has(text));
}

/** A warning with the line that it is about, as if that were the whole source: a session's lines have no numbers. */
function alone(warning: Warning, source: string, speech: Speech | undefined): string {
  const { span } = warning;
  if (!span) return warningText(warning, '', undefined, speech);
  const { column, text, width } = locate(source, span);
  return warningText({ ...warning, span: { start: column, end: column + width } }, text, undefined, speech);
}
