import type { DomainNote } from '../../derivation/domain.ts';
import type { Words } from '../../derivation/words/index.ts';
import type { Graph } from '../../graph/graph.ts';
import type { Node } from '../../graph/node.ts';
import { slopeAt } from '../../operators/caveat.ts';
import { toStatements } from '../../reading/source.ts';
import { printStatements, type Spelling } from '../text.ts';
import { solvedCondition } from './solved-condition.ts';

/** How formulas are written. */
interface Writing {
  readonly spelling: Spelling;
  readonly graph: Graph;
}

/** A line for each note: `log(x) needs x > 0`. */
export function domainLines(notes: readonly DomainNote[], words: Words, { spelling, graph }: Writing, most: number): string[] {
  const write = (node: Node): string => printStatements(toStatements(node, { graph }).slice(-1), spelling);
  const lines = notes.slice(0, most).map(({ node, caveat }) => {
    const what = write(node);
    const args = node.args.map(write);
    const solved = solvedCondition(node.args, caveat.condition, (what) => write('kind' in what ? what : graph.constant(what)));
    const condition = solved ?? caveat.condition(...args);
    if (caveat.kind === 'kink') return words.domain.kink(what, condition, slopeAt(caveat, args));
    return words.domain[caveat.kind](what, condition);
  });
  return notes.length > most ? [...lines, words.domain.more(notes.length - most)] : lines;
}
