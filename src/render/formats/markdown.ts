import { type BlockPrinters, type DerivationDocument, type Formula, printed, type ToldStep } from '../../derivation/document.ts';
import { ruleInFull } from '../../derivation/labels.ts';
import type { TextbookStep } from '../../derivation/textbook.ts';
import { phrase, type Words } from '../../derivation/words/index.ts';
import { inARow } from '../../derivation/words/listed.ts';
import type { Graph } from '../../graph/graph.ts';
import type { Node } from '../../graph/node.ts';
import { greekText } from '../../language/greek.ts';
import { Reader } from '../../reading/read.ts';
import { latexDerivative, latexExpr, latexName, latexTarget } from '../latex.ts';
import { shapeText } from '../shape-text.ts';
import { domainLines } from './domain.ts';
import { equationLatex, formulaLatex } from './equation-latex.ts';
import { shapesLatex } from './html-prose.ts';
import { updateLatex, type ValuesPart, valuesLatex } from './values-latex.ts';
import { putInText, workingLatex } from './working.ts';
import { zerosLine } from './zeros.ts';

/** The document as Markdown with formulas between dollar signs, as GitHub, Jupyter and Obsidian set it. */
export function documentMarkdown(document: DerivationDocument): string {
  const printers = printersFor(document);
  const paragraphs = document.sections.flatMap(({ title, blocks }) => [
    `## ${title}`,
    ...blocks.flatMap((block) => printed(printers, block)),
  ]);
  return document.words.conjunctions(paragraphs.join('\n\n'));
}

type Context = Pick<DerivationDocument, 'model' | 'words'>;

/** Each kind of block as paragraphs. */
function printersFor({ model, words }: Context): BlockPrinters<readonly string[]> {
  return {
    inputs: ({ role, inputs }) => [
      `${inputs.map((i) => `${inline(latexName(i.name))} (${escaped(shapeText(i.shape, words))})`).join(', ')}: ${role}`,
    ],
    definitions: ({ rows }) =>
      rows.map(({ target, formula, whole }) => (whole ? display(formulaLatex(formula)) : equation(target, formula, words))),
    backwards: ({ targets, from }) => [words.backwards(inARow(targets.map(inlineTarget), words), inline(latexName(from)))],
    steps: ({ steps, reasons }) => steps.flatMap((step) => stepParagraphs(step, reasons, { model, words })),
    textbooks: ({ of, told }) =>
      told.flatMap(({ by, sign, step }) =>
        step ? textbook(step, words) : [display(`${latexDerivative(sign, by)} ${latexName(of)} = 0`)],
      ),
    closed: ({ rows, longer }) => [
      ...rows.map(({ target, formula }) => equation(target, formula, words)),
      ...(longer.length > 0 ? [words.longer(inARow(longer.map(inlineTarget), words))] : []),
    ],
    zeros: ({ zeros }) => [escaped(zerosLine(zeros, words, 'unicode'))],
    conditions: ({ notes, most, entry }) => [
      domainLines(notes, words, { spelling: 'latex', graph: model.graph, entry }, most)
        .map((line) => `- ${withFormulas(line)}`)
        .join('\n'),
    ],
    note: ({ text }) => [escaped(text)],
    values: ({ title, rows }) => [`**${escaped(title)}**`, ...valuesLatex(rows, words).map(valuesPart)],
    update: ({ update }) => {
      const { title, equations } = updateLatex(update, words);
      return [`**${title(inline)}**`, ...equations.map(display)];
    },
    lemma: ({ lemma: { graph, value, definition, derivation } }) => [
      display(`${written(value, graph)} = ${written(definition, graph)}`),
      ...textbook(derivation, words),
    ],
    conventions: ({ texts }) => [texts.map((text) => `- ${text((name) => inline(latexName(name)))}`).join('\n')],
  };
}

function equation(target: string, formula: Formula, words: Words): string {
  const { left, right, where } = equationLatex(target, formula);
  const main = display(`${left} = ${right}`);
  return where.length === 0 ? main : `${main}\n\n${words.where} ${where.map(inline).join(', ')}`;
}

/** A step, its rule and, where they are asked for, its reasons. */
function stepParagraphs(step: ToldStep, reasons: boolean, { model, words }: Context): string[] {
  const note = step.note && ` (${escaped(greekText(step.note, model.graph.names))})`;
  const shapes = step.shapes ? `, ${inline(shapesLatex(step.shapes))}` : '';
  const { putIn } = step;
  return [
    equation(step.target, step.after, words),
    `*${escaped(step.label)}*${note}${shapes}`,
    ...(putIn
      ? [
          display(`{} = ${equationLatex(step.target, putIn.formula).right}`),
          `*${putInText(putIn, words, (formula) => inline(formulaLatex(formula)))}*`,
        ]
      : []),
    ...(reasons ? working(step, { model, words }) : []),
  ];
}

/** The reason of a step, and a table of the lines that prove it. */
function working(step: ToldStep, { model, words }: Context): string[] {
  const why = step.reason === '' ? [] : [escaped(greekText(step.reason, model.graph.names))];
  if (step.working.length === 0) return why;
  const rows = workingLatex(step.working, step.target, words).map(({ label, left, right, isCheck, remark }) => {
    const said = remark.map((part, k) => (k % 2 === 1 ? inline(part) : escaped(part))).join('');
    const formula = inline(isCheck ? right : `\\displaystyle ${left}${left === '' ? '{} ' : ' '}${right}`);
    return `| ${label ? words.working.labels[label] : ''} | ${formula}${isCheck ? ' ✓' : ''} | ${said} |`;
  });
  return [...why, ['| | | |', '| --- | --- | --- |', ...rows].join('\n')];
}

/** The textbook's reading. What stands on the left of a line is read once. */
function textbook(step: TextbookStep, words: Words, told: Set<string> = new Set()): string[] {
  const texts = [step.before, step.after, step.putIn, step.simplified ?? step.result, step.result].map((side) => latexExpr(side));
  const sides = [...new Set(texts)];
  if (told.has(sides[0]!)) return [];
  told.add(sides[0]!);
  const reason = `*${escaped(ruleInFull(step, words))}*: ${escaped(phrase(step.rule, words).why)}`;
  return [display(sides.join(' = ')), reason, ...step.substeps.flatMap((sub) => textbook(sub, words, told))];
}

function valuesPart(part: ValuesPart): string {
  if (part.kind === 'equation') return display(part.tex);
  const line = (cells: readonly string[]) => `| ${cells.join(' | ')} |`;
  const [corner, ...numbers] = part.head;
  const rows = part.rows.map(({ label, cells }) => line([label && inline(label), ...cells]));
  return [line([escaped(corner!), ...numbers]), line(['---', ...numbers.map(() => '---:')]), ...rows].join('\n');
}

const written = (node: Node, graph: Graph): string => latexExpr(Reader.of(graph).read(node));

const inline = (tex: string): string => `$${tex}$`;
const inlineTarget = (target: string): string => inline(latexTarget(target));
const display = (tex: string): string => `$$\n${tex}\n$$`;

/** Words in which no sign is a mark of Markdown. */
const escaped = (text: string): string => text.replace(/[\\`*_[\]<>$|~]/g, '\\$&');

/** Words with formulas between dollar signs. */
const withFormulas = (text: string): string =>
  text
    .split('$')
    .map((part, k) => (k % 2 === 1 ? inline(part) : escaped(part)))
    .join('');
