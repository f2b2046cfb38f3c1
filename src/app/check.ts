import { judgeClaims } from '../api/check.ts';
import { namesToDerive } from '../api/derive.ts';
import { check } from '../calculus/check.ts';
import { english } from '../derivation/words/en.ts';
import { languages } from '../derivation/words/index.ts';
import { parse } from '../language/parser.ts';
import { jsonText } from '../numeric/json.ts';
import { type CheckReport, checkGradients, failures, type Method, type PartialReport } from '../verify/index.ts';
import { verdictText } from '../verify/judge/text.ts';
import type { Shapes } from './arguments.ts';
import { merged, readData } from './data.ts';
import { asUsage } from './derive.ts';
import { type Session, STATUS } from './io.ts';
import { readSource } from './source.ts';
import { plainNumber } from './values.ts';

export interface CheckArguments {
  readonly wrt?: readonly string[];
  readonly shape?: Shapes;
  readonly data: readonly string[];
  readonly seed: number;
  readonly points?: number;
  readonly json?: boolean;
  readonly claim?: Readonly<Record<string, string>>;
  readonly lang?: string;
  readonly maxEntries?: number;
}

const METHOD: Readonly<Record<Method, string>> = {
  bignumber: 'differences of 64-digit numbers',
  richardson: 'extrapolated differences of doubles',
};

/** `gradus check`: the derivatives against differences of the function itself. A failure is status 3. */
export async function run(session: Session, argument: string, options: CheckArguments): Promise<number> {
  const { text } = await readSource(argument, session);
  const { shape, maxEntries } = options;
  const model = check(parse(text), { ...(shape && { shapes: shape }), ...(maxEntries && { maxEntries }) });
  session.warnings(model.warnings);
  if (options.claim) {
    const { claim } = options;
    const judged = judgeClaims(model, claim, languages[options.lang ?? 'en']!, options);
    if (options.json) session.line(jsonText(judged));
    else for (const { message } of Object.values(judged.claims)) session.line(message);
    return judged.ok ? STATUS.done : STATUS.failed;
  }
  const names = asUsage(() => namesToDerive(model, options.wrt));
  const inputs = merged(await Promise.all(options.data.map(readData)), model.inputs.keys(), session.warn.bind(session));
  const { seed, points } = options;
  const report = await checkGradients(model, names, { seed, inputs, ...(points && { points }) });
  if (options.json) session.line(jsonText(report));
  else for (const line of reportLines(report, model.objective?.name ?? 'f')) session.line(line);
  return report.ok ? STATUS.done : STATUS.failed;
}

export function reportLines(report: CheckReport, objective: string): string[] {
  const partials = Object.entries(report.partials);
  const width = Math.max(...partials.map(([name]) => [...name].length));
  const points = `${report.points} random ${report.points === 1 ? 'point' : 'points'}`;
  return [
    ...partials.map(
      ([name, p]) => `${p.ok ? '✓' : '✗'} ∂${objective}/∂${name}${' '.repeat(width - [...name].length)}   ${errors(p)}`,
    ),
    `against ${METHOD[report.method]} at ${points}`,
    ...failures(report, objective),
  ];
}

/** How far the exact derivative and what runs in doubles are from the differences. */
const errors = ({ relativeError, compiled, printed }: PartialReport): string =>
  `relative error ${plainNumber(relativeError, 2)}, compiled ${plainNumber(compiled.relativeError, 2)}${printed ? `; as printed ${verdictText(printed, english)}` : ''}`;
