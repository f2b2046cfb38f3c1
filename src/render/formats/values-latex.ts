import type { Block, Valued } from '../../derivation/document.ts';
import { type Numbers, rateText, type Stepped, type Update } from '../../derivation/numbers.ts';
import type { Words } from '../../derivation/words/index.ts';
import { latexName, latexTarget } from '../latex.ts';
import { latexProse, latexWords } from '../latex-words.ts';
import { apart, keptBy, type Laid, laidOut, laidOutAs, type Nested, type Ranged, saidOf } from '../values.ts';
import { equationLatex } from './equation-latex.ts';

/** Quantities in numbers as a format with formulas in LaTeX has them: a table by examples, or equations. */
export type ValuesPart =
  | { readonly kind: 'table'; readonly head: readonly string[]; readonly rows: readonly TableRow[] }
  | { readonly kind: 'equation'; readonly tex: string };

interface TableRow {
  /** A formula; empty for further components of the same quantity. */
  readonly label: string;
  readonly cells: readonly string[];
}

/** Quantities in their order; those that follow one another and have a number for each example are one table. */
export function valuesLatex(values: readonly Valued[], words: Words): ValuesPart[] {
  const parts: ValuesPart[] = [];
  let rows: TableRow[] = [];
  const close = () => {
    if (rows.length === 0) return;
    const count = Math.max(...rows.map(({ cells }) => cells.length));
    const head = Array.from({ length: count }, (_, k) => (rows.some(({ cells }) => cells[k] === '…') ? '…' : String(k + 1)));
    parts.push({ kind: 'table', head: [words.example, ...head], rows });
    rows = [];
  };
  for (const value of values) {
    const laid = laidOutAs(value);
    const label = labelOf(value);
    if (laid.kind === 'examples') {
      rows.push(...laid.lines.map((cells, k) => ({ label: k === 0 ? label : '', cells })));
      continue;
    }
    close();
    parts.push({ kind: 'equation', tex: equated(label, laid, words) });
  }
  close();
  return parts;
}

/** What is its own value, the slope 1, is said once; what is said in words is no value. */
function equated(label: string, laid: Exclude<Laid, { readonly kind: 'examples' }>, words: Words): string {
  const said = saidOf(laid, words);
  if (said !== undefined) return `${label}\\colon\\ ${latexWords(said)}`;
  const value = laidLatex(laid, words);
  return label.endsWith(` = ${value}`) ? label : `${label} = ${value}`;
}

function labelOf({ target, formula }: Valued): string {
  const { left, right, where } = formula ? equationLatex(target, formula) : { left: latexTarget(target), right: '', where: [] };
  return right === '' || where.length > 0 ? latexTarget(target) : `${left} = ${right}`;
}

/** A step of descent: the rate, an equation for each parameter, and the objective before and after. */
export function updateLatex({ rate, sign, letter, parameters, objective }: Update, words: Words) {
  const operator = sign === '+' ? '+' : '-';
  const factor = rate === 1 ? '' : `${numberLatex(rateText(rate))} \\cdot `;
  const value = (numbers: Numbers) => laidLatex(laidOut(numbers), words);
  const isolated = (tex: string) => (tex.startsWith('-') ? `\\left(${tex}\\right)` : tex);
  const changed = (from: Ranged, { least, most }: Ranged) =>
    latexWords(`${saidOf(from, words)}${words.comma}${words.afterStep(least, most)}`);
  const held = (kept: Stepped['kept']) => (kept ? latexWords(keptBy(kept, words)) : '');
  const equation = ({ name, slope, before, gradient, after, kept }: Stepped) => {
    const rule = `${latexName(name)} := ${latexName(name)} ${operator} ${latexName(letter)} \\cdot ${latexTarget(slope)}`;
    const [from, to] = [laidOut(before), laidOut(after)];
    if (from.kind === 'range' && to.kind === 'range') return `${rule}\\colon\\ ${changed(from, to)}${held(kept)}`;
    const taken = `${value(before)} ${operator} ${factor}${isolated(value(gradient))}`;
    return `${rule} = ${taken} = ${value(kept?.to ?? after)}${kept ? `${held(kept)}\\colon\\ ${value(after)}` : ''}`;
  };
  const [from, to] = apart(objective.before, objective.after).map(numberLatex);
  return {
    title: (letterOf: (tex: string) => string) => words.oneStep(letterOf(latexName(letter)), rateText(rate)),
    equations: [...parameters.map(equation), `${latexName(objective.name)}\\colon\\ ${from} \\to ${to}`],
  };
}

/** Quantities as lines of LaTeX: what they are, then tables and equations. */
export const valuesRows = ({ title, rows }: Extract<Block, { readonly kind: 'values' }>, words: Words): string[] => [
  latexWords(title),
  ...valuesLatex(rows, words).map((part) => (part.kind === 'equation' ? part.tex : tableLatex(part))),
];

/** A step of descent as lines of LaTeX. */
export function updateRows(update: Update, words: Words): string[] {
  const { title, equations } = updateLatex(update, words);
  return [latexProse(title((tex) => `$${tex}$`)), ...equations];
}

function tableLatex({ head, rows }: Extract<ValuesPart, { readonly kind: 'table' }>): string {
  const [corner, ...numbers] = head;
  const lines = rows.map(({ label, cells }) => [label, ...cells.map(numberLatex)].join(' & '));
  const first = [latexWords(corner!), ...numbers.map(numberLatex)].join(' & ');
  return `\\begin{array}{l|${'r'.repeat(numbers.length)}} ${first} \\\\ \\hline ${lines.join(' \\\\ ')} \\end{array}`;
}

function laidLatex(laid: Laid, words: Words): string {
  if (laid.kind === 'number') return numberLatex(laid.text);
  if (laid.kind === 'nested') return nestedLatex(laid.parts);
  if (laid.kind === 'range' || laid.kind === 'none') return latexWords(saidOf(laid, words)!);
  const rows = laid.kind === 'matrix' ? laid.rows : laid.lines;
  const matrix = matrixLatex(rows);
  if (laid.kind === 'matrix' && laid.lying) return `${matrix}^{\\top}`;
  if (laid.kind !== 'matrix' || !laid.examples) return matrix;
  const counted = rows.map(([first], k) => (first === '⋮' ? '' : k === 0 ? `\\text{${words.example}}\\ 1` : String(k + 1)));
  return `${matrix} \\begin{matrix}${counted.join(' \\\\ ')}\\end{matrix}`;
}

/** Matrices within brackets; what has two axes left is one. */
function nestedLatex(parts: readonly Nested[]): string {
  const isMatrix = parts.every((part) => typeof part !== 'string' && part.every((entry) => typeof entry === 'string'));
  if (isMatrix) return matrixLatex(parts as readonly (readonly string[])[]);
  return `\\left[${parts.map((part) => nestedLatex(part as readonly Nested[])).join(' \\;\\; ')}\\right]`;
}

const matrixLatex = (rows: readonly (readonly string[])[]): string =>
  `\\begin{bmatrix}${rows.map((row) => row.map(numberLatex).join(' & ')).join(' \\\\ ')}\\end{bmatrix}`;

const numberLatex = (text: string): string =>
  text
    .replace(/−/g, '-')
    .replace('∞', '\\infty')
    .replace('NaN', '\\text{NaN}')
    .replace('…', '\\cdots')
    .replace('⋮', '\\vdots')
    .replace(/e\+?(-?\d+)$/, ' \\cdot 10^{$1}');
