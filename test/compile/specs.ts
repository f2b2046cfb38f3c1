import type { ProgramSpec } from '../../src/compile/executable.ts';
import { runningGradient } from '../../src/model/running.ts';
import type { Source } from '../support/corpus.ts';
import { modelOf, type Setting, somewhere } from '../support/values.ts';

/** Value and gradient of a source as they run, with numbers for what they read. */
export interface Case {
  readonly spec: ProgramSpec;
  readonly values: Setting['values'];
}

export function caseOf({ source, shapes, wrt }: Omit<Source, 'kind'>, seed = 1): Case {
  const model = modelOf({ source, shapes });
  const params = [...model.inputs.values()].filter(({ role }) => role === 'param').map(({ name }) => name);
  const by = wrt.length > 0 ? wrt : params;
  const { sizes, values } = somewhere(model, seed);
  const outputs = runningGradient(model, by);
  const names = [model.objective!.name ?? 'value', ...by.map((name) => `d${name}`)];
  return { spec: { outputs, names, sizes }, values };
}
