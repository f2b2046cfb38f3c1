import { all, create, type MathJsInstance } from 'mathjs';
import { expect } from 'vitest';
import { bridge } from '../../src/mathjs.ts';

/** An instance with the bridge, and derivatives by differences that mathjs itself takes. */

// biome-ignore lint/suspicious/noExplicitAny: what mathjs is called with here is what the types of its own functions forbid
export type MathJs = any;

export function withBridge(config = {}): MathJs {
  const math: MathJsInstance = create(all!, config);
  math.import(bridge);
  return math;
}

export type Scope = Readonly<Record<string, unknown>>;

/** The numbers of a value in row-major order. */
export function numbers(value: unknown): number[] {
  const plain = typeof value === 'object' && value !== null && 'toArray' in value ? (value as MathJs).toArray() : value;
  return ([plain] as unknown[]).flat(Number.POSITIVE_INFINITY).map((x) => Number((x as MathJs).valueOf()));
}

/** A value with one of its numbers moved. */
function moved(value: unknown, at: number, by: number): unknown {
  let place = 0;
  const walk = (part: unknown): unknown => {
    if (Array.isArray(part)) return part.map(walk);
    const number = Number(part);
    return place++ === at ? number + by : number;
  };
  return walk(typeof value === 'object' && value !== null && 'toArray' in value ? (value as MathJs).toArray() : value);
}

/** The value of a text; of statements the value of the last one. */
function lastOf(math: MathJs, expression: string, scope: Scope): number {
  const value = math.evaluate(expression, { ...scope });
  return numbers(math.typeOf(value) === 'ResultSet' ? value.entries.at(-1) : value)[0]!;
}

/** Richardson's difference of f at 0 with a step, and how far its two halves are apart. */
function richardson(f: (step: number) => number, h: number): { readonly value: number; readonly apart: number } {
  const [near, wide] = [(f(h) - f(-h)) / (2 * h), (f(2 * h) - f(-2 * h)) / (4 * h)];
  return { value: (4 * near - wide) / 3, apart: Math.abs(near - wide) };
}

/**
 * Differences of a number by each number of a name, in row-major order: of the steps the one whose halves agree best,
 * as a wide one may reach over a jump or a kink that lies beside the point.
 */
export function differencesOf(math: MathJs, expression: string, scope: Scope, name: string): number[] {
  return numbers(scope[name]).map((_, k) => {
    const at = (step: number) => lastOf(math, expression, { ...scope, [name]: moved(scope[name], k, step) });
    const tried = [1e-3, 1e-4, 1e-5].map((h) => richardson(at, h));
    return tried.reduce((best, next) => (next.apart < best.apart / 4 ? next : best)).value;
  });
}

declare module 'vitest' {
  interface Matchers<T> {
    toNearlyEqual(wanted: readonly number[], tolerance?: number): void;
  }
}

expect.extend({
  toNearlyEqual(found: readonly number[], wanted: readonly number[], tolerance = 1e-6) {
    const far = (value: number, k: number) => !(Math.abs(value - wanted[k]!) <= tolerance * Math.max(1, Math.abs(wanted[k]!)));
    const pass = found.length === wanted.length && !found.some(far);
    return { pass, message: () => `[${found.join(', ')}] instead of [${wanted.join(', ')}]` };
  },
});
