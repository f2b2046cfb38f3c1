import type { Words } from '../derivation/words/index.ts';
import type { Formula, StepView } from './html.ts';
import { indexLatex, prose, shapesLatex } from './html-prose.ts';
import { escapeHtml, typeset } from './katex.ts';
import { BETWEEN, latexTarget } from './latex.ts';
import { shapeText } from './shape-text.ts';

/** The steps of a derivation: each a line, which opens to its reasons. */

type Names = ReadonlySet<string>;

/** Backwards from the objective, a step for each name on the way. */
export function stepList(steps: readonly StepView[], names: Names, words: Words): string {
  const items = steps.map((step) => {
    const parts = [...reasons(step, names, words)];
    if (step.substeps?.length) parts.push(stepList(step.substeps, names, words));
    return `<li>${folded(line(latexTarget(step.target), step.after.toLatex()), tags(step, words), parts)}</li>`;
  });
  return `<ol class="steps">\n${items.join('\n')}\n</ol>`;
}

/** `target = value`, the target in a column of its own. */
const line = (target: string, value: string): string =>
  `<span class="target">${typeset(`\\displaystyle ${target}`)}</span><span class="value">${typeset(`\\displaystyle = ${value}`)}</span>`;

const tags = (step: StepView, words: Words): string =>
  `<span class="rule">${escapeHtml(step.label)}</span><span class="shape">${shapeText(step.after.shape, words)}</span>`;

export const folded = (head: string, notes: string, body: readonly string[], open = false): string =>
  `<details${open ? ' open' : ''}><summary><span class="formula">${head}</span><span class="notes">${notes}</span></summary>\n<div class="reasons">\n${body.join('\n')}\n</div></details>`;

function reasons(step: StepView, names: Names, words: Words): string[] {
  const { page } = words;
  const parts = [`<p>${prose(step.why, names)}</p>`];
  const before = step.before.toLatex();
  const after = step.after.toLatex();
  if (before !== after)
    parts.push(labelled(page.byRule, typeset(`\\displaystyle ${latexTarget(step.target)} = ${before} = ${after}`)));
  if (step.index)
    parts.push(
      labelled(
        page.byEntries,
        indexLatex(step.index, page.contains)
          .map((l) => typeset(`\\displaystyle ${l}`))
          .join('<br>'),
      ),
    );
  if (step.shapes) parts.push(labelled(page.byShapes, `${typeset(shapesLatex(step.shapes))} <span class="good">✓</span>`));
  return parts;
}

const labelled = (label: string, body: string): string =>
  `<div class="labelled"><span class="label">${escapeHtml(label)}</span><span class="formula">${body}</span></div>`;

/** Outermost rule first; the inner derivatives stand below the line in which they occur. */
export function textbookSteps(steps: readonly StepView[], names: Names, words: Words): string {
  return steps.map((step) => textbookStep(step, names, words)).join('\n');
}

function textbookStep(step: StepView, names: Names, words: Words): string {
  const told = new Set<string>();
  const result = step.result!.toLatex();
  const body = [`<p>${prose(step.why, names)}</p>`, innerSteps(step, names, words, told)].filter(Boolean);
  const rule = folded(typeset(`= \\displaystyle ${step.after.toLatex()}`), ruleTag(step), body, true);
  const last = step.after.toLatex() === result ? '' : `<p class="formula result">${typeset(`= \\displaystyle ${result}`)}</p>`;
  return `<div class="textbook">\n<p class="formula">${typeset(`\\displaystyle ${step.before.toLatex()}`)}</p>\n<ol class="steps"><li>${rule}</li></ol>\n${last}\n</div>`;
}

const ruleTag = (step: StepView): string => `<span class="rule">${escapeHtml(step.label)}</span>`;

/** Each inner derivative once, though it may stand at several places. */
function innerSteps(step: StepView, names: Names, words: Words, told: Set<string>): string {
  const items = (step.substeps ?? []).flatMap((sub) => {
    if (told.has(sub.target)) return [];
    told.add(sub.target);
    const sides = [...new Set([sub.before, sub.after, sub.result!].map((side: Formula) => side.toLatex()))];
    const body = [`<p>${prose(sub.why, names)}</p>`, innerSteps(sub, names, words, told)].filter(Boolean);
    const nested = (sub.substeps?.length ?? 0) > 0;
    return [`<li>${folded(typeset(`\\displaystyle ${sides.join(' = ')}`), ruleTag(sub), body, nested)}</li>`];
  });
  return items.length === 0 ? '' : `<ol class="steps">\n${items.join('\n')}\n</ol>`;
}

/** A derivative in closed form, and what the names in it stand for. */
export function closedForm(target: string, value: Formula, words: Words): string {
  const statements = value.toLatex().split(BETWEEN);
  const main = `<p class="formula">${typeset(`\\displaystyle ${target} = ${statements.pop()!}`)}</p>`;
  if (statements.length === 0) return `<div class="closed">${main}</div>`;
  const where = statements.map((s) => `<span class="formula">${typeset(s)}</span>`).join(', ');
  return `<div class="closed">${main}<p class="where">${escapeHtml(words.where)} ${where}</p></div>`;
}
