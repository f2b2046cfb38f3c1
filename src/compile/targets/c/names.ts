import { numberedFromTwo, type Spelling } from '../identifiers.ts';

/** Words that C, up to C23, and its headers keep for themselves, and those that compilers add where no standard is asked for. */
const RESERVED = [
  'auto break case char const continue default do double else enum extern float for goto if inline int long register',
  'restrict return short signed sizeof static struct switch typedef union unsigned void volatile while _Bool _Complex',
  'alignas alignof asm bool constexpr false nullptr static_assert thread_local true typeof typeof_unqual',
  'linux unix i386 sun mips BUFSIZ EOF FILENAME_MAX FOPEN_MAX L_ctermid L_tmpnam P_tmpdir RAND_MAX TMP_MAX MB_CUR_MAX',
  'EXIT_FAILURE EXIT_SUCCESS SEEK_CUR SEEK_END SEEK_SET MATH_ERREXCEPT MATH_ERRNO NFDBITS FD_SETSIZE stdin stdout stderr',
  'FP_ILOGB0 FP_ILOGBNAN FP_INFINITE FP_NAN FP_NORMAL FP_SUBNORMAL FP_ZERO BIG_ENDIAN BYTE_ORDER LITTLE_ENDIAN PDP_ENDIAN',
  'M_1_PI M_2_PI M_2_SQRTPI M_E M_LN10 M_LN2 M_LOG10E M_LOG2E M_PI M_PI_2 M_PI_4 M_SQRT1_2 M_SQRT2',
  'WCONTINUED WEXITED WNOHANG WNOWAIT WSTOPPED WUNTRACED math_errhandling offsetof',
  'NAN INFINITY HUGE_VAL HUGE_VALF HUGE_VALL NULL main real step steps history watch memory errno',
  'abort free malloc calloc realloc exit rand srand system div ldiv atof atoi atol strtod strtol qsort bsearch getenv size_t',
  'isnan isinf isfinite isnormal signbit fpclassify',
  // Functions that C compilers know without a header.
  'abs acos acosh asin asinh atan atan2 atanh cbrt ceil copysign cos cosh erf erfc exp exp2 expm1 fabs fdim floor fma fmax',
  'fmin fmod frexp hypot ilogb ldexp lgamma llrint llround log log10 log1p log2 logb lrint lround modf nan nearbyint nextafter',
  'pow remainder remquo rint round scalbln scalbn sin sinh sqrt tan tanh tgamma trunc gamma j0 j1 jn y0 y1 yn index labs',
].flatMap((line) => line.split(' '));

const GREEK: Readonly<Record<string, string>> = Object.fromEntries(
  [
    ...['α alpha', 'β beta', 'γ gamma', 'δ delta', 'ε epsilon', 'ζ zeta', 'η eta', 'θ theta', 'ι iota', 'κ kappa', 'λ lambda'],
    ...['μ mu', 'ν nu', 'ξ xi', 'π pi', 'ρ rho', 'σ sigma', 'τ tau', 'υ upsilon', 'φ phi', 'χ chi', 'ψ psi', 'ω omega'],
  ].flatMap((pair) => {
    const [sign, name] = pair.split(' ') as [string, string];
    return [
      [sign, name],
      [sign.toUpperCase(), name[0]!.toUpperCase() + name.slice(1)],
    ];
  }),
);

/** Letters, digits and underscores only: whatever a model calls something, this is a word of C. */
function identifier(text: string): string {
  const plain = [...text.normalize('NFKD')]
    .map((sign) => GREEK[sign] ?? (sign === '′' || sign === "'" ? '_prime' : sign === '∂' ? 'd' : sign))
    .join('')
    .replace(/[\u0300-\u036f]/g, '')
    .replace(/[^A-Za-z0-9_]/g, '_');
  return /^[A-Za-z]/.test(plain) ? plain : `v${plain}`;
}

/** How names are spelled in C. */
export const inC: Spelling = { reserved: RESERVED, spell: identifier, next: numberedFromTwo };
