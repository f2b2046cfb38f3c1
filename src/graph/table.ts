import type { Node } from './node.ts';

/** What tells nodes of one kind apart: a text, or, for the short lists of parts that most nodes have, a number. */
export type Key = string | number;

/** Two ids below this make one exact number. */
const MOST_IDS = 2 ** 26;
const pairKey = (a: number, b: number): number => (a + 1) * MOST_IDS + b;

/** The key of a list of nodes in the order given. */
export function listKey(nodes: readonly Node[]): Key {
  if (nodes.length === 1) return nodes[0]!.id;
  if (nodes.length === 2) return pairKey(nodes[0]!.id, nodes[1]!.id);
  let key = '';
  for (const { id } of nodes) key += `${id},`;
  return key;
}

/** The key of a list of nodes in any order. */
export function bagKey(nodes: readonly Node[]): Key {
  if (nodes.length === 1) return nodes[0]!.id;
  if (nodes.length === 2) {
    const [a, b] = [nodes[0]!.id, nodes[1]!.id];
    return a <= b ? pairKey(a, b) : pairKey(b, a);
  }
  if (nodes.length > FEW) return nodes.map(idOf).sort(ascending).join();
  // By insertion: short lists are often in order already.
  const ids: number[] = [];
  for (const { id } of nodes) {
    let at = ids.length;
    for (; at > 0 && ids[at - 1]! > id; at--) ids[at] = ids[at - 1]!;
    ids[at] = id;
  }
  let key = '';
  for (const id of ids) key += `${id},`;
  return key;
}

const FEW = 8;

const idOf = (node: Node): number => node.id;
const ascending = (a: number, b: number): number => a - b;

/** Nodes of one kind by their content: first by what heads it (an operator's name, a coefficient), then by their parts. */
export class Table<N extends Node> {
  private readonly sections = new Map<Key, Map<Key, N>>();

  /** The nodes with one head, by their parts. */
  of(head: Key): Map<Key, N> {
    let section = this.sections.get(head);
    if (!section) {
      section = new Map();
      this.sections.set(head, section);
    }
    return section;
  }
}
