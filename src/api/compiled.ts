import type { Numbers } from '../compile/index.ts';
import type { Node } from '../graph/node.ts';
import { INSPECT } from '../language/console.ts';
import { listed } from '../language/visible.ts';
import { asWritten } from '../model/as-written.ts';
import type { Model } from '../model/model.ts';
import { objectiveName } from '../model/objective-name.ts';
import { runningGradient } from '../model/running.ts';
import type { GivenInputs } from '../numeric/binding.ts';
import { type Bound, boundTo } from '../numeric/bound.ts';
import { Callable, type CompileOptions, type Result } from '../numeric/callable.ts';
import { Tensor } from '../numeric/tensor.ts';
import { columnShape } from '../operators/builder.ts';
import { inputsOf, refuseMore } from '../options/check.ts';
import { signatures } from '../options/signatures.ts';
import { aboutText } from './described.ts';
import { Plan } from './plan.ts';
import { speaksIn } from './speaking.ts';

/** A derivation so bound: `gradient` is by name what the last run gave. */
export interface BoundDerivation<N extends string = string> extends Bound {
  readonly gradient: Readonly<Record<N, Numbers>>;
}

/** Numeric functions of the inputs; a call returns fresh arrays. */
export class CompiledDerivation<N extends string = string> {
  private readonly all: Callable;
  private readonly objective: Callable;
  private readonly model: Model;
  private readonly wrt: readonly N[];
  /** The axes of length 1 at the end of each name's shape, which the derivative is given back. */
  private readonly missing: readonly number[];
  /** Has each name as its own, whatever it is called. */
  private readonly blank: Readonly<Record<N, Result>>;

  constructor(model: Model, wrt: readonly N[], raw: readonly Node[], options: CompileOptions) {
    this.model = model;
    this.wrt = wrt;
    this.missing = wrt.map((name) => {
      const { shape } = model.inputs.get(name)!;
      return shape.length - columnShape(shape).length;
    });
    this.blank = Object.fromEntries(wrt.map((name) => [name, 0])) as Record<N, Result>;
    // The value alone is found from the same nodes.
    let nodes: readonly Node[] | undefined;
    const running = () => (nodes ??= ownValue(model, runningGradient(model, wrt, raw)));
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
    return this.objective.values(inputsOf(signatures.value, inputs))[0]!;
  }

  /** The derivative by each name, of the name's shape. */
  gradient(inputs?: GivenInputs): Record<N, Result> {
    return this.valueAndGradient(inputsOf(signatures.gradient, inputs)).gradient;
  }

  valueAndGradient(inputs?: GivenInputs): { value: Result; gradient: Record<N, Result> } {
    const found = this.all.values(inputsOf(signatures.valueAndGradient, inputs));
    const gradient: Record<N, Result> = { ...this.blank };
    for (let k = 0; k < this.wrt.length; k++) {
      const partial = found[k + 1]!;
      const missing = this.missing[k]!;
      gradient[this.wrt[k]!] = missing === 0 ? partial : padded(partial, missing);
    }
    return { value: found[0]!, gradient };
  }

  /**
   * The function with the inputs at hand, in memory of its own: for many calls without a copy.
   * @throws GradusError `data` for a missing or misshapen value
   * @example
   * const step = derive(source).compile().bind(inputs);
   * step.inputs.W[0] = 0.5;
   * step.run(); // the cost; step.gradient.W is the derivative by W
   */
  bind(inputs?: GivenInputs): BoundDerivation<N>;
  bind(inputs?: GivenInputs, ...more: readonly unknown[]): BoundDerivation<N> {
    refuseMore(signatures.bind, more);
    const program = this.all.bound(inputsOf(signatures.bind, inputs));
    const partials = this.wrt.map((name, k) => [name, program.outputs[k + 1]!.data] as const);
    return { ...boundTo(program, this.model.lang), gradient: Object.fromEntries(partials) as Record<N, Numbers> };
  }

  /**
   * What the program for inputs of these sizes does: its statements, operations and memory, and what it runs as.
   * @throws GradusError `data` for a size that neither the source nor the inputs tell
   * @example
   * derive(source).compile().plan(inputs).toString();
   */
  plan(inputs?: GivenInputs): Plan;
  plan(inputs?: GivenInputs, ...more: readonly unknown[]): Plan {
    refuseMore(signatures.plan, more);
    const name = objectiveName(this.model);
    const names = [name, ...this.wrt.map((by) => `∂${name}/∂${by}`)];
    return new Plan(this.all.plan(inputsOf(signatures.plan, inputs), names), this.model);
  }
}

const padded = (partial: Result, missing: number): Result =>
  (typeof partial === 'number' ? new Tensor([], Float64Array.of(partial)) : partial).padded(missing);

/** Nodes that run, the objective before its derivatives: where it has no value none is made up. */
const ownValue = (model: Model, [value, ...others]: readonly [Node, ...Node[]]): readonly Node[] => [
  ...asWritten(model, [model.objective!.node], [value]),
  ...others,
];
