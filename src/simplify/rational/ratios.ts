import { cosh, coth, csch, sech, sinh } from '../../operators/elementary.ts';
import type { Operator } from '../../operators/operator.ts';
import { tanh } from '../../operators/trigonometric.ts';
import type { Factored, Generator } from './factored.ts';
import { ratioOf } from './identities.ts';
import { pairsOf } from './powers.ts';

/** There are functions that may be worth reading as quotients. */
export function hasRatios(generators: readonly Generator[], { powers }: Factored): boolean {
  const found = new Set<Operator>();
  for (const { node } of generators) if (node.kind === 'apply' && ratioOf.has(node.operator)) found.add(node.operator);
  for (const { node } of found.has(tanh) ? generators : []) if (node.kind === 'apply') found.add(node.operator);
  // 1 − tanh² alone is what people write, and 1/tanh − tanh is not.
  const divides = pairsOf(powers).some(([id, e]) => e < 0 && isOf(generators[id]!, tanh));
  const others = divides || [sinh, cosh, sech, csch, coth].some((o) => found.has(o));
  return [...found].some((f) => ratioOf.has(f) && (f !== tanh || others));
}

const isOf = ({ node }: Generator, f: Operator): boolean => node.kind === 'apply' && node.operator === f;
