import { createHash } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { transformSync } from 'esbuild';
import { type Change, RULES } from './changes.ts';
import { nodes } from './syntax.ts';

/** One change of one file of the source. */
export interface Mutant extends Change {
  readonly file: string;
  readonly line: number;
  /** The line as it stands and as it becomes: these name the mutant whatever stands above it. */
  readonly before: string;
  readonly after: string;
}

/** A mutant with its place in the draw, which is its own. */
export interface Drawn extends Mutant {
  readonly lot: string;
}

/** Every mutant of a source. */
export function* mutants(file: string, source: string): Generator<Mutant> {
  for (const { node, around } of nodes(source)) {
    const rule = Object.hasOwn(RULES, node.type) ? RULES[node.type] : undefined;
    for (const change of rule?.({ node, around, source }) ?? []) {
      const from = source.lastIndexOf('\n', change.start - 1) + 1;
      const until = (source.indexOf('\n', change.end) + 1 || source.length + 1) - 1;
      const before = source.slice(from, until);
      const after = `${source.slice(from, change.start)}${change.text}${source.slice(change.end, until)}`;
      const line = source.slice(0, change.start).split('\n').length;
      yield { ...change, file, line, before: one(before), after: one(after) };
    }
  }
}

const one = (lines: string): string => lines.trim().replace(/\s*\n\s*/g, ' ');

export const mutated = (source: string, { start, end, text }: Change): string =>
  source.slice(0, start) + text + source.slice(end);

/**
 * The source with a call in front of each probe, which says that it was reached. Probes may hold one another: what
 * opens first closes last.
 */
export function probed(source: string, probes: readonly { readonly id: number; readonly probe: Change['probe'] }[]): string {
  const spans = [...probes].sort((a, b) => a.probe.start - b.probe.start || b.probe.end - a.probe.end);
  const pieces = spans.flatMap(({ id, probe }, order) => [
    { at: probe.start, order, text: `(globalThis.$reached?.(${id}), ` },
    { at: probe.end, order: -order - 1, text: ')' },
  ]);
  pieces.sort((a, b) => a.at - b.at || a.order - b.order);
  let [out, from] = ['', 0];
  for (const { at, text } of pieces) {
    out += source.slice(from, at) + text;
    from = at;
  }
  return out + source.slice(from);
}

/**
 * A sample by seed. Each mutant has its place in the draw by its own text, so that a change elsewhere in the source leaves
 * the sample as it was. What compiles to the same program is not drawn.
 */
export function sample(folders: readonly string[], seed: number, count: number): Drawn[] {
  const sources = new Map<string, string>();
  const drawn: Drawn[] = [];
  for (const file of folders.flatMap(filesOf)) {
    const source = readFileSync(file, 'utf8');
    sources.set(file, source);
    const seen = new Map<string, number>();
    for (const mutant of mutants(file, source)) {
      const own = `${file} ${mutant.before} ${mutant.after}`;
      const nth = seen.get(own) ?? 0;
      seen.set(own, nth + 1);
      drawn.push({ ...mutant, lot: createHash('sha1').update(`${seed} ${nth} ${own}`).digest('hex') });
    }
  }
  drawn.sort((a, b) => (a.lot < b.lot ? -1 : 1));
  const taken: Drawn[] = [];
  for (const mutant of drawn) {
    if (taken.length === count) break;
    const source = sources.get(mutant.file)!;
    if (compiled(mutated(source, mutant)) !== compiled(source)) taken.push(mutant);
  }
  return taken;
}

const compiled = (source: string): string => transformSync(source, { loader: 'ts', minify: true }).code;

const filesOf = (folder: string): string[] =>
  readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((file) => file.endsWith('.ts'))
    .sort()
    .map((file) => `${folder}/${file}`);
