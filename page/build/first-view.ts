import { readFileSync } from 'node:fs';
import { pathToFileURL } from 'node:url';
import { build } from 'esbuild';
import { minifySync, type Plugin } from 'vite';
import type { Answer } from '../src/engine/protocol.ts';
import { engine, FOLDER, ROOT } from './engine.ts';

interface Prerender {
  readonly FIRST: string;
  prerendered(answer: Answer): string;
}

/** What the page's modules look at when they are loaded, as a first visitor has it. */
const BROWSER = { navigator: { language: 'en' }, document: { documentElement: { lang: '', dataset: {} } } };

/** Writes the first example into the document, derived, and the script that says whether it is meant. */
export const firstView: Plugin = {
  name: 'first-view',
  apply: 'build',
  transformIndexHtml: {
    order: 'post',
    async handler(html) {
      const { FIRST, prerendered } = await page();
      const answer = await (await engine()).answer({ source: FIRST, lang: 'en', notation: 'auto' });
      if (!('sheet' in answer)) throw new Error(answer.trouble.message);
      const data = JSON.stringify(answer.sheet).replaceAll('<', '\\u003c');
      return html
        .replace('<div id="page"></div>', () => `<div id="page">${prerendered(answer)}</div>`)
        .replace('</body>', () => `<script type="application/json" id="first-view">${data}</script></body>`)
        .replace('<meta charset="utf-8" />', '<meta charset="utf-8" /><script src="./early.js"></script>');
    },
  },
  async generateBundle() {
    const text = readFileSync(`${ROOT}/page/src/early.js`, 'utf8');
    this.emitFile({ type: 'asset', fileName: 'early.js', source: minifySync('early.js', text).code });
  },
};

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
