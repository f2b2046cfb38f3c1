import { derivativeAt, entriesOfDerivative, jacobian } from '../differentiate/derivatives.ts';
import { axes } from '../graph/forms.ts';
import type { Graph } from '../graph/graph.ts';
import type { Node, Variable } from '../graph/node.ts';
import { topological } from '../graph/traverse.ts';
import { GradusError } from '../language/diagnostics.ts';
import type { Call, Name, Subscript } from '../language/tree.ts';
import { listed } from '../language/visible.ts';
import { shapeOf, type Value } from '../operators/builder.ts';
import { type Context, DEEPEST } from './context.ts';
import { type Along, type By, bySeveral, type DerivativeForm, derivativeForm } from './derivative-call.ts';
import { subscript } from './indices.ts';

/**
 * The derivative as a value: derivatives nest. By a parameter of a function, as in `du(s) = diff(u(s), s)`, it is the
 * derivative by the argument: a variable stands for the argument, which is put in when the derivative is known.
 * Index notation: f may have free indices, and so may an argument, each entry of which is derived by on its own.
 */
export function derivative(expr: Call, context: Context, guarded: boolean): Value {
  const several = bySeveral(expr);
  if (several?.names.every((name) => shapeOf(context.check(name, context)).length === 0))
    return context.check(several.stacked, context, guarded);
  const form = applied(derivativeForm(expr, context.text), expr, context);
  refuseUnknown(form, expr, context);
  const g = context.builder.graph;
  if (context.expanding.length >= DEEPEST)
    throw new GradusError('unsupported', `derivatives nest more than ${DEEPEST} deep`, { span: expr.span });
  const standing = new Map<Variable, Node>();
  const locals = new Map(context.locals);
  for (const { name } of form.by.map(baseOf)) {
    const value = context.locals.get(name);
    if (!value) continue;
    const variable = g.variable(`${name}@${value.node.id}`, value.node.shape, 'state');
    standing.set(variable, value.node);
    locals.set(name, { ...value, node: variable });
  }
  const inner: Context = { ...context, locals, expanding: [...context.expanding, expr.callee] };
  const f = inner.check(form.of, inner, guarded);
  if (form.scalarOnly && shapeOf(f).length > 0) {
    throw new GradusError('shape', `${expr.callee} is of a scalar`, {
      span: form.of.span,
      hint: 'the derivative of an array is its jacobian(…)',
    });
  }
  warnAbsent(form, f, expr, inner);
  warnGiven(form, f, expr, inner);
  const found = form.along
    ? product(form.by[0]!, form.along, f, inner)
    : form.by.reduce((value, by) => entriesOf(by, byName(g, value, by, inner), shapeOf(value).length, inner, guarded), f);
  return { ...found, node: derivativeAt(g, found.node, standing) };
}

/**
 * `d/dx f`, `diff(f, x)`: a function of the source is meant of its own parameters.
 * @throws GradusError `name` for one that has no such parameter
 */
function applied(form: DerivativeForm, whole: Call, { scope, locals, indices }: Context): DerivativeForm {
  const { of, by } = form;
  if (of.kind !== 'name' || locals.has(of.name) || indices.has(of.name) || scope.values.has(of.name)) return form;
  const { name, span } = of;
  const parameters = scope.functions.get(name)?.parameters.map((parameter) => parameter.name);
  if (!parameters) return form;
  const other = by.map((one) => baseOf(one).name).find((one) => !parameters.includes(one));
  if (other !== undefined)
    throw new GradusError('name', `${name} is a function of ${listed(parameters)}, not of ${other}`, {
      span: whole.span,
      hint: `write diff(${name}(${[other, ...parameters.slice(1)].join(', ')}), ${other})`,
    });
  const args = parameters.map((parameter): Name => ({ kind: 'name', name: parameter, span }));
  return { ...form, of: { kind: 'call', callee: name, args, at: span, span } };
}

