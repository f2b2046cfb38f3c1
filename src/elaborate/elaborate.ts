import type { Dim, Shape } from '../graph/dimension.ts';
import { Graph } from '../graph/graph.ts';
import type { Apply, Definition as DefinitionNode, Node } from '../graph/node.ts';
import { distinctWarnings, GradusError, reading } from '../language/diagnostics.ts';
import { LIMITS, wholeNumber } from '../language/limits.ts';
import { givenName } from '../language/names.ts';
import type {
  Assignment,
  Declaration,
  EntryAssignment,
  Expr,
  FunctionDefinition,
  Objective,
  Source,
  Span,
  Statement,
} from '../language/tree.ts';
import { expandedModel } from '../model/expanded.ts';
import type { Asked, CheckOptions, Definition, Extended, Initial, Input, Metric, Model, Paused } from '../model/model.ts';
import { Builder, columnShape, shapeOf, type Value } from '../operators/builder.ts';
import type { Fact } from '../operators/facts.ts';
import { MOST_PARAMETERS } from '../operators/unknown.ts';
import { arrayBy } from './array-by-entries.ts';
import { entriesBy } from './by-entries.ts';
import type { Context } from './context.ts';
import { DataLengths, fitted } from './data-lengths.ts';
import { declaredColumns } from './declared-columns.ts';
import { checkFacts, declaredFacts, dimensionsOfOtherData } from './declared-facts.ts';
import { dimension } from './dimensions.ts';
import { checkExpression } from './expression.ts';
import { isNatural, subscripting } from './index-range.ts';
import { initialOf } from './initial.ts';
import { numberOf } from './initializers.ts';
import { checkShape } from './lengths.ts';
import { argumentsElsewhere, warnOfConstants } from './misread.ts';
import type { GivenEntries } from './numbered-entries.ts';
import { lastDefinition, requireNumber, requireScalar, secondObjective } from './objective.ts';
import { defineRecurrence } from './recurrences.ts';
import { hiddenConstants, redefinition } from './redefined.ts';
import { Scope } from './scope.ts';
import { takenIn, withPausesInSteps } from './step-pauses.ts';
import { hasSteps, isFirstEntry, recurrentGroup, refuseWithoutRange } from './step-statements.ts';
import { givenShapes, type IdleShape, idleShape, refuseCross, writesLog, written } from './written.ts';
import { writtenLetters } from './written-letters.ts';

/**
 * The graph of a source: names looked up, shapes inferred, every statement in order.
 * @param asked names that are derived by, whose shapes may be given though they do not occur
 * @throws GradusError with the place, what was expected and found, and a hint
 */
export function elaborate(source: Source, options: CheckOptions = {}, asked: readonly string[] = []): Model {
  return reading(source.text, () => argumentsElsewhere(source.text, () => new Checker(source, options, { asked }).run()));
}

/**
 * An expression (perhaps with definitions before it) over the names of a model: its inputs, its definitions, and more,
 * such as the adjoints `dZ` that a derivation found. So a claim, or a printed step, is judged in its own words. A
 * definition of its own hides one of the model: a closed form says again what the names stand for that it uses.
 * @throws GradusError as for a source of its own
 */
export function elaborateWithin(model: Model, source: Source, more: ReadonlyMap<string, Node> = new Map()): Model {
  const checker = new Checker(source, {}, { within: model });
  for (const [name, node] of more) checker.knowDefinition(name, node);
  return reading(source.text, () => checker.run());
}

/** What a source is read within: a model whose names it may use, and names that it is asked about. */
interface Around {
  readonly within?: Model;
  readonly asked?: readonly string[];
}

class Checker {
  private readonly graph: Graph;
  private readonly source: Source;
  private readonly scope: Scope;
  private readonly builder: Builder;
  private readonly inputs = new Map<string, Input>();
  private readonly definitions: Definition[] = [];
  private readonly metrics: Metric[] = [];
  private readonly asked: Asked[] = [];
  /** Single entries given for recurrences, by name and place. */
  private readonly firstEntries = new Map<string, GivenEntries>();
  private readonly firstStatements = new Map<string, EntryAssignment[]>();
  private readonly maxEntries: number;
  private objective: Model['objective'];
  /** Names of definitions around the source, which definitions of its own may hide. */
  private readonly around = new Set<string>();
  private readonly within: boolean;
  /** Whether a name means something, once a recurrence needs names that are free. */
  private readonly isTaken: (name: string) => boolean;
  private readonly lengths = new DataLengths();
  /** Names with shapes from outside that do not occur. */
  private readonly idle: IdleShape[] = [];

