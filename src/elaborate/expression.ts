import type { Node } from '../graph/node.ts';
import { GradusError } from '../language/diagnostics.ts';
import { knownName } from '../language/names.ts';
import { REDUCTION } from '../language/precedence.ts';
import { prelude, preludeNames } from '../language/prelude.ts';
import type { Bracket, Call, Expr, FunctionDefinition, Indexed, Name, Subscripted } from '../language/tree.ts';
import { listed } from '../language/visible.ts';
import { ELEMENTARY } from '../language/words.ts';
import { blocks, stackedRows } from '../operators/blocks.ts';
import { shapeOf, type Value } from '../operators/builder.ts';
import { constants } from '../operators/constants.ts';
import { functions } from '../operators/index.ts';
import type { CallSite } from '../operators/language.ts';
import { needAlike } from '../operators/linear.ts';
import { derivativeCalled } from '../operators/unknown.ts';
import { completed } from './arity.ts';
import { axisForm, axisName, classAxis } from './axes.ts';
import { refuseBareFunctions, refuseGlued } from './bare-functions.ts';
import { type Context, DEEPEST } from './context.ts';
import { isDerivative, namesDerivative } from './derivative-call.ts';
import { derivative } from './derivative-forms.ts';
import { excerpt } from './excerpt.ts';
import { asOneName, gluedNames } from './glued-names.ts';
import type { Indices } from './index-range.ts';
import { indexValue, openIndices, reduceIndices, subscript } from './indices.ts';
import { numeral, numericArray } from './literals.ts';
import { noAxis, noFunction, refuseNamedT, unknownName, warnOfTranspose } from './misread.ts';
import { type Recurring, recurringEntry } from './recurrences.ts';
import { Scope } from './scope.ts';

/** An expression entered; when its parts have values it is built. */
interface Frame {
  readonly expr: Expr;
  readonly parts: readonly Expr[];
  readonly values: Value[];
  /** What the indices of an indexed call stood for outside of it. */
  readonly hidden?: readonly (readonly [string, ReturnType<Indices['get']>, boolean])[];
  /** Within a branch of a `where`, which keeps out what lies beyond an axis. */
  readonly guarded: boolean;
}

/**
 * The value of an expression: names looked up, shapes inferred, nodes built. A loop with a stack of its own, so that
 * depth is no limit.
 * @param guarded within a branch of a `where`
 * @throws GradusError with the span of the part that is wrong
 */
export function checkExpression(root: Expr, context: Context, guarded = false): Value {
  const stack: Frame[] = [enter(root, context, guarded)];
  for (;;) {
    const frame = stack[stack.length - 1]!;
    if (frame.values.length < frame.parts.length) {
      stack.push(enter(frame.parts[frame.values.length]!, context, frame.guarded || isChoice(frame.expr)));
      continue;
    }
    stack.pop();
    const value = placed(frame.expr, () => build(frame, context));
    if (!frame.guarded && context.expanding.length === 0) ask(value.node, context);
    const above = stack[stack.length - 1];
    if (!above) return value;
    above.values.push(value);
  }
}

/** Of √x · √x nothing tells that x must not be negative. */
function ask(node: Node, { asked }: Context): void {
  if (node.kind === 'apply' && node.operator.caveats?.some(({ kind }) => kind === 'needs')) asked?.push(node);
}

function placed<T>(expr: Expr, work: () => T): T {
  try {
    return work();
  } catch (error) {
    if (error instanceof GradusError) throw error.placed(expr.span);
    throw error;
  }
}

/** A function of the user's own hides a derivative of the same name. */
const isDerivativeCall = (expr: Call, { scope }: Context): boolean => isDerivative(expr) && !scope.functions.has(expr.callee);

const isChoice = (expr: Expr): boolean => expr.kind === 'call' && expr.callee === 'where';