/** `∂f/∂x` is about an f that the source defines; of a free name the derivative would be 0. */
function refuseUnknown({ of, by }: DerivativeForm, { at, span }: Call, { scope, locals, indices, text }: Context): void {
  if (of.kind !== 'name' || !/^(?:d(?!iff)|∂(?!\())/u.test(text.slice(at.start, at.end))) return;
  const { name } = of;
  if (!scope.open || by.some((other) => baseOf(other).name === name)) return;
  if (locals.has(name) || indices.has(name) || (scope.values.has(name) && !scope.free.has(name))) return;
  throw new GradusError('name', `there is no ${name} to derive: as a free name its derivative would be 0`, {
    span: of.span,
    hint: `define it first; write ${name} = ${[...new Set(by.map((one) => `${baseOf(one).name}^2`))].join('*')}; ${text.slice(span.start, span.end)}`,
  });
}

/** `diff(f, x, n)`: by a free name that f does not have the derivative is 0, which nobody asks for. */
function warnAbsent({ of, by }: DerivativeForm, f: Value, { callee, span }: Call, { scope, locals, text }: Context): void {
  if (!scope.open) return;
  const found = new Set(topological([f.node]));
  const absent = by.map(baseOf).find(({ name }) => {
    const node = (locals.get(name) ?? scope.values.get(name))?.node;
    return !node || (node.kind === 'variable' && node.role === 'free' && !found.has(node));
  });
  if (!absent) return;
  const body = text.slice(of.span.start, of.span.end);
  const [first] = by.map(baseOf);
  scope.warnings.push({
    message: `${absent.name} does not occur in ${body}: the derivative by it is 0`,
    span,
    ...(absent !== first && { hint: `an order is a whole number: ${callee}(${body}, ${first!.name}, 2)` }),
  });
}

/** By entries of a recurrence, and within its steps, the others count as given: the derivative does not go through its steps. */
function warnGiven({ by }: DerivativeForm, f: Value, { span }: Call, { recurring, scope, locals }: Context): void {
  const outer = by.map(baseOf).find(({ name }) => !locals.has(name));
  const filled = by.map(baseOf).find(({ name }) => !locals.has(name) && scope.filled.has(name));
  if (filled)
    scope.warnings.push({
      message: `the entries of ${filled.name} count as given: what its steps make of an entry later is not in the derivative`,
      span,
      hint: 'by what it starts from, a derivative goes through all of its steps',
    });
  if (!recurring || !outer) return;
  const carried = new Set<Node>([...recurring.names.values()].map((one) => one.carried));
  if (!topological([f.node]).some((n) => carried.has(n))) return;
  scope.warnings.push({
    message: `what the step starts from counts as given: the derivative by ${outer.name} is that of this step alone`,
    span,
    hint: 'behind the recurrence, a derivative goes through all of its steps',
  });
}

const baseOf = (by: By): Name => (by.kind === 'name' ? by : by.target);

/** What a name stands for, as far as one can derive by it. */
function variableOf(by: By, context: Context): Value {
  const base = baseOf(by);
  if (context.recurring?.names.has(base.name) && !context.locals.has(base.name)) {
    throw new GradusError('unsupported', `a step of ${base.name} cannot be derived by ${base.name} itself`, {
      span: by.span,
      hint: 'by the argument of a function it can: step(z) = … diff(f(z), z) …',
    });
  }
  const value = context.check(base, context);
  if (value.node.kind === 'variable' || value.node.kind === 'definition') return value;
  throw new GradusError('argument', 'a derivative is taken by a name', { span: by.span });
}

/** ∂f/∂x, [indices…, f…, x…]. */
function byName(g: Graph, f: Value, by: By, context: Context): Value {
  const x = variableOf(by, context);
  if (x.indices.length === 0) return { node: jacobian(g, f.node, x.node), indices: f.indices };
  // An entry of f depends on its own entry of x alone: the derivative of the sum over all of them is that of each.
  const kept = f.indices.filter((name) => !x.indices.includes(name));
  const own = axes(f.node.shape);
  const named = (name: string): number => own.result[f.indices.indexOf(name)]!;
  const rest = own.result.slice(f.indices.length);
  const total = g.contract({
    factors: [f.node],
    indices: [own.result],
    result: [...kept.map(named), ...rest],
    sizes: own.sizes,
  });
  const slopes = jacobian(g, total, x.node);
  const found = axes(slopes.shape);
  const [lead, middle, mine] = [kept.length, rest.length, x.indices.length];
  const place = (from: number, count: number): number[] => found.result.slice(from, from + count);
  const node = g.contract({
    factors: [slopes],
    indices: [found.result],
    result: [
      ...place(0, lead),
      ...place(lead + middle, mine),
      ...place(lead, middle),
      ...found.result.slice(lead + middle + mine),
    ],
    sizes: found.sizes,
  });
  return { node, indices: [...kept, ...x.indices] };
}

/** ∂f/∂x[i] is entry i of ∂f/∂x. */
function entriesOf(by: By, value: Value, rank: number, context: Context, guarded: boolean): Value {
  if (by.kind === 'name') return value;
  const whole: Subscript = { kind: 'range', from: undefined, to: undefined, span: by.span };
  const subscripts = [...Array.from({ length: rank }, () => whole), ...by.subscripts];
  const g = context.builder.graph;
  const standing = g.state('∂', value.node.shape);
  const { node, indices } = subscript({ ...by, subscripts }, { ...value, node: standing }, context, guarded);
  return { node: entriesOfDerivative(g, value.node, standing, node), indices };
}

function product(by: By, { direction: written, find, like }: Along, f: Value, context: Context): Value {
  const { builder } = context;
  const x = variableOf(by, context);
  const direction = context.check(written, context);
  const { span } = written;
  if (by.kind !== 'name' || [f, x, direction].some((v) => v.indices.length > 0))
    throw new GradusError('unsupported', 'a product with a derivative is of whole arrays, not of entries', { span });
  const wanted = (like === 'f' ? f : x).node.shape;
  const given = direction.node.shape;
  if (given.length !== wanted.length || !wanted.every((dim, axis) => dim === given[axis])) {
    const what = like === 'f' ? 'the function' : 'the name';
    throw new GradusError('shape', `the direction has the shape [${given.join(', ')}], ${what} has [${wanted.join(', ')}]`, {
      span,
    });
  }
  return { node: find(builder.graph, f.node, x.node, direction.node), indices: [] };
}
