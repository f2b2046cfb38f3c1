import { GradusError } from '../../language/diagnostics.ts';
import { closures } from './closures.ts';
import { js } from './js.ts';
import { type Runner, runsHere, type Target } from './target.ts';

/** The only list of targets. Of those that run here `auto` takes the first that is available and suits the program. */
export const targets = [js, closures] as const satisfies readonly Target[];

type Listed = (typeof targets)[number];

/** How a program runs. `auto` picks. */
export type Backend = 'auto' | Extract<Listed, Runner>['name'];

const runners: readonly Runner[] = targets.filter(runsHere);

/** The words for a backend. */
export const backends: readonly Backend[] = ['auto', ...(runners as readonly Extract<Listed, Runner>[]).map(({ name }) => name)];

/** What each of them is, for the help. */
export const backendWords: string = runners.map(({ words }) => words).join(', or ');

/**
 * The targets that may take a program, best first.
 * @throws GradusError `argument` for a backend that there is not, `unsupported` for one that is not available
 */
export function candidates(backend: Backend): readonly Runner[] {
  if (backend === 'auto') return runners.filter((target) => target.available());
  const target = runners.find(({ name }) => name === backend);
  if (!target) {
    throw new GradusError('argument', `there is no backend ${JSON.stringify(backend)}`, {
      hint: `the backends are ${backends.join(', ')}`,
    });
  }
  if (!target.available()) throw new GradusError('unsupported', target.needs.message, { hint: target.needs.hint });
  return [target];
}
