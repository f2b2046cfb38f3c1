import { elaborate } from '../../src/elaborate/elaborate.ts';
import type { Exported } from '../../src/export/dialect.ts';
import { exported } from '../../src/export/exported.ts';
import { parse } from '../../src/language/parser.ts';
import type { ShapeOption } from '../../src/model/model.ts';
import type { Inputs } from '../../src/numeric/binding.ts';

interface Options {
  readonly shapes?: Record<string, ShapeOption>;
  readonly given?: Inputs;
  readonly precision?: 'f64' | 'f32';
}

/** A model with its derivatives by its parameters, and the numbers that its source holds or that are given. */
export const exportedOf = (source: string, { shapes = {}, given = {}, precision = 'f64' }: Options = {}): Exported =>
  exported(elaborate(parse(source), { shapes }), { inputs: given, precision });
