import type { Node } from '../graph/node.ts';
import { INSPECT } from '../language/console.ts';
import { listed } from '../language/visible.ts';
import type { Model } from '../model/model.ts';
import { runningGradient } from '../model/running.ts';
import type { GivenInputs } from '../numeric/binding.ts';
import { Callable, type CompileOptions, plain, type Result } from '../numeric/callable.ts';
import type { Tensor } from '../numeric/tensor.ts';
import { columnShape } from '../operators/builder.ts';
import { inputsOf } from '../options/check.ts';
import { signatures } from '../options/signatures.ts';
import { aboutText } from './described.ts';
import { speaksIn } from './speaking.ts';

/** Numeric functions of the inputs; a call returns fresh arrays. */
export class CompiledDerivation<N extends string = string> {
  private readonly all: Callable;
  private readonly objective: Callable;
  private readonly model: Model;
  private readonly wrt: readonly N[];

  constructor(model: Model, wrt: readonly N[], raw: readonly Node[], options: CompileOptions) {
    this.model = model;
    this.wrt = wrt;
    // The value alone is found from the same nodes.
    let nodes: readonly Node[] | undefined;
    const running = () => (nodes ??= runningGradient(model, wrt, raw));
    this.all = Callable.running(model, running, options);
    this.objective = Callable.running(model, () => [running()[0]!], options);
    speaksIn(this, model.lang);
  }

  /** `CompiledDerivation of Cost by W, b`. */
  toString(): string {
    return `CompiledDerivation of ${aboutText(this.model)} by ${listed(this.wrt)}`;
  }

  [INSPECT](): string {
    return this.toString();
  }

  toJSON(): { objective: string; wrt: readonly N[] } {
    return { objective: aboutText(this.model), wrt: this.wrt };
  }

  /** The objective. */
  value(inputs?: GivenInputs): Result {
    return plain(this.objective.run(inputsOf(signatures.value, inputs))[0]!);
  }

  /** The derivative by each name, of the name's shape. */
  gradient(inputs?: GivenInputs): Record<N, Result> {
    return this.valueAndGradient(inputsOf(signatures.gradient, inputs)).gradient;
  }

  valueAndGradient(inputs?: GivenInputs): { value: Result; gradient: Record<N, Result> } {
    const [value, ...partials] = this.all.run(inputsOf(signatures.valueAndGradient, inputs));
    const gradient = Object.fromEntries(this.wrt.map((name, k) => [name, declared(this.model, name, partials[k]!)])) as Record<
      N,
      Result
    >;
    return { value: plain(value!), gradient };
  }
}

/** The tensor with the axes of length 1 that its name was declared with; a number for a scalar. */
function declared(model: Model, name: string, tensor: Tensor): Result {
  const { shape } = model.inputs.get(name)!;
  const missing = shape.length - columnShape(shape).length;
  if (missing === 0) return plain(tensor);
  return tensor.padded(missing);
}
