import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { type Plugin, transformWithOxc } from 'vite';
import { calledAs, engine, ROOT } from './engine.ts';
import { halves } from './halves.ts';

/**
 * What the derivations of ordinary models do not call comes later, with the tables that only it reads: why a source is wrong, functions
 * that are rare, recurrences, numbers; and what not even a first network calls, before that. Nobody lists it: the engine is run while
 * the page is built (`engine.ts`). Where such a function was, there is one of the same name that calls it or, before it has come,
 * throws what loads it (`src/worker/late.ts`).
 */

const HERE = `${ROOT}/`;
const RUNTIME = `${ROOT}/page/src/worker/late.ts`;

/** What is told in place of English: records, empty until they have come. */
const CHINESE: Readonly<Record<string, string>> = {
  'src/language/chinese/index.ts': '[]',
  'src/derivation/words/zh.ts': '{}',
};

/** The parts, what is wanted least first, and what is called without each. */
const PARTS = { rest: 'ordinary', ordinary: 'first' } as const;
type Part = keyof typeof PARTS;

const LATE = /^\0late:(?<part>\w+):/;
const lateId = (part: string, path: string): string => `\0late:${part}:${path}`;
const KEEPER = 'virtual:late/';
const PART = 'virtual:late-part/';

/** A module in pieces: what is there from the beginning, and what of it comes with each part. */
interface Split {
  readonly now: string;
  readonly later: ReadonlyMap<string, string>;
}

const splits = new Map<string, Split>();

/** Undefined for what a derivation does not import. */
async function split(file: string): Promise<Split | undefined> {
  const known = splits.get(file);
  if (known) return known;
  const { called, modules } = await engine();
  if (!modules.has(file) || file.startsWith('src/language/chinese/') || CHINESE[file] !== undefined) return undefined;
  const later = new Map<string, string>();
  let now = readFileSync(HERE + file, 'utf8');
  for (const [part, before] of Object.entries(PARTS) as [Part, 'first' | 'ordinary'][]) {
    const found = halves(now, {
      path: HERE + file,
      index: [...modules].indexOf(file),
      part,
      keeper: KEEPER + part,
      isWanted: (one) => called[before].has(calledAs(file, one)),
      pinned: pinned(modules),
    });
    if (!found) continue;
    now = found.now;
    later.set(part, found.later);
  }
  const made = { now, later };
  splits.set(file, made);
  return made;
}

let found: ReadonlySet<string> | undefined;

/** Classes that others extend, or that something is asked of. */
function pinned(modules: ReadonlySet<string>): ReadonlySet<string> {
  found ??= new Set(
    [...modules].flatMap((file) =>
      [...readFileSync(HERE + file, 'utf8').matchAll(/\b(?:instanceof|extends)\s+(\w+)|\b([A-Z]\w*)\s*\./g)].map(
        ([, base, asked]) => base ?? asked!,
      ),
    ),
  );
  return found;
}

export const late = (): Plugin => ({
  name: 'late',
  enforce: 'pre',
  resolveId(source, importer) {
    if (source.startsWith(KEEPER) || source.startsWith(PART)) return `\0${source}`;
    if (LATE.test(source)) return source;
    if (!importer || !source.startsWith('.')) return undefined;
    const from = importer.replace(LATE, '');
    const file = resolve(from, '..', source);
    if (LATE.test(importer)) return file;
    return file.startsWith(HERE) && CHINESE[file.slice(HERE.length)] !== undefined && !from.startsWith(`\0${PART}`)
      ? lateId('chinese', file)
      : undefined;
  },
  async load(id) {
    if (id.startsWith(`\0${KEEPER}`)) {
      const part = JSON.stringify(PART + id.slice(KEEPER.length + 1));
      return `import { Late } from ${JSON.stringify(RUNTIME)};\nexport const late = new Late(() => import(${part}));`;
    }
    if (id.startsWith(`\0${PART}`)) return partOf(id.slice(PART.length + 1));
    const { part } = LATE.exec(id)?.groups ?? {};
    if (part === undefined) return undefined;
    const path = id.replace(LATE, '');
    const file = path.slice(HERE.length);
    if (part === 'chinese')
      return `import { late } from '${KEEPER}chinese';\nexport const chinese = late.filled('${recordOf(file)}', ${CHINESE[file]});`;
    return (await transformWithOxc((await split(file))!.later.get(part)!, path)).code;
  },
  async transform(_, id) {
    if (!id.startsWith(HERE)) return undefined;
    const found = await split(id.slice(HERE.length));
    return found && found.later.size > 0 ? { code: found.now, map: null } : undefined;
  },
});

const recordOf = (file: string): string => file.replace(/\W/g, '_');

async function partOf(part: string): Promise<string> {
  if (part === 'chinese')
    return Object.keys(CHINESE)
      .map((file) => `export { chinese as ${recordOf(file)} } from ${JSON.stringify(HERE + file)};`)
      .join('\n');
  const { modules } = await engine();
  const those = await Promise.all([...modules].map(async (file) => ((await split(file))?.later.has(part) ? [file] : [])));
  return those
    .flat()
    .map((file) => `export * from ${JSON.stringify(lateId(part, HERE + file))};`)
    .join('\n');
}