function enter(expr: Expr, context: Context, guarded: boolean): Frame {
  switch (expr.kind) {
    case 'number':
    case 'name':
      return { expr, parts: [], values: [], guarded };
    case 'bracket':
      return { expr, parts: numericArray(expr, meanings(context)) ? [] : expr.rows.flat(), values: [], guarded };
    case 'call': {
      // A derivative checks its parts itself: what a name in them stands for depends on what it is taken by.
      if (isDerivativeCall(expr, context)) return { expr, parts: [], values: [], guarded };
      if (expr.callee === '*') refuseBareFunctions(expr, context.text, (name) => isKnown(name, context));
      return { expr, parts: axisName(expr, context) ? expr.args.slice(0, -1) : expr.args, values: [], guarded };
    }
    case 'subscripted':
      return { expr, parts: recurringOf(expr, context) ? [] : [expr.target], values: [], guarded };
    case 'indexed': {
      const hidden = expr.indices.map(({ name }) => [name, context.indices.get(name), context.indices.has(name)] as const);
      openIndices(expr.indices, expr.args, context);
      return { expr, parts: expr.args, values: [], hidden, guarded };
    }
  }
}

function build({ expr, values, hidden, guarded }: Frame, context: Context): Value {
  switch (expr.kind) {
    case 'number':
      if (/\D/.test(expr.text)) context.builder.graph.decimals = true;
      return context.builder.number(numeral(expr));
    case 'name':
      return lookUp(expr, context);
    case 'bracket':
      return values.length > 0 ? stacked(expr, values, context) : literal(expr, context);
    case 'call':
      if (isDerivativeCall(expr, context)) return derivative(expr, context, guarded);
      return exponentT(expr, values, context) ?? call(meant(expr, context), values, context);
    case 'subscripted':
      return entries(expr, values[0], context, guarded);
    case 'indexed':
      return indexed(expr, values, hidden ?? [], context);
  }
}

const recurringOf = ({ target }: Subscripted, { recurring }: Context): Recurring | undefined =>
  target.kind === 'name' ? recurring?.names.get(target.name) : undefined;

function entries(expr: Subscripted, target: Value | undefined, context: Context, guarded: boolean): Value {
  if (target) return subscript(expr, target, context, guarded);
  const value = recurringEntry(expr, recurringOf(expr, context)!, context.recurring!.time, context);
  const rest = { ...expr, subscripts: expr.subscripts.slice(1) };
  return rest.subscripts.length === 0 ? value : subscript(rest, value, context, guarded);
}

const isKnown = (name: string, { scope, locals, indices }: Context): boolean =>
  indices.has(name) || locals.has(name) || (scope.values.has(name) && !scope.free.has(name)) || scope.dimensions.has(name);

/** λ is lambda where the source says lambda and no name is free: derivations are printed so. */
function inMathematics(name: string, { scope }: Context): Value | undefined {
  if (scope.open || !/^d?\p{Script=Greek}/u.test(name) || scope.dimensions.has(name)) return undefined;
  const known = knownName(name, scope.values.keys());
  return known === name ? undefined : scope.values.get(known);
}

