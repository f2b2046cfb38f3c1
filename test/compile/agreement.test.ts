import { describe, expect, it } from 'vitest';
import type { Executable, ProgramSpec } from '../../src/compile/index.ts';
import { Graph } from '../../src/graph/graph.ts';
import type { Node, Variable } from '../../src/graph/node.ts';
import { rational } from '../../src/graph/rational.ts';
import { operators } from '../../src/operators/index.ts';
import { partOf, runs } from '../support/generate.ts';
import { randomGraph, SIZES, stream } from './random.ts';
import { difference, fill, type Inputs, nudged, randomInputs, reference, ways } from './ways.ts';

const SEEDS = Array.from({ length: runs(250, 0.4) }, (_, seed) => seed);

/** The last few bits; where a change of the inputs by their last bits matters more, as much as that. */
function tolerance(spec: ProgramSpec, inputs: Inputs, exact: readonly (readonly number[])[]): number[] {
  const moved = [1, 2, 3].map((seed) => reference(spec, nudged(inputs, seed)));
  return exact.map((data, k) =>
    moved.reduce((most, { outputs, updates }) => Math.max(most, 8 * difference(data, [...outputs, ...updates][k]!)), 1e-13),
  );
}

/** The last few nodes before one whose values grow out of hand. */
function someRoots(nodes: readonly Node[], inputs: Inputs): Node[] {
  const { outputs } = reference({ outputs: nodes, sizes: SIZES }, inputs);
  const wild = outputs.findIndex((data) => data.some((y) => !(Math.abs(y) < 1e4)));
  return (wild < 0 ? nodes : nodes.slice(0, wild)).slice(-5);
}

/** How far a function may be from its kernel: vectors have functions of their own, within two units of the last place each. */
const near = (way: string): number => (way === 'wasm' ? 1.2e-15 : 4e-16);

/** What the interpreter says of a graph, and how far from it a way may be: the same whichever way runs. */
interface Wanted {
  readonly inputs: Inputs;
  /** Places of the roots among the nodes. */
  readonly roots: readonly number[];
  readonly outputs: readonly (readonly number[])[];
  readonly allowed: readonly number[];
}

const wanted = new Map<number, Wanted>();

function wantedOf(seed: number, nodes: readonly Node[], compile: (spec: ProgramSpec) => Executable): Wanted {
  const known = wanted.get(seed);
  if (known) return known;
  const inputs = randomInputs(compile({ outputs: nodes, sizes: SIZES }), seed);
  const some = someRoots(nodes, inputs);
  const spec = { outputs: some, sizes: SIZES };
  const { outputs } = reference(spec, inputs);
  const found = { inputs, roots: some.map((node) => nodes.indexOf(node)), outputs, allowed: tolerance(spec, inputs, outputs) };
  wanted.set(seed, found);
  return found;
}

describe.each(Object.entries(ways))('%s', (way, compile) => {
  it.each(SEEDS)('gives what the interpreter gives: random graph %i', (seed) => {
    const { nodes } = randomGraph(seed);
    const { inputs, roots, outputs, allowed } = wantedOf(seed, nodes, compile);
    const spec = { outputs: roots.map((at) => nodes[at]!), sizes: SIZES };
    const program = compile(spec);
    fill(program, inputs);
    program.run();
    outputs.forEach((data, k) => {
      const { kind, shape } = spec.outputs[k]!;
      expect(difference(data, program.outputs[k]!.data), `output ${k}, a ${kind} of shape ${shape}`).toBeLessThan(allowed[k]!);
    });
  });

  it.each(partOf(SEEDS, 5))('compiles every node, those too whose values grow out of hand: random graph %i', (seed) => {
    const { nodes } = randomGraph(seed);
    expect(compile({ outputs: nodes, sizes: SIZES }).outputs).toHaveLength(nodes.length);
  });

  it.each(SEEDS.slice(0, 120))('computes every update from the old values: random graph %i', (seed) => {
    const { graph, nodes } = randomGraph(seed, 9);
    let inputs: Inputs = randomInputs(compile({ outputs: nodes, sizes: SIZES }), seed);
    const next = stream(seed);
    const sources = someRoots(nodes, inputs).length === 0 ? [] : nodes;
    const tame = new Set(sources);
    const updates = [...new Set(nodes)]
      .filter((node): node is Variable => node.kind === 'variable' && node.role !== 'size')
      .map((variable) => {
        const alike = nodes.filter((node) => tame.has(node) && node.shape.join() === variable.shape.join());
        const node = alike[Math.floor(next() * alike.length)]!;
        return { variable, value: next() < 0.4 ? node : graph.sum(variable, graph.scale(rational('1/100'), node)) };
      });
    const spec = { graph, outputs: [graph.constant(1)], updates, sizes: SIZES };
    const program = compile(spec);
    fill(program, inputs);
    const steps = 2;
    program.repeat(steps);
    let allowed: number[] = [];
    for (let step = 0; step < steps; step++) {
      const exact = reference(spec, inputs);
      const once = tolerance(spec, inputs, [...exact.outputs, ...exact.updates]).slice(1);
      allowed = once.map((t, k) => 10 * Math.max(t, allowed[k] ?? 0));
      inputs = new Map([...inputs, ...updates.map((u, k) => [u.variable.name, exact.updates[k]!] as const)]);
    }
    if ([...inputs.values()].some((data) => data.some((y) => !(Math.abs(y) < 1e4)))) return;
    updates.forEach(({ variable: { name } }, k) => {
      expect(difference(inputs.get(name)!, program.input(name)!.data), name).toBeLessThan(Math.max(allowed[k]!, 1e-10));
    });
  });

  it.each(operators.map((operator) => [operator.name, operator] as const))('computes %s', (_name, operator) => {
    const graph = new Graph();
    const args = Array.from({ length: operator.arity }, (_, k) => graph.variable(`x${k}`, [9]));
    const spec = { graph, outputs: [graph.apply(operator, ...args)], sizes: SIZES };
    const program = compile(spec);
    const inputs = new Map(args.map(({ name }, k) => [name, [-2, -1, -0.5, 0, 0.25, 0.5, 1, 2, 3].map((x) => x + k / 4)]));
    fill(program, inputs);
    program.run();
    const [exact] = reference(spec, inputs).outputs;
    exact!.forEach((y, k) => {
      expect(program.outputs[0]!.data[k]).toSatisfy((x: number) => Object.is(x, y) || Math.abs(x - y) <= near(way) * Math.abs(y));
    });
  });

  it('rounds to single precision where that is asked for', () => {
    const { nodes } = randomGraph(3);
    const inputs = randomInputs(compile({ outputs: nodes, sizes: SIZES }), 3);
    const spec: ProgramSpec = { outputs: someRoots(nodes, inputs), sizes: SIZES, precision: 'f32' };
    const program = compile(spec);
    fill(program, inputs);
    program.run();
    reference(spec, inputs).outputs.forEach((data, k) => {
      expect(program.outputs[k]!.data).toBeInstanceOf(Float32Array);
      expect(difference(data, program.outputs[k]!.data)).toBeLessThan(1e-5);
    });
  });
});
