import { axisOfExamples } from '../descend/batches.ts';
import type { Node } from '../graph/node.ts';
import { children } from '../graph/node.ts';
import { topological } from '../graph/traverse.ts';
import { locate } from '../language/diagnostics.ts';
import { treeOf } from '../language/parser.ts';
import type { Span } from '../language/tree.ts';
import type { Model } from '../model/model.ts';
import { objectiveName } from '../model/objective-name.ts';
import { toStatements } from '../reading/source.ts';
import { printStatements } from '../render/text.ts';
import type { Conflict, Reason } from './classes.ts';
import type { Verdict, Way } from './verdict.ts';

/** Where something stands in the source: the name that is defined there, and its line. */
export interface Place {
  /** A definition's name, or that of the objective. */
  readonly name: string;
  readonly line?: number;
  readonly span?: Span;
}

/** A part of the model by its formula. */
export interface Said extends Place {
  /** In the language, if one line can say it. */
  readonly text?: string;
  readonly unicode?: string;
}

/** What forbids that shards' gradients are put together. */
export interface Refusal extends Place {
  readonly reason: Reason;
  /** The function that the reason speaks of. */
  readonly function?: string;
  /** The length of the axis that it speaks of. */
  readonly length?: number | string;
  /** The fact, as it is declared. */
  readonly fact?: string;
  /** The line as it is written. */
  readonly source?: string;
}

/** A verdict in terms of the source. */
export interface ToldVerdict {
  readonly way: Way;
  /** Whether the dimension counts examples; otherwise it is some other axis. */
  readonly examples: boolean;
  readonly once: readonly Said[];
  /** What devices derive, where that is not the whole objective. */
  readonly derived?: Said;
  readonly given: readonly Said[];
  readonly counted: boolean;
  /** Parameters that have an axis of the dimension. */
  readonly split: readonly string[];
  readonly refusals: readonly Refusal[];
}

export function told(model: Model, m: string, verdict: Verdict): ToldVerdict {
  const places = new Places(model);
  const said = (node: Node): Said => ({ ...places.of(node), ...formulaOf(model, node) });
  return {
    way: verdict.way,
    // What runs from entry to entry runs through time.
    examples: axisOfExamples(model) === m && !verdict.conflicts.some((c) => c.reason === 'recurrence'),
    once: verdict.once.map(said),
    ...(verdict.once.length > 0 && { derived: { ...said(verdict.shared), name: objectiveName(model) } }),
    given: verdict.given.map(said),
    counted: verdict.counted,
    split: [...model.inputs.values()].filter((i) => i.role === 'param' && i.shape.includes(m)).map((i) => i.name),
    refusals: distinct(verdict.conflicts.map((c) => places.refusal(c))),
  };
}

function distinct(refusals: readonly Refusal[]): Refusal[] {
  return [...new Map(refusals.map((r) => [[r.name, r.line, r.reason, r.function, r.length].join(), r])).values()];
}

/** A formula on one line; none where it needs several. */
function formulaOf({ graph }: Model, node: Node): Pick<Said, 'text' | 'unicode'> {
  const { names: reserved, lengths } = graph;
  for (const notation of ['matrix', 'index'] as const) {
    const statements = toStatements(node, { reserved, lengths, graph, notation });
    if (statements.length === 1) return { text: printStatements(statements), unicode: printStatements(statements, 'unicode') };
  }
  return {};
}

/** Which line of the source a node comes from. */
class Places {
  private readonly model: Model;
  private readonly owners = new Map<Node, string>();
  private readonly spans = new Map<string, Span>();
  private readonly objective: string;

  constructor(model: Model) {
    this.model = model;
    this.objective = objectiveName(model);
    for (const { name, node } of model.definitions) this.own(node, name);
    for (const s of treeOf(model.text)?.statements ?? [])
      if ((s.kind === 'assignment' || s.kind === 'entries' || s.kind === 'declaration') && !this.spans.has(s.name))
        this.spans.set(s.name, s.span);
    if (model.objective) this.spans.set(this.objective, this.spans.get(this.objective) ?? model.objective.span);
  }

  /** What is below a definition and below none before it. */
  private own(root: Node, name: string): void {
    for (const node of topological([root], (n) => this.owners.has(n), children))
      if (!this.owners.has(node)) this.owners.set(node, name);
  }

  of(node: Node): Place {
    const name = node.kind === 'variable' ? node.name : (this.owners.get(node) ?? this.objective);
    const span = this.spans.get(name);
    return { name, ...(span && { span, line: locate(this.model.text, span).line }) };
  }

  refusal({ reason, node, operator, dim, fact }: Conflict): Refusal {
    const place = this.of(node);
    const source = place.span && this.model.text.slice(place.span.start, place.span.end).replace(/\s+/g, ' ');
    return {
      reason,
      ...place,
      ...(operator && { function: operator.name }),
      ...(dim !== undefined && { length: dim }),
      ...(fact && { fact: fact.text }),
      ...(source && { source }),
    };
  }
}
