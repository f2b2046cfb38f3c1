import type { Node } from '../graph/node.ts';
import { GradusError } from '../language/diagnostics.ts';
import type { Model } from '../model/model.ts';
import type { Inputs } from '../numeric/binding.ts';
import { Callable } from '../numeric/callable.ts';
import { originOfValue } from '../numeric/value-origin.ts';
import { type Value, valueLines } from '../numeric/value-text.ts';

/** Significant digits of what is shown. */
export const DIGITS = 6;

/** The value of a node, if every name in it has one. */
export function numbersOf(model: Model, node: Node, inputs: Inputs): Value | undefined {
  try {
    const [tensor] = Callable.of(model, [node]).run(inputs);
    return tensor!.shape.length === 0 ? tensor!.data[0]! : tensor!;
  } catch (error) {
    if (error instanceof GradusError && error.code === 'data') return undefined;
    throw error;
  }
}

/** Where a value that is not finite comes from: a line, or none. */
export function originLines(model: Model, node: Node, value: Value | undefined, inputs: Inputs): string[] {
  const origin = value === undefined ? undefined : originOfValue(model, node, value, inputs);
  return origin === undefined ? [] : [origin];
}

/** The lines of a value, behind an equality sign. */
export const equals = (value: Value): string[] =>
  valueLines(value, DIGITS).map((line, k) => (k === 0 ? `= ${line}` : `  ${line}`));

/** The signs of values and shapes as every terminal has them. */
export const asciiValue = (text: string): string =>
  text.replace(/−/g, '-').replace(/ᵀ/g, "'").replace(/×/g, 'x').replace(/[⋅·]/g, '*').replace(/∂/g, 'd').replace(/→/g, '->');

/** Below what was typed, which begins behind the prompt. */
export const indented = (lines: readonly string[]): string => lines.map((line) => `  ${line}`.trimEnd()).join('\n');
