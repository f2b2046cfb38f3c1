import type { LEVEL } from '../language/precedence.ts';

/** How a function is written: data that every printer uses, so that none knows a function by its name. */
export interface Notation {
  /** The name in Unicode text, where it differs: `σ`. */
  readonly unicode?: string;
  /** The LaTeX command: `\\sigma`, `\\operatorname{relu}`; of an operator, its sign. */
  readonly latex?: string;
  /** Where a call is more than a name before parentheses. */
  readonly form?: Form;
  /** The sign of what runs over indices or axes, which stand below it. */
  readonly big?: { readonly unicode?: string; readonly latex: string };
}

/**
 * A call with its arguments put in: `$1` is the first, in parentheses only where the sign around it needs them, `$!1` the same
 * where it binds as tightly as the base of a power, `$*` all of them with `×` between.
 */
export interface Form {
  /** By the number of arguments, where that makes a difference. */
  readonly latex?: string | Readonly<Record<number, string>>;
  readonly unicode?: string;
  /** How tightly the whole binds; nothing comes between its parts unless told. */
  readonly level?: keyof typeof LEVEL;
}
