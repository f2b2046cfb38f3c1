import type { Graph } from '../../graph/graph.ts';
import type { Node } from '../../graph/node.ts';
import { carriedAlong, dependents, topological } from '../../graph/traverse.ts';
import { greater } from '../../operators/comparison.ts';
import { isJump, type Operator } from '../../operators/operator.ts';
import { exp } from '../../operators/power.ts';
import { between, GRID } from './grid.ts';
import { type Line, linesFrom } from './lines.ts';
import type { RealPoint, RealPoints } from './real.ts';
import { scoutFor } from './scout.ts';

/**
 * Where what levels off is on its way: of x + exp(−(x − 20)²) nothing shows but beside 20. Along lines it is looked for where
 * the arguments of exp, tanh, erf and the like go through 0 or come nearest to it, and points are kept where they are of
 * ordinary size.
 */

/** Runs of the program that tells the arguments, points that lines start from, and points that are kept. */
const MOST_RUNS = 20_000;
const BASES = 2;
const MOST_FOUND = 60;
const HALVINGS = 70;
/** Arguments of ordinary size. */
const ORDINARY = [0.05, 8] as const;
/** How far from where an argument is 0, at most and relative to the place, the farthest first. */
const STEPS = Array.from({ length: 26 }, (_, k) => 2 * 10 ** (-k / 2));

/** Its values level off, or grow from nothing. */
function levelsOff({ range, definition, arity }: Operator, g: Graph): boolean {
  if (range) return true;
  if (!definition || arity !== 1) return false;
  return topological([definition(g, g.variable('z'))]).some((n) => n.kind === 'apply' && n.operator === exp);
}

export function whereUnsaturated(g: Graph, roots: readonly Node[], seen: readonly RealPoint[], points: RealPoints): RealPoint[] {
  const order = topological(roots);
  const carried = carriedAlong(order);
  const variables = order.filter((n) => n.kind === 'variable' && n.role !== 'size');
  const moving = dependents(order, variables);
  const args = new Set<Node>();
  for (const n of order) {
    if (n.kind !== 'apply' || isJump(n.operator) || carried.has(n) || !levelsOff(n.operator, g)) continue;
    for (const arg of n.args) if (moving.has(arg) && !carried.has(arg)) args.add(arg);
  }
  const bases = seen.slice(0, BASES);
  if (args.size === 0 || bases.length === 0) return [];
  const { sizes } = bases[0]!;
  const choices = [...args].map((by) => ({ made: g.apply(greater, by, 0), by }));
  const scout = scoutFor(choices, sizes);
  const found: RealPoint[] = [];
  let runs = MOST_RUNS;
  for (const base of bases.filter((p) => p.sizes === sizes)) for (const line of linesFrom(base, points)) walk(line);
  return found;

  function walk(line: Line): void {
    const look = (t: number): Float64Array => {
      runs--;
      return scout.look(line.at(t)).by;
    };
    const sights = GRID.map((t) => (runs > 0 ? look(t) : undefined));
    for (let k = 1; k + 1 < GRID.length; k++) {
      const near = [sights[k - 1], sights[k], sights[k + 1]] as const;
      if (!near[0] || !near[1] || !near[2]) return;
      for (let e = 0; e < near[0].length && runs > 0; e++) {
        const [a, b, c] = near.map((sight) => sight![e]!) as [number, number, number];
        if (Math.sign(a) * Math.sign(b) < 0) keepBeside(crossing(GRID[k - 1]!, GRID[k]!, e), e);
        else if (Math.abs(b) < Math.abs(a) && Math.abs(b) <= Math.abs(c) && Math.sign(b) * Math.sign(c) > 0)
          keepBeside(nearest(GRID[k - 1]!, GRID[k + 1]!, e), e);
      }
    }

    function crossing(from: number, to: number, e: number): number {
      let [lo, hi] = [from, to];
      const first = Math.sign(look(lo)[e]!);
      for (let n = 0; n < HALVINGS; n++) {
        const middle = between(lo, hi);
        if (middle === lo || middle === hi) break;
        if (Math.sign(look(middle)[e]!) === first) lo = middle;
        else hi = middle;
      }
      return hi;
    }

    function nearest(from: number, to: number, e: number): number {
      let [lo, hi] = [from, to];
      for (let n = 0; n < HALVINGS; n++) {
        const [a, b] = [lo + (hi - lo) / 3, hi - (hi - lo) / 3];
        if (Math.abs(look(a)[e]!) < Math.abs(look(b)[e]!)) hi = b;
        else lo = a;
      }
      return between(lo, hi);
    }

    /** Steps away from the place, until the argument is of ordinary size. */
    function keepBeside(place: number, e: number): void {
      for (const side of [1, -1]) {
        for (const step of STEPS) {
          if (runs <= 0 || found.length >= MOST_FOUND) return;
          const t = place + side * step * Math.max(1, Math.abs(place));
          const size = Math.abs(look(t)[e]!);
          if (!(size >= ORDINARY[0] && size <= ORDINARY[1])) continue;
          found.push(points.moved(line.base, line.at(t)));
          break;
        }
      }
    }
  }
}
