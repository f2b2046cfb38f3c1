import { entriesOf } from '../derivation/by-entries.ts';
import { ruleText } from '../derivation/labels.ts';
import { type Step, Trace } from '../derivation/steps.ts';
import type { Page } from '../derivation/walk.ts';
import { english } from '../derivation/words/en.ts';
import { pageOf } from '../derivation/working-page.ts';
import { predicted } from '../descend/predicted.ts';
import { differentiate } from '../differentiate/sweep.ts';
import type { Shape } from '../graph/dimension.ts';
import { sizeOf } from '../graph/dimension.ts';
import { type Definition, isNamed, type Node } from '../graph/node.ts';
import { topological, valueParts } from '../graph/traverse.ts';
import { GradusError } from '../language/diagnostics.ts';
import { lazily } from '../language/lazily.ts';
import { treeOf } from '../language/parser.ts';
import { listed } from '../language/visible.ts';
import { unexpandedOf } from '../model/expanded.ts';
import type { Input, Model } from '../model/model.ts';
import { withNamedParts, withNamedSteps } from '../model/name-parts.ts';
import { objectiveName } from '../model/objective-name.ts';
import { bind, type Inputs } from '../numeric/binding.ts';
import { resolveValues } from '../numeric/start.ts';
import { Tensor } from '../numeric/tensor.ts';
import type { Value } from '../numeric/value-text.ts';
import { asSaid } from '../reading/said.ts';
import { toStatements } from '../reading/source.ts';
import { parted } from '../render/formats/shorter.ts';
import { printExpr, printStatements } from '../render/text.ts';
import { printable } from '../stabilise/stabilise.ts';
import type { Exported, Line } from './dialect.ts';
import { heldObjective } from './held.ts';
import { plainLine } from './plain-line.ts';

export interface ExportedOptions {
  readonly precision?: 'f64' | 'f32';
  /** Values in place of those that the source gives: parameters that were learned, data. */
  readonly inputs?: Inputs;
  /** Of the initial values. */
  readonly seed?: number;
}

/**
 * A model with its derivatives as lines of a program.
 * @throws GradusError `argument` for a model without an objective or parameters, `shape` for one whose objective is an array
 */
export function exported(given: Model, { precision = 'f64', inputs = {}, seed = 1 }: ExportedOptions = {}): Exported {
  const params = paramsOf(given);
  const learned = params.map((p) => p.name);
  const model = withNamedSteps(
    withNamedParts(given, learned),
    params.map((p) => p.node),
  );
  const { graph, objective } = model;
  if (!objective)
    throw new GradusError('argument', 'there is nothing to export: the source has no objective', {
      hint: 'end it with minimize and an expression',
    });
  if (objective.node.shape.length > 0)
    throw new GradusError('shape', 'an array has no gradient to export: the objective must be a number', {
      hint: 'sum its entries, or minimize its squares',
      span: objective.span,
    });
  if (params.length === 0) throw new GradusError('argument', 'there is nothing to learn: the source has no parameters');
  const name = objectiveName(model);
  const variables = params.map((p) => p.node);
  // First what is told, so that its names are the plain ones: dZ.
  const steps = stepsOf(model, name, variables);
  const [value, ...partials] = printable(graph, unexpandedOf(model, objective.node), variables);
  const forward = topological([value], undefined, valueParts).filter(isDefinition);
  const known = new Set<Node>(forward);
  const behind = topological(partials, undefined, valueParts).filter((n): n is Definition => isDefinition(n) && !known.has(n));
  const teller = new Teller(model, steps);
  const gradients = new Map(params.map((p, k) => [p.name, partials[k]!]));
  const adjoints: Line[] = behind.map((node) => teller.line(node.name, node));
  const wanted: Line[] = params.map((p) => teller.line(`∂${name}/∂${p.name}`, gradients.get(p.name)!));
  const rank = new Map(steps.map((s, k) => [s.target, k]));
  const backward = [...adjoints, ...wanted].sort((a, b) => (rank.get(a.name) ?? -1) - (rank.get(b.name) ?? -1));
  const others = (): Line[] => {
    const told = new Set([...forward.map((node) => node.name), ...adjoints.map((line) => line.name)]);
    const rest = model.definitions.filter((d) => !told.has(d.name));
    return rest.map((d) => teller.line(d.name, printable(graph, unexpandedOf(model, d.node), [])[0]));
  };
  const last = { name, node: value, formula: teller.formulaOf(name, opened(objective.node)) };
  return {
    model,
    name,
    forward: [
      ...forward.filter((node) => node.value !== value && node !== value).map((node) => teller.line(node.name, node)),
      last,
    ],
    backward,
    others: [value].some(isRecurrent) ? others() : [],
    gradients,
    held: heldObjective(graph, value, params),
    params,
    data: [...given.inputs.values()].filter((i) => !params.includes(i) && i.role !== 'const'),
    values: valuesOf(model, inputs, seed),
    sizes: sizesGiven(model, inputs),
    predicted: predictedNode(model, value),
    precision,
    comment: commentOf(model.text),
  };
}

/** Numbers for names that are sizes alone. */
const sizesGiven = (model: Model, inputs: Inputs): Record<string, number> =>
  Object.fromEntries(
    Object.entries(inputs).flatMap(([name, value]) =>
      typeof value === 'number' && !model.inputs.has(name) ? [[name, value]] : [],
    ),
  );

/** As it runs within the objective, or as it is written. */
function predictedNode(model: Model, value: Node): Exported['predicted'] {
  const name = predicted(model);
  if (name === undefined) return undefined;
  const running = topological([value], undefined, valueParts).find((n) => isDefinition(n) && n.name === name);
  return { name, node: running ?? model.definitions.find((d) => d.name === name)!.node };
}

