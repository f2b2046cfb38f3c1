import { Identifiers } from '../../compile/targets/identifiers.ts';
import type { Dim, Shape } from '../../graph/dimension.ts';
import { dimensionNames, isKnown, quotientOf, sameShape } from '../../graph/dimension.ts';
import type { Node } from '../../graph/node.ts';
import { topological, valueParts } from '../../graph/traverse.ts';
import { runningForms } from '../../model/expanded.ts';
import type { Input } from '../../model/model.ts';
import { bind } from '../../numeric/binding.ts';
import type { Value } from '../../numeric/value-text.ts';
import { dimensionText, numbersOf, wrapped } from '../c/numbers.ts';
import type { Exported, Line } from '../dialect.ts';
import { DIFFERENCES } from '../differences.ts';
import { Body, type Context } from './body.ts';
import { CELLS, ORDER } from './cells.ts';
import { JsFunctions, TOLD_NAMES } from './functions.ts';
import { identifier, inJavaScript } from './names.ts';
import { program, SURFACE } from './program.ts';
import { HELPERS } from './runtime.ts';

/** Names of the module's own. */
const OWN = [
  ...['loss', 'gradients', 'valueAndGradients', 'predict', 'initialParameters', 'exampleData', 'params', 'data', 'sizes'],
  ...[
    'PARAMS',
    'DATA',
    'INITIAL',
    'EXAMPLE',
    'KNOWN',
    'NAME',
    'UPHILL',
    'DIFFERENCES',
    'slopeAtZero',
    'lacking',
    'lossHolding',
    'kept',
    'Numbers',
    'given',
    'nested',
    'listed',
    'check',
  ],
  ...[
    'train',
    'main',
    'node',
    'isStarted',
    'array',
    'flat',
    'axesOf',
    'contracted',
    'shapeOf',
    'lengthsOf',
    'values',
    'entriesOf',
    'dimensions',
  ],
];

/**
 * The module.
 * @throws GradusError `unsupported` for an operator that JavaScript cannot be told
 */
