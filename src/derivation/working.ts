import type { Graph } from '../graph/graph.ts';
import { inlineDefinitions, mapGraph } from '../graph/map.ts';
import { isNamed, type Node } from '../graph/node.ts';
import { ONE } from '../graph/rational.ts';
import { topological } from '../graph/traverse.ts';
import { attempt } from '../language/attempt.ts';
import { namesWithin, subexpressions } from '../language/parts.ts';
import type { Expr } from '../language/tree.ts';
import { isSame, leaves } from '../language/trees.ts';
import { pow } from '../operators/power.ts';
import { isSoftmax } from '../operators/reductions.ts';
import { binder, entryOf, letterAt, lettersOf, type Places, summedOver, targetEntry, Unwritable } from '../reading/entry.ts';
import { Reader } from '../reading/read.ts';
import { call, name, nameIn } from '../reading/syntax.ts';
import { forReading } from '../simplify/pipelines.ts';
import { matrices } from './matrix-lines.ts';
import { type Path, pathOf, placesOf } from './paths.ts';
import { type PutIn, withAdjoints } from './put-in.ts';
import { functionRule, functionsIn } from './rules.ts';
import type { Step } from './steps.ts';
import { turnedRound } from './turned-round.ts';
import type { Vanishing } from './vanishing.ts';
import type { Page, Way } from './walk.ts';
import type { Explained, FormulaLine, Remark, WorkingLine } from './working-lines.ts';

/**
 * The working of a step: a small proof, a line where something happens. Forward, an entry of what uses the quantity; then
 * what arrives times the local slope, added over all paths; then that in fewer signs; and for a product of matrices why it
 * is that product.
 */

/** Numbers and names, indices included, in a line that can be read. */
const MOST_SIGNS = 60;

export function workingOf(page: Page, step: Step): readonly WorkingLine[] {
  const { name, ways } = step.explained;
  const all = ways();
  const canBeTold = name !== '' && all.length > 0;
  const byEntries = canBeTold ? attempt(() => entriesOf(page, step, all), Unwritable) : undefined;
  const isRecognised = byEntries !== undefined && functionsIn(step.rules).some((f) => functionRule(f).byEntries);
  const told = { isByEntries: byEntries !== undefined, isRecognised };
  return [...(byEntries ?? wholes(page, step)), ...matrices(page, step, told, byEntries?.at(-1)?.right)];
}

/** Entry by entry: forward, what arrives times the local slopes, and what that is. */
function entriesOf(page: Page, step: Step, given: readonly Way[]): FormulaLine[] {
  const { forms, front } = page;
  const { explained, resting = [] } = step;
  const places = placesOf(page, explained.node, boundBeside(page, explained, given));
  const all = [...front, ...places];
  const part = entryOf(nameIn(explained.name, page.graph.names), places);
  const left = targetEntry(step.target, places, front, page.graph.names);
  const ways = given.map((way) => pathOf(page, part, way, places));
  const after = forms.read(step.after, all);
  const lines: FormulaLine[] = [];
  const several = ways.length > 1;
  const told = new Set<Node>();
  for (const way of ways) {
    const { from } = way.way;
    if (!told.has(from)) lines.push(...forwardOf(page, way, { name: explained.name, entry: part, places }, ways));
    told.add(from);
    if (several) continue;
    const slopes: FormulaLine = { ...(!way.arrives && { left }), right: way.product, ...remarkOf(step, way) };
    if (way.arrives) lines.push({ label: 'paths', left, right: way.arrives, remark: { id: 'arrives' } }, slopes);
    else lines.push({ ...slopes, label: 'paths' });
  }
  if (several) {
    const sum = call('+', ...ways.map((way) => way.product));
    const through = given.map((way) => (way.isObjective || way.name === undefined ? undefined : name(way.name)));
    const arrives = through[0] !== undefined && ways[0]!.arriving !== undefined;
    const remark: Remark = told.size > 1 ? { id: 'ways', through } : { id: arrives ? 'arrives' : 'each' };
    lines.push({ label: 'paths', left, right: sum, remark });
  }
  const last = lines[lines.length - 1]!.right;
  const plain = explained.plain === step.after ? after : forms.read(explained.plain, all);
  const cancelled = ways.length === 1 ? ways[0]!.cancels : undefined;
  // Σ_j dP_j P_j (δ_ij − P_i) is worked out: of the terms with δ_ij one stays.
  const isOpen = namesWithin(last).has('δ') && !namesWithin(plain).has('δ');
  const sums = sumsOf(page, step.vanishing);
  const gone: Remark | undefined = sums && { id: 'vanishing', ...sums };
  if (!isSame(plain, last) && (cancelled || isOpen || leaves(plain) < leaves(last)))
    lines.push({
      right: plain,
      ...(gone ? { remark: gone } : simplified(page, explained, [last, plain], lettersOf(all), cancelled)),
    });
  const [, ...rested] = resting.length > 0 ? wholes(page, step) : [];
  // What is declared of an array is told of it as a whole.
  if (rested.length > 1) lines.push({ ...rested[0]!, left: name(step.target) }, ...rested.slice(1));
  else if (!isSame(after, plain)) lines.push({ right: after, ...(resting.length > 0 && { remark: { id: 'resting', resting } }) });
  const shorter = withAdjoints(page.graph, step);
  const found = shorter && attempt(() => forms.read(shorter.form, all), Unwritable);
  if (found && leaves(found) < leaves(after))
    lines.push({
      right: found,
      remark: { id: 'put-in', ...cancelledIn(page, shorter, all), ...sumsOf(page, shorter.vanishing) },
    });
  if (lines.some(({ right }) => leaves(right) > MOST_SIGNS)) throw new Unwritable();
  return lines;
}

