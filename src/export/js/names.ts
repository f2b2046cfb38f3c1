import { numberedFromTwo, type Spelling } from '../../compile/targets/identifiers.ts';

/** Words of JavaScript, and what it has for everyone. */
const RESERVED = [
  'await break case catch class const continue debugger default delete do else enum export extends false finally for function',
  'if implements import in instanceof interface let new null package private protected public return static super switch this',
  'throw true try typeof var void while with yield async of get set arguments eval undefined NaN Infinity globalThis process',
  'Array Number Math Object Map Set Error Float64Array Float32Array String Boolean Symbol Promise JSON Date console ArrayBuffer',
].flatMap((line) => line.split(' '));

/** A name as JavaScript can spell it: its own where that is an identifier. */
export function identifier(text: string): string {
  const plain = text
    .normalize('NFC')
    .replace(/∂/g, 'd')
    .replace(/[′']/g, '_prime')
    .replace(/[^\p{ID_Continue}$]/gu, '_');
  return /^[\p{ID_Start}$_]/u.test(plain) ? plain : `v${plain}`;
}

/** How names are spelled in JavaScript. */
export const inJavaScript: Spelling = { reserved: RESERVED, spell: identifier, next: numberedFromTwo };
