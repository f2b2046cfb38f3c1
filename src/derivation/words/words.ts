import type { Applied, RuleId } from '../rules.ts';

/** A rule's name and its reason, in one human language. */
export interface Phrase {
  readonly name: string;
  readonly why: (applied: Applied) => string;
}

/** Everything that a derivation says in words. A language is one of these; see `index.ts`. */
export interface Words {
  readonly rules: Readonly<Record<RuleId, Phrase>>;
  /** For operators' own rules, by id, where the record's English is not meant. */
  readonly operators: Readonly<Record<string, { readonly name: string; readonly why: string }>>;
  readonly chainRule: string;
  readonly roles: Readonly<Record<'data' | 'param' | 'const' | 'free', string>>;
  readonly scalar: string;
  readonly backwards: (targets: string, objective: string) => string;
  readonly and: string;
  readonly inOneLine: string;
  /** Above the numbers of each example, and of the quantities found on the way there and back. */
  readonly example: string;
  readonly forward: string;
  readonly backward: string;
  readonly where: string;
  /** Beside the sum over what a broadcast repeats: `b is shared by all m columns`. */
  readonly sharedNote: (applied: Applied) => string;
  readonly claims: ClaimWords;
}

/** What is said of a derivative that a person wrote. */
export interface ClaimWords {
  readonly right: (target: string, claim: string) => string;
  readonly wrong: (target: string, claim: string) => string;
  readonly noValue: (why: string) => string;
  readonly differs: (place: string, entry: string, claimed: string, derived: string) => string;
  readonly slips: Readonly<Record<SlipName, string>>;
  readonly instead: (from: string, to: string) => string;
  readonly corrected: (right: string) => string;
  readonly unknown: (derived: string) => string;
  readonly belongs: (step: number, text: string) => string;
}

export type SlipName =
  | 'sign'
  | 'factor'
  | 'mean'
  | 'missing-function'
  | 'extra-function'
  | 'transpose'
  | 'order'
  | 'entrywise'
  | 'matrix'
  | 'name';
