import { filled } from './literal.ts';

/** Lines of Python that are too long, broken within brackets as its formatters break them. */

export const WIDTH = 100;

/** Signs that an expression is broken at, those that bind least first. */
const SIGNS: readonly (readonly string[])[] = [
  [' for ', ' if ', ' else '],
  [' or ', ' and '],
  [' | '],
  [' & '],
  [' == ', ' != ', ' <= ', ' >= ', ' < ', ' > '],
  [' + ', ' - '],
  [' * ', ' / ', ' @ '],
];

/** A program in lines that are not too long; comments and docstrings stay. */
export function laidOut(text: string): string {
  let isText = false;
  return text
    .split('\n')
    .flatMap((line) => {
      const before = isText;
      if (line.split('"""').length % 2 === 0) isText = !isText;
      return before || isText || line.includes('"""') || fits(line) || /^\s*#/.test(line) ? [line] : broken(line);
    })
    .join('\n');
}

const fits = (line: string): boolean => [...line].length <= WIDTH;

/** Blocks begin with a line of their own kind, which is written short. */
const BLOCK = /^(if|for|while|with|def|elif|raise) /;

function broken(line: string): string[] {
  const [, indent = '', code = ''] = /^(\s*)(.*)$/.exec(line)!;
  if (BLOCK.test(code)) return [line];
  const [, key = '', entry = ''] = /^("[^"]*": )(.*),$/.exec(code) ?? [];
  if (key !== '') return statement(`${indent}${key}`, entry, ',', indent);
  const [target, ...values] = split(code, [' = ']);
  if (values.length === 1) return assigned(target!, values[0]!.slice(3), indent);
  const [, word = '', value = ''] = /^(return |)(.*)$/.exec(code)!;
  return statement(`${indent}${word}`, value, '', indent);
}

function assigned(target: string, value: string, indent: string): string[] {
  if (fits(`${indent}${target} = (`)) return statement(`${indent}${target} = `, value, '', indent);
  const opened = [`${indent}(`, ...inside(target, `${indent}    `, true)];
  return [...opened, ...statement(`${indent}) = `, value, '', indent)];
}

/** What is in no brackets yet: it gets some where it needs them. */
function statement(before: string, code: string, after: string, indent: string): string[] {
  if (fits(`${before}${code}${after}`)) return [`${before}${code}${after}`];
  const items = split(code, [', ']);
  if (items.length === 1 && partsOf(code).length === 1) return unit(before, code, after, indent);
  return [`${before}(`, ...inside(code, `${indent}    `, items.length > 1), `${indent})${after}`];
}

/** A call, or an entry: broken within the brackets that hold most of it. */
function unit(before: string, code: string, after: string, indent: string): string[] {
  const group = widest(code);
  if (!group) return [`${before}${code}${after}`];
  const [from, to] = group;
  const head = `${before}${code.slice(0, from + 1)}`;
  return [head, ...inside(code.slice(from + 1, to), `${indent}    `), `${indent}${code.slice(to)}${after}`];
}

/** @param isTuple whether a single item would need its comma */
function inside(content: string, indent: string, isTuple = false): string[] {
  if (fits(`${indent}${content}`)) return [`${indent}${content}`];
  const items = split(content, [', ']).map((item) => item.replace(/^, /, ''));
  if (items.length === 1 && !isTuple) return expression(content, indent, '');
  if (items.every((item) => /^[\w.-]+$/u.test(item))) return filled(items, indent);
  return items.flatMap((item) => expression(item, indent, ','));
}

/** Within brackets. */
function expression(code: string, indent: string, after: string): string[] {
  if (fits(`${indent}${code}${after}`)) return [`${indent}${code}${after}`];
  const parts = partsOf(code);
  if (parts.length === 1) return unit(indent, code, after, indent);
  return parts.flatMap((part, k) => {
    const [, sign = '', rest = ''] = k === 0 ? ['', '', part] : /^ (\S+ )(.*)$/.exec(part)!;
    const end = k === parts.length - 1 ? after : '';
    if (fits(`${indent}${sign}${rest}${end}`)) return [`${indent}${sign}${rest}${end}`];
    if (partsOf(rest).length === 1) return unit(`${indent}${sign}`, rest, end, indent);
    // A product within a sum goes on under its first factor.
    const [first = '', ...more] = expression(rest, indent, end);
    return [`${indent}${sign}${first.trimStart()}`, ...more];
  });
}

/** An expression at the signs that bind least in it, each in front of what follows it. */
function partsOf(code: string): string[] {
  for (const signs of SIGNS) {
    const parts = split(code, signs);
    if (parts.length > 1) return parts;
  }
  return [code];
}

/** The longest brackets of an expression that is one thing: `f(…)`, `x[…]`, `f(…)[0]`. */
function widest(code: string): readonly [from: number, to: number] | undefined {
  let best: readonly [number, number] | undefined;
  let from = 0;
  scan(code, (place, depth) => {
    if (depth > 0) return;
    if ('([{'.includes(code[place]!)) from = place;
    if (')]}'.includes(code[place]!) && place > from + 1 && (!best || place - from > best[1] - best[0])) best = [from, place];
  });
  return best;
}

/** A text at signs outside of brackets and texts; each sign stands in front of its part. */
function split(code: string, signs: readonly string[]): string[] {
  const places: number[] = [];
  scan(code, (place, depth) => {
    if (depth === 0 && signs.some((sign) => code.startsWith(sign, place))) places.push(place);
  });
  return [0, ...places].map((place, k) => code.slice(place, places[k]));
}

/** Goes over the signs of a code that stand in no text, with the brackets that are open before each. */
function scan(code: string, visit: (place: number, depth: number) => void): void {
  let depth = 0;
  let quote = '';
  for (let place = 0; place < code.length; place++) {
    const c = code[place]!;
    if (quote !== '') {
      if (c === '\\') place++;
      else if (c === quote) quote = '';
      continue;
    }
    if (')]}'.includes(c)) depth--;
    visit(place, depth);
    if (c === '"' || c === "'") quote = c;
    if ('([{'.includes(c)) depth++;
  }
}
