import type { Valued } from '../../derivation/document.ts';
import type { Numbers, Stepped, Update } from '../../derivation/numbers.ts';
import type { Words } from '../../derivation/words/index.ts';
import { latexName, latexTarget } from '../latex.ts';
import { apart, type Laid, laidOut } from '../values.ts';
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
    parts.push({ kind: 'equation', tex: `${label} = ${laidLatex(laid, words)}` });
  }
  close();
  return parts;
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
  const equation = ({ name, slope, before, gradient, after }: Stepped) =>
    `${latexName(name)} := ${latexName(name)} ${operator} ${latexName(letter)} \\cdot ${latexTarget(slope)} = ` +
    `${value(before)} ${operator} ${factor}${isolated(value(gradient))} = ${value(after)}`;
  const [from, to] = apart(objective.before, objective.after).map(numberLatex);
  return {
    title: (letterOf: (tex: string) => string) => words.oneStep(letterOf(latexName(letter)), rateText(rate)),
    equations: [...parameters.map(equation), `${latexName(objective.name)}\\colon\\ ${from} \\to ${to}`],
  };
}

function laidLatex(laid: Laid, words: Words): string {
  if (laid.kind === 'number') return numberLatex(laid.text);
  if (laid.kind === 'range')
    return `${numberLatex(laid.least)} \\ldots ${numberLatex(laid.most)} \\quad (${laid.shape.replaceAll('×', ' \\times ')})`;
  const rows = laid.kind === 'matrix' ? laid.rows : laid.lines;
  const matrix = `\\begin{bmatrix}${rows.map((row) => row.map(numberLatex).join(' & ')).join(' \\\\ ')}\\end{bmatrix}`;
  if (laid.kind === 'matrix' && laid.lying) return `${matrix}^{\\top}`;
  if (laid.kind !== 'matrix' || !laid.examples) return matrix;
  const counted = rows.map(([first], k) => (first === '⋮' ? '' : k === 0 ? `\\text{${words.example}}\\ 1` : String(k + 1)));
  return `${matrix} \\begin{matrix}${counted.join(' \\\\ ')}\\end{matrix}`;
}

const numberLatex = (text: string): string =>
  text
    .replace(/−/g, '-')
    .replace('∞', '\\infty')
    .replace('NaN', '\\text{NaN}')
    .replace('…', '\\cdots')
    .replace('⋮', '\\vdots')
    .replace(/e\+?(-?\d+)$/, ' \\cdot 10^{$1}');
