import { type Shape, sameShape, showShape } from '../graph/dimension.ts';
import { constantOf } from '../graph/forms.ts';
import type { Graph } from '../graph/graph.ts';
import type { Node } from '../graph/node.ts';
import { HALF, isInteger, isNegative, toNumber } from '../graph/rational.ts';
import { topological } from '../graph/traverse.ts';
import { GradusError } from '../language/diagnostics.ts';
import { asMatrix, type Builder, columnShape, type Labelled, shapeOf, type Value } from './builder.ts';
import { dimensions } from './dimensions.ts';
import { inv } from './factorisation.ts';
import type { CallSite, LanguageFunction } from './language.ts';
import { power } from './power.ts';
import { parenthesised, turnedText } from './texts.ts';

/** The operators of the language and its linear functions: each is a contraction. */

const scalar = (v: Value): boolean => shapeOf(v).length === 0;

const letters = (n: number): string[] => Array.from({ length: n }, (_, k) => `l${k}`);

const add: LanguageFunction = {
  name: '+',
  arity: [1, Number.POSITIVE_INFINITY],
  help: 'the sum, entry by entry',
  build: (b, call) => (call.args.length === 1 ? call.args[0]! : b.entrywise(call.args, (nodes) => b.graph.add(nodes), call)),
};

const negate: LanguageFunction = {
  name: '-',
  arity: [1, 2],
  help: 'the difference, or the negative',
  build: (b, call) =>
    call.args.length === 1
      ? { ...call.args[0]!, node: b.graph.neg(call.args[0]!.node) }
      : b.entrywise(call.args, ([x, y]) => b.graph.sub(x!, y!), call),
};

const hadamard: LanguageFunction = {
  name: '.*',
  notation: { latex: '\\odot' },
  arity: [1, Number.POSITIVE_INFINITY],
  help: 'the product, entry by entry',
  build: (b, call) => b.entrywise(call.args, (nodes) => b.graph.mul(...nodes), call),
};

const multiply: LanguageFunction = {
  name: '*',
  arity: [1, Number.POSITIVE_INFINITY],
  help: 'the matrix product; the scalar product where one side is a scalar',
  build: (b, call) => {
    // Scalars are taken together, so that a long product of numbers is one node.
    if (call.args.every(scalar)) return b.entrywise(call.args, (nodes) => productOf(b.graph, nodes));
    let product = call.args[0]!;
    for (let k = 1; k < call.args.length; k++) product = matrixProduct(b, product, call.args[k]!, call, k);
    return product;
  },
};

/** Products up to this long are one node, multiplied from left to right as those with an array in them are. */
const SHORT = 8;

/** Longer ones are a balanced tree: deriving a flat product of n factors writes n − 1 factors n times. */
function productOf(g: Graph, factors: readonly Node[]): Node {
  if (factors.length <= SHORT) return factors.length === 1 ? factors[0]! : g.mul(...factors);
  const half = factors.length >> 1;
  return g.mul(productOf(g, factors.slice(0, half)), productOf(g, factors.slice(half)));
}

/** The matrix product of the last two axes; leading axes are a batch and stretch. */
function matrixProduct(b: Builder, x: Value, y: Value, call: CallSite, at: number): Value {
  if (scalar(x) || scalar(y)) {
    const [labelsX, labelsY] = [letters(shapeOf(x).length), letters(shapeOf(y).length)];
    const scaled = b.einsum(
      [
        [x, labelsX],
        [y, labelsY],
      ],
      scalar(x) ? labelsY : labelsX,
    );
    return { ...scaled, turned: (x.turned || y.turned) ?? false };
  }
  const [m, n] = [asMatrix(shapeOf(x)), asMatrix(shapeOf(y))];
  const [inner, other] = [m[m.length - 1]!, n[n.length - 2]!];
  if (inner !== other) throw cannotMultiply(m, n, call, at);
  const batch = b.stretched([m.slice(0, -2), n.slice(0, -2)].map((s) => [...s, 2, 2])).length - 2;
  const lead = (rank: number) => letters(batch).slice(batch - (rank - 2));
  const labelled = (v: Value, shape: Shape, row: string, column: string): Labelled => [
    v,
    [...lead(shape.length), row, column].slice(0, shapeOf(v).length),
  ];
  return b.einsum([labelled(x, m, 'row', 'inner'), labelled(y, n, 'inner', 'column')], [...letters(batch), 'row', 'column']);
}

function cannotMultiply(m: Shape, n: Shape, call: CallSite, at: number): GradusError {
  const left = at === 1 ? call.texts[0]! : `the product before ${call.texts[at]}`;
  const right = call.texts[at]!;
  const [inner, other] = [m[m.length - 1]!, n[n.length - 2]!];
  return new GradusError('shape', 'these cannot be multiplied', {
    note: `${left} is ${showShape(m)}, ${right} is ${showShape(n)}: the inner sizes ${inner} and ${other} differ`,
    hint: at === 1 && m.length === 2 && n.length === 2 ? productHint(m, n, left, right) : undefined,
  });
}

