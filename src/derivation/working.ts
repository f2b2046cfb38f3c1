import type { Application } from '../differentiate/sweep.ts';
import { type Dim, type Shape, showShape } from '../graph/dimension.ts';
import { constantOf } from '../graph/forms.ts';
import type { Graph } from '../graph/graph.ts';
import { isTest } from '../graph/linear.ts';
import { inlineDefinitions, mapGraph } from '../graph/map.ts';
import { type Contraction, type Definition, type Node, UNIT } from '../graph/node.ts';
import { type Fraction, isOne } from '../graph/rational.ts';
import { topological } from '../graph/traverse.ts';
import { partsOf } from '../language/parts.ts';
import type { Expr } from '../language/tree.ts';
import { columnShape } from '../operators/builder.ts';
import {
  binder,
  type EntryForm,
  entryOf,
  letterAt,
  lettered,
  lettersOf,
  type Places,
  partialBy,
  summedOver,
  targetEntry,
  Unwritable,
} from '../reading/entries.ts';
import { numberExpr } from '../reading/numbers.ts';
import { Reader } from '../reading/read.ts';
import { renamed } from '../reading/renamed.ts';
import { call, isNegativeExpr, name, negative, times } from '../reading/syntax.ts';
import { forReading } from '../simplify/pipelines.ts';
import type { Resting } from './resting.ts';
import { type Applied, isFunction } from './rules.ts';

/**
 * The working of a step: a small proof, a line where something happens. Forward, an entry of what uses the quantity; then
 * what arrives times the local slope, added over all paths; then that in fewer signs; and for a product of matrices why it
 * is that product.
 */

/** What is said beside a line. */
export type Remark =
  /** The part reaches the objective through one entry of the value only. */
  | { readonly id: 'only'; readonly part: Expr; readonly value: Expr; readonly objective: Expr }
  /** It does through an entry for each of the letters: the paths add up. */
  | { readonly id: 'every'; readonly part: Expr; readonly value: Expr; readonly letters: readonly string[] }
  /** Of the sum over all letters one term has the part. */
  | { readonly id: 'term'; readonly part: Expr; readonly letters: readonly string[] }
  /** The value uses the part at several places. */
  | { readonly id: 'places'; readonly part: Expr; readonly count: number }
  /** It does through several quantities, or directly. */
  | { readonly id: 'ways'; readonly through: readonly (Expr | undefined)[] }
  | { readonly id: 'arrives' }
  | { readonly id: 'rules'; readonly rules: readonly Applied[] }
  | { readonly id: 'cancels'; readonly factors: readonly [Expr, Expr] }
  /** What arrives is replaced by what it is. */
  | { readonly id: 'put-in' }
  | { readonly id: 'resting'; readonly resting: readonly Resting[] }
  /** Both factors are summed over one index of theirs. */
  | {
      readonly id: 'summed';
      readonly factors: readonly [Expr, Expr];
      readonly axes: readonly [number, number];
      readonly letter: string;
    }
  /** No index is summed: each entry of the one with each of the other. */
  | { readonly id: 'outer'; readonly factors: readonly [Expr, Expr] }
  /** Of the products of two factors this alone has the shape. */
  | { readonly id: 'alone'; readonly factors: readonly [Expr, Expr]; readonly shape: Shape };

export type LineLabel = 'forward' | 'paths' | 'matrices' | 'shapes';

export interface WorkingLine {
  readonly label?: LineLabel;
  /** Left out where the line goes on from the one before. */
  readonly left?: Expr;
  readonly right: Expr | string;
  readonly remark?: Remark;
}

/** A way from a quantity up to the nearest one that has a name: what is applied, from that down. */
export interface Way {
  /** The named quantity, or the objective. */
  readonly from: Node;
  /** Its name; none if it is an objective without one. */
  readonly name: string | undefined;
  /** What the name stands for. */
  readonly value: Node;
  /** What arrives there. */
  readonly adjoint: Node;
  /** A node under its name, if it has one: a rule that uses the result says A, not σ(Z). */
  readonly known: (node: Node) => Node;
  readonly applications: readonly Application[];
}

/** What there is to be explained. */
export interface Explained {
  readonly node: Node;
  /** The name of that, if it has one. */
  readonly name: string;
  /** The derivative by it, under its name if it has one. */
  readonly adjoint: Node;
  readonly target: string;
  readonly ways: () => readonly Way[];
  /** The names of what arrives somewhere, which are not those of the source. */
  readonly adjoints: ReadonlySet<string>;
  readonly before: Node;
  /** In general, and with what is declared of the data. */
  readonly plain: Node;
  readonly after: Node;
  readonly resting: readonly Resting[];
  readonly rules: readonly Applied[];
  readonly shapes: string | undefined;
}

