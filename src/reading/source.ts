import { type Dim, dimensionNames } from '../graph/dimension.ts';
import type { Graph } from '../graph/graph.ts';
import type { NameSet } from '../graph/names.ts';
import { children, isConstant, isNamed, type Node } from '../graph/node.ts';
import { topological, valueParts } from '../graph/traverse.ts';
import { namesWithin } from '../language/parts.ts';
import type { Expr, Statement, Subscript } from '../language/tree.ts';
import { leaves } from '../language/trees.ts';
import { ownWeight } from '../simplify/weight.ts';
import type { Hoist, Notation, Steps } from './hoist.ts';
import { laggedOf } from './lag-form.ts';
import { withNamedEntries } from './named-entries.ts';
import { Reader } from './read.ts';
import { call, isCall, NOWHERE, numeralOf } from './syntax.ts';

/** Written out, an expression up to this long keeps repeated scalar parts; a longer one names them. */
const LONG = 200;
/** A part that is used this often and is this long gets a name. */
const OFTEN = 3;
const WORTH_A_NAME = 6;
/** A step up to so many names and numbers is written without names for what it repeats. */
const LONGEST_STEP = 80;
/** The name of a function that is written again rather than named: softmax. */
const LONGEST_CALL = 7;

interface SourceOptions {
  /** Names that the user has for parts. */
  readonly known?: ReadonlyMap<Node, string>;
  /** Names that mean something else where the text is read. */
  readonly reserved?: NameSet;
  /** Names that stand for lengths there, and for nothing else. */
  readonly lengths?: NameSet;
  readonly notation?: Notation;
  /** What the nodes are from: its source may write numbers as decimals, its matrices may be symmetric. */
  readonly graph?: Graph;
  /** Decimals whatever the graph says. */
  readonly decimals?: boolean;
  /** The terms of a sum, in the order in which they are to stand. */
  readonly terms?: readonly Node[];
  /** The number of the first entry of what it is the value of, where that runs along steps. */
  readonly first?: Dim | undefined;
}

/**
 * A node as a source: one expression, preceded by definitions for parts that would be written again and again, and for
 * arrays that only index notation can say. So a shared graph prints in linear space, and the text parses back to it.
 */
export function toStatements(
  root: Node,
  {
    known = new Map(),
    reserved = new Set(),
    lengths = new Set(),
    notation = 'matrix',
    graph,
    decimals = graph?.decimals ?? false,
    terms = [root],
    first: from,
  }: SourceOptions = {},
): Statement[] {
  const order = topological(terms, (n) => n.kind === 'definition', valueParts);
  const own = order.flatMap((n) => [
    ...(n.kind === 'variable' || isNamed(n) ? [n.name] : []),
    ...n.shape.flatMap(dimensionNames),
  ]);
  const given = new Names(own, reserved);
  const names = new Map<Node, string>();
  const repeated = repeatedParts(terms, order, known);
  const statements: Statement[] = [];
  const times = new Map<string, string>();
  const timeName = (letter = 't'): string => {
    const known = times.get(letter) ?? given.fresh(letter);
    times.set(letter, known);
    return known;
  };
  const hoist: Hoist = {
    taken: given,
    lengths,
    notation,
    decimals,
    ...(graph && { graph }),
    ...(from !== undefined && { first: from }),
    define: (subscripts, value) => {
      const name = given.fresh('T');
      statements.push(entriesOf(name, subscripts, value));
      return { kind: 'name', name, span: NOWHERE };
    },
    fresh: (stem) => given.fresh(stem),
    repeated: (part) =>
      repeatedParts(
        [part],
        topological([part], (n) => n.kind === 'definition'),
      ),
    time: timeName,
    along: (steps, say) => {
      const time = timeName(steps.letter);
      const value = say(time);
      const name = given.fresh('T');
      statements.push(entriesOf(name, [overTime(time, steps)], value));
      return { kind: 'name', name, span: NOWHERE };
    },
    recur: (stem, say) => {
      const name = given.fresh(/^\w+$/u.test(stem) ? stem : 'S');
      const { firstPlace, first, length, parts, step } = say(name, timeName());
      const now = overTime(timeName(), { from: numeralOf(1), to: length });
      statements.push(entriesOf(name, [{ kind: 'at', index: firstPlace, span: NOWHERE }], first));
      for (const part of parts) statements.push(entriesOf(part.name, [now, ...part.subscripts], part.value));
      statements.push(entriesOf(name, [now], step));
      return name;
    },
  };
  // Of one step that is not long nothing needs a name for being repeated.
  const isNaming = graph?.steps.hasAny && [...repeated].some((node) => !known.has(node));
  const alone = isNaming && terms.length === 1 ? new Reader(known, hoist).atSteps(root) : undefined;
  if (alone) {
    const said: Statement[] = [...statements, { kind: 'objective', sense: 'none', span: NOWHERE, value: alone }];
    if (said.reduce((sum, s) => sum + ('value' in s && s.value ? leaves(s.value) : 0), 0) <= LONGEST_STEP)
      return withoutUnused(withNamedEntries(said));
    statements.length = 0;
  }
  for (const node of order) if (repeated.has(node)) names.set(node, known.get(node) ?? given.fresh('t'));
  const reader = new Reader(names, hoist);
  for (const node of order) {
    const name = names.get(node);
    if (name === undefined) continue;
    const body = reader.readBody(node);
    // What is written turned round gets its name as it stands.
    const isTurned = isCall(body, 'transpose') && !known.has(node);
    if (isTurned) reader.turned.add(node);
    const value = isTurned ? body.args[0]! : body;
    statements.push({ kind: 'assignment', name, at: NOWHERE, span: NOWHERE, value });
  }
  const [first, ...more] = terms.map((term) => reader.readAtSteps(term));
  const value = more.length > 0 ? call('+', first!, ...more) : first!;
  statements.push({ kind: 'objective', sense: 'none', span: NOWHERE, value });
  return withoutUnused(withNamedEntries(statements));
}

