import { at, type Code, LEVEL } from './code.ts';

/**
 * A call of a function, or of a pattern over its arguments, {0}, {1} …
 * @param more what other words in braces stand for
 */
export function filledIn(pattern: string, codes: readonly Code[], more: Readonly<Record<string, string>>): string {
  if (!pattern.includes('{')) return `${pattern}(${codes.map((c) => c.text).join(', ')})`;
  return pattern.replace(/(-?)\{(\w+)\}/g, (found: string, sign: string, key: string, place: number) => {
    if (!/^\d$/.test(key)) return sign + more[key]!;
    const code = codes[Number(key)]!;
    if (sign !== '' && /^-[\w.]+$/u.test(code.text)) return code.text.slice(1);
    // By itself an argument needs no brackets.
    const alone = sign === '' && /(\w\(|, )$/.test(pattern.slice(0, place)) && /^[,)]/.test(pattern.slice(place + found.length));
    return sign + at(code, alone ? LEVEL.lowest : LEVEL.atom);
  });
}
