import type { Call } from '../../program.ts';
import { COFACTOR_SLOPES } from './cofactor-slopes.ts';
import { COFACTORS } from './cofactors.ts';
import { PRODUCT_SLOPES } from './product-slopes.ts';
import { SORTING } from './sorting.ts';

/** A routine over whole arrays in C: its text, and the numbers that it takes after the arrays and the count of cells. */
export interface Written {
  readonly name: string;
  readonly text: string;
  readonly numbers: (call: Call) => readonly number[];
  /** Basic functions that the text calls, by their names in a program. */
  readonly calls?: readonly string[];
  /** What several routines need, and the header that it needs itself. */
  readonly helper?: { readonly name: string; readonly text: string; readonly header: string };
}

const sizeOf = ({ shapes }: Call): number[] => [shapes[0]!.reduce((n, d) => n * d, 1)];

/** A function of a cell's `size` numbers `x` with one result. */
const folding = (name: string, body: string, calls: readonly string[] = [], more = ''): Written => ({
  name,
  text: `static void ${name}(const real *x, real *out, int count, int size${more}) {
  for (int c = 0; c < count; c++, x += size) {
${body}
  }
}`,
  numbers: sizeOf,
  calls,
});

const extreme = (name: string, start: string, pick: string, basic: string): Written =>
  folding(
    name,
    `    double found = ${start};
    for (int k = 0; k < size; k++) found = ${pick}(found, x[k]);
    out[c] = found;`,
    [basic],
  );

const shares = (name: string, start: string, pick: string, basic: string): Written => ({
  name,
  text: `static void ${name}(const real *x, real *out, int count, int size) {
  for (int c = 0; c < count; c++, x += size, out += size) {
    double found = ${start}, ties = 0;
    for (int k = 0; k < size; k++) found = ${pick}(found, x[k]);
    for (int k = 0; k < size; k++) ties += x[k] == found;
    for (int k = 0; k < size; k++) out[k] = x[k] == found ? 1 / ties : found != found ? found : 0;
  }
}`,
  numbers: sizeOf,
  calls: [basic],
});

const summing = (name: string, from: string, test: string, move: string): Written => ({
  name,
  text: `static void ${name}(const real *x, real *out, int count, int size) {
  for (int c = 0; c < count; c++, x += size, out += size) {
    double total = 0;
    for (int k = ${from}; ${test}; ${move}) out[k] = total += x[k];
  }
}`,
  numbers: sizeOf,
});

/** The largest size of an entry; of 0 and of what is not finite the result follows. */
const top = (otherwise = 'top') => `    double top = 0;
    for (int k = 0; k < size; k++) {
      const double width = fabs(x[k]);
      if (width > top || width != width) top = width;
    }
    if (top == 0 || !isfinite(top)) {
      out[c] = ${otherwise};
      continue;
    }`;

const scaledLength = (sum: string, otherwise?: string): string => `${top(otherwise)}
    const double scale = top > 1e150 || top < 1e-150 ? top : 1;
    double total = 0;
    for (int k = 0; k < size; k++) total += (x[k] / scale) * (x[k] / scale);
    out[c] = scale * sqrt(${sum});`;

const triangle = (name: string, keeps: string): Written => ({
  name,
  text: `static void ${name}(const real *x, real *out, int count, int rows, int columns, int k) {
  for (int c = 0; c < count; c++)
    for (int i = 0; i < rows; i++)
      for (int j = 0; j < columns; j++, x++, out++) *out = ${keeps} ? *x : 0;
}`,
  numbers: ({ shapes, routine }) => [...shapes[0]!, Number(routine.parameters?.[0] ?? 0)],
});

const factors = (name: string, start: string, body: string, result: string): Written => ({
  name,
  text: `static void ${name}(const real *lu, real *out, int count, int n) {
  for (int c = 0; c < count; c++, lu += n * (n + 1)) {
    double total = ${start};
    int sign = 1;
    for (int k = 0; k < n; k++) {
${body}
      if (lu[n * n + k] != k) sign = -sign;
    }
    out[c] = ${result};
  }
}`,
  numbers: ({ shapes }) => [shapes[0]![1]!],
});

/** A·X = B, or Aᵀ·X = B, by the factors of A. */
const solving = (name: string, transposed: boolean): Written => {
  const exchange = (order: string) => `    for (${order}) {
      const int e = (int)lu[n * n + k];
      for (int j = 0; e != k && j < columns; j++) {
        const double held = out[k * columns + j];
        out[k * columns + j] = out[e * columns + j];
        out[e * columns + j] = held;
      }
    }`;
  const entry = transposed ? 'lu[j * n + k]' : 'lu[k * n + j]';
  const subtract = (from: string) => `      for (${from}) {
        const double factor = ${entry};
        for (int e = 0; e < columns; e++) out[k * columns + e] -= factor * out[j * columns + e];
      }`;
  const divide = '      for (int e = 0; e < columns; e++) out[k * columns + e] /= lu[k * n + k];';
  const lines = [
    `static void ${name}(const real *lu, const real *b, real *out, int count, int n, int columns) {`,
    '  for (int c = 0; c < count; c++, lu += n * (n + 1), b += n * columns, out += n * columns) {',
    '    for (int e = 0; e < n * columns; e++) out[e] = b[e];',
    ...(transposed ? [] : [exchange('int k = 0; k < n; k++')]),
    '    for (int k = 0; k < n; k++) {',
    subtract('int j = 0; j < k; j++'),
    ...(transposed ? [divide] : []),
    '    }',
    '    for (int k = n - 1; k >= 0; k--) {',
    subtract('int j = n - 1; j > k; j--'),
    ...(transposed ? [] : [divide]),
    '    }',
    ...(transposed ? [exchange('int k = n - 1; k >= 0; k--')] : []),
    '  }',
    '}',
  ];
  return { name, text: lines.join('\n'), numbers: ({ shapes }) => shapes[1]! };
};