const isDefinition = (node: Node): node is Definition => isNamed(node) && !node.part;

const isRecurrent = (node: Node): boolean => topological([node]).some(({ kind }) => kind === 'recurrence');

const opened = (node: Node): Node => (node.kind === 'definition' ? node.value : node);

/** A model's params, or an expression's free names. */
function paramsOf({ inputs }: Model): Input[] {
  const all = [...inputs.values()];
  const params = all.filter((i) => i.role === 'param');
  return params.length > 0 ? params : all.filter((i) => i.role === 'free');
}

function stepsOf({ graph, objective }: Model, name: string, variables: readonly Node[]): Step[] {
  const trace = new Trace();
  differentiate(graph, objective!.node, variables, trace);
  return trace.steps(graph, { node: objective!.node, name }, variables);
}

/** Quantities under their formulas: the user's own, or what the derivation says of them. */
class Teller {
  private readonly model: Model;
  private readonly steps: ReadonlyMap<string, Step>;
  private readonly own: ReadonlySet<string>;
  private readonly written = new Map<string, string[]>();
  private readonly page: () => Page;

  constructor(model: Model, steps: readonly Step[]) {
    this.model = model;
    this.steps = new Map(steps.map((s) => [s.target, s]));
    this.page = lazily(() => pageOf({ model, name: objectiveName(model), steps }));
    this.own = new Set(model.definitions.map((d) => d.name));
    for (const statement of treeOf(model.text)?.statements ?? []) {
      if (statement.kind !== 'assignment' && statement.kind !== 'entries' && statement.kind !== 'objective') continue;
      const { name = '' } = statement;
      // A comment between its lines is no part of a formula.
      const source = model.text.slice(statement.span.start, statement.span.end).replace(/#[^\r\n]*/g, '');
      const text = plainLine(source).replace(/^(mini|maxi)mize /, '');
      this.written.set(name, [...(this.written.get(name) ?? []), text]);
    }
  }

  line(given: string, node: Node): Line {
    // Of what is derived a second time, in its stable form, the names are the same but for this.
    // A name of the user's may end like that, and is in what is derived of it.
    const name = this.own.has(given) || this.steps.has(given) || given.startsWith('∂') ? given : given.replace(/_+$/, '');
    const step = this.own.has(name) ? undefined : this.steps.get(name);
    if (!step) return { name, node, formula: this.own.has(name) ? this.formulaOf(name, opened(node)) : '' };
    return { name, node, formula: this.printed(step.after, name, step.explained.node) ?? '', reason: ruleText(step, english) };
  }

  /** As the user wrote it, if that was a definition. */
  formulaOf(name: string, node: Node): string {
    const written = this.written.get(name);
    if (written) return written.join('; ');
    return this.printed(node, name) ?? '';
  }

  /** In one statement, of matrices or by entries, or with the few names that it needs; undefined if none is short. */
  private printed(node: Node, name: string, quantity?: Node): string | undefined {
    const { graph } = this.model;
    const { names: reserved, lengths } = graph;
    const said = asSaid(graph, node);
    const { main, named, rest } = parted(toStatements(said, { reserved, lengths, graph, notation: 'matrix' }), name);
    const whole = printStatements([main], 'unicode');
    const text = named ? whole : `${name} = ${whole}`;
    if (rest.length === 0) return text;
    const entry = entriesOf(this.page(), node, name, quantity);
    if (entry) {
      const byEntries = `${printExpr(entry.left, 'indices')} = ${printExpr(entry.right, 'indices')}`;
      if (byEntries.length <= LONGEST) return byEntries;
    }
    const names = `${text}, where ${printStatements(rest, 'unicode', ', ')}`;
    return names.length <= LONGEST ? names : undefined;
  }
}

/** Formulas that need more letters than these nobody reads. */
const LONGEST = 180;

/** What every input starts from, as far as the source or the caller says it. */
function valuesOf(model: Model, inputs: Inputs, seed: number): Map<string, Value> {
  const binding = bind(model, inputs);
  const found = new Map<string, Value>();
  const put = (name: string, shape: Shape, data: ArrayLike<number>): void => {
    const lengths = shape.map((dim) => sizeOf(dim, binding.sizes));
    found.set(name, shape.length === 0 ? data[0]! : new Tensor(lengths, Float64Array.from(data)));
  };
  let values: ReadonlyMap<string, ArrayLike<number>> = new Map();
  try {
    values = resolveValues(model, binding, [], { seed, defaults: true });
  } catch (error) {
    // Sizes that only data tell: the program has the shapes, and no values.
    if (!(error instanceof GradusError)) throw error;
  }
  for (const input of model.inputs.values()) {
    const data = values.get(input.name);
    if (data) put(input.name, input.shape, data);
  }
  for (const [node, array] of model.literals) if (node.kind === 'variable') put(node.name, node.shape, array.data);
  const constants = [...model.inputs.values()].filter((i) => i.role === 'const' && !found.has(i.name)).map((i) => i.name);
  if (constants.length > 0)
    throw new GradusError('data', `${listed(constants)} has no value`, { hint: 'give it one in the source' });
  return found;
}

/** The comments that stand before the first statement. */
function commentOf(text: string): string[] {
  const lines: string[] = [];
  for (const line of text.split(/\r\n?|\n/)) {
    const trimmed = line.trim();
    if (!trimmed.startsWith('#')) break;
    lines.push(plainLine(trimmed.replace(/^#+/, '')));
  }
  return lines;
}
