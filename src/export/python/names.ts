import type { Spelling } from '../../compile/targets/identifiers.ts';

/** Words that Python keeps for itself. */
const KEYWORDS = `False None True and as assert async await break class continue def del elif else except finally for from
  global if import in is lambda nonlocal not or pass raise return try while with yield match case type print range len float
  int zip sum max min abs pow map set dict list tuple sorted any all id input iter next slice isinstance repr str bool object round
  enumerate reversed divmod KeyError ValueError TypeError NotImplementedError super property`.split(/\s+/);

const SUBSCRIPTS = '₀₁₂₃₄₅₆₇₈₉';

/** A word of Python: `λ` stays, `A₁` is `A1`, `θ′` is `θ_prime`. */
function identifier(text: string): string {
  const plain = [...text.replace(/′/g, '_prime')]
    .map((c) => (SUBSCRIPTS.includes(c) ? String(SUBSCRIPTS.indexOf(c)) : c))
    .join('')
    // Python reads names in this form: ϕ and φ would be one.
    .normalize('NFKC')
    .replace(/[^\p{L}\p{N}_]/gu, '_');
  return /^[\p{L}_]/u.test(plain) ? plain : `_${plain}`;
}

/** How names are spelled in Python: `lambda` is `lambda_`. */
export const inPython: Spelling = {
  reserved: KEYWORDS,
  spell: identifier,
  next: (name, k) => (k === 1 ? `${name}_` : `${name}_${k}`),
};
