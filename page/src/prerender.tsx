import { renderToString } from 'preact-render-to-string';
import type { Answer, Beside } from './engine/protocol.ts';
import { FIRST } from './first.ts';
import { beside, derived, reading, shapes, sheet } from './model.ts';
import { Page } from './views/page.tsx';

export { FIRST };

/** The page with the first example derived, as it stands in the document before any script has run. */
export function prerendered(answer: Answer, found: Beside): string {
  if (!('sheet' in answer)) throw new Error(answer.trouble.message);
  sheet.value = answer.sheet;
  beside.value = { ...found, of: reading.value };
  shapes.value = answer.sheet.shapes;
  derived.value = reading.value;
  return renderToString(<Page />);
}
