import { parse } from '../language/parser.ts';
import { subexpressions } from '../language/parts.ts';

/** Who defines arrays by their entries, `C[i, j] = sum[k](A[i, k]*B[k, j])`, reads indices. */
export const definesBySums = (source: string): boolean =>
  parse(source).statements.some(
    (statement) => statement.kind === 'entries' && [...subexpressions([statement.value])].some(({ kind }) => kind === 'indexed'),
  );
