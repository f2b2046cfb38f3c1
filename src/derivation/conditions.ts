import { constantOf } from '../graph/forms.ts';
import type { Graph } from '../graph/graph.ts';
import { inlineDefinitions } from '../graph/map.ts';
import type { Node } from '../graph/node.ts';
import type { Bounds, Caveat } from '../operators/caveat.ts';
import type { DomainNote } from './domain.ts';
import { assumed } from './guards.ts';
import { boundsBy, follows, isExcluded, isSettled, type Relation, relationsOf } from './relations.ts';

/** A note with the arguments that its condition speaks of, and what that says of parts. */
export interface Condition extends DomainNote {
  readonly about: readonly Node[];
  readonly relations?: readonly Relation[] | undefined;
}

/** What is to be said of notes: what holds anyway is not, nor what follows from others, nor a kink where there is no value. */
export const conditionsOf = (graph: Graph, notes: readonly DomainNote[]): Condition[] =>
  withoutRepeats(
    graph,
    notes.map((note) => asRelations(graph, note)).filter(({ relations }) => relations?.length !== 0),
  );

function asRelations(graph: Graph, note: DomainNote): Condition {
  const { node, caveat, never, order, within } = note;
  const subject = caveat.subject?.(node.args);
  const about = subject ? [subject, ...node.args.slice(1)] : turnedFor(caveat, node.args);
  if (never) return { ...note, about };
  const most = caveat.kind === 'kink' && !caveat.touching ? order : undefined;
  const known = within && assumed(within, new Map()).bounds;
  const found = relationsOf(graph, about, caveat.condition, { most, ...(known && { known }) });
  return { ...note, about, relations: subject && found ? found.map((r) => ({ ...r, whole: true as const })) : found };
}

/** What moves stands on the left: a kink at x = 0, not at 0 = x. */
const turnedFor = ({ kind }: Caveat, args: readonly Node[]): readonly Node[] =>
  kind === 'kink' && args.length === 2 && constantOf(args[0]!) && !constantOf(args[1]!) ? args.toReversed() : args;

/** The function itself has values where its slope has none: acos(x) at ±1. */
const isOfSlope = ({ caveat, ofSlope }: Condition): boolean => ofSlope === true || caveat.own !== undefined;

const isNeed = ({ caveat, within, never }: Condition): boolean => caveat.kind === 'needs' && !within && !never;

function withoutRepeats(graph: Graph, conditions: readonly Condition[]): Condition[] {
  const all = conditions.flatMap(({ relations }) => relations ?? []);
  const plain = inlineDefinitions(
    graph,
    all.map(({ part }) => part),
  );
  // A name and what it is are one.
  const written = new Map(all.map((relation, k) => [relation, { ...relation, part: plain[k]! }]));
  const needs = conditions.filter(isNeed);
  const ofSlopes = new Set(needs.flatMap((need) => (isOfSlope(need) ? (need.relations ?? []) : [])));
  const kept = strongest(
    needs.flatMap(({ relations }) => relations ?? []),
    written,
    ofSlopes,
  );
  const needed = [...kept].map((relation) => written.get(relation)!);
  // Of a branch, what has been said of it.
  const saidWithin = new Map<string, Relation[]>();
  return conditions.flatMap((condition): Condition[] => {
    const { caveat, relations, within } = condition;
    if (!relations) return [condition];
    const branch = within?.map((guard) => `${guard.condition.id} ${guard.holds}`).join() ?? '';
    const said = [...needed, ...(saidWithin.get(branch) ?? [])];
    const isSaid = (r: Relation): boolean => {
      const own = written.get(r)!;
      if (caveat.kind === 'kink') return !needed.some((other) => isExcluded(own, other));
      return within ? !said.some((other) => follows(own, other)) : kept.has(r);
    };
    if (caveat.kind !== 'kink' && caveat.kind !== 'needs') return [condition];
    const left = relations.filter(isSaid);
    if (within) saidWithin.set(branch, [...(saidWithin.get(branch) ?? []), ...left.map((r) => written.get(r)!)]);
    return left.length > 0 ? [{ ...condition, relations: left }] : [];
  });
}

/**
 * Relations that follow from no others: the first of equals, and none that what is known of smaller parts settles. What a function
 * needs does not follow from what a slope does.
 */
function strongest(
  relations: readonly Relation[],
  written: ReadonlyMap<Relation, Relation>,
  ofSlopes: ReadonlySet<Relation>,
): Set<Relation> {
  const open = relations.filter((r, k) => {
    const own = written.get(r)!;
    return !relations.some((other, at) => {
      const from = written.get(other)!;
      if (at === k || !follows(own, from) || (ofSlopes.has(other) && !ofSlopes.has(r))) return false;
      return at < k || !follows(from, own) || (ofSlopes.has(r) && !ofSlopes.has(other));
    });
  });
  const known = new Map<Node, Bounds>();
  const kept = new Set<Relation>();
  // From small parts up, so that no two follow from each other.
  for (const relation of open.toSorted((a, b) => written.get(a)!.part.id - written.get(b)!.part.id)) {
    const own = written.get(relation)!;
    if (!known.has(own.part) && isSettled(own, { known })) continue;
    kept.add(relation);
    const bounds = boundsBy(own);
    if (bounds && !known.has(own.part)) known.set(own.part, bounds);
  }
  return kept;
}
