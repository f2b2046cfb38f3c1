import { wordsOf } from '../../../src/derivation/words/index.ts';
import { ratesFigure } from '../../../src/report/rates.ts';
import { startOf } from '../../../src/report/values.ts';
import type { Tasks } from '../engine/protocol.ts';
import { dataFor } from './data.ts';
import { modelOf } from './model.ts';

/** As wide as the pane: letters are not made smaller. */
const SIZE = { width: 440, height: 280 };

/** The cost by plain descent at rates that are too small, right and too large; undefined for other methods. */
export async function rates({ given, plan, ...reading }: Tasks['rates']['ask']): Promise<string | undefined> {
  const model = modelOf(reading);
  const { inputs: data } = await dataFor(model, given);
  const start = startOf(model, data, plan.seed);
  const { optimizer, lr, epochs } = plan;
  const options = { optimizer, epochs, ...(lr !== undefined && { lr }) };
  return start && ratesFigure(model, data, start, options, model.objective?.name ?? '', wordsOf(reading), SIZE);
}
