import { GradusError } from '../language/diagnostics.ts';
import { operatorNamed } from '../operators/index.ts';
import { call } from '../reading/syntax.ts';
import { arrays } from './arrays.ts';
import type { MathCall, Meaning } from './calls.ts';
import { constants, TAKEN } from './constants.ts';
import { movers, picked, shownText } from './entries.ts';
import { entrywise } from './entrywise.ts';
import { type Excerpt, excerpt, unsupported } from './excerpt.ts';
import { KINDS } from './kinds.ts';
import { type Known, known, ofOtherKind, sizesOf } from './known.ts';
import { type Fields, hasName, isWritten, type MathInstance, type MathNode, type Scope, valueIn } from './nodes.ts';
import { isNumber, numeral, ofNumbers, type Read, sameSizes, showSizes, stretched } from './value.ts';

/** What an expression uses of its scope: a value by name, or a part that mathjs computes. */
export interface Used extends Known {
  /** The part; undefined for a name. */
  readonly node?: MathNode;
}

/** A number, a text or a list that the reading relies on: an index, an axis. */
export interface Relied {
  readonly node: MathNode;
  readonly value: string;
  /** Of an array of which entries are chosen, the shape. */
  readonly labels?: readonly number[];
}

export interface ReaderOptions {
  readonly math: MathInstance;
  readonly scope: Scope;
  /** The names that are derived by. */
  readonly by: readonly string[];
  /** Names without a value are numbers, as they are in mathjs's own derivative. */
  readonly symbolic: boolean;
}

/** Functions call one another no deeper. */
const DEEPEST = 64;

/**
 * Reads nodes of mathjs as trees of the language, with what they mean in mathjs: the product of two vectors is a number, a
 * vector beside a matrix a row, what is chosen by `[…]` has the shape that this version gives it. What does not depend on
 * the names derived by, and has no counterpart here, is computed by mathjs.
 */
export class NodeReader {
  readonly used = new Map<string, Used>();
  readonly relied: Relied[] = [];
  /** Functions of the scope that were read through. */
  readonly through = new Map<string, string>();
  /** Names that were looked for in the scope and are not there. */
  readonly absent = new Set<string>();
  /** Names that were called, and are no functions of the scope. */
  readonly builtIn = new Set<string>();
  readonly math: MathInstance;
  readonly scope: Scope;
  private readonly symbolic: boolean;
  private readonly by: ReadonlySet<string>;
  /** Parameters and assigned names, with what they stand for. */
  private locals: ReadonlyMap<string, Read> = new Map();
  private ownFunctions: ReadonlyMap<string, Fields> = new Map();
  private depth = 0;
  private readonly done = new Map<MathNode, Read>();
  private readonly moving = new Map<MathNode, boolean>();

  constructor({ math, scope, by, symbolic }: ReaderOptions) {
    this.math = math;
    this.scope = scope;
    this.by = new Set(by);
    this.symbolic = symbolic;
  }

  read(node: MathNode): Read {
    const found = this.done.get(node);
    if (found) return found;
    if (this.locals.size === 0) this.readSpine(node);
    return this.done.get(node) ?? this.readOne(node);
  }

  /** A long sum is a chain of operators, too deep for recursion: its parts are read from the innermost on. */
  private readSpine(root: MathNode): void {
    const spine: MathNode[] = [];
    for (
      let at: MathNode | undefined = root;
      at?.type === 'OperatorNode';
      at = (at as Fields & { args: readonly MathNode[] }).args[0]
    )
      spine.push(at);
    try {
      for (const part of spine.reverse()) {
        if (part === root || this.done.has(part)) continue;
        this.moves(part);
        this.readOne(part);
      }
    } catch (error) {
      // What is wrong is told where the whole is read: mathjs may compute what this is a part of.
      if (!(error instanceof GradusError)) throw error;
    }
  }

  private readOne(node: MathNode): Read {
    const read = this.readOrComputed(node);
    if (this.locals.size === 0) this.done.set(node, read);
    return read;
  }

