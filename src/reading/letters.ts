import type { NameSet } from '../graph/names.ts';
import { children, isNamed, type Node, UNIT, type Variable } from '../graph/node.ts';
import { topological, valueParts } from '../graph/traverse.ts';
import type { WrittenLetter } from '../model/model.ts';

/** In the order in which they are taken. */
const POOL = [...'ijklpqrsuvw'];
const EXAMPLES = ['k', 'j', 'n'];
const INPUTS = ['j', 'l', 'p'];
const TIMES = ['t', 's'];
/** Lengths that people count examples by. */
const COUNTS = new Set(['m', 'M', 'N', 'batch', 'B']);
/** From this rank on an axis is known by what its length is called: X_btd. */
const MANY_AXES = 3;

/** What the letters of a page must not be, and what the source has. */
interface Known {
  /** Names that no index can have. */
  readonly names: NameSet;
  /** Of these the names of lengths, by which the source may call an index too. */
  readonly lengths: NameSet;
  /** The letters of the source's own index notation. */
  readonly written: readonly WrittenLetter[];
}

/** Axes that always run together, as one number. */
type Axis = number;

/**
 * Letters for the axes of a page, each with the same meaning wherever it stands: Z_ik = Σ_j W_ij X_jk has i for neurons,
 * j for inputs and k for examples in every formula. Axes that an expression runs through together are one; where a
 * formula needs it for two indices at once (Σ_ij x_i A_ij x_j), it has a second letter, which is kept too.
 */
export class Letters {
  private readonly axes = new Map<Node, Axis[]>();
  private readonly above: Axis[] = [];
  private readonly letters = new Map<Axis, string[]>();
  private readonly given = new Set<string>();
  private readonly known = new Set<Node>();
  private readonly taken: NameSet;

  /**
   * @param roots what the page speaks of; what it comes to speak of later has the letters of what it is made of
   * @param pairs arrays whose axes are the same, a quantity and its adjoint
   */
  constructor(roots: readonly Node[], pairs: readonly (readonly [Node, Node])[], known: Known) {
    this.taken = known.names;
    const order = topological(roots, undefined, valueParts);
    for (const node of order) {
      this.join(node);
      this.known.add(node);
    }
    for (const [a, b] of pairs) this.joinLast(a, b);
    this.preferWritten(order, known);
    for (const node of order) if (node.kind === 'recurrence') this.prefer(node, node.axis, TIMES);
    this.preferUsual(order);
    for (const node of order)
      if (isNamed(node)) for (const [axis, dim] of node.shape.entries()) if (dim !== 1) this.ofAxis(node, axis);
  }

  /** A letter for an axis of a node, none of those in use. */
  letter(node: Node, axis: number, used: ReadonlySet<string>): string {
    this.meet(node);
    const own = this.ofAxis(node, axis);
    const free = own.find((letter) => !used.has(letter));
    if (free !== undefined) return free;
    own.push(this.fresh(used));
    return own[own.length - 1]!;
  }

  /** What was not spoken of before: its axes are those of its parts, which keep their letters. */
  private meet(node: Node): void {
    if (this.known.has(node)) return;
    for (const one of topological([node], (n) => this.known.has(n), valueParts)) {
      if (this.known.has(one)) continue;
      this.join(one);
      this.known.add(one);
    }
  }

  /** The letters of an axis, in the order in which a formula takes them. */
  private ofAxis(node: Node, axis: number): string[] {
    const root = this.find(this.axesOf(node)[axis]!);
    const known = this.letters.get(root);
    if (known) return known;
    const own = [this.fresh(this.given)];
    this.letters.set(root, own);
    return own;
  }

  private fresh(used: ReadonlySet<string>): string {
    for (let k = 0; ; k++) {
      const round = Math.floor(k / POOL.length);
      const letter = POOL[k % POOL.length]! + (round > 0 ? String(round) : '');
      if (this.given.has(letter) || used.has(letter) || this.taken.has(letter)) continue;
      this.given.add(letter);
      return letter;
    }
  }

  /** The first of the letters that is free, unless the axis has one. */
  private prefer(node: Node, axis: number, letters: readonly string[]): void {
    const root = this.find(this.axesOf(node)[axis]!);
    const letter = letters.find((one) => !this.given.has(one) && !this.taken.has(one));
    if (letter === undefined || this.letters.has(root)) return;
    this.given.add(letter);
    this.letters.set(root, [letter]);
  }

  /** The letters that the source writes itself, though for several axes, and the names of lengths where there are many. */
  private preferWritten(order: readonly Node[], { names, lengths, written }: Known): void {
    const named = new Map<string, Node[]>();
    for (const node of order)
      if (node.kind === 'variable' || isNamed(node)) named.set(node.name, [...(named.get(node.name) ?? []), node]);
    const put = (node: Node, axis: number, letter: string): void => {
      const root = this.find(this.axesOf(node)[axis]!);
      const own = this.letters.get(root) ?? [];
      if (own.includes(letter) || (names.has(letter) && !lengths.has(letter))) return;
      this.given.add(letter);
      this.letters.set(root, [...own, letter]);
    };
    for (const { array, axis: own, letter, along } of written)
      for (const node of named.get(array) ?? []) {
        const [of, axis] = along ? operandOf(node, own) : [node, own];
        if (of && (of.shape[axis] ?? 1) !== 1) put(of, axis, letter);
      }
    for (const node of order) {
      if (node.kind !== 'variable' || node.shape.length < MANY_AXES) continue;
      for (const [axis, dim] of node.shape.entries())
        if (typeof dim === 'string' && /^\p{Ll}$/u.test(dim) && !this.letters.has(this.find(this.axesOf(node)[axis]!)))
          if (!this.given.has(dim)) put(node, axis, dim);
    }
  }

