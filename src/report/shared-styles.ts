/** What is said once for all: an inline style of several spans as a class of them. */

/** Of fewer spans the rule would be as long as what it saves. */
const FEWEST = 3;

const SPAN = /<span(?: class="([^"]*)")? style="([^"]*)"/g;

/**
 * Formulas that KaTeX has set repeat the same few heights and margins thousands of times, a tenth of a page.
 * @returns the page with classes for styles that several spans have, and the rules of these
 */
export function withSharedStyles(html: string): { readonly html: string; readonly rules: string } {
  const counts = new Map<string, number>();
  for (const [, , style] of html.matchAll(SPAN)) counts.set(style!, (counts.get(style!) ?? 0) + 1);
  const shared = [...counts].filter(([, count]) => count >= FEWEST).map(([style]) => style);
  const names = new Map(shared.map((style, k) => [style, `ks${k.toString(36)}`]));
  return {
    html: html.replace(SPAN, (whole, own: string | undefined, style: string) => {
      const name = names.get(style);
      return name === undefined ? whole : `<span class="${own === undefined ? name : `${own} ${name}`}"`;
    }),
    // A style of an element itself is stronger than any rule: so are these than what a style sheet says of the kind.
    rules: [...names].map(([style, name]) => `.${name}.${name}.${name}{${style}}`).join(''),
  };
}
