import { fallbacks } from '../compile/index.ts';
import { lemmaOf } from '../derivation/lemma.ts';
import { type LanguageOptions, wordsOf } from '../derivation/words/index.ts';
import { inlineDefinitions } from '../graph/map.ts';
import type { Node } from '../graph/node.ts';
import { GradusError, nearest, type Warning, warningsTold } from '../language/diagnostics.ts';
import { givenName, knownName } from '../language/names.ts';
import { parse as parseText } from '../language/parser.ts';
import { speechOf } from '../language/speech.ts';
import type { Source as SyntaxTree } from '../language/tree.ts';
import { runningForms } from '../model/expanded.ts';
import type { CheckOptions, Model } from '../model/model.ts';
import type { GivenInputs } from '../numeric/binding.ts';
import { type Bound, boundTo } from '../numeric/bound.ts';
import { Callable, type CompileOptions, type Result } from '../numeric/callable.ts';
import { quantities } from '../numeric/quantities.ts';
import { operatorNamed, operators } from '../operators/index.ts';
import { checkArguments, inputsOf, namesAndOptions, optionsOf, refuseMore } from '../options/check.ts';
import { type Signature, signatures } from '../options/signatures.ts';
import { lemmaLines } from '../render/formats/lemma-text.ts';
import type { TextOptions } from '../render/formats/text.ts';
import { powersOf, powerTerm } from '../simplify/collect.ts';
import { expand as multiplyOut } from '../simplify/expand.ts';
import { beside } from './beside.ts';
import { Blocks } from './blocks.ts';
import { type DeriveOptions, derive } from './derive.ts';
import { aboutText, describedFunction } from './described.ts';
import { Expression, type Provenance } from './expression.ts';
import { subject } from './names.ts';
import { Plan } from './plan.ts';
import { modelOf, type Source } from './source.ts';
import { speaking, tellingErrors } from './speaking.ts';

export { subject } from './names.ts';

/**
 * The syntax tree of a source.
 * @throws GradusError `syntax` for a text that is none
 */
export function parse(source: string): SyntaxTree;
export function parse(source: string, ...more: readonly unknown[]): SyntaxTree {
  refuseMore(signatures.parse, more);
  checkArguments(signatures.parse, source);
  return parseText(source);
}

/** Named quantities of a source as one function. */
export interface CompiledQuantities<N extends string = string> {
  (inputs?: GivenInputs): Record<N, Result>;
  readonly warnings: readonly Warning[];
}

export interface OutputsOptions<N extends string = string> {
  /** Named quantities to compute, all that they depend on and nothing else: `['A2']`. */
  readonly outputs: N | readonly N[];
}

/** A compiled source; `warnings` is what in it may not be what was meant, and once in a process what a backend lacks here. */
export interface Compiled {
  (inputs?: GivenInputs): Result;
  readonly warnings: readonly Warning[];
  /** The function with the inputs at hand, in memory of its own: for many calls without a copy. */
  bind(inputs?: GivenInputs): Bound;
  /** What the program for inputs of these sizes does: its statements, operations and memory, and what it runs as. */
  plan(inputs?: GivenInputs): Plan;
}

/**
 * A source as a numeric function of its free names or declared inputs.
 * @returns a function of values by name: a number for a scalar, a tensor of the source's shape for anything else; with
 *   `outputs` an object of these by name
 * @throws GradusError for a wrong source; when called, `data` for a value that is missing or misshapen
 * @example
 * compile('x^2 + y')({ x: 3, y: 1 }); // 10
 * compile('A*x', { shapes: { A: ['m', 'n'], x: ['n'] } })({ A: [[1, 2], [3, 4]], x: [1, 1] }).toArray(); // [3, 7]
 */
