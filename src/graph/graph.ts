import type { ArrayOperator } from '../operators/array.ts';
import type { Fact } from '../operators/facts.ts';
import type { Operator } from '../operators/operator.ts';
import { plainAffine } from './affine.ts';
import { areApart, collected } from './collect.ts';
import { assemble, type ContractionParts, type ContractionSpec, contractionKey, looseFactor } from './contraction.ts';
import { type Dim, quotientOf, type Shape } from './dimension.ts';
import { axes, lacksValue } from './forms.ts';
import { positive } from './linear.ts';
import { NamedSteps } from './named-steps.ts';
import { GraphNames, type NameSet } from './names.ts';
import {
  type Affine,
  type Apply,
  type ArrayApply,
  type Contraction,
  type Definition,
  type Node,
  type Recurrence,
  type Sum,
  UNIT,
  type Variable,
  type VariableRole,
} from './node.ts';
import {
  type Fraction,
  interned,
  isInteger,
  isOne,
  isZero,
  MINUS_ONE,
  ONE,
  rational,
  tableKey,
  times,
  ZERO,
} from './rational.ts';
import { stepsOf } from './resolved.ts';
import { commonShape, type Entry, isNode, unstretched } from './stretching.ts';
import { bagKey, type Key, listKey, Table } from './table.ts';

/** How the entries under a name are numbered, and whether others may have it. */
interface Naming {
  readonly first?: Dim;
  readonly part?: boolean;
  readonly passing?: boolean;
}

type Unidentified = Node extends infer N ? (N extends Node ? Omit<N, 'id'> : never) : never;

/**
 * The one constructor of nodes, and the table in which they are shared. A graph belongs to one piece of work (one
 * `derive`, one model) and goes with it.
 */
export class Graph {
  /** The source speaks in decimals: 0.2, not 1/5. */
  decimals = false;
  /** What the source calls the natural logarithm: ln unless it writes log. */
  logarithm: 'ln' | 'log' = 'ln';
  private readonly table = new Map<string, Node>();
  private readonly sums = new Map<Key, Sum>();
  private readonly applied = new Table<Apply>();
  /** Products of scalars, by their coefficients: most contractions are such. */
  private readonly products = new Table<Contraction>();
  /** Contractions without their coefficients. */
  private readonly cores = new Map<Node, Node>();
  private created = 0;
  /** What the steps of recurrences compute, by name. */
  readonly steps = new NamedSteps();
  private readonly known = new GraphNames();

  /** The one node with this key; what has been made for it is thrown away if there is one already. */
  private intern<N extends Node>(key: string, content: Omit<N, 'id'> & Unidentified): N {
    const known = this.table.get(key);
    if (known) return known as N;
    const node = { id: this.created++, ...content } as Node;
    this.table.set(key, node);
    return node as N;
  }

  variable(name: string, shape: Shape = [], role: VariableRole = 'free', facts: readonly Fact[] = []): Variable {
    if (role !== 'state') this.known.addVariable(name, role === 'size');
    this.known.addLengths(shape);
    return this.intern<Variable>(`v${role === 'size' ? '#' : ' '}${name}|${shape.join()}`, {
      kind: 'variable',
      name,
      shape,
      role,
      ...(facts.length > 0 && { facts }),
    });
  }

  /** The number that a dimension stands for. */
  size(dim: Dim): Node {
    if (typeof dim === 'number') return this.constant(dim);
    const { above, below } = quotientOf(dim);
    // A quotient of names is a number of its own: how it is computed concerns the dimension alone.
    if (below.names.length > 0) return this.variable(dim, [], 'size');
    const over = rational(below.coefficient);
    return this.add(
      above.map(({ coefficient, names }) => {
        const factors = names.map((name) => this.variable(name, [], 'size'));
        return this.scalar(interned(rational(coefficient).div(over)), factors);
      }),
    );
  }

