import type { Call, Expr, Statement, Subscript } from '../language/tree.ts';
import type { MathInstance, MathNode } from './nodes.ts';
import { unwritable } from './unwritable.ts';
import { writers } from './written.ts';

/**
 * What a tree of gradus is in mathjs. A column is written as a vector, and so is a row, which `turned` tells: mathjs knows
 * vectors, and matrices, which here are those of two axes.
 */
export interface Written {
  readonly node: MathNode;
  /** In mathjs. */
  readonly shape: readonly number[];
  readonly turned?: true;
}

/** A name of a tree: one of mathjs, or a part of the expression that stands as it was. */
export interface Symbol {
  readonly name: string;
  readonly shape: readonly number[];
  readonly part: MathNode | undefined;
}

/** Whether mathjs has the function of this name, or it is written as something else. */
export const writable = (name: string): boolean => name in writers;

export class NodeWriter {
  readonly math: MathInstance;
  private readonly symbols: ReadonlyMap<string, Symbol>;
  private readonly names = new Map<string, Written>();

  constructor(math: MathInstance, symbols: ReadonlyMap<string, Symbol>) {
    this.math = math;
    this.symbols = symbols;
  }

  /** Statements as one node of a shape: what is named stands where its name stood. */
  write(statements: readonly Statement[], shape: readonly number[]): MathNode {
    for (const statement of statements) {
      if (statement.kind === 'assignment') this.names.set(statement.name, this.of(statement.value));
      else if (statement.kind === 'objective') return this.inShape(this.of(statement.value), shape);
      else throw unwritable('an array that is given entry by entry');
    }
    throw unwritable('nothing');
  }

  of(tree: Expr): Written {
    switch (tree.kind) {
      case 'number':
        // Of the kind of number that mathjs is configured to read.
        return { node: this.math.parse(tree.text), shape: [] };
      case 'name':
        return this.name(tree.name);
      case 'call':
        return this.call(tree);
      case 'bracket':
        return this.bracket(tree.rows.map((row) => row.map((entry) => this.of(entry))));
      case 'subscripted':
        return this.entries(this.of(tree.target), tree.subscripts);
      case 'indexed':
        throw unwritable(`${tree.callee} over indices`);
    }
  }

  private name(name: string): Written {
    const known = this.names.get(name);
    if (known) return known;
    const symbol = this.symbols.get(name);
    if (symbol) return single(this, { node: symbol.part ?? this.symbol(symbol.name), shape: symbol.shape });
    return { node: this.symbol(name === 'inf' ? 'Infinity' : name), shape: [] };
  }

  private call({ callee, args }: Call): Written {
    const write = writers[callee];
    if (!write) throw unwritable(callee);
    const axis = args.length > 1 ? args.at(-1)! : undefined;
    const told = axis?.kind === 'name' && (axis.name === 'rows' || axis.name === 'cols') ? axis.name : undefined;
    const parts = (told ? args.slice(0, -1) : args).map((arg) => this.of(arg));
    return single(this, write(this, parts, told));
  }

  private bracket(rows: readonly (readonly Written[])[]): Written {
    const first = rows[0]!;
    const [m, n] = [rows.length, first.length];
    if (rows.some((row) => row.some((entry) => entry.shape.length > 0))) {
      if (m === 1 && first.every(({ shape }) => shape.length === 1))
        return this.list(
          first.map((entry) => entry.node),
          [n, first[0]!.shape[0]!],
        );
      throw unwritable('a matrix of matrices');
    }
    if (m === 1 || n === 1)
      return this.list(
        rows.flat().map((entry) => entry.node),
        [Math.max(m, n)],
      );
    return this.list(
      rows.map(
        (row) =>
          this.list(
            row.map((entry) => entry.node),
            [n],
          ).node,
      ),
      [m, n],
    );
  }

  private entries({ node, shape, turned }: Written, subscripts: readonly Subscript[]): Written {
    const { math } = this;
    const places = subscripts.map((s) => {
      if (s.kind === 'binder') throw unwritable('an index');
      if (s.kind === 'at') return { index: this.of(s.index).node, size: undefined };
      if (!s.from && !s.to) return { index: undefined, size: undefined };
      return {
        index: this.range(this.of(s.from!).node, this.of(s.to!).node),
        size: Number((s.to as { text?: string }).text) - Number((s.from as { text?: string }).text) + 1,
      };
    });
    const axes = turned ? places.slice(1) : places;
    const all = shape.map((size, axis) => {
      const place = axes[axis];
      if (!place) return { index: this.range(this.number(1).node, this.number(size).node), size };
      if (place.index) return place;
      return { index: this.range(this.number(1).node, this.number(size).node), size };
    });
    const sizes = all.flatMap(({ size }) => (size === undefined ? [] : [size]));
    const index = new math.IndexNode(all.map((place) => place.index));
    const found = new math.AccessorNode(node, index);
    // Versions differ in what becomes of an axis of which one place is chosen.
    if (sizes.length === 1 && shape.length === 2) return { node: this.function('flatten', found), shape: sizes };
    return { node: found, shape: sizes };
  }

  /** In the shape that the result has in mathjs. */
  private inShape(written: Written, shape: readonly number[]): MathNode {
    const { node, shape: own } = written;
    if (own.join() === shape.join() && own.length === shape.length) return node;
    const sizes = shape.map((size) => this.number(size).node);
    if (own.length === 0) {
      let inner = node;
      for (const size of shape.toReversed()) inner = this.list(Array<MathNode>(size).fill(inner), []).node;
      return inner;
    }
    return this.function('reshape', node, this.list(sizes, []).node);
  }

  symbol(name: string): MathNode {
    return new this.math.SymbolNode(name);
  }

  number(value: number): Written {
    return { node: new this.math.ConstantNode(value), shape: [] };
  }

  function(name: string, ...args: readonly MathNode[]): MathNode {
    return new this.math.FunctionNode(name, args);
  }

  operator(sign: string, name: string, ...args: readonly MathNode[]): MathNode {
    return new this.math.OperatorNode(sign, name, args);
  }

  list(items: readonly MathNode[], shape: readonly number[]): Written {
    return { node: new this.math.ArrayNode(items), shape };
  }

  range(from: MathNode, to: MathNode): MathNode {
    return new this.math.RangeNode(from, to);
  }

  choice(...parts: readonly [MathNode, MathNode, MathNode]): MathNode {
    return new this.math.ConditionalNode(...parts);
  }
}

/** An array of one entry is a number in gradus. */
function single(writer: NodeWriter, written: Written): Written {
  if (written.shape.length === 0 || written.shape.some((size) => size !== 1)) return written;
  return { node: writer.function('sum', written.node), shape: [] };
}
