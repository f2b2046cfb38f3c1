import type { Inputs } from '../../../src/numeric/binding.ts';
import type { Numbers, Reading, Trouble } from './protocol.ts';

/** What is asked of a training run and what it shows as it goes: plain data, as all of the protocol. */

/** What a model is trained on besides what its source says. */
export type Given =
  | { readonly kind: 'own' }
  /** Rows of features, and what each example should be, or the number of its class; they fill the model's data by their shapes. */
  | { readonly kind: 'points'; readonly features: readonly (readonly number[])[]; readonly targets: readonly number[] }
  | FileGiven;

export interface FileGiven {
  readonly kind: 'file';
  /** Files that are told apart by it are read once. */
  readonly id: number;
  readonly name: string;
  readonly content: Blob;
  /** The columns that fill each of the model's names; by their own names where it says nothing. */
  readonly map: Readonly<Record<string, readonly string[]>>;
  readonly missing: 'refuse' | 'drop';
}

/** A way to descend, as its record tells. */
export interface Method {
  readonly name: string;
  readonly help: string;
  /** The learning rate unless one is given; undefined for those that find their steps themselves. */
  readonly rate?: number;
  /** Whether a step takes all examples. */
  readonly isSolver: boolean;
  readonly options: readonly MethodOption[];
}

export interface MethodOption {
  readonly name: string;
  readonly default: number;
  readonly below?: number;
  readonly whole?: boolean;
  readonly words: string;
}

/** What else a run may be given, from the table of all options. */
export interface RunOption {
  readonly name: string;
  readonly words: string;
  readonly form: 'choice' | 'flag' | 'number' | 'text';
  readonly choices?: readonly string[];
  /** What holds where it is left out, as it would be typed. */
  readonly usual?: string;
}

/** All that a run may be asked for. */
export interface Offer {
  readonly methods: readonly Method[];
  readonly options: readonly RunOption[];
}

export interface Plan {
  readonly optimizer: string;
  /** The method's own, or the suggested one, unless told. */
  readonly lr?: number;
  readonly epochs: number;
  readonly seed: number;
  /** Examples in a step; all unless told. */
  readonly batch?: number;
  /** The optimizer's own. */
  readonly options: Readonly<Record<string, number>>;
  /** Those of the offer, as they were typed; what is ticked is true. */
  readonly more: Readonly<Record<string, string | true>>;
}

export interface BeginAsk extends Reading {
  readonly given: Given;
  readonly plan: Plan;
}

export interface Begun {
  /** What descends, and why, where the symbols decided. */
  readonly optimizer: string;
  readonly reason?: string;
  readonly rate: number;
  readonly suggestion?: number;
  /** Why it learns from the model's own data, where others were given. */
  readonly instead?: Trouble;
  readonly scene?: Scene;
  readonly layers: readonly { readonly name: string; readonly neurons: number }[];
  readonly examples?: number;
  readonly frame: Frame;
}

export interface Plane {
  readonly kind: 'plane';
  readonly x: readonly [number, number];
  readonly y: readonly [number, number];
  readonly names: readonly [string, string];
  readonly output: string;
  /** What the model says where it changes its mind. */
  readonly changes: number;
  readonly points: readonly { readonly x: number; readonly y: number; readonly isHigh: boolean }[];
  /** Cells of a side of the shaded square. */
  readonly cells: number;
  /** Cells of a side of a neuron's picture. */
  readonly small: number;
}

/** A plane in which each of several classes has its region. */
export interface ClassPlane extends Pick<Plane, 'x' | 'y' | 'names' | 'output' | 'cells' | 'small'> {
  readonly kind: 'classes';
  readonly count: number;
  readonly points: readonly { readonly x: number; readonly y: number; readonly kind: number }[];
}

export interface Curve {
  readonly kind: 'curve';
  readonly names: readonly [string, string];
  readonly xs: readonly number[];
  /** What the model says where training starts. */
  readonly before: readonly number[];
  readonly points: readonly { readonly x: number; readonly y: number }[];
}

/** What a prediction is drawn over. */
export type Scene = Plane | ClassPlane | Curve;

/** Where a run is, with all that is drawn of it. */
export interface Frame {
  readonly epoch: number;
  readonly cost: number;
  readonly rate: number;
  /** Epochs and their costs, thinned out to what a picture can show. */
  readonly curve: readonly (readonly [number, number])[];
  /** The same of the examples that were put aside. */
  readonly validation?: readonly (readonly [number, number])[];
  readonly metrics: Readonly<Record<string, number>>;
  readonly parameters: readonly { readonly name: string; readonly lines: readonly string[] }[];
  readonly numbers?: Numbers;
  /** Of a plane: how far each cell is from the lower class to the higher, 0 to 255, row by row from the top; and where it changes. */
  readonly shares?: Uint8Array;
  readonly edge?: string;
  /** Of several classes: where each is the likeliest, as paths. */
  readonly regions?: readonly string[];
  /** Each neuron over the plane, from its least to its greatest value, layer after layer. */
  readonly neurons?: readonly Uint8Array[];
  /** Of a curve: what the model says at its xs. */
  readonly fitted?: readonly number[];
  /** The run can go no further, or has come to what is no good. */
  readonly ended?: Ending;
}

export interface Ending {
  readonly stopped: 'epochs' | 'converged' | 'early' | 'diverged' | 'aborted';
  /** The number of epochs after which the parameters were those that are kept. */
  readonly best?: number;
  readonly messages: readonly Trouble[];
}

/** The cost over two entries of the parameters, with the way so far, as SVG. */
export interface Surface {
  readonly svg: string;
  /** Labels: `W[1, 2]`. */
  readonly over: readonly [string, string];
  /** All that may be chosen. */
  readonly entries: readonly string[];
}

/** A table that was dropped or pasted, and the names of the model that it may fill. */
export interface TableAnswer {
  readonly rows: number;
  readonly columns: readonly { readonly name: string; readonly hasWords: boolean; readonly missing: number }[];
  readonly inputs: readonly { readonly name: string; readonly shape: string; readonly columns: readonly string[] }[];
}

interface Spoken {
  readonly lang: Reading['lang'];
}

/** Tasks of training by name. A run is begun, and then led by calls; there is one at a time. */
export interface TrainingTasks {
  offer: { readonly ask: Spoken; readonly answer: Offer };
  begin: { readonly ask: BeginAsk; readonly answer: Begun };
  /** Goes on for so many epochs, telling frames; answers where it stopped. */
  advance: {
    readonly ask: Spoken & { readonly epochs: number; readonly isCalm: boolean };
    readonly answer: Frame;
    readonly progress: Frame;
  };
  pause: { readonly ask: Spoken; readonly answer: undefined };
  rate: { readonly ask: Spoken & { readonly rate: number }; readonly answer: undefined };
  /** The numbers that a run has come to, where it is of this source: what was learned, and all inputs with it. */
  learned: {
    readonly ask: Reading;
    readonly answer: { readonly parameters: Inputs; readonly inputs: Inputs } | undefined;
  };
  surface: { readonly ask: Spoken & { readonly over?: Surface['over'] }; readonly answer: Surface | undefined };
  /** Costs by rate, as SVG. */
  rates: { readonly ask: BeginAsk; readonly answer: string | undefined };
  /** How many classes drawn examples may have; undefined where a model tells two apart, or none. */
  classes: { readonly ask: Reading; readonly answer: number | 'any' | undefined };
  table: { readonly ask: Reading & { readonly given: FileGiven }; readonly answer: TableAnswer };
  /** The source with the data written into it. */
  written: { readonly ask: Reading & { readonly given: Given }; readonly answer: string };
}
