import type { Apply } from '../graph/node.ts';
import type { Expr } from '../language/tree.ts';
import type { Builder, Value } from '../operators/builder.ts';
import type { Indices } from './index-range.ts';
import type { Recurring } from './recurrences.ts';
import type { Scope } from './scope.ts';

/** What an expression is checked in: the source's names, the arguments of a function, the indices of a sum. */
export interface Context {
  readonly builder: Builder;
  readonly scope: Scope;
  readonly text: string;
  readonly locals: ReadonlyMap<string, Value>;
  /** Parameters of the function being expanded that stand for an axis: `rows`, `cols` or the name of a dimension. */
  readonly axes?: ReadonlyMap<string, string>;
  /** Indices in force, and what each ranges over once an axis has told. */
  readonly indices: Indices;
  /** The names of a recurrence being checked, and the index that is its time. */
  readonly recurring?: { readonly time: string; readonly names: ReadonlyMap<string, Recurring> };
  /** The value of an expression: what the parts of a derivative are checked by. */
  readonly check: (expr: Expr, context: Context, guarded?: boolean) => Value;
  /** Is told of each function whose argument must be something, wherever it is looked at: what becomes of it may not tell. */
  readonly asked?: Apply[];
  /** Functions being expanded: one that calls itself would never end. */
  readonly expanding: readonly string[];
}

/** Functions calling functions: each level is a level of our own stack. */
export const DEEPEST = 256;
