import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { type Plugin, transformWithOxc } from 'vite';
import { engine, ROOT } from './engine.ts';
import { moduleOf, type Outer, type Statement, wordsIn } from './functions.ts';

/**
 * What the derivations of ordinary models do not call comes later, in a chunk of its own, with the tables that only it reads: why a
 * source is wrong, functions that are rare, recurrences, numbers. Nobody lists it: the engine is run while the page is built (`engine.ts`). Where such a function
 * was, there is one of the same name that calls it or, before it has come, throws what loads it (`src/worker/late.ts`).
 */

const SRC = `${ROOT}/src/`;
const RUNTIME = `${ROOT}/page/src/worker/late.ts`;

/** What is told in place of English: records, empty until they have come. */
const CHINESE: Readonly<Record<string, string>> = {
  'language/chinese/index.ts': '[]',
  'derivation/words/zh.ts': '{}',
};

/** A function that is shorter is not worth another in its place. */
const SHORT = 120;

const LATE = '\0late:';
const KEEPER = 'virtual:late/';
const PART = 'virtual:late-part/';

/** A module in two: what is there from the beginning, and what comes later. */
interface Split {
  readonly now: string;
  readonly later: string;
}

const splits = new Map<string, Split | undefined>();

/** Undefined for a module of which all is called, and for one that a derivation does not import. */
async function split(file: string): Promise<Split | undefined> {
  const { called, modules } = await engine();
  if (!modules.has(file) || file.startsWith('language/chinese/') || CHINESE[file] !== undefined) return undefined;
  if (!splits.has(file)) splits.set(file, halves(file, readFileSync(SRC + file, 'utf8'), called, [...modules].indexOf(file)));
  return splits.get(file);
}

function halves(file: string, text: string, called: ReadonlySet<string>, index: number): Split | undefined {
  const { statements, functions } = moduleOf(text);
  const variables = statements.flatMap(({ isVariable, names }) => (isVariable ? names : []));
  const isLate = ({ start, end, body, isBound }: Outer): boolean => {
    if (isBound || body.end - body.start < SHORT || called.has(`src/${file} ${start}`)) return false;
    const words = wordsIn(text.slice(start, end));
    return !variables.some((variable) => words.has(variable));
  };
  const late = functions.filter(isLate);
  if (late.length === 0) return undefined;
  // Short, since it stands twice for each; the same in each build.
  const nameOf = (each: Outer): string => `_${index.toString(36)}_${late.indexOf(each).toString(36)}`;
  const standIn = (each: Outer): string => {
    const work = `late.call('${nameOf(each)}', this, given)`;
    return each.isArrow ? `(...given) => ${work}` : `${each.head}(...given) { return ${work}; }`;
  };
  /** The text of a statement with what comes later replaced. */
  const withStandIns = ({ start, end }: Statement): string => {
    let now = text.slice(start, end);
    for (const each of late.filter((one) => one.start >= start && one.end <= end).toReversed())
      now = now.slice(0, each.start - start) + standIn(each) + now.slice(each.end - start);
    return now;
  };
  const there = neededNow(statements, withStandIns);
  const moved = statements.filter((one) => !there.has(one));
  const bodies = late
    .filter(({ start, end }) => !moved.some((one) => start >= one.start && end <= one.end))
    .map((each) => {
      const { isAsync, parameters, body } = each;
      const written = text.slice(body.start, body.end);
      const work = body.inBraces ? written : `{ return (${written}); }`;
      return `export ${isAsync ? 'async ' : ''}function ${nameOf(each)}(${parameters}) ${work}`;
    });
  const later = [...moved.map(({ start, end }) => text.slice(start, end)), ...bodies].join('\n');
  const words = wordsIn(later);
  const beside = [...there].map(({ names, ...one }) => ({ ...one, names: names.filter((name) => words.has(name)) }));
  const inner = beside.flatMap(({ isExported, names }) => (isExported ? [] : names));
  const used = beside.flatMap(({ names }) => names);
  const now = statements.filter((one) => there.has(one)).map(withStandIns);
  return {
    now: [`import { late } from '${KEEPER}rest';`, ...now, inner.length > 0 ? `export { ${inner.join(', ')} };` : ''].join('\n'),
    later: [
      ...statements.flatMap(({ isImport, start, end }) => (isImport ? [text.slice(start, end)] : [])),
      used.length > 0 ? `import { ${used.join(', ')} } from ${JSON.stringify(SRC + file)};` : '',
      later,
    ].join('\n'),
  };
}

/** Statements that are there from the beginning: all but what only others that come later refer to. Who sets a variable stays with it. */
function neededNow(statements: readonly Statement[], textOf: (statement: Statement) => string): ReadonlySet<Statement> {
  const variables = statements.flatMap(({ isVariable, names }) => (isVariable ? names : []));
  const sets = (one: Statement): boolean => {
    const words = variables.length > 0 ? wordsIn(textOf(one)) : undefined;
    return variables.some((variable) => words?.has(variable));
  };
  const there = new Set(statements.filter((one) => !one.isInner || sets(one)));
  const open = [...there];
  for (let next = open.pop(); next; next = open.pop()) {
    if (next.isImport) continue;
    const words = wordsIn(textOf(next));
    for (const other of statements) {
      if (there.has(other) || !other.names.some((name) => words.has(name))) continue;
      there.add(other);
      open.push(other);
    }
  }
  return there;
}

export const late = (): Plugin => ({
  name: 'late',
  enforce: 'pre',
  resolveId(source, importer) {
    if (source.startsWith(KEEPER) || source.startsWith(PART)) return `\0${source}`;
    if (source.startsWith(LATE)) return source;
    if (!importer || !source.startsWith('.')) return undefined;
    const from = importer.replace(LATE, '');
    const file = resolve(from, '..', source);
    if (importer.startsWith(LATE)) return file;
    return file.startsWith(SRC) && CHINESE[file.slice(SRC.length)] !== undefined && !from.startsWith(`\0${PART}`)
      ? `${LATE}${file}`
      : undefined;
  },
  async load(id) {
    if (id.startsWith(`\0${KEEPER}`)) {
      const part = JSON.stringify(PART + id.slice(KEEPER.length + 1));
      return `import { Late } from ${JSON.stringify(RUNTIME)};\nexport const late = new Late(() => import(${part}));`;
    }
    if (id.startsWith(`\0${PART}`)) return partOf(id.slice(PART.length + 1));
    if (!id.startsWith(LATE)) return undefined;
    const file = id.slice(LATE.length + SRC.length);
    if (CHINESE[file] !== undefined)
      return `import { late } from '${KEEPER}chinese';\nexport const chinese = late.filled('${recordOf(file)}', ${CHINESE[file]});`;
    return (await transformWithOxc((await split(file))!.later, SRC + file)).code;
  },
  async transform(_, id) {
    if (!id.startsWith(SRC) || !id.endsWith('.ts')) return undefined;
    const found = await split(id.slice(SRC.length));
    return found && { code: found.now, map: null };
  },
});

const recordOf = (file: string): string => file.replace(/\W/g, '_');

async function partOf(part: string): Promise<string> {
  if (part === 'chinese')
    return Object.keys(CHINESE)
      .map((file) => `export { chinese as ${recordOf(file)} } from ${JSON.stringify(SRC + file)};`)
      .join('\n');
  const { modules } = await engine();
  const found = await Promise.all([...modules].map(async (file) => ((await split(file)) ? [file] : [])));
  return found
    .flat()
    .map((file) => `export * from ${JSON.stringify(LATE + SRC + file)};`)
    .join('\n');
}
