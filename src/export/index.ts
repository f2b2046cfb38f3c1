import { c } from './c/index.ts';
import type { Dialect } from './dialect.ts';
import { js } from './js/index.ts';
import type { DialectName } from './names.ts';
import { jax, numpy, torch } from './python/dialects.ts';

export type { Dialect, Exported, Line } from './dialect.ts';
export { type ExportedOptions, exported } from './exported.ts';

/** The only list of languages that models are handed on to. */
export const dialects: Readonly<Record<DialectName, Dialect>> = { numpy, jax, torch, c, js };
