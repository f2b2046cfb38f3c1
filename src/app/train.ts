import { existsSync } from 'node:fs';
import { derive } from '../api/derive.ts';
import { prepare, type TrainOptions, type TrainResult } from '../descend/index.ts';
import { elaborate } from '../elaborate/elaborate.ts';
import { GradusError } from '../language/diagnostics.ts';
import { parse } from '../language/parser.ts';
import { listed } from '../language/visible.ts';
import type { Model } from '../model/model.ts';
import { computable, definitionValues } from '../numeric/definitions.ts';
import { jsonText } from '../numeric/json.ts';
import { assignments, showNumber, type Value } from '../numeric/value-text.ts';
import { fitLines } from '../session/fit-text.ts';
import { sparkline } from '../session/progress.ts';
import type { Voice } from '../session/speech.ts';
import { type DataArguments, dataFor, streamFor } from './data-files.ts';
import { type EngineArguments, engineFor } from './engine/asked.ts';
import { refuseOverwriting, writeWhole } from './files.ts';
import { type Session, STATUS } from './io.ts';
import { katexFiles } from './katex-files.ts';
import { provideCompiler, quickening } from './native/quickening.ts';
import { isNpz, keepsNoClasses, keepsNoScaling, plainScalings, saveParameters } from './parameters.ts';
import { jsonLines, progressLine } from './progress.ts';
import { readSource, readText } from './source.ts';

interface TrainArguments
  extends Omit<TrainOptions, 'signal' | 'onProgress' | 'checkpoint' | 'classes'>,
    DataArguments,
    EngineArguments {
  readonly checkpoint?: string;
  readonly save?: string;
  readonly progress?: 'json';
  readonly quiet?: boolean;
  readonly json?: boolean;
  readonly report?: string;
}

/** Definitions with more entries than this are not shown with the result. */
const MOST_ENTRIES = 12;
const DIGITS = 6;

/** `gradus train`: the derivation, then the run, then what was learned. */
export async function run(session: Session, argument: string, options: TrainArguments): Promise<number> {
  const {
    quiet = false,
    json = false,
    data: files,
    map,
    missing,
    classes: said,
    delimiter,
    decimal,
    report: page,
    ...rest
  } = options;
  const { checkpoint, resume, save, progress, ...others } = rest;
  const { words, say } = session.voice;
  const source = await readSource(argument, session);
  refuseOverwriting(
    [
      { option: '--checkpoint', file: checkpoint },
      { option: '--save', file: save },
      { option: '--report', file: page },
    ],
    [source.file, ...files],
  );
  if (rest.checkpointEvery !== undefined && checkpoint === undefined)
    throw new GradusError('usage', '--checkpoint-every says how often, and no --checkpoint says where', {
      hint: 'name a file: --checkpoint model.run',
    });
  const { engine, chosen } = await engineFor(others, checkpoint);
  // What is written is the affair of the process that leads.
  if (checkpoint !== undefined && resume !== checkpoint && !engine?.follows && existsSync(checkpoint))
    throw new GradusError('usage', `${checkpoint} is there already`, {
      hint: `go on from it with --resume ${checkpoint}, or name another file`,
    });
  if (save !== undefined && chosen.scale && isNpz(save)) throw keepsNoScaling(save);
  const limit = chosen.maxEntries ? { maxEntries: chosen.maxEntries } : {};
  const whole = elaborate(parse(source.text), limit);
  const model =
    chosen.batch === undefined ? whole : (await import('../parallel/index.ts')).warnedOfBatches(whole, chosen.batchAxis);
  session.warnings(model.warnings);
  const given = { data: files, map, missing, classes: said, delimiter, decimal };
  const { batch, ...own } = chosen;
  const streamed = engine ? undefined : await streamFor(model, given, batch, session);
  const { inputs: data, classes } = streamed ? { inputs: {}, ...streamed } : await dataFor(model, given, session);
  if (save !== undefined && isNpz(save) && Object.keys(classes).length > 0) throw keepsNoClasses(save, Object.keys(classes));
  const line =
    progress === 'json' ? jsonLines(session.io) : await progressLine(session.io.screen, session.note.bind(session), quiet, say);
  const signal = session.io.interruptible?.();
  if (chosen.backend === 'native') await provideCompiler();
  const descent = prepare(
    model,
    streamed?.stream ?? data,
    {
      ...own,
      // Batches from a file have their size already.
      ...(batch !== undefined && !streamed && { batch }),
      ...(signal && { signal }),
      ...(checkpoint !== undefined && { checkpoint: (state: string) => writeWhole(checkpoint, state) }),
      ...(resume !== undefined && { resume: await readText(resume) }),
      onProgress: (p) => line.show(p),
    },
    {
      from: resume,
      engine,
      ...(!engine && { quickening: quickening((note) => quiet || session.note(note)) }),
    },
  );
  await engine?.start(signal);
  if (engine?.follows) {
    await engine.serve(signal);
    return signal?.aborted ? STATUS.interrupted : STATUS.done;
  }
  if (!json && !quiet) session.line(`${derive(source.text, undefined, limit).toText({ words })}\n`);
  const result = await descent().finally(async () => {
    line.stop();
    await engine?.stop();
  });
  const known = { ...data, ...result.params };
  // Metrics are told of the examples that were learned from, and of those put aside.
  const measured = new Set(model.metrics.map((metric) => metric.name));
  const values = definitionValues(computable(model, known), known, MOST_ENTRIES).filter(([name]) => !measured.has(name));
  if (json) session.line(jsonText(jsonResult(result, values, classes, say)));
  else report(session, model, result, values, classes);
  if (save !== undefined) await saveParameters(save, result, classes);
  if (page !== undefined) await writeReport(page);
  return judge(session, model, result);

  async function writeReport(file: string): Promise<void> {
    const { trainingReport } = await import('../report/index.ts');
    const title = source.file;
    writeWhole(
      file,
      await trainingReport(result, chosen, { source: source.text, data, words, katex: katexFiles, ...(title && { title }) }),
    );
    session.note(`the report is in ${file}`);
  }
}

function report(
  session: Session,
  model: Model,
  { params, cost, epochs, best, history, validation, bounded, fit, optimizer, metrics, test }: TrainResult,
  values: [string, Value][],
  classes: Readonly<Record<string, readonly string[]>>,
): void {
  const { name = 'cost' } = model.objective!;
  const told = new Set([name, ...Object.keys(metrics ?? {})]);
  const rows: [string, Value][] = [...Object.entries(params), ...values.filter(([other]) => !told.has(other))];
  const show = (x: number) => showNumber(x, DIGITS);
  const after = session.voice.say(`After ${epochs} ${epochs === 1 ? 'epoch' : 'epochs'}`);
  // The parameters may be those of another epoch than the last.
  const back = best === 0 ? 'the start' : `epoch ${best}`;
  session.line(best === undefined || best === epochs ? after : session.voice.say(`${after}, back to ${back}`));
  for (const text of assignments(rows, () => DIGITS, '  ')) session.line(text);
  session.line(`  ${name} ${show(history[0]!)} → ${show(cost)}   ${sparkline(history)}`.trimEnd());
  const { say } = session.voice;
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
    session.line(session.voice.say(`  ${which} ${entries === 1 ? 'lies' : 'lie'} at the bound ${show(bound)} of "${fact}"`));
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
function judge(session: Session, model: Model, { stopped, error, warnings }: TrainResult): number {
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
