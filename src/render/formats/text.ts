import {
  type Block,
  type BlockPrinters,
  type DerivationDocument,
  type Equation,
  type Formula,
  printed,
  type ToldStep,
} from '../../derivation/document.ts';
import type { LanguageOptions, Words } from '../../derivation/words/index.ts';
import { inARow } from '../../derivation/words/listed.ts';
import type { WorkingLine } from '../../derivation/working-lines.ts';
import type { Graph } from '../../graph/graph.ts';
import { greekText } from '../../language/greek.ts';
import type { Expr, Statement } from '../../language/tree.ts';
import type { Notation } from '../../reading/hoist.ts';
import { shapeText } from '../shape-text.ts';
import { printExpr, printStatements, type Spelling } from '../text.ts';
import { align, widthOf } from './columns.ts';
import { domainLines } from './domain.ts';
import { entriesText } from './entries-text.ts';
import { lemmaLines } from './lemma-text.ts';
import { inAscii, plainNames } from './plain-words.ts';
import { parted, shorter } from './shorter.ts';
import { textbookLines } from './textbook-text.ts';
import { updateText, valuesText } from './values-text.ts';
import { putInText, remarkText } from './working.ts';
import { zerosLine } from './zeros.ts';

export interface TextOptions extends LanguageOptions {
  /** One line a target, or the reasons too. */
  readonly detail?: 'brief' | 'full';
  /** Signs that every terminal has. */
  readonly ascii?: boolean;
  /** Matrix notation where it can say the result, or indices throughout. */
  readonly notation?: Notation;
}

type Kind = Block['kind'];

/** Blocks that follow one another without an empty line. */
const JOINED: ReadonlySet<`${Kind} ${Kind}`> = new Set([
  'inputs inputs',
  'inputs definitions',
  'conditions note',
  'note note',
  'zeros zeros',
]);

/** The document as lines of a terminal, in signs of mathematics or in ASCII. */
export function documentText({ model, sections, words }: DerivationDocument, spelling: Spelling): string {
  const printers = printersIn(tellingOf(spelling, words, model.graph));
  const lines: string[] = [];
  let last: Kind | undefined;
  for (const block of sections.flatMap(({ blocks }) => blocks)) {
    if (last && !JOINED.has(`${last} ${block.kind}`)) lines.push('');
    lines.push(...printed(printers, block));
    last = block.kind;
  }
  const text = lines.join('\n');
  return spelling === 'ascii' ? inAscii(text, model.graph.names) : words.conjunctions(text);
}

/** How a document is told. */
interface Telling {
  readonly spelling: Spelling;
  readonly words: Words;
  readonly graph: Graph;
  /** A text in the signs that there are. It may get longer, so it is said before columns are made. */
  readonly say: (text: string) => string;
  /** The same of what may be, or hold, names. */
  readonly named: (text: string) => string;
}

function tellingOf(spelling: Spelling, words: Words, graph: Graph): Telling {
  const given = { spelling, words, graph };
  return spelling === 'ascii'
    ? { ...given, say: (text) => inAscii(text, graph.names), named: (text) => plainNames(asciiPrimes(text), graph.names) }
    : { ...given, say: (text) => text, named: (text) => greekText(oneSign(text), graph.names) };
}

function printersIn(telling: Telling): BlockPrinters<readonly string[]> {
  const { spelling, words, graph, say, named } = telling;
  return {
    inputs: ({ role, inputs }) => [
      `${inputs.map((i) => `${named(i.name)} : ${say(shapeText(i.shape, words))}`).join('   ')}   ${role}`,
    ],
    definitions: ({ rows }) => definitionLines(rows, telling),
    backwards: ({ targets, from }) => [say(words.backwards(inARow(targets.map(named), words), named(from)))],
    steps: ({ steps, reasons }) => stepLines(steps, reasons, telling),
    textbooks: ({ of, told, reasons }) =>
      told.flatMap(({ by, sign, step }, k) => [
        ...(k > 0 ? [''] : []),
        ...(step
          ? textbookLines(step, words, spelling, reasons, say)
          : [`${say(`${sign}/${sign}${named(by)}`)} ${named(of)} = 0`]),
      ]),
    closed: ({ rows, longer }) => [
      words.inOneLine,
      ...rows.map(({ target, formula }) => `  ${equation(target, formula, telling)}`),
      ...(longer.length > 0 ? [`  ${say(words.longer(inARow(longer.map(named), words)))}`] : []),
    ],
    zeros: ({ zeros }) => [zerosLine(zeros, words, spelling)],
    conditions: ({ notes, most, entry }) => domainLines(notes, words, { spelling, graph, entry }, most).map(say),
    note: ({ text }) => [say(text)],
    values: ({ title, rows }) => [title, ...valuesText(rows, words, spelling, say, named)],
    update: ({ update }) => updateText(update, words, spelling, say, named),
    lemma: ({ lemma }) => lemmaLines(lemma, words, spelling),
    conventions: ({ texts }) => texts.map((text) => say(text((name) => name).replaceAll('$', ''))),
  };
}

