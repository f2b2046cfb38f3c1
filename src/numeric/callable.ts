import {
  type Backend,
  compileProgram,
  type Executable,
  type Precision,
  type ProgramPlan,
  type ProgramSpec,
  planProgram,
} from '../compile/index.ts';
import { usedVariables } from '../compile/variables.ts';
import type { Sizes } from '../graph/dimension.ts';
import type { Graph } from '../graph/graph.ts';
import type { Node } from '../graph/node.ts';
import { GradusError } from '../language/diagnostics.ts';
import { asWritten } from '../model/as-written.ts';
import { runningForms } from '../model/expanded.ts';
import type { Model } from '../model/model.ts';
import { type Compact, compact, isTied } from '../simplify/compact.ts';
import { forRunning } from '../simplify/pipelines.ts';
import { bind, type Inputs } from './binding.ts';
import { Programs } from './programs.ts';
import { type Lent, resultOf, withResults } from './results.ts';
import { Seating } from './seating.ts';
import { resolveValues } from './start.ts';
import { StructuredTensor, Tensor } from './tensor.ts';

export interface CompileOptions {
  /** `f32` halves the memory; the last 29 bits are lost. */
  readonly precision?: Precision;
  /** Whether a·b + c may be rounded once, where the machine can; without, the bits are the same everywhere. */
  readonly fma?: boolean;
  /** `closure` needs no generated code, for pages that forbid it. */
  readonly backend?: Backend;
  /** Threads that share the work of large programs, where the backend has them; as many as there are cores unless told. */
  readonly threads?: number;
  /** Parameters without a value take what training would start them from. */
  readonly defaults?: boolean;
}

/** A number for a scalar, a tensor for everything else. */
export type Result = number | Tensor;

export const plain = (tensor: Tensor): Result => (tensor.shape.length === 0 ? tensor.data[0]! : tensor);

/**
 * Nodes as a function of the model's inputs, in the form that runs. Compiled for the sizes of the first inputs, and again
 * when sizes change. Everything that becomes numbers but a step of descent goes through here, so the API, the command
 * line and `check` run the same programs.
 */
export class Callable {
  private readonly programs = new Programs();
  private readonly model: Model;
  private readonly forms: () => readonly Node[];
  private outputs: readonly Compact[] | undefined;
  private readonly options: CompileOptions;
  /** Of the last call. */
  private seating: Seating | undefined;

  private constructor(model: Model, forms: () => readonly Node[], options: CompileOptions) {
    this.model = model;
    this.forms = forms;
    this.options = options;
  }

  /** Of expressions as they were written. */
  static of(model: Model, nodes: readonly Node[], options: CompileOptions = {}): Callable {
    return new Callable(model, () => asWritten(model, nodes, runningForms(model, nodes)), options);
  }

  /** Of what `stabilise` or `runnable` has found, asked for when it is first called. */
  static running(model: Model, forms: () => readonly Node[], options: CompileOptions = {}): Callable {
    return new Callable(model, forms, options);
  }

  /**
   * The values of the outputs, as fresh arrays.
   * @param inputs numbers, nested arrays, typed arrays in row-major order, or mathjs matrices, by name; what the source
   *   itself gives a value may be left out
   * @throws GradusError `data` for a missing or misshapen value
   */
  run(inputs: Inputs): Tensor[] {
    return this.results(this.seated(inputs), this.seating?.lent);
  }

  /** The same, with a number for each scalar. */
  values(inputs: Inputs): Result[] {
    const program = this.seated(inputs);
    const lent = withResults(program, this.seating?.lent);
    program.run(lent);
    const made: Result[] = [];
    for (let k = 0; k < program.outputs.length; k++) {
      const { shape, data } = program.outputs[k]!;
      made.push(shape.length === 0 ? data[0]! : this.tensor(program, k, lent));
    }
    return made;
  }

