// The network of examples/xor-hidden.grad with its gradient as a person writes it in C, and descent for 5000 epochs.
#include <math.h>
#include <stdio.h>

#include "clock.h"

enum { UNITS = 3, EXAMPLES = 4, EPOCHS = 5000, RUNS = 40 };

static const double X[2][EXAMPLES] = {{0, 0, 1, 1}, {0, 1, 0, 1}};
static const double Y[EXAMPLES] = {0, 1, 1, 0};

static double sigmoid(double z) { return 1 / (1 + exp(-z)); }

int main(void) {
  double best = 1e9, cost = 0;
  for (int run = 0; run < RUNS; run++) {
    double w[UNITS][2] = {{1.2, -0.7}, {0.3, 1.9}, {-1.1, 0.4}}, b[UNITS] = {0, 0, 0};
    double v[UNITS] = {0.5, -1.3, 0.9}, c = 0;
    const double start = milliseconds();
    for (int epoch = 0; epoch < EPOCHS; epoch++) {
      double hidden[UNITS][EXAMPLES], slope[EXAMPLES], dc = 0;
      for (int i = 0; i < UNITS; i++)
        for (int j = 0; j < EXAMPLES; j++) hidden[i][j] = sigmoid(w[i][0] * X[0][j] + w[i][1] * X[1][j] + b[i]);
      cost = 0;
      for (int j = 0; j < EXAMPLES; j++) {
        const double a = sigmoid(v[0] * hidden[0][j] + v[1] * hidden[1][j] + v[2] * hidden[2][j] + c);
        cost += (a - Y[j]) * (a - Y[j]) / 8;
        slope[j] = (a - Y[j]) / 4 * a * (1 - a);
        dc += slope[j];
      }
      for (int i = 0; i < UNITS; i++) {
        double dv = 0, db = 0, dw[2] = {0, 0};
        for (int j = 0; j < EXAMPLES; j++) {
          const double a = hidden[i][j], d = v[i] * slope[j] * a * (1 - a);
          dv += slope[j] * a;
          db += d;
          dw[0] += d * X[0][j];
          dw[1] += d * X[1][j];
        }
        w[i][0] -= dw[0];
        w[i][1] -= dw[1];
        b[i] -= db;
        v[i] -= dv;
      }
      c -= dc;
    }
    const double time = milliseconds() - start;
    if (time < best) best = time;
  }
  printf("%.6f %.12g\n", best, cost);
}
