import type { Syntax } from './syntax.ts';

/**
 * What may be changed in a program, by kind of syntax: one entry an idea. Each change is small, keeps the program
 * readable to the compiler, and is a slip that a person could make.
 */

export interface Change {
  /** What is replaced, and by what. */
  readonly start: number;
  readonly end: number;
  readonly text: string;
  /** An expression that is evaluated whenever what is changed is: tests that reach it are found by it. */
  readonly probe: { readonly start: number; readonly end: number };
}

export interface Place {
  readonly node: Syntax;
  /** From the nearest outwards. */
  readonly around: readonly Syntax[];
  readonly source: string;
}

type Rule = (place: Place) => Iterable<Change>;

const BINARY: Readonly<Record<string, string>> = {
  '+': '-',
  '-': '+',
  '*': '/',
  '/': '*',
  '%': '*',
  '**': '*',
  '<': '<=',
  '<=': '<',
  '>': '>=',
  '>=': '>',
  '===': '!==',
  '!==': '===',
};

const LOGICAL: Readonly<Record<string, string>> = { '&&': '||', '||': '&&' };

const ASSIGNED: Readonly<Record<string, string>> = { '+=': '-=', '-=': '+=', '*=': '/=', '/=': '*=' };

/** Methods that stand for one another. */
const METHODS: Readonly<Record<string, string>> = {
  some: 'every',
  every: 'some',
  find: 'findLast',
  findIndex: 'findLastIndex',
  indexOf: 'lastIndexOf',
  lastIndexOf: 'indexOf',
  push: 'unshift',
  unshift: 'push',
  min: 'max',
  max: 'min',
  floor: 'ceil',
  ceil: 'floor',
};

/** Methods that are left out, so that what they are called of passes as it is. */
const PASSED = new Set(['filter', 'reverse', 'toReversed', 'sort', 'toSorted', 'slice']);

/** Calls whose arguments do not commute: makers of nodes, and conditions and comparisons between them. */
const ORDERED = new Set(['sub', 'div', 'pow', 'less', 'greater', 'atMost', 'atLeast', 'quotient', 'minus', 'over']);