const LU: Written = {
  name: 'factorise',
  text: `static void factorise(const real *a, real *out, int count, int n) {
  for (int c = 0; c < count; c++, a += n * n, out += n * (n + 1)) {
    for (int e = 0; e < n * n; e++) out[e] = a[e];
    for (int k = 0; k < n; k++) {
      int best = k;
      for (int i = k + 1; i < n; i++)
        if (fabs(out[i * n + k]) > fabs(out[best * n + k]) || out[i * n + k] != out[i * n + k]) best = i;
      out[n * n + k] = best;
      for (int j = 0; best != k && j < n; j++) {
        const double held = out[k * n + j];
        out[k * n + j] = out[best * n + j];
        out[best * n + j] = held;
      }
      const double pivot = out[k * n + k];
      for (int i = k + 1; i < n; i++) {
        const double factor = pivot == 0 ? 0 : out[i * n + k] / pivot;
        out[i * n + k] = factor;
        for (int j = k + 1; j < n; j++) out[i * n + j] -= factor * out[k * n + j];
      }
    }
  }
}`,
  numbers: ({ shapes }) => [shapes[0]![0]!],
};

const CHOLESKY: Written = {
  name: 'cholesky',
  text: `static void cholesky(const real *a, real *out, int count, int n) {
  for (int c = 0; c < count; c++, a += n * n, out += n * n)
    for (int i = 0; i < n; i++)
      for (int j = 0; j < n; j++) {
        double total = ((double)a[i * n + j] + a[j * n + i]) / 2;
        for (int k = 0; j <= i && k < j; k++) total -= (double)out[i * n + k] * out[j * n + k];
        out[i * n + j] = j > i ? 0 : j == i ? sqrt(total) : total / out[j * n + j];
      }
}`,
  numbers: ({ shapes }) => [shapes[0]![0]!],
};

const SOFTMAX: Written = {
  name: 'softmax',
  text: `static void softmax(const real *x, real *out, int count, int size) {
  for (int c = 0; c < count; c++, x += size, out += size) {
    double top = -INFINITY, total = 0;
    for (int k = 0; k < size; k++) top = larger(top, x[k]);
    for (int k = 0; k < size; k++) {
      const double e = exp(x[k] - top);
      out[k] = e;
      total += e;
    }
    for (int k = 0; k < size; k++) out[k] /= total;
  }
}`,
  numbers: sizeOf,
  calls: ['max'],
};

const largest = extreme('largest', '-INFINITY', 'larger', 'max');
const smallest = extreme('smallest', 'INFINITY', 'smaller', 'min');

const product = folding(
  'product',
  `    double total = 1;
    for (int k = 0; k < size; k++) total *= x[k];
    out[c] = total;`,
);

/** By the routine's name. What is not here cannot be printed. */
export const ROUTINES: Readonly<Record<string, Written>> = {
  ...SORTING,
  max: largest,
  'running-max': largest,
  min: smallest,
  'running-min': smallest,
  'max-shares': shares('shares_of_largest', '-INFINITY', 'larger', 'max'),
  'min-shares': shares('shares_of_smallest', 'INFINITY', 'smaller', 'min'),
  prod: product,
  'running-prod': product,
  ...PRODUCT_SLOPES,
  logsumexp: folding(
    'logsumexp',
    `    double top = -INFINITY, total = 0;
    for (int k = 0; k < size; k++) top = larger(top, x[k]);
    for (int k = 0; isfinite(top) && k < size; k++) total += exp(x[k] - top);
    out[c] = isfinite(top) ? top + log(total) : top;`,
    ['max'],
  ),
  softmax: SOFTMAX,
  euclidean: folding('euclidean', scaledLength('total')),
  'weighted-length': {
    name: 'weighted_length',
    text: `static void weighted_length(const real *x, const real *factor, real *out, int count, int size) {
  for (int c = 0; c < count; c++, x += size) {
${scaledLength('factor[c] * total', 'top * sqrt(factor[c])')}
  }
}`,
    numbers: sizeOf,
  },
  norm: {
    ...folding(
      'length_of_order',
      `${top()}
    double total = 0;
    for (int k = 0; k < size; k++) total += pow(fabs(x[k]) / top, order);
    out[c] = top * pow(total, 1 / order);`,
      [],
      ', double order',
    ),
    numbers: (call) => [...sizeOf(call), Number(call.routine.parameters![0]!)],
  },
  cumsum: summing('cumulative_sum', '0', 'k < size', 'k++'),
  reverse_cumsum: summing('cumulative_sum_from_end', 'size - 1', 'k >= 0', 'k--'),
  triu: triangle('upper_triangle', 'j - i >= k'),
  tril: triangle('lower_triangle', 'j - i <= k'),
  cholesky: CHOLESKY,
  lu: LU,
  'lu-solve-plain': solving('solve', false),
  'lu-solve-transposed': solving('solve_transposed', true),
  'lu-det': factors('determinant', '1', '      total *= lu[k * n + k];', 'sign * total'),
  'lu-cofactor': COFACTORS,
  'cofactor-slope': COFACTOR_SLOPES,
  'lu-logdet': factors(
    'log_determinant',
    '0',
    '      total += log(fabs(lu[k * n + k]));\n      if (lu[k * n + k] < 0) sign = -sign;',
    'sign > 0 || total == -INFINITY ? total : NAN',
  ),
};
