import { GradusError } from '../../../src/language/diagnostics.ts';
import { type Lang, speechOf } from '../../../src/language/speech.ts';
import type { Trouble } from '../engine/protocol.ts';
import { AtOption } from './at-option.ts';
import { hintHere } from './hints.ts';

/** An error as the page shows it. What is no error of the engine is told as it is: it is a fault of ours. */
export function troubleOf(error: unknown, lang: Lang = 'en'): Trouble {
  if (error instanceof AtOption) return { ...troubleOf(error.error, lang), option: error.option };
  if (!(error instanceof GradusError)) return { message: error instanceof Error ? error.message : String(error) };
  const speech = speechOf(lang);
  const { message, note, span } = error.told(speech);
  const hint = error.hint && hintHere(error.hint, lang, (text) => speech?.say(text) ?? text);
  return { message, ...(hint && { hint }), ...(note && { note }), ...(span && { from: span.start, to: span.end }) };
}
