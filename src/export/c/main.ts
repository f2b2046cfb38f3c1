import type { Input } from '../../model/model.ts';
import type { Exported } from '../dialect.ts';

/** An input as a member of a struct. */
export interface Field {
  readonly input: Input;
  readonly name: string;
  readonly scalar: boolean;
  /** How many numbers it has, as C says it. */
  readonly count: string;
}

interface Told extends Pick<Exported, 'precision' | 'model'> {
  readonly params: readonly Field[];
  readonly cost: string;
}

/** The entries of a string in C. */
const quoted = (text: string): string => `"${text.replace(/[^\x20-\x7e]|["\\?%]/g, '_')}"`;

/** `main`: the derivatives against differences, and plain gradient descent. */
export function program({ precision, model, params, cost }: Told): string[] {
  const uphill = model.objective?.sense === 'maximize';
  const single = precision === 'f32';
  const rows = params.map(
    ({ name, scalar, count }) => `  {${quoted(name)}, offsetof(Params, ${name}) / sizeof(real), ${scalar ? 1 : count}},`,
  );
  return `#ifdef GRADUS_MAIN
// cc -std=c11 -O2 -DGRADUS_MAIN model.c -lm -o model && ./model --check
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static const struct {
  const char *name;
  size_t start;
  int count;
} PARAMETERS[] = {
${rows.join('\n')}
};

enum { PARAMETER_COUNT = ${params.length} };

static Params start, slope, moved;
static Data example;

static double at(real *entry, real middle, double by) {
  *entry = (real)(middle + by);
  return loss(&moved, &example);
}

// Compares each derivative with differences of the loss.
static int check(void) {
  const double value = value_and_gradients(&start, &example, &slope);
  int wrong = 0;
  for (int p = 0; p < PARAMETER_COUNT; p++) {
    const real *const found = (const real *)&slope + PARAMETERS[p].start;
    real *const entries = (real *)&moved + PARAMETERS[p].start;
    double worst = 0, size = ${single ? '1e-2' : '1e-6'} * fabs(value);
    moved = start;
    for (int i = 0; i < PARAMETERS[p].count; i++) {
      const real middle = entries[i];
      const double h = ${single ? '1e-2' : '1e-3'} * (fabs((double)middle) > 1 ? fabs((double)middle) : 1);
      const double near = at(&entries[i], middle, h) - at(&entries[i], middle, -h);
      const double far = at(&entries[i], middle, 2 * h) - at(&entries[i], middle, -2 * h);
      const double expected = (8 * near - far) / (12 * h);
      const double difference = fabs(found[i] - expected);
      entries[i] = middle;
      if (!(difference <= worst)) worst = difference;
      if (fabs(expected) > size) size = fabs(expected);
    }
    const double error = worst > 0 ? worst / size : worst;
    const int good = error <= ${single ? '2e-2' : '1e-6'};
    printf("%s %-12s relative error %.1e\\n", good ? "ok   " : "WRONG", PARAMETERS[p].name, error);
    wrong += !good;
  }
  return wrong == 0 ? 0 : 3;
}

// Plain gradient descent.
static int train(long epochs, double rate) {
  const long shown = epochs > 10 ? epochs / 10 : 1;
  for (long epoch = 0; epoch <= epochs; epoch++) {
    const double value = value_and_gradients(&start, &example, &slope);
    if (epoch % shown == 0 || epoch == epochs) printf("%ld ${quoted(cost).slice(1, -1)} %.${single ? 9 : 17}g\\n", epoch, value);
    if (!isfinite(value)) return 3;
    if (epoch == epochs) break;
    for (int p = 0; p < PARAMETER_COUNT; p++) {
      real *const entries = (real *)&start + PARAMETERS[p].start;
      const real *const by = (const real *)&slope + PARAMETERS[p].start;
      for (int i = 0; i < PARAMETERS[p].count; i++) entries[i] = (real)(entries[i] ${uphill ? '+' : '-'} rate * by[i]);
    }
  }
  for (int p = 0; p < PARAMETER_COUNT; p++) {
    printf("%s", PARAMETERS[p].name);
    for (int i = 0; i < PARAMETERS[p].count; i++)
      printf(" %.${single ? 9 : 17}g", (double)((const real *)&start)[PARAMETERS[p].start + (size_t)i]);
    printf("\\n");
  }
  return 0;
}

int main(int count, char **words) {
  initial_parameters(&start);
  example_data(&example);
  if (count == 2 && strcmp(words[1], "--check") == 0) return check();
  char *rest = "";
  const long epochs = count > 2 ? strtol(words[2], &rest, 10) : 1000;
  const double rate = count > 3 && *rest == 0 ? strtod(words[3], &rest) : 0.1;
  if (count >= 2 && count <= 4 && strcmp(words[1], "--train") == 0 && *rest == 0 && epochs >= 0) return train(epochs, rate);
  fprintf(stderr, "usage: %s --check | --train [EPOCHS [RATE]]\\n", words[0]);
  return 2;
}
#endif`.split('\n');
}
