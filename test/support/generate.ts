import fc from 'fast-check';
import { operators } from '../../src/operators/index.ts';
import type { Operator } from '../../src/operators/operator.ts';

/** A well-shaped source, the shapes of its names, and one of the names to derive by. */
export interface Generated {
  readonly source: string;
  readonly wrt: string;
  readonly shapes: Readonly<Record<string, (number | string)[]>>;
}

/** A shape as text, such as `n,m`; '' for a scalar. */
type ShapeName = '' | 'n' | 'm' | '3' | 'n,m' | 'm,n' | 'n,n' | '2,3' | '3,n' | '1,n' | 'n,m,3';

/** The names of each shape. Symbolic and concrete lengths, rows, columns, squares, a rank 3. */
const NAMES: Readonly<Record<ShapeName, readonly string[]>> = {
  '': ['x', 'y', 's'],
  n: ['u', 'v'],
  m: ['p', 'q'],
  3: ['c', 'd'],
  'n,m': ['A', 'B'],
  'm,n': ['C', 'D'],
  'n,n': ['S', 'T'],
  '2,3': ['G', 'H'],
  '3,n': ['L', 'M'],
  '1,n': ['r', 'ρ'],
  'n,m,3': ['K', 'N'],
};

const SHAPES = Object.keys(NAMES) as ShapeName[];

const dims = (shape: ShapeName): (number | string)[] =>
  shape === '' ? [] : shape.split(',').map((d) => (/^\d+$/.test(d) ? Number(d) : d));

const SHAPE_OF = new Map(SHAPES.flatMap((shape) => NAMES[shape].map((name) => [name, dims(shape)] as const)));

/** Expressions of each shape at a depth, built from those of the depth below. */
type Level = Readonly<Record<ShapeName, fc.Arbitrary<string>>>;

type Template = readonly [weight: number, build: (...parts: string[]) => string, ...parts: ShapeName[]];

/** How an argument of any size is brought into a function's domain: as it is, or squeezed. */
const SQUEEZES: readonly [lo: number, hi: number, squeeze: (text: string) => string][] = [
  [-20, 20, (text) => text],
  [-0.9, 0.9, (text) => `0.9*tanh(${text})`],
  [0.1, 1.9, (text) => `(1 + 0.9*tanh(${text}))`],
  [1.1, 2.9, (text) => `(2 + 0.9*tanh(${text}))`],
];

function squeezeInto(operator: Operator): (text: string) => string {
  const { domain } = operator;
  const fits = SQUEEZES.find(([lo, hi]) => [0, 0.13, 0.37, 0.5, 0.71, 1].every((t) => domain?.(lo + t * (hi - lo)) ?? true));
  return (fits ?? SQUEEZES[2]!)[2];
}

const unary = operators.filter((o) => o.arity === 1 && !o.internal);
const LITERALS = ['2', '3', '0.5', '1/3', '-1', '1e-3', 'pi', 'e', '7'];

/** The functions of one argument, entry by entry, each with its chance. */
const functionsOf = (shape: ShapeName): Template[] => [
  ...unary.map((o): Template => {
    const squeeze = squeezeInto(o);
    return [1, (a) => `${o.name}(${squeeze(a!)})`, shape];
  }),
  [2, (a) => `sqrt(1 + (${a}).^2)`, shape],
  [1, (a) => `sqrt(abs(${a}))`, shape],
];