  private readOrComputed(node: MathNode): Read {
    try {
      return this.readKind(node as Fields);
    } catch (error) {
      if (!(error instanceof GradusError) || this.moves(node)) throw error;
      return this.computed(node, error);
    }
  }

  /**
   * What mathjs computes, as an input of its own.
   * @throws GradusError what was wrong before, or what mathjs says, if that is no number and no array of numbers
   */
  private computed(node: MathNode, wrong: GradusError): Read {
    const name = String(node);
    let value: unknown;
    try {
      value = node.evaluate(this.scope);
    } catch (error) {
      throw wrong.code === 'unsupported' ? new GradusError('data', `${excerpt(node)}: ${(error as Error).message}`) : wrong;
    }
    const found = known(value, name);
    if (!found) throw ofOtherKind(node, value) ?? wrong;
    this.used.set(name, { ...found, node });
    return input(name, found.shape);
  }

  /** Whether a part depends on what is derived by, or on the parameter of a function. The length of a thing does not. */
  private moves(node: MathNode): boolean {
    if (this.locals.size === 0) {
      const found = this.moving.get(node);
      if (found !== undefined) return found;
    }
    const fields = node as Fields;
    let moves = false;
    if (node.type === 'SymbolNode') moves = this.by.has(fields.name as string) || this.locals.has(fields.name as string);
    else if (node.type === 'FunctionNode' && LENGTHS.has(fields.name as string)) moves = false;
    else
      node.forEach((child) => {
        moves ||= this.moves(child);
      });
    if (node.type === 'FunctionNode')
      moves ||= this.ownFunctions.has(fields.name as string) || this.movesWithin(fields.name as string);
    if (this.locals.size === 0) this.moving.set(node, moves);
    return moves;
  }

  /** A function of the scope may speak of the names itself. */
  private movesWithin(name: string): boolean {
    const own = valueIn(this.scope, name);
    if (!isWritten(own) || this.depth >= DEEPEST) return false;
    this.depth++;
    try {
      return this.moves(this.math.parse(own.expr));
    } finally {
      this.depth--;
    }
  }

  private readKind(node: Fields): Read {
    const kind = KINDS[node.type];
    if (!kind) throw unsupported(`${excerpt(node)}: ${node.type} is not supported`);
    return kind(node, this);
  }

  /** A name: a parameter, one that is derived by or has a value, a constant, or an unknown number. */
  symbol(name: string): Read {
    const local = this.locals.get(name);
    if (local) return local;
    const given = hasName(this.scope, name);
    if (!given) this.absent.add(name);
    if (!given && !this.by.has(name)) {
      const constant = constants[name];
      if (constant) return constant();
      if (!this.symbolic) throw new GradusError('data', `${name} has no value`, { hint: `give it in the scope: { ${name}: … }` });
    }
    if (!given) {
      if (!this.symbolic)
        throw new GradusError('data', `${name} has no value, and is derived by`, {
          hint: `give it in the scope: { ${name}: … }`,
        });
      this.used.set(name, { shape: [], value: undefined });
      return input(name, []);
    }
    const value = known(valueIn(this.scope, name), name);
    if (!value) throw unsupported(`${name} is no number, vector or matrix in the scope`);
    this.used.set(name, value);
    return input(name, value.shape);
  }

  /** @throws GradusError `unsupported` for a part that depends on what is derived by */
  fixed(node: MathNode, what: Excerpt): void {
    if (this.moves(node)) throw unsupported(`${what}: ${node} must not depend on what is derived by`);
  }

  /** The value of a part that must not change. */
  constant(node: MathNode, what: Excerpt): unknown {
    this.fixed(node, what);
    let value: unknown;
    try {
      value = node.evaluate(this.scope);
    } catch (error) {
      throw new GradusError('data', `${what}: ${(error as Error).message}`);
    }
    this.relied.push({ node, value: shownText(value) });
    return value;
  }

