import { type Body, bodyOf, isKnown } from '../../compile/bodies.ts';
import type { Call, Counter, Expression, Local, Slot } from '../../compile/expression.ts';
import { type Intrinsic, shortName } from '../../compile/intrinsic.ts';
import { Braces } from '../../compile/targets/braces.ts';
import type { Identifiers } from '../../compile/targets/identifiers.ts';
import { EULER } from '../../operators/kernels/accurate.ts';
import { zetaExcess } from '../../operators/kernels/zeta.ts';
import { refused } from './refused.ts';

/** The basic functions as JavaScript has them. */
const BUILT_IN: Readonly<Record<string, string>> = Object.fromEntries(
  [
    ...['exp', 'log', 'sqrt', 'cbrt', 'log2', 'log10', 'log1p', 'expm1', 'pow', 'hypot', 'sin', 'cos', 'tan', 'asin', 'acos'],
    ...['atan', 'atan2', 'sinh', 'cosh', 'tanh', 'asinh', 'acosh', 'atanh', 'abs', 'floor', 'ceil', 'trunc', 'max', 'min'],
  ].map((name) => [name, `Math.${name}`]),
);

const RELATIONS = new Set(['<', '<=', '>', '>=', '==', '!=']);
const JOINTS: Readonly<Record<string, string>> = { and: '&&', or: '||' };

interface Told {
  readonly text: string;
  readonly needs?: readonly string[];
}

/** Basic functions that JavaScript lacks. */
const TOLD: Record<string, Told> = {
  round: {
    text: `function round(x) {
  // Halves to even numbers.
  const r = Math.round(x);
  return Math.abs(x % 1) === 0.5 && r % 2 !== 0 ? r - 1 : r;
}`,
  },
  mod: {
    text: `function mod(x, y) {
  const r = x % y;
  return r !== 0 && r < 0 !== y < 0 ? r + y : r;
}`,
  },
  polynomial: { text: 'const polynomial = (x, coefficients) => coefficients.reduceRight((sum, c) => sum * x + c, 0);' },
  nearZero: {
    text: `const nearZero = (x) =>
  x +
  (x *
    polynomial(x * x, [
      0.12837916709551256, -0.3250421072470015, -0.02848174957559851, -0.005770270296489442, -2.3763016656650163e-5,
    ])) /
    polynomial(x * x, [
      1, 0.39791722395915535, 0.0650222499887673, 0.005081306281875766, 0.00013249473800432164, -3.960228278775368e-6,
    ]);`,
    needs: ['polynomial'],
  },
  nearOne: {
    text: `const nearOne = (x) =>
  polynomial(x - 1, [
    -0.0023621185607526594, 0.41485611868374833, -0.3722078760357013, 0.31834661990116175, -0.11089469428239668,
    0.035478304325618236, -0.002166375594868791,
  ]) /
  polynomial(x - 1, [
    1, 0.10642088040084423, 0.540397917702171, 0.07182865441419627, 0.12617121980876164, 0.01363708391202905,
    0.011984499846799107,
  ]);`,
    needs: ['polynomial'],
  },
  scaledTail: {
    text: `function scaledTail(x) {
  const s = 1 / (x * x);
  if (x > 28) {
    return polynomial(s, [1, -0.5, 0.75, -1.875, 6.5625, -29.53125, 162.421875]) / Math.sqrt(Math.PI);
  }
  const near = [
    [
      -0.009864944034847148, -0.6938585727071818, -10.558626225323291, -62.375332450326006, -162.39666946257347,
      -184.60509290671104, -81.2874355063066, -9.814329344169145,
    ],
    [
      1, 19.651271667439257, 137.65775414351904, 434.56587747522923, 645.3872717332679, 429.00814002756783,
      108.63500554177944, 6.570249770319282, -0.0604244152148581,
    ],
  ];
  const far = [
    [
      -0.0098649429247001, -0.799283237680523, -17.757954917754752, -160.63638485582192, -637.5664433683896,
      -1025.0951316110772, -483.5191916086514,
    ],
    [
      1, 30.33806074348246, 325.7925129965739, 1536.729586084437, 3199.8582195085955, 2553.0504064331644,
      474.52854120695537, -22.44095244658582,
    ],
  ];
  const [above, below] = x < 1 / 0.35 ? near : far;
  return Math.exp(-0.5625 + polynomial(s, above) / polynomial(s, below));
}`,
    needs: ['polynomial'],
  },
  expOfMinusSquare: {
    text: `function expOfMinusSquare(x) {
  // The square of the first digits is exact.
  const high = Math.fround(x);
  return Math.exp(-high * high) * Math.exp(-(x - high) * (x + high));
}`,
  },
  erf: {
    text: `function erf(x) {
  // The rational approximations of Sun's s_erf.c.
  const t = Math.abs(x);
  if (t < 0.84375) return nearZero(x);
  if (Number.isNaN(x)) return x;
  const value = t < 1.25 ? 0.8450629115104675 + nearOne(t) : t < 6 ? 1 - erfc(t) : 1;
  return x < 0 ? -value : value;
}`,
    needs: ['nearZero', 'nearOne', 'erfc'],
  },
  erfc: {
    text: `function erfc(x) {
  if (x < 0.25) return x > -0.84375 ? 1 - nearZero(x) : 2 - erfc(-x);
  if (x < 0.84375) return 0.5 - (x - 0.5 + (nearZero(x) - x));
  if (x < 1.25) return 1 - 0.8450629115104675 - nearOne(x);
  return x > 28 ? 0 : (scaledTail(x) / x) * expOfMinusSquare(x);
}`,
    needs: ['nearZero', 'nearOne', 'scaledTail', 'expOfMinusSquare'],
  },
  sinPi: {
    text: `function sinPi(x) {
  const r = x - 2 * Math.round(x / 2);
  return Math.sin(Math.PI * (Math.abs(r) > 0.5 ? Math.sign(r) - r : r));
}`,
  },
  stirling: {
    text: `const stirling = (x) =>
  polynomial(1 / (x * x), [1 / 12, -1 / 360, 1 / 1260, -1 / 1680, 1 / 1188, -691 / 360360, 1 / 156, -3617 / 122400]) / x;`,
    needs: ['polynomial'],
  },
};

