import { describe, expect, it, test } from 'vitest';
import { doubles, evaluate } from '../../src/compile/index.ts';
import { elaborate } from '../../src/elaborate/elaborate.ts';
import { sizeOf } from '../../src/graph/dimension.ts';
import { check, compile, derive } from '../../src/index.ts';
import { parse } from '../../src/language/parser.ts';
import { partOf } from '../support/generate.ts';
import { cases, numbers, type Shapes, x } from './recurrence-cases.ts';

/** Different numbers of both signs. */
const filled = (count: number, salt: number) =>
  Float64Array.from({ length: count }, (_, k) => 0.8 * Math.sin(1.3 * k + salt) + 0.05);

function given(shapes: Shapes, T: number) {
  const arrays = Object.entries(shapes).map(([name, shape], k) => {
    const lengths = shape.map((d) => (typeof d === 'number' ? d : T));
    return {
      name,
      lengths,
      data: filled(
        lengths.reduce((a, b) => a * b, 1),
        k,
      ),
    };
  });
  const entries = Object.fromEntries(
    arrays.map(({ name, lengths, data }) => [
      name,
      (...at: number[]) => data[at.reduce((place, i, axis) => place * lengths[axis]! + i - 1, 0)]!,
    ]),
  );
  const inputs = Object.fromEntries(arrays.map(({ name, lengths, data }) => [name, lengths.length === 0 ? data[0]! : data]));
  return { entries, inputs, arrays };
}

/** By definition, entry after entry. */
function interpreted(source: string, shapes: Shapes, T: number): number[] {
  const model = elaborate(parse(source), { shapes });
  const { arrays } = given(shapes, T);
  const sizes = new Map([['T', T]]);
  const [values] = evaluate(
    [model.objective!.node],
    (v) => ({ shape: v.shape.map((d) => sizeOf(d, sizes)), data: [...arrays.find((a) => a.name === v.name)!.data] }),
    sizes,
    doubles,
  );
  return [...values!.data];
}

function agree(found: readonly number[], wanted: readonly number[], tolerance: number): void {
  expect(found.length).toBe(wanted.length);
  const scale = Math.max(1, ...wanted.map(Math.abs));
  for (const [k, y] of found.entries())
    expect(Math.abs(y - wanted[k]!) / scale, `entry ${k}: ${y}, not ${wanted[k]}`).toBeLessThan(tolerance);
}

describe.each(Object.entries(cases))('%s', (_, list) => {
  describe.each(partOf(list, 3).map((c) => [c.source.replace(/\s+/g, ' '), c] as const))(
    '%s',
    (_source, { source, shapes, is }) => {
      const ts = Object.values(shapes).some((s) => s.includes('T')) ? [1, 2, 5, 50] : [];
      it.each(ts)('is what a plain loop says, T = %i', (T) => {
        const { entries, inputs } = given(shapes, T);
        const wanted = is(entries, T);
        agree(interpreted(source, shapes, T), wanted, 1e-12);
        for (const backend of ['js', 'closure'] as const)
          agree(numbers(compile(source, { shapes, backend })(inputs)), wanted, 1e-12);
        agree(numbers(compile(source, { shapes, precision: 'f32' })(inputs)), wanted, 2e-5);
      });
      it('has derivatives that print as text of the same value, and steps that hold', () => {
        const { inputs } = given(shapes, 4);
        const d = derive(source, Object.keys(shapes), { shapes });
        for (const name of Object.keys(shapes)) {
          const printed = compile(d.partials[name]!.toString(), { shapes })(inputs);
          agree(numbers(printed), numbers(d.compile().gradient(inputs)[name]), 1e-12);
        }
        expect(d.verifySteps(2)).toMatchObject({ ok: true, failed: [] });
        expect(() => d.toLatex() + d.toHtml() + d.toText({ detail: 'full' })).not.toThrow();
      });
      it('has the right derivative by everything', async () => {
        const report = await check(source, { shapes, points: 1, wrt: Object.keys(shapes) });
        expect(report, JSON.stringify(report)).toMatchObject({ ok: true });
      });
    },
  );
});

describe('derivatives of derivatives', () => {
  const scalar = 'h[0] = a; h[t=1:T] = sin(w*h[t-1] + x[t])';
  const layer = 'h[0] = h0; h[t=1:T] = sin(W*h[t-1])';
  const two = 'h[0] = 0.5; c[0] = a; z[t=1:T] = sin(w*h[t-1] + x[t]); c[t=1:T] = z[t]*c[t-1]; h[t=1:T] = cos(c[t])*z[t]';
  it.each([
    [`${scalar}; grad(h[T], w)`, { w: [], a: [], ...x }],
    [`${scalar}; grad(sum(h.^2), a)`, { w: [], a: [], ...x }],
    [`${scalar}; hessian(h[T], x)`, { w: [], a: [], ...x }],
    [`${layer}; grad(sum(h.^2), h0)`, { W: [2, 2], h0: [2], ...x }],
    [`${layer}; grad(sum(h.^2), W)`, { W: [2, 2], h0: [2], ...x }],
    [`${two}; grad(sum(h) + sum(z), w)`, { w: [], a: [], ...x }],
    ['b[T+1] = a; b[t=1:T] = sin(w*b[t+1]) + x[t]; grad(b[1], w)', { w: [], a: [], ...x }],
    ['F[-1] = a; F[0] = 1; F[t=1:T] = F[t-1]*F[t-2]*x[t]; grad(sum(F), a)', { a: [], ...x }],
  ] as [string, Shapes][])('%s', async (source, shapes) => {
    const report = await check(source, { shapes, points: 1, wrt: Object.keys(shapes) });
    expect(report, JSON.stringify(report)).toMatchObject({ ok: true });
  });

  it('the Hessian of the last state by the first is what a recurrence of second derivatives says', () => {
    const second = compile('h[0] = a; h[t=1:T] = sin(w*h[t-1] + x[t]); diff(diff(h[T], a), a)', {
      shapes: { w: [], a: [], ...x },
    });
    const { entries, inputs } = given({ w: [], a: [], ...x }, 20);
    const [w, a] = [entries.w!(), entries.a!()];
    let [h, d, dd] = [a, 1, 0];
    for (let t = 1; t <= 20; t++) {
      const z = w * h + entries.x!(t);
      [h, d, dd] = [Math.sin(z), Math.cos(z) * w * d, Math.cos(z) * w * dd - Math.sin(z) * (w * d) ** 2];
    }
    agree(numbers(second(inputs)), [dd], 1e-13);
  });
});

test('a recurrence whose one step is written out is that step', async () => {
  const source = 'h[0] = 0.5; z[t=1:1] = sin(w*h[t-1] + u); h[t=1:1] = z[t]*h[t-1] + u; sum(z) + h[1]';
  expect(compile(source)({ w: 0.3, u: 0.7 })).toBeCloseTo(Math.sin(0.85) * 1.5 + 0.7, 14);
  expect(await check(source, { shapes: { w: [], u: [] }, wrt: ['w', 'u'] })).toMatchObject({ ok: true });
});
