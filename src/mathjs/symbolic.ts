import { Derivation } from '../api/derivation.ts';
import type { Graph } from '../graph/graph.ts';
import { mapGraph } from '../graph/map.ts';
import type { Node } from '../graph/node.ts';
import { GradusError } from '../language/diagnostics.ts';
import { toStatements } from '../reading/source.ts';
import { constants } from './constants.ts';
import type { Question } from './derivatives.ts';
import { textOf } from './excerpt.ts';
import { type Fields, hasName, type MathInstance, type MathNode, partsOf, type Scope } from './nodes.ts';
import { modelOf } from './plan.ts';
import { inTree, NodeReader } from './reader.ts';
import { axesOf } from './results.ts';
import { count } from './value.ts';
import { NodeWriter, writable } from './writer.ts';

/** Definitions are put in no deeper. */
const MOST_ROUNDS = 20;

/**
 * The derivative of an expression by one name, as a node of mathjs. Names are numbers unless the scope has arrays for them.
 * @throws GradusError `unsupported` for one that mathjs has no functions for
 */
export function symbolic(math: MathInstance, { node, by, scope }: Question): MathNode {
  const names = by ?? unknowns(node, scope);
  const [name, ...others] = names;
  if (name === undefined || others.length > 0)
    throw new GradusError('argument', 'derive gives the derivative by one name', {
      hint: name === undefined ? 'say which: derive(expr, "x")' : `say which: derive(expr, "${name}"); gradient(…) takes several`,
    });
  const reader = new NodeReader({ math, scope, by: [name], symbolic: true });
  const read = reader.read(node);
  const model = modelOf(read, reader, textOf(node), [name]);
  const { partials } = new Derivation(model, [inTree(name)], { steps: false });
  const { graph } = model;
  const known = basic(graph, partials[inTree(name)]!.node);
  const { names: reserved, lengths } = graph;
  const statements = toStatements(known, { reserved, lengths, graph });
  const symbols = new Map(
    [...reader.used].map(([used, { shape, node: part }]) => [inTree(used), { shape, part, name: used }] as const),
  );
  const own = reader.used.get(name)!.shape;
  const shape = count(read.shape) === 1 ? own : [...axesOf(read.shape), ...axesOf(own)];
  return new NodeWriter(math, symbols).write(statements, shape);
}

/** Functions that mathjs lacks, by their definitions in others. */
function basic(g: Graph, root: Node): Node {
  let node = root;
  for (let round = 0; round < MOST_ROUNDS; round++) {
    const [next] = mapGraph(g, [node], (part) =>
      part.kind === 'apply' && !writable(part.operator.name) && part.operator.definition
        ? part.operator.definition(g, ...part.args)
        : part,
    ) as [Node];
    if (next === node) break;
    node = next;
  }
  return node;
}

/** The names of an expression that neither the scope nor mathjs knows; of a function its parameters. */
function unknowns(node: MathNode, scope: Scope): readonly string[] {
  if (node.type === 'FunctionAssignmentNode') return (node as Fields).params as readonly string[];
  const parts = partsOf(node);
  const called = new Set(parts.flatMap((part) => (part.type === 'FunctionNode' ? [(part as Fields).fn] : [])));
  const symbols = parts.filter((part) => part.type === 'SymbolNode' && !called.has(part)) as Fields[];
  const names = [...new Set(symbols.map((symbol) => symbol.name as string))];
  const unknown = names.filter((name) => !hasName(scope, name) && !constants[name]);
  return unknown.length > 0 ? unknown : names.filter((name) => hasName(scope, name));
}
