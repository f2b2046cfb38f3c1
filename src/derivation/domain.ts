import { boundsOf } from '../facts/bounds.ts';
import type { Apply, ArrayApply, Node } from '../graph/node.ts';
import { dependents, topological } from '../graph/traverse.ts';
import type { Bounds, Caveat } from '../operators/caveat.ts';

/** A caveat of an operator, at the node where it matters. */
export interface DomainNote {
  readonly node: Apply | ArrayApply;
  readonly caveat: Caveat;
}

/**
 * Where an expression or its derivatives do not hold: the caveats of their operators that are not known to be no
 * trouble, each argument's once. A derivative may hold in fewer places than what it is the derivative of, as that of √x
 * at 0; what follows from the conditions of the expression itself is not said again.
 * @param variables what is derived by: a choice by other things has no border in them
 */
export function domainNotes(objective: Node, derivatives: readonly Node[], variables: readonly Node[]): DomainNote[] {
  const moving = dependents(topological([objective, ...derivatives]), variables);
  const own = caveatsIn([objective]).filter(matters);
  const known = new Map<Node, Bounds>();
  for (const { node, caveat } of own) if (caveat.implies) known.set(node.args[0]!, caveat.implies);
  // A choice that the expression does not have is a rule's own: what it takes for the slope at a kink is said there. A kink
  // of the derivative is no place where it does not hold.
  const theirs = caveatsIn(derivatives, known).filter(({ caveat }) => caveat.kind === 'needs');
  const notes = [...own, ...theirs];
  const strong = new Set(notes.filter((n) => n.caveat.strength === 2).map((n) => n.node.args[0]!));
  const told = new Map<string, DomainNote>();
  for (const note of notes) {
    const { node, caveat } = note;
    if (caveat.strength === 1 && strong.has(node.args[0]!)) continue;
    const key = `${caveat.kind} ${caveat.condition(...node.args.map((arg) => String(arg.id)))}`;
    if (!told.has(key)) told.set(key, note);
  }
  return [...told.values()];

  function matters({ node, caveat }: DomainNote): boolean {
    return caveat.kind !== 'branch' || moving.has(node.args[0]!);
  }
}

function caveatsIn(roots: readonly Node[], known?: ReadonlyMap<Node, Bounds>): DomainNote[] {
  const bounds = boundsOf(roots, known);
  return topological(roots).flatMap((node) => {
    if (node.kind !== 'apply' && node.kind !== 'array') return [];
    const worth = node.args.map((arg) => bounds.get(arg)!);
    return (node.operator.caveats ?? [])
      .filter((c) => (c.applies?.(node.args) ?? true) && !c.settled?.(...worth))
      .map((caveat) => ({ node, caveat }));
  });
}
