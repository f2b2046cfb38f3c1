import type { Dim } from '../../graph/dimension.ts';
import { dimensionNames, isKnown, quotientOf, sameShape } from '../../graph/dimension.ts';
import type { Node } from '../../graph/node.ts';
import { runningForms } from '../../model/expanded.ts';
import type { Input } from '../../model/model.ts';
import { bind } from '../../numeric/binding.ts';
import { dimensionText, wrapped } from '../c/numbers.ts';
import type { Exported } from '../dialect.ts';
import { DIFFERENCES } from '../differences.ts';
import { keptOf } from '../kept.ts';
import { UNPREDICTED, unfilled } from '../lacking.ts';
import { type Written, written } from './function.ts';
import { entryLines, key, object } from './literals.ts';
import { Module } from './module.ts';
import { program, SURFACE } from './program.ts';

/**
 * The module.
 * @throws GradusError `unsupported` for an operator that JavaScript cannot be told
 */
export function modelInJavaScript(exported: Exported): string {
  const { model, params, data, gradients, forward, predicted, held, name } = exported;
  const module = new Module(exported);
  const cost = forward.at(-1)!.node;
  const value = written(module, [cost]);
  const both = written(module, [cost, ...params.map((p) => gradients.get(p.name)!)]);
  const prediction = predicted && written(module, runningForms(model, [predicted.node]), true);
  const holding = held && written(module, [held.node]);
  return [
    ...head(exported),
    ...shapes(module),
    '',
    ...module.constantTexts.flatMap((text) => [text, '']),
    ...lossFunction(name, value),
    ...gradientFunctions(exported, both),
    ...(prediction ? predictFunction(predicted.name, prediction) : unpredicted),
    '/** What training starts from. */',
    'export const initialParameters = () => structuredClone(INITIAL);',
    '',
    '/** What the model holds. */',
    'export const exampleData = () => structuredClone(EXAMPLE);',
    '',
    ...object('INITIAL', valuesOf(params, exported)),
    ...object('EXAMPLE', valuesOf(data, exported)),
    '',
    ...module.functionTexts.flatMap((text) => [text, '']),
    SURFACE,
    ...(holding ? holdingFunction(holding) : []),
    ...settings(exported),
    '',
    program(held ? 'lossHolding(moved, params, data)' : 'loss(moved, data)', keptOf(params)),
  ].join('\n');
}

const head = ({ comment, precision }: Exported): string[] => [
  ...comment.flatMap((line) => wrapped(`// ${line}`.split(' '), '', 100, '// ')),
  '// Made by gradus: an ES module without dependencies. `node model.js --check` compares the gradients',
  '// with differences, `node model.js --train` trains. Arrays are nested lists, or typed arrays in',
  '// row-major order.',
  '',
  `const Numbers = ${precision === 'f32' ? 'Float32Array' : 'Float64Array'};`,
  '',
];

/** The tables of shapes, and the sizes that these do not tell. */
function shapes({ exported, given }: Module): string[] {
  const { model, params, values } = exported;
  const { sizes } = bind(model, Object.fromEntries([...values].filter(([name]) => model.inputs.has(name))));
  const all = [...given.values()].flatMap(({ input }) => input.shape);
  const alone = new Set(all.filter((d) => typeof d === 'string'));
  const preset = [...new Set(all.flatMap(dimensionNames))].filter((d) => !alone.has(d) && isKnown(d, sizes));
  const table = (list: readonly Input[]): string[] =>
    list.map((p) => `  ${key(p.name)}: [${p.shape.map(shapeText).join(', ')}],`);
  return [
    '// What is learned and what is given, with their shapes.',
    ...object('PARAMS', table(params)),
    ...object('DATA', table([...given.values()].filter((g) => g.from === 'data').map((g) => g.input))),
    ...(preset.length > 0 ? ['// Sizes that no shape tells alone.'] : []),
    `const KNOWN = {${preset.map((d) => ` ${key(d)}: ${sizes.get(d)}`).join(',')}${preset.length > 0 ? ' ' : ''}};`,
  ];
}

/** A length as the module's table of shapes has it: a number, a name, or a function of the sizes. */
function shapeText(dim: Dim): string {
  if (typeof dim === 'number') return String(dim);
  const { above, below } = quotientOf(dim);
  const single = above.length === 1 && above[0]!.coefficient === 1 && above[0]!.names.length === 1;
  if (single && below.coefficient === 1 && below.names.length === 0) return JSON.stringify(dim);
  return `(sizes) => ${dimensionText(dim, (name) => `sizes[${JSON.stringify(name)}]`)}`;
}

const lossFunction = (name: string, { lines, results }: Written): string[] => [
  `/** ${commented(name)} */`,
  'export function loss(values, inputs) {',
  ...lines,
  `  return ${results[0]};`,
  '}',
  '',
];

function gradientFunctions({ params, gradients }: Exported, { lines, results: [value, ...slopes] }: Written): string[] {
  const entry = (p: Input, k: number): string =>
    `      ${key(p.name)}: nested(${slopes[k]}${reshaped(p, gradients.get(p.name)!)}),`;
  return [
    '/** Its derivative by each parameter. */',
    'export const gradients = (values, inputs) => valueAndGradients(values, inputs).gradients;',
    '',
    'export function valueAndGradients(values, inputs) {',
    ...lines,
    '  return {',
    `    value: ${value},`,
    '    gradients: {',
    ...params.map(entry),
    '    },',
    '  };',
    '}',
    '',
  ];
}

/** A gradient of a column comes back as the column that its parameter is declared as. */
function reshaped({ shape }: Input, node: Node): string {
  return sameShape(shape, node.shape) ? '' : `, ${shape.length}`;
}

const predictFunction = (name: string, { lines, results }: Written): string[] => [
  `/** ${commented(name)} */`,
  'export function predict(values, inputs) {',
  ...lines,
  `  return nested(${results[0]});`,
  '}',
  '',
];

const unpredicted: readonly string[] = [...wrapped(UNPREDICTED.split(' '), '// '), ''];

const holdingFunction = ({ lines, results }: Written): string[] => [
  '// The objective, what is stopped being made of other parameters: what differences move.',
  'function lossHolding(values, kept, inputs) {',
  ...lines,
  `  return ${results[0]};`,
  '}',
  '',
];

/** A name within a comment, which it may not end. */
const commented = (name: string): string => name.replaceAll('*/', '');

/** What the model has values of. */
const valuesOf = (list: readonly Input[], { values }: Exported): string[] =>
  list.flatMap((p) => {
    const value = values.get(p.name);
    return value === undefined ? [] : entryLines(key(p.name), value, p.role !== 'param');
  });

/** What the program at the end goes by. */
function settings(exported: Exported): string[] {
  const { name, model, precision } = exported;
  const lengths = Object.entries(DIFFERENCES[precision]).map(([one, value]) => `${one}: ${value}`);
  return [
    `const LACKING = ${JSON.stringify(unfilled(exported, 'js') ?? '')};`,
    `const NAME = ${JSON.stringify(name)};`,
    `const UPHILL = ${model.objective?.sense === 'maximize'};`,
    `const DIFFERENCES = { ${lengths.join(', ')} };`,
  ];
}
