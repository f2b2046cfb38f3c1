import type { Input } from '../model/model.ts';

/** What descent keeps of an entry, or of a matrix, as it is declared. */
export interface Kept {
  readonly name: string;
  /** An entry moves with that across the diagonal. */
  readonly symmetric: boolean;
  /** The least and the most that an entry may be. */
  readonly least: number;
  readonly most: number;
  /** The least is never reached: a step goes at most halfway there. */
  readonly open: boolean;
}

/** The parameters of which something is declared that a step could undo. */
export const keptOf = (params: readonly Input[]): Kept[] =>
  params.flatMap(({ name, facts }) => {
    const records = facts.map(({ record }) => record).filter(({ kept }) => kept !== undefined);
    const bounds = records.flatMap((record) => record.bounds ?? []);
    const least = Math.max(Number.NEGATIVE_INFINITY, ...bounds.map((b) => b.least));
    const most = Math.min(Number.POSITIVE_INFINITY, ...bounds.map((b) => b.most));
    const open = bounds.some((b) => b.open === true && b.least === least);
    const symmetric = records.some((record) => record.symmetric === true);
    return symmetric || bounds.length > 0 ? [{ name, symmetric, least, most, open }] : [];
  });
