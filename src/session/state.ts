import type { Words } from '../derivation/words/index.ts';
import { elaborate } from '../elaborate/elaborate.ts';
import { parse } from '../language/parser.ts';
import type { Lang } from '../language/speech.ts';
import type { Model } from '../model/model.ts';
import type { Inputs } from '../numeric/binding.ts';
import { type Entry, sourceOf } from './entries.ts';
import type { Derivative, Request } from './requests.ts';
import { type Voice, voiceOf } from './speech.ts';

/** How answers are written. */
export interface Settings {
  readonly detail: 'brief' | 'full';
  /** Derivations come with their numbers; as LaTeX; in ASCII. */
  readonly numbers: boolean;
  readonly latex: boolean;
  readonly ascii: boolean;
  readonly language: Lang;
}

/** A session: its source, statement by statement, the values from outside of it, and how to answer. */
export interface ReplState {
  readonly entries: readonly Entry[];
  /** From data files, and from training, which has the last word. */
  readonly given: Inputs;
  readonly learned: Inputs;
  /** The costs of the training runs since the source changed last. */
  readonly costs: Float64Array;
  readonly settings: Settings;
  /** What was asked last, to show it in another way. */
  readonly last?: Request;
  /** What was derived last: its names can be used. */
  readonly derived?: Derivative;
  /** Where the source was loaded from or saved to. */
  readonly file?: string;
  /** The state to return to, and the line that led away from it. */
  readonly did?: string;
  readonly before?: ReplState;
}

export const emptyState: ReplState = {
  entries: [],
  given: {},
  learned: {},
  costs: new Float64Array(0),
  settings: { detail: 'brief', numbers: false, latex: false, ascii: false, language: 'en' },
};

export const voiceOfState = ({ settings }: ReplState): Voice => voiceOf(settings.language);
export const wordsOf = (state: ReplState): Words => voiceOfState(state).words;

/** The state that a session begins in. */
export const stateIn = (language: Lang): ReplState => ({ ...emptyState, settings: { ...emptyState.settings, language } });

/** The graph of a source; an empty one is a model without names. */
export const modelOf = (source: string, shapes: Readonly<Record<string, readonly []>> = {}): Model =>
  elaborate(source.trim() === '' ? { text: source, statements: [] } : parse(source), { shapes }, Object.keys(shapes));

export const sessionModel = (state: ReplState): Model => modelOf(sourceOf(state.entries));

/** The values from outside for the inputs that a model has. */
export const valuesFor = ({ given, learned }: ReplState, model: Model): Inputs =>
  Object.fromEntries(Object.entries({ ...given, ...learned }).filter(([name]) => model.inputs.has(name)));

/** A name that the session gives a meaning. */
export const knows = (model: Model, name: string): boolean =>
  model.inputs.has(name) || model.definitions.some((d) => d.name === name);
