import { boundsOf } from '../facts/bounds.ts';
import { constantOf } from '../graph/forms.ts';
import type { Graph } from '../graph/graph.ts';
import { inlineDefinitions, mapGraph } from '../graph/map.ts';
import { stateOf } from '../graph/named-steps.ts';
import { type Apply, type ArrayApply, type Contraction, children, type Definition, isNamed, type Node } from '../graph/node.ts';
import { isFlatAlong } from '../graph/stretching.ts';
import { carriedAlong, dependents, topological } from '../graph/traverse.ts';
import { lazily } from '../language/lazily.ts';
import { type Bounds, type Caveat, kinkAtZero, needsNonzero, needsPositive } from '../operators/caveat.ts';
import { isChoice } from '../operators/comparison.ts';
import { isDerivable } from '../operators/operator.ts';
import { pow } from '../operators/power.ts';
import { recurrenceNamed } from '../reading/lag-form.ts';
import { alternatives, assumed, type Guard, guardsOf } from './guards.ts';
import { isSeamless } from './seams.ts';
import { around, isSmoothed } from './smoothed.ts';

/** A caveat of an operator, at the node where it matters. */
export interface DomainNote {
  readonly node: Apply | ArrayApply;
  readonly caveat: Caveat;
  /** What has to hold for the node to be looked at: it is in a branch. */
  readonly within?: readonly Guard[];
  /** The function has a value everywhere: the condition is one of its slope alone. */
  readonly ofSlope?: true;
  /** The condition is one of numbers, and does not hold: 1/0. */
  readonly never?: true;
  /** The order of the derivative: a kink of a higher one does not count. */
  readonly order?: number;
}

/** What is derived, by what, and what came of it. */
export interface Derived {
  readonly graph: Graph;
  /** In the form that runs. */
  readonly objective: Node;
  /** As it was written: 1/x is there in x/x. */
  readonly written: Node;
  /** What was asked for something, wherever it is looked at: x of √x · √x. */
  readonly asked?: readonly Apply[];
  readonly derivatives: readonly Node[];
  /** A choice by other things has no border in them. */
  readonly variables: readonly Node[];
  /** How often it is derived. */
  readonly order?: number;
  /** The form in which nodes run. */
  readonly run: (nodes: readonly Node[]) => readonly Node[];
}

/**
 * Where an expression or its derivatives do not hold: the caveats of their operators that are not known to be no
 * trouble, each argument's once. A derivative may hold in fewer places than what it is the derivative of, as that of √x
 * at 0; what follows from the conditions of the expression itself is not said again, nor what a choice keeps out.
 */
export function domainNotes({
  graph,
  objective,
  written,
  asked = [],
  derivatives,
  variables,
  order = 1,
  run,
}: Derived): DomainNote[] {
  const wholes = [objective, ...run(stepsWithin([objective]))];
  const slopes = [...derivatives, ...run(stepsWithin(derivatives))];
  const moving = dependents(topological([...wholes, written, ...slopes]), variables);
  const values = valuesIn(wholes);
  const passing = new Set(topological(wholes, isStopped));
  const uses = lazily(() => around(graph, wholes, order));
  const matters = ({ node, caveat }: DomainNote): boolean => {
    const { kind } = caveat;
    if (kind === 'branch')
      return moving.has(node.args[0]!) && !(order === 1 && isChoice(node) && isSeamless(graph, node, variables));
    if (kind === 'kink')
      return passing.has(node) && node.args.some((arg) => moving.has(arg)) && !isSmoothed(node, caveat, uses());
    return kind !== 'jump' || (values.has(node) && node.args.some((arg) => moving.has(arg)));
  };
  const seen = caveatsIn(wholes, new Map(), order).filter(matters);
  const own = [...seen, ...unsaid(asked, seen, { graph, objective, written, run })];
  const known = new Map<Node, Bounds>();
  for (const { node, caveat, within } of own) if (caveat.implies && !within) known.set(node.args[0]!, caveat.implies);
  // A choice that the expression does not have is a rule's own: what it takes for the slope at a kink is said there. A kink
  // of the derivative is no place where it does not hold, and its poles are those of the function.
  const found = caveatsIn(slopes, known).filter(({ caveat, never }) => caveat.kind === 'needs' && !caveat.poles && !never);
  const kept = found.length > 0 ? keptBySlopes(graph, own, known, run) : undefined;
  const theirs = found.filter(({ node }) => !kept?.has(node.args[0]!));
  const all = [...own, ...theirs, ...cancelled(written, [...own, ...theirs], run)];
  const notes = ofSteps(graph, all, run);
  const told = new Map<string, DomainNote>();
  for (const note of notes.map((own) => onceAlong(graph, own))) {
    const key = keyOf(note);
    if (!told.has(key)) told.set(key, note);
  }
  return [...told.values()];
}

