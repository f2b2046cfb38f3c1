import fc from 'fast-check';
import {
  BY_ENTRIES,
  common,
  LITERALS,
  NAMES,
  SHAPE_OF,
  SHAPES,
  type ShapeName,
  SPECIFIC,
  WIDER,
  WIDER_ENTRIES,
} from './templates.ts';

/** A well-shaped source, the shapes of its names, and one of the names to derive by. */
export interface Generated {
  readonly source: string;
  readonly wrt: string;
  readonly shapes: Readonly<Record<string, (number | string)[]>>;
}

/** Expressions of each shape at a depth, built from those of the depth below. */
type Level = Readonly<Record<ShapeName, fc.Arbitrary<string>>>;

const variable = (shape: ShapeName): fc.Arbitrary<string> => fc.constantFrom(...NAMES[shape]);

const leaves: Level = levelOf((shape) =>
  shape === ''
    ? fc.oneof({ weight: 4, arbitrary: variable(shape) }, { weight: 1, arbitrary: fc.constantFrom(...LITERALS) })
    : variable(shape),
);

function levelOf(make: (shape: ShapeName) => fc.Arbitrary<string>): Level {
  return Object.fromEntries(SHAPES.map((shape) => [shape, make(shape)])) as Record<ShapeName, fc.Arbitrary<string>>;
}

function above(below: Level, wider: boolean): Level {
  return levelOf((shape) => {
    const templates = [...common(shape), ...SPECIFIC[shape], ...((wider && WIDER[shape]) || [])];
    return fc.oneof(
      { weight: 6, arbitrary: below[shape] },
      ...templates.map(([weight, build, ...parts]) => ({
        weight: Math.ceil(2 * weight),
        arbitrary: fc.tuple(...parts.map((part) => below[part])).map((texts) => build(...texts)),
      })),
    );
  });
}

/** Names as they stand in a source; what is followed by `(` or `[` of an index sum is no name of ours. */
const namesIn = (source: string): string[] =>
  [...new Set(source.match(/[\p{L}][\p{L}\p{N}_]*/gu) ?? [])].filter((name) => SHAPE_OF.has(name));

/** The names that a definition can stand for: half of all sources have one, so that it is used in several places. */
const DEFINED: readonly ShapeName[] = ['', 'n', 'n,m', 'n,n', '1,n', 'n,m,3', '2,n,2,3'];

const MORE_DEFINED: readonly ShapeName[] = ['3', '2,3', 'n', 'n,m', 'n,n'];

const SIZES = new Map([
  ['n', 'u'],
  ['m', 'p'],
]);

/**
 * Random sources of a depth, with an objective of any shape or a scalar one.
 * @param wider more notation: indices as numbers, recurrences, comparisons of comparisons
 */
export function expressions({
  depth = 3,
  scalar = false,
  wider = false,
}: {
  depth?: number;
  scalar?: boolean;
  wider?: boolean;
} = {}): fc.Arbitrary<Generated> {
  const levels = [leaves];
  for (let k = 0; k < depth; k++) levels.push(above(levels[k]!, wider));
  const shapes: ShapeName[] = scalar ? [''] : ['', '', '', 'n', '3', 'n,m', 'n,n', '1,n'];
  const objective = fc.constantFrom(...shapes).chain((shape) => levels[depth]![shape]);
  const definition = fc.option(
    fc.constantFrom(...DEFINED, ...(wider ? MORE_DEFINED : [])).chain((shape) => {
      const whole = levels[depth - 1]![shape].map((text) => `Z = ${text}`);
      const entries = [...(BY_ENTRIES[shape] ?? []), ...((wider && WIDER_ENTRIES[shape]) || [])];
      const text = entries.length > 0 ? fc.oneof(whole, fc.constantFrom(...entries)) : whole;
      return text.map((line) => ({ line, name: NAMES[shape][0]! }));
    }),
  );
  return fc
    .tuple(objective, definition, fc.nat(7))
    .map(([text, defined, pick]) => {
      const use = defined && new RegExp(`(?<![\\p{L}\\p{N}])${defined.name}(?![\\p{L}\\p{N}])`, 'gu');
      const source = use ? `${defined.line}\n${text.replace(use, 'Z')}` : text;
      const used = namesIn(source);
      const names = used.length > 0 ? used : ['x'];
      // u tells the size n, where only eye(n) speaks of it, and p the size m.
      const untold = [...SIZES].filter(
        ([size]) => new RegExp(`\\b${size}\\b`).test(source) && !names.some((name) => SHAPE_OF.get(name)!.includes(size)),
      );
      const shapesOf = Object.fromEntries(
        [...names, ...untold.map(([, name]) => name)].map((name) => [name, SHAPE_OF.get(name)!]),
      );
      return { source, wrt: names[pick % names.length]!, shapes: shapesOf };
    })
    .filter(({ source }) => source.length < 400);
}

/** Names that a printer would choose, for those of a source. */
const CHOSEN: ReadonlyMap<string, string> = new Map(
  Object.entries({ n: 'w', m: 'T', T: 't', t: 'τ', x: 'T2', y: 's', s: 't2', S: 'M', M: 'S', p: 'h', Z: 'I' }),
);

/** The same source in names that a printer would choose: those of parts, of indices and of time. */
export function inChosenNames({ source, wrt, shapes }: Generated): Generated {
  const chosen = (name: string): string => CHOSEN.get(name) ?? name;
  return {
    source: source.replace(/[\p{L}_][\p{L}\p{N}_]*/gu, chosen),
    wrt: chosen(wrt),
    shapes: Object.fromEntries(
      Object.entries(shapes).map(([name, shape]) => [
        chosen(name),
        shape.map((dim) => (typeof dim === 'string' ? chosen(dim) : dim)),
      ]),
    ),
  };
}

/** What to print when a property fails: enough to run it again. */
export const describeGenerated = ({ source, wrt, shapes }: Generated): string =>
  `derive(${JSON.stringify(source)}, '${wrt}', { shapes: ${JSON.stringify(shapes)} })`;

/** The seed of all random tests; another may be given to look further. */
export const SEED = Number(process.env.GRADUS_SEED ?? 20240607);

/** A part of some cases, another for another seed; all of them where more are asked for. */
export function partOf<T>(cases: readonly T[], one: number): T[] {
  const stride = Math.max(1, Math.round(one / runs(1)));
  return Number(process.env.GRADUS_RUNS ?? 0) >= 1 ? [...cases] : cases.filter((_, k) => k % stride === SEED % stride);
}

/** How many cases; more can be asked for to look further. A share of all is tried if nothing is asked: less where each takes long. */
export const runs = (all: number, share = 0.2): number => Math.ceil(all * Number(process.env.GRADUS_RUNS ?? share));
