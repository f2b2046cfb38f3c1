import { backends, backendWords } from '../compile/targets/names.ts';
import type { DocumentOptions } from '../derivation/document.ts';
import { english } from '../derivation/words/en.ts';
import { type Lang, type LanguageOptions, languages, type Words } from '../derivation/words/index.ts';
import { AUTO, type HyperparameterName, hyperparameters, optimizers } from '../descend/optimizers/index.ts';
import { DEFAULTS, MOST_EPOCHS, type Progress, type TrainOptions } from '../descend/options.ts';
import { EVERY, type ScheduleName, schedules } from '../descend/schedules.ts';
import { type DialectName, dialectNames } from '../export/names.ts';
import { LIMITS } from '../language/limits.ts';
import type { CheckOptions } from '../model/model.ts';
import type { GivenInputs } from '../numeric/binding.ts';
import type { CompileOptions } from '../numeric/callable.ts';
import type { ParallelTextOptions } from '../parallel/text.ts';
import type { HtmlOptions } from '../render/formats/html.ts';
import { fragmentStyles } from '../render/formats/html-style.ts';
import type { TextOptions } from '../render/formats/text.ts';
import { POINTS } from '../verify/default-points.ts';
import type { VerifyOptions } from '../verify/gradients.ts';
import {
  callback,
  claims,
  counted,
  flag,
  type Kind,
  like,
  name,
  namedOrOwn,
  names,
  oneOf,
  positive,
  shapes,
  share,
  signal,
  text,
  values,
  whole,
  wordLists,
} from './kinds.ts';

/** An option: of the API by its name, of the command line by the same name with dashes. */
export interface Option<T = unknown> {
  readonly kind: Kind<T>;
  /** What it does, as the help says it. */
  readonly words: string;
  /** What holds where it is left out. */
  readonly default?: T;
  /** What others call it: a hint, not another name. */
  readonly others?: readonly string[];
}

/** An entry for each option of a type, so that the two cannot differ. */
export type Table<T> = { readonly [K in keyof T]-?: Option<Exclude<T[K], undefined>> };

const lang: Option<Lang> = {
  kind: oneOf(Object.keys(languages) as Lang[], 'code'),
  words: 'the language of words, errors and warnings',
  default: 'en',
  others: ['language', 'locale'],
};

export const checking: Table<CheckOptions> = {
  shapes: { kind: shapes, words: 'the shapes of names that the source does not declare', others: ['shape', 'dims', 'sizes'] },
  maxEntries: { kind: whole(1), words: 'numbers that the arrays may hold', default: LIMITS.entries },
  lang,
};

export const compiling: Table<CompileOptions> = {
  precision: { kind: oneOf(['f64', 'f32'], 'kind'), words: 'doubles, or half the memory', default: 'f64', others: ['dtype'] },
  backend: {
    kind: oneOf(backends, 'name'),
    words: `how programs run: ${Object.values(backendWords).join(', or ')}`,
    default: 'auto',
    others: ['target'],
  },
  threads: {
    kind: whole(1, LIMITS.threads),
    words: 'threads that share the work of large programs, where the backend has them (default: one a core, 8 at most)',
    others: ['nThreads', 'numThreads', 'workers', 'nJobs'],
  },
  fma: { kind: flag, words: 'a·b + c may be rounded once where the machine can, which is faster', default: true },
  defaults: { kind: flag, words: 'parameters without a value take what training would start them from', default: false },
};

export const outputs: Option<string | readonly string[]> = {
  kind: names,
  words: 'named quantities to compute, and nothing else: A2',
  others: ['output', 'quantities', 'quantity'],
};

export const wrt: Option<string | readonly string[]> = {
  kind: names,
  words: 'derive by these names: W,b',
  others: ['by', 'variables', 'names'],
};

/** Of `DeriveOptions`, which holds it against its type where it is used. */
export const deriving = {
  steps: { kind: flag, words: 'record the steps', default: true },
  order: { kind: whole(1, LIMITS.order), words: 'the n-th derivative, by one name', default: 1, others: ['n', 'nth', 'degree'] },
} satisfies Readonly<Record<string, Option>>;

export const direction: Option<string> = { kind: name, words: 'the name of the direction, another input of the result' };

/** Where a model is handed on to. */
export const dialect: Option<DialectName> = {
  kind: oneOf(dialectNames, 'dialect'),
  words: 'the language of the program',
  others: ['language', 'target', 'format'],
};

/** Of `ExportOptions`, besides those of checking. */
export const exporting = {
  precision: compiling.precision,
  inputs: {
    kind: values,
    words: 'values in place of those of the source: learned parameters, data',
    others: ['values', 'params'],
  },
  seed: { kind: whole(), words: 'of the initial values', default: 1 },
} satisfies Readonly<Record<string, Option>>;

