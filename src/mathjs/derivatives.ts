import { GradusError } from '../language/diagnostics.ts';
import type { Tensor } from '../numeric/tensor.ts';
import { excerpt } from './excerpt.ts';
import { known } from './known.ts';
import { type Fields, type MathInstance, type MathNode, partsOf, type Scope, valueIn } from './nodes.ts';
import { Plan, type Wanted } from './plan.ts';
import { axesOf, beside, inKind } from './results.ts';

/** What is derived, by what, and where. */
export interface Question {
  readonly node: MathNode;
  /** None if the caller does not say. */
  readonly by: readonly string[] | undefined;
  readonly scope: Scope;
}

/** Programs that are kept for one expression. */
const MOST_KEPT = 8;

/** The numbers of derivatives, in one instance of mathjs. */
export class Derivatives {
  private readonly math: MathInstance;
  private readonly plans = new WeakMap<MathNode, Map<string, Plan[]>>();

  constructor(math: MathInstance) {
    this.math = math;
  }

  /** Of a number: by one name in its shape, by several numbers as a vector, otherwise by name. */
  gradient(question: Question): unknown {
    const { by, tensors } = this.run('gradient', question);
    return this.byNames(question, by, tensors, []);
  }

  /** Of an array f by a name x: [f…, x…]. */
  jacobian(question: Question): unknown {
    const { by, tensors, shape } = this.run('jacobian', question);
    return this.byNames(question, by, tensors, axesOf(shape));
  }

  /** Of a number by a name x: [x…, x…]; by several numbers the matrix, otherwise by pairs of names. */
  hessian(question: Question): unknown {
    const { by, tensors } = this.run('hessian', question);
    const rows = by.map((_, k) => tensors.slice(k * by.length, (k + 1) * by.length));
    if (by.length > 1 && this.areNumbers(question, by)) {
      const whole = rows.map((row) => row.map((part) => part.data[0]!));
      return this.math.config().matrix === 'Array' ? whole : this.math.matrix(whole);
    }
    if (by.length === 1) return this.byNames(question, by, tensors, axesOf(this.shapeOf(question, by[0]!)));
    return Object.fromEntries(
      by.map((name, k) => {
        const front = axesOf(this.shapeOf(question, name));
        return [name, Object.fromEntries(by.map((other, i) => [other, this.block(question, other, rows[k]![i]!, front, name)]))];
      }),
    );
  }

  private byNames(question: Question, by: readonly string[], tensors: readonly Tensor[], front: readonly number[]): unknown {
    if (by.length === 1) return this.block(question, by[0]!, tensors[0]!, front);
    if (this.areNumbers(question, by)) return beside(this.math, tensors, front);
    return Object.fromEntries(by.map((name, k) => [name, this.block(question, name, tensors[k]!, front)]));
  }

  /**
   * @param front the axes that stand before those of the name; without any the result has the very shape of the value
   * @param other whose axes they are, if they are a name's
   */
  private block({ scope }: Question, name: string, tensor: Tensor, front: readonly number[], other = name): unknown {
    const { shape } = known(valueIn(scope, name), name)!;
    const like = valueIn(scope, shape.length > 0 ? name : other);
    return inKind(this.math, tensor, front.length === 0 ? shape : [...front, ...axesOf(shape)], like);
  }

  private shapeOf({ scope }: Question, name: string): readonly number[] {
    return known(valueIn(scope, name), name)!.shape;
  }

  private areNumbers(question: Question, by: readonly string[]): boolean {
    return by.every((name) => this.shapeOf(question, name).length === 0);
  }

  private run(wanted: Wanted, question: Question) {
    const { node, scope } = question;
    const by = question.by ?? occurring(node, scope);
    for (const name of by) {
      const value = valueIn(scope, name);
      if (value === undefined)
        throw new GradusError('data', `${name} has no value`, { hint: `give it in the scope: { ${name}: … }` });
      if (!known(value, name)) throw new GradusError('data', `${name} is no number, vector or matrix in the scope`);
    }
    const kept = this.kept(node, `${wanted} ${by.join()}`);
    for (const plan of kept) {
      const inputs = plan.inputs(this.math, scope);
      if (inputs) return { by, tensors: plan.run(inputs), shape: plan.shape };
    }
    const plan = new Plan(node, wanted, { math: this.math, scope, by, symbolic: false });
    const inputs = plan.inputs(this.math, scope);
    if (!inputs) throw new GradusError('data', `${excerpt(node)}: the values of the scope change while they are read`);
    kept.unshift(plan);
    kept.length = Math.min(kept.length, MOST_KEPT);
    return { by, tensors: plan.run(inputs), shape: plan.shape };
  }

  private kept(node: MathNode, key: string): Plan[] {
    const plans = this.plans.get(node) ?? new Map<string, Plan[]>();
    this.plans.set(node, plans);
    const kept = plans.get(key) ?? [];
    plans.set(key, kept);
    return kept;
  }
}

/** The names of an expression that are numbers or arrays in the scope, in the order in which they are written. */
function occurring(node: MathNode, scope: Scope): readonly string[] {
  const symbols = partsOf(node).filter(({ type }) => type === 'SymbolNode');
  const names = new Set(
    symbols.map((part) => (part as Fields).name as string).filter((name) => known(valueIn(scope, name), name)),
  );
  if (names.size === 0)
    throw new GradusError('argument', `${excerpt(node)}: no name of it has a value in the scope`, {
      hint: 'give a scope: gradient(expr, { x: 3 })',
    });
  return [...names];
}
