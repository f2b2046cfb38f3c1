import type { Fields, MathNode } from './nodes.ts';
import { unwritable } from './unwritable.ts';
import type { NodeWriter, Written } from './writer.ts';

/** The functions and operators of gradus as mathjs has them. */

export type Write = (w: NodeWriter, parts: readonly Written[], axis: 'rows' | 'cols' | undefined) => Written;

const isNumber = ({ shape }: Written): boolean => shape.length === 0;

/** Rows and columns, as gradus has them. */
const dims = ({ shape, turned }: Written): readonly [number, number] =>
  shape.length === 2 ? [shape[0]!, shape[1]!] : shape.length === 0 ? [1, 1] : turned ? [1, shape[0]!] : [shape[0]!, 1];

function asMatrix(w: NodeWriter, written: Written): Written {
  const { node, shape } = written;
  if (shape.length !== 1) return written;
  const sizes = dims(written);
  return {
    node: w.function(
      'reshape',
      node,
      w.list(
        sizes.map((size) => w.number(size).node),
        [],
      ).node,
    ),
    shape: sizes,
  };
}

const like = (written: Written, node: MathNode): Written => ({ ...written, node });

/** Entry by entry: of two numbers, of a number and an array, of arrays that stretch to fit. */
function entries(w: NodeWriter, a: Written, b: Written, make: (x: MathNode, y: MathNode) => MathNode): Written {
  if (isNumber(a)) return like(b, make(a.node, b.node));
  if (isNumber(b)) return like(a, make(a.node, b.node));
  const same = a.shape.length === b.shape.length && a.turned === b.turned;
  const [x, y] = same ? [a, b] : [asMatrix(w, a), asMatrix(w, b)];
  const shape = x.shape.map((size, axis) => (size === 1 ? y.shape[axis]! : size));
  return { node: make(x.node, y.node), shape, ...(same && a.turned && { turned: true as const }) };
}

const binary =
  (sign: string, name: string, scalarSign = sign, scalarName = name): Write =>
  (w, [a, b]) =>
    entries(w, a!, b!, (x, y) =>
      isNumber(a!) && isNumber(b!) ? w.operator(scalarSign, scalarName, x, y) : w.operator(sign, name, x, y),
    );

const isMinus = (node: MathNode): node is MathNode & { readonly args: readonly MathNode[] } =>
  (node as Fields).fn === 'unaryMinus';

const plus: Write = (w, parts) =>
  parts.reduce((a, b) =>
    entries(w, a, b, (x, y) => (isMinus(y) ? w.operator('-', 'subtract', x, y.args[0]!) : w.operator('+', 'add', x, y))),
  );

const minus: Write = (w, [a, b]) =>
  b ? entries(w, a!, b, (x, y) => w.operator('-', 'subtract', x, y)) : like(a!, w.operator('-', 'unaryMinus', a!.node));

const times: Write = (w, parts) => parts.reduce((a, b) => product(w, a, b));

function product(w: NodeWriter, a: Written, b: Written): Written {
  const multiply = (x: MathNode, y: MathNode) => w.operator('*', 'multiply', x, y);
  if (isNumber(a) || isNumber(b)) return entries(w, a, b, multiply);
  const [rows] = dims(a);
  const [, columns] = dims(b);
  if (a.shape.length === 1 && b.shape.length === 1) {
    if (a.turned && !b.turned) return { node: w.function('dot', a.node, b.node), shape: [] };
    return { node: multiply(asMatrix(w, a).node, asMatrix(w, b).node), shape: [rows, columns] };
  }
  if (a.shape.length === 2 && b.shape.length === 2) return { node: multiply(a.node, b.node), shape: [rows, columns] };
  if (a.shape.length === 1 && a.turned) return { node: multiply(a.node, b.node), shape: [columns], turned: true };
  if (b.shape.length === 1 && !b.turned) return { node: multiply(a.node, b.node), shape: [rows] };
  return { node: multiply(asMatrix(w, a).node, asMatrix(w, b).node), shape: [rows, columns] };
}