/** The page that steps stand on. */
export interface Page {
  readonly graph: Graph;
  readonly objective: string;
  readonly forms: EntryForm;
}

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

/** Nothing where an entry has no form. */
export function quietly<T>(make: () => T): T | undefined {
  try {
    return make();
  } catch (failure) {
    if (failure instanceof Unwritable) return undefined;
    throw failure;
  }
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
  if (lines.some(({ right }) => leaves(right) > MOST_SIGNS)) throw new Unwritable();
  return lines;
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

interface Path {
  readonly from: Way;
  readonly fromPlaces: Places;
  /** What arrives times the slope as a derivative: Σ_k dZ_ik·∂Z_ik/∂W_ij. None where nothing but 1 arrives. */
  readonly arrives: Expr | undefined;
  /** The same with the slope worked out. */
  readonly product: Expr;
  /** Letters over which the paths add up. */
  readonly summed: readonly string[];
  /** The letters that the quantity has in the value. */
  readonly found: readonly (string | undefined)[];
  /** Letters that are summed within the value. */
  readonly bound: readonly string[];
  readonly isLinear: boolean;
  /** Two numbers whose product is 1. */
  readonly cancels: readonly [Expr, Expr] | undefined;
}

/** Down one way: each application a factor, with the letters that its indices have. */
function pathOf({ graph, forms }: Page, part: Expr, way: Way, wanted: Places): Path {
  const { adjoint, applications } = way;
  const fromPlaces = forms.places(way.from);
  const used = new Map(lettersOf(fromPlaces).map((letter) => [letter, undefined as Dim | undefined]));
  // A sum within a slope may not take the letters that the quantity is to have.
  const beside = (): string[] => [...used.keys(), ...lettersOf(wanted)];
  const factors: Expr[] = [];
  const numbers: Fraction[] = [];
  let here: Places = fromPlaces;
  let isLinear = true;
  for (const { node: whole, position } of applications) {
    if (whole.kind === 'contraction') {
      const { placeOf, summed, conditions } = lettered(whole, here, used.keys(), forms.letters);
      if (conditions.length > 0) throw new Unwritable();
      for (const { letter, size } of summed) used.set(letter, size);
      const others = whole.factors.flatMap((f, k) =>
        k === position || isTest(f) ? [] : [{ node: f, places: whole.indices[k]!.map(placeOf) }],
      );
      numbers.push(whole.coefficient);
      if (others.length > 0 || !isOne(whole.coefficient)) factors.push(forms.product(whole.coefficient, others, beside()));
      here = whole.indices[position]!.map(placeOf);
    } else if (whole.kind === 'apply') {
      if (whole.operator.route) throw new Unwritable();
      const slope = whole.operator.partials[position]!(graph, whole.args, way.known(whole));
      if (slope.kind === 'contraction') numbers.push(slope.coefficient);
      if (!constantOf(slope)?.equals(1)) factors.push(forms.read(slope, here, beside()));
      isLinear = false;
    } else if (whole.kind !== 'sum') throw new Unwritable();
  }
  const found = here.map((place) => {
    // h[T] alone is none of the entries h[t].
    const letter = letterAt(place);
    if (place !== undefined && (letter === undefined || !used.has(letter))) throw new Unwritable();
    return letter;
  });
  const own = found.filter((letter) => letter !== undefined);
  if (new Set(own).size < own.length) throw new Unwritable();
  const change = exchange(found, wanted.map(letterAt));
  const rename = (expr: Expr): Expr => renamed(expr, change);
  const moved = (letter: string): string => change.get(letter) ?? letter;
  const summed = [...used.keys()].filter((letter) => !own.includes(letter)).map(moved);
  const arriving = constantOf(adjoint)?.equals(1) ? [] : [forms.read(adjoint, fromPlaces, used.keys())];
  const value = way.name === undefined ? undefined : entryOf(name(way.name), fromPlaces);
  const slope = value && partialBy(rename(value), part);
  const over = summed.map((letter) => binder(letter));
  return {
    from: way,
    fromPlaces: fromPlaces.map((place) => place && rename(place)),
    arrives: arriving.length > 0 && slope ? summedOver(over, times([...arriving.map(rename), slope])) : undefined,
    product: signed(times([...arriving, ...factors].map(rename)), (plain) => summedOver(over, plain)),
    summed,
    found,
    bound: [...used.keys()].filter((letter) => !lettersOf(fromPlaces).includes(letter)),
    isLinear,
    cancels: cancelling(
      numbers.filter((q) => !isOne(q.abs())),
      graph,
    ),
  };
}

/** The sign in front of what is made of the rest. */
const signed = (expr: Expr, make: (plain: Expr) => Expr): Expr =>
  isNegativeExpr(expr) ? negative(make(negative(expr))) : make(expr);

function cancelling(numbers: readonly Fraction[], graph: Graph): readonly [Expr, Expr] | undefined {
  const [a, b] = numbers;
  if (numbers.length !== 2 || !isOne(a!.mul(b!).abs())) return undefined;
  return [b!, a!].map((q) => numberExpr(q.abs() as Fraction, graph.decimals)) as [Expr, Expr];
}

/** Letters as they are wanted; what had one of those gets the other. */
function exchange(have: readonly (string | undefined)[], wanted: readonly (string | undefined)[]): Map<string, string> {
  const change = new Map<string, string>();
  have.forEach((letter, axis) => {
    const other = wanted[axis];
    if (letter === undefined || other === undefined || letter === other) return;
    change.set(letter, other);
    if (!have.includes(other)) change.set(other, letter);
  });
  return change;
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

/** Why the result is this product of matrices: what is summed, and that it fits. */
function matrices({ graph, forms }: Page, { after, node, shapes }: Explained): WorkingLine[] {
  if (!shapes) return [];
  const fits = { label: 'shapes', right: shapes } as const;
  const pair = after.kind === 'contraction' ? factorsOf(after) : undefined;
  if (!pair || after.kind !== 'contraction') return [fits];
  const [a, b] = pair;
  const names = [a, b].map(({ node: f }) => Reader.of(graph).read(f)) as [Expr, Expr];
  if (names.some((n) => n.kind !== 'name')) return [fits];
  const index = a.own.find((i) => i !== UNIT && b.own.includes(i) && !after.result.includes(i));
  const places = forms.places(node);
  const used = new Set(lettersOf(places));
  const remark: Remark =
    index === undefined
      ? { id: 'outer', factors: names }
      : {
          id: 'summed',
          factors: names,
          axes: [a.own.indexOf(index) + 1, b.own.indexOf(index) + 1],
          letter: forms.letters.letter(a.node, a.own.indexOf(index), used),
        };
  const alone = isAlone(a.node.shape, b.node.shape, after.shape);
  const shape = columnShape(after.shape);
  const matrix = { label: 'matrices', right: Reader.of(graph).read(after), remark } as const;
  return [matrix, alone ? { ...fits, remark: { id: 'alone', factors: names, shape } } : fits];
}

function factorsOf(node: Contraction) {
  const arrays = node.factors.flatMap((f, k) => {
    const own = node.indices[k]!;
    return own.some((i) => i !== UNIT) ? [{ node: f, own }] : [];
  });
  return arrays.length === 2 ? (arrays as [(typeof arrays)[0], (typeof arrays)[0]]) : undefined;
}

/** Whether of the eight products of two matrices and their transposes one has the shape. */
function isAlone(a: Shape, b: Shape, wanted: Shape): boolean {
  const matrix = (shape: Shape): [Dim, Dim] => [shape[0] ?? 1, shape[1] ?? 1];
  const turned = ([m, n]: [Dim, Dim]): [Dim, Dim] => [n, m];
  const goal = showShape(matrix(wanted));
  let count = 0;
  for (const [p, q] of [
    [matrix(a), matrix(b)],
    [matrix(b), matrix(a)],
  ] as const)
    for (const left of [p, turned(p)])
      for (const right of [q, turned(q)]) if (left[1] === right[0] && showShape([left[0], right[1]]) === goal) count++;
  return count === 1;
}

/** How many numbers and names it has; a fraction of two numbers is one. */
function leaves(expr: Expr | string): number {
  if (typeof expr === 'string' || expr.kind === 'number') return 1;
  if (expr.kind === 'call' && expr.args.every((arg) => arg.kind === 'number')) return 1;
  return Math.max(
    1,
    partsOf(expr).reduce((n, part) => n + leaves(part), 0),
  );
}

/** The same but for the order of terms and factors. */
const isSame = (a: Expr | string, b: Expr | string): boolean => a === b || keyOf(a) === keyOf(b);

function keyOf(expr: Expr | string): string {
  return JSON.stringify(expr, (_, part) =>
    part?.kind === 'call' && (part.callee === '+' || part.callee === '*') && part !== expr
      ? keyOf(part)
      : part?.kind === 'call' && part === expr
        ? { ...part, args: part.args.map(keyOf).sort() }
        : part,
  );
}
