import { INSPECT } from '../language/console.ts';
import { GradusError } from '../language/diagnostics.ts';
import { givenName } from '../language/names.ts';
import { listed } from '../language/visible.ts';
import type { Model } from '../model/model.ts';
import type { GivenInputs } from '../numeric/binding.ts';
import { Callable, type CompileOptions, type Result } from '../numeric/callable.ts';
import { checkArguments, inputsOf, optionsOf } from '../options/check.ts';
import { signatures } from '../options/signatures.ts';
import { describedFunction } from './described.ts';
import type { Expression } from './expression.ts';
import { speaksIn } from './speaking.ts';

/** What stands for each name, or for each pair of names: `{ W: …, b: … }`, `{ x: { x: …, W: … }, W: { … } }`. */
export type ByNames<T> = { readonly [name: string]: T | { readonly [name: string]: T } };

/**
 * Derivatives by several names, of which some are arrays: the blocks of a Jacobian, one for each name, or of a Hessian,
 * one for each pair. The block by x is ∂f/∂x of shape [f…, x…], that by x and then y is ∂²f/∂x∂y of shape [x…, y…].
 */
export class Blocks {
  readonly names: readonly string[];
  /** By name; of a Hessian by the first name, then by the second. */
  readonly blocks: ByNames<Expression>;
  private readonly source: Model;
  private readonly paths: readonly (readonly string[])[];

  constructor(source: Model, names: readonly string[], paths: readonly (readonly string[])[], blocks: readonly Expression[]) {
    this.source = source;
    this.names = names;
    this.paths = paths;
    this.blocks = nested(paths, blocks);
    speaksIn(this, source.lang);
  }

  /**
   * The block by a name, of a Hessian by two.
   * @throws GradusError `name` for names that it was not derived by
   */
  block(...by: readonly string[]): Expression {
    for (const name of by) checkArguments(signatures.hessianOf, name);
    const names = by.map(givenName);
    const k = this.paths.findIndex((path) => path.length === names.length && path.every((name, i) => name === names[i]));
    if (k >= 0) return this.expressions()[k]!;
    const known = listed(this.paths.map((path) => `block(${path.map((name) => `'${name}'`).join(', ')})`));
    throw new GradusError('name', `there is no block by ${listed(names) || 'no name'}`, { hint: `there are ${known}` });
  }

  /** A line for each block: `W: …`, of a Hessian `x, y: …`. */
  toString(): string {
    return this.expressions()
      .map((block, k) => `${this.paths[k]!.join(', ')}: ${block.toString().replaceAll('\n', '; ')}`)
      .join('\n');
  }

  [INSPECT](): string {
    const lines = this.expressions().map((block, k) => `\n  ${this.paths[k]!.join(', ')}: ${block[INSPECT]()}`);
    return `Blocks by ${listed(this.names)}${lines.join('')}`;
  }

  toJSON(): ByNames<ReturnType<Expression['toJSON']>> {
    return nested(
      this.paths,
      this.expressions().map((block) => block.toJSON()),
    );
  }

  /** All blocks as one numeric function, which gives them by their names. */
  compile(options?: CompileOptions): (inputs?: GivenInputs) => ByNames<Result> {
    const chosen = optionsOf(signatures.compileDerivation, options);
    const blocks = this.expressions();
    const callable = Callable.running(this.source, () => blocks.map(({ from }) => from!.runs()), {
      ...blocks[0]!.from!.options,
      ...chosen,
    });
    const run = (inputs?: GivenInputs) => nested(this.paths, callable.values(inputsOf(signatures.call, inputs)));
    return describedFunction(run, () => `blocks by ${listed(this.names)}`, this.source);
  }

  /** The blocks' values at the given inputs; `compile` is for many of them. */
  evaluate(inputs?: GivenInputs, options?: CompileOptions): ByNames<Result> {
    return this.compile(optionsOf(signatures.evaluate, options))(inputsOf(signatures.evaluate, inputs));
  }

  private expressions(): Expression[] {
    return this.paths.map(([first, second]) => {
      const row = this.blocks[first!]!;
      return second === undefined ? (row as Expression) : (row as Readonly<Record<string, Expression>>)[second]!;
    });
  }
}

function nested<T>(paths: readonly (readonly string[])[], parts: readonly T[]): ByNames<T> {
  const result: Record<string, T | Record<string, T>> = Object.create(null);
  paths.forEach(([first, second], k) => {
    if (second === undefined) result[first!] = parts[k]!;
    else result[first!] = { ...(result[first!] as Record<string, T> | undefined), [second]: parts[k]! };
  });
  return result;
}