  /** A number, repeated over a shape. */
  constant(value: number | Fraction, shape: Shape = []): Node {
    const coefficient = typeof value === 'number' ? rational(value) : value;
    if (typeof value === 'number' && !isInteger(coefficient)) this.decimals = true;
    if (shape.length === 0) return this.scalar(coefficient, NONE);
    return this.contract({ coefficient, factors: [], indices: [], ...axes(shape) });
  }

  /** A coefficient times scalars, none of which is to be merged. */
  private scalar(coefficient: Fraction, factors: readonly Node[]): Node {
    if (isZero(coefficient) && factors.length > 0 && !factors.some(lacksValue)) return this.scalar(ZERO, NONE);
    if (factors.length === 1 && isOne(coefficient)) return factors[0]!;
    const products = this.products.of(tableKey(coefficient));
    const key = factors.length === 0 ? -1 : bagKey(factors);
    const known = products.get(key);
    if (known) return known;
    const made: Contraction = {
      id: this.created++,
      kind: 'contraction',
      shape: NONE,
      coefficient,
      factors,
      indices: factors.map(noIndices),
      result: NONE,
      sizes: NONE,
    };
    products.set(key, made);
    return made;
  }

  /** See `Contraction`. Views among the factors are merged; `absorb` says which other contractions are. */
  contract(spec: ContractionSpec, absorb?: (inner: Contraction) => boolean): Node {
    return this.fromParts(this.assemble(spec, absorb));
  }

  /** The parts of a contraction before it becomes a node; see `assemble` in contraction.ts. */
  assemble(
    spec: ContractionSpec,
    absorb?: (inner: Contraction) => boolean,
    resolve?: (factor: Node) => Node | undefined,
  ): ContractionParts {
    const { parts, loose } = assemble(spec, absorb, resolve);
    if (loose.length === 0) return parts;
    const { coefficient, names } = looseFactor(loose);
    let scale = times(parts.coefficient, coefficient);
    const numbers = names.flatMap((name): readonly Node[] => {
      const number = this.size(name);
      if (number.kind !== 'contraction') return [number];
      scale = times(scale, number.coefficient);
      return number.factors;
    });
    return {
      ...parts,
      coefficient: scale,
      factors: [...numbers, ...parts.factors],
      indices: [...numbers.map(() => []), ...parts.indices],
    };
  }

  /** The contraction of parts in normal form, as `assemble` gives them. */
  fromParts(parts: ContractionParts): Node {
    if (parts.result.length === 0 && parts.sizes.length === 0) {
      if (parts.factors.every(isScalar)) return this.scalar(parts.coefficient, parts.factors);
    }
    const shape = parts.result.map((i) => (i === UNIT ? 1 : parts.sizes[i]!));
    if (isZero(parts.coefficient) && parts.factors.length > 0 && !parts.factors.some(lacksValue))
      return this.constant(ZERO, shape);
    if (parts.factors.length === 1 && isOne(parts.coefficient)) {
      const only = parts.factors[0]!;
      const own = parts.indices[0]!;
      if (
        own.length === parts.result.length &&
        own.every((i, axis) => i === parts.result[axis] && (i === UNIT || own.indexOf(i) === axis))
      ) {
        return only;
      }
    }
    const { coefficient, factors, indices, result, sizes } = parts;
    const content = { kind: 'contraction' as const, shape, coefficient, factors, indices, result, sizes };
    return this.intern<Contraction>(`c${contractionKey(parts)}`, content);
  }

  /** The sum of terms of one shape: equal terms are collected, short inner sums merged. */
  add(terms: readonly Node[]): Node {
    if (terms.length === 1) return terms[0]!;
    const shape = terms[0]!.shape;
    if (terms.length === 2 && areApart(this, terms[0]!, terms[1]!)) return this.sumOf(terms);
    const kept = collected(this, terms);
    if (kept.length === 0) return this.constant(ZERO, shape);
    return kept.length === 1 ? kept[0]! : this.sumOf(kept);
  }

