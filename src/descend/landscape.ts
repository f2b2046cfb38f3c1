import { compileProgram, type Executable } from '../compile/index.ts';
import { expander } from '../differentiate/derivative-node.ts';
import { jacobian, productJacobian } from '../differentiate/derivatives.ts';
import { sizeOf } from '../graph/dimension.ts';
import type { Node, Variable } from '../graph/node.ts';
import { topological } from '../graph/traverse.ts';
import { GradusError } from '../language/diagnostics.ts';
import { runningForms, unexpandedOf } from '../model/expanded.ts';
import type { Fact } from '../operators/facts.ts';
import type { Parameters } from './outcome.ts';
import type { Problem } from './problem.ts';
import { degreeOf } from './quadratic.ts';
import type { Squares } from './squares.ts';

/** Where the entries of a parameter stand among those of all. */
export interface Part {
  readonly name: string;
  readonly variable: Variable;
  /** The lengths of its axes. */
  readonly lengths: readonly number[];
  readonly from: number;
  readonly length: number;
}

const trial = (name: string): string => `moved ${name}`;
const direction = (name: string): string => `direction of ${name}`;
/** A matrix that is declared symmetric has each entry off its diagonal twice. */
function leaders(parts: readonly Part[], { model }: Problem): Int32Array {
  return Int32Array.from(
    parts.flatMap(({ name, from, length, lengths: [n = 1] }) => {
      const isSymmetric = model.inputs.get(name)!.facts.some(({ record }) => record.symmetric);
      return Array.from({ length }, (_, k) => {
        const [i, j] = [Math.floor(k / n), k % n];
        return from + (isSymmetric && i > j ? j * n + i : k);
      });
    }),
  );
}

/** A name that no parameter has. */
const SLOPES = '∂f/∂p';

/**
 * A cost as a function of all entries of its parameters in one vector, as solvers see it: downhill is better, also where
 * the model maximizes. Each of its views is compiled when it is first asked for.
 */
export class Landscape {
  readonly parts: readonly Part[];
  readonly size: number;
  /** Entries that a step may choose: of a symmetric matrix those on its diagonal and above. */
  readonly own: readonly number[];
  /** Of each entry the one that it moves with; itself, if that is its own. */
  private readonly leader: Int32Array;
  /** How often the cost, or its residuals, have been computed; and how often first derivatives. */
  readonly count = { values: 0, slopes: 0 };
  private readonly problem: Problem;
  private readonly sign: 1 | -1;
  private readonly programs = new Map<string, Executable>();
  private readonly squares: readonly Squares[];
  /** Parameters with facts that a step must keep. */
  private readonly kept: readonly { readonly part: Part; readonly facts: readonly Fact[] }[];

  /** @param squares what the cost is the sum of, for solvers that need it */
  constructor(problem: Problem, squares: readonly Squares[] = []) {
    this.problem = problem;
    this.squares = squares;
    this.sign = problem.model.objective!.sense === 'maximize' ? -1 : 1;
    let from = 0;
    this.parts = problem.slopes.gradients.map(({ variable }): Part => {
      const lengths = variable.shape.map((dim) => sizeOf(dim, problem.binding.sizes));
      const length = lengths.reduce((n, size) => n * size, 1);
      from += length;
      return { name: variable.name, variable, lengths, from: from - length, length };
    });
    this.size = from;
    this.leader = leaders(this.parts, problem);
    this.own = [...this.leader.keys()].filter((k) => this.leader[k] === k);
    this.kept = this.parts.flatMap((part) => {
      const facts = problem.model.inputs.get(part.name)!.facts.filter(({ record }) => record.kept);
      return facts.length === 0 ? [] : [{ part, facts }];
    });
  }

  /** The parameters' entries one after the other. */
  packed(parameters: Parameters | ReadonlyMap<string, ArrayLike<number>>): Float64Array {
    const all = new Float64Array(this.size);
    for (const { name, from } of this.parts) all.set(parameters.get(name)!, from);
    return all;
  }

  unpacked(place: Float64Array): Map<string, Float64Array> {
    return new Map(this.parts.map(({ name, from, length }) => [name, place.slice(from, from + length)]));
  }

  /** The sums over entries that move together, where these begin; 0 at the others. */
  folded(slope: Float64Array): Float64Array {
    if (this.own.length === this.size) return slope;
    const sums = new Float64Array(this.size);
    slope.forEach((s, k) => {
      const at = this.leader[k]!;
      sums[at] = sums[at]! + s;
    });
    return sums;
  }

  /** A step for all entries from one for those that a step may choose. */
  spread(step: Float64Array): Float64Array {
    return this.own.length === this.size ? step : step.map((_, k) => step[this.leader[k]!]!);
  }

  value(place: Float64Array): number {
    this.count.values++;
    return this.told(place);
  }

  /** The cost for those who watch: it does not count. */
  told(place: Float64Array): number {
    const program = this.at('value', place, () => [this.problem.slopes.cost]);
    return this.sign * program.outputs[0]!.data[0]!;
  }

