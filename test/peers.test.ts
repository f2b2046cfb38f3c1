import { describe, expect, it, test } from 'vitest';
import { compile, derive, hessian } from '../src/index.ts';
import '../src/vitest.ts';
import { type Case, cases } from './support/peers.ts';

const derivative = ({ f, by, shapes = {}, second }: Case) =>
  second ? hessian(f, by, { shapes }) : derive(f, by, { shapes }).partial;

const flat = (value: unknown): number[] =>
  typeof value === 'number' ? [value] : Array.isArray(value) ? value.flatMap(flat) : [...(value as { data: number[] }).data];

describe('where others have erred', () => {
  test.each(cases.filter(([, c]) => c.is))('%s', async (_, { f, by, shapes = {}, is }) => {
    await expect(is!).toBeDerivativeOf(f, by, { shapes });
    await expect(f).toHaveCorrectGradients({ wrt: by, shapes });
  });

  test.each(cases.filter(([, c]) => c.at))('%s, at a point', (_, c) => {
    const text = derivative(c).toString();
    const found = flat(compile(text, { shapes: c.shapes ?? {} })(c.at!.point as never));
    const own = c.second
      ? undefined
      : flat(
          derive(c.f, c.by, { shapes: c.shapes ?? {} })
            .compile()
            .gradient(c.at!.point as never)[c.by],
        );
    const wanted = flat(c.at!.is);
    for (const values of own ? [found, own] : [found]) {
      expect(values).toHaveLength(wanted.length);
      for (const [k, x] of wanted.entries()) {
        expect(Math.abs(values[k]! - x), `${text}: entry ${k} is ${values[k]}`).toBeLessThanOrEqual(1e-14 * Math.abs(x));
      }
    }
  });

  it.each(cases.filter(([, c]) => c.length))('%s prints short', (_, c) => {
    expect(derivative(c).toString()).toSatisfy((text: string) => text.length <= c.length!);
  });
});
