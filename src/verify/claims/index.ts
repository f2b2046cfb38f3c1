import { adjointNames } from '../../derivation/names.ts';
import { type Step, Trace } from '../../derivation/steps.ts';
import { differentiate } from '../../differentiate/sweep.ts';
import { elaborateWithin } from '../../elaborate/elaborate.ts';
import { type Shape, sameShape, showShape, sizeOf } from '../../graph/dimension.ts';
import { fused } from '../../graph/fused.ts';
import { inlineDefinitions } from '../../graph/map.ts';
import type { Node } from '../../graph/node.ts';
import { topological } from '../../graph/traverse.ts';
import { attempt } from '../../language/attempt.ts';
import { GradusError, nearest } from '../../language/diagnostics.ts';
import { parse } from '../../language/parser.ts';
import { visitExpressions } from '../../language/parts.ts';
import type { Expr, Objective, Statement } from '../../language/tree.ts';
import { listed } from '../../language/visible.ts';
import { holding } from '../../model/held.ts';
import type { Model } from '../../model/model.ts';
import { withPauses } from '../../model/name-parts.ts';
import { objectiveName } from '../../model/objective-name.ts';
import type { Inputs } from '../../numeric/binding.ts';
import type { NestedArray } from '../../numeric/tensor.ts';
import { Reader } from '../../reading/read.ts';
import { printExpr } from '../../render/text.ts';
import { forReading, forRunning } from '../../simplify/pipelines.ts';
import { indexAt } from '../discrepancy.ts';
import { type Difference, Judge, type JudgeOptions, type Verdict } from '../judge/index.ts';
import { refuseAsked } from './asked.ts';
import { type Assumption, assuming, assumptions } from './assumptions.ts';
import { type Cause, causeOf } from './cause.ts';

export type { Cause } from './cause.ts';

/** What came of judging a derivative that a person wrote. */
export interface ClaimReport {
  readonly ok: boolean;
  readonly name: string;
  /** What the claim says it is: `∂Cost/∂W`, `dZ`. */
  readonly target: string;
  readonly claim: string;
  /** The derivative that was found, over the model's names and the adjoints'. */
  readonly derived: string;
  /** How it is known; left out if the claim cannot even be compared. */
  readonly verdict?: Verdict;
  /** What must be known of the data for the claim to be right. */
  readonly condition?: readonly Assumption[];
  /** The first entry that differs, indices from 1, and where; left out if the claim cannot even be evaluated. */
  readonly entry?: { readonly index: readonly number[]; readonly claimed: number; readonly derived: number };
  readonly at?: Readonly<Record<string, NestedArray>>;
  /** Why it does not even have a value: the shape error that it runs into. */
  readonly error?: GradusError;
  readonly cause?: Cause;
}

export interface ClaimOptions {
  readonly seed?: number;
  readonly points?: number;
  /** Values at which it is looked first: those that the names have by now. */
  readonly start?: Inputs;
}

/**
 * Judges a derivative that a person wrote, in the names of the model and of its adjoints (`dZ*X'`).
 * @param name what was derived by, or an adjoint: `dZ`
 * @throws GradusError for a claim that cannot be read, has unknown names, or asks for the derivative; its span points into the claim
 */
export function judgeClaim(model: Model, name: string, claim: string, options: ClaimOptions = {}): ClaimReport {
  try {
    return new ClaimCase(model, name, claim, options).report();
  } catch (error) {
    // What is wrong with a claim is shown in the claim, not in the source.
    throw error instanceof GradusError && error.span ? ofClaim(error.within(claim)) : error;
  }
}

/** What is said of a source that has no parse: here it is the claim. */
const OF_CLAIMS = [
  ['the source ends', 'the claim ends'],
  ['the source is empty', 'the claim is empty'],
] as const;

function ofClaim(error: GradusError): GradusError {
  const { code, message, span, hint, note, text } = error;
  const said = OF_CLAIMS.find(([source]) => message.startsWith(source));
  if (!said) return error;
  return new GradusError(code, message.replace(said[0], said[1]), { span, note, text, ...(span?.end !== 0 && { hint }) });
}

