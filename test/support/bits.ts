import { readFileSync } from 'node:fs';
import { doubles, evaluate } from '../../src/compile/index.ts';
import { differentiate } from '../../src/differentiate/sweep.ts';
import { elaborate } from '../../src/elaborate/elaborate.ts';
import type { Node } from '../../src/graph/node.ts';
import { derive } from '../../src/index.ts';
import { parse } from '../../src/language/parser.ts';
import type { Model } from '../../src/model/model.ts';

/** How many bits of a double are wrong, against values of many digits. */

const view = new DataView(new ArrayBuffer(8));

/** The place of a double among all of them. */
function place(x: number): bigint {
  view.setFloat64(0, x);
  const bits = view.getBigInt64(0);
  return bits < 0n ? -(bits & 0x7fffffffffffffffn) : bits;
}

/** Below this, doubles have fewer digits, and none need be right. */
const LEAST_NORMAL = 2.2250738585072014e-308;

/** log₂ of one more than the doubles between the two; 64 for no number at all. */
export function bitsOfError(found: number, truth: number): number {
  if (Number.isNaN(found)) return 64;
  if (Math.abs(truth) < LEAST_NORMAL && Math.abs(found) <= LEAST_NORMAL) return 0;
  const gap = place(found) - place(truth);
  return Math.log2(Number((gap < 0n ? -gap : gap) + 1n));
}

/** x, and the true value, slope and second derivative there. */
export type Row = readonly [x: number, value: number, slope: number, second: number];

/** The tables that `accuracy/reference.py` writes, by formula. */
export function referenceRows(): Map<string, Row[]> {
  const tables = new Map<string, Row[]>();
  let rows: Row[] = [];
  for (const line of readFileSync(new URL('../accuracy/reference.csv', import.meta.url), 'utf8')
    .trim()
    .split('\n')) {
    if (line.startsWith('# ')) {
      rows = [];
      tables.set(line.slice(2), rows);
    } else
      rows.push(
        line
          .split(',')
          .map((text) => (text.endsWith('inf') ? Number(text.replace('inf', 'Infinity')) : Number(text))) as unknown as Row,
      );
  }
  return tables;
}

/** What the names other than x are in the tables. */
export const PARAMETERS: Readonly<Record<string, number>> = { a: 1.25, n: 7, d: 1e-8, y: 0.3 };

type Three = (x: number) => readonly [number, number, number];

/** The formula and its derivatives, operation by operation as they are written. */
export function asWritten(source: string): { values: Three; model: Model; nodes: readonly Node[] } {
  const model = elaborate(parse(source), {});
  const g = model.graph;
  const f = model.objective!.node;
  const x = model.inputs.get('x')!.node;
  const first = differentiate(g, f, [x])[0]!;
  const nodes = [f, first, differentiate(g, first, [x])[0]!];
  const values: Three = (at) => {
    const given = (name: string): number => (name === 'x' ? at : PARAMETERS[name]!);
    const found = evaluate(nodes, (v) => ({ shape: [], data: [given(v.name)] }), new Map(), doubles);
    return found.map(({ data }) => data[0]!) as unknown as [number, number, number];
  };
  return { values, model, nodes };
}

/** The formula and its derivatives as they are compiled. */
export function asRun(source: string): Three {
  const f = derive(source, 'x', { steps: false });
  const [one, two] = [f.compile(), derive(`diff(${source}, x)`, 'x', { steps: false }).compile()];
  const others = Object.fromEntries(
    [...f.model.inputs.keys()].flatMap((name) => (name === 'x' ? [] : [[name, PARAMETERS[name]!]])),
  );
  return (x) => {
    const { value, gradient } = one.valueAndGradient({ ...others, x });
    return [value as number, gradient.x as number, two.gradient({ ...others, x }).x as number];
  };
}

export interface Bits {
  readonly average: number;
  readonly worst: number;
}

/** The bits of error of the value and the two derivatives, where the true ones are doubles. */
export function bitsOver(rows: readonly Row[], f: Three): readonly [Bits, Bits, Bits] {
  const errors: [number[], number[], number[]] = [[], [], []];
  for (const row of rows) {
    const found = f(row[0]);
    for (const k of [0, 1, 2] as const) {
      const truth = row[k + 1]!;
      if (Number.isFinite(truth)) errors[k].push(bitsOfError(found[k], truth));
    }
  }
  return errors.map((list) => ({
    average: list.reduce((sum, b) => sum + b, 0) / Math.max(1, list.length),
    worst: Math.max(0, ...list),
  })) as unknown as [Bits, Bits, Bits];
}
