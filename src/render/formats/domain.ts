import type { DomainNote } from '../../derivation/domain.ts';
import { type Guard, oppositeOf } from '../../derivation/guards.ts';
import type { Words } from '../../derivation/words/index.ts';
import { constantOf } from '../../graph/forms.ts';
import type { Graph } from '../../graph/graph.ts';
import type { Contraction, Node } from '../../graph/node.ts';
import { type Fraction, isOne } from '../../graph/rational.ts';
import type { Expr } from '../../language/tree.ts';
import { type Caveat, needsNonzero, slopeAt } from '../../operators/caveat.ts';
import { not } from '../../operators/comparison.ts';
import { Reader } from '../../reading/read.ts';
import { asSaid } from '../../reading/said.ts';
import { toStatements } from '../../reading/source.ts';
import { call } from '../../reading/syntax.ts';
import { printExpr, printStatements, type Spelling } from '../text.ts';
import { inAscii } from './plain-words.ts';
import { follows, isExcluded, type Relation, relationsOf, solvedSize, writeRelations } from './solved-condition.ts';

/** How formulas are written. */
interface Writing {
  readonly spelling: Spelling;
  readonly graph: Graph;
}

/** A note with the arguments that its condition speaks of, and what that says of letters. */
interface Told extends DomainNote {
  readonly about: readonly Node[];
  readonly relations?: readonly Relation[] | undefined;
}

/** A line for each note: `log(x) needs x > 0`. What is said once is not said again, nor a kink where there is no value. */
export function domainLines(notes: readonly DomainNote[], words: Words, { spelling, graph }: Writing, most: number): string[] {
  const write = (node: Node): string => {
    const statements = toStatements(asSaid(graph, node), { graph });
    return statements.length === 1 ? printStatements(statements, spelling) : printExpr(inPlace(graph, node), spelling);
  };
  const say: Saying = { words, write, value: (what) => write('kind' in what ? what : graph.constant(what)) };
  const guard = ({ condition, holds }: Guard): string => {
    if (holds) return write(condition);
    const opposite = oppositeOf(condition);
    return write(opposite && condition.kind === 'apply' ? graph.apply(opposite, ...condition.args) : graph.apply(not, condition));
  };
  const lines = new Set<string>();
  const worthwhile = withoutRepeats(notes.map(told));
  let at = 0;
  for (; at < worthwhile.length && lines.size < most; at++) {
    const note = worthwhile[at]!;
    const line = lineFor(note, say);
    lines.add(note.within && !note.never ? words.domain.within(line, note.within.map(guard).join(' and ')) : line);
  }
  const left = worthwhile.length - at;
  const all = left > 0 ? [...lines, words.domain.more(left)] : [...lines];
  return all.map(spelling === 'ascii' ? (line) => inAscii(line, graph.names) : words.conjunctions);
}

function told(note: DomainNote): Told {
  const { node, caveat, never } = note;
  const subject = caveat.subject?.(node.args);
  const about = subject ? [subject, ...node.args.slice(1)] : turnedFor(caveat, node.args);
  return { ...note, about, relations: never ? undefined : relationsOf(about, caveat.condition) };
}

/** Without conditions that follow from those told before, and kinks at places that others exclude. */
function withoutRepeats(notes: readonly Told[]): Told[] {
  const needed = notes.flatMap(({ caveat, within, relations }) => (caveat.kind === 'needs' && !within ? (relations ?? []) : []));
  const strict = needed.filter(({ sign }) => sign === '>' || sign === '<');
  const said: Relation[] = [];
  return notes.flatMap((note): Told[] => {
    const { caveat, within, relations } = note;
    if (!relations || relations.length === 0) return [note];
    if (caveat.kind === 'kink') return relations.every((r) => needed.some((other) => isExcluded(r, other))) ? [] : [note];
    if (caveat.kind !== 'needs' || within) return [note];
    // What a stronger condition says, which may come after it, is left to that one.
    const open = relations.filter(
      (r) => !said.some((o) => follows(r, o)) && !(r.sign === '≠' && strict.some((o) => follows(r, o))),
    );
    said.push(...open);
    return open.length > 0 ? [{ ...note, relations: open }] : [];
  });
}

