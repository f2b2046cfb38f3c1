import type {} from 'mathjs';
import type { MathNode } from './mathjs/nodes.ts';

export { bridge, type MathFactory } from './mathjs/bridge.ts';

/**
 * Derivatives for mathjs, by vectors and matrices: `math.import(bridge)` adds them to an instance, as functions and within
 * expressions. Nothing of mathjs is loaded here.
 */

/** What is derived: a text, a node, or a function that an expression defined. */
type Expression = string | MathNode | ((...args: never[]) => unknown);
/** A name to derive by, as a text or a symbol, or several. */
type By = string | MathNode | readonly (string | MathNode)[];
type Values = object;

declare module 'mathjs' {
  interface MathJsInstance {
    /** The derivative by one name as a node. Names are numbers unless the scope has arrays for them. */
    derive(expr: Expression, by: By, scope?: Values): import('mathjs').MathNode;
    derive(expr: Expression, scope?: Values): import('mathjs').MathNode;
    /** The gradient of a number: by one name in its shape, by several numbers a vector, otherwise an object by name. */
    gradient(expr: Expression, by: By, scope: Values): MathType | Readonly<Record<string, MathType>>;
    gradient(expr: Expression, scope: Values): MathType | Readonly<Record<string, MathType>>;
    /** The Jacobian of an array, [f…, x…]. */
    jacobian(expr: Expression, by: By, scope: Values): MathType | Readonly<Record<string, MathType>>;
    jacobian(expr: Expression, scope: Values): MathType | Readonly<Record<string, MathType>>;
    /** The Hessian of a number, [x…, x…]; by several names of which some are arrays, blocks by name and name. */
    hessian(expr: Expression, by: By, scope: Values): MathType | Readonly<Record<string, Readonly<Record<string, MathType>>>>;
    hessian(expr: Expression, scope: Values): MathType | Readonly<Record<string, Readonly<Record<string, MathType>>>>;
  }
}
