import { wordsOf } from '../../../src/derivation/words/index.ts';
import { speechOf } from '../../../src/language/speech.ts';
import { checkGradients } from '../../../src/verify/index.ts';
import { reportLines } from '../../../src/verify/report-text.ts';
import type { CheckAnswer, Reading } from '../engine/protocol.ts';
import { sweptOf } from './model.ts';

/** The derivatives against differences of the function itself. */
export async function checked({ source, lang }: Reading): Promise<CheckAnswer> {
  const { model, wrt, name } = sweptOf({ source, lang });
  const report = await checkGradients(model, wrt, {});
  const say = (text: string): string => speechOf(lang)?.say(text) ?? text;
  return { ok: report.ok, sentence: reportLines(report, name, { words: wordsOf({ lang }), say }).join('\n') };
}
