/** Where a formula may not break: KaTeX breaks lines after signs of operations and relations, also within parentheses. */

const TOKEN = /\\(?:left|right)\s*(?:\\[a-zA-Z]+|\\.|.)|\\[a-zA-Z]+|\\.|[\s\S]/g;
/** What a line may end with. */
const SIGNS = new Set(['+', '-', '=', '<', '>', '\\cdot', '\\odot', '\\oslash', '\\otimes', '\\times', '\\circ', '\\pm']);
const RELATIONS = new Set(['\\le', '\\ge', '\\leq', '\\geq', '\\ne', '\\neq', '\\to', '\\in', '\\land', '\\lor', '\\approx']);

const STAY = '\\nobreak ';

/** A formula in which lines end outside of parentheses only: ln(1 + x²) stays in one. */
export function unbroken(tex: string): string {
  if (!tex.includes('(')) return tex;
  let braces = 0;
  let parentheses = 0;
  return tex.replace(TOKEN, (token) => {
    if (token === '{') braces++;
    else if (token === '}') braces--;
    else if (braces > 0) return token;
    else if (token === '(') parentheses++;
    else if (token === ')') parentheses = Math.max(0, parentheses - 1);
    else if (parentheses > 0 && (SIGNS.has(token) || RELATIONS.has(token))) return `${token}${STAY}`;
    return token;
  });
}

/** What has been set, without the marks, which have done their work. */
export const withoutMarks = (html: string): string =>
  html.replaceAll(STAY, '').replace(/<mspace><\/mspace>|<span class="mspace nobreak"><\/span>/g, '');
