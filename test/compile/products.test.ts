import { describe, expect, it } from 'vitest';
import type { Precision } from '../../src/compile/executable.ts';
import { type Counter, type Place, place, type Slot } from '../../src/compile/expression.ts';
import { layoutOf, reserved, viewsOf } from '../../src/compile/layout.ts';
import type { Product, Program } from '../../src/compile/program.ts';
import { loop } from '../../src/compile/program.ts';
import { js } from '../../src/compile/targets/js.ts';
import type { Runner } from '../../src/compile/targets/target.ts';
import { wasm } from '../../src/compile/targets/wasm/index.ts';
import { stream } from './random.ts';

/** Sizes of a product, how its operands lie, and what becomes of it. */
interface Case {
  readonly rows: number;
  readonly columns: number;
  readonly summed: readonly number[];
  readonly batch?: number;
  readonly transposed?: 'left' | 'right' | 'both';
  readonly scale?: number;
  readonly accumulate?: boolean;
}

const strides = (extents: readonly number[]): number[] =>
  extents.map((_, k) => extents.slice(k + 1).reduce((n, extent) => n * extent, 1));

function programOf({ rows, columns, summed, batch = 1, transposed, scale = 1, accumulate = false }: Case): Program {
  const counters = [batch, rows, columns, ...summed].map((extent, depth): Counter => ({ id: depth, depth, extent }));
  const [b, i, j, ...ks] = counters as [Counter, Counter, Counter, ...Counter[]];
  const array = (order: readonly Counter[]): { length: number; at: Place } => {
    const steps = strides(order.map((c) => c.extent));
    const terms = order.map((counter, k) => ({ counter, stride: steps[k]! })).sort((x, y) => x.counter.depth - y.counter.depth);
    return { length: order.reduce((n, c) => n * c.extent, 1), at: place(0, terms) };
  };
  const leftAcross = transposed === 'left' || transposed === 'both';
  const rightAcross = transposed === 'right' || transposed === 'both';
  const arrays = [
    array([b, ...(leftAcross ? [...ks, i] : [i, ...ks])]),
    array([b, ...(rightAcross ? [j, ...ks] : [...ks, j])]),
    array([b, i, j]),
  ];
  const slots = arrays.map(({ length }, id): Slot => ({ id, length, role: id === 2 ? 'output' : 'input' }));
  const [left, right, out] = arrays.map(({ at }, k) => ({ slot: slots[k]!, at })) as [Slotted, Slotted, Slotted];
  const product: Product = {
    kind: 'product',
    rows: i,
    columns: j,
    summed: ks,
    left,
    right,
    ...out,
    scale,
    accumulate,
    mirrored: false,
  };
  return { slots, before: [], compute: [loop(b, [product])], commit: [], after: [], objective: undefined };
}

type Slotted = { readonly slot: Slot; readonly at: Place };

/** The result by a target, of small whole numbers: exact in every order. */
function result(target: Runner, form: Case, precision: Precision): readonly number[] {
  const program = programOf(form);
  const made = { program, layout: layoutOf(program, precision) };
  const block = target.reserve?.(made) ?? reserved(made.layout);
  const arrays = viewsOf(made.layout, block);
  const next = stream(form.rows + form.columns);
  for (const array of arrays) for (let k = 0; k < array.length; k++) array[k] = Math.round(8 * next() - 4);
  target.link(made, arrays, block).run(1, undefined, false);
  // A zero has no sign where it is the sum of several parts.
  return Array.from(arrays[2]!, (x) => x + 0);
}

const FORMS: readonly Case[] = [
  { rows: 4, columns: 8, summed: [3] },
  { rows: 1, columns: 1, summed: [1] },
  { rows: 3, columns: 5, summed: [7] },
  { rows: 2, columns: 3, summed: [2], batch: 3, scale: -0.5, accumulate: true },
  { rows: 9, columns: 17, summed: [5, 3], batch: 2 },
  { rows: 13, columns: 11, summed: [2, 3, 2], transposed: 'both', accumulate: true, scale: 2 },
  { rows: 70, columns: 10, summed: [300], scale: -1 },
  { rows: 67, columns: 530, summed: [5], transposed: 'right' },
  { rows: 5, columns: 1030, summed: [280], transposed: 'left', accumulate: true },
  { rows: 130, columns: 66, summed: [40, 20], transposed: 'both' },
  { rows: 2, columns: 3, summed: [2, 40_000], transposed: 'both' },
];

describe.each<Precision>(['f64', 'f32'])('a product in %s', (precision) => {
  it.each(
    FORMS.flatMap((form) => [
      form,
      ...(form.transposed ? [] : (['left', 'right', 'both'] as const).map((transposed) => ({ ...form, transposed }))),
    ]),
  )('$rows×$columns over $summed, transposed $transposed', (form) => {
    expect(result(wasm, form, precision)).toEqual(result(js, form, precision));
  });
});
