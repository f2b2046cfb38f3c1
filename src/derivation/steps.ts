import type { Application, Observer } from '../differentiate/sweep.ts';
import { constantOf } from '../graph/forms.ts';
import type { Graph } from '../graph/graph.ts';
import { stateOf } from '../graph/named-steps.ts';
import { type Definition, isGivenValues, isHolding, isNamed, type Node } from '../graph/node.ts';
import { HALF } from '../graph/rational.ts';
import { topological } from '../graph/traverse.ts';
import { pow } from '../operators/power.ts';
import { atStep, partsAt } from '../reading/at-step.ts';
import { lengthOf } from '../reading/power-form.ts';
import { dimensionCheck } from './dimension-check.ts';
import { isGiven, type Resting, restingForm } from './resting.ts';
import { type Applied, isShare, ruleOf, weightOf } from './rules.ts';
import { shortForms, type Vanishing } from './vanishing.ts';
import type { Way } from './walk.ts';
import type { Explained } from './working-lines.ts';

/** More ways to a quantity, and longer ones, nobody follows. */
const MOST_WAYS = 8;
const LONGEST_WAY = 40;

/** A step of the derivation: what is found, from what, by which rules. */
export interface Step {
  /** Its target; no two steps of a derivation have the same. */
  readonly id: string;
  /** The steps whose results it uses, by their ids. */
  readonly uses: readonly string[];
  /** The rules that lead from the names above to this one, the most telling first. */
  readonly rules: readonly Applied[];
  /** `dZ`, `∂Cost/∂W`. */
  readonly target: string;
  /** As the rules gave it. */
  readonly before: Node;
  /** In normal form, other steps' results by name. */
  readonly after: Node;
  /** What is declared or known of values that `after` rests on. */
  readonly resting?: readonly Resting[];
  /** Terms that are 0 in it, since differences from a mean add up to 0. */
  readonly vanishing?: readonly Vanishing[];
  /** The dimension check of a matrix product. */
  readonly shapes?: string;
  /** What its working is made of. */
  readonly explained: Explained;
}

/** What the sweep did, as it was observed. */
export class Trace implements Observer {
  private readonly arriving = new Map<Node, Application[]>();
  private readonly adjoints: [Node, Node][] = [];
  /** The steps of recurrences, their gates and states: what arrives at them has a name too. */
  private readonly steppers = new Set<Node>();

  application(application: Application): void {
    if (application.node.kind === 'recurrence') this.steppers.add(application.part);
    const known = this.arriving.get(application.part);
    if (known) known.push(application);
    else this.arriving.set(application.part, [application]);
  }

  adjoint(node: Node, adjoint: Node): void {
    this.adjoints.push([node, adjoint]);
  }

  /** The applications whose contributions add up to a node's adjoint. */
  applicationsTo(node: Node): readonly Application[] {
    return this.arriving.get(node) ?? [];
  }

  /**
   * The derivation, grouped by names: a step for each definition on the way and one for each variable, each as soon as
   * what it is made of is known: dZ2, ∂W2, ∂b2, then dA1.
   * @param objective the node that was derived, and its name
   */
  steps(g: Graph, objective: { readonly node: Node; readonly name: string }, variables: readonly Node[]): Step[] {
    for (const [node, adjoint] of this.adjoints) if (isNamed(adjoint) && g.steps.nameOfResolved(node)) this.steppers.add(node);
    const named = this.adjoints.filter(
      ([node]) =>
        node !== objective.node && ((isNamed(node) && !node.part) || this.steppers.has(node) || variables.includes(node)),
    );
    // An adjoint that is another's (dB = dA), or a quantity of the user's (de = e), stays a name; its own is opened.
    const seen = new Set<Node>(this.adjoints.map(([node]) => node));
    const raw = named.map(([, adjoint]) => {
      const own = isNamed(adjoint) && !seen.has(adjoint);
      seen.add(adjoint);
      return own ? adjoint.value : adjoint;
    });
    const names = new Map(this.adjoints.flatMap(([node, adjoint]) => (isNamed(adjoint) ? [[node, adjoint.name] as const] : [])));
    const called = new Set(names.values());
    const { forms: after, vanishing } = shortForms(
      g,
      named.map(([node], k) => this.throughStates(g, node) ?? raw[k]!),
      ({ name }) => called.has(name),
    );
    const ways = this.waysIn(g, objective.node);
    const rest = this.resting(g, raw, after);
    const steps = named.map(([node, adjoint], k): Step => {
      const name = nameOf(node);
      const opened = isNamed(adjoint) && raw[k] !== adjoint;
      const computed = g.steps.nameOfResolved(node);
      const own = computed && name === '' ? `δ${computed.name}` : `d${name}`;
      const target = variables.includes(node) ? `∂${objective.name}/∂${name}` : opened ? adjoint.name : own;
      const rested = rest(k);
      const form = rested?.form ?? after[k]!;
      const shapes = shapesOf(g, form);
      const gone = rested ? [] : vanishing(k);
      const explained: Explained = {
        node,
        name: name || (computed?.name ?? ''),
        adjoint,
        plain: after[k]!,
        ways: () => ways(node),
        adjoints: called,
      };
      return {
        id: target,
        uses: [],
        target,
        before: raw[k]!,
        after: form,
        ...(rested && { resting: rested.resting }),
        ...(gone.length > 0 && { vanishing: gone }),
        rules: this.rulesTo(node),
        ...(shapes && { shapes }),
        explained,
      };
    });
    return ordered(steps, named, raw, this.steppers);
  }

