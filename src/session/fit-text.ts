import type { Fit } from '../descend/index.ts';
import { showNumber } from '../numeric/value-text.ts';

/** Correlations below this say nothing. */
const TOLD = 0.1;
const MOST_CORRELATIONS = 10;
const DIGITS = 6;
const ERROR_DIGITS = 4;

/** What a fit tells, as lines: what it was fitted to, each number with its standard error, the largest correlations. */
export function fitLines(fit: Fit, say: (text: string) => string): string[] {
  const { observations, degreesOfFreedom, deviation, rSquared, estimates, correlation, errors, times, sigma } = fit;
  const show = (x: number, digits = DIGITS) => showNumber(x, digits);
  const count = estimates.length;
  const numbers = count === 1 ? say('1 number learned') : say(`${count} numbers learned`);
  const head = [
    ...(observations === undefined ? [] : [say(`${observations} observations`)]),
    numbers,
    ...(degreesOfFreedom === undefined
      ? []
      : [degreesOfFreedom === 1 ? say('1 degree of freedom') : say(`${degreesOfFreedom} degrees of freedom`)]),
  ];
  const quality = [
    ...(deviation === undefined ? [] : [say(`residual standard deviation ${show(deviation)}`)]),
    ...(rSquared === undefined ? [] : [`R² ${show(rSquared)}`]),
    ...(errors === 'likelihood' ? [say('errors from the curvature of the log-likelihood')] : []),
    ...(times === undefined ? [] : [say(`the cost is the mean of ${times}: the log-likelihood is their sum`)]),
    ...(errors === 'known' && sigma === undefined ? [say('errors from the weights, taken for 1/σ²')] : []),
    ...(sigma === undefined ? [] : [say(`errors from the weights, taken for 1/σ² with σ = ${show(sigma)}`)]),
  ];
  const labels = estimates.map(({ name, entry }) => (entry ? `${name}[${entry.join(',')}]` : name));
  const rows = estimates.map(({ value, error }, k) => {
    const share = value === 0 ? '' : `(${show(Math.abs((100 * error) / value), 3)} %)`;
    return [labels[k]!, show(value), `± ${show(error, ERROR_DIGITS)}`, share];
  });
  const widths = [0, 1, 2].map((column) => Math.max(...rows.map((row) => row[column]!.length)));
  const table = rows.map((row) => `    ${row.map((cell, column) => cell.padEnd(widths[column] ?? 0)).join('  ')}`.trimEnd());
  const pairs = labels
    .flatMap((a, i) => labels.slice(0, i).map((b, j) => ({ text: `${b}, ${a}`, value: correlation.data[i * count + j]! })))
    .filter(({ value }) => Math.abs(value) >= TOLD)
    .sort((a, b) => Math.abs(b.value) - Math.abs(a.value))
    .slice(0, MOST_CORRELATIONS)
    .map(({ text, value }) => `${text} ${show(value, ERROR_DIGITS)}`);
  return [
    `  ${say('fit')}: ${head.join(', ')}`,
    ...(quality.length > 0 ? [`    ${quality.join('   ')}`] : []),
    ...table,
    ...(pairs.length > 0 ? [`    ${say('correlations')}: ${pairs.join('; ')}`] : []),
  ];
}
