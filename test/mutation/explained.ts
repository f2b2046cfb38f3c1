/** Mutants that change nothing that a test should ask for, and why. Lines are as they stand, without their indent. */
export interface Explained {
  readonly file: string;
  readonly before: string;
  readonly after: string;
  readonly why: string;
}

export const EXPLAINED: readonly Explained[] = [];