Object.assign(TOLD, {
  nearTwo: {
    text: `// log Γ(2 + z) by its series (Abramowitz & Stegun 6.1.33).
const NEAR_TWO = [
  ${Array.from({ length: 27 }, (_, k) => ((k % 2 === 0 ? 1 : -1) * zetaExcess(k + 2)) / (k + 2)).join(',\n  ')},
];
const nearTwo = (z) => z * (1 - ${EULER} + z * polynomial(z, NEAR_TWO));`,
    needs: ['polynomial'],
  },
  gamma: {
    text: `function gamma(x) {
  if (x === 0) return 1 / x;
  if (x > 0) return positiveGamma(x);
  if (Number.isInteger(x) || Number.isNaN(x)) return NaN;
  if (x > -170) return -Math.PI / (sinPi(x) * positiveGamma(-x)) / x;
  if (x < -190) return sinPi(x) > 0 ? -0 : 0;
  let value = gamma(x + 24);
  for (let k = 23; k >= 0; k--) value /= x + k;
  return value;
}`,
    needs: ['positiveGamma', 'sinPi'],
  },
  positiveGamma: {
    text: `function positiveGamma(x) {
  if (x >= 171.63) return Infinity;
  if (x >= 13 && !(Number.isInteger(x) && x <= 23)) {
    const half = x ** (x / 2 - 0.25);
    return Math.sqrt(2 * Math.PI) * half * Math.exp(-x) * half * Math.exp(stirling(x));
  }
  if (x < 0.5) return Math.exp(nearTwo(x)) / (x * (1 + x));
  if (x < 1.5) return Math.exp(nearTwo(x - 1)) / x;
  const n = Math.round(x) - 2;
  let product = Math.exp(nearTwo(x - 2 - n));
  for (let k = n; k >= 1; k--) product *= x - k;
  return product;
}`,
    needs: ['stirling', 'nearTwo'],
  },
  lgamma: {
    text: `function lgamma(x) {
  if (x < 0 && x > -1e-17) return -Math.log(-x);
  if (x <= 0) {
    return x === Math.floor(x) ? Infinity : Math.log(Math.PI / Math.abs(x * sinPi(x))) - lgamma(-x);
  }
  if (x >= 13) return (x - 0.5) * (Math.log(x) - 1) + 0.4189385332046727 + stirling(x);
  if (x < 0.5) return nearTwo(x) - Math.log1p(x) - Math.log(x);
  if (x < 1.5) return nearTwo(x - 1) - Math.log1p(x - 1);
  const n = Math.round(x) - 2;
  let product = 1;
  for (let k = 1; k <= n; k++) product *= x - k;
  return nearTwo(x - 2 - n) + Math.log(product);
}`,
    needs: ['stirling', 'nearTwo', 'sinPi'],
  },
} satisfies Record<string, Told>);

