import { readdirSync, readFileSync } from 'node:fs';
import { type TrainOptions, train } from '../../src/api/train.ts';
import { katexFiles } from '../../src/app/katex-files.ts';
import type { Words } from '../../src/derivation/words/index.ts';
import type { Inputs } from '../../src/numeric/binding.ts';
import { trainingReport } from '../../src/report/index.ts';

/** The models under examples/ that hold something to learn, and the run that their first lines propose. */
export interface Example {
  readonly name: string;
  readonly source: string;
  readonly options: TrainOptions;
  readonly dataFile: string | undefined;
}

const MOST_EPOCHS = 5000;

export const examples: readonly Example[] = readdirSync('examples')
  .filter((file) => file.endsWith('.grad'))
  .map((file) => {
    const source = readFileSync(`examples/${file}`, 'utf8');
    const command = /gradus train .*/.exec(source)?.[0] ?? '';
    const option = (name: string) => new RegExp(`--${name} (\\S+)`).exec(command)?.[1];
    const number = (name: string) => (option(name) === undefined ? {} : { [name]: Number(option(name)) });
    const epochs = Math.min(MOST_EPOCHS, Number(option('epochs') ?? 200));
    return {
      name: file.replace(/\.grad$/, ''),
      source,
      options: { ...number('lr'), ...number('batch'), ...(option('optimizer') && { optimizer: option('optimizer')! }), epochs },
      dataFile: option('data'),
    };
  })
  .filter(({ source }) => /^\s*param\b/m.test(source) && /^\s*(minimize|maximize)\b/m.test(source));

export const exampleNamed = (name: string): Example => examples.find((e) => e.name === name)!;

/** The report of a run of an example. */
export async function reportOf({ name, source, options, dataFile }: Example, words?: Words): Promise<string> {
  const data = dataFile === undefined ? {} : columnsOf(dataFile);
  const result = await train(source, data, options);
  return trainingReport(result, options, { title: `${name}.grad`, source, data, katex: katexFiles, ...(words && { words }) });
}

/** The columns of a table by their names. */
function columnsOf(file: string): Inputs {
  const [header = '', ...rows] = readFileSync(file, 'utf8').trim().split('\n');
  return Object.fromEntries(
    header.split(',').map((name, c) => [name, Float64Array.from(rows, (row) => Number(row.split(',')[c]))]),
  );
}
