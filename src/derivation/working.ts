import { constantOf } from '../graph/forms.ts';
import type { Graph } from '../graph/graph.ts';
import { inlineDefinitions, mapGraph } from '../graph/map.ts';
import type { Definition, Node } from '../graph/node.ts';
import { topological } from '../graph/traverse.ts';
import type { Expr } from '../language/tree.ts';
import { entryOf, lettersOf, type Places, targetEntry, Unwritable } from '../reading/entries.ts';
import { Reader } from '../reading/read.ts';
import { isSame, leaves } from '../reading/same.ts';
import { call, name } from '../reading/syntax.ts';
import { forReading } from '../simplify/pipelines.ts';

import { matrices } from './matrix-lines.ts';
import { type Page, type Path, pathOf, type Way } from './paths.ts';
import { isFunction } from './rules.ts';
import type { Explained, Remark, WorkingLine } from './working-lines.ts';

/**
 * The working of a step: a small proof, a line where something happens. Forward, an entry of what uses the quantity; then
 * what arrives times the local slope, added over all paths; then that in fewer signs; and for a product of matrices why it
 * is that product.
 */

/** More ways than this nobody follows one by one. */
const MOST_WAYS = 4;
/** Numbers and names, indices included, in a line that can be read. */
const MOST_SIGNS = 60;

export function workingOf(page: Page, step: Explained): readonly WorkingLine[] {
  const ways = step.ways();
  const canBeTold = step.name !== '' && ways.length > 0 && ways.length <= MOST_WAYS;
  const byEntries = canBeTold ? quietly(() => entriesOf(page, step, ways)) : undefined;
  return [...(byEntries ?? wholes(page, step)), ...matrices(page, step)];
}

/** Entry by entry: forward, what arrives times the local slopes, and what that is. */
function entriesOf(page: Page, step: Explained, given: readonly Way[]): WorkingLine[] {
  const { forms } = page;
  const places = forms.places(step.node, boundBeside(page, step, given));
  const part = entryOf(name(step.name), places);
  const left = targetEntry(step.target, places);
  const ways = given.map((way) => pathOf(page, part, way, places));
  const after = forms.read(step.after, places);
  const lines: WorkingLine[] = [];
  const several = ways.length > 1;
  let value: Node | undefined;
  for (const way of ways) {
    if (way.from.from !== value) lines.push(...forwardOf(page, way, part, places, ways));
    value = way.from.from;
    if (several) continue;
    const slopes: WorkingLine = { ...(!way.arrives && { left }), right: way.product, ...remarkOf(step, way) };
    if (way.arrives) lines.push({ label: 'paths', left, right: way.arrives, remark: { id: 'arrives' } }, slopes);
    else lines.push({ ...slopes, label: 'paths' });
  }
  if (several) {
    const sum = call('+', ...ways.map((way) => way.product));
    const through = [...new Map(given.map((way) => [way.from, way])).values()].map((way) =>
      constantOf(way.adjoint)?.equals(1) || way.name === undefined ? undefined : name(way.name),
    );
    const remark: Remark = through.length > 1 ? { id: 'ways', through } : { id: 'arrives' };
    lines.push({ label: 'paths', left, right: sum, remark });
  }
  const last = lines[lines.length - 1]!.right;
  const plain = step.plain === step.after ? after : forms.read(step.plain, places);
  const cancelled = ways.length === 1 ? ways[0]!.cancels : undefined;
  if (!isSame(plain, last) && (cancelled || leaves(plain) < leaves(last)))
    lines.push({ right: plain, ...(cancelled && { remark: { id: 'cancels', factors: cancelled } }) });
  if (!isSame(after, plain)) lines.push({ right: after, ...(step.resting.length > 0 && restingRemark(step)) });
  const shorter = withAdjoints(page, step);
  const found = shorter && quietly(() => forms.read(shorter, places));
  if (found && leaves(found) < leaves(after)) lines.push({ right: found, remark: { id: 'put-in' } });
  if (lines.some(({ right }) => leaves(right) > MOST_SIGNS)) throw new Unwritable();
  return lines;
}

