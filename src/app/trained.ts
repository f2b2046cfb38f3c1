import { basename } from 'node:path';
import type { Assembled } from '../data/assemble.ts';
import { scaledInputs, type TrainOptions, type TrainResult } from '../descend/index.ts';
import { listed } from '../language/visible.ts';
import type { Model } from '../model/model.ts';
import type { Inputs } from '../numeric/binding.ts';
import { computable, definitionValues } from '../numeric/definitions.ts';
import { jsonText } from '../numeric/json.ts';
import { assignments, showNumber, type Value } from '../numeric/value-text.ts';
import { fitLines } from '../session/fit-text.ts';
import { sparkline } from '../session/progress.ts';
import type { Voice } from '../session/speech.ts';
import { writeWhole } from './files.ts';
import { type Session, type SourceText, STATUS } from './io.ts';
import { katexFiles } from './katex-files.ts';
import { plainScalings, saveParameters } from './parameters.ts';

/** What a run of `train` hands out when it has ended. */

/** Definitions with more entries than this are not shown with the result. */
const MOST_ENTRIES = 12;
const DIGITS = 6;

/** A run that has ended, and what it was a run of. */
interface Ended {
  readonly model: Model;
  readonly source: SourceText;
  readonly options: TrainOptions;
  readonly data: Inputs;
  /** Whether data came a batch at a time, and none is there. */
  readonly streams: boolean;
  readonly classes: Assembled['classes'];
  readonly result: TrainResult;
}

/** Where what was learned goes. */
interface Outlets {
  readonly json: boolean;
  readonly save: string | undefined;
  readonly report: string | undefined;
}

/** Tells what was learned, and writes it into the files that are asked for. */
export async function handOut(session: Session, ended: Ended, { json, save, report }: Outlets): Promise<void> {
  const { model, classes, result } = ended;
  // Where parameters are those for scaled data, so is all that is computed with them.
  const data = scaledInputs(model, ended.data, result.scaling ?? {});
  const known = { ...data, ...result.params };
  // Metrics are told of the examples that were learned from, and of those put aside.
  const measured = new Set(model.metrics.map((metric) => metric.name));
  const values = definitionValues(computable(model, known), known, MOST_ENTRIES).filter(([name]) => !measured.has(name));
  if (json) session.line(jsonText(jsonResult(result, values, classes, session.voice.say)));
  else tell(session, ended, values);
  if (save !== undefined) await saveParameters(save, result, classes);
  if (report !== undefined) await writeReport(session, { ...ended, data }, report);
}

async function writeReport(session: Session, { source, options, data, classes, result }: Ended, file: string): Promise<void> {
  const { trainingReport } = await import('../report/index.ts');
  const { words } = session.voice;
  const { text, file: from } = source;
  writeWhole(
    file,
    await trainingReport(result, options, {
      source: text,
      data,
      classes,
      words,
      katex: katexFiles,
      ...(from && { title: basename(from) }),
    }),
  );
  session.note(`the report is in ${file}`);
}

function tell(session: Session, { model, streams, classes, result }: Ended, values: [string, Value][]): void {
  const { params, cost, epochs, stopped, best, history, validation, bounded, fit, optimizer, metrics, test } = result;
  const { name = 'cost' } = model.objective!;
  const told = new Set([name, ...Object.keys(metrics ?? {})]);
  const rows: [string, Value][] = [...Object.entries(params), ...values.filter(([other]) => !told.has(other))];
  const show = (x: number) => showNumber(x, DIGITS);
  const unit = epochs === 1 ? 'epoch' : 'epochs';
  const after = session.voice.say(stopped === 'converged' ? `Converged after ${epochs} ${unit}` : `After ${epochs} ${unit}`);
  // The parameters may be those of another epoch than the last.
  const back = best === 0 ? 'the start' : `epoch ${best}`;
  session.line(best === undefined || best === epochs ? after : session.voice.say(`${after}, back to ${back}`));
  for (const text of assignments(rows, () => DIGITS, '  ')) session.line(text);
  const { say } = session.voice;
  // Of batches that come and go nobody knows the cost of all before the first step.
  const first = streams && epochs > 0 ? `${show(history[0]!)} ${say('(mean within the first epoch)')}` : show(history[0]!);
  session.line(`  ${name} ${first} → ${show(cost)}   ${sparkline(history)}`.trimEnd());
  // There is none of the start.
  const last = validation?.[(best ?? epochs) - 1];
  if (last !== undefined) session.line(`  ${say('validation')} ${show(last)}`);
  for (const [metric, value] of Object.entries(metrics ?? {})) session.line(`  ${metric} ${show(value)}`);
  if (test) {
    const seen = [
      `${name} ${show(test.cost)}`,
      ...Object.entries(test.metrics).map(([metric, value]) => `${metric} ${show(value)}`),
    ];
    session.line(`  ${say('of the examples put aside')}: ${seen.join(', ')}`);
  }
  if (optimizer.reason) session.line(`  ${optimizer.name}: ${say(optimizer.reason)}`);
  if (fit) for (const text of fitLines(fit, say)) session.line(text);
  for (const [of, names] of Object.entries(classes))
    session.line(session.voice.say(`  the classes of ${of} are ${listed([...names])}`));
  for (const { name: of, fact, bound, entries, of: all } of bounded) {
    const which = all === 1 ? of : `${entries} of the ${all} entries of ${of}`;
    const [lie, them] = entries === 1 ? ['lies', 'it'] : ['lie', 'them'];
    session.line(
      fit
        ? say(`  ${which} ${lie} at the bound ${show(bound)} of "${fact}": the errors take ${them} as given`)
        : say(`  ${which} ${lie} at the bound ${show(bound)} of "${fact}"`),
    );
  }
}

function jsonResult(
  {
    params,
    cost,
    epochs,
    stopped,
    history,
    bounded,
    error,
    scaling,
    fit,
    optimizer,
    best,
    metrics,
    test,
    validation,
  }: TrainResult,
  values: [string, Value][],
  classes: Readonly<Record<string, readonly string[]>>,
  say: Voice['say'],
) {
  return {
    cost,
    firstCost: history[0],
    params,
    definitions: Object.fromEntries(values),
    epochs,
    stopped,
    optimizer,
    ...(best !== undefined && { best }),
    ...(validation && { validation: Array.from(validation) }),
    ...(metrics && { metrics }),
    ...(test && { test }),
    ...(fit && { fit }),
    ...(scaling && { scaling: plainScalings(scaling) }),
    ...(bounded.length > 0 && { bounded }),
    ...(Object.keys(classes).length > 0 && { classes }),
    ...(error && { error: say(error.message) }),
  };
}

/** The exit status, and a word on a run that did not go well. */
export function judge(session: Session, model: Model, { stopped, error, warnings }: TrainResult): number {
  session.warnings(warnings.filter((warning) => !model.warnings.includes(warning)));
  if (error) {
    session.error(error);
    return STATUS.failed;
  }
  if (stopped === 'aborted') {
    session.warn('stopped before the last epoch');
    return STATUS.interrupted;
  }
  return STATUS.done;
}
