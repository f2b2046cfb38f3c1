import { describe, expect, it } from 'vitest';
import { differentiate } from '../../src/differentiate/sweep.ts';
import { elaborate } from '../../src/elaborate/elaborate.ts';
import { nodeCount } from '../../src/graph/traverse.ts';
import { check, derive } from '../../src/index.ts';
import { parse } from '../../src/language/parser.ts';
import { transformer } from '../support/transformer.ts';

describe('a stack of transformer blocks', () => {
  it('has the right gradient', async () => {
    const { source, shapes, wrt } = transformer(1);
    expect(await check(source, { shapes, wrt, points: 1, method: 'richardson' })).toMatchObject({ ok: true });
  });

  it('is derived at a cost that grows with its layers and no faster: nodes, steps and text', () => {
    const [small, middle, large] = [2, 4, 12].map((layers) => {
      const { source, shapes, wrt } = transformer(layers);
      const model = elaborate(parse(source), { shapes });
      const raw = differentiate(
        model.graph,
        model.objective!.node,
        wrt.map((name) => model.inputs.get(name)!.node),
      );
      const d = derive(source, wrt, { shapes });
      return { own: nodeCount(model.objective!.node), nodes: nodeCount(...raw), steps: d.steps.length, text: d.toText().length };
    }) as [Sizes, Sizes, Sizes];
    for (const what of ['own', 'nodes', 'steps', 'text'] as const) {
      const twoLayers = middle[what] - small[what];
      expect(large[what], what).toBeLessThan(1.1 * (small[what] + 5 * twoLayers));
    }
    expect(large.nodes / large.own).toBeLessThan(5);
  });

  it('names the derivative by every intermediate', () => {
    const { source, shapes, wrt } = transformer(12);
    const targets = new Set(derive(source, wrt, { shapes }).steps.map((s) => s.target));
    for (const name of wrt) expect(targets).toContain(`∂Loss/∂${name}`);
    for (let l = 1; l <= 12; l++) for (const part of 'NSPOAGH') expect(targets, `${part}${l}`).toContain(`d${part}${l}`);
  });
});

type Sizes = Record<'own' | 'nodes' | 'steps' | 'text', number>;
