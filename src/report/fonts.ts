/** KaTeX's own files, by their names below its folder `dist`. */
export interface KatexFiles {
  text(name: string): Promise<string>;
  base64(name: string): Promise<string>;
}

/** A rule of KaTeX's style sheet that sets a font, or the declaration of a font. */
const RULE = /([^{}]+)\{([^{}]*)\}/g;

/**
 * KaTeX's style sheet with the fonts that a page uses inside, as data URIs: about 25 kB and, for most pages, four fonts of
 * the twenty. A font is used if the classes of some selector that asks for it are on the page.
 */
export async function katexStyle(html: string, files: KatexFiles): Promise<string> {
  const css = await files.text('katex.min.css');
  const classes = new Set([...html.matchAll(/class="([^"]*)"/g)].flatMap(([, names]) => names!.split(/\s+/)));
  const used = new Set(['KaTeX_Main normal 400']);
  for (const [, selectors, body] of css.matchAll(RULE)) {
    const face = faceOf(body!);
    if (!face || selectors!.startsWith('@')) continue;
    const wanted = selectors!.split(',').some((s) => [...s.matchAll(/\.([\w-]+)/g)].every(([, name]) => classes.has(name!)));
    if (wanted) used.add(face);
  }
  const faces = [...css.matchAll(RULE)].filter(([, selector]) => selector === '@font-face');
  const fonts = await Promise.all(
    faces.filter(([, , body]) => used.has(faceOf(body!)!)).map(([, , body]) => fontFace(body!, files)),
  );
  return fonts.join('\n') + css.replaceAll(/@font-face\{[^}]*\}/g, '');
}

/** `KaTeX_Math italic 400`. */
function faceOf(body: string): string | undefined {
  const family = /font-family:"?(KaTeX_\w+)"?/.exec(body)?.[1] ?? /font:[^;]*(KaTeX_\w+)/.exec(body)?.[1];
  if (!family) return undefined;
  const slanted = /font-style:italic/.test(body) ? 'italic' : 'normal';
  return `${family} ${slanted} ${/font-weight:(\d+)/.exec(body)?.[1] ?? '400'}`;
}

/** The declaration with the font itself in place of its address. */
async function fontFace(body: string, files: KatexFiles): Promise<string> {
  const [, file = ''] = /url\(([^)]*\.woff2)\)/.exec(body) ?? [];
  const source = `src:url(data:font/woff2;base64,${await files.base64(file)}) format("woff2")`;
  return `@font-face{${body.replace(/src:.*$/, source)}}`;
}
