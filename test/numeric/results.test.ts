import { describe, expect, it, vi } from 'vitest';
import { type Backend, compile, type Tensor } from '../../src/index.ts';

describe('results', () => {
  it.each<Backend>(['js', 'wasm', 'closure'])('belong to the caller, small or large, in %s', (backend) => {
    for (const length of [3, 100, 20_000]) {
      for (const precision of ['f64', 'f32'] as const) {
        const f = compile('2*x', { backend, precision, shapes: { x: ['n'] } });
        const x = Float64Array.from({ length }, (_, k) => k + 1);
        const [first, second] = [f({ x }), f({ x: x.map((y) => -y) })] as Tensor[];
        expect(first!.data.buffer).not.toBe(second!.data.buffer);
        expect(first!.data.byteLength).toBe(first!.data.buffer.byteLength);
        expect(first!.data.every((y, k) => y === 2 * x[k]!)).toBe(true);
        expect(second!.data.every((y, k) => y === -2 * x[k]!)).toBe(true);
      }
    }
  });

  it('are no buffers of Node where those have a limit below that of arrays', () => {
    const limited = vi.spyOn(Buffer, 'allocUnsafeSlow');
    const f = compile('2*x', { backend: 'js', shapes: { x: ['n'] } });
    const length = 5_000_000;
    expect((f({ x: new Float64Array(length).fill(1) }) as Tensor).data[length - 1]).toBe(2);
    expect(limited).not.toHaveBeenCalled();
    limited.mockRestore();
  });
});
