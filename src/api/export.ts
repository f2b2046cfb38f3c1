import type { DialectName } from '../export/names.ts';
import type { CheckOptions } from '../model/model.ts';
import { type GivenInputs, recordOf } from '../numeric/binding.ts';
import { checkArguments, optionsOf, refuseMore } from '../options/check.ts';
import { signatures } from '../options/signatures.ts';
import { modelOf, type Source } from './source.ts';
import { speaking } from './speaking.ts';

export type { DialectName } from '../export/names.ts';

export interface ExportOptions extends CheckOptions {
  readonly precision?: 'f64' | 'f32';
  /** Values in place of those that the source gives: parameters that were learned, data. */
  readonly inputs?: GivenInputs;
  /** Of the initial values. */
  readonly seed?: number;
}

/**
 * A model with its derivatives as a program in another language.
 * @param dialect `numpy`, `jax`, `torch`, `c`, `js`
 * @returns the files of the program by their names: `{ 'model.py': … }`
 * @throws GradusError `unsupported` for an operator that the language cannot be told, by its name
 * @example
 * const files = await exportTo('param w = 1; data x : [n] = [1, 2]; minimize sum((w*x).^2)', 'numpy');
 * /def value_and_gradients/.test(files['model.py']); // true
 */
export function exportTo(
  source: Source,
  dialect: DialectName,
  options?: ExportOptions,
): Promise<Readonly<Record<string, string>>>;
export async function exportTo(
  source: Source,
  dialect: DialectName,
  options?: ExportOptions,
  ...more: readonly unknown[]
): Promise<Readonly<Record<string, string>>> {
  return speaking([options], async () => {
    refuseMore(signatures.exportTo, more);
    checkArguments(signatures.exportTo, source, dialect);
    const { precision, inputs, seed, ...checked } = optionsOf(signatures.exportTo, options);
    const model = modelOf(signatures.exportTo, source, checked);
    const { dialects, exported } = await import('../export/index.ts');
    const told = exported(model, {
      ...(precision && { precision }),
      ...(inputs && { inputs: recordOf(inputs) }),
      ...(seed !== undefined && { seed }),
    });
    return dialects[dialect].files(told);
  });
}
