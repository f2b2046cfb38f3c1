import { defineConfig, type Plugin } from 'vite';
import { DERIVATION_STYLE } from '../src/render/formats/html-style.ts';
import { PICTURE_STYLE } from '../src/report/style.ts';
import { firstView } from './build/first-view.ts';
import { late } from './build/late.ts';
import { offline } from './build/offline.ts';

/** The look of derivations, and of the pictures of reports, which the page shows too. */
const STYLES: Readonly<Record<string, string>> = {
  'virtual:derivation.css': DERIVATION_STYLE,
  'virtual:pictures.css': `.report { ${PICTURE_STYLE} }`,
};

const sharedStyles: Plugin = {
  name: 'shared-styles',
  resolveId: (id) => (Object.hasOwn(STYLES, id) ? `\0${id}` : undefined),
  load: (id) => STYLES[id.slice(1)],
};

/** Families that no formula of ours is set in: there is no \mathfrak, \mathsf, \mathscr or \mathtt among what is printed. */
const UNUSED = '(?:Fraktur|SansSerif|Script|Typewriter)';

/** Every browser that runs the page reads woff2: the other two forms of each font need not be shipped, nor what is not used. */
const usedFonts = (): Plugin => ({
  name: 'used-fonts',
  enforce: 'pre',
  transform(code, id) {
    if (/katex.*\.css/.test(id))
      return code
        .replace(/,url\([^)]*\.(?:woff|ttf)\) format\("(?:woff|truetype)"\)/g, '')
        .replace(new RegExp(`@font-face\\{[^}]*KaTeX_${UNUSED}[^}]*\\}`, 'g'), '');
    if (/katex\.mjs$/.test(id)) return code.replace(new RegExp(`\\n {2}"${UNUSED}-\\w+": \\{[^}]*\\},?`, 'g'), '');
    return undefined;
  },
});

/** What a derivation is made with is one script: it compresses better than twenty, and is there at once. */
const groups = [{ name: 'engine', test: /\/worker\/sheet\.ts$|virtual:late\// }];

/** A folder that any host serves: every path in it is relative. */
export default defineConfig({
  root: import.meta.dirname,
  base: './',
  oxc: { jsx: { runtime: 'automatic', importSource: 'preact' } },
  // The reader of quoted tables has a form that needs no machine.
  resolve: { alias: [{ find: /^csv-parse$/, replacement: `${import.meta.dirname}/src/worker/csv-parse.ts` }] },
  plugins: [sharedStyles, usedFonts(), firstView, offline],
  worker: {
    format: 'es',
    plugins: () => [late(), usedFonts()],
    rolldownOptions: { output: { comments: { legal: true, annotation: false, jsdoc: false }, codeSplitting: { groups } } },
  },
  build: {
    outDir: '../dist/page',
    emptyOutDir: true,
    target: 'es2023',
    modulePreload: { polyfill: false },
    assetsInlineLimit: 0,
    chunkSizeWarningLimit: 700,
  },
});
