/**
 * Text from elsewhere (names of files, cells, keys, sources) on its way to a terminal. Characters that move the cursor,
 * change colours or titles, turn the direction of writing (https://www.unicode.org/reports/tr36/#Bidirectional_Text_Spoofing)
 * or cannot be seen at all are written as escapes, which are also those of JSON.
 */
const UNSEEN = /[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}\p{Default_Ignorable_Code_Point}]/gu;

const SHORT: Readonly<Record<string, string>> = { '\n': '\\n', '\r': '\\r', '\t': '\\t' };

const escaped = (character: string): string =>
  SHORT[character] ??
  Array.from({ length: character.length }, (_, k) => `\\u${character.charCodeAt(k).toString(16).padStart(4, '0')}`).join('');

/** Text of several lines: line ends and tabs stay. */
export const visible = (text: string): string =>
  text.replaceAll('\r\n', '\n').replace(UNSEEN, (c) => (c === '\n' || c === '\t' ? c : escaped(c)));

/** Text that stands within a line. */
export const visibleLine = (text: string): string => text.replace(UNSEEN, escaped);

/** HTML on its way to a terminal or a file: what cannot be seen (KaTeX sets struts of it) is written as entities. */
export const visibleHtml = (html: string): string =>
  html.replaceAll('\r\n', '\n').replace(UNSEEN, (c) => (c === '\n' || c === '\t' ? c : `&#x${c.codePointAt(0)!.toString(16)};`));

/** Columns that a text takes on a terminal: marks above letters take none, wide letters two. */
export function widthOf(text: string): number {
  let width = 0;
  for (const character of text.normalize('NFC')) {
    if (/\p{M}|\p{Cf}/u.test(character)) continue;
    width += /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Hangul}\u3000-\u303f\uff01-\uff60]/u.test(character)
      ? 2
      : 1;
  }
  return width;
}

/** The first few of many names. */
export function listed(names: readonly string[], most = 12): string {
  if (names.length <= most) return names.join(', ');
  return `${names.slice(0, most).join(', ')} and ${names.length - most} more`;
}
