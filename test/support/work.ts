import type { Program, Statement } from '../../src/compile/program.ts';

/** How often the statements of a program are run, those of a product for each of its multiplications. */
export const workOf = ({ before, compute, commit }: Program): number =>
  [before, compute, commit].reduce((n, s) => n + workIn(s), 0);

function workIn(statements: readonly Statement[]): number {
  let work = 0;
  for (const s of statements) {
    if (s.kind === 'loop') work += s.counter.extent * workIn(s.body);
    else if (s.kind === 'product') {
      work += [s.rows, s.columns, ...s.summed].reduce((n, c) => n * c.extent, 1);
    } else work += s.kind === 'call' ? s.out.length : 1;
  }
  return work;
}
