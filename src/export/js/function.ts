import type { Identifiers } from '../../compile/targets/identifiers.ts';
import { sameShape } from '../../graph/dimension.ts';
import type { Node, Variable } from '../../graph/node.ts';
import { topological, valueParts } from '../../graph/traverse.ts';
import type { Input } from '../../model/model.ts';
import { dimensionText } from '../c/numbers.ts';
import type { Exported } from '../dialect.ts';
import { Body } from './body.ts';
import { key } from './literals.ts';
import type { Module } from './module.ts';

/** What is within a function of the module, and what the nodes that were asked for are there. */
export interface Written {
  readonly lines: readonly string[];
  readonly results: readonly string[];
}

/**
 * A function `(values, inputs)` of the module.
 * @param sparing whether data that it does not read may be left out
 */
export function written(module: Module, roots: readonly Node[], sparing = false): Written {
  const { functions, told, exported } = module;
  const variables = variablesOf(roots);
  // Before the names of this function are given: none of them may hide a constant.
  const known = constantsAmong(module, variables);
  const names = module.names.inner();
  const sizes = new Map<string, string>();
  const size = (wanted: string): string => {
    const found = sizes.get(wanted) ?? names.fresh(wanted);
    sizes.set(wanted, found);
    return found;
  };
  const { read, shaping } = variablesRead(module, variables, known, names, size);
  const need = (helper: string) => module.need(helper);
  const body = new Body({ graph: exported.model.graph, functions, need, size }, names, known, told);
  const results = body.write(roots);
  const spared = sparing ? unread(exported, known, sizes.keys()) : [];
  const lines = [...shaping, ...body.lines].flatMap((line) => line.split('\n'));
  return { lines: [...head(read, sizes, spared), ...lines].map((line) => `  ${line}`), results };
}

/** What a function takes out of each of what it is called with. */
type Read = Readonly<Record<'params' | 'data' | 'kept', readonly string[]>>;

const constantsAmong = (module: Module, variables: readonly Variable[]): Map<Node, string> =>
  new Map(variables.filter((v) => !module.given.has(v.name)).map((v) => [v, module.constant(v.name, v.shape)]));

/** Gives what is read a name, and says how what is declared as a column is brought into form. */
function variablesRead(
  module: Module,
  variables: readonly Variable[],
  known: Map<Node, string>,
  names: Identifiers,
  size: (name: string) => string,
) {
  const read = { params: [] as string[], data: [] as string[], kept: [] as string[] };
  const shaping: string[] = [];
  for (const node of variables) {
    const place = module.given.get(node.name);
    if (!place) continue;
    const own = names.fresh(node.name);
    read[place.from].push(binding(place.input.name, own));
    known.set(node, own);
    if (sameShape(node.shape, place.input.shape)) continue;
    const plainName = names.fresh(`${node.name}_column`);
    known.set(node, plainName);
    if (node.shape.length === 0) {
      shaping.push(`const ${plainName} = ${own}.data[0];`);
      continue;
    }
    module.need('shaped');
    shaping.push(`const ${plainName} = shaped(${own}, [${node.shape.map((d) => dimensionText(d, size)).join(', ')}]);`);
  }
  return { read, shaping };
}

/** Every variable that is read, those within loops over time too. */
const variablesOf = (roots: readonly Node[]): Variable[] =>
  topological(roots, undefined, valueParts).filter(
    (n): n is Variable => n.kind === 'variable' && n.role !== 'size' && n.role !== 'state',
  );

/** Data that may be left out, as nothing but other data is read, and tells the sizes. */
function unread({ params, data }: Exported, known: ReadonlyMap<Node, string>, sizes: Iterable<string>): string[] {
  const names = new Set([...known.keys()].map((node) => (node.kind === 'variable' ? node.name : '')));
  const isRead = ({ name }: Input) => names.has(name);
  const told = new Set([...params, ...data.filter(isRead)].flatMap(({ shape }) => shape.filter((d) => typeof d === 'string')));
  return [...sizes].every((name) => told.has(name)) ? data.filter((input) => !isRead(input)).map(({ name }) => name) : [];
}

/** The lines that take what is read out of what the function is called with. */
function head({ params, data, kept }: Read, sizes: ReadonlyMap<string, string>, spared: readonly string[]): string[] {
  const lengths = [...sizes].map(([name, own]) => (name === own ? name : `${JSON.stringify(name)}: ${own}`));
  const hasSizes = lengths.length > 0;
  const groups = [
    ...(hasSizes || params.length > 0 ? ['params'] : []),
    ...(hasSizes || data.length > 0 ? ['data'] : []),
    ...(hasSizes ? ['sizes'] : []),
  ];
  const last = spared.length > 0 ? `, ${JSON.stringify(spared)}` : '';
  return [
    `const {${groups.length > 0 ? ` ${groups.join(', ')}` : ''} } = given(values, inputs${last});`,
    ...taken(params, 'params'),
    ...taken(kept, 'given(kept, inputs).params'),
    ...taken(data, 'data'),
    ...taken(lengths, 'sizes'),
  ];
}

const taken = (names: readonly string[], from: string): string[] =>
  names.length > 0 ? [`const { ${names.join(', ')} } = ${from};`] : [];

/** An entry of a pattern: `w`, or `λ: lambda`. */
const binding = (name: string, own: string): string => (own === name ? own : `${key(name)}: ${own}`);