  /**
   * What arrives at a state of a recurrence: from outside, from the same step, and from the step that starts from it, each by
   * its name. The graph has all states in one, and what comes back as a recurrence of its own, which nobody reads.
   */
  private throughStates(g: Graph, node: Node): Node | undefined {
    const all = this.applicationsTo(node);
    const through = all.find((a) => a.node.kind === 'recurrence');
    if (through?.node.kind !== 'recurrence') return undefined;
    const states = g.steps.statesOf(through.node.previous);
    const state = states.find(({ resolved }) => resolved === node);
    const wholes = [through.node, g.given(through.node)];
    if (!state || (states.length === 1 && !g.steps.nameOfResolved(node))) return undefined;
    // What reaches all states at once, in another form, has no name by state.
    const byState =
      states.length === 1 ||
      wholes.every((whole) => {
        const pieces = states.map((one) => stateOf(g, whole, one));
        return this.applicationsTo(whole).every((a) => pieces.includes(a.node));
      });
    if (!byState) return undefined;
    const [outside, back] = wholes.map((whole) => this.adjointOf(stateOf(g, whole, state)));
    const others = all.flatMap((a) => (a === through ? [] : [a.contribution]));
    const terms = [outside, back, ...others].filter((term) => term !== undefined);
    return terms.length > 0 ? g.add(terms) : g.constant(0, node.shape);
  }

  private adjointOf(node: Node): Node | undefined {
    return this.adjoints.find(([other]) => other === node)?.[1];
  }

  /** For each step the form that rests on what is declared of the data, if there is such a form. */
  private resting(g: Graph, raw: readonly Node[], after: readonly Node[]): (k: number) => ReturnType<typeof restingForm> {
    if (!topological(raw).some((n) => n.kind === 'variable' && isGiven(g, n))) return () => undefined;
    const quantities = new Map<Node, Node>();
    // The value of a definition has the same adjoint, and comes later.
    for (const [node, adjoint] of this.adjoints) if (isNamed(adjoint) && !quantities.has(adjoint)) quantities.set(adjoint, node);
    return (k) => restingForm(g, raw[k]!, after[k]!, quantities);
  }

  /**
   * The ways from a node up to the nearest quantities that have a name, or to the objective. None where one of them passes
   * the steps of a recurrence, or they are more, or longer, than anyone would follow.
   */
  private waysIn(g: Graph, objective: Node): (node: Node) => readonly Way[] {
    const adjoints = new Map(this.adjoints);
    const isTold = (n: Node): n is Definition =>
      n.kind === 'definition' && !isGivenValues(n) && !(isHolding(n) && g.steps.nameOfResolved(n.value));
    const names = new Map([...adjoints.keys()].flatMap((n) => (isTold(n) ? [[n.value, n] as const] : [])));
    const known = (n: Node): Node => names.get(n) ?? n;
    return (node) => {
      const ways: Way[] = [];
      const put = (from: Node, name: string | undefined, value: Node, applications: readonly Application[]): void => {
        ways.push({ from, name, value, adjoint: adjoints.get(from)!, isObjective: from === objective, applications, known });
      };
      const open: { node: Node; applications: readonly Application[] }[] = [{ node, applications: [] }];
      while (open.length > 0) {
        const { node: below, applications } = open.pop()!;
        const above = this.applicationsTo(below);
        if (above.length === 0 && below === objective) put(below, undefined, below, applications);
        for (const application of above.toReversed()) {
          const { node: user } = application;
          const computed = g.steps.nameOfResolved(user);
          if (isNamed(user) && !user.part) put(user, user.name, user.value, applications);
          else if (this.steppers.has(user) && computed) put(user, computed.name, user, [application, ...applications]);
          else if (user.kind === 'recurrence' || this.steppers.has(user)) return [];
          else open.push({ node: user, applications: [application, ...applications] });
        }
        if (ways.length + open.length > MOST_WAYS || applications.length > LONGEST_WAY) return [];
      }
      return ways;
    };
  }

