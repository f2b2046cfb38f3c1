import { type Fraction, rational, toNumber, ZERO } from '../graph/rational.ts';
import type { ArrayOperator } from './array.ts';
import { linearForm } from './linear-operator.ts';

/** A matrix with zeros below its k-th diagonal, or above it; k = 0 is the main one, and k > 0 lies right of it. */

const triangle = (name: 'triu' | 'tril', keeps: (fromDiagonal: number, k: number) => boolean) => {
  const made = new Map<number, ArrayOperator>();
  const of = (k: number): ArrayOperator => {
    let operator = made.get(k);
    if (!operator) {
      operator = record(k);
      made.set(k, operator);
    }
    return operator;
  };
  const parametersOf = (k: number): { parameters?: readonly Fraction[] } => (k === 0 ? {} : { parameters: [rational(k)] });
  const record = (k: number): ArrayOperator => ({
    name,
    key: `${name}/${k}`,
    ...parametersOf(k),
    notation: { latex: `\\operatorname{${name}}` },
    cells: [2],
    cellShape: (cell) => cell,
    pullback: (p) => p.g.array(of(k), p.adjoint),
    rule: {
      id: name === 'triu' ? 'upper-triangle' : 'lower-triangle',
      name: name === 'triu' ? 'upper triangle' : 'lower triangle',
      why: `Entries ${name === 'triu' ? 'below' : 'above'} the diagonal do not count, so nothing goes on to them.`,
      formula: `d(${name} A) = ${name} dA`,
    },
    kernel: ([x], out, count, [shape]) => {
      const [rows, columns] = shape as [number, number];
      let at = 0;
      for (let cell = 0; cell < count; cell++)
        for (let i = 0; i < rows; i++) for (let j = 0; j < columns; j++, at++) out[at] = keeps(j - i, k) ? x![at]! : 0;
    },
    exact: (x, [cell]) => {
      const columns = cell!.shape[1]!;
      return cell!.data.map((u, at) => (keeps((at % columns) - Math.floor(at / columns), k) ? u : x.zero));
    },
    normal: (g, x) => {
      if (x.kind !== 'array' || x.operator.name !== name) return linearForm(g, of(k), x);
      // Of two triangles of one kind the smaller one is left.
      const other = x.operator.parameters?.[0] ?? ZERO;
      const least = keeps(toNumber(other), k) ? toNumber(other) : k;
      return g.array(of(least), x.args[0]!);
    },
  });
  return of;
};

export const triu = triangle('triu', (fromDiagonal, k) => fromDiagonal >= k);
export const tril = triangle('tril', (fromDiagonal, k) => fromDiagonal <= k);
