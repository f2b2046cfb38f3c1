import { readdirSync, readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { derive } from '../../src/index.ts';

const folder = 'examples/models';

it.each(readdirSync(folder).filter((f) => f.endsWith('.grad')))('%s has a finite gradient by every parameter', (file) => {
  const d = derive(readFileSync(`${folder}/${file}`, 'utf8'), undefined, { steps: false });
  const { gradient } = d.compile({ defaults: true }).valueAndGradient();
  expect(Object.keys(gradient)).toEqual(d.wrt);
  for (const g of Object.values(gradient)) {
    const entries = typeof g === 'number' ? [g] : Array.from(g.data);
    expect(entries.every(Number.isFinite)).toBe(true);
    expect(entries.some((x) => x !== 0)).toBe(true);
  }
});
