import type { Words } from '../../derivation/words/index.ts';
import { plainJson } from '../../numeric/json.ts';
import type { ClaimReport } from './index.ts';

/** What came of judging a claim, as lines to read: the verdict, the entry that differs, the likely cause, the step. */
export function claimLines(report: ClaimReport, objective: string, { claims }: Words): string[] {
  const target = `∂${objective}/∂${report.name}`;
  if (report.ok) return [`✓ ${claims.right(target, report.claim)}`];
  const lines = [`✗ ${claims.wrong(target, report.claim)}`];
  if (report.error) lines.push(`  ${claims.noValue(report.error.note ?? report.error.message)}`);
  if (report.entry && report.at) {
    const place = Object.entries(report.at).map(([name, value]) => `${name} = ${short(plainJson(value))}`);
    const index = report.entry.index.length > 0 ? `${report.name}[${report.entry.index.join(', ')}]: ` : '';
    lines.push(`  ${claims.differs(place.join(', '), index, figure(report.entry.claimed), figure(report.entry.derived))}`);
  }
  const { cause } = report;
  if (!cause) return [...lines, `  ${claims.unknown(report.derived)}`];
  const fix =
    cause.from !== undefined && cause.to !== undefined ? claims.instead(cause.from, cause.to) : claims.corrected(cause.right);
  lines.push(`  ${claims.slips[cause.slip]} ${fix}`);
  if (cause.step) lines.push(`    ${claims.belongs(cause.step.number, cause.step.text)}`);
  return lines;
}

const figure = (x: number): string => String(Number(x.toPrecision(6))).replace('-', '−');

const LONGEST = 60;
const short = (text: string): string => (text.length <= LONGEST ? text : `${text.slice(0, LONGEST)}…`);
