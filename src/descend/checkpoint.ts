import { isRecord } from '../language/came.ts';
import { GradusError } from '../language/diagnostics.ts';
import { grouped } from '../language/limits.ts';
import { meaningOf } from '../language/meaning.ts';
import { exactNumbers, exactText, Fingerprint } from '../numeric/exact-text.ts';
import type { RunState } from './attendance.ts';
import { fixedNames, type Problem } from './problem.ts';
import type { Numbers, Position, Snapshot } from './runner.ts';
import { SPANNING } from './schedules.ts';

const FORMAT = 'gradus checkpoint';
const VERSION = 2;

/** What a run depends on besides its state: a checkpoint goes on only where all of it is the same. */
interface Origin {
  readonly model: string;
  readonly data: string;
  /** The options that decide about the numbers, by name. */
  readonly options: Readonly<Record<string, unknown>>;
}

/** @param stream of batches that are never all there, as far as they can be told apart beforehand */
function originOf({ model, binding, values, method, options, hyperparameters }: Problem, stream = ''): Origin {
  const data = new Fingerprint().text(stream);
  for (const [name, size] of [...binding.sizes].sort()) data.text(name).numbers([size]);
  for (const [name, numbers] of values) if (model.inputs.get(name)!.role !== 'param') data.text(name).numbers(numbers);
  const { lr, batch, batchAxis, shuffle, seed, precision, clip, weightDecay, validation, test, warmup, gamma, every } = options;
  const { schedule = 'constant', backend = 'auto' } = options;
  const told = typeof schedule === 'function' ? 'a function' : schedule;
  const all = {
    optimizer: method.name,
    ...Object.fromEntries(hyperparameters),
    ...{ lr, batch, batchAxis, shuffle, seed, precision, clip, weightDecay, validation, test, warmup, gamma, every },
    ...(told !== 'constant' && { schedule: told }),
    ...(SPANNING.some((name) => name === schedule) && { epochs: options.epochs }),
    // Programs of different backends round differently.
    backend,
    ...(fixedNames(options).length > 0 && { fix: fixedNames(options).join(',') }),
  };
  const given = Object.fromEntries(Object.entries(all).filter(([, value]) => value !== undefined && value !== false));
  const meaning = new Fingerprint();
  for (const piece of meaningOf(model.text)) meaning.text(piece);
  return { model: meaning.toString(), data: data.toString(), options: given };
}

/** The state of a run as a text, with what it belongs to. */
export function checkpointText(problem: Problem, state: RunState, stream?: string): string {
  const { epoch, snapshot, history, validation, best, native } = state;
  const content = {
    format: FORMAT,
    version: VERSION,
    ...originOf(problem, stream),
    epoch,
    ...(native !== undefined && { native }),
    state: snapshotJson(snapshot),
    history: exactText(history),
    validation: exactText(validation),
    best: {
      epoch: best.epoch,
      cost: exactText(Float64Array.of(best.cost)),
      from: best.from.epoch,
      state: snapshotJson(best.from.snapshot),
    },
  };
  const text = JSON.stringify(content);
  return `${text.slice(0, -1)},"seal":"${new Fingerprint().text(text).toString()}"}\n`;
}

/** More numbers make a text that is longer than texts can be. */
const MOST_NUMBERS = 4.5e7;

/** @throws GradusError `limit` for a run whose state would not be a text in the end */
export function refuseLong({ options }: Problem, { held }: Snapshot, watched: boolean): void {
  const kept = 2 * [...held.values()].reduce((n, { length }) => n + length, 0);
  const numbers = kept + options.epochs * (watched ? 2 : 1);
  if (numbers <= MOST_NUMBERS) return;
  const most = Math.max(0, Math.floor((MOST_NUMBERS - kept) / (watched ? 2 : 1)));
  throw new GradusError('limit', `a checkpoint of ${grouped(options.epochs)} epochs would be longer than a text can be`, {
    hint: most > 0 ? `ask for at most ${grouped(most)} of them` : 'the run has too many parameters to be kept',
  });
}

function snapshotJson({ held, position }: Snapshot) {
  const numbers = Object.fromEntries([...held].map(([name, own]) => [name, exactText(own)]));
  if (!position) return { numbers };
  const { cost, ...rest } = position;
  return { numbers, position: { ...rest, ...(cost !== undefined && { cost: exactText(Float64Array.of(cost)) }) } };
}

/**
 * The state that a checkpoint keeps.
 * @param name what it is called in messages
 * @throws GradusError `data` for a text that is damaged or no checkpoint, or one of another model, other data or other options
 */
export function checkpointed(problem: Problem, text: string, name: string, stream?: string): RunState {
  const content = sealed(text, name);
  const own = originOf(problem, stream);
  if (content.model !== own.model) throw foreign(name, 'another model');
  const options = content.options as Origin['options'];
  for (const option of new Set([...Object.keys(options), ...Object.keys(own.options)])) {
    if (options[option] === own.options[option]) continue;
    const [then, now] = [options[option], own.options[option]].map((value) => (value === undefined ? 'none' : String(value)));
    throw foreign(name, `a run with ${option} ${then}, not ${now}`);
  }
  if (content.data !== own.data) throw foreign(name, 'other data');
  const { epochs } = problem.options;
  if ((content.epoch as number) > epochs)
    throw new GradusError('data', `${name} has ${content.epoch as number} epochs behind it, and ${epochs} are asked for`, {
      hint: 'epochs count from the beginning of the run: ask for more of them',
    });
  const best = content.best as Record<string, unknown>;
  return {
    epoch: content.epoch as number,
    snapshot: snapshotOf(content.state),
    history: exactNumbers(content.history)!,
    validation: exactNumbers(content.validation)!,
    best: {
      epoch: best.epoch as number,
      cost: exactNumbers(best.cost)![0]!,
      from: { epoch: best.from as number, snapshot: snapshotOf(best.state) },
    },
    native: content.native as number | undefined,
  };
}

const foreign = (name: string, of: string): GradusError =>
  new GradusError('data', `${name} is the checkpoint of ${of}`, {
    hint: 'resume with what the run began with, or begin a new one without --resume',
  });

/** The content of a checkpoint, as it was written. */
function sealed(text: string, name: string): Record<string, unknown> {
  let content: unknown;
  try {
    content = JSON.parse(text);
  } catch {
    throw damaged(name);
  }
  if (!isRecord(content) || content.format !== FORMAT)
    throw new GradusError('data', `${name} is no checkpoint`, { hint: 'one is written by train --checkpoint FILE' });
  if (content.version !== VERSION)
    throw new GradusError('data', `${name} is a checkpoint of version ${String(content.version)}, which is not known here`);
  // The seal stands last, and is of what stands before it.
  const at = text.lastIndexOf(',"seal":');
  if (new Fingerprint().text(`${text.slice(0, at)}}`).toString() !== content.seal) throw damaged(name);
  return content;
}

const damaged = (name: string): GradusError =>
  new GradusError('data', `${name} is damaged: it is not what was written`, {
    hint: 'it has not been changed; resume from another checkpoint, or begin a new run',
  });

function snapshotOf(json: unknown): Snapshot {
  const { numbers, position } = json as { numbers: Record<string, string>; position?: Position & { cost?: unknown } };
  const held = new Map<string, Numbers>(Object.entries(numbers).map(([name, text]) => [name, exactNumbers(text)!]));
  if (!position) return { held };
  const { cost, ...rest } = position;
  return { held, position: { ...rest, ...(cost !== undefined && { cost: exactNumbers(cost)![0]! }) } };
}
