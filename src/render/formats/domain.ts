import type { DomainNote } from '../../derivation/domain.ts';
import { type Guard, oppositeOf } from '../../derivation/guards.ts';
import type { Words } from '../../derivation/words/index.ts';
import { constantOf } from '../../graph/forms.ts';
import type { Graph } from '../../graph/graph.ts';
import type { Node } from '../../graph/node.ts';
import { type Caveat, slopeAt } from '../../operators/caveat.ts';
import { not } from '../../operators/comparison.ts';
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
  const guard = ({ condition, holds }: Guard): string => {
    if (holds) return write(condition);
    const opposite = oppositeOf(condition);
    return write(opposite && condition.kind === 'apply' ? graph.apply(opposite, ...condition.args) : graph.apply(not, condition));
  };
  const lines = notes.slice(0, most).map(({ node, caveat, within, never }) => {
    const what = write(node);
    if (never) return words.domain.never(what);
    const subject = caveat.subject?.(node.args);
    const about = subject ? [subject, ...node.args.slice(1)] : turnedFor(caveat, node.args);
    const args = about.map(write);
    const solved = solvedCondition(about, caveat.condition, (what) => write('kind' in what ? what : graph.constant(what)));
    const condition = solved ?? caveat.condition(...args);
    if (caveat.kind === 'kink') return words.domain.kink(what, condition, slopeAt(caveat, args));
    const line = words.domain[caveat.kind](what, condition, caveat.slope && slopeAt(caveat, args));
    return within ? words.domain.within(line, within.map(guard).join(' and ')) : line;
  });
  return notes.length > most ? [...lines, words.domain.more(notes.length - most)] : lines;
}

/** What moves stands on the left: a kink at x = 0, not at 0 = x. */
const turnedFor = ({ kind }: Caveat, args: readonly Node[]): readonly Node[] =>
  kind === 'kink' && args.length === 2 && constantOf(args[0]!) && !constantOf(args[1]!) ? args.toReversed() : args;
