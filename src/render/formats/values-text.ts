import type { Formula, Valued } from '../../derivation/document.ts';
import { type Numbers, rateText, type Update } from '../../derivation/numbers.ts';
import type { Words } from '../../derivation/words/index.ts';
import { widthOf } from '../../language/visible.ts';
import { printStatements, type Spelling } from '../text.ts';
import { apart, keptBy, type Laid, laidOut, laidOutAs, type Nested, saidOf } from '../values.ts';
import { entriesText } from './entries-text.ts';
import { parted, shorter } from './shorter.ts';

/** Formulas that are longer, or need other names, do not stand before their numbers: the derivation has them. */
const LONGEST_LABEL = 48;
const WIDEST = 100;

interface Row {
  readonly label: string;
  readonly laid: Laid;
}

/**
 * Quantities in numbers. Those that have a number for each example make a table with the examples' numbers above it; the
 * others stand behind a sign of equality, matrices in brackets.
 */
export function valuesText(
  rows: readonly Valued[],
  words: Words,
  spelling: Spelling,
  say: (text: string) => string,
  named = say,
): string[] {
  const laid = rows.map((row): Row => ({ label: labelOf(row, spelling, say, named), laid: laidOutAs(row) }));
  const across = laid.flatMap(({ label, laid }) => (laid.kind === 'examples' ? [{ label, lines: laid.lines }] : []));
  const cells = across.flatMap(({ lines }) => lines);
  const count = Math.max(0, ...cells.map((line) => line.length));
  const numbers = Array.from({ length: count }, (_, k) => (cells.some((line) => line[k] === '…') ? '…' : String(k + 1)));
  const widths = numbers.map((text, k) => Math.max(widthOf(text), ...cells.map((line) => widthOf(line[k] ?? ''))));
  const widest = Math.max(widthOf(words.example), ...across.map(({ label }) => widthOf(label)));
  const line = (head: string, parts: readonly string[]) =>
    `  ${padded(head, widest)}   ${parts.map((part, k) => part.padStart(widths[k]!)).join('  ')}`.trimEnd();
  let headed = false;
  const lines = laid.flatMap(({ label, laid }) => {
    if (laid.kind !== 'examples') {
      const said = saidOf(laid, words);
      if (said !== undefined) return indented([`${label}: ${said}`]);
      const value = bracketed(laid, words, spelling);
      // The slope 1 is its own value.
      return indented(label.endsWith(` = ${value.join()}`) ? [label] : beside([[`${label} = `], value]));
    }
    const own = laid.lines.map((parts, k) => line(k === 0 ? label : '', parts));
    if (headed) return own;
    headed = true;
    return [line(words.example, numbers), ...own];
  });
  return lines.map(say);
}

function labelOf(
  { target, formula }: Valued,
  spelling: Spelling,
  say: (text: string) => string,
  named: (text: string) => string,
): string {
  const entries = formula?.byEntries && entriesText(formula.byEntries, spelling);
  const left = named(entries ? say(entries.left) : target);
  const written = entries ? entries.right : formula && formulaText(formula, target, spelling);
  const label = say(`${left} = ${written}`);
  return written === undefined || widthOf(label) > LONGEST_LABEL ? left : label;
}

/** The formula on its own; undefined where it needs names, or is said by entries. */
function formulaText(formula: Formula, target: string, spelling: Spelling): string | undefined {
  const { main, named, rest } = parted(
    shorter(formula, (statements) => printStatements(statements, spelling)),
    target,
  );
  return named || rest.length > 0 ? undefined : printStatements([main], spelling);
}

