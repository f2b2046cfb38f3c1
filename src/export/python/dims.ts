import { type Dim, quotientOf, type Term } from '../../graph/dimension.ts';
import { type Code, host, LEVEL } from './code.ts';

/** A length as a number of Python: `m`, `2 * m + 1`, `n // 2`. */
export function dimCode(dim: Dim, name: (size: string) => string): Code {
  if (typeof dim === 'number') return host(String(dim), dim < 0 ? LEVEL.sign : LEVEL.atom);
  const { above, below } = quotientOf(dim);
  const product = ({ coefficient, names }: Term): string => {
    const size = Math.abs(coefficient);
    return [...(size === 1 && names.length > 0 ? [] : [String(size)]), ...names.map(name)].join(' * ');
  };
  const sum = above
    .map((term, k) => (k === 0 ? (term.coefficient < 0 ? '-' : '') : term.coefficient < 0 ? ' - ' : ' + ') + product(term))
    .join('');
  const single = above.length === 1 && above[0]!.names.length === 1 && above[0]!.coefficient === 1;
  const whole = below.coefficient === 1 && below.names.length === 0;
  if (whole) return host(sum, single ? LEVEL.atom : above.length === 1 ? LEVEL.multiply : LEVEL.add);
  return host(`(${sum}) // (${product(below)})`, LEVEL.multiply);
}
