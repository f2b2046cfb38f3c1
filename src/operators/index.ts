import { logisticOfExp, sigmoid, softplus } from './activation.ts';
import { elementaryFunctions } from './elementary.ts';
import { abs, max, min, relu, sign, step } from './kinked.ts';
import type { LanguageFunction } from './language.ts';
import { linear } from './linear.ts';
import { logarithmicFunctions } from './logarithmic.ts';
import type { Operator } from './operator.ts';
import { exp, log, pow, reciprocal, squareRoot } from './power.ts';
import { stableForms } from './stable.ts';
import { atanh, cos, sin, tan, tanh } from './trigonometric.ts';

/** The only list of entrywise functions. */
export const operators: readonly Operator[] = [
  exp,
  log,
  pow,
  squareRoot,
  reciprocal,
  sin,
  cos,
  tan,
  tanh,
  atanh,
  ...elementaryFunctions,
  ...logarithmicFunctions,
  sigmoid,
  softplus,
  logisticOfExp,
  abs,
  sign,
  step,
  relu,
  max,
  min,
  ...stableForms,
];

/** An entrywise function, as the language sees it. */
const entrywise = (operator: Operator): LanguageFunction => ({
  name: operator.name,
  ...(operator.spellings && { spellings: operator.spellings }),
  arity: [operator.arity, operator.arity],
  help: operator.rule.formula ?? operator.rule.name,
  build: (b, { args }) => b.entrywise(args, (nodes) => b.graph.apply(operator, ...nodes)),
});

/** Every function and operator of the language, by each of its spellings. */
export const functions: ReadonlyMap<string, LanguageFunction> = new Map(
  [...operators.filter((o) => !o.internal).map(entrywise), ...linear].flatMap((f) =>
    [f.name, ...(f.spellings ?? [])].map((name) => [name, f] as const),
  ),
);
