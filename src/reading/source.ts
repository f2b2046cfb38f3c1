import { type Dim, dimensionNames } from '../graph/dimension.ts';
import type { Graph } from '../graph/graph.ts';
import type { NameSet } from '../graph/names.ts';
import { isNamed, type Node } from '../graph/node.ts';
import { topological, valueParts } from '../graph/traverse.ts';
import { namesWithin } from '../language/parts.ts';
import type { Statement } from '../language/tree.ts';
import { leaves } from '../language/trees.ts';
import { ownWeight } from '../simplify/weight.ts';
import { FreshNames } from './fresh-names.ts';
import type { Notation } from './hoist.ts';
import { hoistInto } from './hoisting.ts';
import { withNamedEntries } from './named-entries.ts';
import { Reader } from './read.ts';
import { repeatedParts } from './repeated-parts.ts';
import { call, isCall, NOWHERE } from './syntax.ts';

/** A step up to so many names and numbers is written without names for what it repeats. */
const LONGEST_STEP = 80;

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
  const given = new FreshNames(own, reserved);
  const names = new Map<Node, string>();
  const repeated = repeatedParts(terms, order, known);
  const statements: Statement[] = [];
  const hoist = hoistInto(statements, given, {
    lengths,
    notation,
    decimals,
    ...(graph && { graph }),
    ...(from !== undefined && { first: from }),
  });
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
