import { askedBy, judgeClaims } from '../api/check.ts';
import { namesToDerive } from '../api/derive.ts';
import { fallbacks } from '../compile/index.ts';
import { elaborate } from '../elaborate/elaborate.ts';
import { parse } from '../language/parser.ts';
import { objectiveName } from '../model/objective-name.ts';
import { jsonText } from '../numeric/json.ts';
import { checkGradients } from '../verify/index.ts';
import { reportLines } from '../verify/report-text.ts';
import type { Shapes } from './arguments.ts';
import { type DataArguments, dataFor } from './data-files.ts';
import { asOption, asUsage } from './derive.ts';
import { type Session, STATUS } from './io.ts';
import { readSource } from './source.ts';

interface CheckArguments extends DataArguments {
  readonly wrt?: readonly string[];
  readonly shape?: Shapes;
  readonly seed: number;
  readonly points?: number;
  readonly json?: boolean;
  readonly claim?: Readonly<Record<string, string>>;
  readonly maxEntries?: number;
}

/** `gradus check`: the derivatives against differences of the function itself. A failure is status 3. */
export async function run(session: Session, argument: string, options: CheckArguments): Promise<number> {
  const { text } = await readSource(argument, session);
  const { shape, maxEntries } = options;
  const model = elaborate(
    parse(text, undefined, shape),
    { ...(shape && { shapes: shape }), ...(maxEntries && { maxEntries }) },
    askedBy(options),
  );
  session.warnings([...model.warnings, ...fallbacks()]);
  if (options.claim) {
    const { claim } = options;
    const judged = judgeClaims(model, claim, session.voice.words, options);
    if (options.json) session.line(jsonText(judged));
    else for (const { message } of Object.values(judged.claims)) session.line(message);
    return judged.ok ? STATUS.done : STATUS.failed;
  }
  const names = asUsage(() => namesToDerive(model, options.wrt, asOption));
  const { inputs } = await dataFor(model, options, session);
  const { seed, points } = options;
  const report = await checkGradients(model, names, { seed, inputs, ...(points && { points }) });
  if (options.json) session.line(jsonText(report));
  else for (const line of reportLines(report, objectiveName(model), session.voice)) session.line(line);
  return report.ok ? STATUS.done : STATUS.failed;
}
