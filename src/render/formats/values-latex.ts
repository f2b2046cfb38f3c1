import type { Valued } from '../../derivation/document.ts';
import type { Stepped, Update } from '../../derivation/numbers.ts';
import type { Words } from '../../derivation/words/index.ts';
import { latexName, latexTarget } from '../latex.ts';
import { latexWords } from '../latex-words.ts';
import { apart, type Laid, laidOut, type Nested, type Ranged } from '../values.ts';
import { equationLatex } from './latex.ts';
import { rateText } from './values-text.ts';

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
    const laid = laidOut(value, value.examples);
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

/** What is its own value, the slope 1, is said once; a range is no value. */
function equated(label: string, laid: Exclude<Laid, { readonly kind: 'examples' }>, words: Words): string {
  if (laid.kind === 'range') return `${label}\\colon\\ ${rangeLatex(laid, words)}`;
  const value = laidLatex(laid, words);
  return label.endsWith(` = ${value}`) ? label : `${label} = ${value}`;
}

const rangeLatex = ({ shape, least, most }: Ranged, words: Words): string => latexWords(words.ranged(shape, least, most));

function labelOf({ target, formula }: Valued): string {
  const { left, right, where } = formula ? equationLatex(target, formula) : { left: latexTarget(target), right: '', where: [] };
  return right === '' || where.length > 0 ? latexTarget(target) : `${left} = ${right}`;
}

/** A step of descent: the rate, an equation for each parameter, and the objective before and after. */
export function updateLatex({ rate, sign, letter, parameters, objective }: Update, words: Words) {
  const operator = sign === '+' ? '+' : '-';
  const factor = rate === 1 ? '' : `${numberLatex(rateText(rate))} \\cdot `;
  const isolated = (tex: string) => (tex.startsWith('-') ? `\\left(${tex}\\right)` : tex);
  const changed = (from: Ranged, { least, most }: Ranged) =>
    latexWords(`${words.ranged(from.shape, from.least, from.most)}${words.comma}${words.afterStep(least, most)}`);
  const equation = ({ name, slope, before, gradient, after }: Stepped) => {
    const rule = `${latexName(name)} := ${latexName(name)} ${operator} ${latexName(letter)} \\cdot ${latexTarget(slope)}`;
    const [from, by, to] = [before, gradient, after].map((numbers) => laidOut(numbers)) as [Laid, Laid, Laid];
    // They are of one shape.
    if (from.kind === 'range' || by.kind === 'range' || to.kind === 'range')
      return `${rule}\\colon\\ ${changed(from as Ranged, to as Ranged)}`;
    const [start, slopes, end] = [from, by, to].map((laid) => laidLatex(laid, words)) as [string, string, string];
    return `${rule} = ${start} ${operator} ${factor}${isolated(slopes)} = ${end}`;
  };
  const [from, to] = apart(objective.before, objective.after).map(numberLatex);
  return {
    title: (letterOf: (tex: string) => string) => words.oneStep(letterOf(latexName(letter)), rateText(rate)),
    equations: [...parameters.map(equation), `${latexName(objective.name)}\\colon\\ ${from} \\to ${to}`],
  };
}

function laidLatex(laid: Exclude<Laid, Ranged>, words: Words): string {
  if (laid.kind === 'number') return numberLatex(laid.text);
  if (laid.kind === 'nested') return nestedLatex(laid.parts);
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
