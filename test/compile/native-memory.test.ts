import { describe, expect, it } from 'vitest';
import { compile, type Tensor } from '../../src/index.ts';
import { hasCompiler, provide } from './natively.ts';

describe.skipIf(!hasCompiler).each(['f64', 'f32'] as const)('native programs of nothing, in %s', (precision) => {
  const way = { backend: 'native', precision } as const;
  const none = precision === 'f32' ? new Float32Array(0) : new Float64Array(0);

  it.each([
    ['eye(0)', {}, {}],
    ['2*x', { x: ['n'] }, { x: [] }],
    ['2*x', { x: ['n'] }, { x: none }],
    ["A*A'", { A: [0, 3] }, { A: none }],
    ['A*x', { A: ['m', 2], x: [2] }, { A: none, x: [1, 2] }],
  ])('give %s without entries', (text, shapes, inputs) => {
    provide();
    const f = compile(text, { ...way, shapes });
    for (let call = 0; call < 3; call++) expect((f(inputs) as Tensor).data).toHaveLength(0);
  });

  it('run where their inputs stay, and add nothing up to 0', () => {
    provide();
    const shapes = { x: ['n'] } as const;
    expect(
      compile('2*x', { ...way, shapes })
        .bind({ x: [] })
        .run(),
    ).toHaveLength(0);
    expect(compile('sum(x)', { ...way, shapes })({ x: none })).toBe(0);
  });
});