const entriesOf = (name: string, subscripts: readonly Subscript[], value: Expr): Statement => ({
  kind: 'entries',
  name,
  at: NOWHERE,
  span: NOWHERE,
  subscripts,
  value,
});

/** `t=1:T`. */
const overTime = (time: string, { from, to }: Pick<Steps, 'from' | 'to'>): Subscript => ({
  kind: 'binder',
  index: { name: time, from, to, span: NOWHERE },
  span: NOWHERE,
});

/** Without parts that nothing needs: one may be written in another way in the end. */
function withoutUnused(statements: readonly Statement[]): Statement[] {
  const parts = new Map<string, Statement[]>();
  for (const s of statements) if (isPart(s)) parts.set(s.name, [...(parts.get(s.name) ?? []), s]);
  const used = new Set<string>();
  const open: Statement[] = statements.filter((s) => !isPart(s));
  for (let s = open.pop(); s; s = open.pop()) {
    if (!('value' in s)) continue;
    for (const name of namesWithin(s.value)) {
      if (used.has(name)) continue;
      used.add(name);
      open.push(...(parts.get(name) ?? []));
    }
  }
  return statements.filter((s) => !isPart(s) || used.has(s.name));
}

const isPart = (s: Statement): s is Extract<Statement, { kind: 'entries' | 'assignment' }> =>
  s.kind === 'entries' || s.kind === 'assignment';

/** Names that the source does not have yet: t, t2, t3 … */
class Names implements NameSet {
  private readonly own: Set<string>;
  private readonly reserved: NameSet;
  private readonly next = new Map<string, number>();

  constructor(own: Iterable<string>, reserved: NameSet) {
    this.own = new Set(own);
    this.reserved = reserved;
  }

  has(name: string): boolean {
    return this.own.has(name) || this.reserved.has(name);
  }

  fresh(stem: string): string {
    let k = this.next.get(stem) ?? 1;
    let name = k === 1 ? stem : `${stem}${k}`;
    while (this.has(name)) name = `${stem}${++k}`;
    this.next.set(stem, k + 1);
    this.own.add(name);
    return name;
  }
}

/**
 * About how long a node is when it is written out, the definitions that are not opaque replaced by their values.
 * Saturates at a thousand million.
 */
export function writtenLength(root: Node, opaque: (definition: Node) => boolean): number {
  const weights = new Map<Node, number>();
  const of = (part: Node): number => weights.get(part)!;
  for (const node of topological([root], (n) => n.kind === 'definition' && opaque(n))) {
    const own = node.kind === 'definition' && !opaque(node) ? of(node.value) : ownWeight(node, of);
    weights.set(node, Math.min(1e9, own));
  }
  return of(root);
}

/** `inv(S)`, `softmax(z)`: a name for it would say less, and be hardly shorter. */
const isCallOfNames = (node: Node): boolean =>
  (node.kind === 'array' || node.kind === 'apply') &&
  node.operator.name.length <= LONGEST_CALL &&
  node.args.every((arg) => arg.kind === 'variable' || arg.kind === 'definition');

/** Parts worth a name: how often each would be written, counted down from the roots, a named part counting once. */
function repeatedParts(roots: readonly Node[], order: readonly Node[], known: ReadonlyMap<Node, string> = new Map()): Set<Node> {
  const weights = new Map<Node, number>();
  for (const node of order)
    weights.set(
      node,
      Math.min(
        1e9,
        ownWeight(node, (part) => weights.get(part)!),
      ),
    );
  const long = roots.reduce((length, root) => length + weights.get(root)!, 0) > LONG;
  const whole = new Set(roots);
  const written = new Map<Node, number>(roots.map((root) => [root, 1]));
  const named = new Set<Node>();
  for (let k = order.length - 1; k >= 0; k--) {
    const node = order[k]!;
    const times = written.get(node) ?? 0;
    const worth =
      !whole.has(node) &&
      !isConstant(node) &&
      node.kind !== 'affine' &&
      node.kind !== 'definition' &&
      node.kind !== 'variable' &&
      (known.has(node) || !isCallOfNames(node)) &&
      weights.get(node)! >= WORTH_A_NAME;
    const often = node.shape.length > 0 ? OFTEN : 2;
    const name = worth && times >= often && (long || node.shape.length > 0);
    if (name) named.add(node);
    if (isNamed(node)) continue;
    // Of what a recurrence starts its steps from only the recurrence is written: h[t − 1].
    const lagged = laggedOf(node);
    for (const part of lagged ? [lagged.source] : children(node))
      written.set(part, Math.min(1e9, (written.get(part) ?? 0) + (name ? 1 : times)));
  }
  return named;
}
