import { type Dim, isKnown, measureOf, type Shape, showShape } from '../graph/dimension.ts';
import { type Equation, reasons, solveSizes } from '../graph/equations.ts';
import { GradusError } from '../language/diagnostics.ts';
import type { Span } from '../language/tree.ts';

/** Where a length was found: an axis of the value of a name. */
interface Length {
  readonly name: string;
  readonly axis: number;
  readonly span: Span | undefined;
}

/** The lengths of a source's own data. They bind the declared names when all shapes have been found right without them. */
export class DataLengths {
  private readonly found: Equation<Length>[] = [];

  /**
   * @param value the shape of the value; names in it are as they were declared
   * @throws GradusError `shape` for a value that cannot have the declared shape, whatever the names are
   */
  take(name: string, shape: Shape, value: Shape, span: Span | undefined, written = ''): void {
    const lengths = fitted(value, shape.length);
    const hint = declaredAs(name, shape, value, written);
    if (!lengths) throw unfit(name, span, `it is [${value.join(', ')}], declared is [${shape.join(', ')}]`, hint);
    shape.forEach((dim, axis) => {
      const size = lengths[axis]!;
      if (dim === size) return;
      if (typeof dim === 'number' || typeof size === 'string')
        throw unfit(
          name,
          span,
          value.length < shape.length && value.length === 1
            ? `it is a column of ${value[0]}, declared is ${showShape(shape)}`
            : `axis ${axis + 1} has length ${size}, declared is ${dim}`,
          hint,
        );
      this.found.push({ dim, size, source: { name, axis, span } });
    });
  }

  /** A number that the source gives to the name of a dimension, `const n = 3`. */
  takeNumber(name: string, size: number, span: Span | undefined): void {
    this.found.unshift({ dim: name, size, source: { name, axis: 0, span } });
  }

  /** @throws GradusError `shape` for lengths that contradict one another */
  sizes(): ReadonlyMap<string, number> {
    const solved = solveSizes(this.found);
    if (!solved.wrong) return solved.sizes;
    const { dim, size, source } = solved.wrong;
    const sources = new Map([...solved.sources].map(([name, { name: owner }]) => [name, owner]));
    const why = reasons(dim, { sizes: solved.sizes, sources });
    const known = isKnown(dim, solved.sizes) ? ` = ${measureOf(dim, solved.sizes)}` : '';
    const note = `axis ${source.axis + 1} has length ${size}, declared is ${dim}${known}${why && ` (${why})`}`;
    throw unfit(source.name, source.span, known ? note : `${note}: it does not go evenly`);
  }
}

/** The shape with axes of length 1 added at the end or dropped there, to have the rank; undefined if it cannot. */
export function fitted<D extends Dim>(shape: readonly D[], rank: number): readonly (D | 1)[] | undefined {
  const result: (D | 1)[] = [...shape];
  while (result.length > rank && result[result.length - 1] === 1) result.pop();
  while (result.length < rank) result.push(1);
  return result.length === rank ? result : undefined;
}

const unfit = (name: string, span: Span | undefined, note: string, hint?: string): GradusError =>
  new GradusError('shape', `the value of ${name} does not have its shape`, { span, note, hint });

/** A row that is written as a column, or the shape that the value has. */
function declaredAs(name: string, shape: Shape, value: Shape, written: string): string {
  const declared = `declare ${name} : [${value.join(', ')}]`;
  const isRow =
    value.length === 1 && shape.length === 2 && shape[0] === 1 && (shape[1] === value[0] || typeof shape[1] === 'string');
  return isRow && /^\[[^[\];]*\]$/.test(written) && written.length < 80 ? `write [${written}], or ${declared}` : declared;
}
