import { documentOf } from '../../../src/derivation/compose.ts';
import type { Derived } from '../../../src/derivation/document.ts';
import { wordsOf } from '../../../src/derivation/words/index.ts';
import { htmlSections } from '../../../src/render/formats/html.ts';
import { boxGraph } from '../../../src/report/boxes.ts';
import type { Beside, Reading, Section } from '../engine/protocol.ts';
import { graphPicture } from './graph.ts';
import { optionsOf, toldOf } from './sheet.ts';
import './typeset.ts';

/** A graph of more boxes is not a picture any more. */
const MOST_BOXES = 60;

/** What rows do not tell. */
const REST = ['closed', 'domain', 'numbers', 'lemmas', 'conventions'] as const;

/** What stands below the rows of a source that has been derived, and beside them: it is told when they are on their way. */
export function beside(reading: Reading): Beside {
  const { swept, operations, derived, told } = toldOf(reading);
  const { boxes, arrows } = boxGraph(operations.model, operations.name, swept.wrt, told);
  return {
    sections: sectionsOf(operations === swept ? derived : swept.derived(wordsOf(reading)), reading),
    ...(boxes.length <= MOST_BOXES && {
      graph: graphPicture({ boxes, arrows }, new Set(swept.wrt), swept.front.length === 0, swept.model),
    }),
  };
}

/** The rest of the document; of a scalar expression the derivation too, which a textbook tells in one. */
function sectionsOf(derived: Derived, reading: Reading): Section[] {
  const isInRows = derived.steps.length > 0;
  return htmlSections(documentOf(derived, optionsOf(reading), new Set(isInRows ? REST : [...REST, 'derivation'])));
}
