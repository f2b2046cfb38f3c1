import { latexName } from './latex-name.ts';

/** Words in LaTeX, the mathematics among them set as such: `chain rule, σ′ = σ(1 − σ)`. */

const RAISED: ReadonlyMap<string, string> = new Map([
  ...[...'⁰¹²³⁴⁵⁶⁷⁸⁹'].map((sign, k) => [sign, String(k)] as const),
  ...[...'⁻⁺ᵖᵘᵛᶻⁱʲᵏˣᵗᵐ'].map((sign, k) => [sign, '-+puvzijkxtm'[k]!] as const),
  ['ᵀ', '\\top'],
]);

const LOWERED: ReadonlyMap<string, string> = new Map([
  ...[...'₀₁₂₃₄₅₆₇₈₉'].map((sign, k) => [sign, String(k)] as const),
  ...[...'ᵢⱼₖₗₘₙₚₜₓ'].map((sign, k) => [sign, 'ijklmnptx'[k]!] as const),
]);

const SIGNS: ReadonlyMap<string, string> = new Map([
  ['′', "'"],
  ['″', "''"],
  ['‴', "'''"],
  ['−', '-'],
  ['·', '\\cdot '],
  ['×', '\\times '],
  ['⊙', '\\odot '],
  ['⊘', '\\oslash '],
  ['⊗', '\\otimes '],
  ['∘', '\\circ '],
  ['∂', '\\partial '],
  ['√', '\\surd '],
  ['∛', '\\sqrt[3]{\\,} '],
  ['½', '\\tfrac12 '],
  ['⅓', '\\tfrac13 '],
  ['⅔', '\\tfrac23 '],
  ['¼', '\\tfrac14 '],
  ['¾', '\\tfrac34 '],
  ['±', '\\pm '],
  ['≠', '\\neq '],
  ['≥', '\\geq '],
  ['≤', '\\leq '],
  ['∨', '\\lor '],
  ['∧', '\\land '],
  ['∈', '\\in '],
  ['ℤ', '\\mathbb{Z}'],
  ['∞', '\\infty '],
  ['‖', '\\|'],
  ['⌊', '\\lfloor '],
  ['⌋', '\\rfloor '],
  ['⌈', '\\lceil '],
  ['⌉', '\\rceil '],
  ['↦', '\\mapsto '],
  ['→', '\\to '],
  ['⇒', '\\Rightarrow '],
  ['✓', '\\checkmark '],
]);

const PLAIN: Readonly<Record<string, string>> = {
  '\\': '\\textbackslash{}',
  '~': '\\textasciitilde{}',
  '^': '\\textasciicircum{}',
};

const run = (signs: string, of: ReadonlyMap<string, string>): string => [...signs].map((sign) => of.get(sign)).join('');
const either = (of: ReadonlyMap<string, string>): string => [...of.keys()].join('');

const MATHEMATICS = new RegExp(`[${either(RAISED)}]+|[${either(LOWERED)}]+|[${either(SIGNS)}\\p{Script=Greek}]`, 'gu');

/** What is mathematics among words, as it stands between dollar signs. */
function sign(signs: string): string {
  const first = [...signs][0]!;
  if (RAISED.has(first)) return `^{${run(signs, RAISED)}}`;
  if (LOWERED.has(first)) return `_{${run(signs, LOWERED)}}`;
  return SIGNS.get(signs) ?? `${latexName(signs)} `;
}

/** A formula as a text has it, in LaTeX: its signs, braces and functions. */
export const latexSigns = (formula: string): string =>
  formula
    .replace(/[{}]/g, '\\$&')
    .replace(/ (or|and) /g, ' \\text{ $1 } ')
    .replace(/\b(cos|sin|det|max|min)\(/g, '\\$1(')
    .replaceAll('∉', '\\notin ')
    .replaceAll('…', '\\ldots ')
    .replace(MATHEMATICS, sign)
    .replace(/ +/g, ' ');

/** `\text{…}`, nothing for nothing. */
export function latexWords(text: string): string {
  if (text === '') return '';
  const parts: string[] = [];
  let last = 0;
  let formula = '';
  const close = (): void => {
    if (formula !== '') parts.push(`$${formula.trim()}$`);
    formula = '';
  };
  for (const match of text.matchAll(MATHEMATICS)) {
    if (match.index > last) {
      close();
      parts.push(plain(text.slice(last, match.index)));
    }
    formula += sign(match[0]);
    last = match.index + match[0].length;
  }
  close();
  return `\\text{${parts.join('')}${plain(text.slice(last))}}`;
}

const plain = (text: string): string => text.replace(/[\\~^{}&#%$_]/g, (c) => PLAIN[c] ?? `\\${c}`);

/** Words with formulas between dollar signs. */
export const latexProse = (text: string): string =>
  text
    .split('$')
    .map((part, k) => (k % 2 === 1 ? part : latexWords(part)))
    .join('');
