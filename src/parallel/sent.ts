import type { Dim, Sizes } from '../graph/dimension.ts';
import { entryCount } from '../graph/dimension.ts';
import { isNamed, type Node } from '../graph/node.ts';
import { topological } from '../graph/traverse.ts';
import { unexpandedOf } from '../model/expanded.ts';
import type { Model } from '../model/model.ts';
import { withNamedParts } from '../model/name-parts.ts';
import { objectiveName } from '../model/objective-name.ts';
import { printable } from '../stabilise/stabilise.ts';
import { sumOf } from './amount.ts';
import { type Held, heldBy } from './held.ts';
import { type Collective, type Traffic, trafficOf } from './traffic.ts';

/** Something that is sent: by its name, or that of what it is a part of. */
export interface SentPart {
  readonly kind: Collective;
  readonly of: string;
  readonly numbers: Dim;
}

export interface Running {
  /** Gradients that every device finds of all parameters and that are put together, with the objective. */
  readonly gradients: readonly SentPart[];
  /** What a compiler adds to the program over global arrays. */
  readonly compiled: readonly SentPart[];
  /** Quantities of which it is not known what a compiler sends for them. */
  readonly untold: readonly string[];
  readonly held: Held;
}

/** What devices send and hold in a step: of the program that is exported, the objective with its gradients. */
export function runningOf(source: Model, wrt: readonly string[], m: string, sizes: Sizes): Running {
  const model = withNamedParts(source, wrt);
  const { graph, objective } = model;
  const name = objectiveName(model);
  const inputs = wrt.map((w) => model.inputs.get(w)!);
  const roots = printable(
    graph,
    unexpandedOf(model, objective!.node),
    inputs.map((i) => i.node),
  );
  const [value, ...partials] = roots;
  const traffic = trafficOf(roots, m, sizes);
  const names = new Names(
    [...model.inputs.keys(), ...model.definitions.map((d) => d.name)],
    name,
    value,
    new Map(partials.map((node, k) => [node, `∂${name}/∂${wrt[k]}`])),
  );
  const gradients = inputs.flatMap((i, k): SentPart[] =>
    i.shape.includes(m) ? [] : [{ kind: 'all-reduce', of: `∂${name}/∂${wrt[k]}`, numbers: entryCount(i.shape) }],
  );
  return {
    gradients: [{ kind: 'all-reduce', of: name, numbers: 1 }, ...gradients],
    compiled: collected(traffic, names),
    untold: [...new Set(traffic.untold.map((node) => names.of(node)))],
    held: heldBy(model, m, roots, traffic),
  };
}

/** Transfers of one kind for one quantity as one. */
function collected({ transfers }: Traffic, names: Names): SentPart[] {
  const parts = new Map<string, SentPart>();
  for (const { kind, node, entries } of transfers) {
    const of = names.of(node);
    const known = parts.get(`${kind} ${of}`);
    parts.set(`${kind} ${of}`, { kind, of, numbers: known ? sumOf([known.numbers, entries]) : entries });
  }
  return [...parts.values()];
}

/** What parts of a program are called: by the quantity that they are computed for first. */
class Names {
  private readonly owners = new Map<Node, string>();

  private readonly written: ReadonlySet<string>;

  constructor(written: readonly string[], objective: string, value: Node, partials: ReadonlyMap<Node, string>) {
    this.written = new Set(written);
    const roots = [value, ...partials.keys()];
    for (const node of topological(roots)) if (isNamed(node) && !node.part) this.own(node, node.name);
    this.own(value, objective);
    for (const [node, name] of partials) this.own(node, name);
  }

  /** Of those below it that belong to none yet. */
  private own(root: Node, name: string): void {
    for (const node of topological([root], (n) => this.owners.has(n))) if (!this.owners.has(node)) this.owners.set(node, name);
  }

  of(node: Node): string {
    // Of what is derived a second time, in its stable form, the names are the same but for this.
    const name = node.kind === 'variable' ? node.name : this.owners.get(node)!;
    return this.written.has(name) || name.startsWith('∂') ? name : name.replace(/_+$/, '');
  }
}