const equation = (target: string, formula: Formula, { spelling, words, say, named }: Telling): string =>
  say(equationText(named(say(target)), formula, spelling, words));

/** Definitions below one another, their signs of equality too. */
function definitionLines(rows: readonly Equation[], { spelling, words, say, named }: Telling): string[] {
  const widest = Math.max(0, ...rows.map(({ target, formula }) => say(leftText(named(target), formula, spelling)).length));
  const cells = rows.map(({ target, shape, formula, whole }) => [
    whole
      ? say(printStatements(formula.statements, spelling, ', '))
      : say(equationText(named(target).padEnd(widest), formula, spelling, words)),
    say(shapeText(shape, words)),
  ]);
  return align(cells, '');
}

/** Steps in columns, each with its reasons below it where they are asked for. */
function stepLines(steps: readonly ToldStep[], reasons: boolean, telling: Telling): string[] {
  const cells = steps.map((step) => stepCells(step, telling));
  const rows = align(cells.flat(), '  ');
  return steps.flatMap((step, k) => [...rows.splice(0, cells[k]!.length), ...(reasons ? reasonLines(step, telling) : [])]);
}

/** A step as a line of columns, and as another one with what arrives put in, where something cancels then. */
function stepCells(step: ToldStep, telling: Telling): string[][] {
  const { spelling, words, say, named } = telling;
  const note = step.working.length > 0 ? '' : say(named(step.note) || (step.shapes ?? ''));
  const line = [equation(step.target, step.after, telling), say(shapeText(step.shape, words)), say(step.label), note];
  if (!step.putIn) return [line];
  const beside = ' '.repeat(widthOf(named(say(step.target))));
  const said = putInText(step.putIn, words, (formula) => printStatements(formula.statements, spelling));
  return [line, [equation(beside, step.putIn.formula, telling), '', say(said)]];
}

function reasonLines({ reason, working }: ToldStep, { spelling, words, say, named }: Telling): string[] {
  const spelled = spelling === 'ascii' ? 'ascii' : 'indices';
  const spell = (formula: Expr | string): string =>
    named(say(typeof formula === 'string' ? formula : printExpr(formula, spelled)));
  return [
    ...(reason === '' ? [] : [`      ${say(named(reason))}`]),
    ...(working.length > 0 ? workingLines(working, words, spell) : []),
  ];
}

/** Primes as one sign: f″, f‴. */
export const oneSign = (text: string): string => text.replace(/′{2,3}/g, (primes) => '″‴'[primes.length - 2]!);

/** Derivatives as one types them: f'''' for f⁽⁴⁾. */
const asciiPrimes = (text: string): string =>
  text.replace(/⁽([⁰¹²³⁴⁵⁶⁷⁸⁹]+)⁾/gu, (_, order: string) => "'".repeat(Number(order.normalize('NFKD')))).replaceAll('′', "'");

/** The lines of a working, labels and remarks in columns of their own. */
function workingLines(lines: readonly WorkingLine[], words: Words, spell: (formula: Expr | string) => string): string[] {
  let last = '';
  let label: WorkingLine['label'];
  const rows = lines.map((line) => {
    const { left, right, remark } = line;
    const isOther = line.label !== undefined && line.label !== label;
    label = line.label ?? label;
    if (left) last = spell(left);
    return [isOther ? words.working.labels[label!] : '', equation(), remark ? remarkText(remark, words, spell) : ''];

    function equation(): string {
      if (typeof right === 'string') return spell(`${right} ✓`);
      if (left) return `${last} = ${spell(right)}`;
      return line.label === undefined ? `${' '.repeat(widthOf(last))} = ${spell(right)}` : spell(right);
    }
  });
  return align(rows.every(([label]) => label === '') ? rows.map(([, ...rest]) => rest) : rows, '      ');
}

const equationText = (left: string, formula: Formula, spelling: Spelling, words: Words): string => {
  const { byEntries } = formula;
  if (byEntries) {
    const sides = entriesText(byEntries, spelling);
    return `${sides.left.padEnd(left.length)} = ${sides.right}`;
  }
  const write = (statements: readonly Statement[]): string => besideNames(left, statements, spelling, words);
  return write(shorter(formula, write));
};

const leftText = (target: string, { byEntries }: Formula, spelling: Spelling): string =>
  byEntries ? entriesText(byEntries, spelling).left : target;

/** An array that its entries define is said by them, `Z[i, j] = …`. What is meant comes first and the names it uses after it: `Z = A·T   where T = …`. */
function besideNames(left: string, statements: readonly Statement[], spelling: Spelling, words: Words): string {
  const { main: meant, named, rest } = parted(statements, left.trimEnd());
  const main = named ? printStatements([meant], spelling) : `${left} = ${printStatements([meant], spelling)}`;
  return rest.length === 0 ? main : `${main}   ${words.where} ${printStatements(rest, spelling, ', ')}`;
}
