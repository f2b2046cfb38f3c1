import { readFileSync } from 'node:fs';

/** What a run of the tests is told by the one that started it, in the file that `ORDERS` names. */
export interface Orders {
  readonly root: string;
  /** Sources that stand in place of what the files hold. */
  readonly sources: Readonly<Record<string, string>>;
  /** The files of tests in their order, each with the names of the tests that run; all of both if left out. */
  readonly tests?: readonly (readonly [file: string, names: readonly string[]])[] | undefined;
  readonly workers: number;
}

/** What it answers, a line each. */
export type Answer =
  | {
      readonly kind: 'test';
      readonly file: string;
      readonly name: string;
      readonly passed: boolean;
      readonly ms: number;
      readonly reached: readonly number[];
    }
  | { readonly kind: 'file'; readonly file: string; readonly broken?: string | undefined; readonly reached: readonly number[] }
  | { readonly kind: 'end'; readonly failed: boolean };

export const MARK = '\u0001answer ';

export const orders = (): Orders => JSON.parse(readFileSync(process.env.ORDERS!, 'utf8'));
