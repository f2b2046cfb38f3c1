import { mkdirSync, readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { build } from 'esbuild';
import type { Answer, Beside, Reading } from '../src/engine/protocol.ts';
import { FIRST } from '../src/first.ts';
import { moduleOf } from './functions.ts';

/** The engine as the worker has it, run while the page is built: to see what a first derivation calls, and what it says. */

export const ROOT = resolve(import.meta.dirname, '../..');
const SRC = `${ROOT}/src/`;
/** For what is run while the page is built: it finds its packages from there. */
export const FOLDER = `${ROOT}/node_modules/.gradus-page`;

export interface Engine {
  answer(reading: Reading): Answer | Promise<Answer>;
  beside(reading: Reading): Beside;
  /** The functions that ordinary models call, as `src/…/file.ts 120`, where it begins. */
  readonly called: ReadonlySet<string>;
  /** The modules that a derivation imports, from `src` on. */
  readonly modules: ReadonlySet<string>;
}

/** What most people come with. */
const ORDINARY = [
  FIRST,
  'x^2*sin(x)',
  ...['xor-hidden', 'logistic', 'softmax-regression', 'least-squares', 'ridge', 'models/attention'].map((name) =>
    readFileSync(`${ROOT}/examples/${name}.grad`, 'utf8'),
  ),
];

const ENTRY = "export { answer } from './sheet.ts'; export { beside } from './beside.ts';";

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
        setup: ({ onLoad }) =>
          onLoad({ filter: /\.ts$/ }, ({ path }) =>
            path.startsWith(SRC)
              ? { contents: telling(path.slice(ROOT.length + 1), readFileSync(path, 'utf8')), loader: 'ts' }
              : undefined,
          ),
      },
    ],
  });
  const { answer, beside } = (await import(pathToFileURL(outfile).href)) as Pick<Engine, 'answer' | 'beside'>;
  for (const source of ORDINARY)
    for (const notation of ['auto', 'matrix', 'index'] as const) {
      await answer({ source, lang: 'en', notation });
    }
  // What stands beside the rows is asked for when they are painted, and by then the rest is on its way.
  const modules = Object.keys(metafile.inputs)
    .flatMap((name) => (name.startsWith('src/') ? [name.slice('src/'.length)] : []))
    .sort();
  return {
    answer,
    beside,
    modules: new Set(modules),
    called: (globalThis as unknown as { gradusCalled: Set<string> }).gradusCalled,
  };
}

/** A module whose functions tell that they are called. */
function telling(file: string, text: string): string {
  let told = text;
  for (const { start, body } of moduleOf(text).functions.toReversed()) {
    const tell = `gradusCalled.add(${JSON.stringify(`${file} ${start}`)})`;
    told = body.inBraces
      ? `${told.slice(0, body.start + 1)} ${tell}; ${told.slice(body.start + 1)}`
      : `${told.slice(0, body.start)}(${tell}, ${told.slice(body.start, body.end)})${told.slice(body.end)}`;
  }
  return told;
}
