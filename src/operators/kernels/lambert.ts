/** Lambert's W: the w with w·e^w = x, on the branch through 0. */

/** 1/e, as a double and what it lacks. */
const EDGE = 0.36787944117144233;
const EDGE_REST = -1.2428753672788363e-17;

/** To 4 ulp, its end at −1/e included. */
export function lambertW(x: number): number {
  if (x === 0 || x === Number.POSITIVE_INFINITY || !(x > -0.3)) return x >= -EDGE ? nearEdge(x) : Number.NaN;
  // Fritsch, Shafer and Crowley, algorithm 443 (1973): a step of fourth order on log(x/w) = w.
  const log = Math.log1p(x);
  let w = log * (1 - Math.log1p(log) / (2 + log));
  for (let k = 0; k < 6; k++) {
    const z = Math.log(x / w) - w;
    const q = 2 * (1 + w) * (1 + w + (2 * z) / 3);
    const step = (z / (1 + w)) * ((q - z) / (q - 2 * z));
    w += w * step;
    if (Math.abs(step) < 1e-16) break;
  }
  return w;
}

/**
 * Near −1/e, where W has a vertical tangent: with q = 1 + w it is 1 + (q − 1)·e^q = e·x + 1, and both sides are known
 * to the last digit, the left one as Σ qᵏ·(k − 1)/k!.
 */
function nearEdge(x: number): number {
  if (!(x < 0)) return x;
  const right = Math.E * (x + EDGE + EDGE_REST);
  if (right <= 0) return -1;
  const p = Math.sqrt(2 * right);
  let q = p * (1 - p / 3 + (11 / 72) * p * p);
  for (let k = 0; k < 6; k++) {
    let term = q;
    let left = 0;
    for (let n = 2; n < 30; n++) {
      term *= q / n;
      left += (n - 1) * term;
    }
    const step = (right - left) / (q * Math.exp(q));
    q += step;
    if (Math.abs(step) < 1e-16 * q) break;
  }
  return q - 1;
}
