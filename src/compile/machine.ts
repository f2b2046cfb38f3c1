/** What a program is shaped for: the numbers that the passes ask for, so that none of them knows a target. */
export interface Machine {
  /** Operations up to which a program is written out, entry by entry, without loops; −1 for never. */
  readonly written: number;
  /** Entries or terms of a contraction that are taken at a time, so that what is loaded is used more than once. */
  readonly block: number;
  /** Numbers in a line of the cache: longer steps through memory all miss it alike. */
  readonly line: number;
  /** Multiplications from which on a contraction of two arrays is one statement; ∞ where there is none. */
  readonly product: number;
  /** Entries of a cell up to which a routine over cells (max, softmax) is loops like any other; 0 for never. */
  readonly cells: number;
  /** How many places in memory a loop may touch after another one was joined to it. */
  readonly touched: number;
  /** Operations of one execution from which on a loop is a function of its own. */
  readonly apart: number;
  /** The weight beyond which a program is cut into several functions, and that of each of them. */
  readonly whole: number;
  readonly part: number;
}

/**
 * V8, and closures within it. Written out beyond 1500 operations a program is not faster than in loops, and later
 * compiled; a function of more than 60 kB of bytecode is not optimised. A function is optimised while the engine waits in one of its
 * loops, and that is thrown away when it comes to the next: where each long loop is a function, what was compiled stays.
 */
export const V8: Machine = {
  written: 1500,
  block: 4,
  line: 8,
  product: Number.POSITIVE_INFINITY,
  cells: 0,
  touched: 120,
  apart: 20_000,
  whole: 5000,
  part: 1500,
};

/** A compiler of its own behind the text: it unrolls and vectorises plain loops better than we could. */
export const PLAIN: Machine = { ...V8, written: -1, block: 1, whole: Number.POSITIVE_INFINITY };

/** The same with a kernel for products, whose call pays from some size on. */
export const NATIVE: Machine = { ...PLAIN, product: 2048, cells: 8 };