/** What is said of an entry, said once and not for each entry of an axis along which its arguments only stretch. */
function onceAlong(g: Graph, note: DomainNote): DomainNote {
  const { node } = note;
  if (node.kind !== 'apply') return note;
  const stays = node.shape.flatMap((_, axis) =>
    node.args.every((arg) => arg.shape.length === 0 || isFlatAlong(arg, axis)) ? [] : [axis],
  );
  if (stays.length === node.shape.length) return note;
  const args = node.args.map((arg) => (arg.kind === 'contraction' && arg.shape.length > 0 ? along(g, arg, stays) : arg));
  const once = g.apply(node.operator, ...args);
  return once.kind === 'apply' ? { ...note, node: once } : note;
}

/** A product that stretches, along the axes that are kept alone. */
function along(g: Graph, node: Contraction, kept: readonly number[]): Node {
  const result = kept.map((axis) => node.result[axis]!);
  const used = new Set([...result, ...node.indices.flat()]);
  return g.contract({ ...node, result, sizes: new Map([...node.sizes.entries()].filter(([i]) => used.has(i))) });
}

/** The steps of recurrences, over the values that these go through: there they can be told. */
const stepsWithin = (roots: readonly Node[]): Node[] =>
  topological(roots).flatMap((node) => (node.kind === 'recurrence' ? [node.resolved()] : []));

/**
 * Of the steps of recurrences what they compute by its name: over the values that a recurrence goes through, and not again
 * over what stands for one of them.
 */
function ofSteps(g: Graph, notes: readonly DomainNote[], run: Derived['run']): readonly DomainNote[] {
  const resolved = [...g.steps.resolvedNames()];
  if (resolved.length === 0) return notes;
  const carried = carriedAlong(topological(notes.map(({ node }) => node)));
  // What a recurrence goes through has its name too: h[t − 1].
  const known = [...resolved, ...resolved.flatMap(([, name]) => valuesNamed(g, name).map((value) => [value, name] as const))];
  const forms = run(known.map(([node]) => node));
  const names = new Map<Node, Node>(known.flatMap(([node, name], k) => [[forms[k]!, name] as const, [node, name] as const]));
  const named = notes.flatMap((note): DomainNote[] => {
    const { node } = note;
    if (carried.has(node)) return [];
    const args = mapGraph(
      g,
      node.args,
      (part, original) => names.get(original) ?? part,
      (part) => names.has(part),
    );
    if (args.every((arg, k) => arg === node.args[k])) return [note];
    const made = node.kind === 'apply' ? g.apply(node.operator, ...args) : g.array(node.operator, ...args);
    return made.kind === 'apply' || made.kind === 'array' ? [{ ...note, node: made }] : [note];
  });
  // In a form that has lost the names it is said of what nobody knows: with them it is there too.
  const isNameless = ({ node }: DomainNote): boolean => topological(node.args, isNamed).some((n) => n.kind === 'recurrence');
  const told = new Set(named.flatMap((note) => (isNameless(note) ? [] : [note.caveat])));
  return named.filter((note) => !isNameless(note) || !told.has(note.caveat));
}

