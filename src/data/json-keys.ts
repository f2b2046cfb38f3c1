/** Keys that an object of a JSON text has twice: reading it keeps the last one alone, without a word. */

/** A key that stands twice, and where it does for the second time. */
export interface Twice {
  readonly key: string;
  /** Of which entry of a list, counted from 0. */
  readonly entry: number;
  readonly at: number;
}

/**
 * The first key that stands twice in an object of values, or of a list of objects.
 * @param text valid JSON
 * @param count how many different keys its objects have
 */
export function keyTwice(text: string, count: number): Twice | undefined {
  // Each key has its colon: where there are no more of these than keys, the text is not taken apart.
  return colonsIn(text, count) <= count ? undefined : scanned(text);
}

/** How many colons a text has that may stand behind a key, or some more than are asked for. */
function colonsIn(text: string, most: number): number {
  let count = 0;
  for (let at = text.indexOf(':'); at >= 0 && count <= most; at = text.indexOf(':', at + 1)) {
    let before = at - 1;
    while (isSpace(text.charCodeAt(before))) before--;
    if (text[before] === '"') count++;
  }
  return count;
}

const isSpace = (code: number): boolean => code === 32 || code === 9 || code === 10 || code === 13;

/** Signs between which nothing is looked at; within values there are many commas. */
const SIGNS = /["{}[\],]/g;
const SIGNS_WITHIN = /["{}[\]]/g;

function scanned(text: string): Twice | undefined {
  const depthOfKeys = text.trimStart().startsWith('[') ? 2 : 1;
  let depth = 0;
  let entry = 0;
  let isKey = false;
  let keys = new Set<string>();
  let next = 0;
  for (;;) {
    const signs = depth > depthOfKeys ? SIGNS_WITHIN : SIGNS;
    signs.lastIndex = next;
    if (!signs.test(text)) return undefined;
    next = signs.lastIndex;
    const at = next - 1;
    const sign = text[at];
    if (sign === '"') {
      const end = endOfString(text, at);
      next = end;
      if (!isKey) continue;
      isKey = false;
      const key: string = JSON.parse(text.slice(at, end));
      if (keys.has(key)) return { key, entry, at };
      keys.add(key);
    } else if (sign === ',') {
      isKey = depth === depthOfKeys && keys.size > 0;
      if (depth === 1 && depthOfKeys === 2) entry++;
    } else if (sign === '{' || sign === '[') {
      depth++;
      isKey = sign === '{' && depth === depthOfKeys;
      if (isKey) keys = new Set();
    } else {
      depth--;
      isKey = false;
    }
  }
}

/** Behind the quotes that close a string. */
function endOfString(text: string, from: number): number {
  let at = text.indexOf('"', from + 1);
  while (isEscaped(text, at)) at = text.indexOf('"', at + 1);
  return at + 1;
}

function isEscaped(text: string, at: number): boolean {
  let first = at;
  while (text[first - 1] === '\\') first--;
  return (at - first) % 2 === 1;
}