/** In which words, and how nodes and numbers are written. */
interface Saying {
  readonly words: Words;
  readonly write: (node: Node) => string;
  readonly value: (what: Node | Fraction) => string;
}

function lineFor({ node, caveat, about, relations, never, ofSlope }: Told, { words, write, value }: Saying): string {
  const what = write(node);
  if (never) return words.domain.never(what);
  const [first] = about;
  // Of arrays it is the entries that meet: those of one and the same number, or of another array at the same place.
  if (comparesTwo(caveat) && about.length === 2 && first!.shape.length > 0) {
    const level = repeatedIn(about[1]!);
    const where = level
      ? words.domain.where(write(first!), value(level))
      : words.domain.where(`${write(first!)} − ${write(about[1]!)}`, '0');
    return words.domain.kinkWhere(what, where, slopeAt(caveat, about.map(write)));
  }
  // Of an array it is the entries that have kinks.
  const [, place] =
    caveat.kind === 'kink' && node.shape.length > 0 && about.length === 1 ? (AT.exec(caveat.condition('u')) ?? []) : [];
  if (place !== undefined)
    return words.domain.kinkWhere(what, words.domain.where(write(first!), place), slopeAt(caveat, about.map(write)));
  if (caveat.condition === needsNonzero.condition && isRepeated(first!)) {
    const [entry] = first.factors;
    return words.domain.entries(what, write(entry!));
  }
  const args = about.map(write);
  const conditionIn = (condition: Caveat['condition'], own: readonly Relation[] | undefined): string =>
    (own && own.length > 0 ? writeRelations(own, value) : solvedSize(about, condition, value)) ?? condition(...args);
  const condition = conditionIn(caveat.condition, relations);
  if (caveat.kind === 'kink') return words.domain.kink(what, condition, slopeAt(caveat, args));
  if (ofSlope) return words.domain.slopeNeeds(what, condition);
  if (caveat.own) {
    const own = conditionIn(caveat.own.condition, relationsOf(about, caveat.own.condition));
    return words.domain.needsWithBorders(what, own, condition);
  }
  return words.domain[caveat.kind](what, condition, caveat.slope && slopeAt(caveat, args));
}

/** A condition that says of its argument what it is. */
const AT = /^u = (\S+)$/u;

/** A kink where its two arguments are equal. */
const comparesTwo = ({ kind, condition }: Caveat): boolean => kind === 'kink' && condition('u', 'v') === 'u = v';

/** The number that stands in all places of an array, if it is one. */
function repeatedIn(node: Node): Node | Fraction | undefined {
  const isRepeated = node.kind === 'contraction' && node.factors.length === 1 && node.factors[0]!.shape.length === 0;
  return constantOf(node) ?? (isRepeated && isOne(node.coefficient) ? node.factors[0] : undefined);
}

/** An array whose entries stand in more places: no name of its own. */
const isRepeated = (node: Node): node is Contraction =>
  node.kind === 'contraction' &&
  node.factors.length === 1 &&
  node.shape.length > node.factors[0]!.shape.length &&
  node.factors[0]!.shape.length > 0;

/** What moves stands on the left: a kink at x = 0, not at 0 = x. */
const turnedFor = ({ kind }: Caveat, args: readonly Node[]): readonly Node[] =>
  kind === 'kink' && args.length === 2 && constantOf(args[0]!) && !constantOf(args[1]!) ? args.toReversed() : args;

/** What only names of its own can say is said in place: logdet(S) for that of each matrix of a stack. */
const inPlace = (graph: Graph, node: Node): Expr =>
  node.kind === 'array'
    ? call(node.operator.name, ...node.args.map((arg) => inPlace(graph, arg)))
    : Reader.of(graph).readAtSteps(node);