/** The values of a recurrence, or those of one of its states, in the forms in which steps read them. */
function valuesNamed(g: Graph, name: Definition): Node[] {
  const recurrence = recurrenceNamed(name);
  const state = recurrence && g.steps.statesOf(recurrence.previous).find((s) => s.name === name.name && s.steps === 1);
  if (!state) return [];
  const values = stateOf(g, g.given(recurrence), state);
  return [values, g.hold(values)];
}

/** What the slopes of functions ask something of, where the functions' own conditions are enough for them. */
function keptBySlopes(g: Graph, own: readonly DomainNote[], known: ReadonlyMap<Node, Bounds>, run: Derived['run']): Set<Node> {
  const enough = own.flatMap(({ node, caveat, within }) => (caveat.enough && !within && node.kind === 'apply' ? [node] : []));
  const slopes = run([...new Set(enough)].flatMap((node) => slopesOf(g, node)));
  return new Set(caveatsIn(slopes, known).map(({ node }) => node.args[0]!));
}

/** The slopes of an entrywise function by its arguments. */
function slopesOf(g: Graph, { operator, args }: Apply): Node[] {
  const y = g.apply(operator, ...args);
  return operator.partials.filter((_, at) => isDerivable(operator, at)).map((slope) => slope(g, args, y));
}

/** Nothing goes on to what is in it: its kinks are nobody's. */
const isStopped = (node: Node): boolean => node.kind === 'apply' && node.operator.stopped === true;

/** What counts as a number, and not only as the condition of a choice, whose border is told with the choice. */
function valuesIn(roots: readonly Node[]): ReadonlySet<Node> {
  const found = new Set<Node>();
  const open = [...roots];
  for (let node = open.pop(); node; node = open.pop()) {
    if (found.has(node)) continue;
    found.add(node);
    open.push(...(isChoice(node) ? node.args.slice(1) : children(node)));
  }
  return found;
}

const keyOf = ({ node: { args }, caveat: { kind, condition }, within = [] }: DomainNote): string =>
  [kind, condition(...args.map((arg) => String(arg.id))), ...within.map((guard) => `${guard.condition.id} ${guard.holds}`)].join(
    ' ',
  );

/** What functions need that are in the source, and not in what was made of it: x ≥ 0 for √x·√x, which is x. */
function unsaid(
  asked: readonly Apply[],
  notes: readonly DomainNote[],
  { graph, objective, written, run }: Pick<Derived, 'graph' | 'objective' | 'written' | 'run'>,
): DomainNote[] {
  if (asked.length === 0) return [];
  // Parts have got names since they were asked.
  const plain = (nodes: readonly Node[]): readonly Node[] => inlineDefinitions(graph, nodes);
  const [there, runs] = [written, objective].map((root) => new Set(topological(plain([root])))) as [Set<Node>, Set<Node>];
  const nodes = plain(asked);
  const forms = plain(run(nodes));
  const gone = new Set(nodes.filter((node, k) => !there.has(node) || !runs.has(forms[k]!)));
  const needed = notes.filter(({ caveat }) => caveat.kind === 'needs');
  const args = plain(needed.map(({ node }) => node.args[0]!));
  // Beside x ≥ 0 it is said that x ≠ 0.
  const isTold = ({ node, caveat: own }: DomainNote): boolean =>
    needed.some(({ caveat, within }, k) => {
      const isStronger = !own.strength || caveat.condition === own.condition || (caveat.strength === 2 && !within);
      return isStronger && node.args.includes(args[k]!);
    });
  return caveatsIn([...gone]).filter(
    (note) => gone.has(note.node) && note.caveat.kind === 'needs' && !note.never && !isTold(note),
  );
}

