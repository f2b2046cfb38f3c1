import { type Arithmetic, overDefinitions } from '../../compile/index.ts';
import { HALF, isInteger, toNumber } from '../../graph/rational.ts';
import type { Operator } from '../../operators/operator.ts';
import { besselsIn } from './bessel.ts';
import { cos, sin } from './circle.ts';
import type { Field } from './field.ts';
import { type Law, withoutLaws } from './laws.ts';
import { Order } from './order.ts';
import { exp, log, oddRoot, power, rationalPower } from './powers.ts';
import type { Residue } from './residue.ts';

/** Roots of these orders are unique in every field that is drawn from. */
const UNIQUE_ROOTS = [3, 5, 7];

/** Constant between jumps. */
const ROUNDING = new Set(['floor', 'ceil', 'round', 'trunc']);

/**
 * What a graph is evaluated with in the field. A few functions are given by the laws that they obey; the others follow
 * from their definitions in terms of these, and those that have none are unknown, but for their parity.
 * @param size what the lengths of axes count for as numbers; left out, themselves
 * @param without laws that do not count: what they are about is unknown, too
 */
export function arithmeticIn(
  f: Field,
  size?: (name: string) => Residue,
  without: ReadonlySet<Law> = new Set(),
): Arithmetic<Residue> {
  const order = new Order(f);
  const logical = (x: Residue): Residue => x.with({ logical: true });
  const elementary: Record<string, (...args: Residue[]) => Residue> = {
    pow: (x, e) => power(f, x!, e!),
    reciprocal: (x) => f.reciprocal(x!),
    pseudoinverse: (x) => (f.isZero(x!) ? x! : f.reciprocal(x!)),
    sqrt: (x) => rationalPower(f, x!, HALF),
    cbrt: (x) => oddRoot(f, x!, 3),
    nthRoot: (x, n) => {
      const order = n!.exact && isInteger(n!.exact) ? Number(n!.exact.n) : 0;
      return UNIQUE_ROOTS.includes(order) ? oddRoot(f, x!, order) : f.unknown('nthRoot', [x!, n!]);
    },
    exp: (x) => exp(f, x!),
    log: (x) => log(f, x!),
    sin: (x) => sin(f, x!),
    cos: (x) => cos(f, x!),
    // As their definitions say, without a graph in between: these are everywhere.
    sigmoid: (x) => f.reciprocal(f.add(f.one, functions.exp!(f.negate(x!)))),
    tanh: (x) => {
      const e = functions.exp!(f.add(x!, x!));
      return f.multiply(f.subtract(e, f.one), f.reciprocal(f.add(e, f.one)));
    },
    sign: (x) => order.sign(x!),
    abs: (x) => order.abs(x!),
    step: (x) => order.step(x!),
    relu: (x) => f.multiply(x!, order.step(x!)),
    max: (...args) => order.extreme(args, 1),
    min: (...args) => order.extreme(args, -1),
    '<': (a, b) => logical(order.less(a!, b!, false)),
    '<=': (a, b) => logical(order.less(a!, b!, true)),
    '>': (a, b) => logical(order.less(b!, a!, false)),
    '>=': (a, b) => logical(order.less(b!, a!, true)),
    '==': (a, b) => order.equal(a!, b!),
    '!=': (a, b) => order.not(order.equal(a!, b!)),
    and: (a, b) => order.and(a!, b!),
    or: (a, b) => order.or(a!, b!),
    not: (a) => order.not(a!),
    stop_gradient: (x) => x!,
    ...(besselsIn(f) as Record<string, (...args: Residue[]) => Residue>),
    where: (c, a, b) => order.where(c!, a!, b!),
  };
  const functions = without.size > 0 ? withoutLaws(f, without, elementary) : elementary;
  const unknown = (operator: Operator, args: Residue[]): Residue => {
    f.asked.functions = true;
    if (!ROUNDING.has(operator.name)) return f.unknown(operator.name, args, operator.parity);
    const [x] = args as [Residue];
    return x.exact
      ? f.fromNumber(operator.kernel(toNumber(x.exact)))
      : f.unknown(operator.name, args).with({ flat: true, jumps: true });
  };
  return overDefinitions<Residue>(
    Object.assign(Object.create(null), functions),
    {
      fromRational: (q) => f.fromRational(q),
      fromNumber: (x) => f.fromNumber(x),
      add: (a, b) => f.add(a, b),
      multiply: (a, b) => f.multiply(a, b),
      dot: (a, b) => f.dot(a, b),
      extreme: (name, values) => order.extreme(values, name === 'max' ? 1 : -1),
      toNumber: (x) => (f.isZero(x) ? 0 : 1),
      unbounded: true,
      ...(size && { size }),
    },
    unknown,
  );
}