  constructor(source: Source, { shapes = {}, maxEntries = LIMITS.entries }: CheckOptions, { within, asked = [] }: Around) {
    this.source = source;
    this.within = within !== undefined;
    this.maxEntries = within?.maxEntries ?? wholeNumber(maxEntries, 'maxEntries', 1);
    this.graph = within?.graph ?? new Graph();
    this.isTaken = takenIn(source, this.graph);
    if (!within && writesLog(source)) this.graph.logarithm = 'log';
    // A source that declares nothing is an expression, perhaps with local names: what it does not define is free.
    this.scope = new Scope(!within && !source.statements.some((s) => s.kind === 'declaration'), within !== undefined);
    this.builder = new Builder(this.graph, (dim) => this.scope.requireWhole(dim));
    if (within) this.enter(within);
    for (const { name, shape, isIdle } of givenShapes(source, shapes, asked.map(givenName))) {
      if (isIdle) this.idle.push({ name, shape });
      this.addInput(name, 'free', shape, {});
    }
  }

  /** Takes over the names of a model. */
  private enter(model: Model): void {
    for (const input of model.inputs.values()) {
      this.know(input.name, input.node);
      this.scope.shapes.set(input.name, input.shape);
      for (const dim of input.shape) this.scope.declareDimension(dim);
      if (input.role === 'const' && input.shape.length === 0 && model.sizes.has(input.name)) this.scope.counts.add(input.name);
    }
    for (const { name, node, written: steps } of model.definitions) {
      this.knowDefinition(name, node);
      if (steps) this.scope.filled.add(name);
    }
    for (const [name, unknown] of model.unknowns) this.scope.functions.set(name, unknown);
    for (const [dim, size] of model.sizes) this.scope.sizes.set(dim, size);
    for (const [name, entries] of model.extended) this.scope.extended.set(name, entries);
  }

  private know(name: string, node: Node): void {
    if (!this.scope.values.has(name)) this.scope.values.set(name, { node, indices: [] });
  }

  knowDefinition(name: string, node: Node): void {
    if (this.scope.values.has(name)) return;
    this.know(name, node);
    this.around.add(name);
    if (node.kind !== 'definition' || node.first === undefined) return;
    this.scope.extended.set(name, { first: node.first, node, arrayFrom: node.first, outside: new Map() });
  }

  run(): Model {
    for (const s of this.source.statements) {
      if (s.kind !== 'objective') this.scope.later.set(s.name, s.at);
      if (s.kind !== 'declaration') continue;
      for (const dim of s.shape?.dims ?? []) this.scope.declareDimension(dimension(dim));
    }
    const done = new Set<Statement>();
    for (const [at, statement] of this.source.statements.entries()) {
      if (done.has(statement)) continue;
      switch (statement.kind) {
        case 'declaration':
          this.declare(statement);
          break;
        case 'assignment':
          this.define(statement);
          break;
        case 'entries':
          for (const s of this.defineFrom(statement, at)) done.add(s);
          break;
        case 'function':
          this.defineFunction(statement);
          break;
        case 'objective':
          this.setObjective(statement);
          break;
      }
    }
    warnOfConstants(this.scope, this.source.text);
    if (!this.within) this.scope.warnings.push(...hiddenConstants(this.source));
    const scalars = [...this.scope.free.keys()].filter((name) => !this.scope.dimensions.has(name));
    this.scope.warnings.push(...this.idle.map((idle) => idleShape(idle, scalars)));
    for (const [name, node] of this.scope.free) this.inputs.set(name, { name, role: 'free', shape: [], node, facts: [] });
    this.objective ??= this.scope.open ? lastDefinition(this.source, this.definitions) : undefined;
    for (const { name, initial, span } of this.inputs.values()) {
      const size = initial && this.scope.dimensions.has(name) ? numberOf(initial) : undefined;
      if (size !== undefined) this.lengths.takeNumber(name, size, span);
    }
    for (const [dim, size] of this.lengths.sizes()) this.scope.sizes.set(dim, size);
    this.scope.settle();
    const { graph, inputs, definitions, objective, metrics, maxEntries } = this;
    return expandedModel({
      graph,
      text: this.source.text,
      inputs,
      definitions,
      objective,
      metrics,
      asked: this.asked,
      unexpanded: new Map(),
      sizes: this.scope.sizes,
      constraints: this.scope.constraints,
      literals: this.scope.literals,
      extended: this.scope.extended,
      letters: writtenLetters(this.source.statements),
      unknowns: new Map([...this.scope.functions].filter(([, f]) => !f.value)),
      maxEntries,
      warnings: distinctWarnings([...(this.source.warnings ?? []), ...this.scope.warnings]),
    });
  }

