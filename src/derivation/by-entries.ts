import type { Node } from '../graph/node.ts';
import { attempt } from '../language/attempt.ts';
import { lengthsIn, lettersOf, targetEntry, Unwritable } from '../reading/entry.ts';
import type { Formula } from './document.ts';
import type { Page } from './walk.ts';

/**
 * A formula for one entry, dS_ij = j ≤ i ? dM_ij : 0; undefined where there is none.
 * @param quantity what the target is, or what it is the derivative by: it has the letters of that
 */
export function entriesOf(
  { graph, forms, front }: Page,
  node: Node,
  target: string,
  quantity: Node | undefined,
): Formula['byEntries'] {
  // What a name stands for has its own axes alone, a derivative those of the objective too.
  const lead = quantity ? front : [];
  const places = forms.places(quantity ?? node, new Set([...lettersOf(lead), ...lengthsIn([node])]));
  const make = () => ({ left: targetEntry(target, places, lead, graph.names), right: forms.read(node, [...lead, ...places]) });
  return attempt(make, Unwritable);
}
