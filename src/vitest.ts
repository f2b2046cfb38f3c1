import { expect } from 'vitest';
import { check, type GradientCheckOptions } from './api/check.ts';
import { Derivation } from './api/derive.ts';
import { type CheckOptions, check as checkSource } from './calculus/check.ts';
import { GradusError } from './language/diagnostics.ts';
import { parse } from './language/parser.ts';
import { type CheckReport, checkGradients, failures, judge, type VerifyOptions } from './verify/index.ts';

/** Matchers for vitest; importing this module adds them. Both are asynchronous: `await expect(…)…`. */
interface GradientMatchers {
  /**
   * Of a source or a derivation: every derivative agrees with differences of the function itself.
   * @throws GradusError for a source that is wrong or has no domain
   */
  toHaveCorrectGradients(options?: GradientCheckOptions): Promise<void>;
  /**
   * Of an expression: it is the derivative of `source` by `wrt`, by value at random points, however it is written.
   * @throws GradusError if one of the two is wrong in itself
   */
  toBeDerivativeOf(source: string, wrt: string, options?: CheckOptions & VerifyOptions): Promise<void>;
}

declare module 'vitest' {
  interface Matchers<T> extends GradientMatchers {}
}

interface Verdict {
  readonly pass: boolean;
  readonly message: () => string;
}

expect.extend({
  async toHaveCorrectGradients(received: unknown, options: GradientCheckOptions = {}): Promise<Verdict> {
    const report = await reportOf(received, options);
    const where = `at ${report.points} points (worst relative error ${report.worst.toPrecision(2)})`;
    return {
      pass: report.ok,
      message: () => (report.ok ? `every derivative agrees with differences ${where}` : failures(report).join('\n')),
    };
  },

  async toBeDerivativeOf(received: unknown, source: string, wrt: string, options: CheckOptions & VerifyOptions = {}) {
    if (typeof received !== 'string') throw new TypeError('toBeDerivativeOf is about the text of an expression');
    const claim = `${received} is the derivative of ${source} by ${wrt}`;
    const wrong = (why: string): Verdict => ({ pass: false, message: () => `it is not so that ${claim}: ${why}` });
    try {
      const report = await judge(checkSource(parse(source), options), wrt, received, options);
      return report.ok ? { pass: true, message: () => claim } : wrong(failures(report).join('\n'));
    } catch (error) {
      if (error instanceof GradusError && error.code === 'shape' && !error.span) return wrong(error.message);
      throw error;
    }
  },
});

function reportOf(received: unknown, options: GradientCheckOptions): Promise<CheckReport> {
  if (typeof received === 'string') return check(received, options);
  if (received instanceof Derivation) return checkGradients(received.model, received.wrt, options);
  throw new TypeError('toHaveCorrectGradients is about a source or a derivation');
}
