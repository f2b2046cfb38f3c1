import { readdirSync, readFileSync } from 'node:fs';
import { expect } from 'vitest';
import { gradus } from '../app/harness.ts';

/** The models under examples/ that are to be run, and the commands that their comments propose. */

export const folder = new URL('../../examples/', import.meta.url).pathname;

/** By their paths in the folder: `data/iris`. */
export const names: readonly string[] = ['', 'data/', 'models/'].flatMap((room) =>
  readdirSync(folder + room).flatMap((file) => (file.endsWith('.grad') ? [room + file.slice(0, -'.grad'.length)] : [])),
);

export const sourceOf = (name: string): string => readFileSync(`${folder}${name}.grad`, 'utf8');

/** The commands in an example's comment, as lists of words. */
export const commandsOf = (name: string): string[][] =>
  [...sourceOf(name).matchAll(/^# +gradus (.*)$/gm)].map(([, command]) => command!.replaceAll('examples/', folder).split(' '));

/** The files that the commands in an example's comment give it. */
export const dataOf = (name: string): string[] => {
  const [command = []] = commandsOf(name);
  return command.flatMap((word, k) => (word === '--data' ? [word, command[k + 1]!] : []));
};

/** That a table has a column more is told, as text or as JSON. */
export const NOTHING_AMISS = /^(warning: \S+: not used: \S+\n|\{"warning":\{"message":"\S+: not used: \S+",.*\}\}\n)?$/;

/** What `train --json` prints. */
export interface Trained {
  readonly cost: number;
  readonly firstCost: number;
  readonly params: Readonly<Record<string, number | readonly number[]>>;
  readonly definitions: Readonly<Record<string, unknown>>;
  readonly epochs: number;
  readonly stopped: string;
  readonly metrics?: Readonly<Record<string, number>>;
  readonly test?: { readonly cost: number; readonly metrics: Readonly<Record<string, number>> };
  readonly classes?: Readonly<Record<string, readonly string[]>>;
  readonly fit?: {
    readonly squares?: number;
    readonly estimates: readonly { readonly name: string; readonly value: number; readonly error: number }[];
  };
}

/** The k-th command in an example's comment, run. */
export async function proposed(name: string, k = 0, ...more: string[]): Promise<Trained> {
  const { status, out, err } = await gradus([...commandsOf(name)[k]!, '--json', '--quiet', ...more]);
  expect(err).toMatch(NOTHING_AMISS);
  expect(status).toBe(0);
  return JSON.parse(out) as Trained;
}

/** In how many decimal digits two numbers agree. */
export const digits = (found: number, figure: number): number =>
  -Math.log10(Math.abs(found - figure) / Math.abs(figure) || 1e-16);
