import type { TextbookStep } from '../derivation/textbook.ts';
import type { Words } from '../derivation/words/index.ts';
import { phrase } from '../derivation/words/index.ts';
import type { Node } from '../graph/node.ts';
import { dependents, topological } from '../graph/traverse.ts';
import type { Expr } from '../language/tree.ts';
import type { Model } from '../model/model.ts';
import type { Operator } from '../operators/operator.ts';
import { Reader } from '../reading/read.ts';
import type { Formula, StepView } from './html.ts';
import { folded, textbookSteps } from './html-steps.ts';
import { escapeHtml, typeset } from './katex.ts';
import { latexExpr } from './latex.ts';
import { type Lemma, lemmaOf } from './lemma.ts';
import { ruleName } from './textbook-text.ts';

/** Why the functions on the way have the derivatives that the steps say: each lemma opens to its own derivation. */
export function lemmaList(model: Model, wrt: readonly string[], words: Words): string {
  const lemmas = operatorsOf(model, wrt).flatMap((operator) => lemmaOf(operator) ?? []);
  return lemmas.map((lemma) => lemmaHtml(lemma, words)).join('\n');
}

/** The functions that the derivative passes through, outermost first. */
function operatorsOf(model: Model, wrt: readonly string[]): Operator[] {
  const order = topological([model.objective!.node]);
  const variables = wrt.flatMap((name) => model.inputs.get(name)?.node ?? []);
  const active = dependents(order, variables);
  return [...new Set(order.flatMap((n) => (n.kind === 'apply' && active.has(n) ? [n.operator] : [])))].reverse();
}

function lemmaHtml({ operator, value, definition, derivation, stated }: Lemma, words: Words): string {
  const write = (node: Node) => latexExpr(new Reader().read(node));
  const says = typeset(`\\displaystyle \\frac{d}{dz} ${write(value)} = ${write(stated)}`);
  const body = [
    `<p class="formula">${typeset(`\\displaystyle ${write(value)} = ${write(definition)}`)}</p>`,
    textbookSteps([viewOf(derivation, words)], new Set(['z']), words),
    `<p class="formula result">${typeset(`= \\displaystyle ${write(stated)}`)}</p>`,
  ];
  return folded(says, `<span class="rule">${escapeHtml(phrase({ id: operator, name: '' }, words).name)}</span>`, body);
}

function viewOf(step: TextbookStep, words: Words): StepView {
  const formula = (expr: Expr): Formula => ({ shape: [], toLatex: () => latexExpr(expr) });
  return {
    rule: ruleName(step, words),
    label: ruleName(step, words),
    target: latexExpr(step.before),
    why: phrase(step.rule, words).why,
    before: formula(step.before),
    after: formula(step.after),
    result: formula(step.result),
    substeps: step.substeps.map((s) => viewOf(s, words)),
  };
}