/** Milliseconds for each claim that this one might have been. */
const CANDIDATE_PATIENCE = 250;
/** Products that it may take to evaluate a claim once under each of the facts that would make it right. */
const MOST_WORK = 5e5;

/** One claim with all that it is judged by. */
class ClaimCase {
  private readonly model: Model;
  private readonly name: string;
  private readonly claim: string;
  private readonly options: ClaimOptions;
  private readonly raw: Node;
  private readonly trace = new Trace();
  private readonly adjoints: ReadonlyMap<string, Node>;
  private readonly variables: readonly Node[];
  /** Names of parts that the source does not have, and of what arrives there. */
  private readonly invented: ReadonlySet<string>;
  /** What the claim defines before it comes to the point, and the point. */
  private readonly before: readonly Statement[];
  private readonly tree: Expr;
  private readonly named = new Set<string>();
  private readonly literals: Map<Node, { readonly shape: readonly number[]; readonly data: readonly number[] }>;

  constructor(source: Model, name: string, claim: string, options: ClaimOptions) {
    // Of a quantity on the way it is the derivative by that.
    const given = holding(source, [name]);
    const input = given.inputs.get(name);
    const inputs = [...given.inputs.values()];
    const moving = inputs.filter((i) => i.role !== 'data');
    // Where all are data it is one of those that was derived by.
    const by = input ? [input] : moving.length > 0 ? moving : inputs;
    this.variables = by.map((i) => i.node);
    // What a derivation names can be spoken of.
    const model = withPauses(
      given,
      by.map((i) => i.name),
    );
    const own = new Set(given.definitions.map((d) => d.name));
    const parts = model.definitions.filter((d) => !own.has(d.name));
    this.invented = new Set(parts.flatMap((d) => [d.name, `d${d.name}`]));
    this.model = model;
    this.name = name;
    this.claim = claim;
    this.options = options;
    const { graph: g, objective } = model;
    if (!objective) throw new GradusError('argument', 'there is nothing to derive: the source has no objective');
    const raw = differentiate(g, objective.node, this.variables, this.trace);
    const short = forRunning(g, raw);
    this.adjoints = adjointNames(model, [...short, ...raw]);
    const found = input ? raw[0] : (this.adjoints.get(name) ?? this.adjoints.get(`d${name}`) ?? this.adjoints.get(`δ${name}`));
    if (!found) {
      const near = nearest(name, [...model.inputs.keys(), ...this.adjoints.keys()]);
      const [own, other] = [model.inputs, this.adjoints].map((names) => listed([...names.keys()]));
      const all = other ? `there are those by ${own}, and ${other}` : `there are those by ${own}`;
      throw new GradusError('name', `there is no derivative by ${name} to judge`, {
        hint: near ? `did you mean ${near}?` : all,
      });
    }
    this.raw = found.kind === 'definition' && !input ? found.value : found;
    const { statements } = parse(claim, new Set(model.unknowns.keys()));
    visitExpressions(statements, (expr) => expr.kind === 'name' && this.named.add(expr.name));
    this.before = statements.slice(0, -1);
    this.tree = pointOf(statements[statements.length - 1], claim).value;
    this.literals = new Map(model.literals);
    refuseAsked({
      graph: g,
      objective: objective.node,
      adjoint: input ? undefined : name,
      by: input ?? definedAs(model, name.replace(/^[dδ]/u, '')),
      arriving: [...this.adjoints.keys()].filter((arrives) => arrives !== name),
      statements,
      claim,
      own: (word) => model.inputs.has(word) || model.definitions.some((d) => d.name === word),
      nodeOf: (expr) => attempt(() => this.nodeOf(expr)),
    });
  }

