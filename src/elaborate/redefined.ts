import { GradusError, type Warning } from '../language/diagnostics.ts';
import { equationHint } from '../language/elsewhere/equations.ts';
import { namesWithin } from '../language/parts.ts';
import { preludeNames } from '../language/prelude.ts';
import type { FunctionDefinition, Name, Source, Statement } from '../language/tree.ts';
import { ELEMENTARY } from '../language/words.ts';
import { constants } from '../operators/constants.ts';
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

/** `e^x`, but not `e^2`, which a square of errors may be. */
const RAISED = /(?<![\p{L}\p{N}\p{M}_])e\s*\.?\^\s*[^\s\d]/u;

/**
 * `param pi = 3`: the number that the name is elsewhere is out of reach, for which the reader may still take it. Errors are
 * called e by everyone: that one is said where it is declared, or raised as the number is.
 */
export function hiddenConstants({ statements, text }: Source): Warning[] {
  const first = new Map<string, Warning>();
  for (const { name, span, defined } of statements.flatMap(namesMade)) {
    if (!constants.has(name) || first.has(name) || (name === 'e' && defined && !RAISED.test(text))) continue;
    const message = `${name} is a constant of the language, and a name of its own here`;
    first.set(name, { message, span, hint: `with another name, ${name}_0, both are there` });
  }
  return [...first.values()];
}

/** A name that a statement gives a meaning, with its place. */
interface Made extends Pick<Name, 'name' | 'span'> {
  readonly defined?: boolean;
}

function namesMade(s: Statement): readonly Made[] {
  if (s.kind === 'function') return s.parameters;
  if (s.kind === 'objective') return s.name === undefined ? [] : [{ name: s.name, span: s.span, defined: true }];
  return [{ name: s.name, span: s.at, defined: s.kind !== 'declaration' }];
}
