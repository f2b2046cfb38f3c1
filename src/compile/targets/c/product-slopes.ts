import type { Written } from './routines.ts';

/** Derivatives of a product up to this order are told. */
const MOST_ORDERS = 4;

const HELPER = {
  name: 'multiply_by',
  text: `// The total, with a coefficient for each set of directions, times an entry and what the directions have there; by how many
// units of 2^700 it has been divided, since it stays near 1.
static int multiply_by(double *total, int width, double factor, const double *step, int steps) {
  double top = fabs(factor), most = 0;
  for (int d = 0; d < steps; d++)
    if (fabs(step[d]) > top) top = fabs(step[d]);
  const int units = top > 0x1p400 && isfinite(top) ? 1 : top < 0x1p-400 && top > 0 ? -1 : 0;
  const double by = ldexp(1, -700 * units);
  for (int s = width - 1; s >= 0; s--) {
    double entry = s > 0 && total[s] == 0 ? 0 : factor * by * total[s];
    for (int d = 0; d < steps; d++) {
      const int others = s & ~(1 << d);
      if (others != s && step[d] != 0 && (others == 0 || total[others] != 0)) entry += step[d] * by * total[others];
    }
    total[s] = entry;
    if (fabs(entry) > most) most = fabs(entry);
  }
  const int more = most > 0x1p400 && isfinite(most) ? 1 : most < 0x1p-400 && most > 0 ? -1 : 0;
  for (int s = 0; more != 0 && s < width; s++) total[s] = ldexp(total[s], -700 * more);
  return units + more;
}`,
  header: 'stdlib.h',
};

/** As `operators/product-slopes.ts` has them: what stands before an entry times what stands behind it. */
function slopes(order: number): Written {
  const directions = Array.from({ length: order - 1 }, (_, d) => `a${d + 1}`);
  const width = 2 ** directions.length;
  const each = (text: (name: string, d: number) => string, between: string): string => directions.map(text).join(between);
  const steps = directions.length === 0 ? '0' : 'step';
  const taken = directions.length === 0 ? '' : `      const double step[] = {${each((a) => `${a}[k]`, ', ')}};\n`;
  const name = `slopes_of_product${order > 1 ? `_${order}` : ''}`;
  const multiply = `multiply_by(total, ${width}, x[k], ${steps}, ${directions.length})`;
  const skipped = width === 1 ? '' : `if ((s == 0 || total[s] != 0) && (s == ${width - 1} || after[${width - 1} - s] != 0)) `;
  const start = Array.from({ length: width }, (_, s) => (s === 0 ? '1' : '0')).join(', ');
  return {
    name,
    text: `static void ${name}(const real *x,${each((a) => ` const real *${a},`, '')} real *out, int count, int size) {
  double *const behind = malloc((size_t)(size > 0 ? size : 1) * ${width} * sizeof(double));
  int *const units_behind = malloc((size_t)(size > 0 ? size : 1) * sizeof(int));
  if (!behind || !units_behind) abort();
  for (int c = 0; c < count; c++, x += size,${each((a) => ` ${a} += size,`, '')} out += size) {
    for (int pass = 0; pass < 2; pass++) {
      double total[] = {${start}};
      int units = 0;
      for (int e = 0; e < size; e++) {
        const int k = pass == 0 ? size - 1 - e : e;
${taken.replace(/^ {6}/gm, '        ')}        double *const after = behind + (size_t)k * ${width};
        if (pass == 0) {
          for (int s = 0; s < ${width}; s++) after[s] = total[s];
          units_behind[k] = units;
        } else {
          double entry = 0;
          for (int s = 0; s < ${width}; s++) ${skipped}entry += total[s] * after[${width - 1} - s];
          const int all = units + units_behind[k];
          out[k] = ldexp(entry, all > 4 ? 2800 : all < -4 ? -2800 : 700 * all);
        }
        units += ${multiply};
      }
    }
  }
  free(behind);
  free(units_behind);
}`,
    numbers: ({ shapes }) => [shapes[0]![0]!],
    helper: HELPER,
  };
}

export const PRODUCT_SLOPES: Readonly<Record<string, Written>> = Object.fromEntries(
  Array.from({ length: MOST_ORDERS }, (_, k) => [k === 0 ? 'prod-slope' : `prod-slope-${k + 1}`, slopes(k + 1)]),
);
