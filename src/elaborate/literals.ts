import { decimal, exactPower, type Fraction, toNumber } from '../graph/rational.ts';
import { GradusError } from '../language/diagnostics.ts';
import { LIMITS } from '../language/limits.ts';
import type { Bracket, Expr, NumberLiteral } from '../language/tree.ts';
import type { NumericArray } from '../model/model.ts';

/** Beyond this a decimal is no number that a computer could use. */
const LARGEST_EXPONENT = 400;
const LONGEST = 1000;

/** The exact value of a numeral. */
export function numeral(literal: NumberLiteral): Fraction {
  const exponent = /e([+-]?\d+)$/i.exec(literal.text)?.[1] ?? '0';
  if (Math.abs(Number(exponent)) > LARGEST_EXPONENT || literal.text.length > LONGEST) {
    throw new GradusError('argument', `the number ${literal.text.slice(0, 24)} is out of range`, {
      span: literal.span,
      hint: 'numbers lie between 1e-400 and 1e400',
    });
  }
  return decimal(literal.text);
}

/** Names that the source gives a meaning: they hide the constants. */
interface Known {
  has(name: string): boolean;
}

/**
 * The array that a bracket literal of plain numbers is, or undefined if it has other entries.
 * `[1, 2]` and `[1; 2]` are columns (2), `[1, 2; 3, 4]` and `[[1, 2], [3, 4]]` 2×2, `[[1, 2]]` 1×2.
 */
export function numericArray(bracket: Bracket, known: Known): NumericArray | undefined {
  const data: number[] = [];
  const shape = fill(bracket, { data, known }, 0);
  return shape && { shape, data, span: bracket.span };
}

/** The entries so far, and what names mean. */
interface Filling {
  readonly data: number[];
  readonly known: Known;
}

function fill(bracket: Bracket, filling: Filling, depth: number): number[] | undefined {
  if (depth > LIMITS.axes) throw new GradusError('limit', `an array has at most ${LIMITS.axes} axes`, { span: bracket.span });
  const columns = bracket.rows[0]!.length;
  if (bracket.rows.length === 1) {
    let inner: number[] | undefined;
    for (const [k, entry] of bracket.rows[0]!.entries()) {
      const shape = fillEntry(entry, filling, depth);
      if (!shape) return undefined;
      if (k > 0 && shape.join() !== inner!.join()) throw ragged(entry, inner!, shape);
      inner = shape;
    }
    return [columns, ...(inner ?? [])];
  }
  for (const row of bracket.rows) {
    if (row.length !== columns) {
      throw new GradusError('shape', `this row has ${row.length} entries, the first has ${columns}`, {
        span: { start: row[0]!.span.start, end: row[row.length - 1]!.span.end },
      });
    }
    for (const entry of row) {
      const shape = fillEntry(entry, filling, depth);
      if (!shape || shape.length > 0) return undefined;
    }
  }
  return columns === 1 ? [bracket.rows.length] : [bracket.rows.length, columns];
}

function fillEntry(entry: Expr, filling: Filling, depth: number): number[] | undefined {
  if (entry.kind === 'bracket') return fill(entry, filling, depth + 1);
  const value = number(entry, filling.known);
  if (value === undefined) return undefined;
  filling.data.push(value);
  return [];
}

const ragged = (entry: Expr, first: readonly number[], own: readonly number[]) =>
  new GradusError('shape', 'the rows of this array differ in length', {
    span: entry.span,
    note: `has the shape [${own.join(', ')}], the first [${first.join(', ')}]`,
  });

/** The value of an entry made of numerals, signs, quotients and powers: `-1/3`, `1e-3`. */
function number(entry: Expr, known: Known): number | undefined {
  const exact = fraction(entry);
  if (exact) return toNumber(exact);
  if (entry.kind === 'name' && (entry.name === 'inf' || entry.name === 'pi') && !known.has(entry.name))
    return entry.name === 'inf' ? Number.POSITIVE_INFINITY : Math.PI;
  return undefined;
}

function fraction(entry: Expr): Fraction | undefined {
  if (entry.kind === 'number') return numeral(entry);
  if (entry.kind !== 'call' || entry.args.length > 2) return undefined;
  const [a, b] = entry.args.map(fraction);
  if (!a || (entry.args.length === 2 && !b)) return undefined;
  if (entry.callee === '-') return b ? a.sub(b) : a.neg();
  if (entry.callee === '+') return b ? a.add(b) : a;
  if (!b) return undefined;
  if (entry.callee === '*') return a.mul(b);
  if (entry.callee === '/') return b.n === 0n ? undefined : a.div(b);
  return entry.callee === '^' ? exactPower(a, b) : undefined;
}
