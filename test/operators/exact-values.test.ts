import { describe, expect, it } from 'vitest';
import { compileProgram } from '../../src/compile/index.ts';
import { constantOf } from '../../src/graph/forms.ts';
import { Graph } from '../../src/graph/graph.ts';
import { rational } from '../../src/graph/rational.ts';
import { topological } from '../../src/graph/traverse.ts';
import { derive } from '../../src/index.ts';
import { pi } from '../../src/operators/constants.ts';
import { acos, asin, atan } from '../../src/operators/elementary.ts';
import { log2, log10 } from '../../src/operators/logarithmic.ts';
import type { Operator } from '../../src/operators/operator.ts';
import { cos, sin, tan } from '../../src/operators/trigonometric.ts';

const NO_SIZES = new Map<string, number>();

function valuesAt(operator: Operator, argument: (g: Graph) => ReturnType<Graph['constant']>) {
  const g = new Graph();
  const x = argument(g);
  const node = g.apply(operator, x);
  const program = compileProgram({ outputs: [node, x], sizes: NO_SIZES });
  program.run();
  const known = !topological([node]).some((n) => n.kind === 'apply' && n.operator === operator);
  return { known, found: program.outputs[0]!.data[0]!, expected: operator.kernel(program.outputs[1]!.data[0]!) };
}

describe.each([sin, cos, tan].map((o) => [o.name, o] as const))('%s of fractions of π', (_, operator) => {
  it('is what the function gives there', () => {
    for (let k = -60; k <= 60; k++) {
      const { known, found, expected } = valuesAt(operator, (g) => g.mul(rational(k).div(12), g.apply(pi)));
      // 15°, 75° … have nested roots, and a tangent its poles.
      const told = (k % 2 === 0 || k % 3 === 0) && !(operator === tan && Math.abs(k % 12) === 6);
      expect(known, `at ${k}π/12`).toBe(told);
      if (told) expect(found, `at ${k}π/12`).toBeCloseTo(expected, 12);
    }
  });
});

describe.each([asin, acos, atan, log2, log10].map((o) => [o.name, o] as const))('%s of a fraction', (_, operator) => {
  it('is what the function gives there', () => {
    const told: string[] = [];
    for (const text of ['-1', '-3/4', '-1/2', '0', '1/2', '3/4', '1', '2', '3', '1/8', '1024', '1000', '1/100']) {
      const c = rational(text);
      const { known, found, expected } = valuesAt(operator, (g) => g.constant(c));
      if (known && Number.isFinite(expected)) {
        told.push(text);
        expect(found, `at ${text}`).toBeCloseTo(expected, 14);
      }
    }
    expect(told.length).toBeGreaterThan(2);
  });
});

it('an array that repeats a number has the value of each', () => {
  const g = new Graph();
  const x = g.constant(8, [4]);
  expect(constantOf(g.apply(log2, x))?.toFraction()).toBe('3');
});

it('a derivative has them', () => {
  expect(derive('x*cos(7*pi/3)').partials.x!.toString()).toBe('1/2');
  expect(derive('x*atan(1)').partials.x!.toString()).toBe('pi/4');
});
