import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { grouped } from '../support/grouped.ts';
import { EXPLAINED } from './explained.ts';
import { type Fate, fateOf, reach } from './runs.ts';
import { sample } from './sites.ts';

/**
 * Small changes of the engine, one at a time: the tests should see them. `SEED` chooses others, `MUTANTS` how many,
 * `TESTS` (parts of paths) which tests look, `LIMIT` for how many seconds at each mutant. What `KEPT` names is a file
 * that keeps what was found, so that a run which ended early is taken up again.
 */
const FOLDERS = [
  'src/graph',
  'src/operators',
  'src/facts',
  'src/simplify',
  'src/differentiate',
  'src/stabilise',
  'src/model',
  'src/elaborate',
  'src/compile',
];
const SEED = Number(process.env.SEED ?? 1);
const COUNT = Number(process.env.MUTANTS ?? 200);
const TESTS = (process.env.TESTS ?? 'test/').split(',');
const LIMIT = Number(process.env.LIMIT ?? 60);
const { KEPT } = process.env;
const WORKERS = 2;

/** Of every sample that is large enough to tell. */
const BAR = 0.8;
const ENOUGH = 50;

test(`mutants of seed ${SEED}`, { timeout: 6 * 3_600_000 }, async () => {
  const drawn = sample(FOLDERS, SEED, COUNT);
  const kept: Fate[] = KEPT && existsSync(KEPT) ? JSON.parse(readFileSync(KEPT, 'utf8')) : [];
  const lots = new Set(drawn.map((m) => m.lot));
  const fates = kept.filter((f) => lots.has(f.mutant.lot));
  const known = new Set(fates.map((f) => f.mutant.lot));
  const open = drawn.filter((m) => !known.has(m.lot));
  const reached = await reach(open, TESTS, WORKERS);
  console.log(`${reached.tests.length} tests pass on the source as it stands; not used, as they fail:`, reached.failed);
  const queue = open.entries();
  const work = async () => {
    for (const [id, mutant] of queue) {
      const fate = await fateOf(mutant, id, reached, LIMIT);
      fates.push(fate);
      if (fate.fate !== 'killed') console.log(line(fate));
      if (KEPT) writeFileSync(KEPT, JSON.stringify(fates));
    }
  };
  await Promise.all(Array.from({ length: WORKERS }, work));
  const counts = grouped(fates, (f) => f.fate);
  const left = fates.filter((f) => f.fate === 'survived' || f.fate === 'not reached');
  const unread = left.filter((f) => !explanation(f));
  console.log(
    `seed ${SEED}: ${drawn.length} mutants, ${[...counts].map(([fate, list]) => `${list.length} ${fate}`).join(', ')};`,
    `of those that live ${left.length - unread.length} are explained`,
  );
  expect(reached.tests.length).toBeGreaterThan(0);
  if (COUNT >= ENOUGH) expect(left.length).toBeLessThanOrEqual((1 - BAR) * COUNT);
  else expect(left.length).toBeLessThan(COUNT);
});

const explanation = ({ mutant: { file, before, after } }: Fate) =>
  EXPLAINED.find((e) => e.file === file && e.before === before && e.after === after);

const line = (f: Fate): string => {
  const { file, line: at, before, after } = f.mutant;
  const why = explanation(f)?.why;
  return [
    `${f.fate} (${f.ran} of ${f.of} tests, ${f.seconds.toFixed(0)} s): ${file}:${at}`,
    `    ${before}`,
    `    ${after}`,
    ...(why ? [`    ${why}`] : []),
  ].join('\n');
};
