import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { check, GradusError } from '../../src/index.ts';
import { random } from '../../src/numeric/random.ts';
import { grouped } from '../support/grouped.ts';
import { type Case, type Claim, cases, mutated, readable, rewritten } from './cases.ts';
import { findPython, Oracle, type Verdict } from './oracle.ts';

/**
 * The judge of claims against a second evaluator that shares nothing with it (mpmath, 60 digits and more): whatever is
 * unequal is judged wrong, whatever is equal right. `SEED` chooses others, `PAIRS` how many.
 */
const SEED = Number(process.env.SEED ?? 1);
const PAIRS = Number(process.env.PAIRS ?? 7000);
const MUTATED = Math.round((PAIRS * 5) / 7);
const REWRITTEN = PAIRS - MUTATED;

/** Changes of one derivative of each sort. */
const MUTATIONS_EACH = 16;
const REWRITINGS_EACH = 5;
/** Of SymPy's spellings, one derivative gets so many. */
const SPELLINGS_EACH = 3;
const SECONDS = 6;

/** Offenders that are listed of each sort. */
const SHOWN = Number(process.env.SHOWN ?? 20);

/** So many pairs may stay undecided by the second evaluator. */
const UNDECIDED = 0.1;

interface Found {
  readonly subject: Case;
  readonly claim: Claim;
  readonly verdict: Verdict;
  readonly why: string;
  /** Refused: the claim cannot be read, and the error points into it. */
  readonly judged: 'right' | 'wrong' | 'refused' | 'thrown';
  readonly said: string;
}

interface Judgement extends Pick<Found, 'judged' | 'said'> {
  /** Where the claim is shown to be wrong. */
  readonly point?: object;
}

let oracle: Oracle;
beforeAll(() => {
  oracle = new Oracle(findPython());
}, 300_000);
afterAll(() => oracle?.end());

it('the second evaluator gives known values', async () => {
  expect((await oracle.ask('check')).failures).toEqual([]);
});

