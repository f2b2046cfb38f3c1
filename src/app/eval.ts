import { type Derivation, derive } from '../api/derive.ts';
import { subject } from '../api/functions.ts';
import { fallbacks } from '../compile/index.ts';
import { axisOfExamples } from '../descend/batches.ts';
import { scaledInputs } from '../descend/index.ts';
import { elaborate } from '../elaborate/elaborate.ts';
import { sizeOf } from '../graph/dimension.ts';
import { GradusError } from '../language/diagnostics.ts';
import { parse } from '../language/parser.ts';
import type { Model } from '../model/model.ts';
import { quantitiesNamed, restrictedTo } from '../model/restricted.ts';
import { bind, type Inputs } from '../numeric/binding.ts';
import { Callable } from '../numeric/callable.ts';
import { definitionValues } from '../numeric/definitions.ts';
import { jsonText } from '../numeric/json.ts';
import { quantities } from '../numeric/quantities.ts';
import { resolveValues } from '../numeric/start.ts';
import { Tensor } from '../numeric/tensor.ts';
import { originOfValue } from '../numeric/value-origin.ts';
import { assignments, checkWritten, literal, shapeOf, type Value } from '../numeric/value-text.ts';
import type { Shapes } from './arguments.ts';
import { refuseOverwriting, writeWhole } from './files.ts';
import { asOptions, type GivenArguments, readGiven } from './given.ts';
import { type Session, STATUS } from './io.ts';
import { savedParameters } from './parameters.ts';
import { refuseOthers } from './saved-check.ts';
import { readSource } from './source.ts';
import { tableText } from './table-text.ts';

interface EvalArguments extends GivenArguments {
  readonly shape?: Shapes;
  readonly seed: number;
  readonly digits?: number;
  readonly json?: boolean;
  readonly maxEntries?: number;
  readonly params?: string;
  readonly quantity?: readonly string[];
  readonly output?: string;
}

/** Significant digits of arrays in a model's table. */
const DIGITS = 6;
const ALL_DIGITS = 17;

/** `gradus eval`: the value of an expression; of a model its definitions, its objective and the gradient. */
export async function run(session: Session, argument: string, options: EvalArguments): Promise<number> {
  const { text } = await readSource(argument, session);
  const file = options.output === '-' ? undefined : options.output;
  refuseOverwriting([{ option: '--output', file }], [session.source?.file, options.params, ...options.data]);
  const given = await readGiven(options, session);
  const limit = options.maxEntries && { maxEntries: options.maxEntries };
  const shapes = { ...given.shapesIn(text), ...options.shape };
  const model = elaborate(parse(text, undefined, shapes), { shapes, ...limit });
  session.warnings([...model.warnings, ...fallbacks()]);
  const saved = options.params === undefined ? { params: {} } : await savedParameters(options.params, session);
  // Of what a quantity does not depend on nothing is asked for.
  const wanted = options.quantity ? restrictedTo(model, quantitiesNamed(model, options.quantity)) : model;
  if (options.params !== undefined) refuseOthers(options.params, saved, model, wanted);
  if (options.output !== undefined && !options.quantity)
    throw new GradusError('usage', '--output is for quantities', { hint: 'name them: --quantity A2' });
  const values = given.valuesFor(model, { classes: saved.classes, from: options.params, part: wanted });
  const inputs = scaledInputs(model, { ...saved.params, ...values }, saved.scaling ?? {}, wanted);
  if (options.quantity) {
    await asOptions(() => told(session, model, inputs, options));
    return STATUS.done;
  }
  const isExpression = [...model.inputs.values()].every((input) => input.role === 'free');
  await asOptions(() =>
    isExpression
      ? expression(session, model, inputs, options)
      : whole(session, model, text, started(model, inputs, options.seed), options),
  );
  return STATUS.done;
}

function expression(session: Session, model: Model, inputs: Inputs, { digits, json }: EvalArguments): void {
  const { sizes } = bind(model, inputs);
  checkWritten([subject(model).shape.map((dim) => sizeOf(dim, sizes))]);
  const [tensor] = Callable.of(model, [subject(model)]).run(inputs) as [Tensor];
  const value = tensor.shape.length === 0 ? tensor.data[0]! : tensor;
  session.line(json ? jsonText(value) : literal(value, digits));
  const origin = originOfValue(model, subject(model), value, inputs);
  if (origin) session.note(`note: ${origin}`);
}

