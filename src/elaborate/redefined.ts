import { GradusError, type Warning } from '../language/diagnostics.ts';
import { equationHint } from '../language/elsewhere/equations.ts';
import { namesWithin } from '../language/parts.ts';
import { preludeNames } from '../language/prelude.ts';
import type { FunctionDefinition } from '../language/tree.ts';
import { ELEMENTARY } from '../language/words.ts';
import { functions } from '../operators/index.ts';

/**
 * `sin(x) = x - x^3/6` takes the place of the language's function, which the reader may not know to be there.
 * @throws GradusError `syntax` for `sin(x) = 1/2`, an equation
 */
export function redefinition({ name, parameters, value, at, span }: FunctionDefinition, text: string): Warning | undefined {
  if (!functions.has(name) && !preludeNames.includes(name)) return undefined;
  const names = value && namesWithin(value);
  if (names && ELEMENTARY.has(name) && !parameters.some((parameter) => names.has(parameter.name)))
    throw new GradusError('syntax', `${name} is a function of the language, so this is an equation`, {
      span,
      hint: equationHint(text.slice(span.start, span.end)),
    });
  return {
    message: `${name} is a function of the language, and another one from here on`,
    span: at,
    hint: `with a name of its own, my_${name}, both are there`,
  };
}