  private sumOf(terms: readonly Node[]): Sum {
    const key = bagKey(terms);
    let sum = this.sums.get(key);
    if (!sum) {
      sum = { id: this.created++, kind: 'sum', shape: terms[0]!.shape, terms };
      this.sums.set(key, sum);
    }
    return sum;
  }

  /** An operator applied to arguments of one shape (numbers stretch to it). */
  apply(operator: Operator, ...args: Entry[]): Node {
    const shape = commonShape(args);
    const nodes = args.map((a) => this.stretch(a, shape));
    const scalars = shape.length > 0 && nodes.length > 0 ? nodes.map((n) => unstretched(this, n)) : [];
    // A function of stretched scalars is one value stretched, not one an entry.
    if (scalars.length > 0 && scalars.every((s) => s !== undefined))
      return this.broadcast(this.apply(operator, ...(scalars as Node[])), shape);
    const normal = operator.normal?.(this, ...nodes);
    if (normal) return normal;
    const applied = this.applied.of(operator.name);
    const key = listKey(nodes);
    let node = applied.get(key);
    if (!node) {
      node = { id: this.created++, kind: 'apply', shape, operator, args: nodes };
      applied.set(key, node);
    }
    return node;
  }

  /** An array operator applied to arguments whose leading axes, those in front of the cells, agree. */
  array(operator: ArrayOperator, ...args: Node[]): Node {
    const lead = args[0]!.shape.slice(0, args[0]!.shape.length - operator.cells[0]!);
    const cells = args.map((a, k) => a.shape.slice(a.shape.length - operator.cells[k]!));
    const normal = operator.normal?.(this, ...args);
    if (normal) return normal;
    return this.intern<ArrayApply>(`m${operator.key}|${args.map((n) => n.id).join()}`, {
      kind: 'array',
      shape: [...lead, ...operator.cellShape(...cells)],
      operator,
      args,
    });
  }

  /** The number offset + Σ stepₖ·iₖ at each place of a shape, places counted from 0. */
  affine(shape: Shape, steps: readonly Dim[], offset: Dim): Node {
    return this.affineNode(shape, steps, offset, false);
  }

  /** 1 where offset + Σ stepₖ·iₖ is 0, and 0 elsewhere; places counted from 0. */
  selection(shape: Shape, steps: readonly Dim[], offset: Dim): Node {
    return this.affineNode(shape, steps, offset, true);
  }

  private affineNode(shape: Shape, steps: readonly Dim[], offset: Dim, test: boolean): Node {
    const plain = plainAffine(this, { shape, steps, offset, test });
    if (plain) return plain;
    const content = test ? positive(steps, offset) : { steps, offset };
    return this.intern<Affine>(`i${test}|${shape.join()}|${content.steps.join()}|${content.offset}`, {
      kind: 'affine',
      shape,
      ...content,
      test,
    });
  }

  /** See `Recurrence`. A variable of role `state` stands for what each step starts from. */
  recurrence(previous: Variable, init: Node, step: Node, axis: number, backward: boolean): Recurrence {
    const content = { kind: 'recurrence' as const, shape: step.shape, previous, init, step, axis, backward };
    const made: Recurrence = this.intern<Recurrence>(`r${previous.id},${init.id},${step.id},${axis},${backward}`, {
      ...content,
      ...stepsOf(this, () => made),
    });
    return made;
  }

  /** The values of a recurrence as its own steps read them. */
  given(value: Recurrence): Definition {
    return this.intern<Definition>(`g|${value.id}`, { kind: 'definition', name: '', given: true, shape: value.shape, value });
  }

  /** A variable that nothing else is: the carried state of one recurrence. */
  state(name: string, shape: Shape): Variable {
    return this.variable(`${name}[${this.created}]`, shape, 'state');
  }

  /**
   * A value under a name; of `first` and `part` see `Definition`.
   * @param passing of a text that is read within the source: the name stays free for others
   */
  define(name: string, value: Node, { first = 1, part = false, passing = part }: Naming = {}): Definition {
    this.known.addDefinition(name, value, passing);
    const numbered = { ...((first !== 1 || part) && { first }), ...(part && { part }) } as const;
    const content = { kind: 'definition' as const, name, ...numbered, shape: value.shape, value };
    return this.intern<Definition>(`d${name}|${value.id}|${first}|${part}`, content);
  }

