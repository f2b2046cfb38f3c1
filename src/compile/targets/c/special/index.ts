import { besselPieces } from './bessel.ts';
import { ellipticPieces } from './elliptic.ts';
import { errorPieces } from './error.ts';
import { gammaPieces } from './gamma.ts';
import { integralPieces } from './integrals.ts';
import type { Piece } from './piece.ts';

/** Functions without a body in basic functions, in C: series, continued fractions and recurrences with a loop each. */
const PIECES: Readonly<Record<string, Piece>> = {
  ...errorPieces,
  ...gammaPieces,
  ...integralPieces,
  ...ellipticPieces,
  ...besselPieces,
};

/** By the names of operators. */
const OF: Readonly<Record<string, string>> = {
  ...{ erfi: 'erfi', dawson: 'dawson', 'mills-slope': 'mills_slope', 'mills-excess': 'mills_excess' },
  ...{ polygamma: 'polygamma', uppergamma: 'upper_gamma', polylog: 'polylog', lambertw: 'lambert_w' },
  ...{ Ei: 'exponential_integral', li: 'logarithmic_integral', Si: 'sine_integral', Ci: 'cosine_integral' },
  ...{ Shi: 'hyperbolic_sine_integral', Chi: 'hyperbolic_cosine_integral', fresnels: 'fresnel_s', fresnelc: 'fresnel_c' },
  ...{ besselj: 'bessel_j', bessely: 'bessel_y', besseli: 'bessel_i', besselk: 'bessel_k' },
  ...{ elliptic_f: 'elliptic_f', elliptic_e: 'elliptic_e' },
};

/** Derivatives of any order are one function, which is told the order first, and what comes after that. */
const DERIVED: Readonly<Record<string, readonly [piece: string, args: readonly string[]]>> = {
  ...{ erfcx: ['erfcx_derived', ['x']], dawson: ['dawson_derived', ['x']], sinc: ['sinc_derived', ['x']] },
  ...{ elliptic_f: ['elliptic_f_derived', ['phi', 'm']], elliptic_e: ['elliptic_e_derived', ['phi', 'm']] },
};

/** What files call these functions; no array may have such a name. */
export const SPECIAL_NAMES: readonly string[] = Object.keys(PIECES);

interface Special {
  readonly name: string;
  /** What must stand before, those first that others need, each with a name of its own. */
  readonly parts: readonly (readonly [name: string, text: string])[];
}

/** Whether an operator is one of these. */
export const isSpecial = (operator: string): boolean => Object.hasOwn(OF, operator) || orderOf(operator) !== undefined;

/**
 * A function as it stands in a file of C.
 * @param tell writes a function of the language down, and says what the file calls it
 */
export function special(operator: string, tell: (operator: string) => string): Special | undefined {
  const derived = orderOf(operator);
  const piece = derived?.piece ?? OF[operator];
  if (piece === undefined) return undefined;
  const parts = partsOf(piece, tell);
  if (!derived) return { name: piece, parts };
  const name = `${piece}_${derived.order}`;
  const taken = derived.args.map((arg) => `double ${arg}`).join(', ');
  const text = `static double ${name}(${taken}) {\n  return ${piece}(${derived.order}, ${derived.args.join(', ')});\n}`;
  return { name, parts: [...parts, [name, text]] };
}

interface Derived {
  readonly piece: string;
  readonly args: readonly string[];
  readonly order: string;
}

function orderOf(operator: string): Derived | undefined {
  const [, base = '', order = ''] = /^(\w+)-derived-(\d+)$/.exec(operator) ?? [];
  if (!Object.hasOwn(DERIVED, base)) return undefined;
  const [piece, args] = DERIVED[base]!;
  return { piece, args, order };
}

function partsOf(piece: string, tell: (operator: string) => string): [string, string][] {
  const order = new Map<string, string>();
  const put = (name: string): void => {
    if (order.has(name)) return;
    const { needs = [], calls = [], text } = PIECES[name]!;
    needs.forEach(put);
    calls.forEach(tell);
    order.set(name, text(tell));
  };
  put(piece);
  return [...order];
}