export function compile<const N extends string>(
  source: Source,
  options: CheckOptions & CompileOptions & OutputsOptions<N>,
): CompiledQuantities<N>;
export function compile(source: Source, options?: CheckOptions & CompileOptions): Compiled;
export function compile(
  source: Source,
  options?: CheckOptions & CompileOptions & Partial<OutputsOptions>,
  ...more: readonly unknown[]
): Compiled | CompiledQuantities {
  return speaking([options], () => {
    refuseMore(signatures.compile, more);
    const { outputs, ...chosen } = optionsOf(
      signatures.compile,
      options as CheckOptions & CompileOptions & Partial<OutputsOptions>,
    );
    const model = modelOf(signatures.compile, source, chosen);
    const warnings = [...model.warnings, ...warningsTold(fallbacks(chosen.backend), speechOf(model.lang))];
    if (outputs !== undefined) {
      const names = [outputs].flat();
      if (names.length === 0)
        throw new GradusError('argument', 'outputs names no quantity', { hint: "outputs: ['A2']; left out, the source itself" });
      const compute = quantities(model, names, chosen);
      const named = (inputs?: GivenInputs) => compute(inputsOf(signatures.call, inputs));
      return describedFunction(Object.assign(named, { warnings }), () => aboutText(model), model);
    }
    const callable = Callable.of(model, [subject(model)], chosen);
    const run = (inputs?: GivenInputs) => callable.values(inputsOf(signatures.call, inputs))[0]!;
    const bind = tellingErrors((inputs?: GivenInputs, ...others: readonly unknown[]): Bound => {
      refuseMore(signatures.bind, others);
      return boundTo(callable.bound(inputsOf(signatures.bind, inputs)), model.lang);
    }, model.lang);
    const plan = tellingErrors((inputs?: GivenInputs, ...others: readonly unknown[]): Plan => {
      refuseMore(signatures.plan, others);
      return new Plan(callable.plan(inputsOf(signatures.plan, inputs), [model.objective?.name ?? 'f']), model);
    }, model.lang);
    return describedFunction(Object.assign(run, { warnings, bind, plan }), () => aboutText(model), model);
  });
}

export interface SimplifyOptions extends CheckOptions {
  /** Multiply products of sums out. */
  readonly expand?: boolean;
}

/** The same value in normal form, as short as the rules make it, or multiplied out. */
export function simplify(source: Source, options?: SimplifyOptions): Expression;
export function simplify(source: Source, options?: SimplifyOptions, ...more: readonly unknown[]): Expression {
  return speaking([options], () => {
    refuseMore(signatures.simplify, more);
    const { expand: wanted, ...chosen } = optionsOf(signatures.simplify, options);
    const { model, node, from } = subjectOf(signatures.simplify, source, chosen);
    return wanted ? multiplied(model, node, from) : Expression.closed(model.graph, [{ node, from }])[0]!;
  });
}

/**
 * Products of sums multiplied out, whole powers of sums too, like terms put together: (x + 1)² as x² + 2x + 1.
 * @throws GradusError `unsupported` if that gives thousands of terms
 */
export function expand(source: Source, options?: CheckOptions): Expression;
export function expand(source: Source, options?: CheckOptions, ...more: readonly unknown[]): Expression {
  return speaking([options], () => {
    refuseMore(signatures.expand, more);
    const { model, node, from } = subjectOf(signatures.expand, source, optionsOf(signatures.expand, options));
    return multiplied(model, node, from);
  });
}

/**
 * A source as a polynomial in one of its scalar names: multiplied out, the coefficients put together power by power,
 * the highest first. Functions of the name, such as sin(x), count as coefficients. The shape stays what it was.
 * @throws GradusError `name` if the source has no such name, `shape` if the name is no scalar, `unsupported` if
 *   multiplied out there are thousands of terms
 */
export function collect(source: Source, wanted: string, options?: CheckOptions): Expression;
export function collect(source: Source, wanted: string, options?: CheckOptions, ...more: readonly unknown[]): Expression {
  return speaking([options], () => {
    refuseMore(signatures.collect, more);
    checkArguments(signatures.collect, source, wanted);
    const { model, node: whole, from } = subjectOf(signatures.collect, source, optionsOf(signatures.collect, options));
    const name = knownName(wanted, model.inputs.keys());
    const g = model.graph;
    const input = model.inputs.get(name);
    if (!input)
      throw new GradusError('name', `there is no ${name} to collect`, { hint: nearest(name, [...model.inputs.keys()]) });
    if (input.node.shape.length > 0) throw new GradusError('shape', `${name} is no scalar: a polynomial is one in a number`);
    const [node] = inlineDefinitions(g, [whole]) as [Node];
    const terms = powersOf(g, node, input.node).map((power) => powerTerm(g, power, input.node));
    const sum = g.add(terms);
    if (sum.shape.length > 0 || terms.length < 2) return new Expression(g, sum, sum.shape, new Map(), from);
    // In descending powers, however the same sum was spelled before.
    return Expression.inOrder(g, sum, terms, from);
  });
}

