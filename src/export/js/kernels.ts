import type { Identifiers } from '../../compile/targets/identifiers.ts';
import { KERNELS } from './kernels.generated.ts';

/** Functions that JavaScript lacks, by the names of our operators, and what their kernels are called. */
const OF: Readonly<Record<string, string>> = {
  ...{ erf: 'erf', erfc: 'erfc', erfcx: 'erfcx', erfi: 'erfi', erfinv: 'erfinv', dawson: 'dawson' },
  ...{ mills: 'mills', 'mills-excess': 'millsExcess', 'mills-slope': 'millsSlope', logerfc: 'logErfc', logerfcx: 'logErfcx' },
  ...{ gamma: 'gamma', lgamma: 'lgamma', digamma: 'digamma', trigamma: 'trigamma', polygamma: 'polygamma', beta: 'beta' },
  ...{ uppergamma: 'upperGamma', Ei: 'expIntegral', li: 'logIntegral', Si: 'sinIntegral', Ci: 'cosIntegral' },
  ...{ Shi: 'sinhIntegral', Chi: 'coshIntegral', fresnels: 'fresnelS', fresnelc: 'fresnelC', lambertw: 'lambertW' },
  ...{ polylog: 'polylog', besselj: 'besselJ', bessely: 'besselY', besseli: 'besselI', besselk: 'besselK' },
  ...{ elliptic_f: 'ellipticF', elliptic_e: 'ellipticE' },
};

/** Derivatives of any order are one function, which is told the order first. */
const DERIVED: Readonly<Record<string, string>> = {
  ...{ erfcx: 'erfcxDerived', dawson: 'dawsonDerived', sinc: 'sincDerived' },
  ...{ elliptic_f: 'ellipticFDerived', elliptic_e: 'ellipticEDerived' },
};

interface Kernel {
  readonly name: string;
  /** Arguments in front of the operator's own. */
  readonly before?: readonly string[];
}

/** The kernel of an operator, if it is printed. */
export function kernelOf(operator: string): Kernel | undefined {
  if (Object.hasOwn(OF, operator)) return { name: OF[operator]! };
  const [, base = '', order = ''] = /^(\w+)-derived-(\d+)$/.exec(operator) ?? [];
  return Object.hasOwn(DERIVED, base) ? { name: DERIVED[base]!, before: [order] } : undefined;
}

/** Kernels as one part of a module, which gives away no more names than are called. */
export class KernelTexts {
  private readonly names: Identifiers;
  private readonly called = new Map<string, string>();

  constructor(names: Identifiers) {
    this.names = names;
  }

  /** The name of a kernel in the module. */
  named(kernel: string): string {
    const name = this.called.get(kernel) ?? this.names.fresh(kernel);
    this.called.set(kernel, name);
    return name;
  }

  get texts(): string[] {
    if (this.called.size === 0) return [];
    const order = new Set<string>();
    const seen = new Set<string>();
    const put = (kernel: string): void => {
      if (seen.has(kernel)) return;
      seen.add(kernel);
      KERNELS[kernel]!.needs.forEach(put);
      order.add(kernel);
    };
    for (const kernel of this.called.keys()) put(kernel);
    const lines = [...order]
      .flatMap((kernel) => KERNELS[kernel]!.text.split('\n'))
      .map((line) => (line === '' ? '' : `  ${line}`));
    const given = [...this.called].map(([kernel, name]) => (kernel === name ? name : `${kernel}: ${name}`));
    return [
      [
        '// Functions that JavaScript lacks, as gradus computes them.',
        `const { ${given.join(', ')} } = (() => {`,
        ...lines,
        `  return { ${[...this.called.keys()].join(', ')} };`,
        '})();',
      ].join('\n'),
    ];
  }
}
