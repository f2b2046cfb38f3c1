import { describe, expect, it } from 'vitest';
import { differentiate } from '../../src/differentiate/sweep.ts';
import { elaborate } from '../../src/elaborate/elaborate.ts';
import { inlineDefinitions } from '../../src/graph/map.ts';
import { nodeCount } from '../../src/graph/traverse.ts';
import { derive } from '../../src/index.ts';
import { parse } from '../../src/language/parser.ts';
import { forReading, forRunning } from '../../src/simplify/pipelines.ts';
import { type DeepSource, deepSources } from '../support/deep.ts';

/**
 * Nodes of the function and of its derivatives: as the sweep gives them, as they run, as they are printed; and the work,
 * which is all the nodes that were made on the way.
 */
function counts({ source, wrt, shapes }: DeepSource, n: number) {
  const model = elaborate(parse(source(n)), { shapes: shapes(n) });
  const { graph } = model;
  const objective = model.objective!.node;
  const made = (): number => graph.state('made', []).id;
  const before = made();
  const raw = differentiate(
    graph,
    objective,
    wrt(n).map((name) => model.inputs.get(name)!.node),
  );
  const running = forRunning(graph, [objective, ...raw]);
  const printed = forReading(graph, inlineDefinitions(graph, raw));
  const work = made() - before;
  return {
    own: nodeCount(objective),
    raw: nodeCount(...raw),
    running: nodeCount(...running),
    printed: nodeCount(...printed),
    work,
  };
}

const DEPTHS = [64, 128, 256, 512];

/** What doubling the depth multiplies by, at each doubling. */
const ratios = (values: readonly number[]): number[] => values.slice(1).map((value, k) => value / values[k]!);

/**
 * The milliseconds of the process itself: others may take the machine meanwhile. The sum of both parts is measured; how it
 * falls into them is guessed by a clock that ticks every few milliseconds.
 */
function timeOf(work: () => unknown): number {
  const start = process.cpuUsage();
  work();
  const { user, system } = process.cpuUsage(start);
  return (user + system) / 1000;
}

const MOST_RUNS = 40;
/** Small work is done so often, that the clock of the process sees it. */
const REPEATS = 8;

/** How much longer large work takes than small work, by the least of each; more runs only where a few do not tell. */
function timesLonger(small: () => unknown, large: () => unknown, enough: number): number {
  const often = (): void => {
    for (let k = 0; k < REPEATS; k++) small();
  };
  let least = [Number.POSITIVE_INFINITY, Number.POSITIVE_INFINITY] as [number, number];
  for (let run = 0; run < MOST_RUNS && (run < 4 || least[1] / least[0] >= enough); run++)
    least = [Math.min(least[0], timeOf(often) / REPEATS), Math.min(least[1], timeOf(large))];
  return least[1] / least[0];
}

describe.each(deepSources.map((s) => [s.name, s] as const))('%s', (_, deep) => {
  const sizes = DEPTHS.map((n) => counts(deep, n));

  it('the derivative has at most six times the nodes of the function', () => {
    for (const { own, raw, running, printed } of sizes) {
      expect(Math.max(raw, running, printed) / own).toBeLessThanOrEqual(6);
    }
  });

  it.each(['raw', 'running', 'printed', 'work'] as const)('twice the depth is about twice the nodes: %s', (kind) => {
    expect(Math.max(...ratios(sizes.map((s) => s[kind])))).toBeLessThan(2.3);
  });

  it('the text grows no faster, but for the digits of the names in it', () => {
    const lengths = DEPTHS.map((n) => {
      const { partials } = derive(deep.source(n), deep.wrt(n), { shapes: deep.shapes(n), steps: false });
      return partials[deep.wrt(n)[0]!]!.toString().length;
    });
    expect(Math.max(...ratios(lengths))).toBeLessThan(2.5);
  });

  it.each([
    ['without text', false],
    ['with text', true],
  ])('eight times the depth takes far less than the square of the time: %s', (_, text) => {
    const work = (n: number) => () => {
      const { partials } = derive(deep.source(n), deep.wrt(n), { shapes: deep.shapes(n), steps: false });
      if (text) partials[deep.wrt(n)[0]!]!.toString();
    };
    expect(timesLonger(work(64), work(512), 40)).toBeLessThan(40);
  });
});
