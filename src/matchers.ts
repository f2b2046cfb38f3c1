import { check, type GradientCheckOptions } from './api/check.ts';
import { Derivation } from './api/derive.ts';
import { wordsOf } from './derivation/words/index.ts';
import { elaborate } from './elaborate/elaborate.ts';
import { GradusError } from './language/diagnostics.ts';
import { parse } from './language/parser.ts';
import { speechOf } from './language/speech.ts';
import type { CheckOptions } from './model/model.ts';
import { judgeClaim } from './verify/claims/index.ts';
import { claimLines } from './verify/claims/text.ts';
import { type CheckReport, checkGradients, failures, type VerifyOptions } from './verify/index.ts';

/** What `expect` gains. Both are asynchronous: `await expect(…)…`. */
export interface GradientMatchers {
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

/** What a matcher gives to jest, vitest and bun alike. */
export interface Verdict {
  readonly pass: boolean;
  readonly message: () => string;
}

/** Matchers for any `expect.extend`, of jest, bun or vitest: `expect.extend(matchers)`. */
export const matchers = {
  async toHaveCorrectGradients(received: unknown, options: GradientCheckOptions = {}): Promise<Verdict> {
    const report = await reportOf(received, options);
    const where = `at ${report.points} points (worst relative error ${report.worst.toPrecision(2)})`;
    return {
      pass: report.ok,
      message: () => {
        const lines = report.ok ? [`every derivative agrees with differences ${where}`] : failures(report);
        return lines.map((line) => inLanguage(line, options)).join('\n');
      },
    };
  },

  async toBeDerivativeOf(
    received: unknown,
    source: string,
    wrt: string,
    options: CheckOptions & VerifyOptions = {},
  ): Promise<Verdict> {
    if (typeof received !== 'string') throw new GradusError('argument', 'toBeDerivativeOf is about the text of an expression');
    const claim = `${received} is the derivative of ${source} by ${wrt}`;
    const model = elaborate(parse(source), options, [wrt]);
    const { seed, points } = options;
    const report = judgeClaim(model, wrt, received, { ...(seed !== undefined && { seed }), ...(points && { points }) });
    const told = claimLines(report, wordsOf(options)).join('\n');
    return {
      pass: report.ok,
      message: () => inLanguage(report.ok ? claim : `it is not so that ${claim}:\n${told}`, options),
    };
  },
};

/** A text of ours in the language that the options ask for. */
const inLanguage = (text: string, { lang }: Pick<CheckOptions, 'lang'>): string => speechOf(lang)?.say(text) ?? text;

function reportOf(received: unknown, options: GradientCheckOptions): Promise<CheckReport> {
  if (typeof received === 'string') return check(received, options);
  if (received instanceof Derivation) return checkGradients(received.model, received.wrt, options);
  throw new GradusError('argument', 'toHaveCorrectGradients is about a source or a derivation');
}
