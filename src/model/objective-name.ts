import type { Model } from './model.ts';

/** What an objective without a name is called, the first of these that the source does not use. */
const USUAL = ['f', 'F', 'J', 'L'];

/** The name of the objective, or what it is called if it has none. */
export function objectiveName({ objective, inputs, definitions }: Model): string {
  if (objective?.name !== undefined) return objective.name;
  const isUsed = (name: string) => inputs.has(name) || definitions.some((d) => d.name === name);
  let name = USUAL.find((usual) => !isUsed(usual));
  for (let k = 0; name === undefined; k++) if (!isUsed(`f${k}`)) name = `f${k}`;
  return name;
}

const RAISED = '⁰¹²³⁴⁵⁶⁷⁸⁹';

/** What a derivative is called: f′, f″ and f‴ have primes, from f⁽⁴⁾ on orders are counted. */
export const derivativeName = (name: string, order: number): string =>
  name + (order < 4 ? '′'.repeat(order) : `⁽${[...String(order)].map((digit) => RAISED[Number(digit)]).join('')}⁾`);
