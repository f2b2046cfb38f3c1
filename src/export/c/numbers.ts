import type { Dim } from '../../graph/dimension.ts';
import { quotientOf, type Shape, type Sizes, type Term } from '../../graph/dimension.ts';
import { GradusError } from '../../language/diagnostics.ts';
import { listed } from '../../language/visible.ts';
import { bind } from '../../numeric/binding.ts';
import type { Value } from '../../numeric/value-text.ts';
import type { Exported } from '../dialect.ts';
import { unboundSizes } from '../lacking.ts';

/**
 * The numbers that the names of dimensions stand for, by the data that the model holds.
 * @throws GradusError `data` for a name without a number
 */
export function sizesOf(exported: Exported): Sizes {
  const { model, values, sizes: given } = exported;
  const own = Object.fromEntries([...values].filter(([name]) => model.inputs.has(name)));
  const { sizes } = bind(model, { ...own, ...given });
  const unknown = unboundSizes(exported);
  if (unknown.length > 0) {
    throw new GradusError('data', `C needs a number for ${listed(unknown.map((name) => `the size ${name}`))}`, {
      hint: `its loops are made for one size each: give data, or the size itself, --set ${unknown[0]}=100`,
    });
  }
  return sizes;
}

/** A dimension as C computes it, each name through `named`. */
export function dimensionText(dim: Dim, named: (name: string) => string): string {
  if (typeof dim === 'number') return String(dim);
  const product = ({ coefficient, names }: Term): string =>
    (coefficient === 1 && names.length > 0 ? names.map(named) : [String(coefficient), ...names.map(named)]).join(' * ');
  const { above, below } = quotientOf(dim);
  const later = (term: Term): string =>
    term.coefficient > 0 ? `+ ${product(term)}` : `- ${product({ ...term, coefficient: -term.coefficient })}`;
  const top = above.map((term, k) => (k > 0 ? later(term) : product(term))).join(' ');
  if (below.coefficient === 1 && below.names.length === 0) return top;
  return `(${top}) / (${product(below)})`;
}

/** How many numbers an array has, as a product. */
export const countText = (shape: Shape, named: (name: string) => string): string =>
  shape
    .map((dim) => dimensionText(dim, named))
    .map((text) => (shape.length > 1 && /[ ]/.test(text) ? `(${text})` : text))
    .join(' * ');

/** A literal of the type double. */
export function numberText(x: number): string {
  if (Number.isNaN(x)) return 'NAN';
  if (!Number.isFinite(x)) return x < 0 ? '-INFINITY' : 'INFINITY';
  if (Object.is(x, -0)) return '-0.0';
  return /[.e]/.test(String(x)) ? String(x) : `${x}.0`;
}

export const numbersOf = (value: Value): ArrayLike<number> => (typeof value === 'number' ? [value] : value.data);

const WIDTH = 100;

/** Words one after the other, in lines that are not longer than a comment may be. */
export function wrapped(words: readonly string[], indent: string, width = WIDTH, more = indent): string[] {
  const lines: string[] = [];
  let line = indent;
  for (const word of words) {
    if (line.trim() !== '' && line.length + 1 + word.length > width) {
      lines.push(line);
      line = more;
    }
    line += line.trim() === '' || line.endsWith(' ') ? word : ` ${word}`;
  }
  return line.trim() === '' ? lines : [...lines, line];
}
