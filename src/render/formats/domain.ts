import { type Condition, conditionsOf } from '../../derivation/conditions.ts';
import type { DomainNote } from '../../derivation/domain.ts';
import { type Guard, oppositeOf } from '../../derivation/guards.ts';
import { type Relation, relationsOf, sizeOf } from '../../derivation/relations.ts';
import type { Words } from '../../derivation/words/index.ts';
import { constantOf } from '../../graph/forms.ts';
import type { Graph } from '../../graph/graph.ts';
import type { Contraction, Node } from '../../graph/node.ts';
import { type Fraction, isOne } from '../../graph/rational.ts';
import type { Expr } from '../../language/tree.ts';
import { type Caveat, needsNonzero, slopeAt } from '../../operators/caveat.ts';
import { isChoice, not } from '../../operators/comparison.ts';
import { Reader } from '../../reading/read.ts';
import { asSaid } from '../../reading/said.ts';
import { toStatements } from '../../reading/source.ts';
import { call } from '../../reading/syntax.ts';
import { latexExpr, printLatex } from '../latex.ts';
import { latexSigns } from '../latex-words.ts';
import { printExpr, printStatements, type Spelling } from '../text.ts';
import { inAscii } from './plain-words.ts';
import { type WritingRelations, writeRelations } from './solved-condition.ts';

/** How formulas are written: as text, or in LaTeX between dollar signs. */
export interface Writing {
  readonly spelling: Spelling | 'latex';
  readonly graph: Graph;
  /** An entry of an array, where it is entries that are written. */
  readonly entry?: ((node: Node) => Expr | undefined) | undefined;
}