  /** Holds a node together: nothing is taken out of it, nor merged with what it stands among. */
  hold(value: Node): Definition {
    if (value.kind === 'definition') return value;
    return this.intern<Definition>(`d|${value.id}`, { kind: 'definition', name: '', shape: value.shape, value });
  }

  /** Names that mean something: what an invented name must not be. */
  readonly names: NameSet = this.known.all;

  /** Those of the source, without what derivations have named. */
  readonly givenNames: NameSet = this.known.given;

  /** A definition under a name that the source does not have, which another derivation may give to something else. */
  invent(name: string, value: Node, first: Dim = 1): Definition {
    this.known.invent(name);
    return this.define(name, value, { first });
  }

  /** Names that stand for lengths and for nothing else. */
  readonly lengths: NameSet = this.known.lengths;

  /** Nothing else has the name: it is new, or already stands for this value. */
  isFree(name: string, value: Node): boolean {
    return this.known.isFree(name, value);
  }

  // ── Shorthands, entry by entry: numbers and scalars stretch to the shape of the others ──

  sum(...terms: Entry[]): Node {
    const shape = commonShape(terms);
    return this.add(terms.map((t) => this.stretch(t, shape)));
  }

  sub(a: Entry, b: Entry): Node {
    const shape = commonShape([a, b]);
    return this.add([this.stretch(a, shape), this.neg(this.stretch(b, shape))]);
  }

  neg(x: Node): Node {
    return this.scale(MINUS_ONE, x);
  }

  scale(coefficient: Fraction, x: Node): Node {
    if (isOne(coefficient)) return x;
    if (x.kind === 'contraction') return this.fromParts({ ...x, coefficient: times(coefficient, x.coefficient) });
    if (x.shape.length === 0) return this.scalar(coefficient, [x]);
    const { result, sizes } = axes(x.shape);
    return this.contract({ coefficient, factors: [x], indices: [result], result, sizes });
  }

  /** The entrywise product. */
  mul(...entries: Entry[]): Node {
    const shape = commonShape(entries);
    const { result, sizes } = axes(shape);
    let coefficient = ONE;
    const factors: Node[] = [];
    for (const entry of entries) {
      if (isNode(entry)) factors.push(entry);
      else coefficient = times(coefficient, typeof entry === 'number' ? rational(entry) : entry);
    }
    return this.contract({
      coefficient,
      factors,
      indices: factors.map((f) => (f.shape.length === 0 ? [] : result)),
      result,
      sizes,
    });
  }

  /** Repeats x over new axes: axis k of x becomes axis `at[k]` of the shape. */
  broadcast(x: Node, shape: Shape, at: readonly number[] = []): Node {
    const { result, sizes } = axes(shape);
    return this.contract({
      factors: [x],
      indices: [at.map((axis, k) => (x.shape[k] === 1 ? UNIT : result[axis]!))],
      result,
      sizes,
    });
  }

  /** The coefficient of a node, and the node without it. */
  splitCoefficient(node: Node): { coefficient: Fraction; core: Node } {
    if (node.kind !== 'contraction' || isOne(node.coefficient) || isZero(node.coefficient))
      return { coefficient: ONE, core: node };
    let core = this.cores.get(node);
    if (!core) {
      core = this.fromParts({ ...node, coefficient: ONE });
      this.cores.set(node, core);
    }
    return { coefficient: node.coefficient, core };
  }

  private stretch(entry: Entry, shape: Shape): Node {
    if (!isNode(entry)) return this.constant(entry, shape);
    return entry.shape.length === 0 && shape.length > 0 ? this.broadcast(entry, shape) : entry;
  }
}

const NONE: readonly never[] = [];
const noIndices = (): readonly number[] => NONE;
const isScalar = (node: Node): boolean => node.shape.length === 0;
