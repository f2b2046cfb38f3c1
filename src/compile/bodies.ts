import { GradusError } from '../language/diagnostics.ts';
import { parseExpression } from '../language/parser.ts';
import type { Expr } from '../language/tree.ts';
import { shareOfExp } from '../operators/activation.ts';
import { operators } from '../operators/index.ts';
import { COMPUTE, type Expression, Expressions, type Local, parts } from './expression.ts';
import { definitionOf, evaluate } from './interpret.ts';
import type { Intrinsic } from './intrinsic.ts';
import { Nest } from './nest.ts';
import type { Statement } from './program.ts';
import { SPECIAL } from './special-bodies.ts';
import { symbolic } from './unroll.ts';

/**
 * Functions that a target without JavaScript's kernels must know itself. What C calls otherwise differs from these at
 * the edges: `max` of a NaN is NaN, `round` goes to even numbers, 1 to the power NaN is NaN, `mod` has the divisor's sign.
 */
const BASIC = [
  ...['exp', 'log', 'sqrt', 'cbrt', 'log2', 'log10', 'log1p', 'expm1', 'pow', 'hypot', 'mod'],
  ...['sin', 'cos', 'tan', 'asin', 'acos', 'atan', 'atan2', 'sinh', 'cosh', 'tanh', 'asinh', 'acosh', 'atanh'],
  ...['abs', 'floor', 'ceil', 'round', 'trunc', 'max', 'min', 'erf', 'erfc', 'gamma', 'lgamma'],
  ...['where', '<', '<=', '>', '>=', '==', '!=', 'and', 'or', 'not'],
] as const;

export type Basic = (typeof BASIC)[number];

/**
 * What other functions are in terms of those, and of each other, as their kernels compute them: in the language, but
 * without its rewriting. A dash in a name is written as an underscore.
 */