export function modelInJavaScript(exported: Exported): string {
  const { model, params, data, values, gradients, forward, backward, predicted, held, name, precision } = exported;
  const names = new Identifiers(inJavaScript);
  for (const own of [...OWN, ...TOLD_NAMES, ...Object.keys(HELPERS), ...Object.keys(ORDER)]) names.keep(own);
  for (const cell of Object.values(CELLS)) names.keep(cell.name);
  // What a model calls something is no function's name: it would hide it.
  const taken = names.inner();
  for (const one of [
    ...model.inputs.keys(),
    ...model.definitions.map((d) => d.name),
    ...[...forward, ...backward].map((l) => l.name),
  ])
    taken.keep(identifier(one));
  const functions = new JsFunctions(taken);
  const needed = new Set<string>();
  const need = (helper: string): void => {
    const known = HELPERS[helper] ?? CELLS[helper] ?? ORDER[helper]!;
    for (const other of known.needs ?? []) if (!needed.has(other)) need(other);
    needed.add(helper);
  };
  need('count');
  const constants: string[] = [];
  const given = new Map<string, { readonly from: 'params' | 'data' | 'kept'; readonly input: Input }>([
    ...data.map((input) => [input.name, { from: 'data' as const, input }] as const),
    ...params.map((input) => [input.name, { from: 'params' as const, input }] as const),
    ...(held?.held ?? []).map((input) => [nameOf(input), { from: 'kept' as const, input }] as const),
  ]);
  const constantNames = new Map<string, string>();
  const told = new Map<Node, Line>();
  for (const line of [...forward, ...backward]) {
    const value = line.node.kind === 'definition' ? line.node.value : line.node;
    // What is met before its name is told by its name all the same.
    for (const node of [line.node, value]) if (node.kind !== 'variable' && !told.has(node)) told.set(node, line);
  }

  const constant = (variable: string, shape: Shape): string => {
    const known = constantNames.get(variable);
    if (known !== undefined) return known;
    const value = values.get(variable) ?? literalOf(exported, variable);
    const own = names.fresh(model.inputs.has(variable) ? variable : 'numbers');
    const list = Array.from(numbersOf(value), plain);
    if (shape.length === 0) constants.push(`const ${own} = ${list[0]};`);
    else {
      const lengths = typeof value === 'number' ? [] : value.shape.slice(0, shape.length);
      const rows = wrapped(
        list.map((x, k) => (k + 1 < list.length ? `${x},` : x)),
        '  ',
      );
      constants.push(
        [
          `const ${own} = {`,
          `  shape: [${lengths.join(', ')}],`,
          '  data: Numbers.from([',
          ...rows.map((r) => `  ${r}`),
          '  ]),',
          '};',
        ].join('\n'),
      );
    }
    constantNames.set(variable, own);
    return own;
  };

  /** @param sparing whether data that it does not read may be left out */
  const body = (roots: readonly Node[], sparing = false) => {
    const scope = names.inner();
    const known = new Map<Node, string>();
    const sizes = new Map<string, string>();
    const size = (wanted: string): string => {
      const found = sizes.get(wanted) ?? scope.fresh(wanted);
      sizes.set(wanted, found);
      return found;
    };
    const context: Context = { graph: model.graph, functions, need, size };
    const read = { params: [] as string[], data: [] as string[], kept: [] as string[] };
    const shaping: string[] = [];
    for (const node of variablesOf(roots)) {
      if (node.kind !== 'variable') continue;
      const place = given.get(node.name);
      if (!place) {
        known.set(node, constant(node.name, node.shape));
        continue;
      }
      const own = scope.fresh(node.name);
      read[place.from].push(own === place.input.name ? own : `${key(place.input.name)}: ${own}`);
      known.set(node, own);
      if (sameShape(node.shape, place.input.shape)) continue;
      const plainName = scope.fresh(`${node.name}_column`);
      known.set(node, plainName);
      if (node.shape.length === 0) {
        shaping.push(`const ${plainName} = ${own}.data[0];`);
        continue;
      }
      need('shaped');
      shaping.push(`const ${plainName} = shaped(${own}, [${node.shape.map((d) => dimensionText(d, size)).join(', ')}]);`);
    }
    const made = new Body(context, scope, known, told);
    const results = made.write(roots);
    const list = [...sizes].map(([from, to]) => (from === to ? from : `${JSON.stringify(from)}: ${to}`));
    const spared = sparing ? unread(known, sizes.keys()) : [];
    const last = spared.length > 0 ? `, ${JSON.stringify(spared)}` : '';
    const head = [
      `  const { params, data${list.length > 0 ? ', sizes' : ''} } = given(values, inputs${last});`,
      ...(read.params.length > 0 ? [`  const { ${read.params.join(', ')} } = params;`] : []),
      ...(read.kept.length > 0 ? [`  const { ${read.kept.join(', ')} } = given(kept, inputs).params;`] : []),
      ...(read.data.length > 0 ? [`  const { ${read.data.join(', ')} } = data;`] : []),
      ...(list.length > 0 ? [`  const { ${list.join(', ')} } = sizes;`] : []),
    ].map((line) =>
      line.replace(
        'params, data }',
        read.data.length === 0
          ? read.params.length === 0
            ? '}'
            : 'params }'
          : read.params.length === 0
            ? 'data }'
            : 'params, data }',
      ),
    );
    const lines = [...shaping, ...made.lines].flatMap((line) => line.split('\n')).map((line) => `  ${line}`);
    return { lines: [...head, ...lines], results };
  };

  /** Data that may be left out, as nothing but other data is read, and tells the sizes. */
  const unread = (known: ReadonlyMap<Node, string>, sizes: Iterable<string>): string[] => {
    const names = new Set([...known.keys()].map((node) => (node.kind === 'variable' ? node.name : '')));
    const isRead = ({ name }: Input) => names.has(name);
    const told = new Set([...params, ...data.filter(isRead)].flatMap(({ shape }) => shape.filter((d) => typeof d === 'string')));
    return [...sizes].every((name) => told.has(name)) ? data.filter((input) => !isRead(input)).map(({ name }) => name) : [];
  };

  const cost = forward.at(-1)!.node;
  const value = body([cost]);
  const both = body([cost, ...params.map((p) => gradients.get(p.name)!)]);
  const prediction = predicted && body(runningForms(model, [predicted.node]), true);
  const holding = held && body([held.node]);
  const { sizes: bound } = bind(model, Object.fromEntries([...values].filter(([key]) => model.inputs.has(key))));
  const alone = new Set([...given.values()].flatMap(({ input }) => input.shape.filter((d) => typeof d === 'string')));
  const preset = [...new Set([...given.values()].flatMap(({ input }) => input.shape.flatMap(dimensionNames)))].filter(
    (d) => !alone.has(d) && isKnown(d, bound),
  );
  const shapes = (list: readonly Input[]): string[] =>
    list.map((p) => `  ${key(p.name)}: [${p.shape.map(shapeText).join(', ')}],`);
  const holds = (list: readonly Input[]): string[] =>
    list.flatMap((p) => {
      const held = values.get(p.name);
      return held === undefined ? [] : entryLines(key(p.name), held);
    });
  return [
    ...exported.comment.flatMap((line) => wrapped(`// ${line.replace(/[\p{C}\s]+/gu, ' ')}`.split(' '), '', 100, '// ')),
    '// Made by gradus: an ES module without dependencies. `node model.js --check` compares the gradients',
    '// with differences, `node model.js --train` trains. Arrays are nested lists, or typed arrays in',
    '// row-major order.',
    '',
    `const Numbers = ${precision === 'f32' ? 'Float32Array' : 'Float64Array'};`,
    '',
    '// What is learned and what is given, with their shapes.',
    ...object('PARAMS', shapes(params)),
    ...object('DATA', shapes([...given.values()].filter((g) => g.from === 'data').map((g) => g.input))),
    ...(preset.length > 0 ? ['// Sizes that no shape tells alone.'] : []),
    `const KNOWN = {${preset.map((d) => ` ${key(d)}: ${bound.get(d)}`).join(',')}${preset.length > 0 ? ' ' : ''}};`,
    '',
    ...constants.flatMap((text) => [text, '']),
    `/** ${name.replaceAll('*/', '')} */`,
    'export function loss(values, inputs) {',
    ...value.lines,
    `  return ${value.results[0]};`,
    '}',
    '',
    '/** Its derivative by each parameter. */',
    'export const gradients = (values, inputs) => valueAndGradients(values, inputs).gradients;',
    '',
    'export function valueAndGradients(values, inputs) {',
    ...both.lines,
    '  return {',
    `    value: ${both.results[0]},`,
    '    gradients: {',
    ...params.map((p, k) => `      ${key(p.name)}: nested(${both.results[k + 1]}${reshaped(p, gradients.get(p.name)!)}),`),
    '    },',
    '  };',
    '}',
    '',
    ...(prediction && predicted
      ? [
          `/** ${predicted.name.replaceAll('*/', '')} */`,
          'export function predict(values, inputs) {',
          ...prediction.lines,
          `  return nested(${prediction.results[0]});`,
          '}',
          '',
        ]
      : []),
    '/** What training starts from. */',
    'export const initialParameters = () => structuredClone(INITIAL);',
    '',
    '/** What the model holds. */',
    'export const exampleData = () => structuredClone(EXAMPLE);',
    '',
    ...object('INITIAL', holds(params)),
    ...object('EXAMPLE', holds(data)),
    '',
    ...functions.texts.flatMap((text) => [text, '']),
    ...[...needed].flatMap((helper) => [(HELPERS[helper] ?? CELLS[helper] ?? ORDER[helper]!).text, '']),
    SURFACE,
    ...(holding
      ? [
          '// The objective, what is stopped being made of other parameters: what differences move.',
          'function lossHolding(values, kept, inputs) {',
          ...holding.lines,
          `  return ${holding.results[0]};`,
          '}',
          '',
        ]
      : []),
    `const NAME = ${JSON.stringify(name)};`,
    `const UPHILL = ${model.objective?.sense === 'maximize'};`,
    `const DIFFERENCES = { ${Object.entries(DIFFERENCES[precision])
      .map(([name, value]) => `${name}: ${value}`)
      .join(', ')} };`,
    '',
    program(held ? 'lossHolding(moved, params, data)' : 'loss(moved, data)'),
  ].join('\n');
}

