import { GradusError } from '../../../src/language/diagnostics.ts';
import type { Inputs } from '../../../src/numeric/binding.ts';
import { boxGraph } from '../../../src/report/boxes.ts';
import { valueLines } from '../../../src/report/numbers.ts';
import { quantifier, startOf } from '../../../src/report/values.ts';
import type { Numbers, Reading, Tasks } from '../engine/protocol.ts';
import { operationsOf } from './model.ts';

const MOST = { rows: 4, columns: 4 };
const SEED = 1;

/** What every box of the graph is worth where training starts, and its gradient; undefined where an input has no value. */
export function numbers({ at = {}, ...reading }: Tasks['numbers']['ask']): Numbers | undefined {
  const { model } = operationsOf(reading);
  const start = startOf(model, at, SEED);
  return start && numbering(reading)(start.inputs);
}

/** The same for inputs that change. */
export function numbering(reading: Reading): (inputs: Inputs) => Numbers | undefined {
  const { model, name, wrt } = operationsOf(reading);
  try {
    const find = quantifier(model, boxGraph(model, name, []).boxes, wrt);
    return (inputs) => quietly(() => linesOf(find(inputs)));
  } catch (error) {
    if (error instanceof GradusError) return () => undefined;
    throw error;
  }
}

const linesOf = (found: ReturnType<ReturnType<typeof quantifier>>): Numbers =>
  Object.fromEntries(
    [...found].map(([box, { value, gradient }]) => [
      box.name,
      {
        value: value === undefined ? [] : valueLines(value, MOST),
        ...(gradient !== undefined && { gradient: valueLines(gradient, MOST) }),
      },
    ]),
  );

function quietly<T>(work: () => T): T | undefined {
  try {
    return work();
  } catch (error) {
    if (error instanceof GradusError) return undefined;
    throw error;
  }
}