/** What every shape has: arithmetic entry by entry, scalars that stretch. */
const common = (shape: ShapeName): Template[] => [
  ...functionsOf(shape),
  [4, (a, b) => `${a} + ${b}`, shape, shape],
  [3, (a, b) => `(${a}) - (${b})`, shape, shape],
  [4, (a, b) => `(${a}).*(${b})`, shape, shape],
  [2, (a, b) => `(${a})./(1.5 + (${b}).^2)`, shape, shape],
  [1, (a, b) => `(${a})./(${b})`, shape, shape],
  [2, (a) => `-(${a})`, shape],
  [3, (a) => `(${a}).^2`, shape],
  [1, (a) => `(${a}).^3`, shape],
  [1, (a) => `(${a}).^(-1)`, shape],
  [1, (a, b) => `(1.1 + tanh(${a})).^(${b})`, shape, shape],
  [1, (a) => `2.^(${a})`, shape],
  [1, (a, b) => `max(${a}, ${b})`, shape, shape],
  [1, (a, b) => `min(${a}, ${b})`, shape, shape],
  [0.3, (a, b, c) => `max(${a}, ${b}, ${c})`, shape, shape, shape],
  [0.5, (a, b) => `hypot(${a}, ${b})`, shape, shape],
  [0.3, (a, b) => `atan2(${a}, ${b})`, shape, shape],
  [0.3, (a, b) => `mod(${a}, 1.5 + (${b}).^2)`, shape, shape],
  [0.3, (a, b) => `log(1.1 + (${a}).^2, 1.5 + (${b}).^2)`, shape, shape],
  [0.3, (a, b) => `leaky_relu(${a}, tanh(${b}))`, shape, shape],
  [0.3, (a, b) => `elu(${a}, ${b})`, shape, shape],
  [0.3, (a, b) => `beta(1.5 + tanh(${a}), 2 + tanh(${b}))`, shape, shape],
  [0.3, (a) => `nthRoot(${a}, 5)`, shape],
  [0.3, (a) => `polygamma(2, 1.5 + tanh(${a}))`, shape],
  [0.3, (a) => `polylog(3, 0.9*tanh(${a}))`, shape],
  [2, (a, b) => `(${a})*(${b})`, '', shape],
  [1, (a, b) => `(${a})/(${b})`, shape, ''],
  [1, (a, b) => `${a} + ${b}`, shape, ''],
  [1, (a, b) => `max(${a}, ${b})`, shape, ''],
];

const ARRAYS = SHAPES.filter((s) => s !== '');

const REDUCTIONS: Template[] = [
  ...ARRAYS.flatMap((s): Template[] => [
    [1, (a) => `sum(${a})`, s],
    [0.5, (a) => `mean(${a})`, s],
    [0.5, (a) => `norm(${a})`, s],
    [0.3, (a) => `norm1(${a})`, s],
    [0.5, (a, b) => `dot(${a}, ${b})`, s, s],
  ]),
  [2, (a, b) => `(${a})'*(${b})`, 'n', 'n'],
  [2, (a) => `tr(${a})`, 'n,n'],
  [1, (a, b) => `tr((${a})*(${b}))`, 'n,m', 'm,n'],
  [2, (a, b, c) => `(${a})'*(${b})*(${c})`, 'n', 'n,m', 'm'],
  [2, () => 'sum[i](u[i]*v[i])'],
  [2, () => 'sum[i, j](A[i,j]*B[i,j]*u[i])'],
  [2, () => 'sum[i, j, k](K[i,j,k]*u[i]*p[j]*c[k])'],
  [1, () => 'sum[i, j](S[i,j]*T[j,i]*S[i,i])'],
];

const SPECIFIC: Readonly<Record<ShapeName, readonly Template[]>> = {
  '': REDUCTIONS,
  n: [
    [3, (a, b) => `(${a})*(${b})`, 'n,m', 'm'],
    [2, (a, b) => `(${a})'*(${b})`, 'm,n', 'm'],
    [2, (a) => `sum(${a}, cols)`, 'n,m'],
    [2, (a) => `diag(${a})`, 'n,n'],
    [1, (a) => `(${a})'`, '1,n'],
    [1, (a) => `mean(${a}, cols)`, 'n,n'],
  ],
  m: [
    [3, (a, b) => `(${a})*(${b})`, 'm,n', 'n'],
    [2, (a, b) => `(${a})'*(${b})`, 'n,m', 'n'],
  ],
  3: [
    [3, (a, b) => `(${a})*(${b})`, '3,n', 'n'],
    [2, (a) => `sum(${a}, rows)'`, '2,3'],
  ],
  'n,m': [
    [3, (a, b) => `(${a})*(${b})`, 'n,n', 'n,m'],
    [2, (a) => `(${a})'`, 'm,n'],
    [2, (a, b) => `outer(${a}, ${b})`, 'n', 'm'],
    [2, (a, b) => `${a} + ${b}`, 'n,m', 'n'],
    [1, (a, b) => `(${a}).*(${b})`, 'n,m', 'n'],
  ],
  'm,n': [
    [2, (a) => `(${a})'`, 'n,m'],
    [2, (a, b) => `(${a})*(${b})`, 'm', '1,n'],
    [2, (a, b) => `${a} + ${b}`, 'm,n', '1,n'],
  ],
  'n,n': [
    [3, (a, b) => `(${a})*(${b})`, 'n,m', 'm,n'],
    [2, (a) => `(${a})^2`, 'n,n'],
    [2, (a) => `diag(${a})`, 'n'],
    [1, () => 'eye(n)'],
    [2, (a) => `(${a})'`, 'n,n'],
    [1, (a, b) => `(${a})*(${b})'`, 'n', 'n'],
  ],
  '2,3': [[1, () => '[1, 2, 3; 0.5, -1, 2]']],
  '3,n': [[1, (a, b) => `outer(${a}, ${b})`, '3', 'n']],
  '1,n': [
    [2, (a) => `(${a})'`, 'n'],
    [2, (a) => `sum(${a}, rows)`, 'm,n'],
  ],
  'n,m,3': [],
};

