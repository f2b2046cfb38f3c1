import { GradusError } from '../../language/diagnostics.ts';
import type { PythonEngine } from './index.ts';
import { type EngineName, engineNames } from './names.ts';

/** The options of `train` that say what does the steps, and where. */
export interface EngineArguments {
  readonly engine?: EngineName;
  readonly python?: string;
  readonly processes?: number;
  readonly coordinator?: string;
  readonly processId?: number;
  readonly wait?: number;
}

/** How they are typed. */
const TYPED: Readonly<Record<Exclude<keyof EngineArguments, 'engine'>, string>> = {
  python: '--python',
  processes: '--processes',
  coordinator: '--coordinator',
  processId: '--process-id',
  wait: '--wait',
};

/**
 * The engine that is asked for, loaded; undefined where our own programs do the steps. And the options without those of it.
 * @param checkpoint the file that a run can go on from
 * @throws GradusError `usage` for options of engines where none is asked for
 */
export async function engineFor<T extends EngineArguments>(
  { engine: name, python, processes, coordinator, processId, wait, ...chosen }: T,
  checkpoint: string | undefined,
): Promise<{ readonly engine: PythonEngine | undefined; readonly chosen: Omit<T, keyof EngineArguments> }> {
  const asked = { python, processes, coordinator, processId, wait };
  if (name !== undefined) {
    const { PythonEngine } = await import('./index.ts');
    const given = Object.fromEntries(Object.entries(asked).filter(([, value]) => value !== undefined));
    return { engine: new PythonEngine(name, given, checkpoint, process.env), chosen };
  }
  for (const [option, typed] of Object.entries(TYPED)) {
    if (asked[option as keyof typeof asked] === undefined) continue;
    throw new GradusError('usage', `${typed} is an option of engines, and our own programs do the steps`, {
      hint: `ask for one: --engine ${engineNames[0]}`,
    });
  }
  return { engine: undefined, chosen };
}
