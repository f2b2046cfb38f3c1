import { doubles, evaluate } from '../compile/interpret.ts';
import { checkFacts } from '../elaborate/declared-facts.ts';
import { numberOf } from '../elaborate/initializers.ts';
import { sizeOf } from '../graph/dimension.ts';
import type { Node } from '../graph/node.ts';
import { GradusError, reading } from '../language/diagnostics.ts';
import { checkEntries } from '../language/limits.ts';
import { runningForms } from '../model/expanded.ts';
import type { Input, Model } from '../model/model.ts';
import { fittedTo } from '../operators/facts.ts';
import type { Binding } from './binding.ts';
import { initialize } from './initializers.ts';
import { type Draw, random } from './random.ts';

interface StartOptions {
  /** Of the generator that initializers draw from. */
  readonly seed?: number;
  /** What a parameter without a value or an initializer does: start by the defaults, or be missing. */
  readonly defaults?: boolean;
}

/**
 * The numbers that each wanted input starts with: what was bound, the value that the source gives, or what the
 * initializer draws. Random numbers are drawn in the order of declaration, wanted or not, so a seed means the same for
 * every program of a model.
 * @throws GradusError `data` for an input without a value, or with one that contradicts its facts
 */
export function resolveValues(
  model: Model,
  binding: Binding,
  wanted: readonly string[],
  options: StartOptions = {},
): Map<string, ArrayLike<number>> {
  return reading(model.origin ?? model.text, () => resolved(model, binding, wanted, options));
}

function resolved(
  model: Model,
  { sizes, values }: Binding,
  wanted: readonly string[],
  options: StartOptions,
): Map<string, ArrayLike<number>> {
  let generator: Draw | undefined;
  const draw = (): Draw => {
    generator ??= random(options.seed ?? 1);
    return generator;
  };
  const known = new Map<string, ArrayLike<number>>(values);
  for (const [node, array] of model.literals) if (node.kind === 'variable') known.set(node.name, array.data);
  const evaluated = (node: Node): readonly number[] => {
    const [value] = evaluate(
      runningForms(model, [node]),
      (v) => {
        const data = known.get(v.name);
        if (!data) throw missing(model, v.name);
        return { shape: v.shape.map((dim) => sizeOf(dim, sizes)), data: Array.from(data) };
      },
      sizes,
      doubles,
    );
    return value!.data;
  };
  for (const input of model.inputs.values()) {
    if (known.has(input.name)) continue;
    const { initial } = input;
    const learned = input.role === 'param' && (options.defaults || initial?.kind === 'initializer');
    if (!learned && initial?.kind !== 'expression') continue;
    const shape = input.shape.map((dim) => sizeOf(dim, sizes));
    const count = shape.reduce((n, size) => n * size, 1);
    checkEntries(count, model.maxEntries, `${input.name} has`);
    if (initial?.kind === 'expression') {
      const number = numberOf(initial);
      const value = number === undefined ? evaluated(initial.node) : [number];
      if (value.length !== 1 && value.length !== count) {
        throw new GradusError(
          'data',
          `the value of ${input.name} has ${value.length} entries, its shape [${shape.join(', ')}] has ${count}`,
          { span: initial.span },
        );
      }
      const data = value.length === count ? value : new Float64Array(count).fill(value[0]!);
      checkFacts(input, data, shape, initial.span);
      known.set(input.name, data);
    } else {
      const args = initial?.kind === 'initializer' ? initial.args.map((a) => evaluated(a)[0]!) : [];
      const name = initial?.kind === 'initializer' ? initial.name : undefined;
      const span = initial?.kind === 'initializer' ? initial.span : undefined;
      const drawn = initialize(name, args, shape, draw(), span);
      if (name === 'zeros' || name === 'ones') checkFacts(input, drawn, shape, span);
      known.set(input.name, input.facts.length === 0 ? drawn : started(input, drawn, shape));
    }
  }
  for (const name of wanted) if (!known.has(name)) throw missing(model, name);
  return known;
}

/** What a constant without a value is shown with. */
const USUAL = 0.1;

/** A start that nobody chose entry by entry is made to have the facts: a `positive` scalar starts at 1, not at 0. */
function started(input: Input, drawn: Float64Array, shape: readonly number[]): ArrayLike<number> {
  const data = fittedTo(input.facts, Array.from(drawn), shape);
  if (data) return data;
  throw new GradusError('data', `no start of ${input.name} was found that has all of its facts`, {
    span: input.span,
    hint: `give it one: ${input.name} = …`,
  });
}

function missing(model: Model, name: string): GradusError {
  const input = model.inputs.get(name);
  if (input?.role === 'const') return valueless(input);
  const hint = `give it with the inputs, or in the source: data ${name} = …`;
  return new GradusError('data', `${name} has no value`, { span: input?.span, hint });
}

/** A number of few digits that has the facts. */
function exampleOf(facts: Input['facts']): number | undefined {
  const value = fittedTo(facts, [USUAL], [])?.[0];
  const short = Number(value?.toPrecision(2));
  return fittedTo(facts, [short], [])?.[0] === short ? short : value;
}

/** That a constant has no value, with a declaration that gives it one that has its facts. */
export function valueless({ name, shape, facts, span }: Input): GradusError {
  const declared = [
    `const ${name}`,
    ...(shape.length > 0 ? [`: [${shape.join(', ')}]`] : []),
    ...facts.map(({ text }) => text),
  ].join(' ');
  const value = shape.length > 0 ? undefined : exampleOf(facts);
  return new GradusError('data', `${name} has no value`, { span, hint: `write ${declared} = ${value ?? '…'}` });
}
