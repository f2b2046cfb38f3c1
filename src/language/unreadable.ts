import type { OpenBracket } from './brackets.ts';
import { GradusError, locate } from './diagnostics.ts';
import type { Token } from './tokens.ts';
import type { Span } from './tree.ts';

const LOOKALIKES: Record<string, string> = {
  '–': 'this is a dash; minus is written - or −',
  '—': 'this is a dash; minus is written - or −',
  '≈': 'equality is compared with ==; there is no approximate equality',
  '∫': 'there are no integrals; a derivative is written diff(f, x)',
  '°': 'angles are in radians: x*pi/180',
  '…': 'what is left out has an index: sum[i=1:n](…)',
  '≡': 'equality is compared with ==',
  '→': 'a function is defined as f(x) = …',
  '∈': 'a range is written i=1:n',
  '&': 'logical and is written: and',
  '!': 'logical not is written: not; a factorial n! is gamma(n + 1)',
  '"': 'there are no strings in this language',
  '`': 'there are no quoted names in this language',
  '%': 'a remainder is written mod(a, b); a comment starts with #',
  '{': 'grouping is written with ( )',
  '}': 'grouping is written with ( )',
  '@': 'the matrix product is written * or ·',
  $: 'formulas are written without $',
  '∇': 'a gradient is written grad(f, x)',
  '∑': 'a sum is written Σ[k](…)',
  '∏': 'a product is written Π[k](…)',
  '∂': 'a derivative is written ∂(f)/∂(x), with parentheses',
  '‘': "transpose is written ' or ᵀ",
  '’': "transpose is written ' or ᵀ",
  '′': "transpose is written ' or ᵀ",
  '‚': 'a comma is written ,',
  '，': 'a comma is written ,',
  '（': 'parentheses are written ( )',
  '）': 'parentheses are written ( )',
  '.': 'an entrywise operator is written .* ./ or .^, and a numeral has a digit beside its point',
};

/** A character that no token starts with. */
export function unreadable(text: string, start: number): GradusError {
  const character = String.fromCodePoint(text.codePointAt(start) ?? 0xfffd);
  const shown = /^[\p{C}\p{Z}]/u.test(character) ? `the character U+${hex(character)}` : `\`${character}\``;
  const span = { start, end: start + character.length };
  if (character === '.' && /^\.[\p{L}_]/u.test(text.slice(start)) && /[\p{L}\p{N}_)\]']$/u.test(text.slice(0, start))) {
    const hint = 'there are no modules and methods; a call is written f(x), and a length is the name of a dimension';
    return new GradusError('syntax', 'a name has no `.` in it', { span, hint });
  }
  const range = character === '.' && /^\.{2,3}/.test(text.slice(start)) && /\[[^\]\n]*$/.test(text.slice(0, start));
  const hint = range ? 'a range is written 1:n; a recurrence that reads h[t+1] runs backward by itself' : LOOKALIKES[character];
  return new GradusError('syntax', `${shown} does not belong to the language`, { span, hint });
}

/** What a name directly behind another token cannot be: `1_000`, `0x10`, `‖x‖_2`. */
export function notBehind(text: string, last: Token, name: Span): GradusError | undefined {
  const written = text.slice(name.start, name.end);
  const whole = { start: last.start, end: name.end };
  if (last.type === 'number') return /^_\d/.test(written) ? grouped(text, whole) : basedNumeral(text, whole);
  if (last.text === ')' && /^_\w/.test(written)) {
    const call = /[\p{L}\p{N}_]*\([^()]*\)$/u.exec(text.slice(Math.max(0, last.end - 100), last.end))?.[0] ?? '(…)';
    const hint = `an entry is written ${call}[${written.slice(1)}]`;
    return new GradusError('syntax', 'a call takes no subscript behind a `_`', { span: name, hint });
  }
  if (last.type !== 'endbar' || !written.startsWith('_')) return undefined;
  const kind = written.slice(1) || 'p';
  const hint = `the length is norm(x), that of order ${kind} is norm(x, ${kind})`;
  return new GradusError('syntax', 'a norm takes no subscript', { span: name, hint });
}

/** `1_000`. */
function grouped(text: string, span: Span): GradusError {
  const hint = `write ${text.slice(span.start, span.end).replaceAll('_', '')}`;
  return new GradusError('syntax', 'a numeral has no `_` in it', { span, hint });
}

/** `0x10` is 0·x10 to the rules, and 16 to whoever writes it. */
const BASED = /^(?:x[\da-f]+|b[01]+|o[0-7]+)(?:_[\da-f]+)*$/i;

/** What a name directly behind a 0 makes a numeral of another base; undefined for other names. */
function basedNumeral(text: string, span: Span): GradusError | undefined {
  const written = text.slice(span.start, span.end);
  if (!/^0[xob]/i.test(written) || !BASED.test(written.slice(1))) return undefined;
  const value = BigInt(written.toLowerCase().replaceAll('_', ''));
  return new GradusError('syntax', 'a numeral is written in decimal', { span, hint: `write ${value}` });
}

function hex(character: string): string {
  return (character.codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, '0');
}

/** A closing bracket that does not fit the one open before it, if there is one. */
export function mismatch(text: string, closer: string, start: number, open: OpenBracket | undefined): GradusError {
  const span = { start, end: start + closer.length };
  if (!open)
    return new GradusError('syntax', `this \`${closer}\` closes nothing`, { span, hint: 'there is no open bracket before it' });
  const { opener } = open;
  const hint = `the \`${opener.text}\` of ${placeOf(text, opener)} is still open`;
  return new GradusError('syntax', `\`${open.closer}\` was expected before this \`${closer}\``, { span, hint });
}

/** `column 3`, or with its line where there are several. */
export function placeOf(text: string, span: Span): string {
  const { line, column } = locate(text, span);
  return /[\r\n]/.test(text.trim()) ? `line ${line}, column ${column + 1}` : `column ${column + 1}`;
}
