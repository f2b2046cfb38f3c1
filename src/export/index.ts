import { GradusError, nearest } from '../language/diagnostics.ts';
import { listed } from '../language/visible.ts';
import type { Dialect } from './dialect.ts';
import { python } from './python/dialects.ts';

export type { Dialect, Exported, Line } from './dialect.ts';
export { type ExportOptions, exported } from './exported.ts';

/** The only list of languages that models are handed on to. */
export const dialects: readonly Dialect[] = [...python];

/** @throws GradusError `argument` for a name that no dialect has */
export function dialectNamed(name: string): Dialect {
  const found = dialects.find((d) => d.name === name);
  if (found) return found;
  const near = nearest(
    name,
    dialects.map((d) => d.name),
  );
  throw new GradusError('argument', `there is no dialect ${name}`, {
    hint: `${near ? `did you mean ${near}? ` : ''}there are ${listed(dialects.map((d) => d.name))}`,
  });
}
