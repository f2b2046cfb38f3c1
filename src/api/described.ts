import { INSPECT, shortLine, shownAs } from '../language/console.ts';
import { listed } from '../language/visible.ts';
import type { Model } from '../model/model.ts';
import type { Expression } from './expression.ts';
import { tellingErrors } from './speaking.ts';

/** What a model is about, in a word or a line: its objective's name, or the text. */
export const aboutText = ({ objective, text }: Model): string => objective?.name ?? shortLine(text);

/** A compiled function that a console, and a text, shows as what it computes and of what: `[compiled Cost of W, X, Y]`. */
export function describedFunction<F extends (...args: never[]) => unknown>(
  run: F,
  what: () => string,
  { inputs, lang }: Model,
): F {
  const text = () => `[compiled ${what()} of ${listed([...inputs.keys()]) || 'nothing'}]`;
  return shownAs(tellingErrors(run, lang), text, { toString: text, toJSON: text });
}

/** A line for each derivative. */
export function partialsText(partials: Readonly<Record<string, Expression>>): string {
  const lines = Object.entries(partials).map(([name, partial]) => `${name}: ${partial[INSPECT]()}`);
  return lines.length === 1 ? `{ ${lines[0]} }` : `{\n  ${lines.join(',\n  ')}\n}`;
}
