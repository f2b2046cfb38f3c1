import { type Shape, showShape } from '../graph/dimension.ts';
import type { Graph } from '../graph/graph.ts';
import { inlineDefinitions } from '../graph/map.ts';
import type { Node } from '../graph/node.ts';
import { nodeCount } from '../graph/traverse.ts';
import { INSPECT, named, shortLine } from '../language/console.ts';
import { GradusError } from '../language/diagnostics.ts';
import type { Expr, Statement } from '../language/tree.ts';
import type { Model } from '../model/model.ts';
import type { GivenInputs } from '../numeric/binding.ts';
import { Callable, type CompileOptions, type Result } from '../numeric/callable.ts';
import { checkArguments, countArguments, inputsOf, optionsOf } from '../options/check.ts';
import { signatures } from '../options/signatures.ts';
import type { Notation } from '../reading/hoist.ts';
import { toStatements } from '../reading/source.ts';
import { printLatex } from '../render/latex.ts';
import { printStatements } from '../render/text.ts';
import { forReading } from '../simplify/pipelines.ts';
import { type Structure, structureOf } from '../simplify/structure.ts';
import { describedFunction } from './described.ts';
import { speaksIn } from './speaking.ts';

/** Where an expression comes from. */
export interface Provenance {
  readonly model: Model;
  /** The form that runs; the printed one may lose digits. */
  readonly runs: () => Node;
  /** What it was derived by, and whether it is symmetric because the order of two derivatives does not matter. */
  readonly by?: readonly Node[];
  readonly symmetric?: boolean;
  readonly options?: CompileOptions;
  /** What to know of it, a line each. */
  readonly notes?: () => readonly string[];
}

/** A console shows expressions of so many nodes, and so much of their text. */
const MOST_SHOWN = 2000;
const LONGEST_SHOWN = 200;

/** An expression that was found: a derivative, or a side of a step. */
export class Expression {
  /** Axis lengths: integers or dimension names. A vector has one axis, a scalar none. */
  readonly shape: Shape;
  /** The graph's node, for those who work with graphs. */
  readonly node: Node;
  readonly graph: Graph;
  private statements: readonly Statement[] | undefined;
  private terms: readonly Node[] | undefined;

  private readonly known: ReadonlyMap<Node, string>;
  /** Where it comes from, unless it is a side of a step. */
  readonly from: Provenance | undefined;
  private found: Structure | undefined;

  static {
    named(Expression, 'Expression');
  }

  constructor(
    graph: Graph,
    node: Node,
    shape: Shape = node.shape,
    known: ReadonlyMap<Node, string> = new Map(),
    from?: Provenance,
  ) {
    this.from = from;
    this.graph = graph;
    this.node = node;
    this.shape = shape;
    this.known = known;
    speaksIn(this, from?.model.lang);
  }

  /**
   * The closed forms of nodes: names replaced by what they stand for, in normal form. Several at once cost no more than
   * the graph that they share.
   * @param definitions names to use again where a part is written several times
   */
  static closed(
    graph: Graph,
    nodes: readonly { readonly node: Node; readonly shape?: Shape; readonly from?: Provenance }[],
    definitions: readonly { readonly name: string; readonly node: Node }[] = [],
  ): Expression[] {
    const roots = [...nodes, ...definitions].map(({ node }) => node);
    const short = forReading(graph, inlineDefinitions(graph, roots));
    const known = new Map(definitions.map(({ name }, k) => [short[nodes.length + k]!, name]));
    return nodes.map(({ shape, from }, k) => new Expression(graph, short[k]!, shape, known, from));
  }

  /**
   * A source whose objective it is: its names keep their shapes, facts and values. None for a side of a step.
   * The objective is the form that is printed.
   */
  get model(): Model | undefined {
    if (!this.from) return undefined;
    const [node] = inlineDefinitions(this.graph, [this.node]) as [Node];
    const text = this.toString();
    const { model } = this.from;
    return {
      ...model,
      text,
      origin: model.origin ?? model.text,
      definitions: [],
      objective: { node, sense: 'none', span: { start: 0, end: text.length } },
    };
  }

