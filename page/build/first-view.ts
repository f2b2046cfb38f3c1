import { readFileSync } from 'node:fs';
import { pathToFileURL } from 'node:url';
import { build } from 'esbuild';
import { minifySync, type Plugin, type Rolldown } from 'vite';
import type { Answer, Beside } from '../src/engine/protocol.ts';
import { engine, FOLDER, ROOT } from './engine.ts';

interface Prerender {
  readonly FIRST: string;
  prerendered(answer: Answer, beside: Beside): string;
}

/** What the page's modules look at when they are loaded, as a first visitor has it. */
const BROWSER = { navigator: { language: 'en' }, document: { documentElement: { lang: '', dataset: {} } } };

/** Writes the first example into the document, derived, and the script that says whether it is meant. */
export const firstView: Plugin = {
  name: 'first-view',
  apply: 'build',
  transformIndexHtml: {
    order: 'post',
    async handler(html, { bundle = {} }) {
      const { FIRST, prerendered } = await page();
      const { answer: derived, beside: told } = await engine();
      const reading = { source: FIRST, lang: 'en', notation: 'auto' } as const;
      const answer = await derived(reading);
      if (!('sheet' in answer)) throw new Error(answer.trouble.message);
      const beside = told(reading);
      const data = JSON.stringify({ sheet: answer.sheet, beside }).replaceAll('<', '\\u003c');
      return html
        .replace('<div id="page"></div>', () => `<div id="page">${prerendered(answer, beside)}</div>`)
        .replace('</body>', () => `<script type="application/json" id="first-view">${data}</script></body>`)
        .replace('<meta charset="utf-8" />', `<meta charset="utf-8" /><script src="./early.js"${needed(bundle)}></script>`);
    },
  },
  async generateBundle() {
    const text = readFileSync(`${ROOT}/page/src/early.js`, 'utf8');
    this.emitFile({ type: 'asset', fileName: 'early.js', source: minifySync('early.js', text).code });
  },
};

type Bundle = Rolldown.OutputBundle;

/** The fonts that every formula is set in. */
const FONTS = /\/KaTeX_(?:Main-Regular|Math-Italic|Main-Italic)-[\w-]+\.woff2$/;

/** What the script that comes first begins: the worker with all that it imports, or the fonts of what is there. */
function needed(bundle: Bundle): string {
  const names = Object.keys(bundle);
  const find = (pattern: RegExp): string[] => names.filter((name) => pattern.test(name));
  const [worker] = find(/^assets\/main-[\w-]+\.js$/);
  const engine = importsOf(find(/^assets\/(?:main|typeset)-[\w-]+\.js$/), bundle);
  const list = (files: Iterable<string>): string => [...files].map((file) => `./${file}`).join(' ');
  return ` data-worker="./${worker}" data-engine="${list(engine)}" data-fonts="${list(find(FONTS))}"`;
}

/** Scripts with all that they import, but for what they load later. */
function importsOf(files: readonly string[], bundle: Bundle, found = new Set<string>()): Set<string> {
  for (const file of files) {
    if (found.has(file)) continue;
    found.add(file);
    const part = bundle[file];
    const text = part?.type === 'asset' ? String(part.source) : '';
    const imports = text.matchAll(/(?:\bfrom|\bimport)\s*["'`]\.\/([\w.-]+\.js)["'`]/g);
    importsOf(
      [...imports].map(([, name]) => `assets/${name}`),
      bundle,
      found,
    );
  }
  return found;
}

async function page(): Promise<Prerender> {
  for (const [name, value] of Object.entries(BROWSER)) Object.defineProperty(globalThis, name, { value, configurable: true });
  const outdir = `${FOLDER}/page-${process.pid}`;
  try {
    await build({
      entryPoints: [`${ROOT}/page/src/prerender.tsx`],
      bundle: true,
      platform: 'node',
      format: 'esm',
      loader: { '.csv': 'text', '.grad': 'text' },
      jsx: 'automatic',
      jsxImportSource: 'preact',
      packages: 'external',
      outdir,
      outExtension: { '.js': '.mjs' },
      // What the page loads later stays apart, since it looks for a browser.
      splitting: true,
      logLevel: 'error',
    });
    return (await import(pathToFileURL(`${outdir}/prerender.mjs`).href)) as Prerender;
  } finally {
    for (const name of Object.keys(BROWSER)) Reflect.deleteProperty(globalThis, name);
  }
}
