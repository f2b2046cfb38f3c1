/** Raised and lowered digits, in both directions. */

const RAISED = '⁰¹²³⁴⁵⁶⁷⁸⁹';
const LOWERED = '₀₁₂₃₄₅₆₇₈₉';

function digitwise(text: string, from: string, to: string): string {
  let result = '';
  for (const character of text) {
    const digit = from.indexOf(character);
    result += digit < 0 ? character : to[digit]!;
  }
  return result;
}

/** `⁻¹²` → `-12`, `ⁿ` → `n`. */
export function lowerScript(text: string): string {
  return digitwise(text, RAISED, '0123456789').replace('⁻', '-').replace('ⁿ', 'n');
}

/** `-12` → `⁻¹²`; only for integers. */
export function raiseScript(text: string): string {
  return digitwise(text, '0123456789', RAISED).replace('-', '⁻');
}

/** `W₁` → `W1`. */
export function plainSubscripts(name: string): string {
  return digitwise(name, LOWERED, '0123456789');
}