/** Functions of numbers that a module has to define, each after those that it calls. */
export class JsFunctions {
  readonly texts: string[] = [];
  private readonly names: Identifiers;
  private readonly told = new Map<string, string>();

  constructor(names: Identifiers) {
    this.names = names;
  }

  /** A call as an expression that needs no brackets, but for conditions. */
  call(f: Intrinsic, args: readonly string[], holds: (k: number) => string): string {
    if (f.name === 'where') return `(${holds(0)} ? ${args[1]} : ${args[2]})`;
    const condition = conditionOf(f, args, holds);
    if (condition !== undefined) return `(${condition} ? 1 : 0)`;
    return `${this.named(f)}(${args.join(', ')})`;
  }

  /** @throws GradusError `unsupported` for a function without an accurate form in those of JavaScript */
  named(f: Intrinsic): string {
    const known = BUILT_IN[f.name] ?? this.told.get(f.name);
    if (known !== undefined) return known;
    if (Object.hasOwn(TOLD, f.name)) return this.tell(f.name);
    const body = isKnown(f) ? bodyOf(f) : undefined;
    if (!body) throw refused(f.name);
    const name = this.names.fresh(shortName(f.name));
    this.told.set(f.name, name);
    this.texts.push(new BodyPrinter(this, this.names).print(name, body));
    return name;
  }

  private tell(name: string): string {
    this.told.set(name, name);
    for (const other of TOLD[name]!.needs ?? []) if (!this.told.has(other)) this.tell(other);
    this.texts.push(TOLD[name]!.text);
    return name;
  }
}

/** Names that the module has for itself. */
export const TOLD_NAMES = Object.keys(TOLD);

export const isCondition = ({ name }: Pick<Intrinsic, 'name'>): boolean =>
  RELATIONS.has(name) || Object.hasOwn(JOINTS, name) || name === 'not';

/** As a condition, where it is one. */
export function conditionOf({ name }: Intrinsic, args: readonly string[], holds: (k: number) => string): string | undefined {
  if (RELATIONS.has(name)) return args.join(` ${name === '==' || name === '!=' ? `${name}=` : name} `);
  if (Object.hasOwn(JOINTS, name)) return args.map((_, k) => `(${holds(k)})`).join(` ${JOINTS[name]} `);
  return name === 'not' ? `!(${holds(0)})` : undefined;
}

/** The body of a function, which has neither arrays nor loops. */
class BodyPrinter extends Braces {
  protected override readonly same = '===';
  private readonly functions: JsFunctions;
  private readonly scope: Identifiers;
  private readonly locals = new Map<Local, string>();

  constructor(functions: JsFunctions, names: Identifiers) {
    super();
    this.functions = functions;
    this.scope = names.inner();
  }

  print(name: string, { parameters, statements, value }: Body): string {
    const list = parameters.map((p) => this.local(p)).join(', ');
    const lines = [...(statements.length > 0 ? [this.block(statements, '  ')] : []), `  return ${this.expression(value)};`];
    return [`function ${name}(${list}) {`, ...lines, '}'].join('\n');
  }

  protected override local(local: Local): string {
    let name = this.locals.get(local);
    if (name === undefined) {
      name = this.scope.fresh(local.label?.name ?? 't');
      this.locals.set(local, name);
    }
    return name;
  }

  protected override declared(_name: string, variable: boolean): string {
    return variable ? 'let ' : 'const ';
  }

  protected override number(value: number): string {
    return numberText(value);
  }

  protected override called({ function: f, args }: Call): string {
    return this.functions.call(
      f,
      args.map((a) => this.expression(a, isCondition(f) ? 1 : 0)),
      (k) => this.holds(args[k]!),
    );
  }

  private holds(e: Expression): string {
    const text = (k: number) => this.holds((e as Call).args[k]!);
    if (e.kind === 'call') {
      const found = conditionOf(
        e.function,
        e.args.map((a) => this.expression(a, 1)),
        text,
      );
      if (found !== undefined) return found;
    }
    return `${this.expression(e, 1)} !== 0`;
  }

  protected override slot(_slot: Slot): string {
    throw new Error('a body has no arrays');
  }
  protected override counter(_counter: Counter): string {
    throw new Error('a body has no loops');
  }
  protected override routine(): string {
    throw new Error('a body has no routines');
  }
  protected override opened(): readonly string[] {
    throw new Error('a body has no loops');
  }
}

/** A number; a negative one in brackets. */
export function numberText(value: number): string {
  if (Number.isNaN(value)) return 'NaN';
  return value < 0 || Object.is(value, -0) ? `(-${-value})` : String(value);
}
