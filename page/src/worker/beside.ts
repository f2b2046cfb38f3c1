import type { Swept } from '../../../src/api/swept.ts';
import { documentOf } from '../../../src/derivation/compose.ts';
import { wordsOf } from '../../../src/derivation/words/index.ts';
import { htmlSections } from '../../../src/render/formats/html.ts';
import { boxGraph } from '../../../src/report/boxes.ts';
import type { Beside, Reading, Section } from '../engine/protocol.ts';
import { graphPicture } from './graph.ts';
import { optionsOf, toldOf } from './sheet.ts';

/** A graph of more boxes is not a picture any more. */
const MOST_BOXES = 60;

/** What rows do not tell. */
const REST = ['closed', 'domain', 'numbers', 'lemmas', 'conventions'] as const;

/** What stands below the rows of a source that has been derived, and beside them: it is told when they are on their way. */
export function beside(reading: Reading): Beside {
  const { swept, operations, told } = toldOf(reading);
  const { boxes, arrows } = boxGraph(operations.model, operations.name, told);
  return {
    sections: sectionsOf(swept, reading),
    ...(boxes.length <= MOST_BOXES && {
      graph: graphPicture({ boxes, arrows }, new Set(swept.wrt), swept.front.length === 0, swept.model),
    }),
  };
}

/** The rest of the document; of a scalar expression the derivation too, which a textbook tells in one. */
function sectionsOf(swept: Swept, reading: Reading): Section[] {
  const derived = swept.derived(wordsOf(reading));
  const isInRows = derived.steps.length > 0;
  return htmlSections(documentOf(derived, optionsOf(reading), new Set(isInRows ? REST : [...REST, 'derivation'])));
}
