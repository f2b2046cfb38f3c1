import { GradusError } from '../language/diagnostics.ts';
import { Derivatives, type Question } from './derivatives.ts';
import {
  type Fields,
  isMatrix,
  isNode,
  isWritten,
  type MathInstance,
  type MathNode,
  namesOf,
  type Scope,
  valueIn,
} from './nodes.ts';
import { symbolic } from './symbolic.ts';

/** The functions as factories, which `math.import` takes: each is made for the instance that it is imported into. */

/** What `import` of mathjs asks of a factory, in every version. */
export interface MathFactory {
  (dependencies: { readonly math: unknown }): unknown;
  readonly isFactory: true;
  readonly fn: string;
  readonly dependencies: readonly string[];
  readonly meta?: { readonly isTransformFunction: true };
}

type Answer = (question: Question) => unknown;

/** An empty text, and a comment alone, mathjs reads as a constant without a value. */
const ofSomething =
  (answer: Answer): Answer =>
  (question) => {
    const { type, value } = question.node as Fields;
    if (type === 'ConstantNode' && value === undefined) throw new GradusError('argument', 'the expression is empty');
    return answer(question);
  };

/** What is asked of one instance, with the texts that it was asked about. */
class Bridge {
  readonly math: MathInstance;
  readonly answers: Readonly<Record<Name, Answer>>;
  private readonly parsed = new Map<string, MathNode>();

  constructor(math: MathInstance) {
    this.math = math;
    const derivatives = new Derivatives(math);
    this.answers = {
      derive: ofSomething((question) => symbolic(math, question)),
      gradient: ofSomething((question) => derivatives.gradient(question)),
      jacobian: ofSomething((question) => derivatives.jacobian(question)),
      hessian: ofSomething((question) => derivatives.hessian(question)),
    };
  }

  /** The same text is the same node, which its programs are kept for. */
  parse(text: string): MathNode {
    const known = this.parsed.get(text);
    if (known) return known;
    const node = this.math.parse(text);
    if (this.parsed.size >= MOST_TEXTS) this.parsed.delete(this.parsed.keys().next().value!);
    this.parsed.set(text, node);
    return node;
  }

  /** A text, a node, or a function that was defined in an expression. */
  expression(given: unknown): MathNode {
    if (typeof given === 'string') return this.parse(given);
    if (isNode(given)) return given;
    if (isWritten(given)) return this.parse(`${given.syntax} = ${given.expr}`);
    throw new GradusError('argument', 'what is derived is a text, a node of mathjs or a function of an expression');
  }
}

const MOST_TEXTS = 200;

/** One for each instance, whichever of the functions is asked for first. */
const bridges = new WeakMap<object, Bridge>();

function bridgeOf(math: unknown): Bridge {
  const instance = math as MathInstance & object;
  const bridge = bridges.get(instance) ?? new Bridge(instance);
  bridges.set(instance, bridge);
  return bridge;
}