/** What a source is about, and what it runs as in whatever form it is written. */
function subjectOf(signature: Signature, source: Source, options: CheckOptions) {
  const model = modelOf(signature, source, options);
  const node = subject(model);
  const known = source instanceof Expression ? source.from : undefined;
  const from: Provenance = { ...known, model, runs: known?.runs ?? (() => runningForms(model, [node])[0]!) };
  return { model, node, from };
}

function multiplied({ graph: g }: Model, node: Node, from: Provenance): Expression {
  const [whole] = multiplyOut(g, inlineDefinitions(g, [node])) as [Node];
  return new Expression(g, whole, whole.shape, new Map(), from);
}

/**
 * ∂fᵢ/∂xⱼ, of shape [f…, x…]; for a scalar f the gradient. Evaluated forward or backwards, whichever carries fewer
 * entries along. By several names the usual matrix [f…, n] where all are scalars, otherwise a block for each name.
 */
export function jacobian(source: Source, wrt: readonly string[], options?: DeriveOptions): Expression | Blocks;
export function jacobian(source: Source, options: DeriveOptions): Expression | Blocks;
export function jacobian(source: Source, wrt?: string, options?: DeriveOptions): Expression;
export function jacobian(
  source: Source,
  wrt?: string | readonly string[] | DeriveOptions,
  options?: DeriveOptions,
  ...more: readonly unknown[]
): Expression | Blocks {
  return speaking([wrt, options], () => {
    refuseMore(signatures.jacobian, more);
    const [names, chosen] = namesAndOptions<string | readonly string[], DeriveOptions>(signatures.jacobian, wrt, options);
    checkArguments(signatures.jacobian, source);
    const { model, wrt: by, partials } = derive(source, names, { ...chosen, steps: false });
    const parts = by.map((name) => partials[name]!);
    if (by.length === 1) return parts[0]!;
    if (by.every((name) => model.inputs.get(name)!.shape.length === 0)) return beside(model, parts);
    return new Blocks(
      model,
      by,
      by.map((name) => [name]),
      parts,
    );
  });
}

/** A source's expression as LaTeX, as it was written. */
export function toLatex(source: Source, options?: CheckOptions): string;
export function toLatex(source: Source, options?: CheckOptions, ...more: readonly unknown[]): string {
  return speaking([options], () => {
    refuseMore(signatures.toLatex, more);
    const model = modelOf(signatures.toLatex, source, optionsOf(signatures.toLatex, options));
    const node = subject(model);
    return new Expression(model.graph, node.kind === 'definition' ? node.value : node).toLatex();
  });
}

/**
 * Why a function's derivative is what it is: derived from the function's definition by others, as text.
 * @throws GradusError for a name that is no function, or one that others do not define
 */
export function lemma(called: string, options?: Pick<TextOptions, 'ascii'> & LanguageOptions): string;
export function lemma(
  called: string,
  options?: Pick<TextOptions, 'ascii'> & LanguageOptions,
  ...more: readonly unknown[]
): string {
  return speaking([options], () => {
    refuseMore(signatures.lemma, more);
    checkArguments(signatures.lemma, called);
    const { ascii = false, ...language } = optionsOf(signatures.lemma, options);
    const name = givenName(called);
    const operator = operatorNamed.get(name);
    if (!operator)
      throw new GradusError('name', `${name} is no function`, {
        hint: nearest(
          name,
          operators.map((o) => o.name),
        ),
      });
    const found = lemmaOf(operator);
    if (!found) throw new GradusError('argument', `${operator.name} is not defined by other functions`);
    return lemmaLines(found, wordsOf(language), ascii ? 'ascii' : 'unicode').join('\n');
  });
}
