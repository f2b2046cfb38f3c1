import { sweep } from '../differentiate/sweep.ts';
import { constantOf } from '../graph/forms.ts';
import type { Graph } from '../graph/graph.ts';
import { mapGraph } from '../graph/map.ts';
import { isNamed, type Node } from '../graph/node.ts';
import { attempt } from '../language/attempt.ts';
import type { Expr, Statement } from '../language/tree.ts';
import { leaves } from '../language/trees.ts';
import { type Places, targetEntry, Unwritable } from '../reading/entry.ts';
import { oneQuotient } from '../reading/one-quotient.ts';
import { toStatements } from '../reading/source.ts';
import { call, name } from '../reading/syntax.ts';
import { forReading } from '../simplify/pipelines.ts';
import { type Path, pathOf, placesOf } from './paths.ts';
import type { Step } from './steps.ts';
import type { Page, Way } from './walk.ts';
import type { Explained } from './working-lines.ts';

/** What flows back along an arrow of the graph, from a quantity to one that it is made of. */
export interface Flow {
  readonly of: string;
  readonly by: string;
  /** What arrives at the first: dZ_ik; none where it is the objective, at which 1 arrives. */
  readonly arrives?: Expr;
  /** What a change of the second does to it, entry by entry, ∂Z_ik/∂W_ij = X_jk, where entries can say it and there is one way. */
  readonly slope?: Expr;
  /** What the second gets: Σ_k dZ_ik X_jk. */
  readonly passes: Expr;
  /** Names that it uses: parts that have to be said entry by entry. */
  readonly where?: readonly Statement[];
  /** Of what that is a part: an entry of ∂Cost/∂W, or all of it where entries cannot say what flows. */
  readonly to: Expr;
}

/** The flows of all steps, an arrow each: several ways between the same two are added up. */
export const flowsOf = (page: Page, steps: readonly Step[]): Flow[] =>
  steps.flatMap((step) => {
    const { explained } = step;
    if (explained.name === '') return [];
    const ways = explained.ways();
    const between = new Set(ways.map(({ from }) => from));
    return [...between].flatMap((value) => {
      const own = ways.filter(({ from }) => from === value);
      return flowOf(page, step, own) ?? [];
    });
  });

function flowOf(page: Page, step: Step, ways: readonly Way[]): Flow | undefined {
  const { target, explained } = step;
  const [first] = ways as [Way];
  const between = { of: first.name ?? page.objective, by: explained.name, to: name(target) };
  const places = placesOf(page, explained.node);
  const paths = attempt(() => ways.map((way) => pathOf(page, name(explained.name), way, places)), Unwritable);
  if (!paths) return wholeFlow(page, explained, first, between);
  const [path] = paths as [Path];
  const passes = paths.length === 1 ? path.product : call('+', ...paths.map(({ product }) => product));
  // Where 1 arrives, and nothing else, the slope is the derivative itself, which may have fewer signs: (A − Y)/m for ½·2(A − Y)/m.
  const short = path.arriving || explained.ways().length > ways.length ? undefined : shorterThan(page, step, passes, places);
  if (short) return { ...between, to: targetEntry(target, places, page.front, page.graph.names), slope: short, passes: short };
  return {
    ...between,
    to: targetEntry(target, places, page.front, page.graph.names),
    ...(path.arriving && { arrives: path.arriving }),
    ...(paths.length === 1
      ? { slope: oneQuotient(path.slope, page.graph.decimals) }
      : path.arriving === undefined && { slope: passes }),
    passes,
  };
}

function shorterThan({ forms, front }: Page, { after }: Step, given: Expr, places: Places): Expr | undefined {
  const found = attempt(() => forms.read(after, [...front, ...places]), Unwritable);
  return found && leaves(found) < leaves(given) ? found : undefined;
}

/** What entries cannot say, as whole arrays: the sweep through the one value, everything else that has a name held. */
function wholeFlow({ graph }: Page, { node }: Explained, way: Way, between: Pick<Flow, 'of' | 'by' | 'to'>): Flow | undefined {
  const isHeld = (n: Node): boolean => n !== node && isNamed(n);
  const [value] = mapGraph(
    graph,
    [way.value],
    (n) => (isNamed(n) && isHeld(n) ? graph.variable(n.name, n.shape) : n),
    (n) => n === node || isHeld(n),
  );
  const isOne = way.isObjective || constantOf(way.adjoint)?.equals(1) === true;
  const { adjoint } = way;
  const arriving = isNamed(adjoint) ? graph.variable(adjoint.name, adjoint.shape) : adjoint;
  const [found] = sweep(graph, value!, [node], arriving, undefined, false);
  if (!found) return undefined;
  const [passes, arrives] = forReading(graph, [found, arriving]).map((node) => writtenOut(graph, node)) as [Written, Written];
  return {
    ...between,
    ...(!isOne && { arrives: arrives.value }),
    passes: passes.value,
    ...(passes.where.length > 0 && { where: passes.where }),
  };
}

interface Written {
  readonly value: Expr;
  readonly where: readonly Statement[];
}

function writtenOut(graph: Graph, node: Node): Written {
  const where = toStatements(node, { notation: 'matrix', graph, reserved: graph.names, lengths: graph.lengths });
  const last = where[where.length - 1]!;
  return { value: (last as Extract<Statement, { kind: 'objective' }>).value, where: where.slice(0, -1) };
}
