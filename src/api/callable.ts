import type { Model } from '../calculus/check.ts';
import { type Compact, compact, isTied } from '../calculus/compact.ts';
import { simplify } from '../calculus/simplify.ts';
import { stabilise } from '../calculus/stabilise.ts';
import { type Backend, compileProgram, type Executable, type Precision } from '../compile/index.ts';
import type { Graph } from '../graph/graph.ts';
import type { Node } from '../graph/node.ts';
import { bind, type Inputs } from '../numeric/binding.ts';
import { resolveValues } from '../numeric/start.ts';
import { StructuredTensor, Tensor } from '../numeric/tensor.ts';

export interface CompileOptions {
  /** `f32` halves the memory; the last 29 bits are lost. */
  readonly precision?: Precision;
  /** `closure` needs no generated code, for pages that forbid it. */
  readonly backend?: Backend;
  /** Parameters without a value take what training would start them from. */
  readonly defaults?: boolean;
}

/** A number for a scalar, a tensor for everything else. */
export type Result = number | Tensor;

export const plain = (tensor: Tensor): Result => (tensor.shape.length === 0 ? tensor.data[0]! : tensor);

/**
 * Nodes as a function of the model's inputs, in their numerically stable form. Compiled for the sizes of the first
 * inputs, and again when sizes change.
 */
export class Callable {
  private readonly programs = new Map<string, Executable>();
  private readonly model: Model;
  private readonly outputs: readonly Node[];
  private runningOutputs: readonly Compact[] | undefined;
  private readonly options: CompileOptions;

  constructor(model: Model, outputs: readonly Node[], options: CompileOptions = {}) {
    this.model = model;
    this.outputs = outputs;
    this.options = options;
  }

  /** The outputs as they run, without the zeros that their structure tells. */
  private running(): readonly Compact[] {
    this.runningOutputs ??= withoutZeros(this.model.graph, stabilise(this.model.graph, this.outputs));
    return this.runningOutputs;
  }

  /**
   * The values of the outputs, as fresh arrays.
   * @param inputs numbers, nested arrays, typed arrays in row-major order, or mathjs matrices, by name; what the source
   *   itself gives a value may be left out
   * @throws GradusError `data` for a missing or misshapen value
   */
  run(inputs: Inputs): Tensor[] {
    const binding = bind(this.model, inputs);
    const running = this.running();
    const key = [...binding.sizes].map(([name, size]) => `${name}=${size}`).join();
    let program = this.programs.get(key);
    if (!program) {
      const outputs = running.map(({ node }) => node);
      program = compileProgram({ outputs, sizes: binding.sizes, maxEntries: this.model.maxEntries, ...this.options });
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
    return program.outputs.map(({ shape, data }, k) => {
      const tensor = new Tensor(shape, data.slice());
      return isTied(running[k]!) ? new StructuredTensor(tensor, running[k]!.places, this.model.maxEntries) : tensor;
    });
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
  const plain = simplify(
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
