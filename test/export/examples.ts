import { fileBytes } from '../../src/app/data-files.ts';
import { assembled } from '../../src/data/assemble.ts';
import { dataFile } from '../../src/data/read.ts';
import { elaborate } from '../../src/elaborate/elaborate.ts';
import { parse } from '../../src/language/parser.ts';
import type { Inputs } from '../../src/numeric/binding.ts';
import { dataOf, names, sourceOf } from '../examples/folder.ts';

export interface Example {
  readonly name: string;
  readonly text: string;
  /** What the files hold that its comment gives it. */
  readonly given: Inputs;
}

async function exampleOf(name: string): Promise<Example> {
  const text = sourceOf(name);
  const files = dataOf(name).filter((word) => word !== '--data');
  const read = await Promise.all(files.map((file) => dataFile(file, fileBytes)));
  return { name, text, given: assembled(elaborate(parse(text)).inputs, read, {}).inputs };
}

/** Every model of the examples, with its data. */
export const examples: readonly Example[] = await Promise.all(names.map(exampleOf));
