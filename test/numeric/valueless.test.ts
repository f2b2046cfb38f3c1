import { expect, test } from 'vitest';
import { check, derive, type GradusError, train } from '../../src/index.ts';

const refused = async (work: () => unknown): Promise<GradusError> => {
  try {
    await work();
  } catch (error) {
    return error as GradusError;
  }
  throw new Error('it is accepted');
};

test.each([
  ['const lambda', 'write const lambda = 0.1'],
  ['const lambda positive', 'write const lambda positive = 0.1'],
  ['const lambda in 2..3', 'write const lambda in 2..3 = 2.5'],
  ['const lambda int', 'write const lambda int = 0'],
  ['const lambda : [2] positive', 'write const lambda : [2] positive = …'],
])('%s has no value', async (declaration, hint) => {
  const source = `${declaration}\nparam w = 1\nminimize sum(lambda*w^2)`;
  for (const work of [() => check(source), () => derive(source).check(), () => train(source, {})]) {
    const error = await refused(work);
    expect(error.message).toBe('lambda has no value');
    expect(error.hint).toBe(hint);
    expect(error.span && source.slice(error.span.start, error.span.end)).toContain('lambda');
  }
});
