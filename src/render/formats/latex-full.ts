import { type BlockPrinters, type DerivationDocument, type Formula, printed, type ToldStep } from '../../derivation/document.ts';
import type { TextbookStep } from '../../derivation/textbook.ts';
import type { Words } from '../../derivation/words/index.ts';
import { inARow } from '../../derivation/words/listed.ts';
import type { Shape } from '../../graph/dimension.ts';
import type { Graph } from '../../graph/graph.ts';
import type { Node } from '../../graph/node.ts';
import { greekText } from '../../language/greek.ts';
import type { Expr } from '../../language/tree.ts';
import { Reader } from '../../reading/read.ts';
import { latexDerivative, latexExpr, latexName, latexTarget } from '../latex.ts';
import { latexWords, latexProse as spelled } from '../latex-words.ts';
import { shapeText } from '../shape-text.ts';
import { domainLines } from './domain.ts';
import { equationLatex, formulaLatex } from './equation-latex.ts';
import { shapesLatex } from './html-prose.ts';
import { textbookRows } from './textbook-rows.ts';
import { updateRows, valuesRows } from './values-latex.ts';
import { putInText, workingLatex } from './working.ts';
import { zerosLine } from './zeros.ts';

/** A line: what stands on both sides of its sign of equality, and what is said beside it. */
const row = (left: string, right: string, beside = ''): string => `${left} &${right}${beside === '' ? '' : ` && ${beside}`}`;

/** A line of words. */
const words = (text: string): string => row('', ` ${latexWords(text)}`);

const set = (level: number): string => (level === 0 ? '' : level === 1 ? '\\quad ' : '\\qquad ');

/** All that a text in full has, as lines that are aligned at their signs of equality. */
export function documentLatexFull(document: DerivationDocument): string {
  const printers = printersFor(document);
  const parts = document.sections.flatMap(({ blocks }) => blocks.map((block) => printed(printers, block)));
  const lines = parts.filter((part) => part.length > 0).map((part) => part.join(' \\\\\n'));
  return document.words.conjunctions(`\\begin{aligned}\n${lines.join(' \\\\[1ex]\n')}\n\\end{aligned}`);
}

/** Each kind of block as lines. */
function printersFor({ model, words: spoken }: DerivationDocument): BlockPrinters<readonly string[]> {
  return {
    inputs: ({ role, inputs }) => [
      row('', inputs.map((i) => `${latexName(i.name)} : ${shapeLatex(i.shape, spoken)}`).join(' \\quad '), latexWords(role)),
    ],
    definitions: ({ rows }) =>
      rows.flatMap(({ target, formula, shape, whole }) => {
        const beside = shapeLatex(shape, spoken);
        return whole ? [row('', formulaLatex(formula), beside)] : equation(target, formula, beside, spoken);
      }),
    backwards: ({ targets, from }) => [row('', spelled(spoken.backwards(targetsIn(targets, spoken), `$${latexName(from)}$`)))],
    steps: ({ steps, reasons }) =>
      steps.flatMap((step) => [
        ...equation(step.target, step.after, `${shapeLatex(step.shape, spoken)} \\quad ${latexWords(step.label)}`, spoken),
        ...putIn(step, spoken),
        ...(reasons && step.reason !== '' ? [words(greekText(step.reason, model.graph.names))] : []),
        ...(reasons ? working(step, spoken) : []),
      ]),
    textbooks: ({ of, told }) =>
      told.flatMap(({ by, sign, step }) =>
        step ? textbook(step, spoken) : [row('', `${latexDerivative(sign, by)} ${latexName(of)} = 0`)],
      ),
    closed: ({ rows, longer }) => [
      words(spoken.inOneLine),
      ...rows.flatMap(({ target, formula }) => equation(target, formula, '', spoken)),
      ...(longer.length > 0 ? [row('', spelled(spoken.longer(targetsIn(longer, spoken))))] : []),
    ],
    zeros: ({ zeros }) => [words(zerosLine(zeros, spoken, 'unicode'))],
    conditions: ({ notes, most, entry }) =>
      domainLines(notes, spoken, { spelling: 'latex', graph: model.graph, entry }, most).map((line) => row('', spelled(line))),
    note: ({ text }) => [words(text)],
    values: (block) => valuesRows(block, spoken).map((tex) => row('', tex)),
    update: ({ update }) => updateRows(update, spoken).map((tex) => row('', tex)),
    lemma: ({ lemma: { graph, value, definition, derivation } }) => [
      row(written(value, graph), `= ${written(definition, graph)}`),
      ...textbook(derivation, spoken),
    ],
    conventions: ({ texts }) => texts.map((text) => row('', spelled(text((name) => `$${latexName(name)}$`)))),
  };
}

function shapeLatex(own: Shape, spoken: Words): string {
  const text = shapeText(own, spoken);
  return own.length === 0 ? latexWords(text) : shapesLatex(text);
}

function equation(target: string, formula: Formula, beside: string, spoken: Words): string[] {
  const { left, right, where } = equationLatex(target, formula);
  return [
    row(left, `= ${right}`, beside),
    ...(where.length > 0 ? [row('', `\\quad ${latexWords(`${spoken.where} `)}${where.join(', \\; ')}`)] : []),
  ];
}

/** A step with what arrives put in, where something cancels then. */
function putIn({ putIn: put }: ToldStep, spoken: Words): string[] {
  if (!put) return [];
  const said = putInText(put, spoken, (formula) => `$${formulaLatex(formula)}$`);
  return equation('', put.formula, spelled(said), spoken);
}

/** The lines that prove a step. */
const working = ({ target, working: lines }: ToldStep, spoken: Words): string[] =>
  workingLatex(lines, target, spoken).map(({ label, left, right, isCheck, remark }) => {
    const said = remark.map((part, k) => (k % 2 === 1 ? part : latexWords(part))).join('');
    const head = label ? `${latexWords(spoken.working.labels[label])}\\quad ` : '';
    return row(`${head}${left}`, `${right}${isCheck ? ' \\;\\checkmark' : ''}`, said);
  });

const textbook = (step: TextbookStep, spoken: Words): string[] =>
  textbookRows(step, spoken, true).map(({ depth, sides, goesOn, rule }) => {
    const indent = set(depth > 2 ? 2 : goesOn ? 1 : 0);
    const beside = typeof rule === 'string' ? latexWords(rule) : equal(rule);
    return row('', `${indent}${goesOn ? '= ' : ''}${equal(sides)}`, beside);
  });

/** Expressions that are one another. */
const equal = (sides: readonly Expr[]): string => sides.map((side) => latexExpr(side)).join(' = ');

function targetsIn(targets: readonly string[], spoken: Words): string {
  const spelled = targets.map((target) => `$${latexTarget(target)}$`);
  return inARow(spelled, spoken);
}

const written = (node: Node, graph: Graph): string => latexExpr(Reader.of(graph).read(node));