const TEXTS: Readonly<Record<string, string>> = {
  pseudoinverse: 'x: where(x == 0, 0, 1/x)',
  scaled: 'a, b: where(a == 0 and b == b, 0, a*b)',
  'power-log': 'x, p, k: where(k == 0, x^p, where(x == 0 and p >= 0, 0, x^p*log(x)^k))',
  xlogy: 'x, y: scaled(x, log(y))',
  xlog1py: 'x, y: scaled(x, log1p(y))',
  entropy: 'x: scaled(x, -log(x))',
  sinc: 'x: where(x == 0, 1, where(abs(x) == inf, 0, sin(x)/x))',
  sec: 'x: 1/cos(x)',
  csc: 'x: 1/sin(x)',
  cot: 'x: 1/tan(x)',
  coth: 'x: 1/tanh(x)',
  sech: 'x: 2*exp(-abs(x))/(1 + exp(-abs(x))*exp(-abs(x)))',
  csch: 'x: where(abs(x) < 1, 1/sinh(x), sign(x)*2*exp(-abs(x))/(-expm1(-2*abs(x))))',
  asec: 'x: where(x < 0, pi - atan(leg(x)), atan(leg(x)))',
  acsc: 'x: sign(x)*atan(1/leg(x))',
  leg: 'x: sqrt(abs(x) - 1)*sqrt(abs(x) + 1)',
  acot: 'x: atan(1/x)',
  asech: 'x: where(x < 0.5, log(2/x) + log1p((sqrt((1 - x)*(1 + x)) - 1)/2), log1p(rise((1 - x)/x)))',
  rise: 't: t + sqrt(t*(2 + t))',
  acsch: 'x: asinh(1/x)',
  acoth: 'x: sign(x)*0.5*log1p(2/(abs(x) - 1))',
  sign: 'x: where(x > 0, 1, where(x < 0, -1, x))',
  step: 'x: where(x != x, x, where(x > 0, 1, 0))',
  relu: 'x: max(x, 0)',
  clip: 'x, lo, hi: min(max(x, lo), hi)',
  stop_gradient: 'x: x',
  sigmoid: 'x: where(x < -709, exp(x), 1/(1 + exp(-x)))',
  logit: 'p: where(p > 0.25 and p < 0.75, log1p((2*p - 1)/(1 - p)), log(p/(1 - p)))',
  softplus: 'x: max(x, 0) + log1p(exp(-abs(x)))',
  logisticOfExp: 't: 1/(1 + t)',
  shareOfExp: 't, r: where(r == 0, 1, t*r)',
  logsigmoid: 'x: min(x, 0) - log1p(exp(-abs(x)))',
  leaky_relu: 'x, a: where(x > 0, x, a*x)',
  elu: 'x, a: where(x > 0, x, a*expm1(x))',
  silu: 'x: where(x < -700, x*exp(x/2)*exp(x/2), x/(1 + exp(-x)))',
  gelu: 'x: 0.5*erfc(-x/1.4142135623730951)*x',
  hardtanh: 'x: max(-1, min(1, x))',
  relu6: 'x: max(0, min(6, x))',
  nthRoot: 'x, n: where(x == 0 or abs(x) == inf, x, sign(x)*polished(abs(x), n, abs(x)^(1/n)))',
  polished: 'x, n, y: y - y*(y^n/x - 1)/n',
  hypotenuse: 'x, y: hypot(x, y)',
  direction: 'x, y: where(hypot(x, y) == 0, 0, x/hypot(x, y))',
  logaddexp: 'a, b: where(a == b, a + log(2), max(a, b) + log1p(exp(-abs(a - b))))',
  'sigmoid-plus': 'u, r: where(u > 0, 1 + r - sigmoid(-u), sigmoid(u) + r)',
  versine: 'x: 2*(sin(x/2)*sin(x/2))',
  coshm1: 'x: where(abs(x) < 1, 2*(sinh(x/2)*sinh(x/2)), cosh(x) - 1)',
  sqrt1pm1: 'x: where(x == inf, x, x/(sqrt(1 + x) + 1))',
  compound: 'u, p: compounded(1 + u, p, lost_in_sum(u, 1 + u))',
  'lost-in-sum': 'u, w: where(abs(u) <= 1, u - (w - 1), 1 - (w - u))',
  compounded: 'w, p, d: where(d == 0 or w^p == 0 or not(abs(w^p) < inf), w^p, w^p*exp(p*(d/w)))',
  log1mexp: 'x: where(x > -log(2), log(-expm1(x)), log1p(-exp(x)))',
  'log-mixture':
    'a, u, b, v: where(a == 0, log(b) + v, where(b == 0, log(a) + u, where(u >= v, log_mixed(a, u, b, v, b/a*exp(v - u)), log_mixed(b, v, a, u, a/b*exp(u - v)))))',
  'mixture-share': 'a, u, b, v: where(a == 0, 0, where(b == 0, 1, 1/(1 + b/a*exp(v - u))))',
  'log-mixed':
    'c, m, d, n, r: where(c > 0 and abs(r) < 0.5, m + log(c) + log1p(r), where(d > 0 and abs(r) > 2, n + log(d) + log1p(1/r), m + log(c + c*r)))',
  'log-of-events': 'u: where(u < -37, u - exp(u)/2, where(u < log(log(2)), log(-expm1(-exp(u))), log1p(-exp(-exp(u)))))',
  logcosh: 'x: where(abs(x) < 1, log1p(coshm1(abs(x))), abs(x) - log(2) + log1p(exp(-2*abs(x))))',
  'asinh-of-exp': 'x: where(x > 30, x + log(2), asinh(exp(x)))',
  'acosh-of-exp': 'x: where(x > 30, x + log(2), log1p(rise(expm1(x))))',
  'log-difference':
    'v, d: where(abs(d/v) < 0.5, log1p(d/v), where(abs((v + d)/v) < inf, log((v + d)/v), log(abs(v + d)) - log(abs(v))))',
  'power-difference': 'v, d, p: where(p == 0 or d == 0, 0, power_step(v, v + d, p, p*log_difference(v, d)))',
  'power-step': 'v, w, p, e: where(not(v >= 0 and w >= 0), w^p - v^p, where(e > 0, -(w^p)*expm1(-e), v^p*expm1(e)))',
  'atan-difference': 'v, d: atan2(d, 1 + v*(v + d))',
  'root-of-sum':
    'w, t: where(abs(w) < 1e100 and abs(t) < 1e200, sqrt(w*w + t), where(t >= 0, hypot(w, sqrt(abs(t))), wide_root(abs(w), sqrt(abs(t)))))',
  'wide-root': 'w, q: sqrt(w - q)*sqrt(w + q)',
  'root-difference': 'w, t: where(w > 0, t/(root_of_sum(w, t) + w), root_of_sum(w, t) - w)',
  'root-slope': 'w, t: -root_difference(w, t)/root_of_sum(w, t)',
  'bell-1': 'x: exp(-(x*x))',
  'bell-2': 'x: exp(-(x*x)/2)',
  ...SPECIAL,
};

