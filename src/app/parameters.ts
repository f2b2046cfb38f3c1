import { statSync } from 'node:fs';
import type { Open } from '../data/bytes.ts';
import type { Scalings, TrainResult } from '../descend/index.ts';
import { GradusError } from '../language/diagnostics.ts';
import { listed } from '../language/visible.ts';
import type { Inputs } from '../numeric/binding.ts';
import { jsonText } from '../numeric/json.ts';
import { opener } from './data-files.ts';
import { writeWhole } from './files.ts';
import type { Session } from './io.ts';
import { savedIn } from './saved-check.ts';
import { readText } from './source.ts';

/** What was learned, and what of the data belongs to it. */
export interface Saved {
  readonly params: Inputs;
  /** Means and deviations of the data that the parameters are for. */
  readonly scaling?: Scalings;
  /** The names of classes, in the order of their places. */
  readonly classes?: Readonly<Record<string, readonly string[]>>;
}

export const isNpz = (file: string): boolean => /\.npz$/i.test(file);

/** Writes what was learned: arrays of NumPy, or JSON, which keeps what belongs to them too. @throws GradusError `usage` */
export async function saveParameters(
  file: string,
  { params, scaling }: Pick<TrainResult, 'params' | 'scaling'>,
  classes: NonNullable<Saved['classes']>,
): Promise<void> {
  if (isNpz(file)) {
    if (scaling) throw keepsNoScaling(file);
    if (Object.keys(classes).length > 0) throw keepsNoClasses(file, Object.keys(classes));
    const { npzBytes } = await import('../data/npy-writer.ts');
    writeWhole(file, await npzBytes(params));
    return;
  }
  const named = Object.keys(classes).length > 0 && { classes };
  writeWhole(file, `${jsonText({ params, ...(scaling && { scaling: plainScalings(scaling) }), ...named })}\n`);
}

/** @throws GradusError `usage` for a file whose name says not how it is written */
export function refuseUnknownEnding(file: string): void {
  const there = statSync(file, { throwIfNoEntry: false });
  if (/\.(json|npz)$/i.test(file) || (there && !there.isFile())) return;
  throw new GradusError('usage', `cannot tell how to write ${file}`, { hint: 'its name ends in .json or .npz' });
}

export const keepsNoScaling = (file: string): GradusError =>
  new GradusError('usage', `${file} cannot keep what the data were scaled by`, { hint: 'a file that ends in .json can' });

export const keepsNoClasses = (file: string, names: readonly string[]): GradusError =>
  new GradusError('usage', `${file} cannot keep the classes of ${listed(names)}`, { hint: 'a file that ends in .json can' });

/** Lists in place of typed arrays, as JSON has them. */
export const plainScalings = (scaling: Scalings) =>
  Object.fromEntries(
    Object.entries(scaling).map(([name, { axis, mean, deviation }]) => [
      name,
      { axis, mean: Array.from(mean), deviation: Array.from(deviation) },
    ]),
  );

/**
 * The parameters in a file: what `--save` writes, what `train --json` prints, or arrays by name.
 * @throws GradusError `data` for anything else
 */
export async function savedParameters(file: string, session: Session): Promise<Saved> {
  if (isNpz(file)) return { params: await fromNpz(file, opener(session)) };
  let content: unknown;
  try {
    content = JSON.parse(await readText(file));
  } catch (error) {
    if (error instanceof GradusError) throw error;
    throw new GradusError('data', `${file} is not JSON`, {
      hint: 'parameters are what train --save FILE or train --json writes',
    });
  }
  return savedIn(file, content);
}

async function fromNpz(file: string, open: Open): Promise<Inputs> {
  const { all } = await import('../data/bytes.ts');
  const { npzOf } = await import('../data/npz.ts');
  const { numbersIn } = await import('../data/npy.ts');
  const arrays = await npzOf(await all(open(file)), file);
  return Object.fromEntries([...arrays].map(([name, read]) => [name, numbersIn(read(), `${file}, ${name}.npy`)]));
}