const transpose: Write = (w, [a]) => {
  const { node, shape, turned } = a!;
  if (shape.length === 0) return a!;
  if (shape.length === 1) return turned ? { node, shape } : { node, shape, turned: true };
  return { node: w.function('transpose', node), shape: shape.toReversed() };
};

/** Which functions mathjs itself takes entry by entry. */
const NATIVE = new Set(['abs', 'sign', 'floor', 'ceil', 'round', 'log2', 'log10', 'log1p', 'erf', 'not']);

/** A function of one number under its name in mathjs. */
const unary =
  (name: string): Write =>
  (w, [a]) => {
    if (isNumber(a!) || NATIVE.has(name)) return like(a!, w.function(name, a!.node));
    return like(a!, w.function('map', a!.node, w.symbol(name)));
  };

/** Of numbers only. */
const ofNumbers =
  (name: string): Write =>
  (w, parts) => {
    if (!parts.every(isNumber)) throw unwritable(`${name} of arrays`);
    return { node: w.function(name, ...parts.map((part) => part.node)), shape: [] };
  };

/** The numbers of an array, or along an axis of it. */
const reduction =
  (name: string): Write =>
  (w, parts, axis) => {
    const [a] = parts as [Written];
    if (parts.length > 1) return ofNumbers(name)(w, parts, axis);
    if (isNumber(a)) return a;
    if (!axis) return { node: w.function(name, a.node), shape: [] };
    // mathjs has it of all numbers only.
    if (name === 'prod') throw unwritable('prod along an axis');
    const [m, n] = dims(a);
    const matrix = asMatrix(w, a);
    const node = w.function(name, matrix.node, w.number(axis === 'rows' ? 1 : 2).node);
    return axis === 'rows' ? { node, shape: [n], turned: true } : { node, shape: [m] };
  };

const dot: Write = (w, [a, b]) =>
  isNumber(a!) || (a!.shape.length === 1 && b!.shape.length === 1)
    ? { node: isNumber(a!) ? w.operator('*', 'multiply', a!.node, b!.node) : w.function('dot', a!.node, b!.node), shape: [] }
    : { node: w.function('sum', entries(w, a!, b!, (x, y) => w.operator('.*', 'dotMultiply', x, y)).node), shape: [] };

const norm: Write = (w, [a]) => {
  if (isNumber(a!)) return { node: w.function('abs', a!.node), shape: [] };
  const fro = new w.math.ConstantNode(...(['fro'] as never[]));
  return { node: a!.shape.length === 1 ? w.function('norm', a!.node) : w.function('norm', a!.node, fro), shape: [] };
};

/** Of a square matrix; a number is the matrix of it. */
const ofSquare =
  (name: string, ofNumber: (w: NodeWriter, a: Written) => MathNode = (_, { node }) => node): Write =>
  (w, [a]) =>
    isNumber(a!) ? like(a!, ofNumber(w, a!)) : { node: w.function(name, a!.node), shape: name === 'inv' ? a!.shape : [] };

const inverse = ofSquare('inv', (w, { node }) => w.operator('/', 'divide', w.number(1).node, node));

const literal = ({ node }: Written): number => Number(node.evaluate());

const filled =
  (name: string): Write =>
  (w, parts) => ({ node: w.function(name, ...parts.map((part) => part.node)), shape: parts.map(literal) });

const comparison = (sign: string, name: string): Write => binary(sign, name);

const where: Write = (w, parts) => {
  const [condition, yes, no] = parts as [Written, Written, Written];
  if (!isNumber(condition) || !isNumber(yes) !== !isNumber(no)) throw unwritable('a choice for each entry of an array');
  return like(yes, w.choice(condition.node, yes.node, no.node));
};

/** The exponentials as shares of their sum. */
const softmax: Write = (w, [a], axis) => {
  if (axis || a!.shape.length !== 1) throw unwritable('softmax along an axis');
  const exps = w.function('map', a!.node, w.symbol('exp'));
  return like(a!, w.operator('/', 'divide', exps, w.function('sum', exps)));
};