  report(): ClaimReport {
    const { model, name, claim, tree } = this;
    const { graph: g } = model;
    // Of an adjoint that has a name of its own the name says nothing.
    const base = { name, target: this.target, claim, derived: this.derived };
    const node = this.nodeOf(tree);
    if (!node || !this.fits(node)) {
      const error = node ? this.shapeError(node) : this.failure(tree);
      return { ...base, ok: false, error, ...this.cause(undefined) };
    }
    const [claimed, derived] = fused(g, [node, this.raw]) as [Node, Node];
    const verdict = this.judge([claimed]).one([claimed, derived]);
    if (verdict.right) return { ...base, ok: true, verdict };
    const settled = this.withSizesOfTheSource(node);
    if (settled) return { ...base, ok: true, verdict: settled };
    const condition = this.condition(node);
    if (condition?.every((c) => c.usual)) return { ...base, ok: true, verdict, condition };
    const seen = verdict.difference ? this.seen(verdict.difference) : {};
    return { ...base, ok: false, verdict, ...seen, ...(condition ? { condition } : this.cause(node)) };
  }

  /** The derivative as it is told: of what arrives through time, by what the next step sends back. */
  private get derived(): string {
    const { graph: g, objective } = this.model;
    const opened = this.raw.kind === 'definition' ? this.raw.value : this.raw;
    const runs = topological([opened], (n) => n !== opened && n.kind === 'definition').some((n) => n.kind === 'recurrence');
    const steps = runs ? this.trace.steps(g, { node: objective!.node, name: objectiveName(this.model) }, this.variables) : [];
    const told = steps.find(({ explained: { adjoint } }) =>
      [adjoint, adjoint.kind === 'definition' ? adjoint.value : adjoint].includes(this.raw),
    );
    // Parts that only a derivation names nobody has seen.
    const [seen] = inlineDefinitions(g, [opened], ({ name }) => this.invented.has(name));
    return printExpr(Reader.of(g).readAtSteps(told?.after ?? forReading(g, [seen!])[0]!), 'unicode');
  }

  private get target(): string {
    // dZ says of itself what it is; of Z it is the derivative that is claimed.
    const isOwn = this.adjoints.has(this.name) && !this.model.inputs.has(this.name);
    return isOwn ? this.name : `∂${objectiveName(this.model)}/∂${this.name}`;
  }

  /** With what is known of the model alone, or with more. */
  private judge(
    expressions: readonly Node[],
    model: Model = this.model,
    { sizes, patience }: Pick<JudgeOptions, 'sizes' | 'patience'> = {},
  ): Judge {
    const options = {
      ...this.options,
      ...(sizes && { sizes }),
      ...(patience && { patience }),
      within: [this.model.objective!.node],
    };
    const wrt = this.model.inputs.has(this.name) ? [this.name] : [];
    return new Judge({ ...model, literals: this.literals }, wrt, [...expressions, this.raw], options);
  }

  /** A claim with the number that the source's data give for a length: right for these data. */
  private withSizesOfTheSource(node: Node): Verdict | undefined {
    const { sizes } = this.model;
    if (sizes.size === 0) return undefined;
    const verdict = this.judge([node], this.model, { sizes }).one([node, this.raw]);
    return verdict.right ? { ...verdict, sizes: Object.fromEntries(sizes) } : undefined;
  }

  private condition(node: Node): readonly Assumption[] | undefined {
    let tried = 0;
    const most = MOST_WORK / Math.max(1, this.judge([node]).cost([node, this.raw]));
    for (const assumption of assumptions(this.model, this.name)) {
      if (++tried > most) return undefined;
      if (this.rightUnder(assumption, node)) return assumption;
    }
    return undefined;
  }

  private rightUnder(assumption: readonly Assumption[], node: Node): boolean {
    try {
      const judge = this.judge([node], assuming(this.model, assumption));
      return judge.plausible([node, this.raw]) && judge.one([node, this.raw]).right;
    } catch (error) {
      // The source says otherwise, or nothing has all of the facts.
      if (error instanceof GradusError && (error.code === 'data' || error.code === 'unsupported')) return false;
      throw error;
    }
  }

  /** The entry that differs, as it is shown. */
  private seen({ at, sizes, place, found, expected }: Difference): Pick<ClaimReport, 'entry' | 'at'> {
    const known = new Map(Object.entries(sizes));
    const lengths = this.declared().map((dim) => sizeOf(dim, known));
    return { entry: { index: indexAt(place, lengths), claimed: found, derived: expected }, at };
  }

