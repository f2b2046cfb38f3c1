import type { DomainNote } from '../../derivation/domain.ts';
import { type Guard, oppositeOf } from '../../derivation/guards.ts';
import type { Words } from '../../derivation/words/index.ts';
import { constantOf } from '../../graph/forms.ts';
import type { Graph } from '../../graph/graph.ts';
import type { Node } from '../../graph/node.ts';
import type { Expr } from '../../language/tree.ts';
import { type Caveat, slopeAt } from '../../operators/caveat.ts';
import { not } from '../../operators/comparison.ts';
import { Reader } from '../../reading/read.ts';
import { asSaid } from '../../reading/said.ts';
import { toStatements } from '../../reading/source.ts';
import { call } from '../../reading/syntax.ts';
import { printExpr, printStatements, type Spelling } from '../text.ts';
import { solvedCondition } from './solved-condition.ts';

/** How formulas are written. */
interface Writing {
  readonly spelling: Spelling;
  readonly graph: Graph;
}

/** A line for each note: `log(x) needs x > 0`. */
export function domainLines(notes: readonly DomainNote[], words: Words, { spelling, graph }: Writing, most: number): string[] {
  const write = (node: Node): string => {
    const statements = toStatements(asSaid(graph, node), { graph });
    return statements.length === 1 ? printStatements(statements, spelling) : printExpr(inPlace(graph, node), spelling);
  };
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

/** What only names of its own can say is said in place: logdet(S) for that of each matrix of a stack. */
const inPlace = (graph: Graph, node: Node): Expr =>
  node.kind === 'array' ? call(node.operator.name, ...node.args.map((arg) => inPlace(graph, arg))) : Reader.of(graph).read(node);