  private context(): Context {
    const { builder, scope } = this;
    const { text } = this.source;
    return { builder, scope, text, locals: new Map(), indices: new Map(), check: checkExpression, expanding: [] };
  }

  private unique(name: string, span: Span): void {
    if (this.inputs.has(name) && this.inputs.get(name)!.role !== 'free')
      throw new GradusError('name', `${name} is declared twice`, { span });
    if (this.around.has(name)) return;
    if (this.scope.values.has(name) || this.scope.functions.has(name)) {
      const free = this.scope.free.has(name);
      throw new GradusError('name', free ? `${name} is used before it is defined` : `${name} is defined twice`, { span });
    }
  }

  private addInput(
    name: string,
    role: Input['role'],
    shape: Shape,
    more: { initial?: Initial; facts?: readonly Fact[]; columns?: readonly string[]; span?: Span },
  ): void {
    for (const dim of shape) {
      this.scope.declareDimension(dim);
      this.scope.requireWhole(dim, more.span);
    }
    checkShape(name, shape, more.span, this.maxEntries);
    const node = this.graph.variable(name, columnShape(shape), role, more.facts);
    this.scope.values.set(name, { node, indices: [] });
    this.scope.shapes.set(name, shape);
    this.inputs.set(name, { name, role, shape, node, facts: more.facts ?? [], ...more });
  }

  private declare(s: Declaration): void {
    this.unique(s.name, s.at);
    refuseCross(s, this.source.text);
    const declared = s.shape?.dims.map(dimension);
    const initial = initialOf(s, this.context());
    let shape: Shape | undefined = declared;
    if (initial?.kind === 'array') {
      shape ??= initial.array.shape;
      this.lengths.take(
        s.name,
        shape,
        initial.array.shape,
        initial.array.span,
        initial.array.span && written(this.source.text, { span: initial.array.span }),
      );
    } else if (initial?.kind === 'expression' && initial.node.shape.length > 0) {
      shape ??= initial.node.shape;
      this.lengths.take(s.name, shape, initial.node.shape, initial.span);
    }
    const facts = declaredFacts(s, shape ?? [], dimensionsOfOtherData(s, this.source.statements));
    if (initial?.kind === 'array')
      checkFacts({ name: s.name, facts }, initial.array.data, fitted(initial.array.shape, shape!.length)!, initial.array.span);
    if (initial && s.role === 'const' && isNatural(numberOf(initial) ?? -1)) this.scope.counts.add(s.name);
    const columns = declaredColumns(s, shape ?? [], facts);
    this.addInput(s.name, s.role, shape ?? [], { ...(initial && { initial }), facts, ...(columns && { columns }), span: s.at });
  }

  private define(s: Assignment): void {
    this.unique(s.name, s.at);
    const asked: Apply[] = [];
    const value = this.closed(checkExpression(s.value, { ...this.context(), asked }), s.value);
    this.asked.push({ by: s.name, nodes: asked });
    // A free name met within its own definition is known by now: b = b + 1.
    this.unique(s.name, s.at);
    const node = this.addDefinition(s.name, value);
    if (!s.metric) return;
    requireNumber(s, node);
    this.metrics.push({ name: s.name, node });
  }

  private addDefinition(
    name: string,
    value: Value,
    { first = 1, ...more }: Pick<Definition, 'written' | 'paused'> & { first?: Dim } = {},
  ): DefinitionNode {
    const node = this.graph.define(name, value.node, { first, passing: this.within });
    if (this.around.delete(name)) this.scope.extended.delete(name);
    this.scope.values.set(name, { node, indices: [], turned: value.turned ?? false });
    this.definitions.push({ name, node, shape: shapeOf(value), ...more });
    return node;
  }

  private closed(value: Value, at: Expr): Value {
    if (value.indices.length > 0) throw new GradusError('name', `the index ${value.indices[0]} is not summed`, { span: at.span });
    return value;
  }

