import type { Words } from '../derivation/words/index.ts';
import { plainNumber } from '../numeric/value-text.ts';
import { verdictText } from './judge/text.ts';
import { type CheckReport, failures, type Method, type PartialReport } from './report.ts';

const METHOD: Readonly<Record<Method, string>> = {
  bignumber: 'differences of 64-digit numbers',
  richardson: 'extrapolated differences of doubles',
};

/** How a report is told: the words of derivations, and what other texts are in their language. */
interface Telling {
  readonly words: Words;
  say(text: string): string;
}

/** What a check found, a line for each partial, and what failed. */
export function reportLines(report: CheckReport, objective: string, { words, say }: Telling): string[] {
  const partials = Object.entries(report.partials);
  const width = Math.max(...partials.map(([name]) => [...name].length));
  const points = `${report.points} random ${report.points === 1 ? 'point' : 'points'}`;
  return [
    ...partials.map(
      ([name, p]) =>
        `${p.ok ? '✓' : '✗'} ∂${objective}/∂${name}${' '.repeat(width - [...name].length)}   ${say(errors(p, words))}`,
    ),
    say(`against ${METHOD[report.method]} at ${points}`),
    ...failures(report, objective).map(say),
  ];
}

/** How far the exact derivative and what runs in doubles are from the differences. */
const errors = ({ relativeError, compiled, printed }: PartialReport, words: Words): string =>
  `relative error ${plainNumber(relativeError, 2)}, compiled ${plainNumber(compiled.relativeError, 2)}${printed ? `; as printed ${verdictText(printed, words)}` : ''}`;