/** The product that would fit: a transpose on either side, the other order, or entry by entry. */
function productHint(m: Shape, n: Shape, left: string, right: string): string | undefined {
  const flip = ([r, c]: Shape): Shape => [c!, r!];
  const fits = (p: Shape, q: Shape) => p[1] === q[0];
  const dims = (p: Shape, q: Shape) => `(${showShape(p)})·(${showShape(q)}) = ${showShape([p[0]!, q[1]!])}`;
  const same = sameShape(m, n);
  const [l, r] = [parenthesised(left), parenthesised(right)];
  if (same && m[1] === 1) return `${turnedText(left)}·${r} is the scalar product, ${l} .* ${r} the product entry by entry`;
  if (same) return `${l} .* ${r} multiplies entry by entry`;
  if (fits(n, m)) return `${r}·${l} is ${dims(n, m)}`;
  if (fits(m, flip(n))) return `${l}·${turnedText(right)} is ${dims(m, flip(n))}`;
  if (fits(flip(m), n)) return `${turnedText(left)}·${r} is ${dims(flip(m), n)}`;
  return undefined;
}

const divide: LanguageFunction = {
  name: '/',
  arity: [2, 2],
  help: 'division by a scalar',
  build: (b, call) => {
    const [x, y] = call.args as [Value, Value];
    if (!scalar(y)) {
      throw new GradusError('shape', `only a scalar divides; ${call.texts[1]} is ${showShape(shapeOf(y))}`, {
        hint: `${parenthesised(call.texts[0]!)} ./ ${parenthesised(call.texts[1]!)} divides entry by entry`,
      });
    }
    return b.entrywise([x, y], ([p, q]) => b.graph.mul(p!, power(b.graph, q!, -1)), call);
  },
};

const entrywiseDivide: LanguageFunction = {
  name: './',
  notation: { latex: '\\oslash' },
  arity: [2, 2],
  help: 'division, entry by entry',
  build: (b, call) => b.entrywise(call.args, ([p, q]) => b.graph.mul(p!, power(b.graph, q!, -1)), call),
};

const entrywisePower: LanguageFunction = {
  name: '.^',
  arity: [2, 2],
  help: 'the power, entry by entry',
  build: (b, call) => b.entrywise(call.args, ([x, p]) => power(b.graph, x!, p!), call),
};

const matrixPower: LanguageFunction = {
  name: '^',
  arity: [2, 2],
  help: 'the power of a scalar; of a square matrix with an integer exponent, the matrix power',
  build: (b, call) => {
    const [x, p] = call.args as [Value, Value];
    if (scalar(x) && scalar(p)) return b.entrywise(call.args, ([u, v]) => power(b.graph, u!, v!));
    const shape = shapeOf(x);
    const exponent = scalar(p) && p.indices.length === 0 ? constantOf(p.node) : undefined;
    if (shape.length !== 2 || shape[0] !== shape[1] || !exponent || !isInteger(exponent)) {
      throw new GradusError('shape', `^ on a matrix is the matrix power: it needs a square matrix and an integer exponent`, {
        note: `${call.texts[0]} is ${showShape(shape)}`,
        hint: `${parenthesised(call.texts[0]!)}.^${parenthesised(call.texts[1]!)} is the power entry by entry`,
      });
    }
    if (exponent.n > 64n)
      throw new GradusError('unsupported', `the matrix power ${toNumber(exponent)} is too large to write out (at most 64)`);
    if (isNegative(exponent)) {
      const inverse: Value = { node: b.graph.array(inv, x.node), indices: x.indices };
      return matrixToThe(b, inverse, Number(exponent.n));
    }
    if (exponent.n === 0n) return b.einsum([], ['i', 'i'], { i: shape[0]! });
    return matrixToThe(b, x, Number(exponent.n));
  },
};

function matrixToThe(b: Builder, x: Value, n: number): Value {
  if (n === 1) return x;
  const half = matrixToThe(b, x, n >> 1);
  const square = b.einsum(
    [
      [half, ['i', 'k']],
      [half, ['k', 'j']],
    ],
    ['i', 'j'],
  );
  return n % 2 === 0
    ? square
    : b.einsum(
        [
          [square, ['i', 'k']],
          [x, ['k', 'j']],
        ],
        ['i', 'j'],
      );
}

const transpose: LanguageFunction = {
  name: 'transpose',
  arity: [1, 1],
  help: 'the transpose of a matrix; of a vector, a row',
  build: (b, { args }) => {
    const [x] = args as [Value];
    const rank = shapeOf(x).length;
    if (rank === 0) return x;
    if (rank === 1) return { ...b.einsum([[x, ['i']]], ['one', 'i'], { one: 1 }), turned: true };
    const lead = letters(rank - 2);
    return { ...b.einsum([[x, [...lead, 'i', 'j']]], [...lead, 'j', 'i']), turned: true };
  },
};

/** The sum over everything. */
const total = (b: Builder, x: Value): Value => b.einsum([[x, letters(shapeOf(x).length)]], []);

const dot: LanguageFunction = {
  name: 'dot',
  arity: [2, 2],
  help: 'the scalar product of two arrays of one shape',
  build: (b, call) => {
    needAlike(call);
    return total(
      b,
      b.entrywise(call.args, (nodes) => b.graph.mul(...nodes)),
    );
  },
};

