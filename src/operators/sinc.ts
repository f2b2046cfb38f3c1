import type { Graph } from '../graph/graph.ts';
import type { Node } from '../graph/node.ts';
import { derivativesOf } from './by-number.ts';
import { sincDerived, sinc as sincKernel } from './kernels/sinc.ts';
import { elementary } from './pattern.ts';
import { divide } from './power.ts';
import { cos, sin } from './trigonometric.ts';

/** sin u/u, without π in it; and its derivatives, each a function of its own where things become numbers. */

export const sinc = elementary({
  name: 'sinc',
  kernel: sincKernel,
  slope: (g, x, y) => divide(g, g.sub(g.apply(cos, x), y), x),
  range: { least: -0.22, most: 1 },
  formula: 'sinc′ u = (cos u − sinc u)/u',
  label: 'cardinal sine',
  why: 'It is sin u/u, and 1 at 0; the quotient rule gives (cos u − sinc u)/u, and 0 at 0.',
  definition: (g, x) => divide(g, g.apply(sin, x), x),
  parity: 1,
  atZero: 1,
});

/** The n-th derivative of sin u/u, right at 0 and next to it. */
export const sincDerivative = derivativesOf(sinc, (n, of) => ({
  arity: 1,
  parity: n % 2 === 0 ? 1 : -1,
  kernel: n === 0 ? sincKernel : (x) => sincDerived(n, x),
  partials: [(g, [x]) => g.apply(of(n + 1), x!)],
  definition: (g, x) => recurrence(g, x, n),
}));

/** s⁽ᵏ⁾ = (sin(u + kπ/2) − k·s⁽ᵏ⁻¹⁾)/u. */
function recurrence(g: Graph, x: Node, n: number): Node {
  let s = g.apply(sinc, x);
  for (let k = 1; k <= n; k++) {
    const turned = g.mul(k % 4 < 2 ? 1 : -1, g.apply(k % 2 === 0 ? sin : cos, x));
    s = divide(g, g.sub(turned, g.mul(k, s)), x);
  }
  return s;
}
