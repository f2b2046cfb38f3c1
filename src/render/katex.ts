import { GradusError } from '../language/diagnostics.ts';
import { unbroken, withoutMarks } from './unbroken.ts';

/** What is used of KaTeX. */
interface Katex {
  renderToString(
    tex: string,
    options: { displayMode: boolean; output: 'htmlAndMathml'; throwOnError: false; strict: false },
  ): string;
}

/** Longer formulas are shown as their text: nobody reads them, and they would take seconds to set. */
const LONGEST = 20_000;

let katex: Katex | undefined;

/** Hands KaTeX over, where it cannot be loaded when it is needed: in a browser. `gradus/html` does. */
export function provideKatex(given: Katex): void {
  katex = given;
}

/**
 * A formula as HTML by KaTeX, with MathML for those who listen. KaTeX takes longer to load than all of the engine, so it
 * is loaded for the first formula, not with the engine.
 */
export function typeset(tex: string, displayMode = false): string {
  if (tex.length > LONGEST) return `<code class="long">${escapeHtml(tex)}</code>`;
  katex ??= loaded();
  const html = katex.renderToString(unbroken(tex), { displayMode, output: 'htmlAndMathml', throwOnError: false, strict: false });
  return withoutMarks(html);
}

function loaded(): Katex {
  const modules = typeof process === 'undefined' ? undefined : process.getBuiltinModule?.('node:module');
  if (!modules) {
    throw new GradusError('unsupported', 'HTML needs KaTeX, which is not loaded', { hint: "import 'gradus/html' beforehand" });
  }
  const require = modules.createRequire(import.meta.url);
  return require('katex');
}

const ENTITIES: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', "'": '&#39;' };

/** Text for HTML and XML, in content and in attributes. */
export const escapeHtml = (text: string): string => text.replace(/[&<>"']/g, (c) => ENTITIES[c]!);
