import { doubles, evaluate, type Values } from '../compile/interpret.ts';
import { type Sizes, sizeOf } from '../graph/dimension.ts';
import type { Graph } from '../graph/graph.ts';
import { type Apply, children, isConstant, type Node, UNIT, type Variable } from '../graph/node.ts';
import { isZero } from '../graph/rational.ts';
import { carriedAlong, topological } from '../graph/traverse.ts';
import { log1p } from '../operators/logarithmic.ts';
import type { Operator } from '../operators/operator.ts';
import { log } from '../operators/power.ts';
import { toStatements } from '../reading/source.ts';
import { printStatements } from '../render/text.ts';
import { stabilise } from '../stabilise/stabilise.ts';

/** Beyond this many products the plain interpreter would take seconds. */
const MOST_WORK = 2e7;

/**
 * The part of an expression that is the first not to be a finite number, with what it was made from. The expression is
 * evaluated as it runs, and told as the user wrote it.
 * @param values of the variables, by name
 * @returns `log(x − 2) is NaN: x − 2 is −1`; undefined if the expression is finite, or too large to be evaluated again
 */
export function nonFiniteOrigin(
  g: Graph,
  root: Node,
  values: (name: string) => ArrayLike<number> | undefined,
  sizes: Sizes,
): string | undefined {
  const all = topological([root]);
  // What is carried from step to step has no value of its own: of a recurrence its entries are told.
  const carried = carriedAlong(all);
  const order = all.filter((node) => !carried.has(node));
  if (workOf(order, sizes) > MOST_WORK) return undefined;
  const input = (variable: Variable): Values<number> => ({
    shape: variable.shape.map((dim) => sizeOf(dim, sizes)),
    data: Array.from(values(variable.name) ?? []),
  });
  const results = evaluate(stabilise(g, order), input, sizes, doubles);
  const worth = new Map(order.map((node, k) => [node, results[k]!]));
  const wrong = (node: Node): boolean => firstWrong(worth.get(node)!) >= 0;
  if (!wrong(root)) return undefined;
  const below = (node: Node): Node | undefined => (runs(node) ? undefined : children(node).find(wrong));
  let at = root;
  for (let part = below(at); part; part = below(at)) at = part;
  const text = told(at, (node) => worth.get(node)!);
  const remedy = logarithm(at) && order.map((node) => zeroTimes(node, at, (part) => worth.get(part)!)).find(Boolean);
  return remedy ? `${text}; ${remedy}` : text;
}

/** The names of a logarithm, and of the product with it that is 0 where the other factor is. */
const PRODUCTS = new Map<Operator, string>([
  [log, 'xlogy'],
  [log1p, 'xlog1py'],
]);

/** Filled step by step, or the name of what is. */
const runs = (node: Node): boolean => node.kind === 'recurrence' || (node.kind === 'definition' && runs(node.value));

const logarithm = (node: Node): string | undefined => (node.kind === 'apply' ? PRODUCTS.get(node.operator) : undefined);

/** What to write instead of 0·log 0, if a product with an infinite logarithm is that. */
function zeroTimes(node: Node, wrong: Node, worth: (node: Node) => Values<number>): string | undefined {
  if (node.kind !== 'contraction' || !node.factors.some((f) => bare(f) === wrong)) return undefined;
  // The logarithm of what is negative is none beside 0, either.
  if (worth(wrong).data.some(Number.isNaN)) return undefined;
  const others = node.factors.filter((f) => bare(f) !== wrong);
  const zero = isZero(node.coefficient) || others.some((f) => worth(f).data.includes(0));
  if (!zero || !worth(node).data.some(Number.isNaN)) return undefined;
  const [other] = others.filter((f) => worth(f).data.includes(0));
  const [name, first, second] = [logarithm(wrong)!, other ? textOf(other) : '0', textOf((wrong as Apply).args[0]!)];
  return `0·∞ is no number: ${name}(${first}, ${second}) is 0 where ${first} is 0`;
}

function bare(node: Node): Node {
  let at = node;
  while (at.kind === 'definition') at = at.value;
  return at;
}

const workOf = (order: readonly Node[], sizes: Sizes): number =>
  order.reduce((work, node) => {
    const dims = node.kind === 'contraction' ? node.sizes : node.shape;
    return work + dims.reduce<number>((product, dim) => product * sizeOf(dim, sizes), 1);
  }, 0);

const firstWrong = ({ data }: Values<number>): number => data.findIndex((x) => !Number.isFinite(x));

function told(node: Node, worth: (node: Node) => Values<number>): string {
  const value = worth(node);
  const entry = firstWrong(value);
  const place = placeOf(entry, value.shape);
  const parts = new Map<string, number>();
  for (const [k, part] of (runs(node) ? [] : children(node)).entries()) {
    const at = partPlace(node, k, place);
    if (isConstant(part) || at === undefined) continue;
    const { shape, data } = worth(part);
    parts.set(textOf(part) + indexText(at, part.kind), data[offsetOf(at, shape)]!);
  }
  const made = [...parts].map(([text, x]) => `${text} is ${show(x)}`);
  const what = `${textOf(node)}${indexText(place, node.kind)} is ${show(value.data[entry]!)}`;
  return made.length > 0 ? `${what}: ${made.join(', ')}` : what;
}

/** The entry of a part that an entry of the node is made from, if it is only one. */
function partPlace(node: Node, position: number, place: readonly number[]): readonly number[] | undefined {
  if (node.kind !== 'contraction') return place;
  const { result } = node;
  const own = node.indices[position]!;
  if (own.some((i) => i !== UNIT && !result.includes(i))) return undefined;
  return own.map((i) => (i === UNIT ? 0 : place[result.indexOf(i)]!));
}

function placeOf(entry: number, shape: readonly number[]): number[] {
  const place: number[] = [];
  let rest = entry;
  for (let axis = shape.length - 1; axis >= 0; axis--) {
    place[axis] = rest % shape[axis]!;
    rest = Math.floor(rest / shape[axis]!);
  }
  return place;
}

const offsetOf = (place: readonly number[], shape: readonly number[]): number =>
  place.reduce((offset, at, axis) => offset * shape[axis]! + at, 0);

/** Indices count from 1. What is no name and no call is told apart: `log(A)[2,1]`, `A − B at [2,1]`. */
const indexText = (place: readonly number[], kind: Node['kind']): string => {
  if (place.length === 0) return '';
  const index = `[${place.map((at) => at + 1).join(',')}]`;
  return kind === 'variable' || kind === 'definition' ? index : ` at ${index}`;
};

/** Longer formulas are cut. */
const WIDEST = 80;

function textOf(node: Node): string {
  const text = node.kind === 'definition' ? node.name : printStatements(toStatements(node), 'unicode');
  const line = text.split('\n').join('; ');
  return line.length > WIDEST ? `${line.slice(0, WIDEST - 1)}…` : line;
}

const show = (x: number): string =>
  Number.isNaN(x)
    ? 'NaN'
    : String(Number(x.toPrecision(6)))
        .replace('Infinity', '∞')
        .replace(/-/g, '−');
