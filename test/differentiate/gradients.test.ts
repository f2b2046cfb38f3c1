import fc from 'fast-check';
import { expect, it } from 'vitest';
import { check } from '../../src/api/check.ts';
import { GradusError } from '../../src/language/diagnostics.ts';
import { failures } from '../../src/verify/index.ts';
import { describeGenerated, expressions, runs } from '../support/generate.ts';

it('the derivative of every expression agrees with differences', { timeout: 120_000 }, async () => {
  let without = 0;
  const total = runs(100);
  await fc.assert(
    fc.asyncProperty(expressions(), async (generated) => {
      const { source, wrt, shapes } = generated;
      try {
        const report = await check(source, { wrt, shapes, points: 1 });
        expect(report.ok, `${describeGenerated(generated)}\n${failures(report).join('\n')}`).toBe(true);
      } catch (error) {
        // A random expression may be nowhere smooth and finite: a logarithm of something negative.
        if (!(error instanceof GradusError) || error.code !== 'domain') throw error;
        without++;
      }
    }),
    { numRuns: total },
  );
  expect(without).toBeLessThan(total / 5);
});
