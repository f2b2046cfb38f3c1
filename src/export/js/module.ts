import { Identifiers } from '../../compile/targets/identifiers.ts';
import type { Shape } from '../../graph/dimension.ts';
import type { Node } from '../../graph/node.ts';
import type { Input } from '../../model/model.ts';
import type { Value } from '../../numeric/value-text.ts';
import type { Exported, Line } from '../dialect.ts';
import { CELLS, ORDER } from './cells.ts';
import { JsFunctions, TOLD_NAMES } from './functions.ts';
import { constantText } from './literals.ts';
import { identifier, inJavaScript } from './names.ts';
import { HELPERS, type Helper } from './runtime.ts';

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
    'LACKING',
    'lossHolding',
    'KEPT',
    'within',
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

/** What a function is called with. */
interface Given {
  readonly from: 'params' | 'data' | 'kept';
  readonly input: Input;
}

/** What the functions of a module share: its names, and the constants and helpers that they turn out to need. */
export class Module {
  readonly exported: Exported;
  readonly names = new Identifiers(inJavaScript);
  readonly functions: JsFunctions;
  /** By the names of their variables. */
  readonly given: ReadonlyMap<string, Given>;
  /** What is told of quantities, by their nodes. */
  readonly told: ReadonlyMap<Node, Line>;
  /** Names that nothing of the model has: what bears one of the module's is not hidden within a function. */
  private readonly beside: Identifiers;
  private readonly needed = new Set<string>();
  private readonly constants = new Map<string, { readonly name: string; readonly text: string }>();

  constructor(exported: Exported) {
    this.exported = exported;
    for (const own of [...OWN, ...TOLD_NAMES, ...Object.keys(HELPERS), ...Object.keys(ORDER)]) this.names.keep(own);
    for (const cell of Object.values(CELLS)) this.names.keep(cell.name);
    this.beside = namesBeside(exported, this.names);
    this.functions = new JsFunctions(this.beside);
    this.given = givenBy(exported);
    this.told = toldOf(exported);
    this.need('count');
  }

  /** The definitions of the constants that were asked for. */
  get constantTexts(): readonly string[] {
    return [...this.constants.values()].map(({ text }) => text);
  }

  /** The functions that are needed, each after those that it calls. */
  get functionTexts(): readonly string[] {
    return [...this.functions.texts, ...[...this.needed].map((name) => helperOf(name).text)];
  }

  need(helper: string): void {
    for (const other of helperOf(helper).needs ?? []) if (!this.needed.has(other)) this.need(other);
    this.needed.add(helper);
  }

  /** The name of an array that neither changes nor is given: a constant, or numbers that are written within an expression. */
  constant(variable: string, shape: Shape): string {
    const known = this.constants.get(variable);
    if (known) return known.name;
    const { model, values } = this.exported;
    const value = values.get(variable) ?? literalOf(this.exported, variable);
    const name = model.inputs.has(variable) ? this.names.fresh(variable) : this.beside.fresh('numbers');
    this.names.keep(name);
    this.constants.set(variable, { name, text: constantText(name, value, shape.length) });
    return name;
  }
}

const helperOf = (name: string): Helper => HELPERS[name] ?? CELLS[name] ?? ORDER[name]!;

/** Names that no quantity of the model has. */
function namesBeside({ model, forward, backward }: Exported, names: Identifiers): Identifiers {
  const taken = names.inner();
  const lines = [...forward, ...backward];
  for (const one of [...model.inputs.keys(), ...model.definitions.map((d) => d.name), ...lines.map((l) => l.name)])
    taken.keep(identifier(one));
  return taken;
}

function givenBy({ data, params, held }: Exported): Module['given'] {
  const entry = (from: Given['from'], input: Input, name = input.name): readonly [string, Given] => [name, { from, input }];
  return new Map([
    ...data.map((input) => entry('data', input)),
    ...params.map((input) => entry('params', input)),
    ...(held?.held ?? []).map((input) => entry('kept', input, nameOf(input))),
  ]);
}

/** What the graph calls an input. */
const nameOf = ({ name, node }: Input): string => (node.kind === 'variable' ? node.name : name);

function toldOf({ forward, backward }: Exported): Map<Node, Line> {
  const told = new Map<Node, Line>();
  for (const line of [...forward, ...backward]) {
    const value = line.node.kind === 'definition' ? line.node.value : line.node;
    // What is met before its name is told by its name all the same.
    for (const node of [line.node, value]) if (node.kind !== 'variable' && !told.has(node)) told.set(node, line);
  }
  return told;
}

function literalOf({ model }: Exported, variable: string): Value {
  const found = [...model.literals].find(([node]) => node.kind === 'variable' && node.name === variable);
  if (!found) throw new Error(`${variable} has no value`);
  return { shape: found[1].shape, data: Float64Array.from(found[1].data) } as Value;
}
