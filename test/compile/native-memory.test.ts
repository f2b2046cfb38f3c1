import { describe, expect, it } from 'vitest';
import { Cache } from '../../src/app/native/cache.ts';
import { hostOf } from '../../src/app/native/host.ts';
import { NO_MEMORY } from '../../src/compile/targets/native/glue.ts';
import { provideNative } from '../../src/compile/targets/native/index.ts';
import { type Memory, toolchainOf } from '../../src/compile/targets/native/linker.ts';
import { MEMORY_MODULE } from '../../src/compile/targets/native/modules.ts';
import { compile, type Tensor } from '../../src/index.ts';
import { hasCompiler, provide, TEST_CACHE } from './natively.ts';

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

describe.skipIf(!hasCompiler)('native programs of more memory than Node has buffers of', () => {
  it('are refused before anything is asked for', () => {
    const host = hostOf(new Cache(TEST_CACHE));
    provideNative(toolchainOf({ ...host, mostBytes: 2 ** 20 }));
    const f = compile('2*x', { backend: 'native', shapes: { x: ['n'] } });
    expect((f({ x: new Float64Array(2 ** 16) }) as Tensor).data).toHaveLength(2 ** 16);
    expect(() => f({ x: new Float64Array(2 ** 16 + 8) })).toThrow(
      expect.objectContaining({ code: 'limit', message: 'there is no memory for 2 MB of arrays in native code' }),
    );
    provide();
  });

  it('have no memory where Node makes no buffer of it', () => {
    const { allocate } = hostOf(new Cache(TEST_CACHE)).load({ text: MEMORY_MODULE, fma: true }) as Memory;
    expect(allocate(0).byteLength).toBeGreaterThan(0);
    expect(() => allocate(2 ** 60)).toThrow(NO_MEMORY);
  });
});
