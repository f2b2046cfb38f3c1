import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { type Plugin, transformWithOxc } from 'vite';
import { calledAs, engine, ROOT } from './engine.ts';
import { halves, standInName } from './halves.ts';

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

interface Splits {
  /** Of what a derivation imports. */
  readonly modules: ReadonlyMap<string, Split>;
  /** How many stand-ins each part has. */
  readonly counts: Readonly<Record<Part, number>>;
}

let made: Promise<Splits> | undefined;

const splits = (): Promise<Splits> => {
  made ??= split();
  return made;
};

async function split(): Promise<Splits> {
  const { called, modules } = await engine();
  const counts = { rest: 0, ordinary: 0 };
  const pinned = pinnedIn(modules);
  const files = [...modules].filter((file) => !file.startsWith('src/language/chinese/') && CHINESE[file] === undefined);
  const pieces = files.map((file): [string, Split] => {
    const later = new Map<string, string>();
    let now = readFileSync(HERE + file, 'utf8');
    for (const [part, before] of Object.entries(PARTS) as [Part, 'first' | 'ordinary'][]) {
      const found = halves(now, {
        path: HERE + file,
        next: () => counts[part]++,
        part,
        keeper: KEEPER + part,
        isWanted: (one) => called[before].has(calledAs(file, one)),
        pinned,
      });
      if (!found) continue;
      now = found.now;
      later.set(part, found.later);
    }
    return [file, { now, later }];
  });
  return { modules: new Map(pieces), counts };
}

/** Classes that others extend, or that do so, as errors that are caught by their kind; or that something else is asked of. */
const PINNED = /\bclass\s+(\w+)\s+extends\s+(\w+)|\binstanceof\s+(\w+)|\b([A-Z]\w*)\s*\./g;

const pinnedIn = (modules: ReadonlySet<string>): ReadonlySet<string> =>
  new Set(
    [...modules].flatMap((file) =>
      [...readFileSync(HERE + file, 'utf8').matchAll(PINNED)].flatMap(([, ...names]) => names.filter(Boolean)),
    ),
  );

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
    if (id.startsWith(`\0${KEEPER}`)) return keeperOf(id.slice(KEEPER.length + 1));
    if (id.startsWith(`\0${PART}`)) return partOf(id.slice(PART.length + 1));
    const { part } = LATE.exec(id)?.groups ?? {};
    if (part === undefined) return undefined;
    const path = id.replace(LATE, '');
    const file = path.slice(HERE.length);
    if (part === 'chinese')
      return `import { late } from '${KEEPER}chinese';\nexport const chinese = late.filled('${recordOf(file)}', ${CHINESE[file]});`;
    return (await transformWithOxc((await splits()).modules.get(file)!.later.get(part)!, path)).code;
  },
  async transform(_, id) {
    if (!id.startsWith(HERE)) return undefined;
    const found = (await splits()).modules.get(id.slice(HERE.length));
    return found && found.later.size > 0 ? { code: found.now, map: null } : undefined;
  },
});

const recordOf = (file: string): string => file.replace(/\W/g, '_');

async function partOf(part: string): Promise<string> {
  if (part === 'chinese')
    return Object.keys(CHINESE)
      .map((file) => `export { chinese as ${recordOf(file)} } from ${JSON.stringify(HERE + file)};`)
      .join('\n');
  const { modules } = await splits();
  return [...modules]
    .filter(([, { later }]) => later.has(part))
    .map(([file]) => `export * from ${JSON.stringify(lateId(part, HERE + file))};`)
    .join('\n');
}

/** What keeps a part, and stands for its functions: it imports nothing, and so is there before all who ask. */
async function keeperOf(part: string): Promise<string> {
  const { counts } = await splits();
  const count = part === 'chinese' ? 0 : counts[part as Part];
  const names = Array.from({ length: count }, (_, k) => standInName(part, k));
  return [
    `import { Late } from ${JSON.stringify(RUNTIME)};`,
    `export const late = new Late(() => import(${JSON.stringify(PART + part)}));`,
    count > 0 ? `export const [${names.join(', ')}] = late.standIns('${part}');` : '',
  ].join('\n');
}
