import type { Precision } from '../../executable.ts';
import { INLINE, polynomial, type Written } from './functions.ts';

/**
 * sin and cos of numbers that are not far from 0, as numbers mostly are: those are brought to |r| ≤ π/4 by three parts of
 * π/2, so exactly that nothing is lost. What is further away is told in `far`, and computed again by the library.
 */
export const near = (name: string, precision: Precision): Written | undefined => BY_PRECISION[precision].get(name);

/** A whole number of quarters so small that its product with each part of π/2, of 33 bits, is exact. */
const FARTHEST = 1_600_000;

const PARTS = ['0x1.921fb54400000p+0', '0x1.0b4611a600000p-34', '0x1.3198a2e037073p-69'];

/** (sin(r) − r)/r³ and (cos(r) − 1 + r²/2)/r⁴ in powers of r². */
const SIN = [
  ...['-0.16666666666666627689', '0.0083333333333212855508', '-0.00019841269828870143571'],
  ...['2.7557313356009341089e-6', '-2.5050704037878726943e-8', '1.5893583780076643926e-10'],
];
const COS = [
  ...['0.041666666666666591059', '-0.0013888888888872598222', '0.000024801587288491663764'],
  ...['-2.7557314056440699342e-7', '2.0875681859981954465e-9', '-1.1357447611621214087e-11'],
];

function written(name: string, ahead: number, atZero: string): Written {
  const [s, c] = [polynomial('z', SIN, 'double'), polynomial('z', COS, 'double')];
  const lines = [
    `*far |= !(fabs(x) <= ${FARTHEST});`,
    'const double shifted = x * 0.6366197723675814 + 0x1.8p52, n = shifted - 0x1.8p52;',
    `const uint64_t quarter = bits_f64(shifted)${ahead === 0 ? '' : ` + ${ahead}`};`,
    `const double r = ((x - n * ${PARTS[0]}) - n * ${PARTS[1]}) - n * ${PARTS[2]}, z = r * r;`,
    ...s.lines,
    `const double rising = r + r * z * ${s.value}, less = 1 - 0.5 * z;`,
    `const double falling = less + (((1 - less) - 0.5 * z) + z * z * ${c.value});`,
    'const double found = quarter & 1 ? falling : rising;',
    `return ${atZero}number_f64(bits_f64(found) ^ (quarter & 2) << 62);`,
  ];
  return {
    name: `near_${name}_f64`,
    text: `${INLINE} double near_${name}_f64(double x, int *far) {\n${lines.map((line) => `  ${line}`).join('\n')}\n}`,
  };
}

const DOUBLE = new Map([
  ['sin', written('sin', 0, 'x == 0 ? x : ')],
  ['cos', written('cos', 1, '')],
]);

/** In single precision they are those of doubles, rounded: three parts of π/2 would have few bits. */
const SINGLE = new Map(
  [...DOUBLE].map(([name, { text }]): [string, Written] => [
    name,
    {
      name: `near_${name}_f32`,
      text: `${text}\n${INLINE} float near_${name}_f32(float x, int *far) {\n  return (float)near_${name}_f64(x, far);\n}`,
    },
  ]),
);

const BY_PRECISION: Record<Precision, ReadonlyMap<string, Written>> = { f64: DOUBLE, f32: SINGLE };