describe(`claims of seed ${SEED}`, () => {
  const found: Found[] = [];
  const wrong: string[] = [];
  const apart: string[] = [];
  let subjects = 0;

  it('are judged', { timeout: 7_200_000 }, async () => {
    const draw = random(SEED);
    let [judging, waiting] = [0, 0];
    const left = { mutated: MUTATED, rewritten: REWRITTEN };
    for (const subject of cases(draw)) {
      if (left.mutated <= 0 && left.rewritten <= 0) break;
      const spelled = (await oracle.ask('rewrite', { text: subject.text, seconds: 2 })).texts.filter(([, text]) =>
        readable(text),
      );
      const claims = [
        ...rewritten(subject, Math.min(REWRITINGS_EACH, left.rewritten), draw),
        ...spelled.slice(0, Math.min(SPELLINGS_EACH, left.rewritten)).map(([way, text]) => ({ how: way, text })),
        ...mutated(subject, Math.min(MUTATIONS_EACH, left.mutated), draw),
      ];
      const { source, name, text: derivative } = subject;
      const asked = { source: source.source, shapes: source.shapes, name, derivative, seed: SEED, seconds: SECONDS };
      const answer = oracle.ask('judge', { ...asked, claims: claims.map((c) => c.text) });
      const judged = [];
      const began = performance.now();
      for (const claim of claims) judged.push(await judge(subject, claim));
      const between = performance.now();
      const { unreadable, derivative: own, verdicts } = await answer;
      judging += between - began;
      waiting += performance.now() - between;
      if (unreadable !== undefined) {
        apart.push(`${unreadable}: ${line(source.source)}`);
        continue;
      }
      subjects++;
      if (subjects % 20 === 0) console.log(`${subjects} derivatives, ${found.length} pairs`);
      if (own[0] === 'wrong') wrong.push(`${line(source.source)} by ${name}: ${derivative} (${own[1]})`);
      for (const [k, claim] of claims.entries()) {
        const [verdict, why] = await looked(verdicts[k]!, judged[k]!, { ...asked, claim: claim.text });
        found.push({ subject, claim, verdict, why, ...judged[k]! });
        if (verdict === 'unequal') left.mutated--;
        if (verdict === 'equal') left.rewritten--;
      }
    }
    const counts = grouped(found, (f) => f.verdict);
    console.log(
      `seed ${SEED}: ${subjects} derivatives, ${found.length} pairs:`,
      [...counts].map(([verdict, list]) => `${list.length} ${verdict}`).join(', '),
      `\n${apart.length} sources not read by the second evaluator`,
      apart.map((text) => `\n  ${text}`).join(''),
      `\n${(judging / found.length).toFixed(1)} ms to judge a claim, ${(waiting / found.length).toFixed(1)} ms to wait for the other`,
    );
    expect(subjects).toBeGreaterThan(Math.min(200, PAIRS / 40));
  });

  const offenders = (verdict: Verdict, judged: Found['judged']): string[] => {
    const all = found.filter((f) => f.verdict === verdict && f.judged === judged);
    const lines = all.slice(0, SHOWN).map(({ subject: { source, name, text }, claim, why, said }) => {
      const told = [line(source.source), JSON.stringify(source.shapes), `by ${name}: ${text}`, claim.how, claim.text, why, said];
      return told.join(' | ');
    });
    return all.length > SHOWN ? [...lines, `and ${all.length - SHOWN} more`] : lines;
  };

  it('the printed derivatives agree with differences of their sources', () => expect(wrong).toEqual([]));
  it('none that is unequal is judged right', () => expect(offenders('unequal', 'right')).toEqual([]));
  it('none whose shapes do not fit is judged right', () => expect(offenders('misfit', 'right')).toEqual([]));
  it('none that is equal is judged wrong', () => expect(offenders('equal', 'wrong')).toEqual([]));
  it('none makes the judge throw', () => {
    expect([...offenders('equal', 'thrown'), ...offenders('unequal', 'thrown')]).toEqual([]);
  });
  it('few are not decided, and none by a fault', () => {
    expect(found.filter((f) => f.verdict === 'crash').map((f) => `${f.claim.text}: ${f.why}`)).toEqual([]);
    const undecided = found.filter((f) => ['nowhere', 'data', 'unreadable', 'late'].includes(f.verdict));
    expect(undecided.length).toBeLessThan(UNDECIDED * found.length);
  });
});

/** Where the judge shows a point that the second evaluator has missed, it looks there too: its word counts. */
async function looked(
  verdict: readonly [Verdict, string],
  { judged, point }: Judgement,
  asked: object,
): Promise<readonly [Verdict, string]> {
  if (verdict[0] !== 'equal' || judged !== 'wrong' || !point) return verdict;
  const { differs } = await oracle.ask('at', { ...asked, ...point });
  return differs ? ['unequal', differs] : verdict;
}

/** Claims that take longer are listed. */
const LONG = 10_000;

async function judge(subject: Case, { text }: Claim): Promise<Judgement> {
  const { source, shapes } = subject.source;
  const { name } = subject;
  const began = performance.now();
  try {
    const { claims } = await check(source, { shapes, claim: { [name]: text } });
    const report = claims[name]!;
    const { at, sizes } = report.verdict?.difference ?? {};
    // A rewriting may take from h[t − 1] the name that has an entry 0: then it says nothing.
    if (report.error?.message.includes('the subscript reaches')) return { judged: 'refused', said: line(report.message) };
    return { judged: report.ok ? 'right' : 'wrong', said: line(report.message), ...(at && { point: { at, sizes } }) };
  } catch (e) {
    const refused = e instanceof GradusError && e.span !== undefined && e.format().includes(text.slice(e.span.start, e.span.end));
    return { judged: refused ? 'refused' : 'thrown', said: line(String(e)) };
  } finally {
    const took = performance.now() - began;
    if (took > LONG) console.log(`${(took / 1000).toFixed(0)} s: ${line(source)} by ${name}, claim ${line(text)}`);
  }
}

const line = (text: string): string => text.replaceAll('\n', '; ').slice(0, 400);