/** Indices, then values, dimensions and constants; what is left is free in an expression and an error in a model. */
function lookUp({ name, span }: Name, context: Context): Value {
  const { builder, scope, locals, indices, text } = context;
  // The innermost meaning wins, which an index is.
  if (indices.has(name)) return indexValue(name, span, context);
  const value = locals.get(name) ?? scope.values.get(name) ?? inMathematics(name, context);
  if (value) return value;
  const g = builder.graph;
  if (scope.dimensions.has(name)) return { node: g.size(name), indices: [] };
  const constant = constants.get(name);
  if (constant) return { node: constant(g), indices: [] };
  // Free names may be called beta or σ: only a bracket makes a call.
  const isFunction = functions.has(name) || preludeNames.includes(name) || namesDerivative(name);
  if (scope.functions.has(name) || (!scope.open && isFunction)) {
    const own = scope.functions.get(name);
    const parameters = own?.value && own.parameters.map((p) => p.name).join(', ');
    throw new GradusError('name', `${name} is a function`, { span, hint: `call it: ${name}(${parameters || '…'})` });
  }
  if (scope.singles.has(name)) {
    throw new GradusError('name', `of ${name} only single entries are given`, {
      span,
      hint: `write the array, ${name} = [ … ], or steps that go on from them: ${name}[t=…] = …`,
    });
  }
  if (!scope.later.has(name)) refuseGlued({ kind: 'name', name, span });
  if (!scope.open) throw unknownName(name, span, scope, text);
  if (ELEMENTARY.has(name))
    scope.warnings.push({
      message: `${name} is read as a name, not as the function`,
      span,
      hint: `a call is written ${name}(x)`,
    });
  const glued = gluedNames(name, scope, text);
  if (glued?.some((part) => (scope.values.get(part)?.node.shape.length ?? 0) > 0))
    throw new GradusError('name', `${name} is no name here, its parts are`, { span, hint: `write ${glued.join('*')}` });
  if (glued) scope.warnings.push(asOneName(name, glued, span));
  const node = g.variable(name);
  scope.values.set(name, { node, indices: [] });
  scope.free.set(name, node);
  return { node, indices: [] };
}

/** The names that have a meaning where an expression stands. */
const meanings = (context: Context) => ({ has: (name: string) => isKnown(name, context) });

/** A literal of numbers is a constant that carries them. */
function literal(expr: Bracket, context: Context): Value {
  const { builder, scope, text } = context;
  const array = numericArray(expr, meanings(context))!;
  const shape = array.shape.length <= 2 ? trimmed(array.shape) : array.shape;
  const node = builder.graph.variable(text.slice(expr.span.start, expr.span.end).replace(/\s+/g, ' '), shape, 'const');
  scope.literals.set(node, array);
  return { node, indices: [] };
}

/** A bracket of expressions: rows of a matrix, or a column; nested brackets are rows too. */
function stacked(expr: Bracket, values: readonly Value[], { builder }: Context): Value {
  const lengths = expr.rows.map((row) => row.length);
  const nested = expr.rows.length === 1 && expr.rows[0]!.every((entry) => entry.kind === 'bracket');
  const starts = lengths.map((_, k) => lengths.slice(0, k).reduce((a, b) => a + b, 0));
  const rows = lengths.map((n, k) => values.slice(starts[k]!, starts[k]! + n));
  return nested ? stackedRows(builder, rows[0]!) : blocks(builder, rows);
}

const trimmed = (shape: readonly number[]): readonly number[] => {
  let rank = shape.length;
  while (rank > 0 && shape[rank - 1] === 1) rank--;
  return shape.slice(0, rank);
};

/**
 * `x^T` beside a name T, which only a claim or an option can have declared, is a power. So it is of a scalar, which nobody
 * transposes: T is then free, or unknown.
 */
function exponentT(expr: Call, [base]: readonly Value[], context: Context): Value | undefined {
  const { text, scope, locals, indices } = context;
  const arrayed = base !== undefined && (base.node.shape.length > 0 || base.indices.length > 0);
  if (expr.callee === '^' && arrayed) refuseNamedT(expr, text);
  if (expr.callee !== 'transpose' || !/^\^\s*T$/.test(text.slice(expr.at.start, expr.at.end))) return undefined;
  // The size of a claim's model is no exponent of an array.
  const known = locals.has('T') || indices.has('T') || (scope.values.has('T') && !scope.free.has('T'));
  if (!known && arrayed) return undefined;
  const name: Name = { kind: 'name', name: 'T', span: { start: expr.at.end - 1, end: expr.at.end } };
  return call({ ...expr, callee: '^', args: [expr.args[0]!, name] }, [base!, lookUp(name, context)], context);
}

