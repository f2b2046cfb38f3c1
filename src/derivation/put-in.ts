import { constantOf } from '../graph/forms.ts';
import type { Graph } from '../graph/graph.ts';
import { inlineDefinitions, mapGraph } from '../graph/map.ts';
import { type Definition, isNamed, type Node } from '../graph/node.ts';
import { topological } from '../graph/traverse.ts';
import { leaves } from '../language/trees.ts';
import { pow } from '../operators/power.ts';
import { Reader } from '../reading/read.ts';
import { forReading } from '../simplify/pipelines.ts';
import type { Step } from './steps.ts';
import { shortForms, type Vanishing } from './vanishing.ts';

/** A step with what arrives put in. */
export interface PutIn {
  readonly form: Node;
  /** What was divided by, and is no longer: P and 1 − P. */
  readonly cancelled: readonly Node[];
  readonly vanishing: readonly Vanishing[];
}

/**
 * A step with what arrives put in, where something may cancel: σ after cross-entropy leaves (A − Y)/m. Undefined where nothing
 * arrives by name, and of what rests on facts, which is told with these.
 */
export function withAdjoints(graph: Graph, { after, resting, explained: { adjoints } }: Step): PutIn | undefined {
  if (resting || isNamed(after)) return undefined;
  const [opened] = inlineDefinitions(graph, [after], (d) => adjoints.has(d.name)) as [Node];
  if (opened === after) return undefined;
  const { forms, vanishing } = shortForms(graph, [opened], () => false);
  return putIn(opened, forms[0]!, vanishing(0));
}

/** The same told briefly: only what a quotient that arrives cancels, a level up, and hardly a sign more is left. */
export function cancelling(graph: Graph, { after, resting, explained: { adjoints } }: Step): PutIn | undefined {
  if (resting || isNamed(after)) return undefined;
  const arriving = topological([after], isNamed).filter((n): n is Definition => isNamed(n) && adjoints.has(n.name));
  if (!arriving.some(({ value }) => quotientsIn(value).length > 0)) return undefined;
  const own = new Set<Node>(arriving);
  const open = (n: Node, original: Node): Node => (isNamed(original) && own.has(original) ? original.value : n);
  const [opened] = mapGraph(graph, [after], open, isNamed) as [Node];
  const [form] = forReading(graph, [opened]) as [Node];
  const [before, found] = [after, form].map((node) => leaves(Reader.of(graph).read(node))) as [number, number];
  const told = putIn(opened, form, []);
  return found < before || (told.cancelled.length > 0 && found <= before + 1) ? told : undefined;
}

function putIn(opened: Node, form: Node, vanishing: readonly Vanishing[]): PutIn {
  const left = new Set(quotientsIn(form));
  return { form, cancelled: quotientsIn(opened).filter((base) => !left.has(base)), vanishing };
}

/** The n of a mean cancels nowhere that one would look at. */
const isSize = (node: Node): boolean => node.kind === 'variable' && node.role === 'size';

/** What is divided by, entry by entry: u of 1/u. */
export const quotientsIn = (root: Node): Node[] =>
  topological([root], isNamed).flatMap((node) => {
    if (node.kind !== 'apply' || node.operator !== pow || isSize(node.args[0]!)) return [];
    const p = constantOf(node.args[1]!);
    return p?.equals(-1) ? [node.args[0]!] : [];
  });