/** A function as statements over its parameters, and the value that they lead to. */
export interface Body {
  readonly parameters: readonly Local[];
  readonly statements: readonly Statement[];
  readonly value: Expression;
  /** The functions in it. */
  readonly calls: readonly Intrinsic[];
}

const known = new WeakMap<Intrinsic, Body | undefined>();

/** What a function is in terms of others; undefined for the basic ones, and where no accurate form is known. */
export function bodyOf(f: Intrinsic): Body | undefined {
  if (!known.has(f)) {
    const text = TEXTS[f.name] ?? f.program;
    known.set(f, text === undefined ? defined(f) : written(text));
  }
  return known.get(f);
}

/**
 * Functions whose bodies hold in single precision too: no step leaves it where the value does not, and no threshold is
 * about the range of doubles. Others are computed in doubles there.
 */
const SINGLE: ReadonlySet<string> = new Set([
  ...['relu', 'relu6', 'clip', 'hardtanh', 'leaky_relu', 'elu', 'softplus', 'logsigmoid', 'sech', 'stop_gradient'],
  ...['sign', 'step', 'scaled', 'xlogy', 'xlog1py', 'entropy', 'pseudoinverse', 'logaddexp', 'log1mexp'],
  ...['logisticOfExp', 'shareOfExp', 'sigmoid-plus', 'bell-1', 'bell-2'],
]);

export const holdsInSingle = (f: Intrinsic): boolean => SINGLE.has(f.name);

/** Whether a function's body is written down: it loses nothing. One from a definition is as good up to its last digits. */
export const isWritten = (f: Intrinsic): boolean => Object.hasOwn(TEXTS, f.name) || f.program !== undefined;

/** Whether a target that knows the basic functions can be told this one. */
export const isKnown = (f: Intrinsic): boolean => isBasic(f) || bodyOf(f) !== undefined;

export const isBasic = ({ name }: Intrinsic): boolean => (BASIC as readonly string[]).includes(name);

const CONSTANTS: Readonly<Record<string, number>> = { pi: Math.PI, inf: Number.POSITIVE_INFINITY, nan: Number.NaN };

function written(text: string): Body {
  const [names, value] = text.split(': ') as [string, string];
  const x = new Expressions();
  const parameters = names.split(', ').map((name) => x.local({ name }));
  const scope = new Map(parameters.map((p) => [p.label!.name, p as Expression]));
  const build = (e: Expr): Expression => {
    if (e.kind === 'number') return x.constant(Number(e.text));
    if (e.kind === 'name') return scope.get(e.name) ?? x.constant(CONSTANTS[e.name]!);
    if (e.kind !== 'call') throw new Error(`${text} is more than calls`);
    const args = e.args.map(build);
    if (e.callee === '+') return args.reduce((a, b) => x.add(a, b));
    if (e.callee === '*') return args.reduce((a, b) => x.multiply(a, b));
    if (e.callee === '-') return args[1] ? x.subtract(args[0]!, args[1]) : x.negate(args[0]!);
    if (e.callee === '/') return x.divide(args[0]!, args[1]!);
    return x.call(named(e.callee === '^' ? 'pow' : e.callee), args);
  };
  return bodied(x, parameters, build(parseExpression(value)));
}

