import type { Numbers } from '../../compile/executable.ts';
import { compileProgram } from '../../compile/index.ts';
import type { Sizes } from '../../graph/dimension.ts';
import type { Graph } from '../../graph/graph.ts';
import type { Apply, Node } from '../../graph/node.ts';
import { carriedAlong, dependents, topological } from '../../graph/traverse.ts';
import { equal, greater, isStepped, unequal } from '../../operators/comparison.ts';
import { relu } from '../../operators/kinked.ts';
import { isJump, type Operator } from '../../operators/operator.ts';
import { work } from '../cost.ts';
import type { RealPoint } from './real.ts';

/** The choices between branches that expressions make, and a program that tells how they come out at a point. */

/** Numbers that tell where one is; with more of them, only whether a choice came out in a new way. */
export const MOST_TOLD = 24;

/** A choice between branches, and what it is made by: it changes where that goes through 0. */
interface Choice {
  readonly made: Node;
  readonly by: Node | undefined;
}

/** The choices that nodes and their slopes depend on. */
export function choicesIn(g: Graph, roots: readonly Node[]): Choice[] {
  const own = topological(roots);
  const waiting = carriedAlong(own);
  const inside = own.flatMap((n) => (n.kind === 'apply' && !waiting.has(n) ? behind(g, n) : []));
  const order = topological([...roots, ...inside]);
  const carried = carriedAlong(order);
  const moving = dependents(
    order,
    order.filter((n) => n.kind === 'variable' && n.role !== 'size'),
  );
  const isChoice = (n: Node): n is Apply =>
    n.kind === 'apply' &&
    isJump(n.operator) &&
    // Anything else is equal to a number at borders only.
    ((n.operator !== equal && n.operator !== unequal) || n.args.every(isStepped)) &&
    moving.has(n) &&
    !carried.has(n);
  return order.filter(isChoice).flatMap((made): Choice[] => {
    const [a, b] = made.args as [Node, Node?];
    // Where what is rounded comes to a number is found by where it passes it.
    const passes =
      b && (made.operator === equal || made.operator === unequal) ? [{ made: g.apply(greater, a, b), by: undefined }] : [];
    return [{ made, by: compared(g, made) }, ...passes];
  });
}

/** Whether a node makes choices that another does not make. */
export function branchesBeside(node: Node, other: Node): boolean {
  const there = new Set(topological([other]));
  return topological([node]).some((n) => n.kind === 'apply' && !there.has(n) && (isJump(n.operator) || hasKink(n.operator)));
}

const hasKink = ({ caveats }: Operator): boolean => caveats?.some(({ kind }) => kind === 'kink') === true;

/** What shows the choices that a function makes: its slopes where it has kinks, its definition where it jumps. */
function behind(g: Graph, node: Apply): readonly Node[] {
  const { operator, args } = node;
  if (hasKink(operator)) return operator.partials.map((partial) => partial(g, args, node));
  if (!operator.definition) return [];
  const definition = operator.definition(g, ...args);
  const given = new Set(args);
  const jumps = topological([definition], (n) => given.has(n)).some(
    (n) => n.kind === 'apply' && isJump(n.operator) && !given.has(n),
  );
  return jumps ? [definition] : [];
}

function compared(g: Graph, { operator, args }: Apply): Node | undefined {
  const [a, b] = args as [Node, Node?];
  if (b) return g.sub(a, b);
  // Where it does not pass, what it passes on says nothing of how near that is.
  return a.kind === 'apply' && a.operator === relu ? a.args[0] : operator.rule.id === 'constant' ? a : undefined;
}

/** Which way every choice goes at some values, and what is compared; of long arrays the first entries. */
export interface Sight {
  readonly made: Float64Array;
  readonly by: Float64Array;
}

/** The entries of a sight that belong to a choice. */
export type Part = readonly [from: number, to: number];

/** Tells which way choices go. */
export interface Scout {
  look(values: RealPoint['values']): Sight;
  /** Whether some choice is at its very border, where slopes are a matter of taste. */
  isOnBorder(sight: Sight): boolean;
  readonly cost: number;
  /** What each choice made. */
  readonly parts: readonly Part[];
  /** Which choice each of the compared numbers belongs to. */
  readonly of: readonly number[];
}

/** Looks at values of the given lengths. */
export function scoutFor(choices: readonly Choice[], sizes: Sizes): Scout {
  const outputs = [...choices.map(({ made }) => made), ...choices.flatMap(({ by }) => (by ? [by] : []))];
  const program = compileProgram({ outputs, sizes });
  const [made, by] = [program.outputs.slice(0, choices.length), program.outputs.slice(choices.length)].map((buffers) =>
    buffers.map(({ data }) => data.subarray(0, MOST_TOLD)),
  );
  const gather = (parts: readonly Numbers[]): (() => Float64Array) => {
    const count = parts.reduce((n, part) => n + part.length, 0);
    return () => {
      const whole = new Float64Array(count);
      let at = 0;
      for (const part of parts) for (let k = 0; k < part.length; k++) whole[at++] = part[k]!;
      return whole;
    };
  };
  const [ways, compared] = [gather(made!), gather(by!)];
  const parts: Part[] = [];
  for (const buffer of made!) parts.push([parts.at(-1)?.[1] ?? 0, (parts.at(-1)?.[1] ?? 0) + buffer.length]);
  const comparing = choices.flatMap((choice, k) => (choice.by ? [k] : []));
  const of = by!.flatMap((buffer, k) => Array.from(buffer, () => comparing[k]!));
  // What is rounded or chosen itself is equal to a number on a whole region.
  const hasBorder = of.map((k) => {
    const { made } = choices[k]!;
    return made.kind === 'apply' && !made.args.some(isStepped);
  });
  return {
    parts,
    of,
    isOnBorder: ({ by: numbers }) => numbers.some((x, k) => x === 0 && hasBorder[k]!),
    cost: Math.max(1, work(outputs, sizes)),
    look(values) {
      for (const [name, { data }] of program.inputs) data.set(values.get(name)!);
      program.run();
      return { made: ways(), by: compared() };
    },
  };
}

export function same(a: Sight, b: Sight, [from, to]: Part): boolean {
  for (let k = from; k < to; k++) if (!Object.is(a.made[k], b.made[k])) return false;
  return true;
}

/** What is to be new about a sight: where there are few numbers all of them together, and each otherwise. */
export const waysOf = ({ made }: Sight): string[] => {
  // Of what is rounded there is no end.
  const told = made.map((x) => Math.max(-2, Math.min(2, x)));
  return told.length <= MOST_TOLD ? [told.join()] : Array.from(told, (x, k) => `${k}: ${x}`);
};
