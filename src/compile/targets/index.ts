import { GradusError, type Warning } from '../../language/diagnostics.ts';
import { c } from './c/index.ts';
import { closures } from './closures.ts';
import { js } from './js.ts';
import { type Backend, backends } from './names.ts';
import { native } from './native/index.ts';
import { isText, type Needs, type Runner, runsHere, type Target, type Writer } from './target.ts';
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
    const { message, hint } = lacking(target);
    throw new GradusError('unsupported', message, { hint });
  }
  return [target];
}

/** What a target lacks, and the next that does without, where nothing else is to be done. */
function lacking(target: Runner): Needs {
  const { message = `${target.name} is not available here`, hint } = target.needs ?? {};
  return { message, hint: hint ?? `the backend '${insteadOf(target).name}' does without` };
}

/** The next that is available; closures are everywhere. */
const insteadOf = (target: Runner): Runner =>
  runners.slice(runners.indexOf(target) + 1).find((other) => !other.onRequest && other.available())!;

let isTold = false;

/** What `auto` would take, and cannot here, and what it takes instead: told once. */
export function fallbacks(backend: Backend = 'auto'): readonly Warning[] {
  if (isTold || backend !== 'auto') return [];
  const lost = runners.filter((target) => !target.onRequest && !target.available());
  isTold = lost.length > 0;
  return lost.map((target) => ({
    message: `${lacking(target).message}: where the backend '${target.name}' would run, '${insteadOf(target).name}' does`,
  }));
}