/** Why a line is shorter than the one before, where that is told. */
function simplified(
  { graph }: Page,
  { plain }: Explained,
  lines: readonly [Expr, Expr],
  free: readonly string[],
  cancelled: Path['cancels'],
): { remark?: Remark } {
  if (cancelled) return { remark: { id: 'cancels', factors: cancelled } };
  const names = turnedRound(graph, plain, lines, free);
  return names.length > 0 ? { remark: { id: 'symmetric', names } } : {};
}

/** Σ_k (X_ki − μ_i): the sums by which terms of a step are 0. */
function sumsOf({ forms }: Page, vanishing: readonly Vanishing[] = []): { sums: readonly Expr[] } | undefined {
  if (vanishing.length === 0) return undefined;
  const sums = vanishing.map(({ node, axis }): Expr => {
    const places = forms.places(node);
    const letter = letterAt(places[axis]);
    return summedOver(letter === undefined ? [] : [binder(letter)], forms.read(node, places));
  });
  return { sums };
}

/** What was divided by and is no longer, as a product of entries. */
function cancelledIn({ forms }: Page, { cancelled }: PutIn, places: Places): { cancelled: Expr } | undefined {
  const factors = cancelled.filter((node) => node.shape.length === places.length).map((node) => ({ node, places }));
  return factors.length > 0 ? { cancelled: forms.product(ONE, factors) } : undefined;
}

/** Letters that a quantity may not have, as sums bind them that use it at several places: Σ_ij x_i A_ij x_j has x_l twice. */
function boundBeside(page: Page, { name: own, node }: Explained, ways: readonly Way[]): ReadonlySet<string> {
  const paths = ways.map((way) => pathOf(page, name(own), way, placesOf(page, node)));
  const apart = paths.filter((path) =>
    paths.some((other) => other.way.from === path.way.from && other.found.join() !== path.found.join()),
  );
  // An entry of A⁻¹ has all entries of A: the letters of the one are not those of the other.
  const whole = ways.filter((way) => way.applications.some((a) => a.node.kind === 'array' && !isSoftmax(a.node)));
  const forward = whole.map((way) => forwardValue(page, way, way.isObjective ? page.front : placesOf(page, way.from)));
  return new Set([...apart.flatMap((path) => path.bound), ...boundWithin(forward)]);
}

/** The letters of sums. */
const boundWithin = (exprs: readonly Expr[]): string[] =>
  [...subexpressions(exprs)].flatMap((part) => (part.kind === 'indexed' ? part.indices.map((index) => index.name) : []));