export const RULES: Readonly<Record<string, Rule>> = {
  BinaryExpression: function* ({ node, source }) {
    const to = BINARY[node.operator!];
    const [left, right] = [node.left!, node.right!];
    if (to && ![left, right].some(isText)) yield { ...between(source, left, right, node.operator!, to), probe: whole(node) };
  },
  LogicalExpression: function* ({ node, source }) {
    const [left, right] = [node.left!, node.right!];
    const to = LOGICAL[node.operator!];
    if (to) {
      // `a && b ?? c` and `a && b || c` want brackets, or mean something else.
      yield { ...whole(node), text: `((${text(source, left)}) ${to} (${text(source, right)}))`, probe: whole(node) };
    } else yield { ...whole(node), text: text(source, right), probe: whole(node) };
  },
  AssignmentExpression: function* ({ node, source }) {
    const to = ASSIGNED[node.operator!];
    const [left, right] = [node.left!, node.right!];
    if (to && !isText(right)) yield { ...between(source, left, right, node.operator!, to), probe: whole(right) };
  },
  UnaryExpression: function* ({ node, source }) {
    const argument = node.argument as Syntax;
    if (node.operator === '!') yield { ...whole(node), text: `!!${bracketed(source, argument)}`, probe: whole(node) };
    else if (node.operator === '-') yield { ...whole(node), text: ` ${bracketed(source, argument)}`, probe: whole(node) };
  },
  Literal: function* ({ node, around }) {
    if (typeof node.value === 'boolean') yield { ...whole(node), text: String(!node.value), probe: whole(node) };
    const isBig = typeof node.value === 'bigint';
    if (typeof node.value !== 'number' && !isBig) return;
    if (around[0]?.type === 'UnaryExpression' && around[0].operator === '-') return;
    for (const by of [1, -1]) {
      const near = isBig ? `${(node.value as bigint) + BigInt(by)}n` : String((node.value as number) + by);
      yield { ...whole(node), text: near.startsWith('-') ? `(${near})` : near, probe: whole(node) };
    }
  },
  IfStatement: ({ node, source }) => negated(source, node.test as Syntax),
  ConditionalExpression: ({ node, source }) => negated(source, node.test as Syntax),
  ReturnStatement: function* ({ node, around }) {
    const argument = node.argument as Syntax | null;
    const within = around.find((n) => /Function/.test(n.type));
    if (argument && within && !isUndefined(argument) && isOptional(within)) {
      yield { ...whole(argument), text: 'undefined', probe: whole(argument) };
    }
  },
  CallExpression: function* ({ node, source }) {
    const [first, second] = node.arguments as Syntax[];
    const callee = node.callee as Syntax;
    const property = callee.type === 'MemberExpression' && !callee.computed ? (callee.property as Syntax) : undefined;
    const name = property?.name ?? callee.name;
    if (name && ORDERED.has(name) && first && second && first.type !== 'SpreadElement' && second.type !== 'SpreadElement') {
      const span = { start: first.start, end: second.end };
      yield { ...span, text: `${text(source, second)}, ${text(source, first)}`, probe: whole(first) };
    }
    // `where(c, a, b)`: the two branches.
    if (name === 'where' && (node.arguments as Syntax[]).length >= 3) {
      const [a, b] = (node.arguments as Syntax[]).slice(-2) as [Syntax, Syntax];
      yield { start: a.start, end: b.end, text: `${text(source, b)}, ${text(source, a)}`, probe: whole(a) };
    }
    if (!property || !name) return;
    const object = callee.object as Syntax;
    const probe = /^[A-Z]/.test(object.name ?? '') ? first : object;
    if (!probe || probe.type === 'SpreadElement' || probe.type === 'Super') return;
    if (Object.hasOwn(METHODS, name)) yield { ...whole(property), text: METHODS[name]!, probe: whole(probe) };
    if (name === 'at' && first) {
      yield { ...whole(first), text: text(source, first).startsWith('-') ? '0' : '-1', probe: whole(probe) };
    }
    if (PASSED.has(name)) yield { start: object.end, end: node.end, text: '', probe: whole(probe) };
  },
};

const whole = ({ start, end }: Syntax) => ({ start, end });

const text = (source: string, node: Syntax): string => source.slice(node.start, node.end);

const bracketed = (source: string, node: Syntax): string => `(${text(source, node)})`;

/** The operator between two operands, where nothing else stands but brackets and comments. */
function between(source: string, left: Syntax, right: Syntax, from: string, to: string) {
  const gap = source.slice(left.end, right.start).replace(/\/\*[\s\S]*?\*\/|\/\/.*/g, (comment) => ' '.repeat(comment.length));
  const start = left.end + gap.indexOf(from);
  return { start, end: start + from.length, text: to };
}

/** Text that is put together is no arithmetic. */
const isText = (node: Syntax): boolean =>
  node.type === 'TemplateLiteral' || (node.type === 'Literal' && typeof node.value === 'string');

/** A condition turned round, unless turning its comparison does the same. */
function* negated(source: string, test: Syntax): Iterable<Change> {
  if (test.type === 'BinaryExpression' && /^[!=]==$/.test(test.operator!)) return;
  if (test.type === 'UnaryExpression' && test.operator === '!') return;
  yield { ...whole(test), text: `!${bracketed(source, test)}`, probe: whole(test) };
}

const isUndefined = (node: Syntax): boolean => node.type === 'Identifier' && node.name === 'undefined';

/** Whether a function returns `undefined` somewhere, as rules do that do not apply. */
function isOptional(fn: Syntax): boolean {
  const returns = (node: unknown): boolean => {
    if (Array.isArray(node)) return node.some(returns);
    if (!node || typeof node !== 'object' || !('type' in node)) return false;
    const inner = node as Syntax;
    if (/Function/.test(inner.type)) return false;
    if (inner.type === 'ReturnStatement') return !inner.argument || isUndefined(inner.argument as Syntax);
    return Object.values(inner).some(returns);
  };
  return returns(fn.body);
}
