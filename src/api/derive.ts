import { namesAndOptions, refuseMore } from '../options/check.ts';
import { signatures } from '../options/signatures.ts';
import { withAbsent } from './absent.ts';
import { Derivation, type DeriveOptions } from './derivation.ts';
import { namesToDerive } from './names.ts';
import { modelOf, type Source } from './source.ts';
import { speaking } from './speaking.ts';

export { Derivation, type DeriveOptions } from './derivation.ts';
export { namesToDerive } from './names.ts';

/**
 * Derives a source by names. A name that does not occur in an expression has the derivative 0, and a note says so.
 * @param wrt a name or a list, named intermediates too, which are then held as variables: the derivative by Z is its
 *   adjoint dZ; left out: a model's params, or an expression's only free name
 * @throws GradusError with the place and a hint
 * @example
 * const d = derive('sum((W*X - Y).^2)', 'W', { shapes: { W: [1, 2], X: [2, 'm'], Y: [1, 'm'] } });
 * d.partial.toString(); // 2*(W*X - Y)*X'
 * d.steps[0].rule; // power rule
 * d.compile().gradient({ W: [[1, 1]], X: [[1, 2], [3, 4]], Y: [[4, 5]] }).W.toArray(); // [[4, 8]]
 */
export function derive<const N extends string = string>(
  source: Source,
  wrt?: N | readonly N[],
  options?: DeriveOptions,
): Derivation<N>;
export function derive(source: Source, options: DeriveOptions): Derivation;
export function derive(
  source: Source,
  wrt?: string | readonly string[] | DeriveOptions,
  options?: DeriveOptions,
  ...more: readonly unknown[]
): Derivation {
  return speaking([wrt, options], () => {
    refuseMore(signatures.derive, more);
    const [names, chosen] = namesAndOptions<string | readonly string[], DeriveOptions>(signatures.derive, wrt, options);
    const model = modelOf(signatures.derive, source, chosen, names);
    const by = namesToDerive(model, names);
    return new Derivation(withAbsent(model, by), by, chosen);
  });
}