  /** The axes of the derivative as they are declared: a row has two. */
  private declared(): Shape {
    const input = this.model.inputs.get(this.name);
    const front = this.raw.shape.slice(0, this.raw.shape.length - (input?.node.shape.length ?? this.raw.shape.length));
    return [...front, ...(input?.shape ?? this.raw.shape)];
  }

  private nodeOf(expr: Expr): Node | undefined {
    try {
      return this.evaluated(expr);
    } catch (e) {
      if (e instanceof GradusError && e.code === 'shape') return undefined;
      throw e;
    }
  }

  private evaluated(expr: Expr): Node {
    const statement = { kind: 'objective' as const, sense: 'none' as const, value: expr, span: expr.span };
    const read = elaborateWithin(this.model, { text: this.claim, statements: [...this.before, statement] }, this.adjoints);
    for (const [node, array] of read.literals) this.literals.set(node, array);
    return read.objective!.node;
  }

  private failure(expr: Expr): GradusError {
    try {
      this.evaluated(expr);
    } catch (e) {
      if (e instanceof GradusError) return e;
    }
    return new GradusError('shape', 'this has no value');
  }

  private shapeError(claimed: Node): GradusError {
    const text = (shape: Shape) => (shape.length === 0 ? 'a scalar' : showShape(shape));
    return new GradusError(
      'shape',
      `the claim is ${text(claimed.shape)}, the derivative by ${this.name} is ${text(this.raw.shape)}`,
    );
  }

  /** By names: two, or a name and a number, are different lengths whatever the data. */
  private fits({ shape }: Node): boolean {
    return sameShape(shape, this.raw.shape);
  }

  /** The slip that explains the claim; if there is none, the one that does for the numbers that the source gives. */
  private cause(claimed: Node | undefined): { cause?: Cause } {
    const general = this.causeWithin(this.model, claimed);
    if (general) return { cause: general };
    const [own] = assumptions(this.model, this.name);
    const given = own?.every(({ fact }) => fact.startsWith('='))
      ? this.causeWithin(assuming(this.model, own), claimed)
      : undefined;
    return given ? { cause: given } : {};
  }

  private numberOf({ id }: Step): number | undefined {
    const { graph, objective, inputs } = this.model;
    const moving = [...inputs.values()].flatMap(({ role, node }) => (role === 'data' ? [] : [node]));
    const trace = new Trace();
    differentiate(graph, objective!.node, moving, trace);
    const steps = trace.steps(graph, { node: objective!.node, name: objectiveName(this.model) }, moving);
    const at = steps.findIndex((step) => step.id === id);
    return at < 0 ? undefined : at + 1;
  }

  private causeWithin(within: Model, claimed: Node | undefined): Cause | undefined {
    const { model, trace, variables, tree, claim } = this;
    const judge = this.judge(claimed ? [claimed] : [], within, { patience: CANDIDATE_PATIENCE });
    const isRight = (candidate: Node | undefined): boolean => {
      if (!candidate || !this.fits(candidate)) return false;
      const pair = [candidate, this.raw] as const;
      return judge.plausible(pair) && judge.one(pair).right;
    };
    return causeOf({
      model,
      trace,
      variables,
      numberOf: (step) => this.numberOf(step),
      adjoints: this.adjoints,
      target: this.target,
      tree,
      named: this.named,
      claim,
      truth: this.raw,
      claimed,
      cost: judge.cost([this.raw]),
      ratio: () => (claimed ? judge.ratio([claimed, this.raw]) : undefined),
      isRight: (candidate) => attempt(() => isRight(candidate())) ?? false,
      nodeOf: (expr) => attempt(() => this.nodeOf(expr)),
    });
  }
}

const definedAs = ({ definitions }: Model, name: string) => ({ name, node: definitions.find((d) => d.name === name)?.node });

/** @throws GradusError `syntax` for what does not end with an expression */
function pointOf(last: Statement | undefined, claim: string): Objective {
  if (last?.kind === 'objective') return last;
  throw new GradusError('syntax', 'a claim ends with an expression: the derivative', { span: { start: 0, end: claim.length } });
}
