import { readdirSync, readFileSync } from 'node:fs';
import { questions } from '../bench/brevity/questions.ts';
import { arraySources } from './corpus/arrays.ts';
import { indexSources } from './corpus/indices.ts';
import { modelSources } from './corpus/models.ts';
import { networkSources } from './corpus/networks.ts';
import { scalarSources } from './corpus/scalars.ts';

type Shapes = Readonly<Record<string, readonly (number | string)[]>>;

/** A source with the shapes of its free names, and what it is derived by; a model by its parameters, if nothing is said. */
export interface Source {
  readonly kind: string;
  readonly source: string;
  readonly wrt: readonly string[];
  readonly shapes: Readonly<Record<string, (number | string)[]>>;
}

/** Sources that share the shapes of their names; each has those that it names. */
export interface Group {
  readonly kind: string;
  readonly shapes: Shapes;
  /** What is derived, and by what, with spaces between. */
  readonly sources: readonly (readonly [source: string, wrt: string])[];
}

const named = (source: string, name: string): boolean =>
  new RegExp(`(?<![\\p{L}\\p{N}_])${name}(?![\\p{L}\\p{N}_(])`, 'u').test(source);

/** Names that a source binds or defines itself: they need no shape. */
const defined = (source: string, name: string): boolean =>
  new RegExp(`(^|[;\\n] *)${name}(\\[[^\\]]*\\])? =(?!=)`, 'u').test(source) ||
  new RegExp(`\\[([^\\]]*, *)?${name}( *=[^\\]]*)?(,[^\\]]*)?\\]\\(`, 'u').test(source);

const shapesOf = (source: string, shapes: Shapes): Source['shapes'] =>
  Object.fromEntries(
    Object.entries(shapes)
      .filter(([name]) => named(source, name) && !defined(source, name))
      .map(([name, shape]) => [name, [...shape]]),
  );

const ungrouped = ({ kind, shapes, sources }: Group): Source[] =>
  sources.map(([source, wrt]) => ({ kind, source, wrt: wrt.split(' '), shapes: shapesOf(source, shapes) }));

const measured: Source[] = Object.entries(questions).flatMap(([kind, list]) =>
  list
    .filter(({ wrt }) => wrt !== '')
    .map(({ source, wrt, shapes }) => ({ kind: `derivatives ${kind}`, source, wrt: [wrt], shapes: shapesOf(source, shapes) })),
);

const FOLDERS = ['examples', 'examples/models'];

const examples: Source[] = FOLDERS.flatMap((folder) =>
  readdirSync(folder)
    .filter((file) => file.endsWith('.grad'))
    .sort()
    .map((file) => ({ kind: 'examples', source: readFileSync(`${folder}/${file}`, 'utf8'), wrt: [], shapes: {} })),
);

/** Sources of every kind that the language has: what must hold of any is tried on all of them. */
export const corpus: readonly Source[] = [
  ...[...scalarSources, ...arraySources, ...indexSources, ...networkSources].flatMap(ungrouped),
  ...measured,
  ...modelSources,
  ...examples,
];
