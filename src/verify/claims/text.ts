import type { Words } from '../../derivation/words/index.ts';
import { inARow } from '../../derivation/words/listed.ts';
import { plainJson } from '../../numeric/json.ts';
import type { NestedArray } from '../../numeric/tensor.ts';
import type { At } from '../judge/index.ts';
import { verdictText } from '../judge/text.ts';
import type { Assumption } from './assumptions.ts';
import type { Cause } from './cause.ts';
import type { ClaimReport } from './index.ts';

/** What came of judging a claim, as lines to read: the verdict, the entry that differs, the likely cause, the step. */
export function claimLines(report: ClaimReport, words: Words): string[] {
  const { claims } = words;
  const { target, verdict, condition } = report;
  const assumed = ({ name, fact, resting }: Assumption): string =>
    resting ? words.resting(resting) : (claims.facts[fact]?.(name) ?? `${name} ${fact}`);
  const condensed = condition?.map(assumed).join(', ');
  if (report.ok && condensed) return [`✓ ${claims.provided(target, report.claim, condensed, report.derived)}`];
  if (report.ok && verdict) {
    const lines = [`✓ ${claims.right(target, report.claim)}   ${verdictText(verdict, words)}`];
    if (verdict.undefinedAt) lines.push(`  ${claims.undefinedAt(placeText(verdict.undefinedAt, words))}`);
    return lines;
  }
  const proved = verdict?.by === 'field' ? `   ${words.verdict.proved}` : '';
  const lines = [`✗ ${claims.wrong(target, report.claim)}${proved}`];
  if (report.error) lines.push(`  ${claims.noValue(said(words, report.error.note ?? report.error.message))}`);
  if (report.entry && report.at) {
    // The entry is the derivative's, not that of what it is by.
    const index = report.entry.index.length > 0 ? `${target}[${report.entry.index.join(', ')}] = ` : '';
    const [claimed, derived] = figures(report.entry.claimed, report.entry.derived);
    const place = placeText(report.at, words);
    // What differs beyond the digits of a double is not shown as two equal numbers.
    lines.push(
      `  ${claimed === derived ? claims.beyond(place, index, claimed) : claims.differs(place, index, claimed, derived)}`,
    );
  } else if (verdict?.undefinedAt) lines.push(`  ${claims.noPlace}`);
  return [...lines, ...causeLines(report, condensed, words)];
}

function causeLines({ cause, derived }: ClaimReport, condition: string | undefined, words: Words): string[] {
  const { claims } = words;
  if (condition) return [`  ${claims.only(condition, derived)}`];
  if (!cause) return [`  ${claims.unknown(derived)}`];
  const fix =
    cause.from !== undefined && cause.to !== undefined
      ? claims.instead(cause.from, cause.to)
      : claims.corrected(corrected(cause, derived, words));
  const slip = claims.slips[cause.slip];
  // A full stop that is as wide as a letter has its space in it.
  const lines = [`  ${slip}${slip.endsWith('。') ? '' : ' '}${fix}`];
  if (cause.step) lines.push(`    ${claims.belongs(cause.step.number, cause.step.text)}`);
  return lines;
}

/** A claim with another factor carries the wrong one along: (2·u)/2. */
const corrected = ({ slip, right }: Cause, derived: string, words: Words): string =>
  slip === 'factor' && derived.length <= right.length ? derived : said(words, right);

/** Two numbers with as many digits as it takes to see that they differ. */
function figures(a: number, b: number): [string, string] {
  for (let digits = 6; digits < 17; digits++) {
    const pair = [figure(a, digits), figure(b, digits)] as [string, string];
    if (pair[0] !== pair[1]) return pair;
  }
  return [String(a), String(b)];
}

const figure = (x: number, digits: number): string => String(Number(x.toPrecision(digits))).replace('-', '−');

/** All values, if they fit on a line; a report's `at` has them anyway. */
function placeText(at: At, words: Words): string {
  const names = Object.keys(at);
  const written = (sign: string, values: readonly unknown[]) =>
    names.map((name, k) => `${name} ${sign} ${plainJson(values[k])}`).join(', ');
  const all = [written('=', Object.values(at)), written('≈', Object.values(at).map(rounded))];
  return all.find((text) => text.length <= LONGEST) ?? words.claims.choice(inARow(names, words));
}

/** To as many digits as values are shown with. */
const rounded = (value: NestedArray): NestedArray =>
  typeof value === 'number' ? Number(value.toPrecision(6)) : value.map(rounded);

const said = ({ message = (text) => text }: Words, english: string): string => message(english);

const LONGEST = 60;
