import { Identifiers } from '../../compile/targets/identifiers.ts';
import { changed, type DescentStep, slopeName } from '../../descend/step.ts';
import { type Sizes, sizeOf } from '../../graph/dimension.ts';
import type { Graph } from '../../graph/graph.ts';
import type { Node, Variable } from '../../graph/node.ts';
import type { Line } from '../dialect.ts';
import { Body } from './body.ts';
import type { PythonLibrary } from './language.ts';
import { laidOut } from './layout.ts';
import { Lists } from './lists.ts';
import { inPython } from './names.ts';
import { Needs } from './needs.ts';
import { tuple } from './product.ts';

/** The step of an optimizer as a program: what it is made of, and the lengths of its arrays. */
export interface StepSource {
  readonly graph: Graph;
  readonly step: DescentStep;
  /** The numbers that it takes, by the names of their variables: the learning rate and the like. */
  readonly settings: readonly string[];
  readonly sizes: Sizes;
  readonly precision: 'f64' | 'f32';
  /** What it is a step of, for its first line. */
  readonly optimizer: string;
}

const RESERVED = 'np jnp jax DTYPE params slopes carried settings update'.split(' ');

/**
 * A module with `update(params, slopes, carried, settings)`: the parameters after a step, and what the optimizer carries
 * on, each by its name. Every optimizer whose step is one formula is printed from that formula.
 */
export function stepProgram(source: StepSource, library: PythonLibrary): string {
  const { graph, step, sizes, settings, precision } = source;
  const names = new Identifiers(inPython, [...RESERVED, ...Object.keys(library.helpers)]);
  const given = new Map<Node, string>();
  const reads: { readonly name: string; readonly line: string }[] = [];
  const lengths = (variable: Variable) => tuple(variable.shape.map((dim) => String(sizeOf(dim, sizes))));
  const read = (variable: Variable, group: string, key: string, wanted = variable.name): void => {
    const name = names.fresh(wanted);
    given.set(variable, name);
    reads.push({ name, line: `    ${name} = ${group}[${JSON.stringify(key)}].reshape(${lengths(variable)})` });
  };
  for (const { variable } of step.updates) read(variable, 'params', variable.name);
  for (const { variable, gradient } of step.updates)
    if (gradient.kind === 'variable') read(gradient, 'slopes', variable.name, slopeName(variable.name));
  for (const { variable } of step.carried) read(variable, 'carried', variable.name);
  for (const name of settings) read(graph.variable(name, [], 'const'), 'settings', name);
  const lengthNames = new Map<string, string>();
  const needs = new Needs(library);
  const sizeName = (size: string): string => {
    const known = lengthNames.get(size) ?? names.fresh(size);
    lengthNames.set(size, known);
    return known;
  };
  const lists = new Lists(names);
  const lines = changed(step).map(({ variable, value }): Line => ({ name: `next ${variable.name}`, node: value, formula: '' }));
  const own = { need: needs.need, list: lists.name, names: () => names.inner() };
  const body = new Body({ library, graph, given, sizeName, ...own, made: () => undefined, linesOf: () => [] }, lines);
  const found = body.write(lines, lines);
  const text = [...body.lines, ...found].join('\n');
  const moved = step.updates.map(({ variable }, k) => `${JSON.stringify(variable.name)}: ${found[k]}`);
  const kept = step.carried.map(({ variable }, k) => `${JSON.stringify(variable.name)}: ${found[step.updates.length + k]}`);
  const program = [
    `"""A step of ${source.optimizer}, written by gradus: the formula of the optimizer for each parameter."""`,
    '',
    ...library.imports,
    '',
    ...library.settings,
    `DTYPE = ${library.precision[precision]}`,
    ...[...lengthNames].map(([size, name]) => `${name} = ${sizeOf(size, sizes)}`),
    ...lists.lines(text),
    ...needs.texts(text).flatMap((helper) => ['', '', helper]),
    '',
    '',
    'def update(params, slopes, carried, settings):',
    '    """What is learned and what is carried after a step."""',
    ...reads.filter(({ name }) => text.includes(name)).map(({ line }) => line),
    ...body.lines,
    '    return {',
    ...moved.map((entry) => `        ${entry},`),
    '    }, {',
    ...kept.map((entry) => `        ${entry},`),
    '    }',
    '',
  ];
  return laidOut(program.join('\n'));
}
