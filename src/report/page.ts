import { escapeHtml } from '../render/katex.ts';
import { type KatexFiles, katexStyle } from './fonts.ts';
import { withSharedStyles } from './shared-styles.ts';
import { STYLE } from './style.ts';

export interface PageSection {
  readonly id: string;
  readonly title: string;
  readonly body: string;
  /** Closed at first: its title opens it. */
  readonly isFolded?: true;
}

/** A page that needs nothing besides itself: style and fonts are in it, and it has no script. */
export async function page(title: string, lang: string, sections: readonly PageSection[], files: KatexFiles): Promise<string> {
  const links = sections.map(({ id, title: name }) => `<li><a href="#${id}">${escapeHtml(name)}</a></li>`);
  const bodies = sections.map(({ id, title: name, body, isFolded }) => {
    const heading = `<h2 id="${id}-heading">${escapeHtml(name)}</h2>`;
    const content = isFolded ? `<details><summary>${heading}</summary>\n${body}\n</details>` : `${heading}\n${body}`;
    return `<section id="${id}" aria-labelledby="${id}-heading">\n${content}\n</section>`;
  });
  const content = `<main>\n<h1>${escapeHtml(title).replaceAll('/', '/<wbr>')}</h1>\n<nav aria-label="${escapeHtml(title)}"><ul>${links.join('')}</ul></nav>\n${bodies.join('\n')}\n</main>`;
  const { html, rules } = withSharedStyles(content);
  return `<!DOCTYPE html>
<html lang="${lang}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<title>${escapeHtml(title)}</title>
<link rel="icon" href="data:,">
<style>${await katexStyle(content, files)}${STYLE}${rules}</style>
</head>
<body>
${html}
</body>
</html>
`;
}
