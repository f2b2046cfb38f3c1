import { boundsOf } from '../facts/bounds.ts';
import { constantOf, isZeroNode } from '../graph/forms.ts';
import { type Apply, children, type Node } from '../graph/node.ts';
import { topological } from '../graph/traverse.ts';
import { ANYTHING, type Bounds, isNonzero } from '../operators/caveat.ts';
import { and, atLeast, atMost, equal, greater, isChoice, less, not, or, unequal } from '../operators/comparison.ts';
import { abs } from '../operators/kinked.ts';
import { pow } from '../operators/power.ts';

/** A condition of a choice, and whether it holds where the branch is taken. */
export interface Guard {
  readonly condition: Node;
  readonly holds: boolean;
}

/** More choices are not gone into: each looks at all that stands in its branches. */
const MOST_CHOICES = 50;

/** What counts in a choice: its conditions have to have values, its numbers alone have slopes. */
export type Counting = 'conditions too' | 'numbers alone';

/** All that counts whatever is chosen: the branches of a choice do not. */
function openParts(root: Node, counting: Counting): Set<Node> {
  const found = new Set<Node>();
  const open = [root];
  for (let node = open.pop(); node; node = open.pop()) {
    if (found.has(node)) continue;
    found.add(node);
    open.push(...(isChoice(node) ? node.args.slice(0, counting === 'conditions too' ? 1 : 0) : valueOrParts(node)));
  }
  return found;
}

const valueOrParts = (node: Node): readonly Node[] => (node.kind === 'definition' ? [node.value] : children(node));

/**
 * The nodes that only branches look at, with what holds in each of these: a chain of guards, the outermost first. What is
 * looked at anyway, and what stands in more choices than are gone into, has none.
 */
export function guardsOf(roots: readonly Node[], counting: Counting): ReadonlyMap<Node, readonly (readonly Guard[])[]> {
  const choices = topological(roots).filter(isChoice).reverse();
  if (choices.length === 0 || choices.length > MOST_CHOICES) return new Map();
  const open = new Set(roots.flatMap((root) => [...openParts(root, counting)]));
  const chains = new Map<Node, (readonly Guard[])[]>();
  // From the outermost on: a choice knows what it stands in before its branches are looked at.
  for (const choice of choices) {
    const [condition, ...branches] = choice.args;
    const around = open.has(choice) ? [[]] : (chains.get(choice) ?? []);
    branches.forEach((branch, k) => {
      const guard = { condition, holds: k === 0 };
      for (const part of openParts(branch, counting)) {
        if (open.has(part)) continue;
        chains.set(part, [...(chains.get(part) ?? []), ...around.map((chain) => [...chain, guard])]);
      }
    });
  }
  return chains;
}

/** More alternatives are not gone into. */
const MOST_ALTERNATIVES = 16;

/** The ways in which guards can hold: where not both of two do, one of them does not. */
export function alternatives(chain: readonly Guard[]): readonly (readonly Guard[])[] {
  return chain.reduce<readonly (readonly Guard[])[]>(
    (ways, guard) => {
      const { condition, holds } = guard;
      const isOpen = condition.kind === 'apply' && condition.operator === (holds ? or : and);
      const more = isOpen ? condition.args.map((arg): Guard => ({ condition: arg, holds })) : [guard];
      return ways.length * more.length > MOST_ALTERNATIVES ? ways : ways.flatMap((way) => more.map((one) => [...way, one]));
    },
    [[]],
  );
}

/** What guards say of nodes: bounds, and that they are not 0. */
export function assumed(chain: readonly Guard[], known: ReadonlyMap<Node, Bounds>) {
  const bounds = new Map(known);
  const nonzero = new Set<Node>();
  const take = (node: Node, more: Bounds): void => {
    const own = both(bounds.get(node) ?? ANYTHING, more);
    bounds.set(node, own);
    if (isNonzero(own)) for (const part of partsOf(node)) nonzero.add(part);
  };
  const assume = ({ condition, holds }: Guard): void => {
    if (condition.kind !== 'apply') return;
    const { operator, args } = condition;
    if (operator === not) assume({ condition: args[0]!, holds: !holds });
    if ((operator === and && holds) || (operator === or && !holds)) for (const arg of args) assume({ condition: arg, holds });
    const relation = holds ? operator : OPPOSITE.get(operator);
    if (relation === unequal) {
      const [a, b] = args as [Node, Node];
      const other = isZeroNode(b) ? a : isZeroNode(a) ? b : undefined;
      for (const part of other ? partsOf(other) : []) nonzero.add(part);
    }
    const [a, b] = args as [Node, Node?];
    if (!b) return;
    const worth = boundsOf([a, b], bounds);
    const [left, right] = [worth.get(a)!, worth.get(b)!];
    if (!constantOf(a)) for (const more of boundsBy(relation, right)) take(a, more);
    if (!constantOf(b)) for (const more of boundsBy(FLIPPED.get(relation!), left)) take(b, more);
  };
  for (const guard of chain) assume(guard);
  return { bounds, nonzero };
}

/** What is not 0 either where a node is not: u of u², and of |u|. */
function partsOf(node: Node): Node[] {
  if (node.kind === 'apply' && node.operator === abs) return [node, ...partsOf(node.args[0]!)];
  const p = node.kind === 'apply' && node.operator === pow ? constantOf(node.args[1]!) : undefined;
  return p && node.kind === 'apply' ? [node, ...partsOf(node.args[0]!)] : [node];
}

type Relation = Apply['operator'] | undefined;

const OPPOSITE = new Map<Apply['operator'], Apply['operator']>([
  [less, atLeast],
  [atLeast, less],
  [greater, atMost],
  [atMost, greater],
  [equal, unequal],
  [unequal, equal],
]);
const FLIPPED = new Map<Apply['operator'], Apply['operator']>([
  [less, greater],
  [greater, less],
  [atLeast, atMost],
  [atMost, atLeast],
  [equal, equal],
]);

/** What lies on one side of something else, by what that lies between. */
function boundsBy(relation: Relation, other: Bounds): Bounds[] {
  const { least, most } = ANYTHING;
  if (relation === less) return [{ least, most: other.most, openMost: true }];
  if (relation === atMost) return [{ ...other, least, open: false }];
  if (relation === greater) return [{ least: other.least, most, open: true }];
  if (relation === atLeast) return [{ ...other, most, openMost: false }];
  return relation === equal ? [other] : [];
}

/** Where both hold. */
function both(a: Bounds, b: Bounds): Bounds {
  const low = a.least > b.least || (a.least === b.least && a.open) ? a : b;
  const high = a.most < b.most || (a.most === b.most && a.openMost) ? a : b;
  return {
    least: low.least,
    most: high.most,
    ...(low.open && { open: true }),
    ...(high.openMost && { openMost: true }),
  };
}

/** The relation that holds where another does not, by its sign; for printing. */
export const oppositeOf = (node: Node): Apply['operator'] | undefined =>
  node.kind === 'apply' && 'kernel' in node.operator ? OPPOSITE.get(node.operator) : undefined;