/** What the graph calls an input. */
const nameOf = ({ name, node }: Input): string => (node.kind === 'variable' ? node.name : name);

/** Every variable that is read, those within loops over time too. */
function variablesOf(roots: readonly Node[]): Node[] {
  return topological(roots, undefined, valueParts).filter(
    (n) => n.kind === 'variable' && n.role !== 'size' && n.role !== 'state',
  );
}

/** A gradient of a column comes back as the column that its parameter is declared as. */
function reshaped({ shape }: Input, node: Node): string {
  return sameShape(shape, node.shape) ? '' : `, ${shape.length}`;
}

const object = (name: string, lines: readonly string[]): string[] =>
  lines.length === 0 ? [`const ${name} = {};`] : [`const ${name} = {`, ...lines, '};'];

/** As a key in a literal, where `__proto__` would be the prototype. */
const key = (name: string): string => {
  if (name === '__proto__') return `['${name}']`;
  return /^[\p{ID_Start}$_][\p{ID_Continue}$]*$/u.test(name) ? name : JSON.stringify(name);
};

const plain = (x: number): string => (Object.is(x, -0) ? '-0' : String(x));

/** A length as the module's table of shapes has it: a number, a name, or a function of the sizes. */
function shapeText(dim: Dim): string {
  if (typeof dim === 'number') return String(dim);
  const { above, below } = quotientOf(dim);
  const single = above.length === 1 && above[0]!.coefficient === 1 && above[0]!.names.length === 1;
  if (single && below.coefficient === 1 && below.names.length === 0) return JSON.stringify(dim);
  return `(sizes) => ${dimensionText(dim, (name) => `sizes[${JSON.stringify(name)}]`)}`;
}

function literalOf({ model }: Exported, variable: string): Value {
  const found = [...model.literals].find(([node]) => node.kind === 'variable' && node.name === variable);
  if (!found) throw new Error(`${variable} has no value`);
  return { shape: found[1].shape, data: Float64Array.from(found[1].data) } as Value;
}

/** A value as nested lists, a row a line. */
function entryLines(name: string, value: Value): string[] {
  if (typeof value === 'number') return [`  ${name}: ${plain(value)},`];
  let at = 0;
  const build = (axis: number): string =>
    axis === value.shape.length
      ? plain(value.data[at++]!)
      : `[${Array.from({ length: value.shape[axis]! }, () => build(axis + 1)).join(', ')}]`;
  return wrapped(`${name}: ${build(0)},`.split(' '), '  ', 100, '    ');
}
