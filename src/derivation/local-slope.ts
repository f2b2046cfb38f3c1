import { differentiate } from '../differentiate/sweep.ts';
import type { Graph } from '../graph/graph.ts';
import { mapGraph } from '../graph/map.ts';
import { isNamed, type Node, type Variable } from '../graph/node.ts';
import { attempt } from '../language/attempt.ts';
import { namesWithin, subexpressions } from '../language/parts.ts';
import type { Expr, Subscripted } from '../language/tree.ts';
import { replaced } from '../language/trees.ts';
import type { Model } from '../model/model.ts';
import { type Places, Unwritable } from '../reading/entry.ts';
import { oneQuotient } from '../reading/one-quotient.ts';
import { asSaid } from '../reading/said.ts';
import { toStatements } from '../reading/source.ts';
import { call, isCall, name } from '../reading/syntax.ts';
import { forReading } from '../simplify/pipelines.ts';
import { type Path, pathOf, placesOf } from './paths.ts';
import { Trace } from './steps.ts';
import type { Page } from './walk.ts';
import { pageOf } from './working-page.ts';

/** What a change of one quantity does to another that it is a part of, where every other quantity is held. */

/**
 * @param to what is made of the other
 * @param from the part that moves
 * @param quantities all that stand for themselves, those without a name too
 * @returns undefined where neither a line of entries nor one formula says it
 */
export function localSlope(model: Model, to: Node, from: Node, quantities: readonly Node[]): Expr | undefined {
  const { graph } = model;
  const held = heldQuantities(graph, to, quantities);
  const by = held.get(from);
  if (!by) return undefined;
  const inner = to.kind === 'definition' ? to.value : to;
  const [value] = mapGraph(
    graph,
    [inner],
    (n, original) => held.get(original) ?? n,
    (n) => held.has(n),
  );
  const objective = { node: value!, sense: 'none', span: { start: 0, end: 0 } } as const;
  // What stands for a quantity without a name has the letters of what that is made of.
  const unnamed = [...held].flatMap(([node, variable]) => (isCalled(node) ? [] : [{ node, variable }]));
  const told = pageOf({ model: { ...model, definitions: [], objective }, name: '', steps: [] }, unnamed);
  const page: Page = { ...told, front: [] };
  const found = to.shape.length === 0 || from.shape.length === 0 ? ofOneNumber(page, value!, by) : entryByEntry(page, value!, by);
  const slope = found && attempt(() => named(page, found, held), Unwritable);
  return slope && oneQuotient(slope, graph.decimals);
}

/** Each quantity as a variable: under its own name, or under one that no source can have. */
function heldQuantities(graph: Graph, to: Node, quantities: readonly Node[]): ReadonlyMap<Node, Variable> {
  const own = (n: Node): Variable => {
    if (n.kind === 'variable') return n;
    return graph.variable(isNamed(n) ? n.name : placeholder(n), n.shape);
  };
  return new Map(quantities.filter((n) => n !== to).map((n) => [n, own(n)]));
}

const isCalled = (node: Node): boolean => node.kind === 'variable' || isNamed(node);

const placeholder = ({ id }: Node): string => `⟨${id}⟩`;

/**
 * A quantity without a name is what it is made of, an entry of it that of this.
 * @throws Unwritable where neither can be said
 */
function named({ graph, forms }: Page, slope: Expr, held: ReadonlyMap<Node, Variable>): Expr {
  const unnamed = new Map([...held.keys()].flatMap((n) => (isCalled(n) ? [] : [[placeholder(n), n] as const])));
  const nodeOf = (e: Expr): Node | undefined => (e.kind === 'name' ? unnamed.get(e.name) : undefined);
  const letters = namesWithin(slope);
  const written = replaced(slope, (e) => {
    const places = e.kind === 'subscripted' ? placesIn(e) : undefined;
    const node = places && e.kind === 'subscripted' ? nodeOf(e.target) : undefined;
    return node && places && forms.read(node, alongAxes(node, places), letters);
  });
  return replaced(written, (e) => {
    const node = nodeOf(e);
    if (!node) return undefined;
    const line = lineOf(graph, node);
    if (!line) throw new Unwritable();
    return line;
  });
}

/** What stands at the axes where each has one place. */
function placesIn({ subscripts }: Subscripted): readonly Expr[] | undefined {
  const places = subscripts.flatMap((s) => (s.kind === 'at' ? [s.index] : []));
  return places.length === subscripts.length ? places : undefined;
}

/** Nothing stands at an axis of length 1. */
function alongAxes({ shape }: Node, places: readonly Expr[]): Places {
  const waiting = [...places];
  return shape.map((dim) => (dim === 1 ? undefined : waiting.shift()));
}

/** One formula, if it is one. */
function lineOf(graph: Graph, node: Node): Expr | undefined {
  const statements = toStatements(asSaid(graph, node), { graph, reserved: graph.names, lengths: graph.lengths });
  const [only] = statements;
  return statements.length === 1 && only?.kind === 'objective' ? only.value : undefined;
}

/** Where one of the two is a number the slope has the shape of the other. */
function ofOneNumber({ graph, forms }: Page, value: Node, by: Variable): Expr | undefined {
  const [slope] = forReading(graph, differentiate(graph, value, [by])) as [Node];
  const entry = attempt(() => forms.read(slope, forms.places(slope)), Unwritable);
  // What is put at one place of an array is shown there: [1; 0], not whether i is 1.
  const isPlaced = entry && [...subexpressions([entry])].some((part) => isCall(part, '=='));
  return isPlaced ? lineOf(graph, slope) : (entry ?? lineOf(graph, slope));
}

/** The product of the slopes on the way down; of several ways that end at the same entries their sum. */
function entryByEntry(page: Page, value: Node, by: Variable): Expr | undefined {
  const { graph } = page;
  const trace = new Trace();
  differentiate(graph, value, [by], trace);
  const [step] = trace.steps(graph, { node: value, name: '' }, [by]);
  const one = graph.constant(1);
  const ways = step?.explained.ways().map((way) => ({ ...way, isObjective: false, adjoint: one })) ?? [];
  const places = placesOf(page, by);
  const paths = attempt(() => ways.map((way) => pathOf(page, name(by.name), way, places)), Unwritable) ?? [];
  const endsOf = (path: Path): string => JSON.stringify(path.fromPlaces);
  const [first] = paths;
  if (!first || paths.some((path) => endsOf(path) !== endsOf(first))) return undefined;
  return paths.length === 1 ? first.slope : call('+', ...paths.map(({ slope }) => slope));
}
