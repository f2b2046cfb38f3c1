import type { Structured } from '../../derivation/document.ts';
import type { Words } from '../../derivation/words/index.ts';
import type { Structure } from '../../simplify/structure.ts';
import type { Spelling } from '../text.ts';

const LETTERS = ['i', 'j', 'k', 'l', 'm', 'n', 'p', 's', 't'];
const SUBSCRIPTS = ['ᵢ', 'ⱼ', 'ₖ', 'ₗ', 'ₘ', 'ₙ', 'ₚ', 'ₛ', 'ₜ'];

/** `diagonal: ∂fᵢ/∂xⱼ = 0 for i ≠ j`. */
export function zerosLine({ name, by, front, rank, structure }: Structured, words: Words, spelling: Spelling): string {
  const ascii = spelling === 'ascii';
  const axes = Array.from({ length: rank }, (_, axis) => axis);
  const at = (array: string, own: readonly number[]): string => {
    if (own.length === 0) return array;
    return ascii ? `${array}[${own.map((k) => LETTERS[k]).join(', ')}]` : array + own.map((k) => SUBSCRIPTS[k]).join('');
  };
  const d = ascii ? 'd' : '∂';
  const entry = `${d}${at(name, axes.slice(0, front))}/${d}${at(by, axes.slice(front))}`;
  return words.structure.zeros(words.structure.kinds[structure.kind], entry, condition(structure, words, ascii));
}

/** Where the entries are 0. */
function condition({ ties, band }: Structure, words: Words, ascii: boolean): string {
  const unequal = ascii ? '!=' : '≠';
  const minus = ascii ? '-' : '−';
  if (band) {
    const [i, j] = band.axes.map((axis) => LETTERS[axis]!);
    const ends = [band.from, band.to].map((k) => (k < 0 ? minus + String(-k) : String(k)));
    if (band.from === -band.to) return `|${i} ${minus} ${j}| > ${ends[1]}`;
    return `${j} ${minus} ${i} < ${ends[0]}${words.structure.or}${j} ${minus} ${i} > ${ends[1]}`;
  }
  return ties
    .flatMap(([first, ...rest]) => rest.map((axis) => `${LETTERS[first!]} ${unequal} ${LETTERS[axis]}`))
    .join(words.structure.or);
}
