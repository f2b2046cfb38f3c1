import { dimensionNames, type Shape } from './dimension.ts';
import type { Node } from './node.ts';

/** Names of which it can only be asked whether one is among them: nobody copies thousands for a look. */
export type NameSet = Pick<ReadonlySet<string>, 'has'>;

/** What the names of a graph stand for: variables, definitions, and the lengths of axes. */
export class GraphNames {
  private readonly named = new Map<string, Node | undefined>();
  private readonly valued = new Set<string>();
  /** Names that a derivation has given. */
  private readonly invented = new Set<string>();

  /** Names that mean something: what an invented name must not be. */
  readonly all: NameSet = { has: (name) => this.named.has(name) };

  /** Those among them that the source has. */
  readonly given: NameSet = { has: (name) => this.named.has(name) && !this.invented.has(name) };

  /** Names that stand for lengths and for nothing else. */
  readonly lengths: NameSet = { has: (name) => this.named.has(name) && !this.valued.has(name) };

  /** A variable, and the lengths that its shape names. @param isLength whether it is itself one */
  addVariable(name: string, isLength: boolean): void {
    this.named.set(name, undefined);
    if (!isLength) this.valued.add(name);
  }

  addLengths(shape: Shape): void {
    for (const dim of shape) if (typeof dim === 'string') for (const part of dimensionNames(dim)) this.named.set(part, undefined);
  }

  /** @param passing of a text that is read within the source: the name stays free for others */
  addDefinition(name: string, value: Node, passing: boolean): void {
    if (!passing && !this.named.has(name)) this.named.set(name, value);
    this.valued.add(name);
  }

  /** A name that a derivation gives; a later one may give it to something else. */
  invent(name: string): void {
    if (!this.named.has(name)) this.invented.add(name);
  }

  /** Nothing else has the name: it is new, or already stands for this value. */
  isFree(name: string, value: Node): boolean {
    return !this.named.has(name) || this.named.get(name) === value;
  }
}
