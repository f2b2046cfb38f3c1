import { describe, expect, it } from 'vitest';
import { doubles, evaluate } from '../../src/compile/index.ts';
import { compile, derive } from '../../src/index.ts';
import { modelOf } from '../support/values.ts';

const cases: readonly (readonly [source: string, value: number])[] = [
  ['sum(x)', 0],
  ['prod(x)', 1],
  ['mean(x)', Number.NaN],
  ['max(x)', Number.NEGATIVE_INFINITY],
  ['min(x)', Number.POSITIVE_INFINITY],
  ['logsumexp(x)', Number.NEGATIVE_INFINITY],
  ['norm(x)', 0],
  ['norm(x, 3)', 0],
  ['norm(x, 1)', 0],
  ['sum(softmax(x))', 0],
  ['2*sum(softmax(x).*3)', 0],
];

describe('functions of an array without entries', () => {
  it.each(cases)('%s', (source, value) => {
    for (const backend of ['js', 'wasm', 'closure'] as const)
      expect(compile(source, { shapes: { x: [0] }, backend })({ x: [] }), backend).toEqual(value);
    const { objective } = modelOf({ source, shapes: { x: [0] } });
    expect(evaluate([objective!.node], () => ({ shape: [0], data: [] }), new Map(), doubles)[0]!.data).toEqual([value]);
    expect(
      derive(source, 'x', { shapes: { x: [0] } })
        .compile()
        .gradient({ x: [] }).x,
    ).toHaveProperty('data', new Float64Array(0));
  });
});
