import { subexpressions } from '../language/parts.ts';
import type { Source } from '../language/tree.ts';
import type { Notation } from '../reading/hoist.ts';

/** The notation that is wanted; where it is left open that of the source: who defines arrays by their sums reads indices. */
export const notationOf = (source: Source, wanted: Notation | 'auto' = 'auto'): Notation =>
  wanted !== 'auto' ? wanted : definesBySums(source) ? 'index' : 'matrix';

/** `C[i, j] = sum[k](A[i, k]*B[k, j])`. */
const definesBySums = ({ statements }: Source): boolean =>
  statements.some(
    (statement) => statement.kind === 'entries' && [...subexpressions([statement.value])].some(({ kind }) => kind === 'indexed'),
  );
