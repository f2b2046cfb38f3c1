import katex from 'katex';
import { provideKatex } from '../../../src/render/katex.ts';

/** An edit changes few formulas of a page: those that were set are kept, the oldest given up. */
const MOST = 4000;
const set = new Map<string, string>();

/** Imported for its effect: formulas are typeset in the worker. */
provideKatex({
  renderToString(tex, options) {
    const key = options.displayMode ? `$${tex}` : tex;
    const known = set.get(key);
    if (known !== undefined) return known;
    const html = katex.renderToString(tex, options);
    set.set(key, html);
    if (set.size > MOST) set.delete(set.keys().next().value!);
    return html;
  },
});