  /** Data share the axis of examples, which no parameter has; the others of their axes are inputs. */
  private preferUsual(order: readonly Node[]): void {
    const variables = order.filter((n): n is Variable => n.kind === 'variable' && n.role !== 'size' && n.role !== 'state');
    const learned = new Set(variables.filter((v) => v.role === 'param').flatMap((v) => this.rootsOf(v)));
    const declared = variables.filter((v) => v.role === 'data');
    const data = declared.length > 0 ? declared : variables.filter((v) => v.role === 'free');
    const counts = new Map<Axis, { arrays: number; known: boolean }>();
    for (const v of data)
      v.shape.forEach((dim, axis) => {
        const root = this.find(this.axesOf(v)[axis]!);
        if (dim === 1 || learned.has(root)) return;
        const known = typeof dim === 'string' && COUNTS.has(dim);
        if (declared.length === 0 && !known) return;
        const before = counts.get(root);
        counts.set(root, { arrays: (before?.arrays ?? 0) + 1, known: known || (before?.known ?? false) });
      });
    const [best] = [...counts].sort(([, a], [, b]) => b.arrays - a.arrays || Number(b.known) - Number(a.known));
    if (!best || (declared.length === 0 && best[1].arrays < 2)) return;
    const [examples] = best;
    const fed = data.filter((v) => this.rootsOf(v).includes(examples));
    const entering = this.entering(order, learned);
    for (const v of fed)
      v.shape.forEach((_, axis) => {
        if (this.find(this.axesOf(v)[axis]!) === examples) this.prefer(v, axis, EXAMPLES);
      });
    for (const v of fed)
      v.shape.forEach((dim, axis) => {
        const root = this.find(this.axesOf(v)[axis]!);
        if (dim !== 1 && root !== examples && entering.has(root)) this.prefer(v, axis, INPUTS);
      });
  }

  /** Axes over which data are summed with what is learned: inputs. The other axis of labels counts classes. */
  private entering(order: readonly Node[], learned: ReadonlySet<Axis>): Set<Axis> {
    const found = new Set<Axis>();
    for (const node of order) {
      if (node.kind !== 'contraction' || node.factors.length < 2) continue;
      node.factors.forEach((factor, k) => {
        node.indices[k]!.forEach((index, axis) => {
          if (index === UNIT || node.result.includes(index)) return;
          const root = this.find(this.axesOf(factor)[axis]!);
          const among = (v: Node) => v.kind === 'variable' && v !== factor && this.rootsOf(v).includes(root);
          if (learned.size === 0 || (learned.has(root) && node.factors.some((f) => among(f)))) found.add(root);
        });
      });
    }
    return found;
  }

  private rootsOf(node: Node): Axis[] {
    return node.shape.flatMap((dim, axis) => (dim === 1 ? [] : [this.find(this.axesOf(node)[axis]!)]));
  }

  private axesOf(node: Node): Axis[] {
    const known = this.axes.get(node);
    if (known) return known;
    const own = node.shape.map(() => this.above.push(this.above.length) - 1);
    this.axes.set(node, own);
    return own;
  }

  private find(axis: Axis): Axis {
    let root = axis;
    while (this.above[root] !== root) root = this.above[root]!;
    this.above[axis] = root;
    return root;
  }

  private joinAxes(a: Node, i: number, b: Node, j: number): void {
    if (a.shape[i] === 1 || b.shape[j] === 1) return;
    const [one, other] = [this.find(this.axesOf(a)[i]!), this.find(this.axesOf(b)[j]!)];
    if (!this.letters.has(one)) this.above[one] = other;
    else if (!this.letters.has(other)) this.above[other] = one;
  }

  /** An adjoint has the objective's axes in front of those of its quantity. */
  private joinLast(quantity: Node, adjoint: Node): void {
    const front = adjoint.shape.length - quantity.shape.length;
    for (const axis of quantity.shape.keys()) if (front >= 0) this.joinAxes(quantity, axis, adjoint, front + axis);
  }

  private joinAll(a: Node, b: Node): void {
    for (const axis of a.shape.keys()) this.joinAxes(a, axis, b, axis);
  }

  /** An operator of arrays runs through those in front of the cells that it is of. */
  private joinLead(whole: Node, part: Node, count: number): void {
    for (let axis = 0; axis < count; axis++) if (part.shape[axis] === whole.shape[axis]) this.joinAxes(whole, axis, part, axis);
  }

  /** The axes that a node runs through together with its parts. */
  private join(node: Node): void {
    if (node.kind === 'contraction') {
      const first = new Map<number, readonly [Node, number]>();
      const meet = (n: Node, own: readonly number[]): void => {
        for (const [axis, index] of own.entries()) {
          if (index === UNIT) continue;
          const other = first.get(index);
          if (other) this.joinAxes(n, axis, ...other);
          else first.set(index, [n, axis]);
        }
      };
      for (const [k, factor] of node.factors.entries()) meet(factor, node.indices[k]!);
      meet(node, node.result);
    } else if (node.kind === 'sum' || node.kind === 'apply' || node.kind === 'definition') {
      for (const part of children(node)) this.joinAll(node, part);
    } else if (node.kind === 'array') {
      for (const [k, part] of node.args.entries()) {
        if (part.shape.join() === node.shape.join()) this.joinAll(node, part);
        else this.joinLead(node, part, part.shape.length - node.operator.cells[k]!);
      }
    }
  }
}

/** What the operator of a named array is of, and the axis of it that the operator runs along. */
function operandOf(node: Node, axis: number): readonly [Node | undefined, number] {
  const value = node.kind === 'definition' ? node.value : node;
  if (value.kind !== 'array') return [undefined, axis];
  const [operand] = value.args;
  return [operand, operand!.shape.length - value.operator.cells[0]! + axis];
}
