import { describe, expect, it } from 'vitest';
import { answer, difference } from '../bench/brevity/measure.ts';
import { questions } from '../bench/brevity/questions.ts';

/** As long as what a mathematician writes, and a fifth more at the most. */
const LONGEST = 1.2;

describe.each(Object.entries(questions))('derivatives %s are right and short', (_, list) => {
  it.each(list.map((q) => [q.source, q.wrt, q] as const))('%s by %s', (_source, _wrt, question) => {
    const found = answer(question);
    const { worst, points } = difference(found);
    expect(points, `${found.result} has too few values`).toBeGreaterThanOrEqual(3);
    expect(worst, `${found.result} is not ${question.reference}`).toBeLessThan(1e-7);
    expect(found.ratio, `${found.result} against ${question.reference}`).toBeLessThanOrEqual(LONGEST);
  });

  it('half of them are no longer than the reference', () => {
    const ratios = list.map((q) => answer(q).ratio).sort((a, b) => a - b);
    expect(ratios[Math.floor(ratios.length / 2)]).toBeLessThanOrEqual(1);
  });
});
