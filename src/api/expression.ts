import { inlineDefinitions } from '../calculus/inline.ts';
import { simplify } from '../calculus/simplify.ts';
import type { Shape } from '../graph/dimension.ts';
import type { Graph } from '../graph/graph.ts';
import type { Node } from '../graph/node.ts';
import { nodeCount } from '../graph/traverse.ts';
import type { Expr, Statement } from '../language/tree.ts';
import { printLatex } from '../render/latex.ts';
import type { Notation } from '../render/read.ts';
import { toStatements } from '../render/source.ts';
import { printStatements } from '../render/text.ts';

/** An expression that was found: a derivative, or a side of a step. */
export class Expression {
  /** Axis lengths: integers or dimension names. A vector has one axis, a scalar none. */
  readonly shape: Shape;
  /** The graph's node, for those who work with graphs. */
  readonly node: Node;
  readonly graph: Graph;
  private statements: readonly Statement[] | undefined;

  private readonly known: ReadonlyMap<Node, string>;

  constructor(graph: Graph, node: Node, shape: Shape = node.shape, known: ReadonlyMap<Node, string> = new Map()) {
    this.graph = graph;
    this.node = node;
    this.shape = shape;
    this.known = known;
  }

  /**
   * The closed forms of nodes: names replaced by what they stand for, in normal form. Several at once cost no more than
   * the graph that they share.
   * @param definitions names to use again where a part is written several times
   */
  static closed(
    graph: Graph,
    nodes: readonly { readonly node: Node; readonly shape?: Shape }[],
    definitions: readonly { readonly name: string; readonly node: Node }[] = [],
  ): Expression[] {
    const roots = [...nodes, ...definitions].map(({ node }) => node);
    const plain = simplify(graph, inlineDefinitions(graph, roots), { mergeShared: true });
    const known = new Map(definitions.map(({ name }, k) => [plain[nodes.length + k]!, name]));
    return nodes.map(({ shape }, k) => new Expression(graph, plain[k]!, shape, known));
  }

  /** ASCII text that parses back to the same expression, in matrix notation where that can say it, or in indices. */
  toString(notation?: Notation): string {
    return printStatements(this.tree(notation));
  }

  /** Text in the notation of mathematics: `2Xᵀ·(X·w − y)`. */
  toUnicode(notation?: Notation): string {
    return printStatements(this.tree(notation), 'unicode');
  }

  toLatex(notation?: Notation): string {
    return printLatex(this.tree(notation));
  }

  toJSON(): { text: string; latex: string; shape: Shape } {
    return { text: this.toString(), latex: this.toLatex(), shape: this.shape };
  }

  /** Number of distinct nodes; what is shared counts once. */
  get nodes(): number {
    return nodeCount(this.node);
  }

  /** An expression given as a syntax tree, beside the node that it is worth. */
  static written(graph: Graph, tree: Expr, node: Node): Expression {
    const expression = new Expression(graph, node);
    expression.statements = [{ kind: 'objective', sense: 'none', value: tree, span: tree.span }];
    return expression;
  }

  private tree(notation: Notation = 'matrix'): readonly Statement[] {
    const options = { known: this.known, reserved: this.graph.names, notation };
    if (notation === 'index') return toStatements(this.node, options);
    this.statements ??= toStatements(this.node, options);
    return this.statements;
  }
}
