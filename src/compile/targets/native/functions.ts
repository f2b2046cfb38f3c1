import type { Precision } from '../../executable.ts';
import { F32, F64, type Kind } from './kinds.ts';

/** A function that is written here, since the library's is slower, or does not vectorise. */
export interface Written {
  readonly name: string;
  readonly text: string;
  /** What the text calls, as programs call it. */
  readonly needs?: readonly string[];
}

/** Without branches, so that a loop over it runs in vectors: what holds at the edges is chosen at the end. */
export const fast = (name: string, precision: Precision): Written | undefined => BY_PRECISION[precision].get(name);

type Maker = (
  k: Kind,
  name: string,
) => { readonly body: string; readonly parameters?: string; readonly needs?: readonly string[] };

/** c₀ + c₁x + …, neighbours first: what does not depend on one another can run at once. */
export function polynomial(
  x: string,
  coefficients: readonly string[],
  real: string,
): { readonly lines: string[]; readonly value: string } {
  const lines: string[] = [];
  let [terms, power, level] = [[...coefficients], x, 0];
  while (terms.length > 1) {
    const next: string[] = [];
    for (let at = 0; at < terms.length; at += 2)
      next.push(terms[at + 1] ? `(${terms[at]} + ${terms[at + 1]} * ${power})` : terms[at]!);
    terms = next;
    if (terms.length > 1) {
      const name = `${x}${2 ** ++level}`;
      lines.push(`const ${real} ${name} = ${power} * ${power};`);
      power = name;
    }
  }
  return { lines, value: terms[0]! };
}

const body = (lines: readonly string[]): string => lines.map((line) => `  ${line}`).join('\n');

const suffix = ({ precision }: Kind): string => (precision === 'f32' ? 'f' : '');

/** x = n·ln 2 + r with |r| ≤ ln 2/2; of n the two halves of 2ⁿ, since it may be less than the least number or more than the greatest. */
function reduced(k: Kind, from: string, coefficients = k.expm1): string[] {
  const { real, word, mantissa, bias, ln2 } = k;
  const s = suffix(k);
  // Whole numbers end the mantissa where this is added, those below 0 too.
  const magic = `(0x1.8p${mantissa}${s} + ${2 * (bias + 1)})`;
  const p = polynomial('r', coefficients, real);
  return [
    `const ${real} shifted = ${from} * 1.4426950408889634${s} + ${magic};`,
    `const ${real} n = shifted - ${magic};`,
    `const ${real} r = (${from} - n * ${ln2[0]}) - n * ${ln2[1]};`,
    ...p.lines,
    `const ${real} more = r * r * ${p.value};`,
    `const ${word} exponent = bits_${k.precision}(shifted) & 0xfff;`,
    `const ${real} half = number_${k.precision}((exponent / 2 - 1) << ${mantissa}), other = number_${k.precision}((exponent - exponent / 2 - 1) << ${mantissa});`,
  ];
}

const clamped = ({ real, lowest, highest }: Kind): string =>
  `const ${real} y = x < ${lowest} ? ${lowest} : x > ${highest} ? ${highest} : x;`;

/** log(2ᵏ·(1 + f)) where \`rest\` is what rounding took from f. */
function logarithm(k: Kind, rest = ''): string[] {
  const { real, ln2 } = k;
  const s = suffix(k);
  const p = polynomial('z', k.log, real);
  return [
    `const ${real} s = f / (2 + f), z = s * s, square = 0.5${s} * f * f;`,
    ...p.lines,
    `const ${real} found = k * ${ln2[0]} - ((square - (s * (square + z * ${p.value}) + (k * ${ln2[1]}${rest}))) - f);`,
  ];
}

/** The exponent of a number, less what it was `lifted` by, with m between √½ and √2. */
function parted(k: Kind, from: string, lifted = ''): string[] {
  const { precision, real, word, mantissa, bias, rootOfHalf } = k;
  const one = `((${word})${bias + 1} << ${mantissa})`;
  return [
    `const ${word} b = bits_${precision}(${from}), e = b - ${rootOfHalf} + ${one};`,
    `const ${real} m = number_${precision}(b - (e & (${word})-1 << ${mantissa}) + ${one});`,
    // Few machines have an instruction that makes a double of a whole number as wide.
    precision === 'f64'
      ? `const ${real} whole = number_f64(e >> ${mantissa} | 0x4330000000000000u) - (0x1p52 + ${bias + 1}${lifted});`
      : `const ${real} whole = (${real})(int)(e >> ${mantissa}) - (${bias + 1}${lifted});`,
  ];
}

/** log(1 + exp(−|x|)): 1 + t lies between 1 and 2, so that nothing is to be chosen at the edges. */
const logOnePlusExp = (k: Kind): string[] => [
  `const ${k.real} t = exp_${k.precision}(-${absolute(k)}(x)), u = 1 + t;`,
  `const int near = t < 0.41${suffix(k)};`,
  `const ${k.real} f = near ? t : u / 2 - 1, k = near ? 0 : 1, c = near ? 0 : (t - (u - 1)) / u;`,
  ...logarithm(k, ' + c'),
];

