import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { check } from '../../src/api/check.ts';
import { derive } from '../../src/index.ts';
import { GradusError } from '../../src/language/diagnostics.ts';
import { failures } from '../../src/verify/index.ts';
import { ways } from '../compile/ways.ts';
import { describeGenerated, expressions, type Generated, runs } from '../support/generate.ts';
import { distance, modelOf, ordinary, somewhere, valuesOf } from '../support/values.ts';

/** Of a derivative, so that differentiating it is a second derivative. */
function derived({ source, wrt, shapes }: Generated, by: string): Generated {
  const lines = source.split('\n');
  const text = lines.pop()!;
  return { source: [...lines, `jacobian(${text}, ${wrt})`].join('\n'), wrt: by, shapes };
}

/** Entries of the derivative, where the sizes are about three. */
const entries = ({ shapes }: Generated, names: readonly string[]): number =>
  names.flatMap((name) => shapes[name]!).reduce<number>((n, dim) => n * (typeof dim === 'number' ? dim : 4), 1);

const random = (order: 1 | 2): fc.Arbitrary<Generated> =>
  order === 1
    ? expressions()
    : fc
        .tuple(expressions({ depth: 2, scalar: true }), fc.nat(7))
        .map(([generated, pick]) => {
          const names = Object.keys(generated.shapes).filter((name) => generated.source.includes(name));
          return { generated, by: names[pick % names.length] ?? generated.wrt };
        })
        .filter(({ generated, by }) => entries(generated, [generated.wrt, by]) <= 700)
        .map(({ generated, by }) => derived(generated, by));

async function gradientsAgree(generated: Generated): Promise<'checked' | 'no point'> {
  const { source, wrt, shapes } = generated;
  try {
    const report = await check(source, { wrt, shapes, points: 1 });
    const { entry } = report.partials[wrt]!;
    // The variance of a constant: beside the ones that cancelled in it, this is nothing.
    if (entry && Math.abs(entry.symbolic) < 1e-30 && Math.abs(entry.numeric) < 1e-30) return 'no point';
    expect(report.ok, `${describeGenerated(generated)}\n${failures(report).join('\n')}`).toBe(true);
    return 'checked';
  } catch (error) {
    // A random expression may be nowhere smooth and finite: a logarithm of something negative.
    if (!(error instanceof GradusError) || error.code !== 'domain') throw error;
    return 'no point';
  }
}

/** The derivative, read from its text, has the value that it had, whoever computes it. */
function textAndTargetsAgree(generated: Generated, seed: number): void {
  const { source, wrt, shapes } = generated;
  const { model, partial } = derive(source, wrt, { shapes, steps: false });
  const again = modelOf({ source: partial.toString(), shapes });
  const objective = again.objective!.node;
  for (let k = 0; k < 2; k++) {
    const point = somewhere(model, seed + k);
    const [own, value] = valuesOf([model.objective!.node, partial.node], point, model);
    // What has no value has no derivative.
    if (!own!.every(Number.isFinite)) continue;
    // Where a part overflows, or two numbers cancel, another order of the same operations may tell another story.
    if (!value!.every(ordinary) || value!.some((x) => x !== 0 && Math.abs(x) < 1e-9)) continue;
    const [read] = valuesOf([objective], point, again);
    expect(distance(value!, read!), `${describeGenerated(generated)}\nas text ${partial.toString()}`).toBeLessThan(1e-7);
    for (const [name, way] of Object.entries(ways)) {
      const program = way({ outputs: [partial.node], sizes: point.sizes });
      for (const [input, { data }] of program.inputs) data.set(point.values.get(input) ?? literal(model, input));
      program.run();
      const found = Array.from(program.outputs[0]!.data);
      expect(distance(value!, found), `${describeGenerated(generated)}\nby ${name}`).toBeLessThan(1e-7);
    }
  }
}

function literal(model: ReturnType<typeof modelOf>, text: string): readonly number[] {
  for (const [node, { data }] of model.literals) if (node.kind === 'variable' && node.name === text) return data;
  throw new Error(`no value for ${text}`);
}

const settings = (usual: number) => ({ numRuns: runs(usual) });
const LONG = 24 * 3600 * 1000;

describe.each([
  [1, 120],
  [2, 60],
] as const)('of derivative number %i of random expressions', (order, usual) => {
  test('the symbolic form agrees with differences', { timeout: LONG }, async () => {
    let without = 0;
    await fc.assert(
      fc.asyncProperty(random(order), async (generated) => {
        if ((await gradientsAgree(generated)) === 'no point') without++;
      }),
      settings(usual),
    );
    expect(without).toBeLessThan(runs(usual) / 4);
  });

  test('the text parses back to the value, and every target computes it', { timeout: LONG }, () => {
    fc.assert(fc.property(random(order), fc.nat(), textAndTargetsAgree), settings(usual));
  });
});
