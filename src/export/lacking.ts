import { dimensionNames } from '../graph/dimension.ts';
import { listed } from '../language/visible.ts';
import { bind } from '../numeric/binding.ts';
import type { Exported } from './dialect.ts';

/** What programs of every language say of what they do not have. */

/** In place of a function that predicts. */
export const UNPREDICTED =
  'There is no predict: no named quantity of the model depends on parameters and on some of the data, but not on all, the targets.';

/** The names of dimensions that no number stands for: data do not tell them, nor were they given. */
export function unboundSizes({ model, params, data, values, sizes: given }: Exported): string[] {
  const own = Object.fromEntries([...values].filter(([name]) => model.inputs.has(name)));
  const { sizes } = bind(model, { ...own, ...given });
  return [...new Set([...params, ...data].flatMap(({ shape }) => shape.flatMap(dimensionNames)))].filter(
    (name) => !sizes.has(name),
  );
}

/**
 * What helps where some values are missing: data, or the sizes that no data would tell.
 * @param own words for what else the program can be given
 */
export function lackingText(exported: Exported, missing: readonly string[], dialect: string, own = ''): string {
  const told = new Set(exported.data.flatMap(({ shape }) => shape.flatMap(dimensionNames)));
  const sizes = unboundSizes(exported).filter((name) => !told.has(name));
  const needsData = sizes.length === 0 || exported.data.some(({ name }) => !exported.values.has(name));
  const options = [...(needsData ? ['--data FILE'] : []), ...sizes.map((name) => `--set ${name}=100`)].join(' ');
  const why = sizes.length > 0 ? `, and nothing tells ${listed(sizes.map((name) => `the size ${name}`))}` : '';
  return `the model has no value of ${missing.join(', ')}${why}: ${own}export it with them: gradus export MODEL ${options} --to ${dialect}`;
}

/** What a program says that cannot run by itself, since an input has no value; undefined if all have. */
export function unfilled(exported: Exported, dialect: string): string | undefined {
  const { params, data, values } = exported;
  const missing = [...params, ...data].filter(({ name }) => !values.has(name)).map(({ name }) => name);
  return missing.length > 0 ? lackingText(exported, missing, dialect) : undefined;
}
