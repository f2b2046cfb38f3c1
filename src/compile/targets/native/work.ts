import type { Program, Statement } from '../../program.ts';

/** About how many operations a statement takes. */
export function workOf(s: Statement): number {
  switch (s.kind) {
    case 'loop':
      return s.counter.extent * s.body.reduce((sum, inner) => sum + workOf(inner), 1);
    case 'product':
      return [s.rows, s.columns, ...s.summed].reduce((n, { extent }) => n * extent, 1);
    case 'call':
      return s.count * s.shapes.flat().reduce((n, extent) => n * extent, 1);
    default:
      return 1 + s.value.weight;
  }
}

/** Multiplications of a product, and operations of a nest, from which on threads that sleep are woken for less than they save: 15 µs. */
export const SHARED_PRODUCT = 500_000;
export const SHARED_NEST = 150_000;

/** Of a step. */
export const workOfStep = ({ compute, commit }: Program): number =>
  [...compute, ...commit].reduce((sum, s) => sum + workOf(s), 0);
