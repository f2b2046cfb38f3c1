import { GradusError } from '../../../src/language/diagnostics.ts';
import { boxGraph } from '../../../src/report/boxes.ts';
import { valueLines } from '../../../src/report/numbers.ts';
import { quantities, startOf } from '../../../src/report/values.ts';
import type { Numbers, Tasks } from '../engine/protocol.ts';
import { operationsOf } from './model.ts';

const MOST = { rows: 4, columns: 4 };
const SEED = 1;

/** What every box of the graph is worth where training starts, and its gradient; undefined where an input has no value. */
export function numbers({ at = {}, ...reading }: Tasks['numbers']['ask']): Numbers | undefined {
  const { model, name, wrt } = operationsOf(reading);
  const start = startOf(model, at, SEED);
  if (!start) return undefined;
  try {
    const { boxes } = boxGraph(model, name);
    const found = quantities(model, boxes, wrt, start.inputs);
    return Object.fromEntries(
      [...found].map(([box, { value, gradient }]) => [
        box.name,
        {
          value: value === undefined ? [] : valueLines(value, MOST),
          ...(gradient !== undefined && { gradient: valueLines(gradient, MOST) }),
        },
      ]),
    );
  } catch (error) {
    if (error instanceof GradusError) return undefined;
    throw error;
  }
}