/** Named quantities of a model alone: what it predicts. Only what they depend on needs values. */
function told(session: Session, model: Model, inputs: Inputs, { quantity = [], digits, json, output }: EvalArguments): void {
  // What was not learned starts where training would.
  const rows = Object.entries(quantities(model, quantity, { defaults: true })(inputs)) as [string, Value][];
  if (output !== undefined) {
    const isShown = output === '-' || output === '/dev/stdout';
    if (!isShown && !/\.(json|csv)$/i.test(output))
      throw new GradusError('usage', `cannot tell how to write ${output}`, { hint: 'its name ends in .csv or .json' });
    const axis = axisOfExamples(model);
    const nodes = quantitiesNamed(model, quantity);
    const table = rows.map(([name, value], k) => {
      const at = axis === undefined ? -1 : nodes[k]!.shape.indexOf(axis);
      return { name, value, lines: at < 0 ? undefined : at };
    });
    if (isShown) {
      session.io.out(tableText(table));
      return;
    }
    writeWhole(output, /\.json$/i.test(output) ? `${jsonText(Object.fromEntries(rows))}\n` : tableText(table));
    session.note(`the values are in ${output}`);
    return;
  }
  checkWritten(rows.map(([, value]) => shapeOf(value)));
  if (json) session.line(jsonText(Object.fromEntries(rows)));
  else
    for (const line of assignments(rows, (value) => digits ?? (typeof value === 'number' ? ALL_DIGITS : DIGITS)))
      session.line(line);
}

/** A model's values and, if it has parameters and a scalar objective, the gradient where they start. */
function whole(session: Session, model: Model, text: string, inputs: Inputs, { digits, json }: EvalArguments): void {
  const params: [string, Value][] = [...model.inputs.values()]
    .filter((input) => input.role === 'param')
    .map((input) => [input.name, inputs[input.name] as Value]);
  const definitions = definitionValues(model, inputs);
  const name = model.objective?.name ?? 'cost';
  const nodes = new Map(model.definitions.map((d) => [d.name, d.node]));
  let gradient: [string, Value][] = [];
  let derivation: Derivation | undefined;
  if (model.objective?.node.shape.length === 0 && params.length > 0) {
    derivation = derive(text, undefined, { steps: false, maxEntries: model.maxEntries });
    const found = derivation.compile().valueAndGradient(inputs);
    if (!model.objective.name) definitions.push([name, found.value]);
    gradient = Object.entries(found.gradient);
  } else if (model.objective && !model.objective.name) {
    definitions.push([name, Callable.of(model, [model.objective.node]).run(inputs)[0]!]);
  }
  if (json) {
    const all = Object.entries({ params, definitions, gradient });
    checkWritten(all.flatMap(([, rows]) => rows.map(([, value]) => shapeOf(value))));
    session.line(jsonText(Object.fromEntries(all.map(([key, rows]) => [key, Object.fromEntries(rows)]))));
  } else {
    const rows = [...params, ...definitions, ...gradient.map(([n, v]) => [`∂${name}/∂${n}`, v] as const)];
    const shown = (value: Value) => digits ?? (typeof value === 'number' ? ALL_DIGITS : DIGITS);
    for (const line of assignments(rows, shown)) session.line(line);
  }
  const origins = [
    ...definitions.map(([n, v]) => originOfValue(model, nodes.get(n) ?? model.objective!.node, v, inputs)),
    ...gradient.map(([n, v]) => originOfValue(derivation!.model, derivation!.partials[n]!.node, v, inputs)),
  ];
  // One is enough: what follows from it is not finite either.
  const origin = origins.find((text) => text !== undefined);
  if (origin) session.note(`note: ${origin}`);
}

/** The inputs with every parameter's start. */
function started(model: Model, inputs: Inputs, seed: number): Inputs {
  const binding = bind(model, inputs);
  const params = [...model.inputs.values()].filter((input) => input.role === 'param');
  const used = params.map((input) => input.name);
  const values = resolveValues(model, binding, used, { seed, defaults: true });
  const start = params.map(({ name, shape }) => {
    const numbers = Float64Array.from(values.get(name)!);
    const lengths = shape.map((dim) => sizeOf(dim, binding.sizes));
    return [name, shape.length === 0 ? numbers[0]! : new Tensor(lengths, numbers)] as const;
  });
  return { ...inputs, ...Object.fromEntries(start) };
}
