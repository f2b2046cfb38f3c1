import { checkWithin, type Model } from '../../calculus/check.ts';
import { differentiate } from '../../calculus/differentiate.ts';
import { simplify } from '../../calculus/simplify.ts';
import { adjointNames } from '../../derivation/names.ts';
import { type Step, Trace } from '../../derivation/steps.ts';
import { sameShape } from '../../graph/dimension.ts';
import type { Node } from '../../graph/node.ts';
import { type Fraction, isNegative, nearestRatio } from '../../graph/rational.ts';
import { topological } from '../../graph/traverse.ts';
import { GradusError } from '../../language/diagnostics.ts';
import { parseExpression } from '../../language/parser.ts';
import type { Expr } from '../../language/tree.ts';
import type { NestedArray } from '../../numeric/tensor.ts';
import { sign } from '../../operators/kinked.ts';
import { Reader } from '../../render/read.ts';
import { printExpr } from '../../render/text.ts';
import { indexAt } from '../discrepancy.ts';
import { samples } from './evaluate.ts';
import { mutations } from './mutations.ts';
import { type Slip, wholeSlips } from './slips.ts';

/** What came of judging a derivative that a person wrote. */
export interface ClaimReport {
  readonly ok: boolean;
  readonly name: string;
  readonly claim: string;
  /** The derivative that was found, over the model's names and the adjoints'. */
  readonly derived: string;
  /** The first entry that differs, indices from 1, and where; left out if the claim cannot even be evaluated. */
  readonly entry?: { readonly index: readonly number[]; readonly claimed: number; readonly derived: number };
  readonly at?: Readonly<Record<string, NestedArray>>;
  /** Why it does not even have a value: the shape error that it runs into. */
  readonly error?: GradusError;
  readonly cause?: Cause;
}

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

/**
 * Judges a derivative that a person wrote, in the names of the model and of its adjoints (`dZ*X'`).
 * @throws GradusError for a claim that cannot be read or has unknown names
 */