/** A step with what arrives put in, where something may cancel: σ after cross-entropy leaves (A − Y)/m. */
function withAdjoints({ graph }: Page, { after, adjoints, resting }: Explained): Node | undefined {
  if (resting.length > 0) return undefined;
  const [opened] = inlineDefinitions(graph, [after], (d) => adjoints.has(d.name));
  return opened === after ? undefined : forReading(graph, [opened!])[0];
}

/** Letters that a quantity may not have, as sums bind them that use it at several places: Σ_ij x_i A_ij x_j has x_l twice. */
function boundBeside(page: Page, step: Explained, ways: readonly Way[]): ReadonlySet<string> {
  const paths = ways.map((way) => pathOf(page, name(step.name), way, page.forms.places(step.node)));
  const apart = paths.filter((path) =>
    paths.some((other) => other.from.from === path.from.from && other.found.join() !== path.found.join()),
  );
  return new Set(apart.flatMap((path) => path.bound));
}

const isDefinition = (node: Node): node is Definition => node.kind === 'definition';
const nameOf = (node: Node): string => (node.kind === 'definition' ? node.name : '');

const restingRemark = ({ resting }: Explained): { remark: Remark } => ({ remark: { id: 'resting', resting } });

function remarkOf({ rules }: Explained, { isLinear }: Path): { remark?: Remark } {
  const functions = rules.filter(isFunction);
  return isLinear || functions.length === 0 ? {} : { remark: { id: 'rules', rules: functions } };
}

/** How a value uses the part, as an entry of the value. */
function forwardOf({ forms, objective }: Page, path: Path, part: Expr, places: Places, ways: readonly Path[]): WorkingLine[] {
  const { from, fromPlaces, summed } = path;
  const value = entryOf(name(from.name ?? objective), fromPlaces);
  const right = forms.read(from.value, fromPlaces);
  const uses = ways.filter((other) => other.from.from === from.from).length;
  const remark = ((): Remark | undefined => {
    if (from.name === undefined && lettersOf(places).length === 0) return undefined;
    if (uses > 1) return { id: 'places', part, count: uses };
    if (summed.length > 0) return { id: 'every', part, value, letters: summed };
    const within = lettersOf(places).filter((letter) => !lettersOf(fromPlaces).includes(letter));
    if (lettersOf(fromPlaces).length === 0 && within.length > 0) return { id: 'term', part, letters: within };
    return from.name === undefined || from.name === objective
      ? undefined
      : { id: 'only', part, value, objective: name(objective) };
  })();
  return [{ label: 'forward', left: value, right, ...(remark && { remark }) }];
}

/** Arrays as wholes, where entries would say less: the rule as a formula, then in fewer signs. */
function wholes({ graph }: Page, step: Explained): WorkingLine[] {
  const functions = step.rules.filter(isFunction);
  const lines: WorkingLine[] = [];
  const put = (right: Expr, remark: Remark | undefined): void => {
    const last = lines[lines.length - 1]?.right;
    if (last !== undefined && isSame(last, right)) return;
    lines.push({ ...(lines.length === 0 && { left: name(step.target) }), right, ...(remark && { remark }) });
  };
  put(Reader.of(graph).read(step.plain), functions.length > 0 ? { id: 'rules', rules: functions } : undefined);
  if (step.after === step.plain) return [];
  const kept = new Set(topological([step.after], isDefinition).map(nameOf));
  const [opened] = inlineDefinitions(graph, [step.plain], (d) => !kept.has(d.name) && step.adjoints.has(d.name)) as [Node];
  put(withoutFacts(graph, opened), { id: 'put-in' });
  put(Reader.of(graph).read(step.after), step.resting.length > 0 ? restingRemark(step).remark : undefined);
  return lines.length > 1 ? lines : [];
}

/** How a node is written where nothing is declared of the data. */
function withoutFacts(graph: Graph, root: Node): Expr {
  const names = new Map<Node, string>();
  const [plain] = mapGraph(graph, [root], (n) => {
    if (n.kind !== 'variable' || !n.facts?.length) return n;
    const other = graph.state(n.name, n.shape);
    names.set(other, n.name);
    return other;
  });
  return Reader.of(graph, names).read(forReading(graph, [plain!])[0]!);
}

/** Nothing where an entry has no form. */
export function quietly<T>(make: () => T): T | undefined {
  try {
    return make();
  } catch (failure) {
    if (failure instanceof Unwritable) return undefined;
    throw failure;
  }
}
