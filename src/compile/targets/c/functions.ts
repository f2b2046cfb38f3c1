import type { Basic } from '../../bodies.ts';

/** The basic functions as C has them, or as it has to be told them. */
export interface Told {
  readonly name: string;
  /** Its definition, where `math.h` does not have it, or has another of the name. */
  readonly text?: string;
}

/** What is written in the expression itself. */
type Inline = Extract<Basic, 'where' | '<' | '<=' | '>' | '>=' | '==' | '!=' | 'and' | 'or' | 'not'>;

const same = <N extends string>(...names: N[]): Record<N, Told> => {
  const made = {} as Record<N, Told>;
  for (const name of names) made[name] = { name };
  return made;
};

type Called = Exclude<Basic, Inline>;

const told: Record<Called, Told> = {
  ...same('exp', 'log', 'sqrt', 'cbrt', 'log2', 'log10', 'log1p', 'expm1', 'hypot', 'sin', 'cos', 'tan', 'asin', 'acos', 'atan'),
  ...same('atan2', 'sinh', 'cosh', 'tanh', 'asinh', 'acosh', 'atanh', 'floor', 'ceil', 'trunc', 'erf', 'erfc', 'lgamma'),
  abs: { name: 'fabs' },
  round: { name: 'rint' },
  gamma: { name: 'tgamma' },
  max: {
    name: 'larger',
    text: 'static double larger(double a, double b) {\n  return a > b || a != a || (a == b && signbit(b)) ? a : b;\n}',
  },
  min: {
    name: 'smaller',
    text: 'static double smaller(double a, double b) {\n  return a < b || a != a || (a == b && signbit(a)) ? a : b;\n}',
  },
  pow: {
    name: 'power',
    text: 'static double power(double x, double p) {\n  return p != p || (fabs(x) == 1 && isinf(p)) ? NAN : pow(x, p);\n}',
  },
  mod: {
    name: 'modulo',
    text: 'static double modulo(double x, double y) {\n  const double r = fmod(x, y);\n  return r != 0 && (r < 0) != (y < 0) ? r + y : r;\n}',
  },
};

export const FUNCTIONS: Readonly<Record<string, Told>> = told;

/** What stands between two numbers that are compared. */
export const RELATIONS: ReadonlySet<string> = new Set(['<', '<=', '>', '>=', '==', '!=']);

/** What joins two conditions. */
export const JOINTS: Readonly<Record<string, string>> = { and: '&&', or: '||' };