  /** A definition by entries: a first entry of a recurrence, a recurrence, or an array. Gives the statements it took. */
  private defineFrom(s: EntryAssignment, at: number): readonly Statement[] {
    const context = this.context();
    const { statements } = this.source;
    if (isFirstEntry(s, statements, context)) {
      this.giveFirstEntry(s, context);
      return [];
    }
    const group = recurrentGroup(statements, at);
    if (group.length === 0) {
      refuseWithoutRange(s);
      this.unique(s.name, s.at);
      const { node, extended } = arrayBy(s, this.firstEntries.get(s.name), context);
      this.unique(s.name, s.at);
      this.addEntries(s.name, node, extended || this.firstEntries.has(s.name) ? [s] : undefined, extended);
      return [];
    }
    const steps = group.filter((member) => !isFirstEntry(member, statements, context));
    for (const member of group) if (!steps.includes(member)) this.giveFirstEntry(member, context);
    for (const step of steps) this.unique(step.name, step.at);
    // A claim, or a printed step, is not told: it needs no names.
    const { statements: told, implied } = this.within
      ? { statements: steps, implied: new Set<string>() }
      : withPausesInSteps(steps, this.isTaken);
    const defined = defineRecurrence(told, this.firstEntries, context, (step, names, time) =>
      entriesBy(step, step.subscripts, { ...this.context(), recurring: { time, names } }),
    );
    // A free name met within its own steps is known by now: h[t=1:T] = sum(h).
    for (const step of steps) this.unique(step.name, step.at);
    let before: Definition[] = [];
    for (const { name, node, extended, computed, part } of defined) {
      const own = (from: readonly EntryAssignment[]) => from.filter((s) => s.name === name);
      if (implied.has(name)) {
        const pause = this.graph.define(name, node, { first: extended?.arrayFrom ?? 1 });
        before.push({ name, node: pause, shape: node.shape, written: own(told) });
        if (computed) this.graph.steps.name(...computed, pause);
        continue;
      }
      this.addEntries(name, node, own(steps), extended, before.length > 0 ? { before, written: own(told) } : undefined);
      before = [];
      const known = part ?? this.scope.values.get(name)?.node;
      if (part) this.graph.steps.lengthen(node.shape[0]!);
      if (computed && known?.kind === 'definition') this.graph.steps.name(...computed, known);
    }
    return group;
  }

  /** @param steps as the user wrote them, where they say more than the array */
  private addEntries(
    name: string,
    node: Node,
    steps: readonly EntryAssignment[] | undefined,
    extended?: Extended,
    paused?: Paused,
  ): void {
    if (steps) this.scope.filled.add(name);
    const first = this.firstStatements.get(name) ?? [];
    this.addDefinition(
      name,
      { node, indices: [] },
      {
        ...(steps && { written: [...first, ...steps] }),
        ...(paused && { paused: { ...paused, written: [...first, ...paused.written] } }),
        first: extended?.arrayFrom ?? 1,
      },
    );
    if (!extended) return;
    const all = extended.node === node ? node : this.graph.define(name, extended.node, { first: extended.first, part: true });
    this.scope.extended.set(name, { ...extended, node: all });
  }

  private giveFirstEntry(s: EntryAssignment, context: Context): void {
    const [first, ...rest] = s.subscripts;
    if (!hasSteps(s.name, this.source.statements)) this.scope.singles.add(s.name);
    const place = first?.kind === 'at' ? subscripting(first.index, context)!.constant : 0;
    const given = this.firstEntries.get(s.name);
    if (given?.has(place)) throw new GradusError('name', `${s.name}[${place}] is defined twice`, { span: s.at });
    const entry = { node: entriesBy(s, rest, context), span: s.at };
    this.firstEntries.set(s.name, new Map(given).set(place, entry));
    this.firstStatements.set(s.name, [...(this.firstStatements.get(s.name) ?? []), s]);
  }

  private defineFunction(s: FunctionDefinition): void {
    this.unique(s.name, s.at);
    if (!s.value && s.parameters.length > MOST_PARAMETERS)
      throw new GradusError('unsupported', `a function is declared with at most ${MOST_PARAMETERS} parameters`, { span: s.span });
    const again = this.within ? undefined : redefinition(s, this.source.text);
    if (again) this.scope.warnings.push(again);
    this.scope.functions.set(s.name, s);
  }

  private setObjective(s: Objective): void {
    if (this.objective) throw secondObjective(s, this.source, this.scope.names());
    const asked: Apply[] = [];
    const value = this.closed(checkExpression(s.value, { ...this.context(), asked }), s.value);
    this.asked.push({ nodes: asked });
    if (s.name) this.unique(s.name, s.span);
    requireScalar(s, value.node, this.source.text);
    const node = s.name ? this.addDefinition(s.name, value) : value.node;
    // `minimize L`, where L is defined: it has a name.
    const name = s.name ?? (node.kind === 'definition' && s.value.kind === 'name' ? node.name : undefined);
    this.objective = { node, sense: s.sense, span: s.value.span, ...(name && { name }) };
  }
}
