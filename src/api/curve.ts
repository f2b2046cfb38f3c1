import { GradusError } from '../language/diagnostics.ts';
import { knownName } from '../language/names.ts';
import { listed } from '../language/visible.ts';
import type { Model } from '../model/model.ts';
import { checkArguments, refuseMore } from '../options/check.ts';
import { signatures } from '../options/signatures.ts';
import { derive } from './derive.ts';
import { modelOf, type Source } from './source.ts';

/** A curve and its derivatives by the parameters, in the form that fitting libraries ask for. */
export interface Curve {
  /** The curve for some parameters, in the order in which they were named. */
  readonly parameterizedFunction: (params: ArrayLike<number>) => (x: number) => number;
  /** Its derivatives by each of them. */
  readonly jacobianFunction: (params: ArrayLike<number>) => (x: number) => number[];
}

/**
 * A formula as a curve in one variable with parameters, and its symbolic derivatives: what `ml-levenberg-marquardt` takes.
 * @param variable the name that runs along the curve
 * @param params the names that are fitted, in order
 * @throws GradusError for a wrong source, `name` for a parameter that does not occur in it, and when the curve is asked for a value
 * `data` for a name that is neither
 * @example
 * const { parameterizedFunction, jacobianFunction } = curve('a*exp(-b*x)', 'x', ['a', 'b']);
 * parameterizedFunction([2, 0.5])(0); // 2
 * jacobianFunction([2, 0.5])(0); // [1, 0]
 */
export function curve(source: Source, variable: string, params: string | readonly string[]): Curve;
export function curve(source: Source, variable: string, params: string | readonly string[], ...more: readonly unknown[]): Curve {
  refuseMore(signatures.curve, more);
  checkArguments(signatures.curve, source, variable, params);
  const names = [params].flat();
  refuseIdle(modelOf(signatures.curve, source), variable, names);
  const compiled = derive(source, names, { steps: false }).compile();
  const inputs = (values: ArrayLike<number>, x: number): Record<string, number> => {
    const all: Record<string, number> = { [variable]: x };
    names.forEach((name, k) => {
      all[name] = values[k]!;
    });
    return all;
  };
  return {
    parameterizedFunction: (values) => (x) => compiled.value(inputs(values, x)) as number,
    jacobianFunction: (values) => (x) => {
      const found = compiled.gradient(inputs(values, x));
      return names.map((name) => found[name] as number);
    },
  };
}

/** @throws GradusError `name` for what cannot be fitted: a name that the source has not, or that runs along the curve */
function refuseIdle({ inputs }: Model, variable: string, names: readonly string[]): void {
  const along = knownName(variable, inputs.keys());
  for (const name of names) {
    const known = knownName(name, inputs.keys());
    if (known === along)
      throw new GradusError('name', `${name} runs along the curve: it is no parameter`, {
        hint: 'leave it out of the parameters',
      });
    if (inputs.has(known)) continue;
    const others = [...inputs.keys()].filter((other) => other !== along);
    throw new GradusError('name', `there is no parameter ${name} in the source`, {
      hint: others.length > 0 ? `its names are ${listed(others)}` : 'it has none',
    });
  }
}
