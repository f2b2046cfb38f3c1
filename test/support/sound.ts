import { expect } from 'vitest';
import { derive } from '../../src/index.ts';
import { wrongTexts } from './printed.ts';

export type Shapes = Record<string, (number | string)[]>;

/** A derivation whose every step, printed text and program holds: judged, read back and compared with differences. */
export async function expectSound(source: string, wrt: string | readonly string[], shapes: Shapes = {}): Promise<void> {
  const names = typeof wrt === 'string' ? [wrt] : wrt;
  const d = derive(source, names, { shapes });
  expect(d.verifySteps().failed, `steps of ${source}`).toEqual([]);
  expect((await d.check()).ok, `differences of ${source}`).toBe(true);
  expect(wrongTexts({ kind: '', source, wrt: names, shapes }), `texts of ${source}`).toEqual([]);
}
