import { readFileSync, writeFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { evaluate } from '../../src/compile/index.ts';
import { bigNumbers } from '../../src/verify/big-numbers.ts';
import { asRun, asWritten, type Bits, bitsOver, PARAMETERS, referenceRows } from '../support/bits.ts';

/**
 * Bits of error over doubles of every size, of formulas and their first two derivatives: as they are written, and as
 * they are compiled. `UPDATE=1` writes the table of the documentation anew.
 */
const DOCUMENT = new URL('../../docs/accuracy.md', import.meta.url);
const KINDS = ['f', 'f′', 'f″'] as const;
/** What a rounding more or less may change in an average. */
const NOISE = 0.5;

const tables = [...referenceRows()];
const written = new Map(tables.map(([source, rows]) => [source, bitsOver(rows, asWritten(source).values)]));
const run = new Map(tables.map(([source, rows]) => [source, bitsOver(rows, asRun(source))]));

const cell = ({ average, worst }: Bits): string => `${average.toFixed(1)} / ${worst.toFixed(0)}`;

const line = (source: string): string =>
  `| \`${source.replaceAll('|', '\\|')}\` | ${KINDS.map((_, k) => `${cell(written.get(source)![k]!)} | ${cell(run.get(source)![k]!)}`).join(' | ')} |`;

function document(): string {
  return `# Accuracy

How many of the 64 bits of a double are wrong, on average and at worst, over doubles of every size: of formulas of one
variable and of their first two derivatives, evaluated operation by operation as they are written and as gradus compiles
them. The true values come from another program, in as many digits as it takes (\`test/accuracy/reference.py\`). The test
that writes this table (\`UPDATE=1 npx vitest run test/accuracy\`) also holds it: nothing may become worse than it says.

The first ${HAMMING} are Hamming's examples of cancellation (Numerical Methods for Scientists and Engineers, chapter 3), the
others tails and more of the kind; d is 1e-8, a 1.25, n 7, y 0.3. A value next to a zero of a function that is no double
has few digits in any formula.

| formula | f as written | f runs | f′ as written | f′ runs | f″ as written | f″ runs |
| --- | --- | --- | --- | --- | --- | --- |
${tables.map(([source]) => line(source)).join('\n')}
`;
}

const HAMMING = 28;

if (process.env.UPDATE) writeFileSync(DOCUMENT, document());

/** The averages and worst bits that the document promises. */
const promised = new Map(
  readFileSync(DOCUMENT, 'utf8')
    .split('\n')
    .filter((l) => l.startsWith('| `'))
    .map((l) => {
      const [formula, ...cells] = l.slice(2, -2).split(' | ');
      const numbers = cells.map((text) => text.split(' / ').map(Number));
      return [formula!.slice(1, -1), [numbers[1]!, numbers[3]!, numbers[5]!]] as const;
    }),
);

describe.each(tables.map(([source, rows]) => [source, rows] as const))('%s', (source, rows) => {
  it('runs no worse than it is written, and no worse than documented', () => {
    for (const [k, kind] of KINDS.entries()) {
      const [before, now] = [written.get(source)![k]!, run.get(source)![k]!];
      expect(now.average, `${kind} as it runs`).toBeLessThanOrEqual(before.average + NOISE);
      const [average, worst] = promised.get(source)![k]!;
      expect(now.average, `${kind} on average`).toBeLessThanOrEqual(average! + NOISE);
      expect(now.worst, `${kind} at worst`).toBeLessThanOrEqual(worst! + 2);
    }
  });

  it('has these values in 64 digits too', async () => {
    const numbers = await bigNumbers();
    const { nodes } = asWritten(source);
    const ordinary = rows.filter(([x]) => Math.abs(x) > 0.05 && Math.abs(x) < 5).slice(0, 4);
    for (const [x, ...truth] of ordinary) {
      const given = (name: string) => numbers.from(name === 'x' ? x : PARAMETERS[name]!);
      const found = evaluate(nodes, (v) => ({ shape: [], data: [given(v.name)] }), new Map(), numbers.arithmetic);
      for (const [k, value] of truth.entries()) {
        const exact = found[k]!.data[0]!.toNumber();
        expect(Math.abs(exact - value), `${KINDS[k]} at ${x}`).toBeLessThanOrEqual(1e-13 * Math.abs(value) + 1e-300);
      }
    }
  });
});