export const expanding: Option<boolean> = { kind: flag, words: 'multiply products of sums out', default: false };

export const verifying: Table<VerifyOptions> = {
  seed: { kind: whole(), words: 'of the points', default: 1 },
  points: { kind: whole(1, LIMITS.points), words: 'how many random points', default: POINTS, others: ['n', 'samples', 'trials'] },
  inputs: { kind: values, words: 'values to keep instead of drawing them', others: ['data', 'values', 'at'] },
  method: {
    kind: oneOf(['bignumber', 'richardson'], 'name'),
    words: 'differences of 64-digit numbers, or extrapolated ones of doubles',
  },
};

export const claim: Option<Readonly<Record<string, string>>> = {
  kind: claims,
  words: "is it right? W: dZ*X'; may be repeated",
  others: ['derivative', 'gradient'],
};

/** What single optimizers take, from their records. */
export const optimizing = Object.fromEntries(
  Object.entries(hyperparameters).map(([name, { default: value, below, whole: counted, words, of, others = [] }]) => [
    name,
    { kind: counted ? whole(1) : share(below), words: `${words}: ${of.join(', ')}`, default: value, others },
  ]),
) as Readonly<Record<HyperparameterName, Option<number>>>;

export const training: Table<TrainOptions> = {
  epochs: {
    kind: whole(0, MOST_EPOCHS),
    words: 'passes over the data',
    default: DEFAULTS.epochs,
    others: ['iterations', 'steps', 'maxIter', 'n'],
  },
  lr: {
    kind: positive,
    words: `the learning rate, of ${optimizers.flatMap(({ name, rate }) => (rate ? [`${name} ${rate}`] : [])).join(', ')}`,
    default: DEFAULTS.lr,
    others: ['learningRate', 'rate', 'alpha', 'eta', 'stepSize'],
  },
  optimizer: {
    kind: oneOf([...optimizers.flatMap((o) => [o.name, ...(o.spellings ?? [])]), AUTO], 'name'),
    words: `how to descend; ${AUTO} lets what the symbols tell decide`,
    default: DEFAULTS.optimizer,
    others: ['method', 'algorithm', 'optimiser'],
  },
  ...optimizing,
  schedule: {
    kind: namedOrOwn<ScheduleName, (epoch: number, lr: number) => number>(Object.keys(schedules) as ScheduleName[]),
    words: 'how the learning rate changes from epoch to epoch; in the API also a function (epoch, lr) => rate',
    default: 'constant',
    others: ['scheduler', 'lrSchedule', 'decay'],
  },
  warmup: { kind: whole(0), words: 'epochs in which the learning rate rises to where it starts', default: 0, others: ['warmUp'] },
  gamma: {
    kind: positive,
    words: 'what the schedules step (0.1) and exponential (0.99) multiply the rate by',
    others: ['factor'],
  },
  every: { kind: whole(1), words: 'epochs between two changes of the schedule step', default: EVERY, others: ['stepSize'] },
  clip: { kind: positive, words: 'shorten gradients that together are longer', others: ['clipNorm', 'maxNorm'] },
  weightDecay: {
    kind: share(),
    words: 'a share of the weights is added to their gradient; adamw lets them decay by it (0.01)',
    others: ['l2', 'regularization'],
  },
  fix: { kind: names, words: 'parameters that stay where they start: b', others: ['frozen', 'freeze', 'fixed', 'hold'] },
  scale: {
    kind: flag,
    words: 'learn on features of mean 0 and deviation 1; parameters are told for the data as they came, where that can be',
    default: false,
    others: ['standardize', 'normalize', 'standardise'],
  },
  validation: {
    kind: share(1),
    words: 'the share of the examples that is put aside to watch the cost on',
    default: 0,
    others: ['validationSplit', 'valid', 'holdout', 'overfitting'],
  },
  test: { kind: share(1), words: 'the share of the examples that is put aside for the end', default: 0, others: ['testSize'] },
  patience: {
    kind: whole(1),
    words: 'stop after so many epochs without a better validation cost, and go back to the best',
    others: ['earlyStopping', 'overfitting'],
  },
  errors: {
    kind: oneOf(['squares', 'likelihood', 'known'], 'kind'),
    words:
      'standard errors of a fit from: the residuals of least squares; a negative log-likelihood; least squares whose weights are 1/σ² of known errors',
    default: 'squares',
    others: ['standardErrors', 'covariance', 'confidence', 'uncertainty'],
  },
  classes: {
    kind: wordLists,
    words: 'the classes that words of one-hot data stand for, in their order: found where they are not told',
    others: ['labels', 'categories', 'levels'],
  },
  batch: { kind: whole(1), words: 'examples in a step (default: all)', others: ['batchSize', 'miniBatch'] },
  batchAxis: { kind: name, words: 'the dimension that counts the examples, where it is not clear', others: ['axis'] },
  shuffle: { kind: flag, words: 'take the examples in a new order in every epoch', default: false, others: ['random'] },
  seed: { kind: whole(), words: 'of the initial values and the order', default: DEFAULTS.seed, others: ['randomState', 'rng'] },
  maxEntries: checking.maxEntries,
  lang,
  precision: compiling.precision,
  backend: compiling.backend,
  threads: compiling.threads,
  onProgress: {
    kind: callback<Progress>(),
    words: 'is called about ten times a second, and at the end',
    others: ['progress', 'callback', 'log'],
  },
  checkpoint: {
    kind: callback<string>(),
    words: 'is given the state of the run from time to time, and when the signal stops it',
    others: ['onCheckpoint', 'save'],
  },
  checkpointEvery: {
    kind: counted(/^[1-9]\d*$|^\d+(\.\d+)?s$/, 'a number of steps such as 500, or of seconds such as 10s', 'n'),
    words: 'how often: after so many steps, or seconds: 10s',
    default: '10s',
  },
  resume: { kind: text, words: 'the state of a run to go on from', others: ['from', 'checkpointFrom'] },
  onEpoch: { kind: callback<Progress>(), words: 'is called after every epoch', others: ['onEpochEnd'] },
  onStep: {
    kind: callback<number>(),
    words: 'is called after every step, of which an epoch is one or several',
    others: ['onBatch'],
  },
  signal: { kind: signal, words: 'stops the run after the steps at hand', others: ['abort', 'abortSignal'] },
};

