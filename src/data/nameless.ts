import { came, isRecord } from '../language/came.ts';
import { GradusError } from '../language/diagnostics.ts';
import type { Input } from '../model/model.ts';
import { Tensor } from '../numeric/tensor.ts';

/**
 * Holds data against what training takes: values by name, or batches of them. A list of numbers does not say whose values they
 * are, and of rows each is no batch where the source wants columns.
 * @throws GradusError `argument` that shows how those of the source are given
 */
export function refuseNameless(data: unknown, inputs: ReadonlyMap<string, Input>): void {
  if (!Array.isArray(data) && !ArrayBuffer.isView(data)) return;
  const first: unknown = Array.isArray(data) ? data[0] : undefined;
  const all = [...inputs.values()].filter(({ role }) => role === 'data');
  const lacking = all.filter(({ initial }) => initial === undefined);
  const wanted = lacking.length > 0 ? lacking : all;
  if ((!isRecord(first) || first instanceof Tensor) && !(first instanceof Map))
    throw new GradusError('argument', `data is an object of values by name, or batches of such, not ${came(data)}`, {
      hint:
        wanted.length > 0 ? `say whose values they are: ${called(wanted)}` : 'the source has no data: train(source, {}, options)',
    });
  if (wanted.some(({ shape }) => shape.length > 0) && isRow(first)) {
    const [name = 'x'] = Object.keys(first);
    throw new GradusError('argument', 'data is an object of values by name, or batches of such, not a list of rows', {
      hint: `a name has its whole column: { ${name}: rows.map((row) => row.${name}), … }`,
    });
  }
}

/** Whether a value for each name is one number or one word. */
const isRow = (batch: unknown): batch is Readonly<Record<string, unknown>> => {
  const values = isRecord(batch) ? Object.values(batch) : [];
  return values.length > 0 && values.every((value) => typeof value === 'number' || typeof value === 'string');
};

const called = (wanted: readonly Input[]): string =>
  `train(source, { ${wanted.map(({ name, shape }) => `${name}: ${['1', '[1, 2]'][shape.length] ?? '[[1, 2], [3, 4]]'}`).join(', ')} })`;
