import type { Input } from '../../model/model.ts';
import type { Exported } from '../dialect.ts';
import { DIFFERENCES, MOST, SAID } from '../differences.ts';
import { keptOf } from '../kept.ts';
import { keptInC, symmetricInC } from './kept.ts';

/** An input as a member of a struct. */
export interface Field {
  readonly input: Input;
  readonly name: string;
  readonly scalar: boolean;
  /** How many numbers it has, as C says it, and the length of each axis. */
  readonly count: string;
  /** How long the array is: C has none without entries. */
  readonly long: string;
  readonly lengths: readonly string[];
}

interface Told extends Pick<Exported, 'precision' | 'model'> {
  readonly params: readonly Field[];
  readonly cost: string;
  /** What is to be said instead of running, where something has no value. */
  readonly lacking: string | undefined;
  /** What differences move, where that is not the loss itself. */
  readonly holding: readonly string[] | undefined;
}

/** The entries of a string in C. */
const quoted = (text: string): string => `"${text.replace(/[\p{C}"\\?%]/gu, '_')}"`;

/** `main`: the derivatives against differences, and plain gradient descent. */
export function program({ precision, model, params, cost, lacking, holding }: Told): string[] {
  const uphill = model.objective?.sense === 'maximize';
  const single = precision === 'f32';
  const { first, ratio, levels, beside, bound } = DIFFERENCES[precision];
  const rows = params.map(
    ({ input, name, scalar, count, lengths }) =>
      `  {${quoted(input.name)}, offsetof(Params, ${name}) / sizeof(real), ${scalar ? 1 : count}, ${lengths.length}, {${lengths.join(', ') || '1'}}},`,
  );
  const axes = Math.max(1, ...params.map(({ lengths }) => lengths.length));
  const told = quoted(cost).slice(1, -1);
  const kept = keptOf(params.map(({ input }) => input));
  const isSymmetric = kept.some(({ symmetric }) => symmetric);
  const turned = isSymmetric ? '\n      symmetrise(p, way);' : '';
  return `#ifdef GRADUS_MAIN
// cc -std=c11 -O2 -DGRADUS_MAIN model.c -lm -o model && ./model --check --train
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static const struct {
  const char *name;
  size_t start;
  int count;
  int axes;
  int lengths[${axes}];
} PARAMETERS[] = {
${rows.join('\n')}
};

enum { PARAMETER_COUNT = ${params.length} };

static Params start, slope, moved;
static Data example;

${holding ? `// The loss, what is stopped being made of held: what differences move.\n${holding.join('\n')}\n\n` : ''}// The loss with the entries of one parameter moved along a way.
static double loss_along(real *entries, const real *from, const double *way, int count, double by) {
  for (int i = 0; i < count; i++) entries[i] = (real)(from[i] + by * way[i]);
  return ${holding ? 'loss_holding(&moved, &start, &example)' : 'loss(&moved, &example)'};
}

// How far a derivative is from the slope by differences of several lengths, where these agree best;
// near a kink or a jump the slopes on its two sides enclose it. The slope raises the size.
static double off_along(double given, double least, real *entries, const real *from, const double *way, int count, double *size) {
  double found = NAN, spread = INFINITY, rough = NAN, better = NAN, step = ${first};
  for (int k = 0; k < ${levels} && !(spread <= 1e-10 * fabs(found)); k++, step /= ${ratio}) {
    const double before = rough, last = better;
    rough = (loss_along(entries, from, way, count, step) - loss_along(entries, from, way, count, -step)) / (2 * step);
    better = rough + (rough - before) / ${ratio ** 2 - 1};
    if (fabs(better - last) < spread) found = better, spread = fabs(better - last);
  }
  if (isfinite(found)) *size = fabs(found);
  const double bound = ${bound} * fmax(*size, least), error = fabs(given - found);
  const double middle = loss_along(entries, from, way, count, 0), h = ${beside};
  const double up = (loss_along(entries, from, way, count, h) - middle) / h;
  const double down = (middle - loss_along(entries, from, way, count, -h)) / h;
  for (int i = 0; i < count; i++) entries[i] = from[i];
  if (error <= bound) return error;
  const int enclosed = given >= (up < down ? up : down) - bound && given <= (up > down ? up : down) + bound;
  return enclosed ? 0 : isfinite(error) ? error : INFINITY;
}

// What is small may be so by its unit: where steps of 1 are too long, those of its own size are
// tried.
static double off_differences(const real *slopes, double least, real *entries, const real *from, double *way, int count, double *size) {
  double given = 0, finer = 0, own = 0, plain = 0;
  for (int i = 0; i < count; i++) given += slopes[i] * way[i];
  const double first = off_along(given, least, entries, from, way, count, &plain);
  double error = first, reached = plain;
  if (!(first <= ${bound} * fmax(fmax(plain, fabs(given)), 1e-307))) {
    for (int i = 0; i < count; i++) {
      way[i] = copysign(fmin(fabs(way[i]), fabs((double)from[i])), way[i]);
      finer += slopes[i] * way[i];
    }
    const double second = off_along(finer, least, entries, from, way, count, &own);
    if (own > 0 && second / own < first / fmax(plain, 1e-307)) error = second, reached = own;
  }
  *size = fmax(*size, reached);
  return error;
}

${isSymmetric ? symmetricInC(params) : ''}// Compares each derivative with differences of the loss, by ${MOST} entries at most and by all together.
static int check(void) {
  static double way[sizeof(Params) / sizeof(real)];
  const double value = value_and_gradients(&start, &example, &slope);
  const double least = fmax(1e-3 * fabs(value), 1e-307);
  int wrong = 0;
  moved = start;
  for (int p = 0; p < PARAMETER_COUNT; p++) {
    const int count = PARAMETERS[p].count, looks = count < ${MOST} ? count : ${MOST};
    const real *const found = (const real *)&slope + PARAMETERS[p].start;
    const real *const from = (const real *)&start + PARAMETERS[p].start;
    real *const entries = (real *)&moved + PARAMETERS[p].start;
    double worst = 0, size = 0;
    for (int k = 0; k < looks; k++) {
      const int at = looks > 1 ? (int)((long)k * (count - 1) / (looks - 1)) : 0;
      for (int i = 0; i < count; i++) way[i] = 0;
      way[at] = fmax(1, fabs((double)from[at]));${turned}
      worst = fmax(worst, off_differences(found, least, entries, from, way, count, &size));
    }
    if (count > looks) {
      for (int i = 0; i < count; i++) way[i] = fmod(i * 0.618, 1) < 0.5 ? 1 : -1;${turned}
      worst = fmax(worst, off_differences(found, least, entries, from, way, count, &size));
    }
    const double error = worst / fmax(size, least);
    printf("%s: ${SAID.off} %.1e\\n", PARAMETERS[p].name, error);
    wrong += !(error <= ${bound});
  }
  puts(wrong == 0 ? "${SAID.agree}" : "${SAID.wrong}");
  return wrong == 0;
}

// An array as nested lists; where it ends.
static const real *print_nested(const real *entries, const int *lengths, int axes) {
  if (axes == 0) {
    printf("%.${single ? 9 : 17}g", (double)*entries);
    return entries + 1;
  }
  putchar('[');
  for (int i = 0; i < lengths[0]; i++) {
    if (i > 0) printf(", ");
    entries = print_nested(entries, lengths + 1, axes - 1);
  }
  putchar(']');
  return entries;
}

${kept.length > 0 ? keptInC(params) : ''}// Gradient descent from the initial parameters; whether the loss stayed finite.
static int train(long epochs, double lr) {
  const long shown = epochs > 10 ? epochs / 10 : 1;
  for (long epoch = 0; epoch <= epochs; epoch++) {
    const double value = value_and_gradients(&start, &example, &slope);
    if (epoch % shown == 0 || epoch == epochs) {
      printf("epoch %ld: ${told} = %.6g\\n", epoch, value);
      if (!isfinite(value)) {
        fprintf(stderr, "${told} ${SAID.endless}\\n");
        return 0;
      }
    }
    if (epoch == epochs) break;${kept.length > 0 ? '\n    moved = start;' : ''}
    for (int p = 0; p < PARAMETER_COUNT; p++) {
      real *const entries = (real *)&start + PARAMETERS[p].start;
      const real *const by = (const real *)&slope + PARAMETERS[p].start;
      for (int i = 0; i < PARAMETERS[p].count; i++) entries[i] = (real)(entries[i] ${uphill ? '+' : '-'} lr * by[i]);${kept.length > 0 ? '\n      keep(p, entries, (const real *)&moved + PARAMETERS[p].start);' : ''}
    }
  }
  for (int p = 0; p < PARAMETER_COUNT; p++) {
    printf("%s = ", PARAMETERS[p].name);
    print_nested((const real *)&start + PARAMETERS[p].start, PARAMETERS[p].lengths, PARAMETERS[p].axes);
    putchar('\\n');
  }
  return 1;
}

int main(int count, char **words) {
  int checks = 0, trains = 0, known = 1;
  long epochs = 1000;
  double lr = 0.1;
  for (int k = 1; k < count && known; k++) {
    char *rest = "";
    if (strcmp(words[k], "--check") == 0) checks = 1;
    else if (strcmp(words[k], "--train") == 0) trains = 1;
    else if (strcmp(words[k], "--epochs") == 0 && k + 1 < count) epochs = strtol(words[++k], &rest, 10);
    else if (strcmp(words[k], "--lr") == 0 && k + 1 < count) lr = strtod(words[++k], &rest);
    else known = 0;
    known = known && *rest == 0 && epochs >= 0;
  }
  if (!known) {
    fprintf(stderr, "usage: %s [--check] [--train] [--epochs EPOCHS] [--lr LR]\\n", words[0]);
    return 2;
  }
${lacking === undefined ? '' : `  fputs(${quoted(lacking).slice(0, -1)}\\n", stderr);\n  return 1;\n`}  initial_parameters(&start);
  example_data(&example);
  if (checks && !check()) return 1;
  if (trains && !train(epochs, lr)) return 1;
  if (!checks && !trains) printf("${told} = %.${single ? 9 : 17}g\\n", (double)loss(&start, &example));
  return 0;
}
#endif`.split('\n');
}
