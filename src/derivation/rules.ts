import type { Application } from '../differentiate/sweep.ts';
import type { Dim } from '../graph/dimension.ts';
import { constantOf } from '../graph/forms.ts';
import { isTest } from '../graph/linear.ts';
import { type Apply, type Contraction, type Node, UNIT } from '../graph/node.ts';
import type { ArrayOperator } from '../operators/array.ts';
import type { Operator, Rule } from '../operators/operator.ts';
import { pow } from '../operators/power.ts';

/** The rules that are not an operator's own: the one linear rule in the shapes that people have names for, and sums. */
export type RuleId =
  | 'sum'
  | 'definition'
  | 'constant-factor'
  | 'entries'
  | 'mean'
  | 'norm'
  | 'trace'
  | 'place'
  | 'transpose'
  | 'broadcast'
  | 'product'
  | 'matrix-product'
  | 'quotient'
  | 'simplify'
  | 'recurrence'
  | 'objective';

/** How telling a rule is: of those that lead to one result, the most telling names the step. */
const WEIGHT: Readonly<Record<RuleId, number>> = {
  objective: 0,
  definition: 0,
  simplify: 0,
  sum: 1,
  'constant-factor': 2,
  entries: 3,
  mean: 5.5,
  norm: 7,
  trace: 3,
  place: 3,
  transpose: 4,
  broadcast: 5,
  product: 6,
  quotient: 6,
  'matrix-product': 6,
  recurrence: 7,
};

/** The rules of calculus as formulas. */
const FORMULAS: Readonly<Partial<Record<RuleId, string>>> = {
  sum: '(u + v)′ = u′ + v′',
  'constant-factor': '(c·u)′ = c·u′',
  product: '(uv)′ = u′v + uv′',
  quotient: '(u/v)′ = (u′v − uv′)/v²',
  mean: '∂(mean x)/∂xᵢ = 1/n',
  norm: '∂‖x‖/∂x = x/‖x‖',
};

/** A rule in mathematical notation, if it has one. */
export const formulaOf = (applied: Applied): string | undefined =>
  isFunction(applied) ? functionRule(applied).formula : FORMULAS[applied.id as RuleId];

/**
 * The same for an argument that is a function itself: (sin u)′ = cos u·u′. What is stated of the function, σ′ = σ(1 − σ),
 * stays.
 */
export function chainFormulaOf(applied: Applied): string | undefined {
  const formula = formulaOf(applied);
  const [, left, right] = (isFunction(applied) && formula && /^(\([^′]*\)′|\|u\|′) = ([^′]+)$/u.exec(formula)) || [];
  if (left === undefined || right === undefined || right === '0') return formula;
  const [, below] = /^1\/([^·]+)$/u.exec(right) ?? [];
  if (below !== undefined) return `${left} = u′/${below}`;
  return `${left} = ${/ [+−] /.test(right) ? `(${right})` : right}·u′`;
}

const FUNCTION_WEIGHT = 7;

/** Over what a broadcast repeats a value. */
export interface Shared {
  readonly over: 'columns' | 'rows' | 'entries';
  readonly size?: Dim;
}

/** A rule as it was applied: which, to what name, and what its sentence needs. */
export interface Applied {
  readonly id: RuleId | Operator | ArrayOperator;
  /** The name of the part that the rule was applied to. */
  readonly name: string;
  readonly shared?: Shared;
  /** Of an entrywise function, the arguments that move. */
  readonly moving?: readonly number[];
  /** A power that divides: v of u/v. */
  readonly divides?: true;
}

/** The rule of a function, by what moves in it. */
export const functionRule = ({ id, moving }: Applied & { id: Operator | ArrayOperator }): Rule =>
  ('ruleBy' in id && moving ? id.ruleBy?.(moving) : undefined) ?? id.rule;

export const weightOf = ({ id }: Applied): number => (typeof id === 'string' ? WEIGHT[id] : FUNCTION_WEIGHT);
export const isFunction = (applied: Applied): applied is Applied & { id: Operator | ArrayOperator } =>
  typeof applied.id !== 'string';

