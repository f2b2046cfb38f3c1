import type { BigNumber } from 'mathjs';
import { beforeAll, describe, expect, it } from 'vitest';
import { evaluate } from '../../src/compile/index.ts';
import type { Graph } from '../../src/graph/graph.ts';
import type { Node, Variable } from '../../src/graph/node.ts';
import { topological } from '../../src/graph/traverse.ts';
import { simplify } from '../../src/index.ts';
import { GradusError } from '../../src/language/diagnostics.ts';
import type { Model } from '../../src/model/model.ts';
import { random } from '../../src/numeric/random.ts';
import { additionFormulas } from '../../src/simplify/addition-formulas.ts';
import { forReading, forRunning, PIPELINES } from '../../src/simplify/pipelines.ts';
import { numberRoots } from '../../src/simplify/rational/number-roots.ts';
import type { Example, Rule } from '../../src/simplify/rule.ts';
import { functionRules } from '../../src/simplify/rules.ts';
import { runnable, stabilise, stableForms } from '../../src/stabilise/stabilise.ts';
import { type BigNumbers, bigNumbers } from '../../src/verify/big-numbers.ts';
import type { Generated } from '../support/generate.ts';
import { modelOf } from '../support/values.ts';

/**
 * Every rule of every set applies to its examples, and is true of them: in many digits, at the edges and at random, both
 * sides have one value wherever the left side has one, and so have what the rule was given on the way and what it made.
 */
type Way = (g: Graph, objective: Node, inputs: readonly Node[]) => unknown;

const shorter: Way = (g, objective) => forReading(g, [objective]);
const stable: Way = (g, objective, inputs) => [stabilise(g, [objective]), runnable(g, objective, inputs)];

const run: Way = (g, objective) => forRunning(g, [objective]);
const reading = PIPELINES.find(({ name }) => name === 'for reading')!;
const forReaders: readonly Rule[] = [...new Set([...reading.purpose.products, ...(reading.last ?? [])])];

const SETS: readonly (readonly [readonly Rule[], Way])[] = [
  [[...functionRules, ...numberRoots, ...additionFormulas], shorter],
  [forReaders, shorter],
  [[...new Set(PIPELINES.flatMap(({ purpose }) => purpose.products))].filter((rule) => !forReaders.includes(rule)), run],
  [stableForms, stable],
];
const ALL = SETS.flatMap(([rules, way]) => rules.map((rule) => [rule.name, rule, way] as const));

let numbers: BigNumbers;
beforeAll(async () => {
  numbers = await bigNumbers(80);
});

const EDGES = [0, -0, 1, -1, 0.5, -0.5, 2, -2, 1e-9, -1e-9, 1e-3, 8, -8, 30, -30];

type Point = ReadonlyMap<string, readonly number[]>;

/** Edges beside one another, then points at random, for inputs of some counts of entries. */
function points(counts: ReadonlyMap<string, number>): Point[] {
  const draw = random(7);
  const at = (entry: (n: number) => number): Point =>
    new Map([...counts].map(([name, count], n) => [name, Array.from({ length: count }, (_, k) => entry(n + k))]));
  const edges = EDGES.flatMap((_, k) => [0, 1, 5].map((shift) => at((n) => EDGES[(k + n * shift) % EDGES.length]!)));
  return [...edges, ...Array.from({ length: 20 }, (_, k) => at(() => (k % 2 === 0 ? draw.normal(0, 2) : draw.uniform())))];
}

/** The values of nodes; undefined beyond where functions are evaluated in many digits. */
function valuesAt(nodes: readonly Node[], { literals }: Model, point: Point): readonly (readonly BigNumber[])[] | undefined {
  const known = new Map<Node, readonly number[]>([...literals].map(([literal, { data }]) => [literal, Array.from(data)]));
  const given = (v: Variable) => (known.get(v) ?? point.get(v.name)!).map(numbers.from);
  try {
    return evaluate(nodes, (v) => ({ shape: [], data: given(v) }), new Map(), numbers.arithmetic).map(({ data }) => data);
  } catch (error) {
    if (error instanceof GradusError) return undefined;
    throw error;
  }
}

