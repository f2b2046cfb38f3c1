import { ELEMENTARY } from '../words.ts';
import type { Arrays } from './arrays.ts';
import { argumentsIn, callHere, closing } from './calls.ts';
import { SHARED } from './functions.ts';

/** Calls in brackets and lists in braces, as Mathematica has them. */

/** Heads whose arguments come in another order, or as an iterator. */
const HEADS: Readonly<Record<string, (args: readonly string[]) => string | undefined>> = {
  D: ([of, ...by]) =>
    by.length > 0 && !/^[\d.]+$/.test(of!)
      ? `diff(${[of, ...by.map((b) => b.replace(/^\{(.*)\}$/, '$1'))].join(', ')})`
      : undefined,
  E: (args) => `mean(${args.join(', ')})`,
  Log: (args) => (args.length === 2 ? `log(${args[1]}, ${args[0]})` : `log(${args.join(', ')})`),
  Sum: ([of, over]) => over && overIndex('sum', of!, over),
  Product: ([of, over]) => over && overIndex('prod', of!, over),
};

/** `{i, 1, n}`, `{i, n}`. */
function overIndex(reduction: string, of: string, over: string): string | undefined {
  const [index, ...bounds] = argumentsIn(over.replace(/^\{(.*)\}$/, '$1'));
  if (bounds.length === 0 || bounds.length > 2) return undefined;
  const [from, to] = bounds.length === 1 ? ['1', bounds[0]] : bounds;
  return `${reduction}[${index}=${from}:${to}](${of})`;
}

/** Calls and lists in one line. */
const MOST = 50;

export function fromMathematica(text: string, arrays: Arrays): string {
  if (!/[A-Za-z]\w*'*\[|(?<![\w}^_\\])\s*\{/.test(text) || text.includes('\\')) return text;
  let result = text;
  // From the right, so that arguments come before their calls.
  for (const { 0: head, 1: name, index } of [...text.matchAll(/(?<![\p{L}\p{N}_])([A-Za-z]\w*)\[/gu)].slice(-MOST).reverse()) {
    // `sin[x]`; a small letter begins an array too, and sum[i](…).
    if (arrays.has(name!) || (/^[a-z]/.test(name!) && !ELEMENTARY.has(name!))) continue;
    const open = index + head.length - 1;
    const end = closing(result, open);
    const call = end === undefined ? undefined : calledHere(name!, argumentsIn(result.slice(open + 1, end)));
    if (call !== undefined) result = result.slice(0, index) + call + result.slice(end! + 1);
  }
  return withLists(result.replace(/(?<![\p{L}\p{N}_])([a-z]'+)\[([^[\]]*)\]/gu, '$1($2)')).replace(/\]\.(?=\[)/g, ']*');
}

function calledHere(name: string, args: readonly string[]): string | undefined {
  if (Object.hasOwn(HEADS, name)) return HEADS[name]!(args);
  const plain = name.toLowerCase();
  if (args.length > 0 && (ELEMENTARY.has(plain) || SHARED.has(plain) || BARE.has(plain))) return `${plain}(${args.join(', ')})`;
  return name.length > 1 ? callHere(name, args) : undefined;
}

const BARE = new Set(['tr', 'sinc', 'erfinv', 'factorial']);

/** `{1, 2, 3}` is a list; what has no comma in it is grouped. */
function withLists(text: string): string {
  let result = text;
  for (let k = 0; k < MOST; k++) {
    const open = result.search(/(?<![\p{L}\p{N}_}^)\]])\{/u);
    const end = open < 0 ? undefined : closing(result, open);
    if (end === undefined) return result;
    const inner = result.slice(open + 1, end);
    const list = argumentsIn(inner).length > 1;
    result = `${result.slice(0, open)}${list ? '[' : '('}${inner}${list ? ']' : ')'}${result.slice(end + 1)}`;
  }
  return result;
}
