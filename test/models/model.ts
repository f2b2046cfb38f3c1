import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { check, derive, type Tensor } from '../../src/index.ts';
import { random } from '../../src/numeric/random.ts';

/** An entry of an array by subscripts that count from 0; a scalar by none. */
export type Entries = (...at: number[]) => number;

/** The inputs of a model and the lengths of its named axes: what a reference is written with. */
export interface Given {
  readonly of: Readonly<Record<string, Entries>>;
  readonly size: Readonly<Record<string, number>>;
}

export const sum = (count: number, term: (k: number) => number): number => {
  let total = 0;
  for (let k = 0; k < count; k++) total += term(k);
  return total;
};

export const largest = (count: number, term: (k: number) => number): number =>
  Math.max(...Array.from({ length: count }, (_, k) => term(k)));

export const table = <T>(count: number, entry: (k: number) => T): T[] => Array.from({ length: count }, (_, k) => entry(k));

/**
 * An example is what plain loops say: its value at its own parameters and at random ones, in every target; its gradient,
 * by symbols against differences and as compiled against differences of the reference.
 */
export function isWhatLoopsSay(name: string, reference: (given: Given) => number): void {
  const source = readFileSync(`examples/${name}.grad`, 'utf8');
  const derivation = derive(source, undefined, { steps: false });
  const { model } = derivation;
  const shapes = new Map(
    [...model.inputs.values()].map(
      (i) => [i.name, i.shape.map((d) => (typeof d === 'number' ? d : (model.sizes.get(d) ?? other[d])!))] as const,
    ),
  );
  const flat = (value: unknown): number[] => (Array.isArray(value) ? value.flatMap(flat) : [value as number]);
  const own = new Map(
    [...model.inputs.values()].flatMap((i) =>
      i.initial?.kind === 'array' ? [[i.name, flat(i.initial.array.data as never)]] : [],
    ) as [string, number[]][],
  );

  /** Parameters drawn, near those of the source if it has some; data stay as the source has them. */
  const point = (seed: number): Map<string, number[]> => {
    const draw = random(seed);
    return new Map(
      [...model.inputs.values()].map(({ name: input, role }) => {
        const count = shapes.get(input)!.reduce((a, b) => a * b, 1);
        const known = own.get(input);
        if (known) return [input, role === 'data' ? known : known.map((x) => x + 0.1 * draw.normal())];
        return [input, Array.from({ length: count }, () => (role === 'data' ? 0.7 : 0.3 + 0.5 * draw.normal()))];
      }),
    );
  };
  const nested = (data: readonly number[], shape: readonly number[]): unknown => {
    const [first, ...rest] = shape;
    if (first === undefined) return data[0];
    const step = data.length / first;
    return table(first, (k) => nested(data.slice(k * step, (k + 1) * step), rest));
  };
  const inputsOf = (values: ReadonlyMap<string, readonly number[]>) =>
    Object.fromEntries([...values].map(([input, data]) => [input, nested(data, shapes.get(input)!)]));
  const loops = (values: ReadonlyMap<string, readonly number[]>): number => {
    const of = Object.fromEntries(
      [...values].map(([input, data]) => [
        input,
        (...at: number[]) => data[at.reduce((place, i, axis) => place * shapes.get(input)![axis]! + i, 0)]!,
      ]),
    );
    return reference({ of, size: { ...other, ...Object.fromEntries(model.sizes) } });
  };

  describe(name, () => {
    it.each(['js', 'closure'] as const)('has the value of plain loops, by %s', (backend) => {
      const f = derivation.compile({ backend });
      for (const seed of [1, 2, 3]) {
        const values = point(seed);
        const expected = loops(values);
        const found = f.value(inputsOf(values) as never) as number;
        expect(Math.abs(found - expected) / Math.max(1, Math.abs(expected))).toBeLessThan(1e-12);
      }
    });

    it('has the gradient that differences of plain loops give', () => {
      const values = point(4);
      const gradient = derivation.compile().gradient(inputsOf(values) as never);
      for (const wrt of derivation.wrt) {
        const value = gradient[wrt]!;
        const found = typeof value === 'number' ? [value] : Array.from((value as Tensor).data);
        found.forEach((slope, k) => {
          const moved = (step: number) => loops(new Map(values).set(wrt, values.get(wrt)!.with(k, values.get(wrt)![k]! + step)));
          const h = 1e-3;
          const numeric = (8 * (moved(h) - moved(-h)) - (moved(2 * h) - moved(-2 * h))) / (12 * h);
          expect(Math.abs(slope - numeric) / Math.max(1, Math.abs(numeric)), `${wrt}, entry ${k}`).toBeLessThan(1e-7);
        });
      }
    });

    it('has the gradient that differences of itself give, to full precision', async () => {
      expect(await check(source, { points: 1 })).toMatchObject({ ok: true });
    });
  });
}

/** Lengths of named axes that only parameters have. */
const other: Readonly<Record<string, number>> = { h: 2, k: 3, o: 2 };