/** Quotients that are written and not there in the form that runs, since what they divide by has cancelled. */
function cancelled(written: Node, notes: readonly DomainNote[], run: Derived['run']): DomainNote[] {
  const isDivided = ({ condition }: Caveat, { operator }: DomainNote['node']): boolean =>
    condition === needsNonzero.condition || (operator === pow && condition === needsPositive.condition);
  const found = caveatsIn([written]).filter(({ node, caveat, never }) => isDivided(caveat, node) && !never);
  if (found.length === 0) return [];
  const args = run(found.map(({ node }) => node.args[0]!));
  // Beside x ≥ 0 it is said that x > 0.
  const needed = notes.filter(({ caveat }) => caveat.kind === 'needs');
  return found.filter(({ node, caveat }, k) => {
    const same = needed.filter((note) => [args[k], node.args[0]].includes(note.node.args[0]));
    return same.length === 0 || (caveat.strength === 2 && same.every((note) => note.caveat.strength === 1));
  });
}

function caveatsIn(roots: readonly Node[], known: ReadonlyMap<Node, Bounds> = new Map(), order = 1): DomainNote[] {
  const bounds = boundsOf(roots, known);
  const guards = guardsOf(roots, 'conditions too');
  const ofNumbers = guardsOf(roots, 'numbers alone');
  const isReached = (node: Apply | ArrayApply, caveat: Caveat): boolean =>
    ofNumbers.get(node)?.every((chain) => isKeptOut(node, caveat, chain, known)) !== true;
  return topological(roots).flatMap((node): DomainNote[] => {
    if (node.kind !== 'apply' && node.kind !== 'array') return [];
    const worth = node.args.map((arg) => bounds.get(arg)!);
    const open = (node.operator.caveats ?? []).filter((c) => (c.applies?.(node.args) ?? true) && !c.settled?.(...worth));
    return open.flatMap((caveat): DomainNote[] => {
      if (caveat.kind === 'kink' && !isReached(node, caveat)) return [];
      if (caveat.kind !== 'needs') return [{ node, caveat, order }];
      if (isAboutNumbers(caveat, node)) return [{ node, caveat, never: true }];
      const within = guards.get(node);
      const note: DomainNote = { node, caveat, ...(caveat.own?.settled(worth[0]!) && { ofSlope: true }) };
      if (!within) return [note];
      // In several branches: what one of them does not keep out is said of it.
      const left = within.find((chain) => !isKeptOut(node, caveat, chain, known));
      return left ? [{ ...note, within: left }] : [];
    });
  });
}

/** Whether the condition speaks of numbers alone. */
const isAboutNumbers = ({ condition }: Caveat, { args }: Apply | ArrayApply): boolean => {
  const [here, elsewhere] = [' here ', ' elsewhere '];
  const text = condition(here, elsewhere, elsewhere);
  return args.every((arg, k) => !text.includes(k === 0 ? here : elsewhere) || constantOf(arg) !== undefined);
};

/** Whether a branch is not taken where a condition fails. */
const isKeptOut = (
  node: Apply | ArrayApply,
  caveat: Caveat,
  chain: readonly Guard[],
  known: ReadonlyMap<Node, Bounds>,
): boolean => alternatives(chain).every((way) => isKeptOutBy(node, caveat, way, known));

function isKeptOutBy(
  { args }: Apply | ArrayApply,
  caveat: Caveat,
  chain: readonly Guard[],
  known: ReadonlyMap<Node, Bounds>,
): boolean {
  const { bounds, nonzero } = assumed(chain, known);
  const isAtZero = caveat.condition === needsNonzero.condition || caveat.condition === kinkAtZero.condition;
  if (isAtZero && nonzero.has(args[0]!)) return true;
  if (bounds.size === 0 || !caveat.settled) return false;
  const found = boundsOf(args, bounds);
  return caveat.settled(...args.map((arg) => found.get(arg)!));
}