const forwardValue = ({ forms }: Page, { value }: Way, places: Places): Expr =>
  forms.shares(value, places) ?? forms.read(value, places);

const nameOf = (node: Node): string => (isNamed(node) ? node.name : '');

function remarkOf({ rules }: Step, { isLinear }: Path): { remark?: Remark } {
  // By entries a norm is a root of squares.
  const functions = functionsIn(rules.map((rule) => (rule.id === 'norm' ? { id: pow, name: rule.name, moving: [0] } : rule)));
  return isLinear || functions.length === 0 ? {} : { remark: { id: 'rules', rules: functions, byEntries: true } };
}

/** What is derived by: its name, and its entry at the places where it is told. */
interface Part {
  readonly name: string;
  readonly entry: Expr;
  readonly places: Places;
}

/** How a value uses the part, as an entry of the value. */
function forwardOf(page: Page, path: Path, { name: own, entry: part, places }: Part, ways: readonly Path[]): FormulaLine[] {
  const { objective } = page;
  const { way: from, fromPlaces, summed } = path;
  const value = entryOf(nameIn(from.name ?? objective, page.graph.names), fromPlaces);
  const letters = lettersOf(fromPlaces);
  const right = forwardValue(page, from, fromPlaces);
  const uses = ways.filter((other) => other.way.from === from.from);
  const remark = ((): Remark | undefined => {
    if (from.name === undefined && lettersOf(places).length === 0) return undefined;
    // Where the paths of one place add up already, an entry stands at more than the places that are seen.
    if (uses.length > 1)
      return { id: 'places', part: uses.some((use) => use.summed.length > 0) ? name(own) : part, count: uses.length };
    if (summed.every((letter) => letters.includes(letter)) && summed.length > 0)
      return { id: 'every', part, value, letters: summed };
    // What depends on an array as a whole is no sum.
    if (summed.length > 0)
      return summed.some((l) => boundWithin([right]).includes(l)) ? { id: 'terms', part, value, letters: summed } : undefined;
    // Of several ways none is the only one.
    if (ways.length > 1) return undefined;
    const within = lettersOf(places).filter((letter) => !letters.includes(letter));
    if (letters.length === 0 && within.length > 0)
      return within.every((letter) => path.outer.includes(letter)) ? { id: 'term', part, letters: within } : undefined;
    return from.name === undefined || from.name === objective
      ? undefined
      : { id: 'only', part, value, objective: name(objective) };
  })();
  // Only the term of i, j has A_ij: so it is written there.
  const told = remark?.id === 'term' ? path.rename(right) : right;
  return [{ label: 'forward', left: value, right: told, ...(remark && { remark }) }];
}

/** Arrays as wholes, where entries would say less: the rule as a formula, then in fewer signs. */
function wholes(page: Page, step: Step): FormulaLine[] {
  const { graph } = page;
  const { after, resting, explained } = step;
  const { plain, adjoints } = explained;
  const functions = functionsIn(step.rules);
  const lines: FormulaLine[] = [];
  const put = (right: Expr, remark: Remark | undefined): void => {
    const last = lines[lines.length - 1]?.right;
    if (last !== undefined && isSame(last, right)) return;
    lines.push({ ...(lines.length === 0 && { left: name(step.target) }), right, ...(remark && { remark }) });
  };
  const first = Reader.of(graph).read(plain);
  // An array that is said by its entries is no formula of arrays.
  if (plain.shape.length > 0 && boundWithin([first]).length > 0) return [];
  put(first, functions.length > 0 ? { id: 'rules', rules: functions } : undefined);
  if (after === plain) {
    const shorter = withAdjoints(graph, step);
    const found = shorter && Reader.of(graph).read(shorter.form);
    if (found && leaves(found) < leaves(lines[0]!.right)) put(found, { id: 'put-in' });
    return lines.length > 1 ? lines : [];
  }
  const kept = new Set(topological([after], isNamed).map(nameOf));
  const [opened] = inlineDefinitions(graph, [plain], (d) => !kept.has(d.name) && adjoints.has(d.name)) as [Node];
  put(withoutFacts(graph, opened), { id: 'put-in' });
  put(Reader.of(graph).read(after), resting && { id: 'resting', resting });
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