  /** The roots of sums of squares above a square, where there is nothing else above it: the norm of what is squared. */
  private rootOfSquares({ node, part }: Application): readonly Node[] | undefined {
    const sums = this.applicationsTo(node).map((a) => a.node);
    if (sums.length === 0 || !sums.every((sum) => lengthOf(sum) === part)) return undefined;
    const roots = sums.flatMap((sum) => this.applicationsTo(sum).map((a) => a.node));
    return roots.length > 0 && roots.every(isRoot) ? roots : undefined;
  }

  /** The rules on the ways from the nearest names above down to a node. */
  private rulesTo(target: Node): Applied[] {
    const rules = new Map<unknown, Applied>();
    let shares = false;
    const seen = new Set<Node>();
    const open = [target];
    while (open.length > 0) {
      const node = open.pop()!;
      for (const application of this.applicationsTo(node)) {
        if (isNamed(application.node) && !application.node.part) continue;
        const name = (n: Node): string => nameOf(n) || nameOf(target);
        const root = this.rootOfSquares(application);
        const rule: Applied = root ? { id: 'norm', name: name(application.part) } : ruleOf(application, name);
        if (application.node.kind !== 'definition' && !rules.has(rule.id)) rules.set(rule.id, rule);
        shares ||= isShare(application.node);
        // A norm is one rule, not those of its root, its sum and its squares.
        if (root) {
          for (const above of root) if (!this.steppers.has(above)) open.push(above);
          continue;
        }
        if (seen.has(application.node)) continue;
        seen.add(application.node);
        if (!this.steppers.has(application.node)) open.push(application.node);
      }
    }
    const entries = rules.get('entries');
    if (entries && shares) rules.set('entries', { ...entries, id: 'mean' });
    // Another name for what has one.
    if (rules.size === 0 && this.applicationsTo(target).length > 0)
      rules.set('definition', { id: 'definition', name: nameOf(target) });
    return [...rules.values()].sort((a, b) => weightOf(b) - weightOf(a));
  }
}

const isRoot = (node: Node): boolean =>
  node.kind === 'apply' && node.operator === pow && constantOf(node.args[1]!)?.equals(HALF) === true;

export const nameOf = (node: Node): string => (node.kind === 'variable' || isNamed(node) ? node.name : '');

/** The dimension checks of the products in a step; of what is told of one step of a recurrence, those of that. */
function shapesOf(g: Graph, form: Node): string | undefined {
  const found = atStep(g, form);
  return dimensionCheck(...(found ? partsAt(found) : [form]));
}

/** Each step behind those whose results it uses, which it is told. */
function ordered(
  steps: readonly Step[],
  named: readonly (readonly [Node, Node])[],
  raw: readonly Node[],
  steppers: ReadonlySet<Node>,
): Step[] {
  const found = new Map<Node, number>();
  // Of several with one adjoint the first is the step that finds it.
  const finds = new Map<Node, number>();
  named.forEach(([, adjoint], k) => {
    if (!isNamed(adjoint)) return;
    found.set(adjoint, k);
    if (!finds.has(adjoint)) finds.set(adjoint, k);
  });
  const above = raw.map((node) => topological([node], isNamed));
  const place = named.map(([node], k) => {
    if (isNamed(node) || steppers.has(node)) return { after: k, rank: 0 };
    const needed = above[k]!.flatMap((n) => found.get(n) ?? []);
    // What needs nothing that has a name stands where the sweep came to it.
    return { after: needed.length > 0 ? Math.max(...needed) : k, rank: node.id + 1 };
  });
  const used = (k: number): string[] =>
    above[k]!.flatMap((n) => {
      const at = finds.get(n);
      return at === undefined || at === k ? [] : [steps[at]!.id];
    });
  const order = steps.map((_, k) => k).sort((a, b) => place[a]!.after - place[b]!.after || place[a]!.rank - place[b]!.rank);
  return order.map((k) => ({ ...steps[k]!, uses: used(k) }));
}