/** `f'`, `f''`: the derivative of a function of the source, as a function of the same parameter. */
function primed({ callee, args, span }: Call, { scope }: Context): FunctionDefinition | undefined {
  const name = callee.replace(/'+$/, '');
  const base = name === callee ? undefined : scope.functions.get(name);
  if (!base?.value) return undefined;
  const [parameter, ...others] = base.parameters;
  if (!parameter || others.length > 0) {
    const names = base.parameters.map((p) => p.name);
    const by = (of: string) => `diff(${name}(${names.join(', ')}), ${of})`;
    const hint =
      args.length === names.length
        ? `write ${by(names[0]!)}`
        : `it takes ${listed(names)}: by ${names[0]} it is ${by(names[0]!)}`;
    throw new GradusError('argument', `${callee} does not say which argument of ${name} it is derived by`, {
      span,
      ...(parameter && { hint }),
    });
  }
  const order: Expr = { kind: 'number', text: String(callee.length - name.length), span: base.span };
  const value: Expr = { kind: 'call', callee: 'diff', args: [base.value, parameter, order], at: base.at, span: base.value.span };
  return { ...base, name: callee, value };
}

/** `Σ x` is a sum, unless Σ is a name: then a product may be meant. */
function meant(expr: Call, { scope, locals }: Context): Call {
  if (expr.callee !== REDUCTION.callee) return expr;
  if (scope.values.has(expr.callee) || locals.has(expr.callee))
    throw new GradusError('name', 'Σ is a name here, and stands before a factor without a sign', {
      span: expr.at,
      hint: 'write Σ*x for the product, sum(x) for a sum',
    });
  return { ...expr, callee: 'sum' };
}

function call(expr: Call, values: readonly Value[], context: Context): Value {
  if (expr.callee === 'transpose') warnOfTranspose(expr, values[0]!, context);
  const own = context.scope.functions.get(expr.callee) ?? primed(expr, context);
  const unknown = own?.value
    ? undefined
    : derivativeCalled(expr.callee, (name) => {
        const declared = context.scope.functions.get(name);
        return declared && !declared.value ? declared.parameters.length : undefined;
      });
  if (unknown) {
    arity(expr, values.length, [unknown.arity, unknown.arity], context);
    const { builder } = context;
    return builder.entrywise(
      values,
      (nodes) => builder.graph.apply(unknown, ...nodes),
      new Site(expr, values, undefined, context),
    );
  }
  const axis = axisName(expr, context);
  if (own) return expand(expr, values, own, context, axis);
  const known = functions.get(expr.callee);
  if (!known && preludeNames.includes(expr.callee)) return fromPrelude(expr, values, context, axis);
  if (!known) throw noFunction(expr, context);
  if (!axis && known.axis && values.length === known.arity[1] + 1 && shapeOf(values[0]!).length > 0)
    throw noAxis(expr, values[0]!, context);
  arity(expr, values.length, known.arity, context);
  return known.build(context.builder, new Site(expr, values, axis, context));
}

class Site implements CallSite {
  readonly name: string;
  readonly warn: CallSite['warn'];
  readonly args: readonly Value[];
  readonly axis: CallSite['axis'];
  private readonly expr: Call;
  private readonly source: string;

  constructor(expr: Call, args: readonly Value[], axis: CallSite['axis'], { text: source, scope }: Context) {
    this.warn = (message, hint) => scope.warnings.push({ message, hint, span: expr.span });
    this.name = expr.callee;
    this.args = args;
    this.axis = axis;
    this.expr = expr;
    this.source = source;
  }

  /** Only an error speaks of them. */
  get texts(): string[] {
    return this.expr.args.map((a) => excerpt(this.source, a.span));
  }
}

function arity(expr: Call, given: number, [least, most]: readonly [number, number], { text, scope }: Context): void {
  const own = scope.functions.get(expr.callee);
  if (given >= least && given <= most) return;
  const wanted = least === most ? `${least} argument${least === 1 ? '' : 's'}` : `${least} to ${most} arguments`;
  const hint = completed(
    expr.callee,
    expr.args.map((arg) => excerpt(text, arg.span)),
    own,
  );
  throw new GradusError('argument', `${expr.callee} takes ${wanted}, not ${given}`, { span: expr.span, ...(hint && { hint }) });
}

/**
 * A function of the user's: its expression, with the arguments for the parameters.
 * @param axis what the last of them stands for, where that is an axis
 */
function expand(expr: Call, values: readonly Value[], definition: FunctionDefinition, context: Context, axis?: string): Value {
  const { parameters, value, name } = definition;
  if (!value) throw noFunction(expr, context);
  const given = values.length + (axis === undefined ? 0 : 1);
  arity(expr, given, [parameters.length, parameters.length], context);
  if (context.expanding.includes(name)) {
    throw new GradusError('unsupported', `${name} is defined by itself, which would never end`, { span: expr.span });
  }
  if (context.expanding.length >= DEEPEST) {
    throw new GradusError('unsupported', `functions call one another more than ${DEEPEST} deep`, { span: expr.span });
  }
  const { expanded } = context.scope;
  const key = `${name}(${values.map((v) => `${v.node.id} ${v.indices.join()}`).join(';')};${axis ?? ''})`;
  const known = expanded.get(key);
  if (known) return known;
  // An index of an argument is another one than an index of the same name within the function.
  const mark = `@${context.expanding.length}`;
  const inside = (v: Value): Value => ({ ...v, indices: v.indices.map((i) => i + mark) });
  const locals = new Map(values.map((v, k) => [parameters[k]!.name, inside(v)]));
  const axes = new Map(axis === undefined ? [] : [[parameters.at(-1)!.name, axis]]);
  const found = checkExpression(value, { ...context, locals, axes, indices: new Map(), expanding: [...context.expanding, name] });
  const result: Value = { ...found, indices: found.indices.map((i) => (i.endsWith(mark) ? i.slice(0, -mark.length) : i)) };
  expanded.set(key, result);
  return result;
}

/** A function of the prelude, in a scope without the source's names. An error inside is told of the call. */
function fromPrelude(expr: Call, values: readonly Value[], context: Context, named: string | undefined): Value {
  const { text, functions: written } = prelude();
  const forms = written.get(expr.callee)!;
  const counts = forms.map((f) => f.parameters.length);
  arity(expr, expr.args.length, [Math.min(...counts), Math.max(...counts)], context);
  const byAxis = axisForm(expr.callee, values.length + 1);
  const axis = named ?? (byAxis && classAxis(values));
  if (!axis && axisForm(expr.callee, values.length)) throw noAxis(expr, values[0]!, context);
  const form = axis ? byAxis! : forms.find((f) => f.parameters.length === values.length)!;
  // Predictions and targets; a number goes with every entry.
  const pair = values.slice(0, 2);
  if (pair.every((value) => shapeOf(value).length > 0)) needAlike(new Site(expr, pair, undefined, context));
  try {
    return expand(expr, values, form, { ...context, scope: new Scope(false), text }, axis);
  } catch (error) {
    if (!(error instanceof GradusError)) throw error;
    const { code, message, note, hint } = error;
    throw new GradusError(code, `${expr.callee}: ${message}`, { span: expr.span, note, hint });
  }
}

function indexed(expr: Indexed, values: readonly Value[], hidden: NonNullable<Frame['hidden']>, context: Context): Value {
  const result = reduceIndices(expr, values, context);
  for (const [name, size, was] of hidden) {
    // An index that is kept (softmax) is the one outside: what was learnt of its range holds there.
    const learnt = result.indices.includes(name) ? context.indices.get(name) : undefined;
    if (was) context.indices.set(name, size && !('find' in size) ? size : (learnt ?? size));
    else context.indices.delete(name);
  }
  return result;
}