const logsumexp: Write = (w, [a], axis) => {
  if (axis) throw unwritable('logsumexp along an axis');
  return { node: w.function('log', w.function('sum', unary('exp')(w, [a!], undefined).node)), shape: [] };
};

const divide: Write = (w, [a, b]) => entries(w, a!, b!, (x, y) => w.operator('/', 'divide', x, y));

const SAME_NAME = [
  ...['exp', 'sqrt', 'cbrt', 'expm1', 'gamma', 'lgamma', 'abs', 'sign', 'floor', 'ceil', 'log2', 'log10', 'log1p', 'erf'],
  ...['sin', 'cos', 'tan', 'sec', 'csc', 'cot', 'asin', 'acos', 'atan', 'asec', 'acsc', 'acot'],
  ...['sinh', 'cosh', 'tanh', 'sech', 'csch', 'coth', 'asinh', 'acosh', 'atanh', 'asech', 'acsch', 'acoth'],
];

export const writers: Readonly<Record<string, Write>> = Object.assign(Object.create(null), {
  ...Object.fromEntries(SAME_NAME.map((name) => [name, unary(name)])),
  ln: unary('log'),
  log: (w, parts) => (parts.length > 1 ? ofNumbers('log')(w, parts, undefined) : unary('log')(w, parts, undefined)),
  nthRoot: ofNumbers('nthRoot'),
  hypot: ofNumbers('hypot'),
  atan2: ofNumbers('atan2'),
  mod: binary('%', 'mod'),
  '+': plus,
  '-': minus,
  '*': times,
  '.*': (w, parts) =>
    parts.reduce((a, b) =>
      entries(w, a, b, (x, y) =>
        isNumber(a) || isNumber(b) ? w.operator('*', 'multiply', x, y) : w.operator('.*', 'dotMultiply', x, y),
      ),
    ),
  '/': divide,
  './': binary('./', 'dotDivide', '/', 'divide'),
  '.^': binary('.^', 'dotPow', '^', 'pow'),
  '^': (w, [a, b]) => like(a!, w.operator('^', 'pow', a!.node, b!.node)),
  pow: binary('.^', 'dotPow', '^', 'pow'),
  transpose,
  dot,
  norm,
  sum: reduction('sum'),
  mean: reduction('mean'),
  prod: reduction('prod'),
  max: reduction('max'),
  min: reduction('min'),
  det: ofSquare('det'),
  tr: ofSquare('trace'),
  inv: inverse,
  // log of what det may have a sign in.
  logdet: (w, [a]) => ({ node: w.function('log', w.function('abs', ofSquare('det')(w, [a!], undefined).node)), shape: [] }),
  solve: (w, [a, b]) => product(w, inverse(w, [a!], undefined), b!),
  '\\': (w, [a, b]) => product(w, inverse(w, [a!], undefined), b!),
  outer: (w, [a, b]) => product(w, a!, { ...b!, ...(b!.shape.length === 1 && { turned: true as const }) }),
  diag: (w, [a]) => {
    const [n] = dims(a!);
    return isNumber(a!) ? a! : { node: w.function('diag', a!.node), shape: a!.shape.length === 1 ? [n, n] : [n] };
  },
  eye: (w, [n]) => ({ node: w.function('identity', n!.node), shape: [literal(n!), literal(n!)] }),
  ones: filled('ones'),
  zeros: filled('zeros'),
  where,
  softmax,
  logsumexp,
  vector: (w, parts) => {
    if (!parts.every(isNumber)) throw unwritable('a list of arrays');
    return w.list(
      parts.map((part) => part.node),
      [parts.length],
    );
  },
  '<': comparison('<', 'smaller'),
  '<=': comparison('<=', 'smallerEq'),
  '>': comparison('>', 'larger'),
  '>=': comparison('>=', 'largerEq'),
  '==': comparison('==', 'equal'),
  '!=': comparison('!=', 'unequal'),
  and: binary('and', 'and'),
  or: binary('or', 'or'),
  not: (w, [a]) => like(a!, w.operator('not', 'not', a!.node)),
} satisfies Record<string, Write>);
