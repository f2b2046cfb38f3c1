/**
 * The syntax tree: what a source says, before names and shapes are known.
 *
 * Every operator is a call at this point, whatever its spelling: `a*b`, `a·b` are
 * `{ kind: 'call', callee: '*' }`, `σ(x)` keeps the spelling `σ`, `X'` and `Xᵀ` are `transpose`.
 * The printers use the same tree, so what is printed parses back.
 */

import type { Warning } from './diagnostics.ts';

/** Offsets into the source: [start, end). */
export interface Span {
  readonly start: number;
  readonly end: number;
}

interface Located {
  readonly span: Span;
}

/** A numeral, as written (`2`, `0.5`, `1e-3`); its exact value is computed when it is checked. */
export interface NumberLiteral extends Located {
  readonly kind: 'number';
  readonly text: string;
}

export interface Name extends Located {
  readonly kind: 'name';
  readonly name: string;
  /** What it looks like in mathematics: λ for lambda. */
  readonly shown?: string;
}

/**
 * A function applied to arguments, or an operator to operands. Operators are named by their ASCII spelling:
 * `+` and `*` take any number of operands (a sum of 20,000 terms is one flat node), `-` one (negation) or two,
 * `/ .* ./ .^ ^ \ ⊗ < <= > >= == != and or not` take two (`not` one), `transpose` one, `where` three.
 * A chain `a − b + c` is `+(a, -(b), c)`; a chain `a*b/c*d` is `*(/(*(a, b), c), d)`.
 */
export interface Call extends Located {
  readonly kind: 'call';
  readonly callee: string;
  readonly args: readonly Expr[];
  /** Where the callee or the operator itself stands. */
  readonly at: Span;
}

/** `A[i, 1:3, :]`. */
export interface Subscripted extends Located {
  readonly kind: 'subscripted';
  readonly target: Expr;
  readonly subscripts: readonly Subscript[];
}

/** A single place `i`, a range `lo:hi`, the whole axis `:`, or an index with its range `i=1:n`. */
export type Subscript =
  | (Located & { readonly kind: 'at'; readonly index: Expr })
  | (Located & { readonly kind: 'range'; readonly from: Expr | undefined; readonly to: Expr | undefined })
  | (Located & { readonly kind: 'binder'; readonly index: IndexBinder });

/** An index that a reduction or a definition by entries introduces: `k`, or `k=1:n`. */
export interface IndexBinder extends Located {
  readonly name: string;
  readonly from?: Expr;
  readonly to?: Expr;
}

/** `sum[k](…)`, `softmax[k](…)`: a function over named indices. */
export interface Indexed extends Located {
  readonly kind: 'indexed';
  readonly callee: string;
  readonly indices: readonly IndexBinder[];
  readonly args: readonly Expr[];
  readonly at: Span;
}

/**
 * A bracket literal. `[x, y]` and `[x; y]` are columns: rows of one entry each.
 * `[[1,2],[3,4]]` nests; `[1, 2; 3, 4]` has rows of two entries. Kept as written: `rows` holds the parts between
 * `;`, each the parts between `,`.
 */
export interface Bracket extends Located {
  readonly kind: 'bracket';
  readonly rows: readonly (readonly Expr[])[];
}

export type Expr = NumberLiteral | Name | Call | Subscripted | Indexed | Bracket;

/** A dimension in a declared shape is an ordinary expression of names, integers, `+`, `-`, `*` and `/`. */
interface DeclaredShape extends Located {
  readonly dims: readonly Expr[];
}

/** What a parameter starts from: `= value` or `~ normal(0, 1)`. */
export type Initial =
  | (Located & { readonly kind: 'value'; readonly value: Expr })
  | (Located & { readonly kind: 'initializer'; readonly name: string; readonly args: readonly Expr[] });

export type Role = 'data' | 'param' | 'const';

/** One declared name; `param W : [3] ~ he, b = 0` gives two declarations. */
export interface Declaration extends Located {
  readonly kind: 'declaration';
  readonly role: Role;
  readonly name: string;
  readonly at: Span;
  readonly shape?: DeclaredShape;
  readonly initial?: Initial;
  /** The words after the shape: facts, and the axes that some of them run along (`symmetric`, `distribution rows`). */
  readonly facts: readonly Name[];
  /** The columns of a table that fill it: names, and patterns such as `x*` and `x1..x9`. */
  readonly columns?: readonly Name[];
}

/** `name = expr`, `metric name = expr`. */
export interface Assignment extends Located {
  readonly kind: 'assignment';
  /** Whether it is a number that training only looks at. */
  readonly metric?: true;
  readonly name: string;
  readonly at: Span;
  readonly value: Expr;
}

/** `C[i, j] = expr`, `h[0] = h0`, `h[t=1:T] = …`. */
export interface EntryAssignment extends Located {
  readonly kind: 'entries';
  readonly name: string;
  readonly at: Span;
  readonly subscripts: readonly Subscript[];
  readonly value: Expr;
}

/** `f(z) = expr`; without an expression a function of which nothing is known, `function f(z)`. */
export interface FunctionDefinition extends Located {
  readonly kind: 'function';
  readonly name: string;
  readonly at: Span;
  readonly parameters: readonly Name[];
  readonly value?: Expr;
}

/** `minimize name = expr`, `maximize …`, or a bare expression (`sense: 'none'`). */
export interface Objective extends Located {
  readonly kind: 'objective';
  readonly sense: 'minimize' | 'maximize' | 'none';
  readonly name?: string;
  readonly value: Expr;
}

export type Statement = Declaration | Assignment | EntryAssignment | FunctionDefinition | Objective;

/** A whole source: an expression is a source of one bare `objective`. */
export interface Source {
  readonly text: string;
  readonly statements: readonly Statement[];
  /** Where the text could mean something else than what is read. */
  readonly warnings?: readonly Warning[];
}
