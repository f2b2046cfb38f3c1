import type { Global } from './code.ts';
import { ROWS, type Width } from './tile.ts';

/** Terms of a sum, columns and rows that are packed at a time: so much of them stays in the caches. */
export const DEPTH = 256;
export const ACROSS = 512;
export const DOWN = 64;

/** Memory after the arrays, for what products put apart: they use it in turn, each thread its own. */
export class Scratch {
  /** How far the panels of this thread lie behind those of the first, where there are several. */
  readonly thread: Global | undefined;
  private readonly threads: number;
  /** Bytes between the panels of two threads. */
  stride = 0;
  private end: number;
  private readonly width: Width;
  private places:
    | { readonly left: number; readonly right: number; readonly below: number; readonly beside: number; readonly apart: number }
    | undefined;
  readonly tables: { readonly at: number; readonly places: readonly number[] }[] = [];
  private readonly known = new Map<string, number>();

  /** @param start bytes that the arrays take */
  constructor(start: number, width: Width, threads = 1, thread?: Global) {
    this.end = start;
    this.width = width;
    this.threads = threads;
    this.thread = thread;
  }

  /** Bytes with it. */
  get length(): number {
    return this.end;
  }

  /** The packed rows of the left operand. */
  get left(): number {
    return this.panels.left;
  }

  /** The packed columns of the right operand. */
  get right(): number {
    return this.panels.right;
  }

  /** The rows of the left operand that fill no tile, and the columns of the right one. */
  get below(): number {
    return this.panels.below;
  }

  get beside(): number {
    return this.panels.beside;
  }

  /** One tile. */
  get apart(): number {
    return this.panels.apart;
  }

  /** Places that a sum visits, each four bytes. */
  table(places: readonly number[]): number {
    const key = places.join();
    let at = this.known.get(key);
    if (at === undefined) {
      at = this.take(4 * places.length);
      this.known.set(key, at);
      this.tables.push({ at, places });
    }
    return at;
  }

  private get panels() {
    const { size, columns } = this.width;
    if (!this.places) {
      this.places = {
        left: this.take(DEPTH * DOWN * size),
        right: this.take(DEPTH * ACROSS * size),
        below: this.take(DEPTH * ROWS * size),
        beside: this.take(DEPTH * columns * size),
        apart: this.take(ROWS * columns * size),
      };
      this.stride = this.take(0) - this.places.left;
      this.take((this.threads - 1) * this.stride);
    }
    return this.places;
  }

  /** So many bytes on a line of the cache. */
  take(bytes: number): number {
    const at = Math.ceil(this.end / LINE) * LINE;
    this.end = at + bytes;
    return at;
  }
}

const LINE = 64;
