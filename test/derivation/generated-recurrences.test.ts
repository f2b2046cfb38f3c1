import { describe, expect, it } from 'vitest';
import { check, derive } from '../../src/index.ts';
import { runs } from '../support/generate.ts';
import { recurrence } from '../support/recurrences.ts';

const SEEDS = Array.from({ length: runs(40, 0.4) }, (_, seed) => seed);

describe('a recurrence that nobody thought of', () => {
  it.each(SEEDS)('is derived, told and checked: %i', async (seed) => {
    const source = recurrence(seed);
    const derivation = derive(source);
    expect(derivation.verifySteps(), source).toMatchObject({ ok: true, failed: [] });
    for (const notation of ['matrix', 'index'] as const)
      expect(derivation.toText({ notation, detail: 'full' })).toContain('∂L/∂');
    expect(() => derivation.toLatex() + derivation.toHtml() + JSON.stringify(derivation), source).not.toThrow();
    expect(await check(source), source).toMatchObject({ ok: true });
  });
});
