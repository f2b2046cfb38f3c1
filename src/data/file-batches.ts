import { flatten } from '../numeric/tensor.ts';
import { type Assembled, assembled, assembler, labelColumns, type Reading, type Wanted } from './assemble.ts';
import type { Open } from './bytes.ts';
import { bothCommented, type Commented, commentsTold } from './comment-lines.ts';
import { noRow } from './complete.ts';
import type { DataFile } from './data-file.ts';
import { type Classes, classNames, ordered, toldOf } from './labels.ts';
import { tableBatches } from './read.ts';
import { isScalable, Moments, type Scaling } from './scale.ts';

/** What is to be known of a file before it is read a batch at a time. */
interface Survey {
  readonly rows: number;
  readonly dropped: number;
  readonly classes: Readonly<Record<string, Classes>>;
  /** Of each input that may be scaled. */
  readonly scaling: Readonly<Record<string, Scaling>>;
  readonly rowAxes: Readonly<Record<string, number>>;
}

/** Rows that are looked at together. */
const TOGETHER = 4096;

/**
 * Goes through a file once, however long it is: how many rows there are, the classes of labels that are not declared, means
 * and deviations. What is wrong with the file is found here.
 * @throws GradusError `data` as `assembled`
 */
export async function surveyed(
  wanted: Wanted,
  file: string,
  open: Open,
  reading: Reading,
  warn?: (text: string) => void,
): Promise<Survey> {
  const declared = reading.classes ?? {};
  const labels = new Map<string, Set<string>>();
  const targets = new Map<string, ReturnType<typeof labelColumns>[number]>();
  const moments = new Map<string, Moments>();
  let rowAxes: Survey['rowAxes'] = {};
  let [rows, dropped] = [0, 0];
  let commented: Commented | undefined;
  for await (const part of tableBatches(file, open, TOGETHER, reading)) {
    for (const label of labelColumns(wanted, part, reading)) {
      if (Object.hasOwn(declared, label.target.name)) continue;
      const found = labels.get(label.target.name) ?? new Set();
      for (const name of classNames(label.column, part.file, part.place)) found.add(name);
      labels.set(label.target.name, found);
      targets.set(label.target.name, label);
    }
    // Of the classes only their names are to be known yet.
    const classes = { ...Object.fromEntries([...labels].map(([name, found]) => [name, [...found]])), ...declared };
    const now = assembled(
      wanted,
      [part],
      { ...reading, classes, mayBeNone: true },
      rows + dropped === 0 ? (text) => isOfWhole(text) || warn?.(text) : undefined,
    );
    commented = bothCommented(commented, part.commented);
    rowAxes = now.rowAxes;
    dropped += now.dropped;
    const left = rowsLeft(part, now);
    rows += left;
    if (left === 0) continue;
    for (const [name, axis] of Object.entries(rowAxes)) {
      const input = wanted.get(name)!;
      if (!isScalable(input)) continue;
      const { data, shape = flatShape(input.shape.length, axis, data.length) } = flatten(now.inputs[name], name);
      const columns = data.length / (shape[axis] ?? 1);
      const known = moments.get(name) ?? new Moments(columns, axis);
      known.add(data, shape);
      moments.set(name, known);
    }
  }
  if (rows === 0) throw noRow(file);
  if (commented) warn?.(commentsTold(file, commented));
  if (dropped > 0) warn?.(`${file}: ${dropped} of ${rows + dropped} rows left out, which lack a value`);
  const classes = [...labels].map(([name, found]) => {
    const { target, column } = targets.get(name)!;
    const classes = ordered(found, target, column.name, file);
    const told = toldOf(target, classes);
    if (told !== undefined) warn?.(told);
    return [name, classes] as const;
  });
  const scaling = [...moments].map(([name, known]) => [name, known.scaling()] as const);
  return {
    rows,
    dropped,
    classes: { ...Object.fromEntries(classes), ...declared },
    scaling: Object.fromEntries(scaling),
    rowAxes,
  };
}

const rowsLeft = (part: DataFile, { dropped }: Assembled): number => (part.column(0)?.length ?? 0) - dropped;

/** How many rows and lines a part leaves out is told of the whole. */
const isOfWhole = (text: string): boolean => / rows left out, | left out as (?:a comment|comments), /.test(text);

/** A flat array lies along one axis. */
const flatShape = (rank: number, axis: number, length: number): number[] =>
  Array.from({ length: Math.max(1, rank) }, (_, k) => (k === axis ? length : 1));

/**
 * The values of a model's inputs from a file of any length, so many rows at a time, in constant memory.
 * @param reading with the classes of labels, as `surveyed` finds them
 * @throws GradusError `data` as `assembled`
 */
export async function* fileBatches(
  wanted: Wanted,
  file: string,
  open: Open,
  rows: number,
  reading: Reading,
): AsyncGenerator<Assembled> {
  const assemble = assembler(wanted, { ...reading, mayBeNone: true });
  for await (const part of tableBatches(file, open, rows, reading)) {
    const found = assemble(part);
    // Without a row there is no step.
    if (rowsLeft(part, found) > 0) yield found;
  }
}
