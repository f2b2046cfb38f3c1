import { expect, it, vi } from 'vitest';

const loaded = vi.fn();
vi.mock('mathjs', async (original) => {
  loaded();
  return original();
});

it('mathjs is loaded to check, and not before', async () => {
  const { derive } = await import('../../src/index.ts');
  const { check } = await import('../../src/api/check.ts');
  derive('x^2').compile().value({ x: 2 });
  expect(loaded).not.toHaveBeenCalled();
  await check('x^2');
  expect(loaded).toHaveBeenCalledOnce();
});
