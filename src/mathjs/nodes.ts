/** As much of mathjs as is used here, of whatever version it is: nothing of it is loaded. */

/** A node of an expression. What a kind of node has stands beside its record in `reader.ts`. */
export interface MathNode {
  readonly isNode: true;
  readonly type: string;
  toString(): string;
  evaluate(scope?: Scope): unknown;
  forEach(visit: (child: MathNode) => void): void;
}

/** A node whose own fields are looked at. */
export type Fields = MathNode & Readonly<Record<string, unknown>>;

/** Values by name, as `evaluate` takes them: an object, or what has the methods of a Map. */
export type Scope = Readonly<Record<string, unknown>> | ScopeMap;

export interface ScopeMap {
  has(name: string): boolean;
  get(name: string): unknown;
  keys(): Iterable<string>;
}

type NodeClass = new (...args: unknown[]) => MathNode;

/** An instance, as `create(all)` makes it. */
export interface MathInstance {
  readonly parse: (text: string) => MathNode;
  readonly typed: (name: string, signatures: Readonly<Record<string, unknown>>) => (...args: unknown[]) => unknown;
  readonly config: () => { readonly matrix?: string };
  readonly matrix: (data: unknown, format?: string) => unknown;
  readonly ConstantNode: NodeClass;
  readonly SymbolNode: NodeClass;
  readonly OperatorNode: NodeClass;
  readonly FunctionNode: NodeClass;
  readonly ArrayNode: NodeClass;
  readonly AccessorNode: NodeClass;
  readonly IndexNode: NodeClass;
  readonly RangeNode: NodeClass;
  readonly ConditionalNode: NodeClass;
  readonly [name: string]: unknown;
}

/** A function of the parser remembers what it was written as: `f(x) = x^2`. */
export interface WrittenFunction {
  readonly syntax: string;
  readonly expr: string;
}

export const isNode = (value: unknown): value is MathNode =>
  typeof value === 'object' && value !== null && (value as { isNode?: unknown }).isNode === true;

export const isMatrix = (value: unknown): value is { toArray(): unknown[]; storage(): string } =>
  typeof value === 'object' && value !== null && (value as { isMatrix?: unknown }).isMatrix === true;

export const isWritten = (value: unknown): value is WrittenFunction =>
  typeof value === 'function' && 'syntax' in value && typeof value.syntax === 'string' && 'expr' in value;

const isMap = (scope: Scope): scope is ScopeMap => typeof scope.has === 'function' && typeof scope.get === 'function';

export const hasName = (scope: Scope, name: string): boolean => (isMap(scope) ? scope.has(name) : Object.hasOwn(scope, name));

export function valueIn(scope: Scope, name: string): unknown {
  if (!hasName(scope, name)) return undefined;
  return isMap(scope) ? scope.get(name) : scope[name];
}

export const namesOf = (scope: Scope): string[] => (isMap(scope) ? [...scope.keys()] : Object.keys(scope));

/** A node and all that it is made of, in the order in which they are written. A loop, since long sums are deep. */
export function partsOf(root: MathNode): MathNode[] {
  const parts: MathNode[] = [];
  const open = [root];
  for (let node = open.pop(); node; node = open.pop()) {
    parts.push(node);
    const children: MathNode[] = [];
    node.forEach((child) => {
      children.push(child);
    });
    open.push(...children.reverse());
  }
  return parts;
}
