import type { Formula, ToldStep } from '../../derivation/document.ts';
import { ruleInFull } from '../../derivation/labels.ts';
import type { TextbookStep } from '../../derivation/textbook.ts';
import { phrase, type Words } from '../../derivation/words/index.ts';
import type { Remark } from '../../derivation/working-lines.ts';
import { escapeHtml, typeset } from '../katex.ts';
import { latexExpr } from '../latex.ts';
import { shapeText } from '../shape-text.ts';
import { type EquationLatex, equationLatex, equationLine } from './equation-latex.ts';
import { prose, shapesLatex } from './html-prose.ts';
import { hasFormulas, workingLatex } from './working.ts';

/** The steps of a derivation: each a line, which opens to its reasons. */

type Names = ReadonlySet<string>;

/** Backwards from the objective, a step for each name on the way. What happens for the first time is open. */
export function stepList(steps: readonly ToldStep[], names: Names, words: Words): string {
  const seen = new Set<string>();
  const items = steps.map((step) => {
    const happens = step.working.flatMap(({ remark }) => (remark ? (happeningOf(remark) ?? []) : []));
    const isNew = happens.some((one) => !seen.has(one));
    for (const one of happens) seen.add(one);
    return `<li>${folded(stepHead(step), tags(step, words), stepReasons(step, names, words), isNew)}</li>`;
  });
  return `<ol class="steps">\n${items.join('\n')}\n</ol>`;
}

/** What happens in a line that a reader would not see from its result: paths add up, something cancels, a matrix is transposed. */
const HAPPENINGS: Partial<Readonly<Record<Remark['id'], string>>> = {
  ways: 'ways',
  each: 'ways',
  places: 'ways',
  every: 'sum',
  terms: 'sum',
  summed: 'transposed',
  cancels: 'cancelled',
  vanishing: 'vanishing',
  symmetric: 'symmetric',
  resting: 'resting',
};

const happeningOf = (remark: Remark): string | undefined =>
  remark.id === 'put-in' ? (remark.cancelled || remark.sums) && 'cancelled' : HAPPENINGS[remark.id];

/** The line of a step: what is found, and what it is. */
export function stepHead({ target, after, putIn }: ToldStep): string {
  const { left, right, where } = equationLatex(target, after);
  const shorter = putIn ? ` = ${equationLatex(target, putIn.formula).right}` : '';
  return line(left, [`${right}${shorter}`, ...where].join(', \\quad '));
}

/** `target = value`, the target in a column of its own. */
const line = (target: string, value: string): string =>
  `<span class="target">${typeset(`\\displaystyle ${target}`)}</span><span class="value">${typeset(`\\displaystyle = ${value}`)}</span>`;

const tags = ({ label, shape }: ToldStep, words: Words): string =>
  `<span class="rule">${escapeHtml(label)}</span><span class="shape">${escapeHtml(shapeText(shape, words))}</span>`;

export const folded = (head: string, notes: string, body: readonly string[], open = false): string =>
  `<details${open ? ' open' : ''}><summary><span class="formula">${head}</span><span class="notes">${notes}</span></summary>\n<div class="reasons">\n${body.join('\n')}\n</div></details>`;

/** Why: its working line by line, or the rule and the check of shapes. */
export function stepReasons(step: ToldStep, names: Names, words: Words): string[] {
  const parts = step.reason === '' ? [] : [`<p>${prose(step.reason, names)}</p>`];
  if (hasFormulas(step.working)) return [...parts, workingHtml(step, names, words)];
  const { page } = words;
  const [before, after] = [step.before, step.after].map((side) => equationLatex(step.target, side)) as [
    EquationLatex,
    EquationLatex,
  ];
  if (before.right !== after.right) parts.push(labelled(page.byRule, inTurn(before, after).map(displayed).join('<br>')));
  if (step.shapes) parts.push(labelled(page.byShapes, `${typeset(shapesLatex(step.shapes))} <span class="good">✓</span>`));
  return parts;
}

