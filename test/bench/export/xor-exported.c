// The same training with the exported program.
#include "model.c"
#include <stdio.h>

#include "clock.h"

enum { EPOCHS = 5000, RUNS = 40 };

int main(void) {
  double best = 1e9, cost = 0;
  static Data data;
  example_data(&data);
  for (int run = 0; run < RUNS; run++) {
    Params params = {.W1 = {1.2, -0.7, 0.3, 1.9, -1.1, 0.4}, .W2 = {0.5, -1.3, 0.9}}, slopes;
    real *const own = (real *)&params, *const by = (real *)&slopes;
    const double start = milliseconds();
    for (int epoch = 0; epoch < EPOCHS; epoch++) {
      cost = value_and_gradients(&params, &data, &slopes);
      for (size_t i = 0; i < sizeof params / sizeof(real); i++) own[i] -= by[i];
    }
    const double time = milliseconds() - start;
    if (time < best) best = time;
  }
  printf("%.6f %.12g\n", best, cost);
}