/** Names to derive by: a text, a symbol, a list of them. */
function namesGiven(given: unknown): readonly string[] {
  const list = isMatrix(given) ? given.toArray() : given;
  if (Array.isArray(list)) {
    const names = list.flatMap(namesGiven);
    if (names.length === 0) throw new GradusError('argument', 'the list of names to derive by is empty');
    const twice = names.find((name, k) => names.indexOf(name) < k);
    if (twice !== undefined) throw new GradusError('argument', `${twice} is given twice to derive by`);
    return names;
  }
  if (typeof list === 'string' && /^[^\s()[\]{}'"]+$/.test(list)) return [list];
  if (isNode(list) && list.type === 'SymbolNode') return [(list as Fields).name as string];
  throw new GradusError(
    'argument',
    `a name to derive by is a text such as "x", or a symbol, not ${isNode(list) ? list : JSON.stringify(list)}`,
  );
}

const SIGNATURES: readonly (readonly [signature: string, question: (given: readonly unknown[]) => Omit<Question, 'node'>])[] = [
  ['', () => ({ by: undefined, scope: {} })],
  [', Object | Map', ([scope]) => ({ by: undefined, scope: scope as Scope })],
  [', string | SymbolNode | Array | Matrix', ([names]) => ({ by: namesGiven(names), scope: {} })],
  [
    ', string | SymbolNode | Array | Matrix, Object | Map',
    ([names, scope]) => ({ by: namesGiven(names), scope: scope as Scope }),
  ],
];

const NAMES = ['derive', 'gradient', 'jacobian', 'hessian'] as const;
type Name = (typeof NAMES)[number];

/** The function of JavaScript. */
const factory = (name: Name): MathFactory =>
  Object.assign(
    ({ math }: { readonly math: unknown }) => {
      const bridge = bridgeOf(math);
      const signatures = SIGNATURES.map(([rest, question]) => [
        `string | Node | function${rest}`,
        (given: unknown, ...more: unknown[]) => bridge.answers[name]({ node: bridge.expression(given), ...question(more) }),
      ]);
      return bridge.math.typed(name, Object.fromEntries(signatures));
    },
    { isFactory: true, fn: name, dependencies: ['math'] } as const,
  );

/** The function within an expression, whose arguments come as they are written: `gradient(sum(x.^2), x)`. */
const transform = (name: Name): MathFactory =>
  Object.assign(
    ({ math }: { readonly math: unknown }) => {
      const bridge = bridgeOf(math);
      const raw = (args: readonly MathNode[], _math: unknown, scope: Scope) =>
        bridge.answers[name](written(bridge, name, args, scope));
      return Object.assign(raw, { rawArgs: true });
    },
    { isFactory: true, fn: name, dependencies: ['math'], meta: { isTransformFunction: true } } as const,
  );

/** Functions whose value is an expression: what is derived is that. */
const SYMBOLIC: ReadonlySet<string> = new Set(['parse', 'simplify', 'simplifyCore', 'derivative', 'rationalize', ...NAMES]);

const isPlain = (value: unknown): value is Scope =>
  value instanceof Map || (typeof value === 'object' && value !== null && Object.getPrototypeOf(value) === Object.prototype);

function written(bridge: Bridge, name: Name, args: readonly MathNode[], scope: Scope): Question {
  const [first, ...more] = args.map(unwrapped);
  if (!first || more.length > 2)
    throw new GradusError('argument', `${name} takes an expression, names to derive by and values, not ${args.length} arguments`);
  const last = more.at(-1) as Fields | undefined;
  const values =
    last && (last.type === 'ObjectNode' || (last.type === 'SymbolNode' && isPlain(valueIn(scope, last.name as string))));
  const own = values ? (last.evaluate(scope) as Scope) : undefined;
  const names = values ? more.slice(0, -1) : more;
  if (names.length > 1) throw new GradusError('argument', `${name}: ${last} is no object of values`);
  return {
    node: expressionWritten(bridge, first as Fields, scope),
    by: names[0] ? namesWritten(names[0] as Fields, scope) : undefined,
    scope: own ? new Map([scope, own].flatMap((from) => namesOf(from).map((key) => [key, valueIn(from, key)] as const))) : scope,
  };
}

const unwrapped = (node: MathNode): MathNode =>
  node.type === 'ParenthesisNode' ? unwrapped((node as Fields).content as MathNode) : node;

/** What stands in quotes, or for an expression, is that. */
function expressionWritten(bridge: Bridge, node: Fields, scope: Scope): MathNode {
  if (node.type === 'ConstantNode' && typeof node.value === 'string') return bridge.parse(node.value);
  if (node.type === 'SymbolNode') {
    const value = valueIn(scope, node.name as string);
    if (typeof value === 'string' || isNode(value) || isWritten(value)) return bridge.expression(value);
  }
  if (node.type === 'FunctionNode' && SYMBOLIC.has(node.name as string)) {
    const value = node.evaluate(scope);
    if (isNode(value)) return value;
  }
  return node;
}

function namesWritten(node: Fields, scope: Scope): readonly string[] {
  if (node.type === 'ArrayNode')
    return namesGiven((node.items as readonly MathNode[]).flatMap((item) => namesWritten(item as Fields, scope)));
  if (node.type === 'ConstantNode') return namesGiven(node.value);
  if (node.type === 'SymbolNode') {
    const value = valueIn(scope, node.name as string);
    // A text, or a list of texts, names what is meant.
    const list = isMatrix(value) ? value.toArray() : value;
    if (typeof list === 'string' || (Array.isArray(list) && list.length > 0 && list.every((item) => typeof item === 'string')))
      return namesGiven(list);
  }
  return namesGiven(node);
}

/** What `math.import` adds: `derive`, `gradient`, `jacobian`, `hessian`, as functions and within expressions. */
export const bridge: Readonly<Record<string, MathFactory>> = Object.fromEntries(
  NAMES.flatMap((name) => [
    [name, factory(name)],
    [`${name} in expressions`, transform(name)],
  ]),
);