/** The lines of a working in a table: what each is, the formula, what is said of it. */
function workingHtml({ target, working: lines }: ToldStep, names: Names, words: Words): string {
  const { labels } = words.working;
  const set = (tex: string): string => (tex === '' ? '' : typeset(`\\displaystyle ${tex}`));
  const rows = workingLatex(lines, target, words).map(({ label, left, right, isCheck, remark }) => {
    const formula = isCheck ? `${typeset(right)} <span class="good">✓</span>` : set(right);
    const said = remark.map((part, k) => (k % 2 === 1 ? typeset(part) : prose(part, names))).join('');
    const cells = [`<td class="left">${set(left)}</td>`, `<td class="right">${formula}</td>`, `<td class="remark">${said}</td>`];
    return `<tr><th scope="row">${escapeHtml(label ? labels[label] : '')}</th>${cells.join('')}</tr>`;
  });
  return `<div class="worked"><table class="working">\n${rows.join('\n')}\n</table></div>`;
}

/** Both on one line, unless names have to be explained on the way. */
const inTurn = (before: EquationLatex, after: EquationLatex): string[] =>
  before.left === after.left && before.where.length === 0
    ? [`${before.left} = ${equationLine({ ...after, left: before.right })}`]
    : [equationLine(before), equationLine(after)];

const displayed = (tex: string): string => typeset(`\\displaystyle ${tex}`);

const labelled = (label: string, body: string): string =>
  `<div class="labelled"><span class="label">${escapeHtml(label)}</span><span class="formula">${body}</span></div>`;

/** Outermost rule first; the inner derivatives stand below the line in which they occur. */
export function textbookHtml(step: TextbookStep, names: Names, words: Words): string {
  const [before, after, putIn, result] = sidesOf({ ...step, result: step.simplified ?? step.result }) as [
    string,
    string,
    string,
    string,
  ];
  const body = [reason(step, names, words), innerSteps(step, names, words, new Set())].filter(Boolean);
  const rule = folded(typeset(`= \\displaystyle ${after}`), ruleTag(step, words), body, true);
  const lines = [
    ...(putIn === after ? [] : [further(putIn, words.working.foundPutIn)]),
    ...(result === putIn ? [] : [further(result, words.rules.simplify.name)]),
    ...(step.identity ? [known(latexExpr(step.result), step.identity.map((side) => latexExpr(side)).join(' = '))] : []),
  ];
  return `<div class="textbook">\n<p class="formula">${typeset(`\\displaystyle ${before}`)}</p>\n<ol class="steps"><li>${rule}</li></ol>\n${lines.join('\n')}\n</div>`;
}

const sidesOf = (step: TextbookStep): string[] =>
  [step.before, step.after, step.putIn, step.result].map((side) => latexExpr(side));

/** `= 2x·ln x + x`, and why. */
const further = (tex: string, why: string): string =>
  `<div class="further"><span class="formula result">${typeset(`= \\displaystyle ${tex}`)}</span><span class="rule">${escapeHtml(why)}</span></div>`;

/** `= σ(x)(1 − σ(x))`, and the equation that it rests on. */
const known = (tex: string, equation: string): string =>
  `<div class="further"><span class="formula result">${typeset(`= \\displaystyle ${tex}`)}</span><span class="rule">${typeset(equation)}</span></div>`;

const reason = ({ rule }: TextbookStep, names: Names, words: Words): string => `<p>${prose(phrase(rule, words).why, names)}</p>`;

const ruleTag = (step: TextbookStep, words: Words): string => `<span class="rule">${escapeHtml(ruleInFull(step, words))}</span>`;

/** Each inner derivative once, though it may stand at several places. */
function innerSteps({ substeps }: TextbookStep, names: Names, words: Words, told: Set<string>): string {
  const items = substeps.flatMap((sub) => {
    const sides = [...new Set(sidesOf(sub))];
    if (told.has(sides[0]!)) return [];
    told.add(sides[0]!);
    const body = [reason(sub, names, words), innerSteps(sub, names, words, told)].filter(Boolean);
    const head = typeset(`\\displaystyle ${sides.join(' = ')}`);
    return [`<li>${folded(head, ruleTag(sub, words), body, sub.substeps.length > 0)}</li>`];
  });
  return items.length === 0 ? '' : `<ol class="steps">\n${items.join('\n')}\n</ol>`;
}

/** A derivative in closed form, and what the names in it stand for. */
export function closedForm(target: string, formula: Formula, words: Words): string {
  const { left, right, where } = equationLatex(target, formula);
  const main = `<p class="formula">${typeset(`\\displaystyle ${left} = ${right}`)}</p>`;
  if (where.length === 0) return `<div class="closed">${main}</div>`;
  const names = where.map((s) => `<span class="formula">${typeset(s)}</span>`).join(', ');
  return `<div class="closed">${main}<p class="where">${escapeHtml(words.where)} ${names}</p></div>`;
}
