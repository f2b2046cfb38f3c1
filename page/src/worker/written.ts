import { wordsOf } from '../../../src/derivation/words/index.ts';
import { GradusError } from '../../../src/language/diagnostics.ts';
import { parse } from '../../../src/language/parser.ts';
import { flatten } from '../../../src/numeric/tensor.ts';
import { shapeText } from '../../../src/render/shape-text.ts';
import type { Tasks } from '../engine/protocol.ts';
import { inputsOf } from './data.ts';
import { modelOf } from './model.ts';

/** More numbers would hide the model. */
const MOST = 200;

/** The source with the data that were given in its data lines. @throws GradusError `data` for more than a source should hold */
export async function written({ given, ...reading }: Tasks['written']['ask']): Promise<string> {
  const model = modelOf(reading);
  let text = reading.source;
  const inputs = await inputsOf(model, given);
  const values = Object.entries(inputs).flatMap(([name, value]) => {
    if (value === undefined) return [];
    const { shape, data } = flatten(value, name);
    return [{ name, shape, data }];
  });
  const count = values.reduce((n, { data }) => n + data.length, 0);
  if (count > MOST)
    throw new GradusError('data', `${count} numbers are too many for the text of a model`, {
      hint: `up to ${MOST} can be written into it`,
    });
  const declarations = parse(text).statements.filter((statement) => statement.kind === 'declaration');
  // From the last to the first, so that the places before stay what they are.
  for (const { name, shape, initial, span } of [...declarations].reverse()) {
    const value = values.find((one) => one.name === name);
    if (!value) continue;
    const input = model.inputs.get(name)!;
    const declared = shape ? '' : ` : ${shapeText(input.shape, wordsOf(reading))}`;
    const end = initial ? initial.span.start : span.end;
    const head = text.slice(0, end).trimEnd().replace(/\s*=$/, '');
    text = `${head}${declared} = ${listed(value.data, value.shape ?? [value.data.length])}${text.slice(initial ? initial.span.end : span.end)}`;
  }
  return text;
}

/** `[[0, 1], [1, 0]]`, with digits that can be read. */
function listed(data: ArrayLike<number>, shape: readonly number[]): string {
  const numbers = Array.from(data, (x) => String(Number(x.toPrecision(4))));
  return shape.reduceRight<string[]>(
    (parts, size, axis) =>
      axis === 0 && shape.length > 0
        ? [`[${parts.join(', ')}]`]
        : Array.from({ length: parts.length / size }, (_, k) => `[${parts.slice(k * size, (k + 1) * size).join(', ')}]`),
    numbers,
  )[0]!;
}