/** Of a function of whole arrays. */
export const isOfArrays = ({ id }: Applied): boolean => typeof id !== 'string' && 'cells' in id;

/** The functions among the rules, each with the rule that people know it by once. */
export function functionsIn(rules: readonly Applied[]): (Applied & { id: Operator | ArrayOperator })[] {
  const told = new Set<Rule>();
  return rules.filter(isFunction).filter((f) => {
    const rule = functionRule(f);
    return !told.has(rule) && told.add(rule);
  });
}

/** The entrywise function that a rule belongs to, if it is one's: those have lemmas. */
export const entrywiseOf = ({ id }: Applied): Operator[] => (typeof id !== 'string' && 'partials' in id ? [id] : []);

/** The rule by which a node passes its adjoint on to one of its parts. */
export function ruleOf({ node, position, part }: Application, nameOf: (n: Node) => string): Applied {
  const name = nameOf(part);
  switch (node.kind) {
    case 'apply':
      return { id: node.operator, name, moving: [position], ...(divides(node) && { divides: true }) };
    case 'array':
      return { id: node.operator, name };
    case 'contraction':
      return contractionRule(node, position, name);
    case 'recurrence':
      return { id: 'recurrence', name };
    case 'sum':
      return { id: 'sum', name };
    default:
      return { id: 'definition', name };
  }
}

const divides = ({ operator, args }: Apply): boolean => operator === pow && constantOf(args[1]!)?.equals(-1) === true;

/** Made of lengths alone: the 1/n of a mean. */
const isOfLengths = (node: Node): boolean => {
  if (node.kind === 'apply') return node.args.every((arg) => isOfLengths(arg) || constantOf(arg) !== undefined);
  return node.kind === 'contraction' ? node.factors.length > 0 && node.factors.every(isLength) : isLength(node);
};

const isLength = (node: Node): boolean => node.kind === 'variable' && node.role === 'size';

/** Whether a product divides by how many there are. */
export const isShare = (node: Node): boolean =>
  node.kind === 'contraction' && node.factors.some((f) => f.kind === 'apply' && isOfLengths(f));

/** The one linear rule, under the name that people know it by in each of its shapes. */
function contractionRule(node: Contraction, position: number, name: string): Applied {
  const own = node.indices[position]!.filter((i) => i !== UNIT);
  const result = node.result.filter((i) => i !== UNIT);
  const others = node.factors.filter((f, k) => k !== position && !isOfLengths(f));
  const isRead = others.some(isTest) && others.every((f) => isTest(f) || f.shape.every((d) => d === 1));
  if (isRead && own.length > 0) return { id: 'place', name };
  if (others.some((f) => f.shape.some((d) => d !== 1)) || (others.length > 0 && own.length === 0 && result.length === 0)) {
    const entrywise = node.indices.every((list) => list.every((i) => i === UNIT || node.result.includes(i)));
    return { id: entrywise ? 'product' : 'matrix-product', name };
  }
  const repeated = result.filter((i) => !own.includes(i));
  if (repeated.length > 0) return { id: 'broadcast', name, shared: sharedOver(node, repeated) };
  if (own.some((i) => !result.includes(i))) return { id: new Set(own).size < own.length ? 'trace' : 'entries', name };
  return { id: own.length > 1 && own.join() !== result.join() ? 'transpose' : 'constant-factor', name };
}

function sharedOver(node: Contraction, repeated: readonly number[]): Shared {
  const long = node.result.filter((i) => i !== UNIT);
  if (node.result.length > 2 || (long.length === 2 && repeated.length === 2)) return { over: 'entries' };
  const size = node.sizes[repeated[0]!]!;
  if (node.result.length === 1) return { over: 'entries', size };
  return { over: node.result.indexOf(repeated[0]!) === 1 ? 'columns' : 'rows', size };
}
