import type { Precision } from '../../executable.ts';
import type { Call } from '../../program.ts';
import { FUNCTIONS } from '../c/functions.ts';
import { ROUTINES } from '../c/routines.ts';
import type { Functions } from './text.ts';

/** The routines over whole arrays of one file, those first that others need. */
export class Routines {
  readonly texts: string[] = [];
  private readonly functions: Functions;
  private readonly precision: Precision;
  private readonly told = new Set<string>();

  constructor(functions: Functions, precision: Precision) {
    this.functions = functions;
    this.precision = precision;
  }

  tell({ routine }: Call): void {
    const { name, text, calls = [], helper } = ROUTINES[routine.name]!;
    if (this.told.has(name)) return;
    this.told.add(name);
    const quick = QUICK[name];
    if (quick) {
      const called = (quick.calls ?? []).map((basic) =>
        this.functions.tell({ name: basic, arity: 1, kernel: () => Number.NaN }, this.precision),
      );
      for (const shared of quick.helpers ?? []) this.once(shared, HELPERS[shared]!);
      this.texts.push(quick.text(...called));
      return;
    }
    for (const basic of calls) this.once(basic, FUNCTIONS[basic]!.text!);
    if (helper) this.once(helper.name, helper.text);
    this.texts.push(text);
  }

  private once(name: string, text: string): void {
    if (this.told.has(name)) return;
    this.told.add(name);
    this.texts.push(text);
  }
}

/** A routine of C as it runs in vectors: the same name and parameters. */
interface Quick {
  /** @param called what the functions are called that it calls */
  readonly text: (...called: string[]) => string;
  readonly calls?: readonly string[];
  readonly helpers?: readonly string[];
}

/** The extreme of a cell, a NaN if there is one; of zeros the one that counts. */
const extreme = (
  name: string,
  start: string,
  sign: '<' | '>',
  isCounting: string,
): string => `static real ${name}(const real *x, int size) {
  real lanes[LANES], found = ${start};
  for (int l = 0; l < LANES; l++) lanes[l] = ${start};
  int k = 0;
  for (; k + LANES <= size; k += LANES) {
    #pragma omp simd
    for (int l = 0; l < LANES; l++) lanes[l] = x[k + l] ${sign} lanes[l] || x[k + l] != x[k + l] ? x[k + l] : lanes[l];
  }
  for (; k < size; k++) lanes[0] = x[k] ${sign} lanes[0] || x[k] != x[k] ? x[k] : lanes[0];
  for (int l = 0; l < LANES; l++) found = lanes[l] ${sign} found || lanes[l] != lanes[l] ? lanes[l] : found;
  if (found == 0)
    for (k = 0; k < size; k++)
      if (x[k] == 0 && ${isCounting}) return x[k];
  return found;
}`;

const HELPERS: Readonly<Record<string, string>> = {
  lanes: 'enum { LANES = 64 / sizeof(real) };',
  top: extreme('top_of', '-INFINITY', '>', '!signbit(x[k])'),
  bottom: extreme('bottom_of', 'INFINITY', '<', 'signbit(x[k])'),
};

const finding = (name: string, of: string, helper: string): Quick => ({
  text: () => `static void ${name}(const real *x, real *out, int count, int size) {
  for (int c = 0; c < count; c++, x += size) out[c] = ${of}(x, size);
}`,
  helpers: ['lanes', helper],
});

const sharing = (name: string, of: string, helper: string): Quick => ({
  text: () => `static void ${name}(const real *restrict x, real *restrict out, int count, int size) {
  for (int c = 0; c < count; c++, x += size, out += size) {
    const real found = ${of}(x, size);
    real ties = 0;
    #pragma omp simd reduction(+:ties)
    for (int k = 0; k < size; k++) ties += x[k] == found;
    const real share = 1 / ties, other = found != found ? found : 0;
    #pragma omp simd
    for (int k = 0; k < size; k++) out[k] = x[k] == found ? share : other;
  }
}`,
  helpers: ['lanes', helper],
});

const QUICK: Readonly<Record<string, Quick>> = {
  largest: finding('largest', 'top_of', 'top'),
  smallest: finding('smallest', 'bottom_of', 'bottom'),
  shares_of_largest: sharing('shares_of_largest', 'top_of', 'top'),
  shares_of_smallest: sharing('shares_of_smallest', 'bottom_of', 'bottom'),
  logsumexp: {
    text: (exp, log) => `static void logsumexp(const real *restrict x, real *restrict out, int count, int size) {
  for (int c = 0; c < count; c++, x += size) {
    const real top = top_of(x, size);
    real total = 0;
    #pragma omp simd reduction(+:total)
    for (int k = 0; k < size; k++) total += ${exp}(x[k] - top);
    out[c] = isfinite(top) ? top + ${log}(total) : top;
  }
}`,
    calls: ['exp', 'log'],
    helpers: ['lanes', 'top'],
  },
  softmax: {
    text: (exp) => `static void softmax(const real *restrict x, real *restrict out, int count, int size) {
  for (int c = 0; c < count; c++, x += size, out += size) {
    const real top = top_of(x, size);
    real total = 0;
    #pragma omp simd reduction(+:total)
    for (int k = 0; k < size; k++) {
      const real e = ${exp}(x[k] - top);
      out[k] = e;
      total += e;
    }
    #pragma omp simd
    for (int k = 0; k < size; k++) out[k] /= total;
  }
}`,
    calls: ['exp'],
    helpers: ['lanes', 'top'],
  },
  product: {
    text: () => `static void product(const real *restrict x, real *restrict out, int count, int size) {
  for (int c = 0; c < count; c++, x += size) {
    real total = 1;
    #pragma omp simd reduction(*:total)
    for (int k = 0; k < size; k++) total *= x[k];
    out[c] = total;
  }
}`,
  },
};