/** A step of descent: each parameter, what is taken from it, and what it becomes. */
export function updateText(
  { rate, sign, letter, parameters, objective }: Update,
  words: Words,
  spelling: Spelling,
  say: (text: string) => string,
  named = say,
): string[] {
  const spelled = spelling === 'ascii' ? (GREEK[letter] ?? letter) : letter;
  const value = (numbers: Numbers) => bracketed(laidOut(numbers), words, spelling);
  const factor = rate === 1 ? '' : `${rateText(rate)}·`;
  const lines = parameters.flatMap(({ name, slope, before, gradient, after, kept }) => {
    const head = `${named(name)} := ${named(name)} ${sign} ${spelled}·${named(slope)}`;
    const ranged = changedText(before, after, words);
    if (ranged) return [`${head}: ${ranged}${kept ? keptBy(kept, words) : ''}`];
    const taken = beside([[`${sign} ${factor}`], isolated(value(gradient))]);
    const held = kept ? [[`${keptBy(kept, words)}: `], value(after)] : [];
    const [start, end] = [value(before), value(kept?.to ?? after)];
    const whole = beside([[`${head} `], ['= '], start, [' '], taken, [' = '], end, ...held]);
    if (whole.every((text) => widthOf(text) <= WIDEST)) return whole;
    const below = [beside([['= '], start]), taken, beside([['= '], end, ...held])];
    return [head, ...below.flatMap((part) => part.map((text) => `    ${text}`))];
  });
  const [before, after] = apart(objective.before, objective.after);
  return [words.oneStep(spelled, rateText(rate)), ...indented([...lines, `${objective.name} ${before} → ${after}`])].map((text) =>
    say(text),
  );
}

/** Of an array whose numbers are too many to be shown, what they lie between, and between what afterwards. */
function changedText(before: Numbers, after: Numbers, words: Words): string | undefined {
  const [from, to] = [laidOut(before), laidOut(after)];
  if (from.kind !== 'range' || to.kind !== 'range') return undefined;
  return `${saidOf(from, words)}${words.comma}${words.afterStep(to.least, to.most)}`;
}

const GREEK: Readonly<Record<string, string>> = { α: 'alpha', η: 'eta', λ: 'lambda', ε: 'epsilon' };

/** A negative number behind a sign stands in parentheses. */
const isolated = (lines: readonly string[]): readonly string[] =>
  lines.length === 1 && lines[0]!.startsWith('−') ? [`(${lines[0]})`] : lines;

const nestedText = (parts: readonly Nested[]): string =>
  `[${parts.map((part) => (typeof part === 'string' ? part : nestedText(part))).join('  ')}]`;

function bracketed(laid: Laid, words: Words, spelling: Spelling): readonly string[] {
  if (laid.kind === 'number') return [laid.text];
  if (laid.kind === 'nested') return [nestedText(laid.parts)];
  if (laid.kind === 'range' || laid.kind === 'none') return [saidOf(laid, words)!];
  const rows = laid.kind === 'matrix' ? laid.rows : laid.lines;
  const widths = rows[0]!.map((_, k) => Math.max(...rows.map((row) => widthOf(row[k] ?? ''))));
  const lines = rows.map((row) => `[${widths.map((width, k) => (row[k] ?? '').padStart(width)).join('  ')}]`);
  if (laid.kind === 'matrix' && laid.lying) return [`${lines[0]}${spelling === 'ascii' ? "'" : 'ᵀ'}`];
  if (laid.kind !== 'matrix' || !laid.examples) return lines;
  const counted = (k: number) => (k === 0 ? `${words.example} 1` : String(k + 1).padStart(widthOf(words.example) + 2));
  return lines.map((line, k) => (rows[k]![0] === '⋮' ? line : `${line}   ${counted(k)}`));
}

/** Blocks of lines beside one another, their first lines on one line. */
function beside(blocks: readonly (readonly string[])[]): string[] {
  const height = Math.max(...blocks.map((block) => block.length));
  const widths = blocks.map((block) => Math.max(...block.map(widthOf)));
  return Array.from({ length: height }, (_, k) =>
    blocks
      .map((block, b) => padded(block[k] ?? '', widths[b]!))
      .join('')
      .trimEnd(),
  );
}

const indented = (lines: readonly string[]): string[] => lines.map((line) => `  ${line}`);
const padded = (text: string, width: number): string => text + ' '.repeat(Math.max(0, width - widthOf(text)));
