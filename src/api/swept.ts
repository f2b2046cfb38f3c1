import type { Derived } from '../derivation/document.ts';
import { type DomainNote, domainNotes } from '../derivation/domain.ts';
import type { DerivationNumbers } from '../derivation/numbers.ts';
import { recognised } from '../derivation/recognised.ts';
import { type Step, Trace } from '../derivation/steps.ts';
import { type TextbookStep, textbook } from '../derivation/textbook.ts';
import type { Words } from '../derivation/words/index.ts';
import { differentiate } from '../differentiate/sweep.ts';
import type { Shape } from '../graph/dimension.ts';
import { inlineDefinitions } from '../graph/map.ts';
import type { Apply, Definition, Node, Variable } from '../graph/node.ts';
import { topological } from '../graph/traverse.ts';
import { GradusError } from '../language/diagnostics.ts';
import { lazily } from '../language/lazily.ts';
import { holding } from '../model/held.ts';
import type { Input, Model } from '../model/model.ts';
import { withPauses } from '../model/name-parts.ts';
import { derivativeName, objectiveName } from '../model/objective-name.ts';
import { withKnownFunctions } from '../model/written-out.ts';
import type { Operator } from '../operators/operator.ts';
import { asSaid } from '../reading/said.ts';
import { forReading, forRunning } from '../simplify/pipelines.ts';
import { structureOf } from '../simplify/structure.ts';
import { absentLines } from './absent.ts';
import { lowerOrder, type OtherOrders, otherOrders } from './lower-order.ts';
import { endIt, inputOf } from './names.ts';

export interface SweepOptions {
  readonly steps?: boolean;
  readonly order?: number;
}

/**
 * A model that has been swept through, and what is told of it. It stands apart from what runs and judges it: who only reads
 * a derivation, a page, need not load that.
 */
export class Swept<N extends string = string> {
  readonly model: Model;
  /** The name of the objective, `f` if it has none. */
  readonly name: string;
  readonly wrt: readonly N[];
  /** The derivative by each name, as the sweep gave it. */
  readonly raw: readonly Node[];
  readonly order: number;
  /** As it was given, before its parts got names. */
  readonly source: Model;
  /** Functions that the source has written out. */
  private readonly known: readonly Operator[];
  private readonly trace: Trace | undefined;

  /** @throws GradusError `argument` for a source without an objective, `name` for a name that it does not have */
  constructor(given: Model, wrt: readonly N[], { steps = true, order = 1 }: SweepOptions = {}) {
    const source = holding(given, wrt);
    const told = withKnownFunctions(order > 1 ? lowerOrder(source, wrt, order - 1) : source);
    const model = withPauses(told.model, wrt);
    const { objective } = model;
    if (!objective)
      throw new GradusError('argument', 'there is nothing to derive: the source has no objective', {
        hint: endIt(model),
      });
    this.source = source;
    this.model = model;
    this.known = told.known;
    this.order = order;
    this.name = derivativeName(objectiveName(source), order - 1);
    this.wrt = wrt;
    this.trace = steps ? new Trace() : undefined;
    const inputs = wrt.map((name) => this.variable(name).node);
    this.raw = differentiate(model.graph, objective.node, inputs, this.trace);
  }

  /** The objective's own axes, as they are declared: a vector has one. */
  get front(): Shape {
    return this.model.objective!.node.shape;
  }

  /** Whether steps were recorded. */
  get isTraced(): boolean {
    return this.trace !== undefined;
  }

  variable(name: string): Input {
    return inputOf(this.model, name);
  }

  /** The textbook's reading for each name, where the objective is a scalar expression without names of its own. */
  textbooks(): (TextbookStep | undefined)[] | undefined {
    const { graph, objective, definitions } = this.model;
    if (!this.trace || definitions.length > 0) return undefined;
    const told = this.wrt.map((name) => {
      const x = this.variable(name).node as Variable;
      const said = asSaid(graph, objective!.node);
      const step = textbook(graph, said, x);
      return step && recognised(graph, said, x, step);
    });
    return told.some((t) => t) ? told : undefined;
  }

