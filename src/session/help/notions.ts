import type { Voice } from '../speech.ts';
import type { HelpEntry } from './search.ts';

/** A line of help on what has no record of its own. */
interface Notion {
  /** How it is written, each way. */
  readonly forms: readonly string[];
  /** With code between backticks. */
  readonly says: string;
}

/** Derivatives that are expressions, which are no functions of values; as the reference has them. */
export const derivatives: readonly Notion[] = [
  { forms: ['grad(f, x)'], says: 'the gradient of a scalar, in the shape of x' },
  { forms: ['jacobian(f, x)'], says: 'all derivatives, [f…, x…]' },
  { forms: ['hessian(f, x)', 'hessian(f, x, y)'], says: 'second derivatives' },
  {
    forms: ['grad(f, [x, y])', 'jacobian(f, [x, y])', 'hessian(f, [x, y])'],
    says: 'by several scalars at once: a column, a matrix',
  },
  { forms: ['diff(f, x, 2, y)'], says: "twice by x, then by y; also `∂f/∂x`, `∂²f/(∂x ∂y)`, `d/dx f`, `f'(x)`" },
  {
    forms: ['jvp(f, x, v)', 'vjp(f, x, v)', 'hvp(f, x, v)'],
    says: 'Jacobian times v, v times Jacobian, Hessian times v, without the matrix',
  },
];

/** Words that answers use. */
const words: readonly Notion[] = [
  {
    forms: ['kink'],
    says: 'where a function bends, as |x| at 0: the slope of least size is taken there, 0 of abs and relu, half for each of max(x, y)',
  },
  { forms: ['jump'], says: 'where a function leaps from one value to another, as step(x) at 0; beside it the derivative is 0' },
  { forms: ['branch'], says: 'one case of a choice, as of max(x, y) or x > 0 ? x : 0: the derivative is that of the case' },
  { forms: ['adjoint'], says: 'what arrives at a quantity on the way back from the objective: dZ is ∂Cost/∂Z' },
];

const nameOf = (form: string): string => /^\w+/.exec(form)![0];

/** A way to write each of the derivatives. */
export const derivativeForms: readonly string[] = derivatives
  .flatMap(({ forms }) => forms)
  .filter((form, k, all) => all.findIndex((other) => nameOf(other) === nameOf(form)) === k);

export const notionEntries = ({ say }: Voice): HelpEntry[] =>
  [...derivatives, ...words].map(({ forms, says }) => ({
    name: forms.join(', '),
    keys: [...new Set(forms.map(nameOf))],
    says: say(says).replaceAll('`', ''),
  }));
