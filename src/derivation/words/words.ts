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
  readonly where: string;
  /** Beside the sum over what a broadcast repeats: `b is shared by all m columns`. */
  readonly sharedNote: (applied: Applied) => string;
}
