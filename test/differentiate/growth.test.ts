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

/** The least milliseconds of a few runs, of the process itself: others may take the machine meanwhile. */
function least(work: () => unknown): number {
  let best = Number.POSITIVE_INFINITY;
  for (let round = 0; round < 6; round++) {
    const start = process.cpuUsage();
    work();
    best = Math.min(best, process.cpuUsage(start).user / 1000);
  }
  return Math.max(best, 0.1);
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
    const time = (n: number): number =>
      least(() => {
        const { partials } = derive(deep.source(n), deep.wrt(n), { shapes: deep.shapes(n), steps: false });
        if (text) partials[deep.wrt(n)[0]!]!.toString();
      });
    expect(time(512) / time(64)).toBeLessThan(40);
  });
});
