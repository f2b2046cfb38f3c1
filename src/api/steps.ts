import type { Step } from '../derivation/steps.ts';
import { shortLine, shownAs } from '../language/console.ts';
import type { WrittenLine } from '../render/formats/working.ts';
import type { Expression } from './expression.ts';

/** A step as the API shows it: `before` and `after` are of equal value. */
export interface PublicStep extends Omit<Step, 'before' | 'after' | 'rules' | 'resting' | 'explained'> {
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
export function shownStep(step: PublicStep): PublicStep {
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
