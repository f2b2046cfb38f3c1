import { describe, expect, it } from 'vitest';
import { check, derive } from '../../src/index.ts';
import { longer } from './shortest/longer.ts';
import { nodesOf } from './shortest/measure.ts';
import { type Question, questions } from './shortest/questions.ts';

/** As many nodes as the shortest of all, and a fifth more at the most. */
const MOST = 1.2;

const isRight = async (source: string, wrt: string, text: string): Promise<boolean> => {
  try {
    return (await check(source, { claim: { [wrt]: text } })).ok;
  } catch {
    return false;
  }
};

/** The shortest right form: what a mathematician writes, or what another program gives where that decides anything. */
async function shortest({ source, wrt, hand, others }: Question, nodes: number): Promise<{ text: string; least: number }> {
  let [text, least] = [hand, nodesOf(hand)];
  for (const other of others) {
    const n = nodesOf(other);
    if (n < least && nodes > MOST * n && (await isRight(source, wrt, other))) [text, least] = [other, n];
  }
  return { text, least };
}

describe.each([...questions])('as short as anybody: %s', (_, list) => {
  it.each(list.map((q) => [q.shown, q.wrt, q] as const))('%s by %s', async (shown, wrt, question) => {
    const report = await check(question.source, { claim: { [wrt]: question.hand } });
    expect(report.ok, report.claims[wrt]!.message).toBe(true);
    const found = derive(question.source, wrt, { steps: false }).partial.toString();
    const nodes = nodesOf(found);
    const { text, least } = await shortest(question, nodes);
    const [most, why] = longer.get(`${shown} by ${wrt}`) ?? [MOST];
    expect(nodes / least, `${found} against ${text}`).toBeLessThanOrEqual(most);
    if (why !== undefined) expect(nodes / least, `${found} is short now: take it off the list`).toBeGreaterThan(MOST);
  });
});

it('every derivative that may be longer is one of those measured', () => {
  const all = new Set([...questions.values()].flat().map(({ shown, wrt }) => `${shown} by ${wrt}`));
  expect([...longer.keys()].filter((key) => !all.has(key))).toEqual([]);
  expect(all.size).toBeGreaterThanOrEqual(400);
});
