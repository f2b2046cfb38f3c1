import type { Formula, ToldStep } from '../../derivation/document.ts';
import { formulaIn } from '../../derivation/labels.ts';
import { isFunction } from '../../derivation/rules.ts';
import { phrase, type Words } from '../../derivation/words/index.ts';
import type { LineLabel, Remark, WorkingLine } from '../../derivation/working-lines.ts';
import { showShape } from '../../graph/dimension.ts';
import type { Expr } from '../../language/tree.ts';
import { latexExpr, latexTarget, latexValue } from '../latex.ts';
import { printExpr } from '../text.ts';
import { shapesLatex } from './html-prose.ts';

/** A working that is a dimension check alone says nothing of why. */
export const hasFormulas = (lines: readonly WorkingLine[]): boolean => lines.some(({ label }) => label !== 'shapes');

/** What is said beside a line of a working, its formulas spelled as the format spells them. */
export function remarkText(remark: Remark, words: Words, spell: (formula: Expr | string) => string): string {
  const { working } = words;
  switch (remark.id) {
    case 'only':
      return working.only(spell(remark.part), spell(remark.value), spell(remark.objective));
    case 'every':
      return working.every(spell(remark.part), spell(remark.value), spelledLetters(remark.letters, spell));
    case 'terms':
      return working.terms(spell(remark.part), spelledLetters(remark.letters, spell));
    case 'each':
      return working.each;
    case 'term':
      return working.term(spell(remark.part), spelledLetters(remark.letters, spell));
    case 'places':
      return working.places(spell(remark.part), remark.count);
    case 'ways':
      return working.ways(remark.through.map((one) => one && spell(one)));
    case 'put-in':
      return [
        working.putIn,
        ...(remark.cancelled ? [working.cancelsOut(spell(remark.cancelled))] : []),
        ...(remark.sums ? [working.vanishing(remark.sums.map(spell).join(' = '))] : []),
      ].join(words.comma);
    case 'arrives':
      return working.arrives;
    case 'rules':
      return remark.rules
        .map((rule) => (isFunction(rule) ? formulaIn(rule, words, remark.byEntries) : undefined) ?? phrase(rule, words).name)
        .join(words.comma);
    case 'cancels':
      return working.cancels(spell(remark.factors[0]), spell(remark.factors[1]));
    case 'vanishing':
      return working.vanishing(remark.sums.map(spell).join(' = '));
    case 'resting':
      return remark.resting.map(words.resting).join(words.comma);
    case 'symmetric':
      return remark.names.map((name) => working.symmetric(spell(name))).join(words.comma);
    case 'summed':
      return working.summed(spell(remark.factors[0]), spell(remark.factors[1]), remark.axes, spell(remark.letter));
    case 'outer':
      return working.outer(spell(remark.factors[0]), spell(remark.factors[1]));
    case 'alone':
      return working.alone(spell(remark.factors[0]), spell(remark.factors[1]), showShape(remark.shape));
  }
}

/** Beside what is told briefly of a step with what arrives put in: what cancels in it. */
export function putInText(
  { cancelled }: NonNullable<ToldStep['putIn']>,
  { working, comma }: Words,
  spell: (formula: Formula) => string,
): string {
  return cancelled ? working.putIn + comma + working.cancelsOut(spell(cancelled)) : working.putIn;
}

const spelledLetters = (letters: readonly string[], spell: (formula: string) => string): string => letters.map(spell).join(', ');

/** A line in LaTeX; in what is said of it every second piece is a formula. */
interface LatexLine {
  readonly label: LineLabel | undefined;
  readonly left: string;
  /** With the sign of equality, where there is one. */
  readonly right: string;
  readonly isCheck: boolean;
  readonly remark: readonly string[];
}

/**
 * The lines of a working in LaTeX; a label stands once for the lines that it holds for.
 * @param target what the step finds: an array that the line of matrices is equal to, as the lines of entries are to theirs
 */
export function workingLatex(lines: readonly WorkingLine[], target: string, words: Words): LatexLine[] {
  let last: LineLabel | undefined;
  return lines.map(({ label, left, right, remark }) => {
    const isOther = label !== undefined && label !== last;
    last = label ?? last;
    const isCheck = typeof right === 'string';
    const tex = isCheck ? shapesLatex(right) : latexValue(right);
    const said = remark
      ? remarkText(remark, words, (formula) => `$${typeof formula === 'string' ? formula : latexExpr(formula)}$`)
      : '';
    return {
      label: isOther ? label : undefined,
      left: left ? latexExpr(left) : label === 'matrices' ? latexTarget(target) : '',
      right: isCheck ? tex : `= ${tex}`,
      isCheck,
      remark: said === '' ? [] : said.split('$'),
    };
  });
}

/** A line of a working as text. */
export interface WrittenLine {
  /** What the line is, and that in the language's words; left out where it goes on from the one before. */
  readonly kind?: LineLabel;
  readonly label?: string;
  /** `Z_ik = Σ_j W_ij X_jk + b_i`. */
  readonly text: string;
  readonly remark?: string;
}

/** The lines of a working as text, each an equation of its own. */
export function writtenWorking(lines: readonly WorkingLine[], words: Words): readonly WrittenLine[] {
  const spell = (formula: Expr | string): string => (typeof formula === 'string' ? formula : printExpr(formula, 'indices'));
  let last = '';
  return lines.map(({ label, left, right, remark }) => {
    if (left) last = spell(left);
    const whole = label === 'matrices' || label === 'shapes';
    return {
      ...(label && { kind: label, label: words.working.labels[label] }),
      text: whole ? spell(right) : `${last} = ${spell(right)}`,
      ...(remark && { remark: remarkText(remark, words, spell) }),
    };
  });
}

/** Forward, and what follows of it by paths that are sums over an index; undefined where there is none. */
export function proofInIndices(lines: readonly WrittenLine[]): string | undefined {
  const forward = lines.filter((line) => line.kind === 'forward');
  const from = lines.findIndex((line) => line.kind === 'paths');
  const after = lines.findIndex((line) => line.kind === 'matrices');
  const path = lines.slice(0, after < 0 ? lines.length : after).findLast((_, k) => k >= from);
  if (forward.length === 0 || from < 0 || !path || !/_\S/u.test(path.text)) return undefined;
  return `${forward.map(({ text }) => text).join(', ')} ⇒ ${path.text}`;
}
