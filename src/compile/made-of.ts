import { children, type Node } from '../graph/node.ts';
import type { Label } from './expression.ts';
import { isTimeLoop } from './time-loop.ts';

type Labels = ReadonlyMap<Node, Label>;

/** Names in one; with more it is as hard to read as with none. */
const MOST = 2;
/** What the model calls so: names of ours have spaces. */
const OWN = /^[\p{L}_][\p{L}\p{M}\p{N}_]*$/u;

/**
 * What an array that the model has no name for is called where a program is read: by what it is made of, `tanh_Z`, `W_x`; all
 * states of a recurrence, by the quantities that are entries of it, `h_g`.
 */
export function madeOf(node: Node, labels: Labels): string | undefined {
  if (node.kind === 'array' && isTimeLoop(node.operator)) {
    const entries = [...labels].filter(([part]) => part === node || children(part).includes(node));
    return joined(entries.map(([, { name }]) => name)) ?? joined(node.args.flatMap((arg) => nameOf(arg, labels)));
  }
  const parts = joined(children(node).flatMap((part) => nameOf(part, labels)));
  if (!parts || node.kind === 'sum') return parts;
  const { operator } = node as { readonly operator?: { readonly name: string } };
  return operator && OWN.test(operator.name) ? `${operator.name}_${parts}` : parts;
}

function nameOf(node: Node, labels: Labels): string[] {
  const name = labels.get(node)?.name ?? (node.kind === 'variable' ? node.name : undefined);
  return name !== undefined && OWN.test(name) ? [name] : [];
}

function joined(names: readonly string[]): string | undefined {
  const own = [...new Set(names)].slice(0, MOST);
  return own.length > 0 ? own.join('_') : undefined;
}
