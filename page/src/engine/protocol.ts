import type { DialectName } from '../../../src/export/names.ts';
import type { Lang } from '../../../src/language/speech.ts';
import type { Inputs } from '../../../src/numeric/binding.ts';
import type { Notation } from '../../../src/reading/hoist.ts';
import type { TrainingTasks } from './training.ts';

/**
 * What the page asks of the engine, and what it is told: plain data, that a worker can send. Formulas come typeset, as HTML;
 * places in the source as offsets.
 */

export interface Reading {
  readonly source: string;
  readonly lang: Lang;
  /** Matrices where they can say it, or indices; as the source is written where it is left open. */
  readonly notation: Notation | 'auto';
}

export interface Place {
  readonly from: number;
  readonly to: number;
}

/** What is wrong, or may not be what is meant. */
export interface Trouble extends Partial<Place> {
  readonly message: string;
  readonly hint?: string;
  readonly note?: string;
  /** Sources that have it mended; several where it can be meant in several ways. */
  readonly fixes?: readonly Fix[];
  /** The option of a run that it is about. */
  readonly option?: string;
  /** The source that the fixes mend: what was written since is not to be lost. */
  readonly of?: string;
}

/** A name that a line gives a shape. */
export interface Shaped extends Place {
  readonly name: string;
  readonly shape: string;
}

/** What flows back along an arrow, formulas as HTML. */
export interface Stream {
  readonly of: string;
  readonly by: string;
  readonly arrives?: string;
  readonly slope?: string;
  readonly passes: string;
}

/** A line of the derivation: a definition on the way forward, a step on the way back. */
export interface Row {
  readonly id: string;
  /** The quantity that it is about: Z of `Z = …` and of `dZ = …`. */
  readonly name: string;
  readonly direction: 'forward' | 'back';
  readonly formula: string;
  readonly shape: string;
  /** The rule. */
  readonly label?: string;
}

/** What a step says when it is opened. */
export interface Opened {
  readonly id: string;
  readonly streams: readonly Stream[];
  /** Why it holds, line by line. */
  readonly reasons: string;
}

export interface Section {
  readonly id: string;
  readonly title: string;
  readonly body: string;
}

export type BoxKind = 'data' | 'param' | 'const' | 'free' | 'step' | 'objective';

export interface GraphBox {
  readonly id: string;
  /** None of what has no name. */
  readonly name: string;
  /** As a picture writes it: W₁. */
  readonly shown: string;
  readonly kind: BoxKind;
  readonly formula: string;
  readonly shape: string;
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
  readonly hasGradient: boolean;
}

export interface GraphArrow {
  /** The boxes, by their ids. */
  readonly from: string;
  readonly to: string;
  readonly path: string;
  readonly at?: { readonly x: number; readonly y: number };
  readonly slope?: string;
  /** It leads from one step of a recurrence to the next. */
  readonly isNext?: true;
}

export interface GraphPicture {
  readonly width: number;
  readonly height: number;
  readonly boxes: readonly GraphBox[];
  readonly arrows: readonly GraphArrow[];
}

/** A model, read and derived. */
export interface Sheet {
  readonly notation: Notation;
  readonly objective: string;
  readonly wrt: readonly string[];
  readonly shapes: readonly Shaped[];
  readonly warnings: readonly Trouble[];
  /** Definitions in order, then the steps back. */
  readonly rows: readonly Row[];
  /** Names of parameters. */
  readonly learned: readonly string[];
  readonly isTrainable: boolean;
  /** Whether it is an expression of one number: a function that can be drawn. */
  readonly isCurve: boolean;
}

/** What stands below the rows of a sheet, and beside them. */
export interface Beside {
  /** Everything else that the derivation says. */
  readonly sections: readonly Section[];
  /** Undefined where it is too large for a picture. */
  readonly graph?: GraphPicture;
}

export type Answer = { readonly sheet: Sheet } | { readonly trouble: Trouble; readonly shapes: readonly Shaped[] };

/** The numbers of the graph's boxes, by their ids, as lines of aligned columns. */
export interface Numbers {
  /** The source whose they are. */
  readonly of: string;
  readonly boxes: Readonly<Record<string, { readonly value: readonly string[]; readonly gradient?: readonly string[] }>>;
}

