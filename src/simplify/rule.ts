import type { Graph } from '../graph/graph.ts';
import type { Node } from '../graph/node.ts';
import type { Operator } from '../operators/operator.ts';
import type { Witness } from './known-sums.ts';

/** Two sources of equal value; scalars, unless their names have shapes. */
export type Example = readonly [left: string, right: string, shapes?: Readonly<Record<string, readonly number[]>>];

/** What a rule says of itself. */
export interface Described {
  /** No other rule has it. */
  readonly name: string;
  /** Why and where it is true, which is wherever its left side is defined. */
  readonly when: string;
  /** By these it is tried: it applies on the way from each left side, at random points and at the edges. */
  readonly examples: readonly Example[];
}

type NodeOf = { readonly [N in Node as N['kind']]: N };

/** A node of one kind, its parts being as they should, in another form of equal value: shorter, or one that runs well. */
export interface Rule<K extends Node['kind'] = Node['kind']> extends Described {
  readonly kind: K;
  /** Of applications: those of these operators only. */
  readonly of?: readonly Operator[];
  /** Nothing, or the node itself, where it does not apply. @param witness is told of what the form rests on */
  apply(g: Graph, node: NodeOf[K], witness?: Witness): Node | undefined;
}

/** The value by the first of some rules that applies. */
export function byFirst(g: Graph, node: Node, rules: readonly Rule[]): Node | undefined {
  for (const rule of rules) {
    const found = rule.apply(g, node);
    if (found && found !== node) return found;
  }
  return undefined;
}

/** Finds the rules that a node may come under: most operators have none, and cost nothing. */
export function rulesFor(rules: readonly Rule[]): (node: Node) => readonly Rule[] {
  const known = new Map<Node['kind'] | Operator, Rule[]>();
  for (const rule of rules) for (const key of rule.of ?? [rule.kind]) known.set(key, [...(known.get(key) ?? []), rule]);
  return (node) => known.get(node.kind === 'apply' ? node.operator : node.kind) ?? [];
}

/** What a node is under its names. */
export function bare(node: Node): Node {
  let at = node;
  while (at.kind === 'definition') at = at.value;
  return at;
}

/** The arguments of an operator, if the node is an application of it. */
export function argsOf(node: Node, operator: Operator): readonly Node[] | undefined {
  const at = bare(node);
  return at.kind === 'apply' && at.operator === operator ? at.args : undefined;
}
