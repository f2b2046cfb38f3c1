import { ruleName, ruleText, whyText } from '../derivation/labels.ts';
import type { Step } from '../derivation/steps.ts';
import type { TextbookStep } from '../derivation/textbook.ts';
import type { Page } from '../derivation/walk.ts';
import { phrase, type Words } from '../derivation/words/index.ts';
import { workingOf } from '../derivation/working.ts';
import type { Graph } from '../graph/graph.ts';
import { shortLine, shownAs } from '../language/console.ts';
import { proofInIndices, type WrittenLine, writtenWorking } from '../render/formats/working.ts';
import { Expression } from './expression.ts';

/** A step as the API shows it: `before` and `after` are of equal value. */
export interface PublicStep extends Omit<Step, 'before' | 'after' | 'rules' | 'resting' | 'vanishing' | 'explained'> {
  /** The name that people know the rule by: 'product rule', 'sigmoid'. */
  readonly rule: string;
  /** What stands beside the step: the rule with its formula, `chain rule, σ′ = σ(1 − σ)`. */
  readonly label: string;
  readonly why: string;
  /** What is declared or known of values that `after` rests on: `each column of Y sums to 1`. */
  readonly resting?: readonly string[];
  readonly before: Expression;
  readonly after: Expression;
  /** The step as a small proof, line by line: forward, the paths that add up, why the product of matrices is that one. */
  readonly working?: readonly WrittenLine[];
  /** The working of a product of arrays in one line: `Z_ik = Σ_j W_ij X_jk ⇒ ∂Cost/∂W_ij = Σ_k dZ_ik X_jk`. */
  readonly index?: string | undefined;
  /** Where `after` leaves inner derivatives to the substeps: the value in closed form. */
  readonly result?: Expression;
  readonly substeps?: readonly PublicStep[];
}

/** A step that a console shows in a line, `dA = (A − Y)/m   (power rule)`, and JSON with its expressions as text. */
function shownStep(step: PublicStep): PublicStep {
  const line = ({ target, after, result, label }: PublicStep) =>
    `${target} = ${shortLine((result ?? after).toUnicode())}   (${label})`;
  return shownAs(step, line, { toString: line, toJSON: stepJson });
}

/** A step with its expressions as text. */
export const stepJson = ({ before, after, result, substeps, working, index, ...rest }: PublicStep): object => ({
  ...rest,
  ...(index !== undefined && { index }),
  ...(working && working.length > 0 && { working }),
  before: before.toString(),
  after: after.toString(),
  ...(result && { result: result.toString() }),
  ...(substeps && { substeps: substeps.map(stepJson) }),
});

/** A step of a textbook's reading, with the derivatives inside it as steps of their own. */
export function textbookStep(graph: Graph, step: TextbookStep, words: Words): PublicStep {
  const { name, why } = phrase(step.rule, words);
  const before = Expression.written(graph, step.before, step.value);
  const after = Expression.written(graph, step.after, step.value);
  const result = Expression.written(graph, step.result, step.value);
  const target = before.toUnicode();
  const substeps = step.substeps.map((s) => textbookStep(graph, s, words));
  return shownStep({
    id: target,
    uses: substeps.map(({ id }) => id),
    rule: name,
    label: ruleName(step, words),
    target,
    before,
    after,
    result,
    why,
    substeps,
  });
}

/**
 * A step of the sweep.
 * @param page all steps, whose letters have one meaning
 */
export function publicStep(graph: Graph, step: Step, words: Words, page: () => Page): PublicStep {
  const { rules, before, after, resting, vanishing: _, explained: __, ...rest } = step;
  const [first] = rules;
  const { name } = phrase(first ?? { id: 'objective', name: '' }, words);
  const why = whyText(step, words);
  const label = ruleText(step, words);
  const told = { rule: name, label, why, ...(resting && { resting: resting.map(words.resting) }) };
  let lines: readonly WrittenLine[] | undefined;
  const working = (): readonly WrittenLine[] => {
    lines ??= writtenWorking(workingOf(page(), step), words);
    return lines;
  };
  return shownStep({
    ...rest,
    ...told,
    before: new Expression(graph, before),
    after: new Expression(graph, after),
    get working() {
      return working();
    },
    get index() {
      return proofInIndices(working());
    },
  });
}
