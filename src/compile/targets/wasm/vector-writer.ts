import { bodyOf, holdsInSingle, isWritten } from '../../bodies.ts';
import type { Call, Expression } from '../../expression.ts';
import type { Intrinsic } from '../../intrinsic.ts';
import type { Register } from './code.ts';
import type { Leaf } from './functions.ts';
import { inDoubles, type Lanes, type Vector } from './lanes.ts';
import { VECTOR_FUNCTIONS } from './math/index.ts';
import type { Shared } from './shared.ts';

const COMBINE = { '+': 'add', '-': 'sub', '*': 'mul', '/': 'div' } as const;

/** Relations as masks. */
const COMPARISONS: Readonly<Record<string, 'lt' | 'le' | 'gt' | 'ge' | 'eq' | 'ne'>> = {
  '<': 'lt',
  '<=': 'le',
  '>': 'gt',
  '>=': 'ge',
  '==': 'eq',
  '!=': 'ne',
};

const isTruth = ({ name }: Intrinsic): boolean => name in COMPARISONS || name === 'and' || name === 'or' || name === 'not';

/** Whether a number is one in single precision too: not 0 or ∞ unless it was. */
export function isSingle(value: number): boolean {
  const size = Math.abs(value);
  return !(size > 0 && size < Number.POSITIVE_INFINITY) || (size > 1e-37 && size < 3e38);
}

/** Whether all of a function is done in vectors; others are called for each lane. */
export function hasVector(f: Intrinsic): boolean {
  if (f.name in VECTOR_FUNCTIONS || isTruth(f) || f.name === 'where' || f.name === 'max' || f.name === 'min') return true;
  return isWritten(f) && bodyOf(f)!.calls.every(hasVector);
}

/** Writes the vectors of expressions. */
export class VectorWriter {
  private readonly v: Lanes;
  private readonly shared: Shared;
  private readonly leaf: (e: Leaf) => void;
  /** How many lanes count. */
  lanes: number;

  constructor(v: Lanes, shared: Shared, leaf: (e: Leaf) => void) {
    this.v = v;
    this.shared = shared;
    this.leaf = leaf;
    this.lanes = v.count;
  }

  write(e: Expression): void {
    const { v } = this;
    switch (e.kind) {
      case 'constant':
        v.constant(e.value)();
        break;
      case 'arithmetic':
        v.of(COMBINE[e.symbol], this.vector(e.left), this.vector(e.right))();
        break;
      case 'negation':
        v.op('neg', this.vector(e.of))();
        break;
      case 'call':
        this.call(e);
        break;
      default:
        this.leaf(e);
    }
  }

  private vector(e: Expression): Vector {
    return () => this.write(e);
  }

  private call(e: Call): void {
    const { v } = this;
    const { function: f } = e;
    if (f.name === 'where') {
      const [c, a, b] = e.args as [Expression, Expression, Expression];
      v.choose(() => this.mask(c), this.vector(a), this.vector(b))();
    } else if (isTruth(f)) v.and(() => this.mask(e), v.constant(1))();
    else if (f.name === 'max' || f.name === 'min') v.of(f.name, this.vector(e.args[0]!), this.vector(e.args[1]!))();
    else {
      const args = e.args.map((arg) => v.keep(this.vector(arg)));
      const own = VECTOR_FUNCTIONS[f.name];
      if (own) own(v, args[0]!, () => this.byLane(f, args))();
      else if (hasVector(f)) this.body(f, args);
      else this.byLane(f, args);
    }
  }

  /** Writes where an expression is true: all bits of a lane. */
  private mask(e: Expression): void {
    const { v } = this;
    if (e.kind === 'call' && isTruth(e.function)) {
      const { name } = e.function;
      const [a, b] = e.args as [Expression, Expression];
      const comparison = COMPARISONS[name];
      if (comparison) v.of(comparison, this.vector(a), this.vector(b))();
      else if (name === 'not') v.not(() => this.mask(a))();
      else
        v[name as 'and' | 'or'](
          () => this.mask(a),
          () => this.mask(b),
        )();
    } else v.of('ne', this.vector(e), v.constant(0))();
  }

  /** A function by what it is in terms of others. */
  private body(f: Intrinsic, args: readonly Vector[]): void {
    const { v } = this;
    if (v.precision === 'f64' || holdsInSingle(f)) this.bodyIn(v, f, args, this.lanes)();
    else inDoubles(v, args, (doubles, parts) => this.bodyIn(doubles, f, parts, Math.min(this.lanes, doubles.count)))();
  }

  private bodyIn(v: Lanes, f: Intrinsic, args: readonly Vector[], lanes: number): Vector {
    const { parameters, statements, value } = bodyOf(f)!;
    const known = new Map<Leaf, Vector>(parameters.map((p, k) => [p, args[k]!]));
    const inner = new VectorWriter(v, this.shared, (e) => known.get(e)!());
    inner.lanes = lanes;
    for (const s of statements)
      if (s.kind === 'let')
        known.set(
          s.local,
          v.keep(() => inner.write(s.value)),
        );
    return () => inner.write(value);
  }

  /** A function of numbers, for each lane that counts. */
  private byLane(f: Intrinsic, args: readonly Vector[]): void {
    const { code, precision } = this.v;
    const single = precision === 'f32';
    const found: Register = code.local('v128');
    for (let lane = 0; lane < this.lanes; lane++) {
      if (lane > 0) code.get(found);
      for (const arg of args) {
        arg();
        code.lane(single ? 'f32x4.extract_lane' : 'f64x2.extract_lane', lane);
        if (single) code.op('f64.promote_f32');
      }
      code.call(this.shared.kernel(f));
      if (single) code.op('f32.demote_f64');
      if (lane === 0) code.op(single ? 'f32x4.splat' : 'f64x2.splat');
      else code.lane(single ? 'f32x4.replace_lane' : 'f64x2.replace_lane', lane);
      code.set(found);
    }
    code.get(found);
  }
}