/** What came of judging a derivative that a person wrote. */
export interface ClaimAnswer {
  /** None where it cannot be read. */
  readonly verdict: 'right' | 'wrong' | 'none';
  readonly headline: string;
  /** How it is known, or the entry that differs. */
  readonly lines: readonly string[];
  /** What kind of slip it is, and what would be right: who tries alone may not want to know. */
  readonly slip?: string;
  readonly answer?: readonly string[];
  /** Where in the claim it is wrong, where that is one place. */
  readonly place?: Place;
  /** The claim typeset, as HTML. */
  readonly formula?: string;
}

export interface CheckAnswer {
  readonly ok: boolean;
  readonly sentence: string;
}

/** A source with its fault mended, and what was written for it. */
export interface Fix {
  readonly label: string;
  readonly source: string;
}

/** A word that may be written, and what it is. */
export interface Word {
  readonly name: string;
  readonly text: string;
  /** As mathematics writes it: σ. */
  readonly sign?: string;
}

/** What the language knows. */
export interface Vocabulary {
  readonly functions: readonly Word[];
  /** What begins a statement. */
  readonly statements: readonly Word[];
  /** What a declaration says of values, and what parameters are drawn from. */
  readonly facts: readonly Word[];
  readonly initializers: readonly Word[];
}

/** All there is to know of a function, formulas as HTML. */
export interface Card {
  readonly name: string;
  readonly title: readonly string[];
  readonly rows: readonly { readonly about: string; readonly text: string; readonly html?: string }[];
}

/** What a model is handed on as. */
export type FileKind = 'report' | 'latex' | 'markdown' | DialectName;

/** A text to be kept as a file. */
export interface TextFile {
  readonly name: string;
  readonly type: string;
  readonly text: string;
}

/** A function and its derivatives, each at the same points. */
export interface Curves {
  readonly by: string;
  readonly at: readonly number[];
  readonly curves: readonly { readonly name: string; readonly formula: string; readonly values: readonly number[] }[];
}

/** Tasks by name: what is asked, what is answered, and what is told on the way where something is. */
export interface Tasks extends TrainingTasks {
  mend: { readonly ask: Pick<Reading, 'source' | 'lang'>; readonly answer: readonly Fix[] };
  vocabulary: { readonly ask: { readonly lang: Lang }; readonly answer: Vocabulary };
  card: { readonly ask: { readonly lang: Lang; readonly name: string }; readonly answer: Card | undefined };
  files: {
    readonly ask: Reading & { readonly kind: FileKind; readonly title: string; readonly values?: Inputs };
    readonly answer: readonly TextFile[];
  };
  sheet: { readonly ask: Reading; readonly answer: Answer };
  /** Of a source that can be derived. */
  beside: { readonly ask: Reading; readonly answer: Beside };
  /** A line of a source, typeset. */
  line: { readonly ask: { readonly lang: Lang; readonly text: string }; readonly answer: string | undefined };
  opened: { readonly ask: Reading & { readonly id: string }; readonly answer: Opened | undefined };
  numbers: { readonly ask: Reading & { readonly at?: Readonly<Record<string, number>> }; readonly answer: Numbers | undefined };
  claim: { readonly ask: Reading & { readonly target: string; readonly claim: string }; readonly answer: ClaimAnswer };
  curves: {
    readonly ask: Reading & { readonly order: number; readonly from: number; readonly to: number };
    readonly answer: Curves | undefined;
  };
  check: { readonly ask: Reading; readonly answer: CheckAnswer };
}

export type TaskName = keyof Tasks;

export type ProgressOf<K extends TaskName> = Tasks[K] extends { readonly progress: infer P } ? P : never;

export interface Call<K extends TaskName = TaskName> {
  readonly id: number;
  readonly task: K;
  readonly ask: Tasks[K]['ask'];
}

export type Reply =
  | { readonly id: number; readonly answer: unknown }
  | { readonly id: number; readonly progress: unknown }
  | { readonly id: number; readonly error: Trouble };