const variable = (shape: ShapeName): fc.Arbitrary<string> => fc.constantFrom(...NAMES[shape]);

const leaves: Level = levelOf((shape) =>
  shape === ''
    ? fc.oneof({ weight: 4, arbitrary: variable(shape) }, { weight: 1, arbitrary: fc.constantFrom(...LITERALS) })
    : variable(shape),
);

function levelOf(make: (shape: ShapeName) => fc.Arbitrary<string>): Level {
  return Object.fromEntries(SHAPES.map((shape) => [shape, make(shape)])) as Record<ShapeName, fc.Arbitrary<string>>;
}

function above(below: Level): Level {
  return levelOf((shape) => {
    const templates = [...common(shape), ...SPECIFIC[shape]];
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
const DEFINED: readonly ShapeName[] = ['', 'n', 'n,m', 'n,n', '1,n'];

/** Random sources of a depth, with an objective of any shape or a scalar one. */
export function expressions({ depth = 3, scalar = false }: { depth?: number; scalar?: boolean } = {}): fc.Arbitrary<Generated> {
  const levels = [leaves];
  for (let k = 0; k < depth; k++) levels.push(above(levels[k]!));
  const shapes: ShapeName[] = scalar ? [''] : ['', '', '', 'n', '3', 'n,m', 'n,n', '1,n'];
  const objective = fc.constantFrom(...shapes).chain((shape) => levels[depth]![shape]);
  const definition = fc.option(
    fc.constantFrom(...DEFINED).chain((shape) => levels[depth - 1]![shape].map((text) => ({ text, name: NAMES[shape][0]! }))),
  );
  return fc
    .tuple(objective, definition, fc.nat(7))
    .map(([text, defined, pick]) => {
      const use = defined && new RegExp(`(?<![\\p{L}\\p{N}])${defined.name}(?![\\p{L}\\p{N}])`, 'gu');
      const source = use ? `Z = ${defined.text}; ${text.replace(use, 'Z')}` : text;
      const used = namesIn(source);
      const names = used.length > 0 ? used : ['x'];
      // u tells the size n, where only eye(n) speaks of it.
      const untold = /\bn\b/.test(source) && !names.some((name) => SHAPE_OF.get(name)!.includes('n'));
      const shapesOf = Object.fromEntries([...names, ...(untold ? ['u'] : [])].map((name) => [name, SHAPE_OF.get(name)!]));
      return { source, wrt: names[pick % names.length]!, shapes: shapesOf };
    })
    .filter(({ source }) => source.length < 400);
}

/** What to print when a property fails: enough to run it again. */
export const describeGenerated = ({ source, wrt, shapes }: Generated): string =>
  `derive(${JSON.stringify(source)}, '${wrt}', { shapes: ${JSON.stringify(shapes)} })`;

/** The seed of all random tests; another may be given to look further. */
export const SEED = Number(process.env.GRADUS_SEED ?? 20240607);

/** How many cases; more can be asked for to look further. */
export const runs = (usual: number): number => Math.ceil(usual * Number(process.env.GRADUS_RUNS ?? 1));
