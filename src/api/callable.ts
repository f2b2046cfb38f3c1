import type { Model } from '../calculus/check.ts';
import { stabilise } from '../calculus/stabilise.ts';
import { type Backend, compileProgram, type Executable, type Precision } from '../compile/index.ts';
import type { Node } from '../graph/node.ts';
import { bind, type Inputs } from '../numeric/binding.ts';
import { resolveValues } from '../numeric/start.ts';
import { Tensor } from '../numeric/tensor.ts';

export interface CompileOptions {
  /** `f32` halves the memory; the last 29 bits are lost. */
  readonly precision?: Precision;
  /** `closure` needs no generated code, for pages that forbid it. */
  readonly backend?: Backend;
  /** Parameters without a value take what training would start them from. */
  readonly defaults?: boolean;
}

/**
 * Nodes as a function of the model's inputs, in their numerically stable form. Compiled for the sizes of the first
 * inputs, and again when sizes change.
 */
export class Callable {
  private readonly programs = new Map<string, Executable>();
  private readonly model: Model;
  private readonly outputs: readonly Node[];
  private stableOutputs: readonly Node[] | undefined;
  private readonly options: CompileOptions;

  constructor(model: Model, outputs: readonly Node[], options: CompileOptions = {}) {
    this.model = model;
    this.outputs = outputs;
    this.options = options;
  }

  /** The outputs as they run. */
  private stable(): readonly Node[] {
    this.stableOutputs ??= stabilise(this.model.graph, this.outputs);
    return this.stableOutputs;
  }

  /**
   * The values of the outputs, as fresh arrays.
   * @param inputs numbers, nested arrays, typed arrays in row-major order, or mathjs matrices, by name; what the source
   *   itself gives a value may be left out
   * @throws GradusError `data` for a missing or misshapen value
   */
  run(inputs: Inputs): Tensor[] {
    const binding = bind(this.model, inputs);
    const key = [...binding.sizes].map(([name, size]) => `${name}=${size}`).join();
    let program = this.programs.get(key);
    if (!program) {
      program = compileProgram({ graph: this.model.graph, outputs: this.stable(), sizes: binding.sizes, ...this.options });
      this.programs.set(key, program);
    }
    const values = resolveValues(
      this.model,
      binding,
      [...program.inputs.keys()],
      this.options.defaults ? { defaults: true } : {},
    );
    for (const [name, buffer] of program.inputs) buffer.data.set(values.get(name)!);
    program.run();
    return program.outputs.map(({ shape, data }) => new Tensor(shape, data.slice()));
  }
}
