import { batch } from '@preact/signals';
import type { Beside, Sheet } from './engine/protocol.ts';
import { beside, derived, reading, shapes, sheet } from './model.ts';

/** The first example as it was derived when the page was built: it is on screen before the engine is there. */

/** Whether the document shows what the page is to show; if so, the page knows it too. */
export function takeFirstView(): boolean {
  const data = document.getElementById('first-view');
  const isMeant = data !== null && document.documentElement.dataset.other === undefined;
  if (isMeant) {
    const first = JSON.parse(data.textContent!) as { readonly sheet: Sheet; readonly beside: Beside };
    batch(() => {
      sheet.value = first.sheet;
      beside.value = { ...first.beside, of: reading.peek() };
      shapes.value = first.sheet.shapes;
      derived.value = reading.peek();
    });
  } else document.getElementById('page')!.replaceChildren();
  data?.remove();
  delete document.documentElement.dataset.other;
  return isMeant;
}
