import type { Numbers } from '../executable.ts';
import type { Area, Block, Layout } from '../layout.ts';
import type { Machine } from '../machine.ts';
import type { Program } from '../program.ts';

/**
 * (steps, history, watch) → steps done. With `watch` it stops after a step whose objective is not finite. What is lent is read in
 * place of areas, as far as the target can.
 */
export type Run = (steps: number, history: Float64Array | undefined, watch: boolean, lent?: Lent) => number;

export type Lent = readonly (Numbers | undefined)[];

/** A program, and where its buffers lie. */
export interface LaidOut {
  readonly program: Program;
  readonly layout: Layout;
  /** Whether a·b + c may be rounded once; if not said, it may not. */
  readonly fma?: boolean;
  /** How many threads share its work; if not said, as many as there are. */
  readonly threads?: number | undefined;
}

/** What a program can become. Adding one is adding one of these to the list in `index.ts`. */
export interface Target {
  readonly name: string;
  /** What it is, as the help says it. */
  readonly words: string;
  /** What programs are shaped for. */
  readonly machine: Machine;
}

/** A target that runs here: what it makes of a program computes in the arrays of the layout's areas. */
export interface Runner extends Target {
  /** Whether there is what it needs, here and now. */
  readonly available: () => boolean;
  /** What is missing where it is not available, as the error says it. */
  readonly needs?: Needs;
  /** Only where it is asked for by name: it needs what a machine may lack, and time to begin. */
  readonly onRequest?: boolean;
  /** Whether it pays for a task of so many operations a step, of which a call takes one or many; if not said, for any. */
  readonly worth?: (work: number, many: boolean) => boolean;
  /** Whether it can take this program. */
  readonly suits: (program: LaidOut) => boolean;
  /** Memory of its own for a program, where it computes in no other. */
  readonly reserve?: (program: LaidOut) => Block;
  /** @param arrays views of the block, one for each area of the layout */
  readonly link: (program: LaidOut, arrays: readonly Numbers[], block: Block) => Linked;
}

/** What is missing, and what to do about it, if something is. */
export interface Needs {
  readonly message: string;
  readonly hint?: string;
}

export interface Linked {
  readonly run: Run;
  /** The generated text, where there is one. */
  readonly source?: string;
  /** The areas in whose place arrays may be lent, in their order. */
  readonly lends?: readonly Area[];
}

/** A target that is a text in another language. */
export interface Writer extends Target {
  /** @throws GradusError `unsupported` for a function that the language cannot be told */
  readonly print: (program: LaidOut, name: string) => Promise<string>;
}

export const runsHere = <T extends Target>(target: T): target is T & Runner => 'link' in target;

export const isText = <T extends Target>(target: T): target is T & Writer => 'print' in target;
