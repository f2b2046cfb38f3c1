import { describe, expect, it } from 'vitest';
import { bodyOf, computed, isBasic, isKnown } from '../../src/compile/bodies.ts';
import { operators } from '../../src/operators/index.ts';
import { reciprocal } from '../../src/operators/power.ts';
import { domainPoints } from '../support/sample.ts';

/** Series, continued fractions and iterations: a target has to bring them itself. */
const OUT_OF_REACH = [
  ...['erfi', 'dawson', 'polygamma', 'uppergamma'],
  ...['Ei', 'li', 'Si', 'Ci', 'Shi', 'Chi', 'fresnels', 'fresnelc', 'lambertw', 'polylog'],
  ...['besselj', 'bessely', 'besseli', 'besselk', 'elliptic_f', 'elliptic_e'],
  ...['dawson-derived-0', 'erfcx-derived-1', 'dawson-derived-1', 'erfcx-derived-2'],
  ...['mills-slope', 'mills-excess'],
  ...[0, 1, 2].flatMap((n) => [`elliptic_f-derived-${n}`, `elliptic_e-derived-${n}`]),
  ...['sinc-derived-2', 'sinc-derived-5'],
];

const others = operators.filter((f) => !isBasic(f));

const EDGES = [0, -0, 0.25, 0.5, 1, 2, 3, 30, 700, 1e5, 1e200, Number.POSITIVE_INFINITY].flatMap((u) => [u, -u]);

const close = (a: number, b: number): boolean => Object.is(a, b) || a === b || Math.abs(a - b) <= 1e-12 * Math.abs(b);

describe('a function of a program has a body in basic functions', () => {
  it('but for those out of reach, and the one that is a division', () => {
    const without = others.filter((f) => f !== reciprocal && !bodyOf(f)).map(({ name }) => name);
    expect(without).toEqual(OUT_OF_REACH);
  });

  it.each(others.filter((f) => bodyOf(f)).map((f) => [f.name, f] as const))('%s, as accurate as its kernel', (name, f) => {
    const body = bodyOf(f)!;
    const edges = f.arity === 1 ? EDGES.map((u) => [u]) : [];
    for (const args of [...domainPoints(f, 40), ...edges, f.orders ? [] : Array.from({ length: f.arity }, () => Number.NaN)]) {
      if (args.length === 0) continue;
      const [own, kernel] = [computed(body, args), f.kernel(...args)];
      expect(close(own, kernel), `${name}(${args}) is ${kernel}, not ${own}`).toBe(true);
    }
  });

  it('which calls functions that have one', () => {
    for (const f of others)
      for (const inner of bodyOf(f)?.calls ?? []) expect(isKnown(inner), `${inner.name} in ${f.name}`).toBe(true);
  });
});

describe('a definition is taken for a body', () => {
  const made = (definition: NonNullable<(typeof operators)[number]['definition']>, kernel: (x: number) => number) =>
    bodyOf({ name: 'made', arity: 1, kernel, definition });

  it('where it is as accurate as the kernel', () => {
    const body = made(
      (g, x) => g.add([x, x]),
      (x) => x + x,
    );
    expect(computed(body!, [3])).toBe(6);
  });

  it('and only there', () => {
    expect(
      made(
        (g, x) => g.sub(g.add([x, g.constant(1)]), g.constant(1)),
        (x) => x + 1 - 1 + 1e-9,
      ),
    ).toBeUndefined();
  });
});