/**
 * For what pairs the entries of two arrays.
 * @throws GradusError `shape` unless they have one shape
 */
export function needAlike({ name, args, texts }: Pick<CallSite, 'name' | 'args' | 'texts'>): void {
  const [x, y] = args.map(shapeOf) as [Shape, Shape];
  if (sameShape(x, y)) return;
  const turned = sameShape(asMatrix(x), asMatrix(y).toReversed());
  throw new GradusError('shape', `${name} pairs entries: ${texts[0]} is ${showShape(x)}, ${texts[1]} is ${showShape(y)}`, {
    ...(turned ? { hint: `${name}(${texts[0]}, ${turnedText(texts[1]!)})` } : { note: differing(x, y) }),
  });
}

function differing(x: Shape, y: Shape): string {
  const at = x.findIndex((dim, axis) => dim !== y[axis]);
  return x.length === y.length ? `the sizes ${x[at]} and ${y[at]} differ` : `one has ${x.length} axes, the other ${y.length}`;
}

export function needMatrix(call: CallSite): Shape {
  const shape = shapeOf(call.args[0]!);
  if (shape.length !== 2) {
    throw new GradusError('shape', `${call.name} needs a matrix; ${call.texts[0]} is ${showShape(shape)}`);
  }
  return shape;
}

export function needSquare(call: CallSite): Shape {
  const shape = needMatrix(call);
  if (shape[0] !== shape[1]) {
    throw new GradusError('shape', `${call.name} needs a square matrix; ${call.texts[0]} is ${showShape(shape)}`);
  }
  return shape;
}

/** A number where a matrix is meant: of a name of which no shape is known. */
export function ofNumber({ name, texts, warn }: CallSite, value: Value): Value {
  const free = topological([value.node]).find((n) => n.kind === 'variable' && n.role === 'free');
  if (free?.kind === 'variable')
    warn(`${texts[0]} is taken for a number in ${name}`, `a matrix is declared with its shape: param ${free.name} : [n, n]`);
  return value;
}

const trace: LanguageFunction = {
  name: 'tr',
  spellings: ['trace'],
  arity: [1, 1],
  help: 'the sum of the diagonal',
  build: (b, call) => {
    if (scalar(call.args[0]!)) return ofNumber(call, call.args[0]!);
    needSquare(call);
    return b.einsum([[call.args[0]!, ['i', 'i']]], []);
  },
};

const diag: LanguageFunction = {
  name: 'diag',
  arity: [1, 1],
  help: 'the diagonal matrix of a vector; the diagonal of a square matrix',
  build: (b, call) => {
    const [x] = call.args as [Value];
    if (scalar(x)) return x;
    if (shapeOf(x).length === 1) return b.einsum([[x, ['i']]], ['i', 'i']);
    needSquare(call);
    return b.einsum([[x, ['i', 'i']]], ['i']);
  },
};

const outer: LanguageFunction = {
  name: 'outer',
  arity: [2, 2],
  help: 'the matrix of all products of entries of two vectors',
  build: (b, call) => {
    for (const [k, v] of call.args.entries()) {
      if (shapeOf(v).length > 1)
        throw new GradusError('shape', `outer needs two vectors; ${call.texts[k]} is ${showShape(shapeOf(v))}`);
    }
    const [u, v] = call.args as [Value, Value];
    // A vector of one entry is a scalar.
    return b.einsum(
      [
        [u, ['i']],
        [v, ['j']],
      ],
      ['i', 'j'],
      { ...(scalar(u) && { i: 1 }), ...(scalar(v) && { j: 1 }) },
    );
  },
};

/** One number over a shape. */
const filled = (name: string, value: number): LanguageFunction => ({
  name,
  notation: { form: { latex: `\\mathbf{${value}}_{$*}` } },
  arity: [1, Number.POSITIVE_INFINITY],
  help: `the array of ${name} with the given dimensions`,
  build: (b, call) => ({ node: b.graph.constant(value, columnShape(dimensions(b, call))), indices: [] }),
});

const eye: LanguageFunction = {
  name: 'eye',
  notation: { form: { latex: 'I_{$1}' } },
  arity: [1, 1],
  help: 'the identity matrix',
  build: (b, call) => b.einsum([], ['i', 'i'], { i: dimensions(b, call)[0]! }),
};

const sqrt: LanguageFunction = {
  name: 'sqrt',
  notation: { form: { latex: '\\sqrt{$1}' } },
  spellings: ['√'],
  arity: [1, 1],
  help: 'the square root, entry by entry',
  build: (b, { args }) => b.entrywise(args, ([x]) => power(b.graph, x!, HALF)),
};

export const linear: readonly LanguageFunction[] = [
  add,
  negate,
  hadamard,
  multiply,
  divide,
  entrywiseDivide,
  entrywisePower,
  matrixPower,
  transpose,
  dot,
  trace,
  diag,
  outer,
  sqrt,
  eye,
  filled('ones', 1),
  filled('zeros', 0),
];
