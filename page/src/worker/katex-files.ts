import style from 'katex/dist/katex.min.css?raw';
import type { KatexFiles } from '../../../src/report/fonts.ts';

/** The fonts are those that the page is set with: they are there already. */
const fonts = import.meta.glob<string>(
  [
    '../../../node_modules/katex/dist/fonts/*.woff2',
    '!../../../node_modules/katex/dist/fonts/KaTeX_{Fraktur,SansSerif,Script,Typewriter}-*',
  ],
  {
    query: '?url',
    import: 'default',
    eager: true,
  },
);
const addresses = new Map(Object.entries(fonts).map(([path, address]) => [path.slice(path.lastIndexOf('/') + 1), address]));

/** KaTeX's files as the page has them. */
export const katexFiles: KatexFiles = {
  text: async () => style,
  base64: async (name) => {
    const answer = await fetch(addresses.get(name.slice(name.lastIndexOf('/') + 1))!);
    const bytes = new Uint8Array(await answer.arrayBuffer());
    let text = '';
    for (const byte of bytes) text += String.fromCharCode(byte);
    return btoa(text);
  },
};
