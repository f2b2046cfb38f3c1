import fc from 'fast-check';
import { expect, test } from 'vitest';
import { fused } from '../../src/graph/fused.ts';
import type { Node } from '../../src/graph/node.ts';
import { topological } from '../../src/graph/traverse.ts';
import { derive } from '../../src/index.ts';
import { random } from '../../src/numeric/random.ts';
import { Asked, Field } from '../../src/verify/exact/field.ts';
import { plain } from '../../src/verify/exact/primes.ts';
import { expressions, runs } from '../support/generate.ts';
import { distance, modelOf, somewhere, valuesOf } from '../support/values.ts';

test('no array is made that has more indices than what is summed needs', () => {
  const model = modelOf({
    source: 'C[i,j] = sum[q,r,s](P[i,q]*Q[q,r]*R[r,s]*S[s,j])\nC',
    shapes: { P: ['n', 'n'], Q: ['n', 'n'], R: ['n', 'n'], S: ['n', 'n'] },
  });
  const [whole] = fused(model.graph, [model.objective!.node]);
  const widest = (node: Node): number => Math.max(...topological([node]).map(({ shape }) => shape.length));
  expect(widest(model.objective!.node)).toBeGreaterThan(2);
  expect(widest(whole!)).toBe(2);
});

test('products that are taken in are worth what they were', () => {
  fc.assert(
    fc.property(expressions(), fc.nat(1000), ({ source, wrt, shapes }, seed) => {
      const { model, partial } = derive(source, wrt, { shapes, steps: false });
      const [whole] = fused(model.graph, [partial.node]);
      const [expected, found] = valuesOf([partial.node, whole!], somewhere(model, seed), model);
      if (expected!.every(Number.isFinite)) expect(distance(found!, expected!)).toBeLessThan(1e-9);
    }),
    { numRuns: runs(200) },
  );
});

test('a sum of products in the field is what it is term by term, and so is where it came from', () => {
  const field = new Field({ family: plain, draw: random(3), roots: false, origins: true, asked: new Asked() });
  const steps = Float64Array.from([0, 1, 2, 3]);
  const data = Array.from({ length: 8 }, () => field.sample());
  const [a, b] = [
    { data, from: 0, steps },
    { data, from: 4, steps },
  ];
  const together = field.dot(a, b);
  const apart = [1, 2, 3].reduce(
    (total, k) => field.add(total, field.multiply(data[k]!, data[4 + k]!)),
    field.multiply(data[0]!, data[4]!),
  );
  expect([together.p, together.q]).toEqual([apart.p, apart.q]);
  expect(together.origin).toEqual(apart.origin);
  expect(together.exact).toBeUndefined();
});
