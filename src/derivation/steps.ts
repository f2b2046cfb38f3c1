import type { Application, Observer } from '../calculus/differentiate.ts';
import { simplify } from '../calculus/simplify.ts';
import type { Graph } from '../graph/graph.ts';
import type { Node } from '../graph/node.ts';
import { topological } from '../graph/traverse.ts';
import { dimensionCheck, type Named, ruleOf, Weight } from './rules.ts';

/** A step of the derivation: what is found, from what, by which rule. */
export interface Step {
  readonly id: string;
  /** A name that people know: `power rule`, `chain rule, σ′ = σ(1 − σ)`. */
  readonly rule: string;
  /** `dZ`, `∂Cost/∂W`. */
  readonly target: string;
  /** As the rules gave it. */
  readonly before: Node;
  /** In normal form, other steps' results by name. */
  readonly after: Node;
  readonly why: string;
  /** The dimension check of a matrix product. */
  readonly shapes?: string;
}

/** What the sweep did, as it was observed. */
export class Trace implements Observer {
  private readonly arriving = new Map<Node, Application[]>();
  private readonly adjoints: [Node, Node][] = [];

  application(application: Application): void {
    const known = this.arriving.get(application.part);
    if (known) known.push(application);
    else this.arriving.set(application.part, [application]);
  }

  adjoint(node: Node, adjoint: Node): void {
    this.adjoints.push([node, adjoint]);
  }

  /**
   * The derivation, grouped by names: a step for each definition on the way, in the order of the sweep, and one for
   * each variable.
   * @param objective the node that was derived, and its name
   */
  steps(g: Graph, objective: { node: Node; name: string }, variables: readonly Node[]): Step[] {
    const named = this.adjoints.filter(
      ([node]) => node !== objective.node && (node.kind === 'definition' || variables.includes(node)),
    );
    // An adjoint that is another's (dB = dA) stays a name; its own definition is opened.
    const seen = new Set<Node>();
    const raw = named.map(([, adjoint]) => {
      const own = adjoint.kind === 'definition' && !seen.has(adjoint);
      seen.add(adjoint);
      return own ? adjoint.value : adjoint;
    });
    const after = simplify(g, raw, { mergeShared: true });
    const steps = named.map(([node, adjoint], k) => {
      const name = node.kind === 'definition' || node.kind === 'variable' ? node.name : '';
      const wanted = variables.includes(node);
      const target = wanted
        ? `∂${objective.name}/∂${name}`
        : adjoint.kind === 'definition' && adjoint.name.startsWith('d')
          ? adjoint.name
          : `d${name}`;
      const rules = this.rulesTo(node);
      const shapes = dimensionCheck(after[k]!);
      return { id: target, target, before: raw[k]!, after: after[k]!, ...describe(rules), ...(shapes && { shapes }) };
    });
    return this.ordered(steps, named, raw);
  }

  /** A variable's derivative comes as soon as what it is made of is known: dZ2, ∂W2, ∂b2, then dA1. */
  private ordered(steps: readonly Step[], named: readonly (readonly [Node, Node])[], raw: readonly Node[]): Step[] {
    const found = new Map<Node, number>();
    named.forEach(([, adjoint], k) => {
      if (adjoint.kind === 'definition' && !found.has(adjoint)) found.set(adjoint, k);
    });
    const place = named.map(([node], k) => {
      if (node.kind === 'definition') return { after: k, rank: 0 };
      const known = topological([raw[k]!], (n) => n.kind === 'definition').map((n) => found.get(n) ?? -1);
      return { after: Math.max(-1, ...known), rank: node.id + 1 };
    });
    const order = steps.map((_, k) => k).sort((a, b) => place[a]!.after - place[b]!.after || place[a]!.rank - place[b]!.rank);
    return order.map((k) => steps[k]!);
  }

  /** The rules on the ways from the nearest names above down to a node, the most telling first. */
  private rulesTo(target: Node): Named[] {
    const rules = new Map<string, Named>();
    const seen = new Set<Node>();
    const open = [target];
    while (open.length > 0) {
      const node = open.pop()!;
      for (const application of this.arriving.get(node) ?? []) {
        const rule = ruleOf(application, (n) => (n.kind === 'variable' || n.kind === 'definition' ? n.name : 'it'));
        const key = `${rule.id} ${rule.weight === Weight.broadcast ? rule.why : ''}`;
        if (application.node.kind !== 'definition' && !rules.has(key)) rules.set(key, rule);
        if (application.node.kind !== 'definition' && !seen.has(application.node)) {
          seen.add(application.node);
          open.push(application.node);
        }
      }
    }
    return [...rules.values()].sort((a, b) => b.weight - a.weight);
  }
}

/** The name and the reason of a step that several rules lead to: the most telling of them, all functions' rules named. */
function describe(rules: readonly Named[]): { rule: string; why: string } {
  const [first] = rules;
  if (!first) return { rule: 'the objective itself', why: 'The derivative of a quantity by itself is 1.' };
  const functions = rules.filter((r) => r.weight === Weight.function);
  if (functions.length === 0) return { rule: first.name, why: first.why };
  const [main, ...others] = functions;
  const simple = main!.id === 'power' && others.length === 0;
  const formulas = functions.map((r) => r.formula ?? r.name).join(', ');
  return { rule: simple ? main!.name : `chain rule, ${formulas}`, why: functions.map((r) => r.why).join(' ') };
}