const size = (x: BigNumber): number => x.abs().toNumber();

/** What is larger may be what a rounding left of a pole. */
const MOST = 1e40;

/** A node's value at each point where it has one, and all its parts; `largest` is the size of the largest of these. */
interface Known {
  readonly point: Point;
  readonly value: readonly BigNumber[];
  readonly largest: number;
}

const knownOf = (node: Node, model: Model, at: readonly Point[]): Known[] =>
  at.flatMap((point) => {
    const parts = valuesAt(topological([node]), model, point);
    const largest = Math.max(...(parts?.flat().map(size) ?? [Number.NaN]));
    return largest < MOST ? [{ point, value: parts!.at(-1)!, largest }] : [];
  });

/** At how many points another node is evaluated and has the value that is known. */
function agreeing(known: readonly Known[], node: Node, model: Model): number {
  let count = 0;
  for (const { point, value, largest } of known) {
    const found = valuesAt([node], model, point)?.[0];
    if (!found) continue;
    for (const [k, x] of value.entries())
      expect(size(found[k]!.sub(x)), `at ${JSON.stringify([...point])}`).toBeLessThanOrEqual(1e-25 * size(x) + 1e-60 * largest);
    count++;
  }
  return count;
}

/** What a rule was given on a way, and what it made of it. */
function applied(rule: Rule, way: () => unknown): Map<Node, Node> {
  const found = new Map<Node, Node>();
  const { apply } = rule;
  const watched: Rule['apply'] = (g, node) => {
    const made = apply(g, node);
    if (made && made !== node) found.set(node, made);
    return made;
  };
  Object.assign(rule, { apply: watched });
  try {
    way();
  } finally {
    Object.assign(rule, { apply });
  }
  return found;
}

const shapesFor = (source: string, [, , shapes = {}]: Example): Generated['shapes'] =>
  Object.fromEntries(Object.entries(shapes).flatMap(([name, shape]) => (source.includes(name) ? [[name, [...shape]]] : [])));

const modelFor = (source: string, example: Example): Model => modelOf({ source, shapes: shapesFor(source, example) });

/** As it is read once it is short. */
const read = (source: string, example: Example): string => simplify(source, { shapes: shapesFor(source, example) }).toString();

it('each has a name of its own, and an example', () => {
  const names = ALL.map(([name]) => name);
  expect(names.filter((name, k) => names.indexOf(name) !== k)).toEqual([]);
  expect(ALL.filter(([, rule]) => rule.examples.length === 0).map(([name]) => name)).toEqual([]);
});

/** Derivatives have more to which it applies. */
const MOST_MADE = 3;

describe.each(ALL)('%s', (_, rule, way) => {
  it.each(rule.examples.map((example) => [example[0], example[1], example] as const))('%s = %s', (left, right, example) => {
    const [model, other] = [modelFor(left, example), modelFor(right, example)];
    const { node } = model.objective!;
    const inputs = [...model.inputs.values()];
    const counts = new Map(inputs.map(({ name, shape }) => [name, (shape as number[]).reduce((n, d) => n * d, 1)]));
    const known = knownOf(node, model, points(counts));
    expect(agreeing(known, other.objective!.node, other)).toBeGreaterThanOrEqual(8);
    const made = applied(rule, () =>
      way(
        model.graph,
        node,
        inputs.map((input) => input.node),
      ),
    );
    expect(made.size, 'it applies').toBeGreaterThan(0);
    if (way === shorter) expect(read(left, example)).toBe(read(right, example));
    for (const [before, after] of [...made].slice(0, MOST_MADE))
      agreeing(before === node ? known : knownOf(before, model, points(counts)), after, model);
  });
});
