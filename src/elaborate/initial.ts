import { GradusError } from '../language/diagnostics.ts';
import type { Declaration } from '../language/tree.ts';
import type { Initial } from '../model/model.ts';
import type { Context } from './context.ts';
import { checkExpression } from './expression.ts';
import { checkInitializer, checkStart, knownNumber } from './initializers.ts';
import { numericArray } from './literals.ts';

/** What a declared name holds at first. */
export function initialOf(s: Declaration, context: Context): Initial | undefined {
  if (!s.initial) return undefined;
  const { span } = s.initial;
  if (s.initial.kind === 'initializer') {
    const args = s.initial.args.map((a) => checkExpression(a, context).node);
    const name = checkInitializer(s.initial.name, args.length, span);
    const array = args.findIndex((node) => node.shape.length > 0);
    const places = s.initial.args.map((a) => a.span);
    if (array >= 0) throw new GradusError('shape', `${name} takes numbers, not an array`, { span: places[array] });
    checkStart(name, args.map(knownNumber), span, places);
    return { kind: 'initializer', name, args, span };
  }
  const { value } = s.initial;
  if (value.kind === 'bracket') {
    const array = numericArray(value, context.scope.values);
    if (array) return { kind: 'array', array };
  }
  return { kind: 'expression', node: checkExpression(value, context).node, span: value.span };
}