  /** ASCII text that parses back to the same expression, in matrix notation where that can say it, or in indices. */
  toString(notation?: Notation): string {
    checkArguments(signatures.toString, notation);
    return printStatements(this.tree(notation));
  }

  /** Text in the notation of mathematics: `2Xᵀ·(X·w − y)`. */
  toUnicode(notation?: Notation): string {
    checkArguments(signatures.toUnicode, notation);
    return printStatements(this.tree(notation), 'unicode');
  }

  toLatex(notation?: Notation): string {
    checkArguments(signatures.latex, notation);
    return printLatex(this.tree(notation));
  }

  /** `Expression 1×2: 2*(W*X - Y)*X'`, cut where it is long. */
  [INSPECT](): string {
    return `Expression${this.shape.length > 0 ? ` ${showShape(this.shape)}` : ''}: ${this.line()}`;
  }

  private line(): string {
    const { nodes } = this;
    return nodes > MOST_SHOWN ? `${nodes} nodes` : shortLine(this.toString(), LONGEST_SHOWN);
  }

  toJSON(): { text: string; latex: string; shape: Shape; structure?: Structure } {
    const { structure } = this;
    const told = structure.kind === 'dense' ? {} : { structure };
    return { text: this.toString(), latex: this.toLatex(), shape: this.shape, ...told };
  }

  /** What the form tells of zeros and symmetry: a diagonal Jacobian, a Hessian in blocks. */
  get structure(): Structure {
    this.found ??= structureOf(this.graph, this.node, this.from?.by ?? [], this.from?.symmetric);
    return this.found;
  }

  /**
   * The expression as a numeric function of its source's names, in a numerically stable form. Where its structure tells
   * of zeros, these are neither computed nor stored: the result is a `StructuredTensor`.
   * @throws GradusError `unsupported` for an expression that belongs to no source, such as a side of a step
   */
  compile(options?: CompileOptions): (inputs?: GivenInputs) => Result {
    const chosen = optionsOf(signatures.compileDerivation, options);
    if (!this.from) throw new GradusError('unsupported', 'the expression belongs to no source that it could be evaluated in');
    const { model, runs } = this.from;
    const callable = Callable.running(model, () => [runs()], { ...this.from.options, ...chosen });
    const run = (inputs?: GivenInputs) => callable.values(inputsOf(signatures.call, inputs))[0]!;
    return describedFunction(run, () => this.line(), model);
  }

  /** The value at the given inputs; `compile` is for many of them. */
  evaluate(inputs?: GivenInputs, options?: CompileOptions): Result {
    return this.compile(optionsOf(signatures.evaluate, options))(inputsOf(signatures.evaluate, inputs));
  }

  /** What to know of it, a line each: it is 0 because a name does not occur. */
  get notes(): readonly string[] {
    return this.from?.notes?.() ?? [];
  }

  /** Number of distinct nodes; what is shared counts once. */
  get nodes(): number {
    return nodeCount(this.node);
  }

  /** An expression given as a syntax tree, beside the node that it is worth. */
  static written(graph: Graph, tree: Expr, node: Node, shape: Shape = node.shape, from?: Provenance): Expression {
    const expression = new Expression(graph, node, shape, undefined, from);
    expression.statements = [{ kind: 'objective', sense: 'none', value: tree, span: tree.span }];
    return expression;
  }

  /** A sum whose terms stand in a given order. */
  static inOrder(graph: Graph, sum: Node, terms: readonly Node[], from?: Provenance): Expression {
    const expression = new Expression(graph, sum, sum.shape, new Map(), from);
    expression.terms = terms;
    return expression;
  }

  private tree(notation: Notation = 'matrix'): readonly Statement[] {
    const { known, terms } = this;
    const { graph } = this;
    const { names: reserved, lengths } = graph;
    const options = { known, reserved, lengths, graph, notation, ...(terms && { terms }) };
    if (notation === 'index') return toStatements(this.node, options);
    this.statements ??= toStatements(this.node, options);
    return this.statements;
  }
}

countArguments(Expression, {
  toString: signatures.toString,
  toUnicode: signatures.toUnicode,
  toLatex: signatures.latex,
  evaluate: signatures.evaluate,
});
