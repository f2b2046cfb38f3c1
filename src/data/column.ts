import { GradusError } from '../language/diagnostics.ts';
import { isMissing, remedyFor } from './cells.ts';

/** Where a row of a column stands: `line 7`. */
export type Place = (row: number) => string;

/** Tables may be wide and low. */
const FIRST = 4;

const NONE: string[] = [];

/** More different words than this are no classes; they are not kept. */
const MOST_WORDS = 10_000;
/** Stands for all words beyond. */
const FURTHER = '…';

/** A column of a table: numbers, and where a cell holds none, its word. */
export class Column {
  readonly name: string;
  /** As many as `length`; NaN where there is a word. */
  private numbers: Float64Array<ArrayBuffer>;
  /** 0 for a number, k for the word words[k − 1]; none as long as there are only numbers. */
  private codes: Int32Array | undefined;
  private words: string[] = NONE;
  private codeOf: Map<string, number> | undefined;
  private count = 0;
  /** A row whose number is as well one of thousands, and how it is written. */
  private unclear: { readonly row: number; readonly word: string } | undefined;

  /** @param expected how many rows there may be, at first */
  constructor(name: string, expected = FIRST) {
    this.name = name;
    this.numbers = new Float64Array(expected);
  }

  get length(): number {
    return this.count;
  }

  add(value: number): void {
    if (this.count === this.numbers.length) this.grow();
    this.numbers[this.count++] = value;
  }

  /** The number that was added last has a point that may separate thousands. */
  doubt(word: string): void {
    this.unclear ??= { row: this.count - 1, word };
  }

  /** Points are those of fractions after all. */
  clear(): void {
    this.unclear = undefined;
  }

  addWord(word: string): void {
    this.add(Number.NaN);
    if (!this.codes || !this.codeOf) {
      this.codes = new Int32Array(this.numbers.length);
      this.codeOf = new Map();
      this.words = [];
    }
    let code = this.codeOf.get(word);
    if (code === undefined) {
      // Texts that differ in every row are no classes, and would fill the memory.
      const kept = this.words.length < MOST_WORDS ? word : FURTHER;
      code = this.codeOf.get(kept) ?? this.words.push(kept);
      this.codeOf.set(kept, code);
    }
    this.codes[this.count - 1] = code;
  }

  private grow(): void {
    const numbers = new Float64Array(this.numbers.length * 2);
    numbers.set(this.numbers);
    this.numbers = numbers;
    if (!this.codes) return;
    const codes = new Int32Array(numbers.length);
    codes.set(this.codes);
    this.codes = codes;
  }

  /** The number of a row, NaN for a word. */
  at(row: number): number {
    return this.numbers[row]!;
  }

  /** The word of a row; undefined for a number. */
  wordAt(row: number): string | undefined {
    const code = this.codes?.[row] ?? 0;
    return code === 0 ? undefined : this.words[code - 1];
  }

  /** Whether some cell holds a word that says something. */
  get hasWords(): boolean {
    return this.words.some((word) => !isMissing(word));
  }

  /** Whether there are more different words than are kept. */
  get isText(): boolean {
    return this.words.length > MOST_WORDS;
  }

  /** The rows without a value. */
  *missing(): Generator<number> {
    const codes = this.codes;
    if (!codes) return;
    const none = this.words.map(isMissing);
    if (!none.includes(true)) return;
    for (let row = 0; row < this.count; row++) if (codes[row]! > 0 && none[codes[row]! - 1]) yield row;
  }

  /**
   * The numbers of some rows, or of all.
   * @param hasUnits whether all columns of numbers begin with what may be their unit
   * @throws GradusError `data` for a cell that holds none
   */
  numbersOf(file: string, place: Place, rows?: Uint32Array, hasUnits?: () => boolean): Float64Array {
    const count = rows?.length ?? this.count;
    if (this.unclear) throw this.thousands(file, place, this.unclear);
    if (this.codes) {
      for (let k = 0; k < count; k++) {
        const row = rows ? rows[k]! : k;
        if (this.codes[row] !== 0) throw this.noNumber(file, place, row, hasUnits);
      }
    }
    if (!rows) return this.numbers.subarray(0, count);
    return Float64Array.from(rows, (row) => this.numbers[row]!);
  }

  private thousands(file: string, place: Place, { row, word }: { readonly row: number; readonly word: string }): GradusError {
    const whole = word.replace('.', '');
    return new GradusError(
      'data',
      `${file}, ${place(row)}: ${this.name} is ${saidOf(word)}, which may be ${Number(word)} or ${whole}`,
      {
        hint: 'a decimal point? --decimal point; a thousands separator? leave it out',
      },
    );
  }

  private noNumber(file: string, place: Place, row: number, hasUnits?: () => boolean): GradusError {
    const word = this.wordAt(row)!;
    return new GradusError('data', `${file}, ${place(row)}: ${this.name} is ${saidOf(word)}, not a number`, {
      hint: remedyFor(word) ?? this.unitsHint(row, hasUnits),
    });
  }

  /** What stands above numbers; undefined in a column of words, and in one that has nothing below. */
  get above(): string | number | undefined {
    const isOfNumbers = this.count > 1 && (this.codes?.subarray(1, this.count).every((code) => code === 0) ?? true);
    return isOfNumbers ? (this.wordAt(0) ?? this.at(0)) : undefined;
  }

  private unitsHint(row: number, hasUnits?: () => boolean): string | undefined {
    if (row === 0 && this.above !== undefined && hasUnits?.()) return 'a row of units? begin its line with #';
    const rest = this.codes!.subarray(1, this.count);
    return /^\p{L}/u.test(this.wordAt(row)!) && rest.every((code) => code !== 0)
      ? `words are classes: data ${/^\p{L}\w*$/u.test(this.name) ? this.name : 'Y'} : [n, k] onehot cols`
      : undefined;
  }
}

/** A row of units: each in brackets or not, letters and signs such as m/s², °C, %. */
export const areUnits = (columns: readonly Column[]): boolean => {
  const above = columns.flatMap((column) => column.above ?? []);
  return (
    above.every((word) => typeof word === 'string' && UNIT.test(word)) && above.some((word) => /[\p{L}%°$€£]/u.test(String(word)))
  );
};

const UNIT = /^(?:[-–—]*|[([]?[\p{L}%°$€£‰][\p{L}%°$€£‰\d²³⁻¹·*^/.() -]*[)\]]?)$/u;

const LONGEST = 40;

/** A cell as it is told: “3 m”, empty. */
export const saidOf = (word: string): string =>
  word === '' ? 'empty' : `“${word.length > LONGEST ? `${word.slice(0, LONGEST)}…` : word}”`;

/** The lines that rows stand on, where lines of other kinds stand between them. */
export class Lines {
  /** From this row on … */
  private readonly rows: number[] = [];
  /** … the line is the row and so many. */
  private readonly ahead: number[] = [];

  add(row: number, line: number): void {
    const ahead = line - row;
    if (ahead === this.ahead[this.ahead.length - 1]) return;
    this.rows.push(row);
    this.ahead.push(ahead);
  }

  of(row: number): number {
    const at = this.rows.findLastIndex((first) => first <= row);
    return row + (this.ahead[at] ?? 1);
  }
}