  /** The steps of the sweep; it is made again with an observer if there was none. */
  readonly nodeSteps = lazily(() => this.traced());

  private traced(): readonly Step[] {
    const { graph, objective } = this.model;
    const variables = this.wrt.map((name) => this.variable(name).node);
    const trace = this.trace ?? new Trace();
    if (!this.trace) differentiate(graph, objective!.node, variables, trace);
    return trace.steps(graph, { node: objective!.node, name: this.name }, variables);
  }

  /** The function and its derivatives around a higher one. */
  readonly orders = lazily((): OtherOrders => {
    const { graph } = this.model;
    const last = () => forReading(graph, inlineDefinitions(graph, [this.raw[0]!]))[0]!;
    return otherOrders(this.source, this.wrt, this.order, last);
  });

  /** The derivations of the orders below this one, the first one first. */
  readonly below = lazily((): readonly Swept<N>[] =>
    Array.from({ length: this.order - 1 }, (_, k) => new Swept(this.source, this.wrt, { steps: this.isTraced, order: k + 1 })),
  );

  /** What a document is made of. */
  derived(words: Words, numbers?: DerivationNumbers): Derived {
    const { model, name, wrt, raw } = this;
    const told = this.textbooks();
    const below = lazily(() => this.below().map((one) => one.derived(words)));
    // Who reads the steps alone does not wait for what is known of values.
    const [zeros, domain] = [lazily(() => this.zeros()), lazily(() => this.domain())];
    return {
      model,
      name,
      wrt,
      raw,
      ...this.orders(),
      get below() {
        return below();
      },
      steps: this.trace && !told ? this.nodeSteps() : [],
      textbooks: told ?? [],
      known: this.known,
      get zeros() {
        return zeros();
      },
      get domain() {
        return domain();
      },
      notes: this.notes(words),
      numbers,
    };
  }

  /** What is known of the zeros of Jacobians and Hessians. */
  private zeros(): Derived['zeros'] {
    const { graph } = this.model;
    const front = this.front.length;
    if (front === 0) return [];
    // Taken from what the sweep found: the closed form of a deep network is not asked for.
    const nodes = forRunning(graph, this.raw);
    return this.wrt.map((name, k) => {
      const node = nodes[k]!;
      const structure = structureOf(graph, node, [this.variable(name).node]);
      return { name: this.name, by: name, front, rank: node.shape.length, structure };
    });
  }

  /** Where the objective or its derivatives do not hold: of a higher one, the function that it is taken of too. */
  domain(): DomainNote[] {
    const { graph, objective } = this.model;
    const isHigher = this.order > 1;
    const said = asSaid(graph, (isHigher ? this.source : this.model).objective!.node, () => false);
    const below = isHigher ? [objective!.node] : [];
    // Conditions of numbers that got a name for the derivation are of what these are made of: x ≠ 0, not v ≠ 0.
    const isOpened = (d: Definition): boolean => d.shape.length === 0 && !graph.givenNames.has(d.name);
    const whole = inlineDefinitions(graph, [said, ...below, ...this.raw], isOpened);
    const [value, ...partials] = forRunning(graph, whole) as [Node, ...Node[]];
    return domainNotes({
      graph,
      objective: value,
      written: whole[0]!,
      asked: this.asked(),
      derivatives: partials,
      variables: this.wrt.map((name) => this.variable(name).node),
      order: this.order,
      run: (nodes) => forRunning(graph, nodes),
    });
  }

  /** What the objective, and what it is made of, asks of arguments. */
  private asked(): Apply[] {
    const { objective, asked } = this.source;
    const used = new Set(topological([objective!.node]).flatMap((node) => (node.kind === 'definition' ? [node.name] : [])));
    return asked.filter(({ by }) => by === undefined || used.has(by)).flatMap(({ nodes }) => nodes);
  }

  /** What to know of the result, a line each: a name that does not occur. */
  notes(words: Words, names: readonly string[] = this.wrt): string[] {
    return absentLines(this.source, names, objectiveName(this.source), words);
  }
}
