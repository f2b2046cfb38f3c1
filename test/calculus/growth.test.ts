import { describe, expect, it } from 'vitest';
import { check } from '../../src/calculus/check.ts';
import { differentiate } from '../../src/calculus/differentiate.ts';
import { inlineDefinitions } from '../../src/calculus/inline.ts';
import { simplify } from '../../src/calculus/simplify.ts';
import { nodeCount } from '../../src/graph/traverse.ts';
import { derive } from '../../src/index.ts';
import { parse } from '../../src/language/parser.ts';
import { type DeepSource, deepSources } from '../support/deep.ts';

/** Nodes of the function and of its derivatives: as the sweep gives them, as they run, as they are printed. */
function counts({ source, wrt, shapes }: DeepSource, n: number) {
  const model = check(parse(source(n)), { shapes: shapes(n) });
  const { graph } = model;
  const objective = model.objective!.node;
  const raw = differentiate(
    graph,
    objective,
    wrt(n).map((name) => model.inputs.get(name)!.node),
  );
  const running = simplify(graph, [objective, ...raw]);
  const printed = simplify(graph, inlineDefinitions(graph, raw), { mergeShared: true });
  return { own: nodeCount(objective), raw: nodeCount(...raw), running: nodeCount(...running), printed: nodeCount(...printed) };
}

describe.each(deepSources.map((s) => [s.name, s] as const))('%s', (_, deep) => {
  const small = counts(deep, 64);
  const large = counts(deep, 128);

  it('the derivative has at most six times the nodes of the function', () => {
    for (const { own, raw, running, printed } of [small, large]) {
      expect(Math.max(raw, running, printed) / own).toBeLessThanOrEqual(6);
    }
  });

  it('twice the depth is about twice the nodes', () => {
    for (const kind of ['raw', 'running', 'printed'] as const) expect(large[kind] / small[kind]).toBeLessThan(3);
  });

  it('the text grows no faster', () => {
    const length = (n: number): number => {
      const { partials } = derive(deep.source(n), deep.wrt(n), { shapes: deep.shapes(n), steps: false });
      return partials[deep.wrt(n)[0]!]!.toString().length;
    };
    expect(length(128) / length(64)).toBeLessThan(3);
  });
});