  /** What is looked at beside the run: it does not count. */
  uncounted<T>(look: () => T): T {
    const before = { ...this.count };
    try {
      return look();
    } finally {
      Object.assign(this.count, before);
    }
  }

  /** Of which parameter an entry is. */
  partAt(entry: number): Part {
    return this.parts.findLast(({ from }) => from <= entry)!;
  }

  nameAt(entry: number): string {
    return this.partAt(entry).name;
  }

  /** The cost, and its gradient into an array of as many numbers as there are entries. */
  slope(place: Float64Array, into: Float64Array): number {
    this.count.values++;
    this.count.slopes++;
    const { cost, gradients } = this.problem.slopes;
    const program = this.at('slope', place, () => [cost, ...gradients.map((g) => g.gradient)]);
    this.parts.forEach(({ from }, k) => {
      into.set(program.outputs[k + 1]!.data, from);
    });
    if (this.sign < 0) for (let k = 0; k < into.length; k++) into[k] = -into[k]!;
    return this.sign * program.outputs[0]!.data[0]!;
  }

  /** The symmetric matrix of second derivatives by the entries that a step may choose, row-major; 0 at the others. */
  curvature(place: Float64Array, into: Float64Array): void {
    const { size, parts, sign } = this;
    const pairs = parts.flatMap((row, i) => parts.slice(0, i + 1).map((column) => [row, column] as const));
    const nodes = () => {
      const first = this.firstDerivatives();
      return this.running(pairs.map(([row, column]) => jacobian(this.graph, first.get(row)!, column.variable)));
    };
    const program = this.at('curvature', place, nodes);
    pairs.forEach(([row, column], k) => {
      const { data } = program.outputs[k]!;
      for (let i = 0; i < row.length; i++) {
        for (let j = 0; j < column.length; j++) {
          const number = sign * data[i * column.length + j]!;
          into[(row.from + i) * size + column.from + j] = number;
          into[(column.from + j) * size + row.from + i] = number;
        }
      }
    });
    if (this.own.length === size) return;
    this.foldColumns(into);
    for (let i = 0; i < size; i++) {
      const to = this.leader[i]!;
      if (to === i) continue;
      for (let j = 0; j < size; j++) into[to * size + j] = into[to * size + j]! + into[i * size + j]!;
      into.fill(0, i * size, (i + 1) * size);
    }
  }

  /** What moves together is one column; the others are 0. */
  private foldColumns(matrix: Float64Array): void {
    const { size, leader } = this;
    for (let at = 0; at < matrix.length; at += size) {
      for (let k = 0; k < size; k++) {
        const to = leader[k]!;
        if (to === k) continue;
        matrix[at + to] = matrix[at + to]! + matrix[at + k]!;
        matrix[at + k] = 0;
      }
    }
  }

  /** The second derivatives times a vector, without their matrix (Pearlmutter 1994). */
  product(place: Float64Array, vector: Float64Array, into: Float64Array): void {
    const { graph: g } = this;
    const products = () => {
      const first = this.firstDerivatives();
      const along = this.parts.map(({ name, variable }) => g.variable(direction(name), variable.shape, 'const'));
      return this.running(
        this.parts.map((to) => g.add(this.parts.map((by, k) => productJacobian(g, first.get(by)!, to.variable, along[k]!)))),
      );
    };
    const program = this.at('product', place, products, (given) => {
      for (const { name, from, length } of this.parts)
        given.input(direction(name))?.data.set(vector.subarray(from, from + length));
    });
    this.parts.forEach(({ from }, k) => {
      into.set(program.outputs[k]!.data, from);
    });
    if (this.sign < 0) for (let k = 0; k < into.length; k++) into[k] = -into[k]!;
  }

  /** √weight·residual for all entries of all squares, one after the other. */
  residuals(place: Float64Array): Float64Array {
    this.count.values++;
    const nodes = () => this.running(this.squares.flatMap(({ residual, weight }) => [residual, weight]));
    const { outputs } = this.at('residuals', place, nodes);
    const lengths = this.squares.map((_, k) => outputs[2 * k]!.data.length);
    const all = new Float64Array(lengths.reduce((n, length) => n + length, 0));
    let at = 0;
    lengths.forEach((length, k) => {
      const [residual, weight] = [outputs[2 * k]!.data, outputs[2 * k + 1]!.data];
      if (weight.some((w) => w < 0)) throw negativeWeight();
      for (let i = 0; i < length; i++) all[at++] = Math.sqrt(weight[i]!) * residual[i]!;
    });
    return all;
  }

  /**
   * The derivatives of all residuals by the entries that a step may choose, residuals×entries, row-major; 0 at the others. Weights
   * are as for `residuals`.
   */
  jacobian(place: Float64Array): Float64Array {
    this.count.slopes++;
    const { parts, size } = this;
    const nodes = () => this.running(this.squares.flatMap((square) => [square.weight, ...this.slopesOf(square)]));
    const { outputs } = this.at('jacobian', place, nodes);
    const stride = parts.length + 1;
    const lengths = this.squares.map((_, k) => outputs[k * stride]!.data.length);
    const all = new Float64Array(lengths.reduce((n, length) => n + length, 0) * size);
    let at = 0;
    lengths.forEach((length, k) => {
      const weight = outputs[k * stride]!.data;
      for (let i = 0; i < length; i++, at += size) {
        const scale = Math.sqrt(weight[i]!);
        parts.forEach((part, p) => {
          const { data } = outputs[k * stride + 1 + p]!;
          for (let j = 0; j < part.length; j++) all[at + part.from + j] = scale * data[i * part.length + j]!;
        });
      }
    });
    if (this.own.length < size) this.foldColumns(all);
    return all;
  }