const words = like('the words of a language', english);

export const speaking: Table<LanguageOptions> = {
  lang,
  words: { kind: words, words: 'words of your own, in place of a language' },
};

/** A language by its code or by its words. */
export const language: Option<Words | Lang> = {
  kind: {
    expected: `the words of a language, or its code: ${Object.keys(languages).join(', ')}`,
    wrong: (value) => (typeof value === 'string' ? speaking.lang.kind : words).wrong(value),
  },
  words: speaking.lang.words,
};

/** What a derivation is written with, besides formulas. */
export interface NumbersOptions {
  /** Values by name, on top of those that the source has: with them come the numbers behind the derivation. */
  readonly numbers?: GivenInputs;
  /** The learning rate of the step of descent among the numbers. */
  readonly lr?: number;
}

const numbered: Table<NumbersOptions> = {
  numbers: {
    kind: values,
    words: 'the numbers too, at these values by name; {} for those that the source has',
    others: ['values', 'data', 'inputs'],
  },
  lr: {
    kind: positive,
    words: 'the learning rate of the step among the numbers (default: the largest of 1, 0.1, 0.01, … that improves)',
    others: ['learningRate', 'rate', 'alpha'],
  },
};

export const writing: Table<TextOptions & NumbersOptions> = {
  detail: { kind: oneOf(['brief', 'full'], 'level'), words: 'one line a step, or the reasons too', default: 'brief' },
  ascii: { kind: flag, words: 'signs that every terminal has', default: false },
  notation: {
    kind: oneOf(['matrix', 'index'], 'kind'),
    words: 'products and sums as matrices, or entry by entry',
    default: 'matrix',
  },
  ...numbered,
  ...speaking,
};

/** The dimension that is split over devices. */
export const splitting: Option<string> = {
  kind: name,
  words: 'split this dimension over devices: may gradients be averaged or added, what is sent, what each device holds',
};

export const splitTelling: Table<ParallelTextOptions> = { ascii: writing.ascii, lang };

const { ascii: _, ...withoutSpelling } = writing;

/** Of a format that has a spelling of its own. */
export const marking: Table<Omit<TextOptions, 'ascii'> & NumbersOptions> = withoutSpelling;

export const telling: Table<Partial<DocumentOptions> & NumbersOptions & LanguageOptions> = {
  ...marking,
  conventions: { kind: flag, words: 'what shapes derivatives have, and what the signs mean', default: false },
};

export const page: Table<HtmlOptions & NumbersOptions> = {
  ...speaking,
  ...numbered,
  level: { kind: whole(1, 6), words: 'the level of the headings: 2 for <h2>', default: 2 },
  style: {
    kind: oneOf(fragmentStyles, 'kind'),
    words: "the style in it: with formulas that browsers set, for KaTeX's style sheet, or none",
    default: 'mathml',
    others: ['css', 'styles', 'stylesheet'],
  },
};
