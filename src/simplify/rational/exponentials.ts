import { constantOf } from '../../graph/forms.ts';
import type { Node } from '../../graph/node.ts';
import { isNegative } from '../../graph/rational.ts';
import { type Base, type Factored, type Generator, product } from './factored.ts';
import { collected, generatorsOf, type Polynomial } from './polynomial.ts';
import { exponentIn, NO_POWERS, type Powers, timesPowers, without } from './powers.ts';
import type { Reader } from './read.ts';

/** Sums of e⁻ᵘ as e⁻ᵘ times sums of eᵘ: e⁻ᵘ/(1 + e⁻ᵘ) is 1/(eᵘ + 1). */
export function turnedExponentials(f: Factored, { generators }: Reader): Factored {
  let result = f;
  for (const base of f.sums) {
    const falling = [...generatorsOf(base.p)].map((id) => generators[id]!).find(isFalling);
    const rising = falling?.opposite?.();
    if (!falling || !rising || generatorsOf(base.p).has(rising.id)) continue;
    const turned = times(base, falling, rising);
    const sums = result.sums.filter((other) => other !== base);
    result = product([{ ...result, sums }, turned]);
  }
  return result === f ? f : { ...result, powers: withoutOpposites(result.powers, generators) };
}

/** e⁻ᵘ, where u is written without a minus. */
const isFalling = ({ exponent, opposite }: Generator): boolean =>
  opposite !== undefined && exponent !== undefined && hasMinus(exponent);

const hasMinus = (node: Node): boolean => {
  const c = constantOf(node) ?? (node.kind === 'contraction' ? node.coefficient : undefined);
  return c !== undefined && isNegative(c);
};

function times({ p, e }: Base, falling: Generator, rising: Generator): Factored {
  const most = Math.max(...p.map(({ m }) => exponentIn(m, falling.id)));
  const turned: Polynomial = collected(
    p.map(({ c, m }) => {
      const left = most - exponentIn(m, falling.id);
      const rest = without(m, (id) => id === falling.id);
      return { c, m: left === 0 ? rest : timesPowers(rest, [rising.id, left]) };
    }),
  );
  return { ...product([]), powers: [falling.id, most * e], sums: [{ p: turned, e }] };
}

/** eᵘ·e⁻ᵘ as 1. */
function withoutOpposites(powers: Powers, generators: readonly Generator[]): Powers {
  let result = NO_POWERS;
  for (let k = 0; k < powers.length; k += 2) {
    const [g, e] = [powers[k]!, powers[k + 1]!];
    const other = generators[g]!.opposite?.().id;
    result = timesPowers(result, other !== undefined && other < g ? [other, -e] : [g, e]);
  }
  return result;
}
