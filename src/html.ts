import katex from 'katex';
import { provideKatex } from './render/katex.ts';

/** Imported for its effect: `toHtml()` then works where modules cannot be loaded on demand, as in a browser. */
provideKatex(katex);
