import { locate, type Warning, warningText } from '../language/diagnostics.ts';
import type { Model } from '../model/model.ts';

/** What a model warns of that the session did not before, each with its own line. */
export function newWarnings(model: Model, before: Model): string[] {
  const known = new Set(before.warnings.map((warning) => alone(warning, before.text)));
  return model.warnings.map((warning) => alone(warning, model.text)).filter((text) => !known.has(text));
}

/** A warning with the line that it is about, as if that were the whole source: a session's lines have no numbers. */
function alone(warning: Warning, source: string): string {
  const { span } = warning;
  if (!span) return warningText(warning);
  const { column, text, width } = locate(source, span);
  return warningText({ ...warning, span: { start: column, end: column + width } }, text);
}
