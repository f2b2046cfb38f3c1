import { type Shape, showShape } from '../graph/dimension.ts';
import { GradusError, nearest, type Warning } from '../language/diagnostics.ts';
import { byName } from '../language/names.ts';
import { visitExpressions } from '../language/parts.ts';
import type { Declaration, IndexBinder, Source, Span } from '../language/tree.ts';
import type { CheckOptions } from '../model/model.ts';
import { columnShape } from '../operators/builder.ts';
import { dimension, optionDim } from './dimensions.ts';

/** A source as it is written. */

/** The names that the expressions of a source mention. */
export function namesIn({ statements }: Source): ReadonlySet<string> {
  const names = new Set<string>();
  visitExpressions(statements, (expr) => {
    if (expr.kind === 'name') names.add(expr.name);
  });
  return names;
}

/** Every name of a source: what it mentions, defines, declares and counts by. */
export function allNames(source: Source): ReadonlySet<string> {
  const names = new Set(namesIn(source));
  const take = (index: IndexBinder): unknown => names.add(index.name);
  for (const s of source.statements) {
    if (s.kind !== 'objective' || s.name) names.add(s.name!);
    if (s.kind === 'function') for (const { name } of s.parameters) names.add(name);
    if (s.kind === 'entries') for (const sub of s.subscripts) if (sub.kind === 'binder') take(sub.index);
  }
  visitExpressions(source.statements, (expr) => {
    if (expr.kind === 'indexed') expr.indices.forEach(take);
  });
  return names;
}

/** `[3×2]`, `[3x2]`: a shape is a list, of which this would be one length. */
export function refuseCross({ shape }: Declaration, text: string): void {
  const cross = shape?.dims.find((dim) => /×|^\d+\s*x\s*\d+$/.test(written(text, dim)));
  if (!shape || !cross) return;
  const lengths = shape.dims.map((dim) => written(text, dim).replace(/\s*(?:×|(?<=\d\s*)x(?=\s*\d))\s*/g, ', '));
  throw new GradusError('syntax', 'the lengths of a shape stand between commas', {
    span: shape.span,
    hint: `write [${lengths.join(', ')}]`,
  });
}

export const written = (text: string, { span }: { readonly span: Span }): string => text.slice(span.start, span.end);

/** The shape of a name that does not occur. */
export interface IdleShape {
  readonly name: string;
  readonly shape: Shape;
}

/**
 * What is to be said of it. Shapes may be shared by several sources, and an expression has no other way to say that n is a size
 * in `ones(n)`. But where a name like it is left that is a scalar for want of a shape, that one was meant.
 * @throws GradusError `name` then
 */
export function idleShape({ name, shape }: IdleShape, scalars: readonly string[]): Warning {
  const message = `a shape is given for ${name}, which does not occur`;
  const near = shape.length > 0 ? nearest(name, scalars) : undefined;
  if (near) throw new GradusError('name', message, { hint: `did you mean ${near}?` });
  return { message };
}

/** Shapes that the options give names which the source does not declare, and whether it does not have them at all. */
export function givenShapes(
  source: Source,
  shapes: NonNullable<CheckOptions['shapes']>,
  asked: readonly string[],
): (IdleShape & { readonly isIdle: boolean })[] {
  const declared = new Map(source.statements.flatMap((s) => (s.kind === 'declaration' ? [[s.name, s] as const] : [])));
  const there = namesIn(source);
  return Object.entries(byName(shapes, [...there, ...declared.keys()])).flatMap(([name, lengths]) => {
    const shape = lengths.map(optionDim);
    const own = declared.get(name);
    if (own?.shape) checkSaidAgain(name, own.shape.dims.map(dimension), shape, own.at);
    return own ? [] : [{ name, shape, isIdle: !there.has(name) && !asked.includes(name) }];
  });
}

/**
 * The shape that the options give a name which the source declares: lengths that are numbers are to be the same ones; a
 * vector is a column.
 * @throws GradusError `shape` if it is another one
 */
function checkSaidAgain(name: string, declared: Shape, given: Shape, span: Span): void {
  const [own, said] = [columnShape(declared), columnShape(given)];
  const isNumber = (dim: unknown) => typeof dim === 'number';
  const fits =
    own.length === said.length && own.every((dim, axis) => !isNumber(dim) || !isNumber(said[axis]) || dim === said[axis]);
  if (!fits)
    throw new GradusError(
      'shape',
      `${name} is declared as ${showShape(declared)}, the shape given for it is ${showShape(given)}`,
      { span },
    );
}

/** The source has log(…) in it. */
export function writesLog({ statements }: Source): boolean {
  let found = false;
  visitExpressions(statements, (expr) => {
    found ||= expr.kind === 'call' && expr.callee === 'log' && expr.args.length === 1;
  });
  return found;
}
