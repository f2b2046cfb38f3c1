import type { Dim, Shape } from '../graph/dimension.ts';
import { dimensionNames, isQuotient, leastOf } from '../graph/dimension.ts';
import type { Node } from '../graph/node.ts';
import { GradusError, type Warning } from '../language/diagnostics.ts';
import type { FunctionDefinition, Span } from '../language/tree.ts';
import { type Constraint, checkConstraints } from '../model/constraints.ts';
import type { Extended, NumericArray } from '../model/model.ts';
import type { Value } from '../operators/builder.ts';

/** What the names of a source stand for, as far as it has been read. */
export class Scope {
  readonly values = new Map<string, Value>();
  /** Shapes as they were declared: [1] has an axis, though its value is a scalar. */
  readonly shapes = new Map<string, Shape>();
  readonly functions = new Map<string, FunctionDefinition>();
  /** Names of dimensions, which are numbers where no value has the name. */
  readonly dimensions = new Set<string>();
  /** What is given as a whole number, `const T = 10`, which may be a size. */
  readonly counts = new Set<string>();
  /** What the data in the source say about dimensions. */
  readonly sizes = new Map<string, number>();
  /** Numeric arrays written in the source, by the variable that stands for each. */
  readonly literals = new Map<Node, NumericArray>();
  /** What functions of the source gave for which arguments: a function that calls another twice is expanded once. */
  readonly expanded = new Map<string, Value>();
  /** Unknown names are free scalars rather than errors. */
  readonly open: boolean;
  /** Names that the source defines somewhere, with the place: to tell a name used too early from an unknown one. */
  readonly later = new Map<string, Span>();
  /** Names of which single entries are given, `F[1] = …`, and no steps anywhere. */
  readonly singles = new Set<string>();
  /** Names of arrays that steps fill, each entry from others. */
  readonly filled = new Set<string>();
  /** Entries of recurrences that lie before or after their arrays. */
  readonly extended = new Map<string, Extended>();
  /** What must hold of dimensions that only data tell: the length is at least 0. */
  readonly constraints: Constraint[] = [];
  /** What is read, but may not be what was meant; add to it while checking. */
  readonly warnings: Warning[] = [];
  /** Free names met, in order. */
  readonly free = new Map<string, Node>();

  /** Of an expression over the names of a model: a claim, a step. */
  readonly within: boolean;

  constructor(open: boolean, within = false) {
    this.open = open;
    this.within = within;
  }

  declareDimension(dim: Dim): void {
    for (const name of dimensionNames(dim)) this.dimensions.add(name);
  }

  /** What must hold of a length: at once if it is a number, when sizes are known otherwise. */
  require(least: Dim, error: GradusError): void {
    if (typeof least === 'number') {
      if (least < 0) throw error;
    } else if ((leastOf(least) ?? -1) < 0) this.constraints.push({ least, error });
  }

  /** A quotient stands for a whole number, or the sizes are wrong. */
  requireWhole(dim: Dim, span?: Span): void {
    if (!isQuotient(dim)) return;
    const error = new GradusError('shape', `${dim} is no whole number`, { span });
    this.constraints.push({ least: dim, error, mayBeNegative: true });
  }

  /** @throws GradusError for a constraint that the source's own data break */
  settle(): void {
    checkConstraints(this.constraints, this.sizes);
  }

  names(): string[] {
    return [...this.values.keys(), ...this.functions.keys(), ...this.dimensions];
  }
}
