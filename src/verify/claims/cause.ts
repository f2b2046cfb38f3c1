import type { Step, Trace } from '../../derivation/steps.ts';
import type { Graph } from '../../graph/graph.ts';
import type { Node } from '../../graph/node.ts';
import type { Fraction } from '../../graph/rational.ts';
import type { Expr } from '../../language/tree.ts';
import type { Model } from '../../model/model.ts';
import { objectiveName } from '../../model/objective-name.ts';
import { Reader } from '../../reading/read.ts';
import { printExpr } from '../../render/text.ts';
import { forReading } from '../../simplify/pipelines.ts';
import { mutations } from './mutations.ts';
import { stepOfSlip, stepWith, workedOut } from './place.ts';
import { type Slip, wholeSlips } from './slips.ts';

/** The slip that makes the claim right when it is undone. */
export interface Cause {
  readonly slip: Slip['cause'];
  /** The claim put right. */
  readonly right: string;
  /** What stands in the claim and what should, where one place is wrong. */
  readonly from?: string;
  readonly to?: string;
  /** The step of the derivation where it belongs: its target, and its place counted from 1. */
  readonly step?: { readonly target: string; readonly number: number; readonly text: string };
}

/** A claim that is wrong, and the means to judge what it might have been. */
interface WrongClaim {
  readonly model: Model;
  readonly trace: Trace;
  readonly variables: readonly Node[];
  /** Where a step stands in the whole derivation, by all that may move, counted from 1. */
  readonly numberOf: (step: Step) => number | undefined;
  readonly adjoints: ReadonlyMap<string, Node>;
  /** What is claimed, as the steps name it. */
  readonly target: string;
  readonly tree: Expr;
  /** The names that stand in it, and in what it defines first. */
  readonly named: ReadonlySet<string>;
  readonly claim: string;
  readonly truth: Node;
  /** Undefined if its shape is wrong. */
  readonly claimed: Node | undefined;
  /** What the derivative is of the claim, if it looks like a simple number. */
  readonly ratio: () => Fraction | undefined;
  /** Products that it takes to evaluate the derivative. */
  readonly cost: number;
  readonly isRight: (candidate: () => Node | undefined) => boolean;
  readonly nodeOf: (expr: Expr) => Node | undefined;
}

/** Candidates that are tried, and products that evaluating them may take: longer nobody waits. */
const MOST_TRIED = 400;
const MOST_WORK = 2e6;

/** The first slip whose undoing makes the claim right. */
export function causeOf(wrong: WrongClaim): Cause | undefined {
  const { model, trace, variables, claim, tree, truth, claimed, isRight, nodeOf } = wrong;
  const g = model.graph;
  const objective = { node: model.objective!.node, name: objectiveName(model) };
  const steps = trace.steps(g, objective, variables);
  const stepOf = (step: Step | undefined): Pick<Cause, 'step'> => {
    if (!step) return {};
    const text = `${step.target} = ${printExpr(Reader.of(g).readAtSteps(step.after), 'unicode')}`;
    return { step: { target: step.target, number: wrong.numberOf(step) ?? steps.indexOf(step) + 1, text } };
  };
  const last = steps.find((s) => s.target === wrong.target) ?? steps[steps.length - 1];
  const own = last ? workedOut(steps, last, wrong.named) : [];
  const most = Math.min(MOST_TRIED, MOST_WORK / Math.max(1, wrong.cost));
  // What the claim defines first stays.
  const at = claim.lastIndexOf(';', tree.span.start) + 1;
  const [before, point] = [at > 0 ? `${claim.slice(0, at)} ` : '', claim.slice(at).trim()];
  const put = (text: string): string => before + text;
  if (claimed) {
    let slips = 0;
    for (const slip of wholeSlips(model, objective.node, claimed, { truth, by: variables })) {
      if (++slips > most) break;
      if (!isRight(() => slip.node)) continue;
      const right = slip.function ? slip.right(point) : shorter(g, slip.node, slip.right(point));
      return { slip: slip.cause, right: put(right), ...stepOf(stepOfSlip(slip, own) ?? last) };
    }
    const ratio = wrong.ratio();
    if (ratio && isRight(() => g.mul(ratio, claimed))) {
      const right = shorter(g, g.mul(ratio, claimed), `${ratio.toFraction()}*(${point})`);
      const slip = { cause: 'factor', number: ratio } as const;
      return { slip: slip.cause, right: put(right), ...stepOf(stepOfSlip(slip, own) ?? last) };
    }
  }
  let tried = 0;
  for (const { cause, from, to, tree: changed } of mutations(tree, relatives(wrong))) {
    if (++tried > most) return undefined;
    if (!isRight(() => nodeOf(changed))) continue;
    const print = (e: Expr) => printExpr(e, 'ascii');
    return { slip: cause, right: put(print(changed)), from: print(from), to: print(to), ...stepOf(stepWith(g, to, own) ?? last) };
  }
  return undefined;
}

/** What a claim is multiplied by may be there already: m·(u/m) is u. */
function shorter(g: Graph, node: Node, written: string): string {
  const [simple] = forReading(g, [node]) as [Node];
  const text = printExpr(Reader.of(g).readAtSteps(simple), 'ascii');
  return text.length < written.length ? text : written;
}

/** Names that are easily taken for each other, dA for dZ, and those that may be missing as a factor. */
function relatives({ model, adjoints, target }: WrongClaim): Parameters<typeof mutations>[1] {
  const names = [...adjoints.keys(), ...model.definitions.map((d) => d.name)];
  return {
    family: (word) => names.filter((other) => other !== word && other !== target && other[0] === word[0]),
    carried: (word) => {
      const name = `δ${word.slice(1)}`;
      return word.startsWith('d') && adjoints.has(name) && name !== target ? name : undefined;
    },
    factors: model.definitions.map((d) => d.name),
  };
}
