import { addDims, type Dim, leastOf, multiplyDims, type Shape } from '../../graph/dimension.ts';
import { type Affine, UNIT } from '../../graph/node.ts';
import { at, atom, binary, type Code, host, LEVEL, negated } from './code.ts';
import type { PythonLibrary } from './language.ts';
import type { Operand } from './product.ts';

/** A test of places, and the index of each of its axes. */
export interface Test {
  readonly affine: Affine;
  readonly indices: readonly number[];
}

/** Places along an axis of some length: offset + Σ steps·i. */
interface Along {
  readonly places: Code;
  readonly lengths: Shape;
  readonly steps: readonly Dim[];
  readonly offset: Dim;
  readonly size: Dim;
}

/** The indices of the axes that the text has. */
export function operandOf(code: Code, indices: readonly number[]): Operand {
  const own = indices.slice(indices.length - code.shape.length);
  return { code, indices: own.map((i, k) => (code.shape[k] === 1 ? UNIT : i)) };
}

const isAtLeast = (a: Dim, b: Dim): boolean => (leastOf(addDims(a, multiplyDims(-1, b))) ?? -1) >= 0;

/** Index arithmetic: places as numbers, tests of them, and entries at them. */
export class Places {
  private readonly library: PythonLibrary;
  private readonly dim: (d: Dim) => Code;
  private readonly need: (helper: string) => void;

  constructor(library: PythonLibrary, dim: (d: Dim) => Code, need: (helper: string) => void) {
    this.library = library;
    this.dim = dim;
    this.need = need;
  }

  /**
   * Sums with a test of places, Σₖ [i + p − k = 0]·x[k], as entries of x at the places i + p; what is left of the tests
   * stands among the operands as ones and zeros.
   */
  gather(operands: Operand[], tests: Test[], kept: ReadonlySet<number>, sizes: readonly Dim[]): Set<number> {
    const taken = new Set<number>();
    const open = [...tests];
    while (open.length > 0) {
      const at = open.findIndex((test) => this.gathered(test, operands, open, kept, sizes, taken));
      if (at >= 0) {
        open.splice(at, 1);
        continue;
      }
      const { affine, indices } = open.shift()!;
      operands.push(operandOf(this.affine(affine), indices));
    }
    return taken;
  }

  private gathered(
    { affine, indices }: Test,
    operands: Operand[],
    open: readonly Test[],
    kept: ReadonlySet<number>,
    sizes: readonly Dim[],
    taken: Set<number>,
  ): boolean {
    const place = indices.findIndex((k, axis) => {
      const step = affine.steps[axis];
      if (k === UNIT || kept.has(k) || (step !== 1 && step !== -1) || indices.indexOf(k) !== indices.lastIndexOf(k)) return false;
      if (open.some((other) => other.affine !== affine && other.indices.includes(k))) return false;
      if (open.filter((other) => other.affine === affine && other.indices.includes(k)).length > 1) return false;
      const having = operands.filter((o) => o.indices.includes(k));
      return having.length > 0 && having.every((o) => o.indices.filter((i) => i === k).length === 1);
    });
    if (place < 0) return false;
    const index = indices[place]!;
    taken.add(index);
    const sign = affine.steps[place] === 1 ? -1 : 1;
    const others = indices.flatMap((_, axis) => (axis === place ? [] : [axis]));
    const steps = others.map((axis) => multiplyDims(sign, affine.steps[axis]!));
    const offset = multiplyDims(sign, affine.offset);
    const lengths = others.map((axis) => affine.shape[axis]!);
    const places = this.linear(lengths, steps, offset, '');
    const own = others.map((axis) => indices[axis]!);
    operands.forEach((operand, k) => {
      const axis = operand.indices.indexOf(index);
      if (axis < 0) return;
      const { code } = operand;
      const shape = [...code.shape.slice(0, axis), ...lengths, ...code.shape.slice(axis + 1)];
      const found = [...operand.indices.slice(0, axis), ...own, ...operand.indices.slice(axis + 1)];
      operands[k] = {
        code: this.entries(code, axis, { places, lengths, steps, offset, size: sizes[index]! }, shape),
        indices: found.map((i, a) => (shape[a] === 1 ? UNIT : i)),
      };
    });
    return true;
  }

  /** Entries at places along an axis: a slice, or by a helper that knows of places outside. */
  private entries(code: Code, axis: number, { places, lengths, steps, offset, size }: Along, shape: Shape): Code {
    const [length] = lengths;
    const inFront = Array.from({ length: axis }, () => ':');
    if (lengths.length === 0 && typeof offset === 'number' && offset >= 0 && isAtLeast(size, offset + 1))
      return atom(`${at(code, LEVEL.atom)}[${[...inFront, offset].join(', ')}]`, shape);
    if (lengths.length === 1 && steps[0] === 1 && typeof offset === 'number' && offset >= 0) {
      if (isAtLeast(size, addDims(length!, offset))) {
        const end = this.dim(addDims(length!, offset)).text;
        const slice = addDims(length!, offset) === size ? `${offset}:` : `${offset === 0 ? '' : offset}:${end}`;
        return atom(`${at(code, LEVEL.atom)}[${[...inFront, slice].join(', ')}]`, shape);
      }
    }
    this.need('entries');
    const text = places.host ? this.library.array(places.text).replace('DTYPE', 'int') : places.text;
    return atom(`entries(${code.text}, ${text}, ${axis})`, shape);
  }

  /** Index arithmetic: places as numbers, or a test of them as 1 and 0. */
  affine({ offset, steps, shape, test }: Affine): Code {
    const { prefix, number } = this.library;
    if (!test) return this.linear(shape, steps, offset, ', dtype=DTYPE');
    if (shape.length === 2 && steps[0] === 1 && steps[1] === -1 && offset === 0 && shape[0] === shape[1])
      return atom(`${prefix}eye(${this.dim(shape[0]!).text}, dtype=DTYPE)`, shape);
    const { text, shape: own, host: alone } = this.linear(shape, steps, offset, '');
    return alone ? host(`float(${text} == 0)`) : atom(number(`${text} == 0`), own);
  }

  /** offset + Σ steps·i over the axes of a shape. */
  private linear(shape: Shape, steps: readonly Dim[], offset: Dim, dtype: string): Code {
    const { prefix } = this.library;
    const terms = steps.map((step, axis): [negative: boolean, code: Code] => {
      const range = `${prefix}arange(${this.dim(shape[axis]!).text}${dtype})`;
      const after = shape.length - 1 - axis;
      const placed = after === 0 ? range : `${range}[:${', None'.repeat(after)}]`;
      const own = atom(placed, [shape[axis]!, ...Array.from({ length: after }, () => 1)]);
      if (step === 1 || step === -1) return [step === -1, own];
      if (typeof step === 'number' && step < 0) return [true, binary('*', host(String(-step)), own)];
      return [false, binary('*', this.dim(step), own)];
    });
    if (offset !== 0) {
      const negative = typeof offset === 'number' && offset < 0;
      terms.push([negative, negative ? host(String(-offset)) : this.dim(offset)]);
    }
    const first = terms.findIndex(([negative]) => !negative);
    const order = first > 0 ? [terms[first]!, ...terms.filter((_, k) => k !== first)] : terms;
    const code = order.reduce<Code | undefined>((left, [negative, next]) => {
      if (!left) return negative ? negated(next) : next;
      return binary(negative ? '-' : '+', left, next);
    }, undefined);
    return code ?? host('0');
  }
}
