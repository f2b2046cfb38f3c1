import { typeset } from '../../../src/render/katex.ts';
import { functionCard } from '../../../src/session/help/function.ts';
import { voiceOf } from '../../../src/session/speech.ts';
import type { Card, Tasks } from '../engine/protocol.ts';
import './typeset.ts';

/** All there is to know of a function. */
export function card({ lang, name }: Tasks['card']['ask']): Card | undefined {
  const found = functionCard(name, voiceOf(lang));
  if (!found) return undefined;
  const { title, rows } = found;
  return { name, title, rows: rows.map(({ latex, ...row }) => ({ ...row, ...(latex && { html: typeset(latex) }) })) };
}
