/** A number as the pane shows it: so many digits, the minus sign of mathematics, powers of ten where it is very small or large. */
export function told(x: number, digits = 3): string {
  if (!Number.isFinite(x)) return Number.isNaN(x) ? 'NaN' : x < 0 ? '−∞' : '∞';
  const size = Math.abs(x);
  const far = size !== 0 && (size < 1e-4 || size >= 1e6);
  const text = far ? x.toExponential(digits - 1) : String(Number(x.toPrecision(digits)));
  return text.replace(/-/g, '−').replace('e+', 'e');
}