const MAKERS: Readonly<Record<string, Maker>> = {
  exp: (k) => ({
    body: body([
      clamped(k),
      ...reduced(k, 'y', k.exp),
      // What rounding takes from 1 + r.
      `const ${k.real} high = 1 + r, low = (1 - high) + r;`,
      'return (high + (low + more)) * half * other;',
    ]),
  }),
  expm1: (k) => ({
    body: body([
      clamped(k),
      ...reduced(k, 'y'),
      `const ${k.real} found = (half * (r + more) + (half - 1 / other)) * other;`,
      'return x == 0 ? x : found;',
    ]),
  }),
  log: (k) => ({
    body: body([
      `const int tiny = x < ${k.normal};`,
      // A choice between numbers: one between products is made by compilers at the end, of all that follows from each.
      `const ${k.real} y = x * (tiny ? 0x1p${k.lift}${suffix(k)} : 1);`,
      ...parted(k, 'y', ` + (tiny ? ${k.lift} : 0)`),
      `const ${k.real} f = m - 1, k = whole;`,
      ...logarithm(k),
      `const ${k.real} odd = x == 0 ? -INFINITY : x < 0 ? NAN : x;`,
      'return x > 0 && x < INFINITY ? found : odd;',
    ]),
  }),
  log1p: (k) => ({
    body: body([
      `const ${k.real} u = 1 + x, lost = x >= 1 ? 1 - (u - x) : x - (u - 1);`,
      ...parted(k, 'u'),
      `const int near = x > -0.29${suffix(k)} && x < 0.41${suffix(k)};`,
      `const ${k.real} f = near ? x : m - 1, k = near ? 0 : whole, c = near ? 0 : lost / u;`,
      ...logarithm(k, ' + c'),
      'return x > -1 && x < INFINITY ? (x == 0 ? x : found) : x == -1 ? -INFINITY : x < -1 ? NAN : x;',
    ]),
  }),
  // −t/(2 + t) for t = expm1(−2|x|); in double precision with what rounding takes from t and from 2 + t.
  tanh: (k) => ({
    body: body([
      `const ${k.real} w = -2 * ${absolute(k)}(x), y = w < ${k.flat} ? ${k.flat} : w;`,
      ...reduced(k, 'y'),
      `const ${k.real} scale = half * other, start = scale - 1, step = scale * r;`,
      ...(k.precision === 'f32'
        ? ['const float t = start + (step + scale * more), q = -t / (2 + t);', 'return copysignf(q, x);']
        : [
            'const double high = start + step, small = scale * more + ((start - high) + step);',
            'const double t = high + small, rest = (high - t) + small;',
            'const double sum = 2 + t, lost = (t - (sum - 2)) + rest, inverse = 1 / sum, q = -t * inverse;',
            'return copysign(q + ((-t - q * sum) - rest - q * lost) * inverse, x);',
          ]),
    ]),
  }),
  sigmoid: (k) => ({
    body: body([`const ${k.real} e = exp_${k.precision}(-${absolute(k)}(x));`, 'return (x < 0 ? e : 1) / (1 + e);']),
    needs: ['exp'],
  }),
  softplus: (k) => ({
    body: body(['const int above = x > 0;', ...logOnePlusExp(k), 'return (above ? x : 0) + found;']),
    needs: ['exp'],
  }),
  logsigmoid: (k) => ({
    body: body(['const int below = x < 0;', ...logOnePlusExp(k), 'return (below ? x : 0) - found;']),
    needs: ['exp'],
  }),
  relu: (k) => ({ body: body([`return max_${k.precision}(x, 0);`]), needs: ['max'] }),
  logisticOfExp: (k) => ({ parameters: `${k.real} t`, body: body(['return 1 / (1 + t);']) }),
  max: (k) => extreme(k, '>', 'right & (left | ~same)'),
  min: (k) => extreme(k, '<', 'right | (left & same)'),
};

/**
 * The first where it is beyond the second or no number. Of equal numbers all bits are the same, but for the sign of 0. In bits, since
 * compilers make branches of choices that follow one another.
 */
const extreme = ({ precision, real, word }: Kind, sign: '<' | '>', other: string) => ({
  parameters: `${real} a, ${real} b`,
  body: body([
    `const ${word} left = bits_${precision}(a), right = bits_${precision}(b);`,
    `const ${word} first = -(${word})((a ${sign} b) | (a != a)), same = -(${word})(a == b);`,
    `return number_${precision}((left & first) | ((${other}) & ~first));`,
  ]),
});

const absolute = (k: Kind): string => `fabs${suffix(k)}`;

/** What the library does in one instruction. */
const INSTRUCTIONS: Readonly<Record<string, string>> = {
  ...{ abs: 'fabs', sqrt: 'sqrt', floor: 'floor', ceil: 'ceil', trunc: 'trunc', round: 'rint' },
};

/** A loop runs in vectors if nothing is called in it. */
export const INLINE = 'static inline __attribute__((always_inline))';

/** Numbers as their bits, and back. */
export const BITS = [F64, F32]
  .flatMap(({ precision, real, word }) => [
    `${INLINE} ${word} bits_${precision}(${real} x) {\n  ${word} bits;\n  memcpy(&bits, &x, sizeof bits);\n  return bits;\n}`,
    `${INLINE} ${real} number_${precision}(${word} bits) {\n  ${real} x;\n  memcpy(&x, &bits, sizeof x);\n  return x;\n}`,
  ])
  .join('\n');

function all(k: Kind): Map<string, Written> {
  const { precision, real } = k;
  const made = new Map<string, Written>();
  for (const [name, of] of Object.entries(INSTRUCTIONS)) made.set(name, { name: `${of}${suffix(k)}`, text: '' });
  for (const [name, maker] of Object.entries(MAKERS)) {
    const own = `${name}_${precision}`;
    const { body, parameters = `${real} x`, needs } = maker(k, own);
    made.set(name, { name: own, text: `${INLINE} ${real} ${own}(${parameters}) {\n${body}\n}`, ...(needs && { needs }) });
  }
  return made;
}

const BY_PRECISION: Record<Precision, ReadonlyMap<string, Written>> = { f64: all(F64), f32: all(F32) };
