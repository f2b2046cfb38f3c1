import { GradusError } from '../../language/diagnostics.ts';
import { c } from './c/index.ts';
import { closures } from './closures.ts';
import { js } from './js.ts';
import { type Backend, backends } from './names.ts';
import { native } from './native/index.ts';
import { isText, type Runner, runsHere, type Target, type Writer } from './target.ts';
import { wasm } from './wasm/index.ts';

/** The only list of targets. Of those that run here by themselves `auto` takes the first that is available and suits the program. */
export const targets = [wasm, js, closures, native, c] as const satisfies readonly Target[];

type Listed = (typeof targets)[number];

const runners: readonly Runner[] = targets.filter(runsHere);

/** The languages that a program can be printed in. */
export type Language = Extract<Listed, Writer>['name'];

export const writer = (language: Language): Writer => targets.filter(isText).find(({ name }) => name === language)!;

/**
 * The targets that may take a program, best first.
 * @throws GradusError `argument` for a backend that there is not, `unsupported` for one that is not available
 */
export function candidates(backend: Backend): readonly Runner[] {
  if (backend === 'auto') return runners.filter((target) => !target.onRequest && target.available());
  const target = runners.find(({ name }) => name === backend);
  if (!target) {
    throw new GradusError('argument', `there is no backend ${JSON.stringify(backend)}`, {
      hint: `the backends are ${backends.join(', ')}`,
    });
  }
  if (!target.available()) {
    const { message = `${backend} is not available here`, hint } = target.needs ?? {};
    throw new GradusError('unsupported', message, { hint });
  }
  return [target];
}
