import { tmpdir, userInfo } from 'node:os';
import { join } from 'node:path';
import { expect } from 'vitest';
import { Cache } from '../../src/app/native/cache.ts';
import { compiler, isMissing } from '../../src/app/native/compiler.ts';
import { hostOf } from '../../src/app/native/host.ts';
import { compileProgram, type Executable, type ProgramSpec } from '../../src/compile/index.ts';
import { laidOut, link, programOf } from '../../src/compile/link.ts';
import { type Machine, NATIVE } from '../../src/compile/machine.ts';
import { missing } from '../../src/compile/targets/c/calls.ts';
import { native, provideNative } from '../../src/compile/targets/native/index.ts';
import { toolchainOf } from '../../src/compile/targets/native/linker.ts';
import { prepare } from '../../src/compile/task.ts';
import { Graph } from '../../src/graph/graph.ts';
import type { Node } from '../../src/graph/node.ts';
import { randomGraph, SIZES, stream } from './random.ts';
import { difference, fill, nudged, reference } from './ways.ts';

/** What a test needs a C compiler for is left out where there is none. */
export const hasCompiler = !isMissing(compiler());

/** Where modules of tests are kept: not in the home of who runs them. */
export const TEST_CACHE = join(tmpdir(), `gradus-tests-${userInfo().username}`);

/** As who imports `gradus/native`, but for the folder. */
export const provide = (): void => provideNative(toolchainOf(hostOf(new Cache(TEST_CACHE))));

/** A program in C, with products of whatever size. */
export function natively(spec: ProgramSpec, machine: Machine = { ...NATIVE, product: 2 }): Executable {
  provide();
  const prepared = prepare(spec);
  return link(prepared, laidOut(prepared.task, programOf(prepared.task, machine)), native);
}

/** Numbers around 1 for every variable of some nodes. */
export function inputsOf(program: Executable, seed: number): Map<string, number[]> {
  const next = stream(seed);
  return new Map([...program.inputs].map(([name, { data }]) => [name, Array.from(data, () => 0.2 + 1.3 * next())]));
}

/** Whether C cannot be told what some nodes call. */
function lacks(outputs: readonly Node[]): boolean {
  const { task } = prepare({ outputs, sizes: SIZES });
  return missing(laidOut(task, programOf(task, NATIVE))) !== undefined;
}

/** The roots of many random graphs, those that C can be told and whose values stay in hand, for one program. */
export function manyRoots(seeds: readonly number[]): { spec: ProgramSpec; inputs: Map<string, number[]> } {
  const graph = new Graph();
  const inputs = new Map<string, number[]>();
  const outputs: Node[] = [];
  for (const seed of seeds) {
    const { nodes } = randomGraph(seed, 12, graph, `g${seed}`);
    const program = compileProgram({ outputs: nodes, sizes: SIZES, backend: 'js' });
    const own = inputsOf(program, seed);
    const values = reference({ outputs: nodes, sizes: SIZES }, own).outputs;
    const wild = values.findIndex((data) => data.some((y) => !(Math.abs(y) < 1e4)));
    const roots = nodes.slice(0, wild < 0 ? undefined : wild);
    const unknown = roots.findIndex((_, at) => lacks(roots.slice(0, at + 1)));
    outputs.push(...roots.slice(0, unknown < 0 ? undefined : unknown).slice(-5));
    for (const [name, data] of own) inputs.set(name, data);
  }
  return { spec: { outputs, sizes: SIZES }, inputs };
}

/** As far as the last bits of the inputs matter. */
export function expectAgreement(spec: ProgramSpec, inputs: ReadonlyMap<string, number[]>, program: Executable): void {
  fill(program, inputs);
  // A run writes all of its outputs, whatever they held.
  for (const { data } of program.outputs) data.fill(Number.NaN);
  program.run();
  const exact = reference(spec, inputs).outputs;
  const moved = [1, 2, 3].map((seed) => reference(spec, nudged(inputs, seed)).outputs);
  exact.forEach((data, k) => {
    const allowed = moved.reduce((most, outputs) => Math.max(most, 8 * difference(data, outputs[k]!)), 1e-13);
    const { kind, shape } = spec.outputs[k]!;
    expect(difference(data, program.outputs[k]!.data), `output ${k}, a ${kind} of shape ${shape}`).toBeLessThan(allowed);
  });
}