  call(node: Fields, name: string, args: readonly MathNode[]): Read {
    const what = excerpt(node);
    const own = this.ownFunctions.get(name) ?? this.scopeFunction(name);
    if (own)
      return this.applied(
        own,
        args.map((arg) => this.read(arg)),
        what,
      );
    const use: MathCall = {
      name,
      what,
      args,
      read: (at) => this.read(args[at]!),
      reads: () => args.map((arg) => this.read(arg)),
      constant: (at) => this.constant(args[at]!, what),
      shapeByMathjs: () => this.shapeByMathjs(name, args, what),
    };
    const meaning = meanings[name];
    if (meaning) return meaning(use);
    if (name === 'map') return this.mapped(args, what);
    if (movers.has(name)) return picked(node, name, this, what);
    if (!(name in this.math)) return ofGradus(use);
    throw unsupported(`${what}: there is no derivative of ${name} here`);
  }

  private scopeFunction(name: string): Fields | undefined {
    const value = valueIn(this.scope, name);
    if (typeof value !== 'function') {
      this.builtIn.add(name);
      return undefined;
    }
    if (!isWritten(value)) throw unsupported(`${name} is a function of JavaScript, of which no formula is known`);
    this.through.set(name, value.expr);
    return this.math.parse(`${value.syntax} = ${value.expr}`) as Fields;
  }

  /** A function of the expression's own: its formula, with the arguments for the parameters. */
  applied(own: Fields, args: readonly Read[], what: Excerpt): Read {
    const params = own.params as readonly string[];
    if (params.length !== args.length)
      throw new GradusError('argument', `${what}: ${own.name} takes ${params.length} arguments, not ${args.length}`);
    if (this.depth >= DEEPEST) throw unsupported(`${what}: functions call one another more than ${DEEPEST} deep`);
    const { locals } = this;
    // What is defined within an expression sees its names, what stands in the scope its own parameters alone.
    const around =
      this.ownFunctions.get(own.name as string) === own || own.name === '' || isInline(own, this.scope)
        ? locals
        : new Map<string, Read>();
    this.locals = new Map([...around, ...params.map((param, k) => [param, args[k]!] as const)]);
    this.depth++;
    try {
      return this.read(own.expr as MathNode);
    } finally {
      this.locals = locals;
      this.depth--;
    }
  }

  /** `map(x, exp)`, `map(x, f(t) = t^2)`, `map(x, y, f)`: the function once for all entries. */
  private mapped(args: readonly MathNode[], what: Excerpt): Read {
    if (args.length < 2) throw new GradusError('argument', `${what}: map takes arrays and a function`);
    const reads = args.slice(0, -1).map((arg) => this.read(arg));
    if ([...this.locals.values()].some((local) => local.each))
      throw unsupported(`${what}: a map within the function of a map is not supported`);
    const [first] = reads as [Read, ...Read[]];
    const wrong = reads.find((read) => !sameSizes(read.shape, first.shape));
    if (wrong) throw unsupported(`${what}: map over ${showSizes(first.shape)} and ${showSizes(wrong.shape)} is not supported`);
    if (first.shape.length === 0) throw new GradusError('shape', `${what}: map goes over an array, not a number`);
    const entries: Read[] = reads.map((read) => ({ ...read, each: true }));
    const result = this.ofEntries(args.at(-1) as Fields, entries, what);
    if (!isNumber(result)) throw unsupported(`${what}: the function must give a number for each entry`);
    // A function that does not look at its argument.
    if (result.shape.length === 0) {
      const { tree } = stretched(what, [first, { tree: result.tree, shape: [] }], (a, b) =>
        call('+', call('*', numeral(0), a), b),
      );
      return { tree, shape: first.shape };
    }
    return { tree: result.tree, shape: first.shape };
  }

  private ofEntries(given: Fields, entries: readonly Read[], what: Excerpt): Read {
    if (given.type === 'FunctionAssignmentNode') return this.applied(given, entries, what);
    if (given.type !== 'SymbolNode') throw unsupported(`${what}: the last argument of map is a function, such as f(x) = x^2`);
    const name = given.name as string;
    const own = this.ownFunctions.get(name) ?? this.scopeFunction(name);
    if (own) return this.applied(own, entries, what);
    const { math, locals } = this;
    const params = entries.map((_, k) => ` ${k + 1}`);
    const symbols = params.map((param) => new math.SymbolNode(...([param] as never[])));
    const body = new math.FunctionNode(...([name, symbols] as never[])) as Fields;
    this.locals = new Map([...locals, ...params.map((param, k) => [param, entries[k]!] as const)]);
    try {
      return this.call(body, name, symbols);
    } finally {
      this.locals = locals;
    }
  }

