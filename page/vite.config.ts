import { defineConfig, type Plugin } from 'vite';
import { DERIVATION_STYLE } from '../src/render/formats/html-style.ts';
import { firstView } from './build/first-view.ts';
import { late } from './build/late.ts';
import { offline } from './build/offline.ts';

const STYLE = 'virtual:derivation.css';

/** The look of derivations, which reports have too. */
const derivationStyle: Plugin = {
  name: 'derivation-style',
  resolveId: (id) => (id === STYLE ? `\0${STYLE}` : undefined),
  load: (id) => (id === `\0${STYLE}` ? DERIVATION_STYLE : undefined),
};

/** Every browser that runs the page reads woff2: the other two forms of each font need not be shipped. */
const oneFontFormat: Plugin = {
  name: 'one-font-format',
  enforce: 'pre',
  transform: (code, id) =>
    /katex.*\.css/.test(id) ? code.replace(/,url\([^)]*\.(?:woff|ttf)\) format\("(?:woff|truetype)"\)/g, '') : undefined,
};

/** A folder that any host serves: every path in it is relative. */
export default defineConfig({
  root: import.meta.dirname,
  base: './',
  oxc: { jsx: { runtime: 'automatic', importSource: 'preact' } },
  // The reader of quoted tables has a form that needs no machine.
  resolve: { alias: [{ find: /^csv-parse$/, replacement: `${import.meta.dirname}/src/worker/csv-parse.ts` }] },
  plugins: [derivationStyle, oneFontFormat, firstView, offline],
  worker: { format: 'es', plugins: () => [late()] },
  build: {
    outDir: '../dist/page',
    emptyOutDir: true,
    target: 'es2023',
    modulePreload: { polyfill: false },
    assetsInlineLimit: 0,
    chunkSizeWarningLimit: 700,
  },
});
