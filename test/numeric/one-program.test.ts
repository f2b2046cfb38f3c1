import fc from 'fast-check';
import { describe, expect, it, vi } from 'vitest';
import { compileProgram, doubles, evaluate } from '../../src/compile/index.ts';
import { gradientDescent } from '../../src/descend/optimizers/gradient-descent.ts';
import { descentStep } from '../../src/descend/step.ts';
import { elaborate } from '../../src/elaborate/elaborate.ts';
import type { Node } from '../../src/graph/node.ts';
import { check, compile, derive, train } from '../../src/index.ts';
import { parse } from '../../src/language/parser.ts';
import type { Model } from '../../src/model/model.ts';
import { runningGradient } from '../../src/model/running.ts';
import { Callable } from '../../src/numeric/callable.ts';
import { type Draw, random } from '../../src/numeric/random.ts';
import { Points } from '../../src/verify/points.ts';
import { describeGenerated, expressions, type Generated, runs } from '../support/generate.ts';
import { modelOf } from '../support/values.ts';

/** Zeros, ties, the borders of the generator's choices. */
const BORDERS = [0, 0, 1, 1, -1, 0.1, 0.3, 0.5, 2, -2.5];
const EXTREMES = [1e300, -1e300, 1e-300, -1e-300, Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY, Number.NaN];

type Style = (draw: Draw) => number;
const pick = (list: readonly number[], draw: Draw): number => list[Math.floor(draw.uniform() * list.length)]!;
const ordinary: Style = (draw) => Number(draw.normal().toPrecision(3));
const atBorders: Style = (draw) => pick(BORDERS, draw);
const atExtremes: Style = (draw) => (draw.uniform() < 0.4 ? pick(EXTREMES, draw) : atBorders(draw));

type Numbers = ArrayLike<number>;

function pointOf(model: Model, style: Style, seed: number) {
  const draw = random(seed);
  const points = new Points(model, [...model.inputs.keys()], { seed: 1 });
  const values = new Map<string, Numbers>();
  for (const input of model.inputs.values()) {
    const count = points.shape(input).reduce((n, size) => n * size, 1);
    values.set(
      input.name,
      Array.from({ length: count }, () => style(draw)),
    );
  }
  for (const [node, { data }] of model.literals) if (node.kind === 'variable') values.set(node.name, data);
  return { sizes: points.sizes, values };
}

/** The objective and its derivative in every way that there is to run them. */
function everyWay({ source, wrt, shapes }: Generated, style: Style, seed: number): Record<string, Numbers[]> {
  const model = modelOf({ source, shapes });
  const { sizes, values } = pointOf(model, style, seed);
  const nodes = runningGradient(model, [wrt]);
  const by = (backend: 'js' | 'closure') =>
    Callable.running(model, () => nodes, { backend })
      .at(values, sizes)
      .map(({ data }) => data);
  const plain = evaluate(nodes, (v) => ({ shape: [], data: Array.from(values.get(v.name)!) }), sizes, doubles);
  return { js: by('js'), closure: by('closure'), interpreter: plain.map(({ data }) => data) };
}

const identical = (a: number, b: number): boolean => a === b || (Number.isNaN(a) && Number.isNaN(b));

/** Sums and products in another order: the last digits may differ, relative to what was added up. */
const alike = (a: number, b: number, scale: number): boolean => identical(a, b) || Math.abs(a - b) <= 1e-9 * scale;

const scaleOf = (data: Numbers): number =>
  Array.from(data).reduce((most, x) => (Number.isFinite(x) ? Math.max(most, Math.abs(x)) : most), 1e-3);

/** Numbers near the end of the doubles: there another order may overflow. */
const isFar = (data: Numbers): boolean => Array.from(data).some((x) => !(Math.abs(x) < 1e100));

describe('whatever is derived runs alike in generated code, closures and plain loops', () => {
  it.each<[string, Style, boolean]>([
    ['at ordinary points', ordinary, true],
    ['at zeros, ties and borders of branches', atBorders, true],
    ['at infinity, NaN, the largest and the smallest numbers', atExtremes, false],
  ])('%s', { timeout: 240_000 }, (_, style, exactly) => {
    fc.assert(
      fc.property(expressions({ depth: 2 }), fc.nat(1000), (generated, seed) => {
        const { js, closure, interpreter } = everyWay(generated, style, seed) as Record<string, Numbers[]>;
        js!.forEach((data, k) => {
          const [woven, plain] = [closure![k]!, interpreter![k]!];
          const scale = scaleOf(plain);
          Array.from(data).forEach((x, at) => {
            const where = `${describeGenerated(generated)}, seed ${seed}, output ${k}, entry ${at}`;
            expect(identical(x, woven[at]!), `${where}: ${x} by code, ${woven[at]} by closures`).toBe(true);
            if (exactly && !isFar(plain) && !isFar(data))
              expect(alike(x, plain[at]!, scale), `${where}: ${x} by code, ${plain[at]} by loops`).toBe(true);
          });
        });
      }),
      { numRuns: runs(150) },
    );
  });
});

const KINKED = 'param x : [3] = [0.5, 1, -4]\nminimize L = sum(where(x > 0, x, sqrt(-x)))';

describe('one program', () => {
  it('a step of descent takes the derivatives that the API compiles', () => {
    for (const source of [KINKED, 'param w : [2] = 1\ndata X : [m, 2]\ndata y : [m]\nminimize mean((σ(X*w) - y).^2)']) {
      const model = elaborate(parse(source));
      const names = [...model.inputs.values()].filter((i) => i.role === 'param').map((i) => i.name);
      const { cost, updates } = descentStep(model, gradientDescent, { clipped: false, decaying: false });
      const { sizes } = new Points(model, [], { seed: 1 });
      const text = (outputs: readonly Node[]) => compileProgram({ outputs, sizes, backend: 'js' }).source;
      expect(text([cost, ...updates.map((u) => u.gradient)])).toBe(text(runningGradient(model, names)));
    }
  });

  it('and so do a step and the gradient', async () => {
    const { gradient } = derive(KINKED).compile().valueAndGradient();
    const after = await train(KINKED, {}, { epochs: 1, lr: 1 });
    const x = (after.params.x as { toArray(): number[] }).toArray();
    const slope = (gradient.x as { toArray(): number[] }).toArray();
    expect(slope).toEqual([1, 1, -0.25]);
    expect(x).toEqual([0.5, 1, -4].map((start, k) => start - slope[k]!));
  });

  it('a check runs what the API hands out', async () => {
    const spy = vi.spyOn(Callable.prototype, 'at');
    const report = await check('sum(where(x > 0, x, sqrt(-x)))', { shapes: { x: [3] } });
    expect(report.ok).toBe(true);
    expect(spy).toHaveBeenCalledTimes(report.points);
    spy.mockRestore();
  });

  it('a program that is wrong does not pass', async () => {
    const spy = vi.spyOn(Callable.prototype, 'at').mockImplementation(function (this: Callable, values, sizes) {
      spy.mockRestore();
      const found = this.at(values, sizes);
      found[1]!.data[0] = Number.NaN;
      return found;
    });
    const report = await check('sum(where(x > 0, x, sqrt(-x)))', { shapes: { x: [3] } });
    expect(report.ok).toBe(false);
  });

  it('what a source computes it computes in its derivations too', () => {
    const source = 'sum(where(x > 0, 1./x, 0).*log(x))';
    const at = { x: [0, 2] };
    const shapes = { x: ['n'] };
    expect(derive(source, 'x', { shapes }).compile().value(at)).toBe(compile(source, { shapes })(at));
  });
});
