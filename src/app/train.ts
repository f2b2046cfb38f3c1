import { existsSync } from 'node:fs';
import { derive } from '../api/derive.ts';
import { fallbacks } from '../compile/index.ts';
import { prepare, type TrainOptions, train } from '../descend/index.ts';
import { elaborate } from '../elaborate/elaborate.ts';
import { GradusError } from '../language/diagnostics.ts';
import { parse } from '../language/parser.ts';
import type { Model } from '../model/model.ts';
import type { Inputs } from '../numeric/binding.ts';
import type { ProgressLine } from '../session/progress.ts';
import { type DataArguments, dataFor, streamFor } from './data-files.ts';
import { type EngineArguments, engineFor } from './engine/asked.ts';
import { refuseOverwriting } from './files.ts';
import { ENDINGS, type Ending, type Session, STATUS } from './io.ts';
import { Keeper, keptAgain } from './keeper.ts';
import { provideCompiler, quickening } from './native/quickening.ts';
import { isNpz, keepsNoClasses, keepsNoScaling, refuseUnknownEnding } from './parameters.ts';
import { jsonLines, progressLine } from './progress.ts';
import { readSource, readText } from './source.ts';
import { handOut, judge } from './trained.ts';

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

/** `gradus train`: the derivation, then the run, then what was learned. */
export async function run(session: Session, argument: string, options: TrainArguments): Promise<number> {
  const { quiet = false, json = false, data: files, map, missing, classes: said, delimiter, decimal, report, ...rest } = options;
  const { checkpoint, resume, save, progress, ...others } = rest;
  const source = await readSource(argument, session);
  refuseOutputs(options, [source.file, ...files, ...(resume === checkpoint ? [] : [resume])]);
  const kept = checkpoint ?? (resume === undefined ? undefined : keptAgain(resume, session.warn.bind(session)));
  const { engine, chosen } = await engineFor(others, kept);
  // What is written is the affair of the process that leads.
  if (!engine?.follows) refuseAnotherRun(options);
  const limit = chosen.maxEntries ? { maxEntries: chosen.maxEntries } : {};
  const model = await modelOf(source.text, limit, chosen);
  session.warnings([...model.warnings, ...fallbacks(chosen.backend)]);
  const given = { data: files, map, missing, classes: said, delimiter, decimal };
  const { batch, ...own } = chosen;
  const streamed = engine ? undefined : await streamFor(model, given, batch, session);
  const { inputs: data, classes } = streamed ? { inputs: {}, ...streamed } : await dataFor(model, given, session);
  if (save !== undefined && isNpz(save) && Object.keys(classes).length > 0) throw keepsNoClasses(save, Object.keys(classes));
  if (save !== undefined && chosen.scale && isNpz(save) && !streamed) await refuseScaled(save, model, data, chosen);
  const line = await lineFor(options, session);
  session.drawn = line;
  const signal = session.io.interruptible?.(Object.keys(ENDINGS) as Ending[]);
  const keeper = kept === undefined ? undefined : new Keeper(kept, session.warn.bind(session));
  if (chosen.backend === 'native') await provideCompiler();
  const descent = prepare(
    model,
    streamed?.stream ?? data,
    {
      ...own,
      // Batches from a file have their size already.
      ...(batch !== undefined && !streamed && { batch }),
      ...(signal && { signal }),
      ...(keeper && { checkpoint: keeper.keep }),
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
    return signal?.aborted ? endedBy(signal) : STATUS.done;
  }
  if (!json && !quiet) session.line(`${derive(source.text, undefined, limit).toText({ words: session.voice.words })}\n`);
  const result = await descent().finally(async () => {
    line.stop();
    await engine?.stop();
  });
  const ended = { model, source, options: chosen, data, streams: streamed !== undefined, classes, result };
  await handOut(session, ended, { json, save, report });
  const status = judge(session, model, result);
  const isKept = keeper?.isComplete() ?? true;
  if (status === STATUS.interrupted && signal) return endedBy(signal);
  return status === STATUS.done && !isKept ? STATUS.wrongSource : status;
}

/** The exit status of a run that was ended from outside. */
const endedBy = (signal: AbortSignal): number => ENDINGS[signal.reason as Ending] ?? STATUS.interrupted;

/**
 * Looks at the files that are to be written before the work begins.
 * @throws GradusError `usage` for one that would be lost, or that is named nowhere
 */
function refuseOutputs(
  { checkpoint, resume, save, report, checkpointEvery }: TrainArguments,
  read: readonly (string | undefined)[],
): void {
  refuseOverwriting(
    [
      { option: '--checkpoint', file: checkpoint },
      { option: '--save', file: save },
      { option: '--report', file: report },
    ],
    read,
  );
  if (save !== undefined) refuseUnknownEnding(save);
  if (checkpointEvery !== undefined && checkpoint === undefined && resume === undefined)
    throw new GradusError('usage', '--checkpoint-every says how often, and no --checkpoint says where', {
      hint: 'name a file: --checkpoint model.run',
    });
}

/**
 * Where parameters can be told for the data as they came, nothing else is to be kept; whether they can a run without steps says.
 * @throws GradusError `usage` where they cannot
 */
async function refuseScaled(save: string, model: Model, data: Inputs, { errors, ...options }: TrainOptions): Promise<void> {
  const { scaling } = await train(model, data, { ...options, epochs: 0, backend: 'auto' });
  if (scaling) throw keepsNoScaling(save);
}

/** @throws GradusError `usage` for a checkpoint of a run that is not the one to go on with */
function refuseAnotherRun({ checkpoint, resume }: TrainArguments): void {
  if (checkpoint !== undefined && resume !== checkpoint && existsSync(checkpoint))
    throw new GradusError('usage', `${checkpoint} is there already`, {
      hint: `go on from it with --resume ${checkpoint}, or name another file`,
    });
}

/** The model of a source, with a warning where batches have another cost than all examples. */
async function modelOf(text: string, limit: { maxEntries?: number }, { batch, batchAxis }: TrainOptions): Promise<Model> {
  const whole = elaborate(parse(text), limit);
  return batch === undefined ? whole : (await import('../parallel/index.ts')).warnedOfBatches(whole, batchAxis);
}

/** What shows how far the run is. */
async function lineFor({ progress, quiet = false }: TrainArguments, session: Session): Promise<ProgressLine> {
  const { io, voice } = session;
  return progress === 'json' ? jsonLines(io) : progressLine(io.screen, session.note.bind(session), quiet, voice.say);
}