  private seated(inputs: Inputs): Executable {
    if (this.seating?.takes(inputs)) return this.seating.program;
    this.seating = undefined;
    const program = this.filled(inputs, (sizes) => this.program(sizes));
    this.seating = Seating.of(this.model, inputs, program);
    return program;
  }

  /** The same from numbers by name, in row-major order, where the sizes are known. */
  at(values: ReadonlyMap<string, ArrayLike<number>>, sizes: Sizes): Tensor[] {
    this.seating = undefined;
    const program = this.program(sizes);
    for (const [name, buffer] of program.inputs) buffer.data.set(values.get(name)!);
    return this.results(program);
  }

  /** A program of its own whose buffers hold the inputs; its outputs are whole arrays, zeros included. */
  bound(inputs: Inputs): Executable {
    return this.filled(inputs, (sizes) => this.compiled(this.forms(), sizes));
  }

  /** What the program for inputs of these sizes does. @param names what the outputs are called, where the model does not say it */
  plan(inputs: Inputs, names?: readonly string[]): ProgramPlan {
    const { sizes } = bind(this.model, inputs);
    const outputs = this.running().map(({ node }) => node);
    return planProgram({ ...this.spec(outputs, sizes), names });
  }

  /** A program for the sizes of the inputs, with their values in its buffers. */
  private filled(inputs: Inputs, programFor: (sizes: Sizes) => Executable): Executable {
    const binding = bind(this.model, inputs);
    const resolved = (names: readonly string[]) =>
      resolveValues(this.model, binding, names, this.options.defaults ? { defaults: true } : {});
    let program: Executable;
    try {
      program = programFor(binding.sizes);
    } catch (error) {
      // Where a size is not known a value is lacking that would tell it.
      const outputs = this.running().map(({ node }) => node);
      if (error instanceof GradusError && error.code === 'data') resolved(usedVariables({ outputs }).map(({ name }) => name));
      throw error;
    }
    const values = resolved([...program.inputs.keys()]);
    for (const [name, buffer] of program.inputs) buffer.data.set(values.get(name)!);
    return program;
  }

  private results(program: Executable, given?: Lent): Tensor[] {
    const lent = withResults(program, given);
    program.run(lent);
    return program.outputs.map((_, k) => this.tensor(program, k, lent));
  }

  private tensor(program: Executable, k: number, lent: Lent | undefined): Tensor {
    const tensor = new Tensor(program.outputs[k]!.shape, resultOf(program, k, lent));
    const output = this.running()[k]!;
    return isTied(output) ? new StructuredTensor(tensor, output.places, this.model.maxEntries) : tensor;
  }

  /** The outputs as they run, without the zeros that their structure tells. */
  private running(): readonly Compact[] {
    this.outputs ??= withoutZeros(this.model.graph, this.forms());
    return this.outputs;
  }

  private program(sizes: Sizes): Executable {
    const key = [...sizes].map(([name, size]) => `${name}=${size}`).join();
    return this.programs.get(key, () =>
      this.compiled(
        this.running().map(({ node }) => node),
        sizes,
      ),
    );
  }

  private compiled(outputs: readonly Node[], sizes: Sizes): Executable {
    return compileProgram(this.spec(outputs, sizes));
  }

  private spec(outputs: readonly Node[], sizes: Sizes): ProgramSpec {
    return { outputs, sizes, maxEntries: this.model.maxEntries, ...this.options };
  }
}

/** Only arrays of two axes and more can have such zeros. */
function withoutZeros(g: Graph, outputs: readonly Node[]): Compact[] {
  const found = compact(
    g,
    outputs.filter(({ shape }) => shape.length > 1),
  );
  const tied = found.filter(isTied);
  // Ties merge products that were apart.
  const plain = forRunning(
    g,
    tied.map(({ node }) => node),
  );
  const running = new Map(tied.map((c, k) => [c, { ...c, node: plain[k]! }]));
  let next = 0;
  return outputs.map((node) => {
    const structured = node.shape.length > 1 ? running.get(found[next++]!) : undefined;
    return structured ?? { node, places: node.shape.map((_, axis) => axis) };
  });
}
