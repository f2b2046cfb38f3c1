import { constantOf } from '../graph/forms.ts';
import { isInteger, rational } from '../graph/rational.ts';
import { GradusError } from '../language/diagnostics.ts';
import { logisticOfExp, logit, sigmoid, softplus } from './activation.ts';
import type { ArrayOperator } from './array.ts';
import { arrays } from './arrays.ts';
import { besselFunctions } from './bessel.ts';
import { cofactor } from './cofactor.ts';
import { comparisons } from './comparison.ts';
import { composites } from './composite.ts';
import { cumsum, reverseCumsum } from './cumulative.ts';
import { det } from './determinant.ts';
import { elementaryFunctions } from './elementary.ts';
import { ellipticFunctions } from './elliptic.ts';
import { errorFunctions } from './error-functions.ts';
import { maximum, minimum } from './extreme-entries.ts';
import { cholesky, inv, logdet, solve } from './factorisation.ts';
import { gammaFunctions } from './gamma.ts';
import { integralFunctions } from './integral-functions.ts';
import { abs, clip, max, min, relu, sign, step } from './kinked.ts';
import type { CallSite, LanguageFunction } from './language.ts';
import { lengthOf } from './lengths.ts';
import { linear } from './linear.ts';
import { logarithmicFunctions } from './logarithmic.ts';
import type { Notation } from './notation.ts';
import type { Named, Operator } from './operator.ts';
import { planar } from './planar.ts';
import { exp, log, pow, powerOfLog, pseudoinverse, reciprocal, squareRoot } from './power.ts';
import { product } from './product.ts';
import { reducing } from './reducing.ts';
import { logsumexp, softmax } from './reductions.ts';
import { scaled } from './scaled.ts';
import { sinc } from './sinc.ts';
import { permutation, sort } from './sorting.ts';
import { stableForms } from './stable.ts';
import { stopGradient } from './stopped.ts';
import { tril, triu } from './triangles.ts';
import { atanh, cos, sin, tan, tanh } from './trigonometric.ts';
import { activations } from './units.ts';
import { zeroFirst } from './zero-first.ts';

/** A record under its kind: what nodes hold, of whole arrays or entry by entry, and what a source calls that is built of these. */
export type Entry =
  | { readonly kind: 'array'; readonly record: ArrayOperator }
  | { readonly kind: 'entrywise'; readonly record: Operator }
  | { readonly kind: 'language'; readonly record: LanguageFunction };

const under = <K extends Entry['kind'], R>(kind: K, records: readonly R[]) => records.map((record) => ({ kind, record }));

/**
 * The only list of what a node can hold and a source can call; operators over axes at one axis. Where several of one name
 * can be called, the last is what a call means.
 */
export const entries: readonly Entry[] = [
  ...under('array', [
    maximum(1),
    minimum(1),
    product,
    logsumexp(1),
    softmax(1),
    inv,
    det,
    cofactor,
    logdet,
    solve,
    cholesky,
    cumsum,
    reverseCumsum,
    sort,
    permutation,
    triu(0),
    triu(1),
    tril(0),
    tril(-1),
    lengthOf(rational(3))(1),
  ]),
  ...under('entrywise', [
    exp,
    log,
    pow,
    squareRoot,
    reciprocal,
    pseudoinverse,
    scaled,
    powerOfLog,
    sin,
    cos,
    tan,
    tanh,
    atanh,
    sinc,
    ...elementaryFunctions,
    ...logarithmicFunctions,
    sigmoid,
    logit,
    softplus,
    logisticOfExp,
    abs,
    sign,
    step,
    relu,
    max,
    min,
    clip,
    stopGradient,
    ...comparisons,
    ...activations,
    ...planar,
    ...errorFunctions,
    ...gammaFunctions,
    ...integralFunctions,
    ...besselFunctions,
    ...ellipticFunctions,
    ...stableForms,
    ...zeroFirst,
  ]),
  ...under('language', [...composites, ...linear, ...reducing, ...arrays]),
];

export const operators: readonly Operator[] = entries.flatMap((e) => (e.kind === 'entrywise' ? [e.record] : []));
export const arrayOperators: readonly ArrayOperator[] = entries.flatMap((e) => (e.kind === 'array' ? [e.record] : []));

const spelled = <T>({ name, spellings = [] }: Named, meaning: T) => [name, ...spellings].map((s) => [s, meaning] as const);

/** The entrywise operators by each of their names. */
export const operatorNamed: ReadonlyMap<string, Operator> = new Map(operators.flatMap((o) => spelled(o, o)));

/** An entrywise function, as the language sees it. */
const entrywise = (operator: Operator): LanguageFunction => ({
  name: operator.name,
  ...(operator.spellings && { spellings: operator.spellings }),
  arity: [operator.arity - (operator.defaults?.length ?? 0), operator.arity],
  help: operator.rule.formula ?? operator.rule.name,
  build: (b, call) => {
    for (const at of operator.orders ?? []) needOrder(call, at);
    const missing = operator.arity - call.args.length;
    const rest = missing > 0 ? operator.defaults!.slice(-missing) : [];
    const caution = operator.caution?.(...call.args.map(({ node }) => node));
    if (caution) call.warn(...caution);
    return b.entrywise(call.args, (nodes) => b.graph.apply(operator, ...nodes, ...rest), call);
  },
});

/** @throws GradusError `argument` unless the argument, if it is given, is an integer written out */
function needOrder({ name, args, texts }: CallSite, at: number): void {
  const order = args[at] && constantOf(args[at].node);
  if (!args[at] || (order && isInteger(order))) return;
  throw new GradusError('argument', `${name} needs an integer as argument ${at + 1}; ${texts[at]} is not one`);
}

/** What a call of an entry makes, if it can be called by itself. */
function callOf({ kind, record }: Entry): LanguageFunction | undefined {
  if (kind === 'language') return record;
  return kind === 'entrywise' && !record.internal ? entrywise(record) : undefined;
}

/** Every function and operator of the language, by each of its spellings. */
export const functions: ReadonlyMap<string, LanguageFunction> = new Map(
  entries.flatMap((entry) => {
    const call = callOf(entry);
    return call ? spelled(call, call) : [];
  }),
);

/** How functions are written, by the names that trees have for them: language functions, or what only graphs have. */
const notations: ReadonlyMap<string, Notation> = new Map(
  entries.flatMap(({ kind, record }) => {
    if (!record.notation) return [];
    const called = kind === 'language' || (kind === 'entrywise' && !record.internal);
    return called ? spelled(record, record.notation) : [[record.name, record.notation] as const];
  }),
);

/** How a function or an operator is written; nothing is special about it if undefined. */
export const notationOf = (callee: string): Notation | undefined => notations.get(callee);