  /** Statements: names that are assigned stand for what they were assigned. */
  block(parts: readonly MathNode[]): Read {
    const [locals, ownFunctions] = [this.locals, this.ownFunctions];
    try {
      let last: Read | undefined;
      for (const part of parts) {
        const fields = part as Fields;
        if (part.type === 'FunctionAssignmentNode')
          this.ownFunctions = new Map(this.ownFunctions).set(fields.name as string, fields);
        else if (part.type === 'AssignmentNode') {
          if (fields.index) throw unsupported(`${excerpt(part)}: entries cannot be assigned`);
          last = this.read(fields.value as MathNode);
          this.locals = new Map(this.locals).set(fields.name as string, last);
        } else last = this.read(part);
      }
      return last ?? fail(new GradusError('argument', 'there is no expression to derive'));
    } finally {
      this.locals = locals;
      this.ownFunctions = ownFunctions;
    }
  }

  /** Of arrays that are all ones, by mathjs itself: what its version gives. */
  private shapeByMathjs(name: string, args: readonly MathNode[], what: Excerpt): readonly number[] {
    const values = args.map((arg) => {
      const read = this.moves(arg) || arg.type !== 'ConstantNode' ? this.readIfArray(arg) : undefined;
      return read ? onesOf(read.shape) : this.constant(arg, what);
    });
    try {
      return sizesOf((this.math[name] as (...given: unknown[]) => unknown)(...values));
    } catch (error) {
      throw new GradusError('shape', `${what}: ${(error as Error).message}`);
    }
  }

  private readIfArray(arg: MathNode): Read | undefined {
    if (!this.moves(arg) && arg.type === 'ArrayNode') return undefined;
    const read = this.read(arg);
    return read.shape.length > 0 ? read : undefined;
  }
}

const LENGTHS = new Set(['size', 'count']);

const isInline = (own: Fields, scope: Scope): boolean => !isWritten(valueIn(scope, own.name as string));

const onesOf = (shape: readonly number[]): unknown =>
  shape.length === 0 ? 1 : Array.from({ length: shape[0]! }, () => onesOf(shape.slice(1)));

/** What a name is called in a tree. No name of mathjs has a prime. */
export const inTree = (name: string): string => (TAKEN.has(name) ? `${name}′` : name);

const input = (name: string, shape: readonly number[]): Read => ({
  tree: { kind: 'name', name: inTree(name), span: { start: 0, end: 0 } },
  shape,
});

const fail = (error: Error): never => {
  throw error;
};

const meanings: Readonly<Record<string, Meaning>> = Object.assign(Object.create(null), entrywise, arrays);

/** A function that mathjs lacks and gradus has, such as sigmoid: of numbers, entry by entry, or softmax of a vector. */
function ofGradus(use: MathCall): Read {
  const { name, what, args } = use;
  const operator = operatorNamed.get(name);
  const reads = operator || OF_VECTORS.has(name) ? use.reads() : [];
  const [read] = reads;
  if (operator && args.length <= operator.arity && args.length >= operator.arity - (operator.defaults?.length ?? 0)) {
    const { tree, shape } = ofNumbers(what, reads, (...trees) => call(name, ...trees));
    return { tree, shape, ...(reads.some((r) => r.each) && { each: true }) };
  }
  if (OF_VECTORS.has(name) && reads.length === 1 && read!.shape.length === 1 && !read!.each)
    return { tree: call(name, read!.tree), shape: name === 'logsumexp' ? [] : read!.shape };
  throw new GradusError('name', `${what}: there is no function ${name}`);
}

const OF_VECTORS = new Set(['softmax', 'log_softmax', 'logsumexp']);
