import { compile, derive, simplify } from '../../../src/index.ts';
import { random } from '../../../src/numeric/random.ts';

export interface Question {
  readonly source: string;
  readonly wrt: string;
  readonly reference: string;
  readonly shapes: Readonly<Record<string, (number | string)[]>>;
}

export interface Answer extends Question {
  readonly result: string;
  /** Characters of the result over those of the reference, spaces apart. */
  readonly ratio: number;
}

const compact = (text: string): string => text.replaceAll(' ', '');

/** The names of quantities: no functions, no constants, no axes, nothing that the text defines. */
function names(text: string): Set<string> {
  const found = new Set(text.match(/(?<![\p{L}\p{N}_])[\p{L}_][\p{L}\p{N}_]*(?![\p{L}\p{N}_(])/gu) ?? []);
  for (const known of ['pi', 'e', 'rows', 'cols']) found.delete(known);
  for (const [, defined] of text.matchAll(/(?:^|; )(\w+) = /g)) found.delete(defined!);
  return found;
}

/** The shapes of the names that a text has: what it does not speak of must not be declared. */
export function shapesIn(text: string, shapes: Question['shapes']): Record<string, (number | string)[]> {
  const found = names(text);
  return Object.fromEntries(Object.entries(shapes).filter(([name]) => found.has(name)));
}

export function answer(question: Question): Answer {
  const { source, wrt, reference, shapes } = question;
  const options = { shapes: shapesIn(source, shapes) };
  const found = wrt === '' ? simplify(source, options) : derive(source, wrt, { ...options, steps: false }).partial;
  const result = found.toString();
  return { ...question, result, ratio: compact(result).length / compact(reference).length };
}

/** Where functions like to be defined. */
const REGIONS = [
  [0.1, 0.9],
  [1.1, 3],
  [-2, 2],
] as const;

/**
 * The largest relative difference between the result and the reference over random points where the reference has a
 * value, and at how many points they were compared.
 */
export function difference({ source, result, reference, shapes }: Answer): { worst: number; points: number } {
  const declared = shapesIn(`${source} ${result} ${reference}`, shapes);
  const dimensions = [...new Set(Object.values(declared).flat())].filter((d) => typeof d === 'string');
  // A size that only `eye(n)` speaks of is told by an array that is not used.
  const all = { ...declared, ...Object.fromEntries(dimensions.map((d) => [`size_${d}`, [d]])) };
  const [ours, theirs] = [result, reference].map((text) => compile(text, { shapes: shapesFor(text, all) }));
  let worst = 0;
  let points = 0;
  for (let seed = 1; points < 8 && seed < 60; seed++) {
    const draw = random(seed);
    const [low, high] = REGIONS[seed % REGIONS.length]!;
    const entries = (count: number) => Array.from({ length: count }, () => draw.uniform(low, high));
    const inputs = new Map<string, number | number[] | number[][]>();
    for (const name of names(`${result} ${reference}`)) if (!(name in all)) inputs.set(name, draw.uniform(low, high));
    for (const [name, shape] of Object.entries(all)) {
      const [rows, columns] = shape.map((d) => (typeof d === 'number' ? d : 2 + (d.charCodeAt(0) % 3)));
      inputs.set(name, columns === undefined ? entries(rows!) : Array.from({ length: rows! }, () => entries(columns)));
    }
    const sizes = new Set(dimensions);
    const [found, right] = (
      [
        [ours!, result],
        [theirs!, reference],
      ] as const
    ).map(([f, text]) => {
      const own = new Set([...names(text), ...Object.keys(shapesFor(text, all))]);
      const value = f(Object.fromEntries([...inputs].filter(([name]) => own.has(name) && !sizes.has(name))));
      return typeof value === 'number' ? [value] : [...value.data];
    });
    if (!right!.every(Number.isFinite)) continue;
    points++;
    const size = Math.max(1e-3, ...right!.map(Math.abs));
    right!.forEach((x, k) => {
      const d = Math.abs(x - found![k]!) / size;
      worst = Math.max(worst, Number.isNaN(d) ? Number.POSITIVE_INFINITY : d);
    });
  }
  return { worst, points };
}

/** The shapes of a text's names, and those that tell its sizes. */
const shapesFor = (text: string, all: Question['shapes']): Record<string, (number | string)[]> => ({
  ...shapesIn(text, all),
  ...Object.fromEntries(Object.entries(all).filter(([name]) => name.startsWith('size_'))),
});

/** The ratios in a table: the longest against their references. */
export function table(answers: readonly Answer[], rows = 12): string {
  const ratios = answers.map((a) => a.ratio).sort((a, b) => a - b);
  const median = ratios[Math.floor(ratios.length / 2)]!;
  const worst = [...answers].sort((a, b) => b.ratio - a.ratio).slice(0, rows);
  return [
    `${answers.length} derivatives: median ratio ${median.toFixed(2)}, longest ${ratios.at(-1)!.toFixed(2)}`,
    ...worst.map((a) => `  ${a.ratio.toFixed(2)}  ${a.source} by ${a.wrt || '—'}\n        ${a.result}\n        ${a.reference}`),
  ].join('\n');
}