export function judgeClaim(model: Model, name: string, claim: string): ClaimReport {
  const { graph: g, objective } = model;
  const input = model.inputs.get(name);
  if (!objective || !input) throw new GradusError('name', `there is no derivative by ${name} to judge`);
  const trace = new Trace();
  const [raw] = differentiate(g, objective.node, [input.node], trace);
  const [truth] = simplify(g, [raw!]);
  const adjoints = adjointNames(model, [truth!, raw!]);
  const [shown] = simplify(g, [raw!], { mergeShared: true });
  const base = { name, claim, derived: printExpr(Reader.of(g).read(shown!), 'unicode') };
  const tree = parseExpression(claim);
  const points = samples(model, [name], truth!);
  const steps = trace.steps(g, { node: objective.node, name: objective.name ?? 'f' }, [input.node]);

  const node = nodeOf(tree);
  if (node && sameLength(node)) {
    const differing = firstDifference(node);
    if (!differing) return { ...base, ok: true };
    return { ...base, ok: false, ...differing, ...causeOf(node) };
  }
  const error = node ? shapeError(node) : failure(tree);
  return { ...base, ok: false, error, ...causeOf(undefined) };

  function nodeOf(expr: Expr): Node | undefined {
    try {
      return evaluated(expr);
    } catch (e) {
      if (e instanceof GradusError && e.code === 'shape') return undefined;
      throw e;
    }
  }

  function evaluated(expr: Expr): Node {
    const source = {
      text: claim,
      statements: [{ kind: 'objective' as const, sense: 'none' as const, value: expr, span: expr.span }],
    };
    return checkWithin(model, source, adjoints).objective!.node;
  }

  function failure(expr: Expr): GradusError {
    try {
      evaluated(expr);
    } catch (e) {
      if (e instanceof GradusError) return e;
    }
    return new GradusError('shape', 'this has no value');
  }

  function shapeError(claimed: Node): GradusError {
    const text = (shape: readonly unknown[]) => (shape.length === 0 ? 'a scalar' : `[${shape.join(', ')}]`);
    return new GradusError('shape', `the claim is ${text(claimed.shape)}, the derivative by ${name} is ${text(truth!.shape)}`);
  }

  function sameLength(candidate: Node): boolean {
    return sameShape(candidate.shape, truth!.shape);
  }

  function firstDifference(candidate: Node) {
    for (const { at, values } of points) {
      const [claimed, derived] = values([candidate, truth!]) as [readonly number[], readonly number[]];
      const k = differs(claimed, derived);
      if (k < 0) continue;
      const shape = shapeAt(derived.length);
      return { entry: { index: indexAt(k, shape), claimed: claimed[k]!, derived: derived[k]! }, at };
    }
    return undefined;
  }

  function shapeAt(length: number): number[] {
    const declared = input!.shape;
    const known = declared.map((d) => (typeof d === 'number' ? d : (model.sizes.get(d) ?? 0)));
    return known.every((d) => d > 0) ? known : declared.length === 0 ? [] : [length];
  }

  function isRight(candidate: Node | undefined): boolean {
    return candidate !== undefined && sameLength(candidate) && firstDifference(candidate) === undefined;
  }

  /** The number that the derivative is of the claim, if it looks like a simple one. */
  function constantRatio(claimed: Node): Fraction | undefined {
    const [c, d] = points[points.length - 1]!.values([claimed, truth!]) as [readonly number[], readonly number[]];
    const k = c.findIndex((x, at) => x !== 0 && d[at] !== 0);
    if (k < 0) return undefined;
    const ratio = nearestRatio(d[k]! / c[k]!);
    return ratio && ratio.n !== 0n && ratio.d <= 1000n ? ratio : undefined;
  }

  function causeOf(claimed: Node | undefined): { cause?: Cause } {
    if (claimed) {
      for (const slip of wholeSlips(model, objective!.node, claimed, truth!)) {
        if (isRight(slip.node)) return { cause: { slip: slip.cause, right: slip.right(claim), ...stepFor(slip) } };
      }
      const factor = constantRatio(claimed);
      if (factor && isRight(g.mul(factor, claimed))) {
        const right = `${factor.toFraction()}*(${claim})`;
        return { cause: { slip: 'factor', right, ...stepOf(steps[steps.length - 1]) } };
      }
    }
    const family = (word: string) =>
      [...adjoints.keys(), ...model.definitions.map((d) => d.name)].filter((other) => other !== word && other[0] === word[0]);
    for (const { cause, from, to, tree: changed } of mutations(tree, family)) {
      if (!isRight(nodeOf(changed))) continue;
      const print = (e: Expr) => printExpr(e, 'ascii');
      return {
        cause: { slip: cause, right: print(changed), from: print(from), to: print(to), ...stepOf(steps[steps.length - 1]) },
      };
    }
    return {};
  }

  /** The step in which a function's derivative comes in; otherwise the one that finds the derivative itself. */
  function stepFor(slip: Slip): Pick<Cause, 'step'> {
    const owner =
      slip.cause === 'sign'
        ? steps.find(bringsSign)
        : slip.function && steps.find((s) => s.rules.some((r) => r.id === slip.function));
    return stepOf(owner ?? steps[steps.length - 1]);
  }

  function stepOf(step: Step | undefined): Pick<Cause, 'step'> {
    if (!step) return {};
    const text = `${step.target} = ${printExpr(Reader.of(g).read(step.after), 'unicode')}`;
    return { step: { target: step.target, number: steps.indexOf(step) + 1, text } };
  }
}

/** A step in which a sign comes in: by a negative factor, or by the slope of |u|. */
const bringsSign = ({ after }: Step): boolean =>
  topological([after], (n) => n.kind === 'definition').some(
    (n) => (n.kind === 'contraction' && isNegative(n.coefficient)) || (n.kind === 'apply' && n.operator === sign),
  );

/** The first place where two arrays differ by more than rounding, or −1. */
function differs(a: readonly number[], b: readonly number[]): number {
  if (a.length !== b.length) return 0;
  const scale = Math.max(1e-12, ...a.filter(Number.isFinite).map(Math.abs), ...b.filter(Number.isFinite).map(Math.abs));
  return a.findIndex((x, k) => !(Math.abs(x - b[k]!) <= 1e-9 * scale));
}