/** A line for each note: `log(x) needs x > 0`. */
export function domainLines(notes: readonly DomainNote[], words: Words, writing: Writing, most: number): string[] {
  const { graph, spelling } = writing;
  const say = sayingIn(words, writing);
  const guard = ({ condition, holds }: Guard): string => {
    const opposite = holds ? undefined : oppositeOf(condition);
    if (holds) return say.formula(say.write(condition));
    const denied =
      opposite && condition.kind === 'apply' ? graph.apply(opposite, ...condition.args) : graph.apply(not, condition);
    return say.formula(say.write(denied));
  };
  const lines = new Set<string>();
  const worthwhile = conditionsOf(graph, notes);
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

type Template = (...args: string[]) => string;

/** In which words, and how what is in them is written. */
interface Saying {
  readonly words: Words;
  readonly graph: Graph;
  readonly write: (node: Node) => string;
  /** It is entries that are written, and not arrays. */
  readonly isByEntries: boolean;
  /** What is said of arguments by a text around them. */
  readonly around: (template: Template, args: readonly Node[]) => string;
  /** A formula as it stands among words. */
  readonly formula: (written: string) => string;
  readonly relations: WritingRelations;
}

function sayingIn(words: Words, { spelling, graph, entry }: Writing): Saying {
  const isTypeset = spelling === 'latex';
  const print = (expr: Expr): string => {
    if (isTypeset) return latexExpr(expr);
    return printExpr(expr, spelling === 'unicode' && entry ? 'indices' : spelling);
  };
  const whole = (node: Node): string => {
    const statements = toStatements(asSaid(graph, node), { graph });
    if (statements.length > 1) return print(inPlace(graph, node));
    return isTypeset ? printLatex(statements) : printStatements(statements, spelling);
  };
  const write = (node: Node): string => {
    const expr = node.kind === 'array' ? undefined : entry?.(node);
    return expr ? print(expr) : whole(node);
  };
  // A choice within a condition stands in brackets.
  const within = (node: Node): string => (isChoice(node) && !isTypeset ? `(${write(node)})` : write(node));
  const formula = isTypeset ? (written: string) => `$${written}$` : (written: string) => written;
  const around: Saying['around'] = isTypeset
    ? (template, args) => latexAround(template, args.map(write))
    : (template, args) => template(...args.map(within));
  const value: WritingRelations['value'] = (what, isWhole) => {
    const node = 'kind' in what ? what : graph.constant(what);
    return isWhole ? whole(node) : within(node);
  };
  const sign = isTypeset ? (text: string) => latexSigns(text).trim() : (text: string) => text;
  return { words, graph, write, isByEntries: entry !== undefined, around, formula, relations: { value, sign, formula } };
}

function lineFor(condition: Condition, saying: Saying): string {
  const { node, caveat, about, relations, never, ofSlope } = condition;
  const { words, graph, write, around, formula, relations: writing } = saying;
  const what = formula(write(node));
  if (never) return words.domain.never(what);
  const slope = (): string => formula(around((...args) => slopeAt(caveat, args), about));
  const ofArray = saying.isByEntries ? undefined : lineForArray(condition, saying, slope);
  if (ofArray !== undefined) return ofArray;
  const said = (template: Template, own: readonly Relation[] | undefined): string => {
    if (own && own.length > 0) return writeRelations(own, writing);
    const size = sizeOf(about, template);
    return formula(
      size
        ? around((u) => `|${u}| ${size.sign} ${SIZE}`, [size.part]).replace(SIZE, writing.value(size.size))
        : around(template, about),
    );
  };
  const asked = said(caveat.condition, relations);
  if (caveat.kind === 'kink') return words.domain.kink(what, asked, slope());
  const own = caveat.own && relationsOf(graph, about, caveat.own.condition);
  if (ofSlope || own?.length === 0) return words.domain.slopeNeeds(what, asked);
  if (caveat.own) return words.domain.needsWithBorders(what, said(caveat.own.condition, own), asked);
  return words.domain[caveat.kind](what, asked, caveat.slope && slope());
}

/** Of an array it is entries that meet, or have kinks, or must not be 0. */
function lineForArray(
  { node, caveat, about }: Condition,
  { words, write, around, formula, relations: { value } }: Saying,
  slope: () => string,
): string | undefined {
  const what = formula(write(node));
  const [first, second] = about;
  const entryIs = (array: string, number: string): string => words.domain.where(formula(array), formula(number));
  // Those of one and the same number, or of another array at the same place.
  if (comparesTwo(caveat) && about.length === 2 && first!.shape.length > 0) {
    const level = repeatedIn(second!);
    const where = level
      ? entryIs(write(first!), value(level))
      : entryIs(
          around((u, v) => `${u} − ${v}`, about),
          '0',
        );
    return words.domain.kinkWhere(what, where, slope());
  }
  const [, place] =
    caveat.kind === 'kink' && node.shape.length > 0 && about.length === 1 ? (AT.exec(caveat.condition('u')) ?? []) : [];
  if (place !== undefined)
    return words.domain.kinkWhere(
      what,
      entryIs(
        write(first!),
        around(() => place, []),
      ),
      slope(),
    );
  if (caveat.condition === needsNonzero.condition && isRepeated(first!))
    return words.domain.entries(what, formula(write(first.factors[0]!)));
  return undefined;
}

/** A text around arguments that are in LaTeX. */
function latexAround(template: Template, args: readonly string[]): string {
  const marks = args.map((_, k) => String.fromCodePoint(FIRST_MARK + k));
  return latexSigns(template(...marks)).replace(MARKED, (mark) => args[mark.codePointAt(0)! - FIRST_MARK] ?? mark);
}

/** Signs that no text has. */
const FIRST_MARK = 0xe000;
const SIZE = '\u0001';
const MARKED = /[\ue000-\ue0ff]/g;

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

/** What only names of its own can say is said in place: logdet(S) for that of each matrix of a stack. */
const inPlace = (graph: Graph, node: Node): Expr =>
  node.kind === 'array'
    ? call(node.operator.name, ...node.args.map((arg) => inPlace(graph, arg)))
    : Reader.of(graph).readAtSteps(node);