/** By name with underscores: the operators, and what only bodies call. */
let all: Map<string, Intrinsic> | undefined;

function named(name: string): Intrinsic {
  all ??= new Map([...operators, shareOfExp].map((o) => [o.name.replaceAll('-', '_'), o]));
  let found = all.get(name);
  if (!found) {
    const own = Object.keys(TEXTS).find((key) => key.replaceAll('-', '_') === name);
    if (!own) throw new Error(`there is no function ${name}`);
    found = helper(own);
    all.set(name, found);
  }
  return found;
}

/** A part of a body with a name of its own. */
function helper(name: string): Intrinsic {
  const self: Intrinsic = {
    name,
    arity: TEXTS[name]!.split(': ')[0]!.split(', ').length,
    kernel: (...args) => computed(bodyOf(self)!, args),
  };
  return self;
}

function bodied(x: Expressions, parameters: readonly Local[], whole: Expression): Body {
  const calls = new Set<Intrinsic>();
  const visit = (e: Expression): void => {
    if (e.kind === 'call') calls.add(e.function);
    parts(e).forEach(visit);
  };
  visit(whole);
  const nest = new Nest(x, []);
  const value = nest.define(whole);
  const statements = nest.finish();
  const last = statements.pop();
  return { parameters, statements, value: last?.kind === 'let' && last.local === value ? last.value : value, calls: [...calls] };
}

/** By the definition, where that is as accurate as the kernel. */
function defined(f: Intrinsic): Body | undefined {
  if (!f.definition || isBasic(f)) return undefined;
  const x = new Expressions();
  const parameters = Array.from({ length: f.arity }, (_, k) => x.local({ name: 'xyzuvw'[k] ?? `x${k}` }));
  try {
    const { parameters: variables, body } = definitionOf(f);
    const argument = (k: number) => ({ shape: [], data: [parameters[k]!] });
    const [value] = evaluate([body], (v) => argument(variables.indexOf(v)), new Map(), symbolic(x));
    const made = bodied(x, parameters, value!.data[0]!);
    if (!made.calls.every(isKnown)) return undefined;
    return samples(f.arity).every((args) => agree(computed(made, args), f.kernel(...args))) ? made : undefined;
  } catch (error) {
    if (error instanceof GradusError) return undefined;
    throw error;
  }
}

/** Numbers of every size, where a formula that overflows or cancels shows itself. */
const SAMPLES = [0, 1e-300, 1e-20, 1e-9, 1e-4, 0.3, 0.7, 1, 1.7, 4, 12, 30, 300, 1e4, 1e9, 1e200].flatMap((u) => [u, -u]);

function samples(arity: number): number[][] {
  if (arity === 1) return SAMPLES.map((u) => [u]);
  return SAMPLES.flatMap((u, k) => SAMPLES.map((v, l) => [u, v, ...SAMPLES.slice((k + l) % 9).slice(0, arity - 2)]));
}

const CLOSE = 1e-13;

const agree = (a: number, b: number): boolean => Object.is(a, b) || a === b || Math.abs(a - b) <= CLOSE * Math.abs(b);

/** The value of a body by the kernels of what it calls. */
export function computed({ parameters, statements, value }: Body, args: readonly number[]): number {
  const locals = new Map<Local, number>(parameters.map((p, k) => [p, args[k]!]));
  const of = (e: Expression): number => {
    switch (e.kind) {
      case 'constant':
        return e.value;
      case 'local':
        return locals.get(e)!;
      case 'negation':
        return -of(e.of);
      case 'arithmetic':
        return COMPUTE[e.symbol](of(e.left), of(e.right));
      case 'call':
        return e.function.kernel(...e.args.map(of));
      default:
        throw new Error(`a body has no ${e.kind}`);
    }
  };
  for (const s of statements) if (s.kind === 'let') locals.set(s.local, of(s.value));
  return of(value);
}
