import { expect, test } from 'vitest';
import { elaborate } from '../../src/elaborate/elaborate.ts';
import { derive } from '../../src/index.ts';
import { parse } from '../../src/language/parser.ts';
import { type ClaimReport, judgeClaim } from '../../src/verify/claims/index.ts';
import { isExact } from '../../src/verify/judge/index.ts';
import { corpus, type Source } from '../support/corpus.ts';

/** What the judge knows of everything that is printed of the corpus: all right, nearly all exactly. */

/** At least this share is identical exactly. */
const SHARE = 0.99;

/** Every so many sources, of `EACH`: where there is less time than for all of them. */
const each = Number(process.env.EACH ?? 1);
const sources = corpus.filter((_, k) => k % each === 0);

interface Tally {
  right: number;
  exact: number;
  readonly rest: string[];
}

const tally = (): Tally => ({ right: 0, exact: 0, rest: [] });

function count(into: Tally, ok: boolean, exact: boolean, what: string): void {
  if (ok) into.right++;
  if (ok && exact) into.exact++;
  else into.rest.push(what);
}

function partials({ source, wrt, shapes }: Source, into: Tally): number {
  const derivation = derive(source, wrt.length > 0 ? wrt : undefined, { shapes });
  for (const name of derivation.wrt) {
    const text = derivation.partials[name]!.toString();
    const report = reported(source, shapes, name, text);
    const what = typeof report === 'string' ? report : (report.error?.message ?? report.verdict?.by);
    const ok = typeof report !== 'string' && report.ok;
    count(into, ok, ok && report.verdict !== undefined && isExact(report.verdict), `${source} by ${name}: ${what}\n    ${text}`);
  }
  return derivation.wrt.length;
}

function reported(source: string, shapes: Source['shapes'], name: string, text: string): ClaimReport | string {
  try {
    return judgeClaim(elaborate(parse(source), { shapes }), name, text);
  } catch (error) {
    return String(error);
  }
}

const shown = (of: string, all: number, { right, exact, rest }: Tally): string =>
  `${all} ${of}: ${right} right, ${exact} of them exactly\n${rest.map((line) => `  ${line.slice(0, 300)}`).join('\n')}`;

test('every printed partial, given back as a claim, is right', { timeout: 1_800_000 }, () => {
  const found = tally();
  let all = 0;
  for (const source of sources) all += partials(source, found);
  console.log(shown('partials', all, found));
  expect(found.right).toBe(all);
  expect(found.exact / all).toBeGreaterThanOrEqual(SHARE);
});

test('every printed step is right', { timeout: 1_800_000 }, () => {
  const found = tally();
  let all = 0;
  for (const { source, wrt, shapes } of sources) {
    const { verdicts } = derive(source, wrt.length > 0 ? wrt : undefined, { shapes }).verifySteps();
    all += verdicts.length;
    for (const verdict of verdicts) count(found, verdict.right, isExact(verdict), `${source}: ${verdict.by}`);
  }
  console.log(shown('steps', all, found));
  expect(found.right).toBe(all);
  expect(found.exact / all).toBeGreaterThanOrEqual(SHARE);
});