  /** Whether facts may hold entries where they are. */
  get isHeld(): boolean {
    return this.kept.length > 0;
  }

  /** AᵀA of an array of so many columns, row-major. */
  gram(a: Float64Array, size: number): Float64Array {
    const rows = a.length / size;
    const nodes = () => {
      const { graph: g } = this;
      const slopes = g.variable(SLOPES, [rows, size], 'const');
      return [
        g.contract({
          factors: [slopes, slopes],
          indices: [
            [0, 1],
            [0, 2],
          ],
          result: [1, 2],
          sizes: [rows, size, size],
        }),
      ];
    };
    const { outputs } = this.at(`gram:${rows}:${size}`, undefined, nodes, (program) => {
      program.input(SLOPES)!.data.set(a);
    });
    return Float64Array.from(outputs[0]!.data);
  }

  /** Whether the residuals are linear in the parameters: then their derivatives depend on none. */
  get isLinear(): boolean {
    const moved = new Set<Node>(this.parts.map(({ variable }) => variable));
    const slopes = this.squares.flatMap((square) => this.slopesOf(square)).map(expander(this.graph));
    return !topological(slopes).some((node) => moved.has(node));
  }

  /** Whether the second derivatives are the same everywhere. */
  get isQuadratic(): boolean {
    const variables = this.parts.map(({ variable }) => variable);
    return degreeOf(this.problem.model, variables) !== 'other';
  }

  private slopesOf({ residual }: Squares): Node[] {
    return this.parts.map(({ variable }) => jacobian(this.graph, residual, variable));
  }

  /** ∂cost/∂p for each parameter, as it is derived once more. */
  private firstDerivatives(): ReadonlyMap<Part, Node> {
    return new Map(this.parts.map((part) => [part, jacobian(this.graph, this.cost, part.variable)]));
  }

  /** A place as near as what is declared of the parameters allows, coming from another: their facts hold there. */
  within(from: Float64Array, to: Float64Array): Float64Array {
    const { graph: g, kept } = this;
    if (kept.length === 0) return to;
    const nodes = () =>
      kept.map(({ part: { name, variable }, facts }) => {
        const moved: Node = g.variable(trial(name), variable.shape, 'const');
        return facts.reduce<Node>((at, { record }) => record.kept!(g, at, variable), moved);
      });
    const program = this.at('facts', from, nodes, (given) => {
      for (const { part } of kept) given.input(trial(part.name))?.data.set(to.subarray(part.from, part.from + part.length));
    });
    const result = to.slice();
    kept.forEach(({ part }, k) => {
      result.set(program.outputs[k]!.data, part.from);
    });
    return result;
  }

  /** How far each entry may go downhill to a border that it never reaches; ∞ where nothing of the kind is declared. */
  room(place: Float64Array, slope: Float64Array): Float64Array {
    const room = new Float64Array(this.size).fill(Number.POSITIVE_INFINITY);
    for (const { part, facts } of this.kept) {
      for (const { record } of facts) {
        if (!record.bounds?.open) continue;
        const { least, most } = record.bounds;
        for (let k = part.from; k < part.from + part.length; k++)
          room[k] = Math.min(room[k]!, slope[k]! > 0 ? place[k]! - least : most - place[k]!);
      }
    }
    return room;
  }

  private get graph() {
    return this.problem.model.graph;
  }

  private get cost(): Node {
    return unexpandedOf(this.problem.model, this.problem.model.objective!.node);
  }

  /** Forms that lose no digits. */
  private running(nodes: readonly Node[]): Node[] {
    return runningForms(this.problem.model, nodes);
  }

  private at(
    view: string,
    place: Float64Array | undefined,
    outputs: () => readonly Node[],
    fill?: (program: Executable) => void,
  ): Executable {
    let program = this.programs.get(view);
    if (!program) {
      const { binding, model, options, values } = this.problem;
      // Solvers need all digits.
      program = compileProgram({
        outputs: outputs(),
        sizes: binding.sizes,
        backend: options.backend,
        threads: options.threads,
        maxEntries: model.maxEntries,
      });
      for (const [name, { data }] of program.inputs) {
        const given = values.get(name);
        if (given?.length === data.length) data.set(given);
      }
      this.programs.set(view, program);
    }
    if (place)
      for (const { name, from, length } of this.parts) program.input(name)?.data.set(place.subarray(from, from + length));
    fill?.(program);
    program.run();
    return program;
  }
}

const negativeWeight = (): GradusError =>
  new GradusError('data', 'a square has a negative weight: the cost is no sum of squares', {
    hint: 'look at the data that weigh, or choose another optimizer: lbfgs',
  });
