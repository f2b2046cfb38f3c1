import { mkdirSync, readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { build } from 'esbuild';
import type { Answer, Beside, Reading } from '../src/engine/protocol.ts';
import { FIRST } from '../src/first.ts';
import { moduleOf } from './functions.ts';

/** The engine as the worker has it, run while the page is built: to see what a first derivation calls, and what it says. */

export const ROOT = resolve(import.meta.dirname, '../..');
/** What is taken apart besides the engine's own modules: an exact number has more methods than anybody calls. */
const PACKAGES: Readonly<Record<string, string>> = { 'fraction.js': 'node_modules/fraction.js/dist/fraction.mjs' };
/** For what is run while the page is built: it finds its packages from there. */
export const FOLDER = `${ROOT}/node_modules/.gradus-page`;

export interface Engine {
  answer(reading: Reading): Answer | Promise<Answer>;
  beside(reading: Reading): Beside;
  /** The functions that what most people come with calls, as `calledAs` has them. */
  readonly called: Readonly<Record<'first' | 'ordinary', ReadonlySet<string>>>;
  /** The modules that a derivation imports, as `src/…/file.ts`. */
  readonly modules: ReadonlySet<string>;
}

const example = (name: string): string => readFileSync(`${ROOT}/examples/${name}.grad`, 'utf8');

/** What is there at once: a function of one number, and networks of layers with the usual costs. */
const FIRSTS = [FIRST, 'x^2*sin(x)', example('xor-hidden'), example('logistic')];

/** What most others come with. */
const ORDINARY = [...FIRSTS, ...['softmax-regression', 'least-squares', 'ridge', 'models/attention'].map(example)];

/** A function of a module by its text, since where it begins changes when others are taken out; a class by its name. */
export const calledAs = (file: string, what: string): string => `${file} ${what}`;

const ENTRY = "import './typeset.ts'; export { answer } from './sheet.ts'; export { beside } from './beside.ts';";

const isTakenApart = (file: string): boolean => file.startsWith('src/') || Object.values(PACKAGES).includes(file);

let made: Promise<Engine> | undefined;

export function engine(): Promise<Engine> {
  made ??= begun();
  return made;
}

async function begun(): Promise<Engine> {
  mkdirSync(FOLDER, { recursive: true });
  const outfile = `${FOLDER}/engine-${process.pid}.mjs`;
  const { metafile } = await build({
    metafile: true,
    absWorkingDir: ROOT,
    stdin: { contents: ENTRY, resolveDir: `${ROOT}/page/src/worker`, loader: 'ts' },
    bundle: true,
    // What a module calls when it is loaded counts, whether another bundler would drop it or not.
    treeShaking: false,
    platform: 'node',
    format: 'esm',
    packages: 'external',
    outfile,
    logLevel: 'error',
    banner: { js: 'globalThis.gradusCalled = new Set();' },
    plugins: [
      {
        name: 'called',
        setup: ({ onLoad, onResolve }) => {
          onResolve({ filter: /^[\w.-]+$/ }, ({ path }) => (PACKAGES[path] ? { path: `${ROOT}/${PACKAGES[path]}` } : undefined));
          onLoad({ filter: /\.m?[tj]s$/ }, ({ path }) => {
            const file = path.slice(ROOT.length + 1);
            return isTakenApart(file) ? { contents: telling(file, readFileSync(path, 'utf8')), loader: 'ts' } : undefined;
          });
        },
      },
    ],
  });
  const { answer, beside } = (await import(pathToFileURL(outfile).href)) as Pick<Engine, 'answer' | 'beside'>;
  const { gradusCalled } = globalThis as unknown as { gradusCalled: Set<string> };
  for (const source of FIRSTS) await answer({ source, lang: 'en', notation: 'auto' });
  const first = new Set(gradusCalled);
  for (const source of ORDINARY)
    for (const notation of ['auto', 'matrix', 'index'] as const) {
      await answer({ source, lang: 'en', notation });
    }
  // What stands beside the rows is asked for when they are painted, and by then the rest is on its way.
  const modules = Object.keys(metafile.inputs).filter(isTakenApart).sort();
  return {
    answer,
    beside,
    modules: new Set(modules),
    called: { first, ordinary: gradusCalled },
  };
}

/** A module whose functions tell that they are called, and its classes that something is made of them. */
function telling(file: string, text: string): string {
  const { functions, statements } = moduleOf(text);
  const tell = (what: string): string => `gradusCalled.add(${JSON.stringify(calledAs(file, what))})`;
  const told = [
    ...functions.flatMap(({ start, end, body }) => {
      const called = tell(text.slice(start, end));
      return body.inBraces
        ? [{ at: body.start + 1, put: ` ${called}; ` }]
        : [
            { at: body.start, put: `(${called}, ` },
            { at: body.end, put: ')' },
          ];
    }),
    ...statements.flatMap(({ names, members }) =>
      members === undefined ? [] : [{ at: members, put: ` #told = ${tell(names[0]!)}; ` }],
    ),
  ];
  return told.sort((a, b) => b.at - a.at).reduce((whole, { at, put }) => whole.slice(0, at) + put + whole.slice(at), text);
}
