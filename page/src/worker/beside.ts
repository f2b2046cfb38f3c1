import type { DerivationDocument } from '../../../src/derivation/document.ts';
import { htmlSections } from '../../../src/render/formats/html.ts';
import { boxGraph } from '../../../src/report/boxes.ts';
import type { Beside, Reading, Section } from '../engine/protocol.ts';
import { graphPicture } from './graph.ts';
import { blocksOf, toldOf } from './sheet.ts';

/** A graph of more boxes is not a picture any more. */
const MOST_BOXES = 60;

/** What rows show is not told a second time below them. */
const IN_ROWS = new Set(['inputs', 'formulas', 'derivation']);

/** What stands below the rows of a source that has been derived, and beside them: it is told when they are on their way. */
export function beside(reading: Reading): Beside {
  const { swept, operations, document, told } = toldOf(reading);
  const { boxes, arrows } = boxGraph(operations.model, operations.name, told);
  return {
    sections: sectionsOf(document),
    ...(boxes.length <= MOST_BOXES && {
      graph: graphPicture({ boxes, arrows }, new Set(swept.wrt), swept.front.length === 0, swept.model),
    }),
  };
}

/** The rest of the document; of a scalar expression the derivation too, which a textbook tells in one. */
function sectionsOf(document: DerivationDocument): Section[] {
  const hasSteps = blocksOf(document, 'steps').length > 0;
  const shown = {
    ...document,
    sections: document.sections.filter(({ id }) => !(IN_ROWS.has(id) && (hasSteps || id !== 'derivation'))),
  };
  return htmlSections(shown);
}
