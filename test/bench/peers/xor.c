/* XOR by a 2-3-1 network of sigmoids, 5000 steps of gradient descent, as one writes it by hand. */
#include <math.h>
#include <stdio.h>
#include <time.h>

#define M 4
#define H 3

static double train(void) {
  double X[2][M] = {{0, 0, 1, 1}, {0, 1, 0, 1}}, Y[M] = {0, 1, 1, 0};
  double W1[H][2] = {{1.2, -0.7}, {0.3, 1.9}, {-1.1, 0.4}}, b1[H] = {0}, W2[H] = {0.5, -1.3, 0.9}, b2 = 0, cost = 0;
  for (int epoch = 0; epoch < 5000; epoch++) {
    double A1[H][M], A2[M], d2[M], dW1[H][2] = {{0}}, db1[H] = {0}, dW2[H] = {0}, db2 = 0;
    cost = 0;
    for (int k = 0; k < M; k++) {
      double z = b2;
      for (int h = 0; h < H; h++) {
        A1[h][k] = 1 / (1 + exp(-(W1[h][0] * X[0][k] + W1[h][1] * X[1][k] + b1[h])));
        z += W2[h] * A1[h][k];
      }
      A2[k] = 1 / (1 + exp(-z));
      const double r = A2[k] - Y[k];
      cost += r * r / (2 * M);
      d2[k] = r / M * A2[k] * (1 - A2[k]);
    }
    for (int k = 0; k < M; k++) {
      db2 += d2[k];
      for (int h = 0; h < H; h++) {
        const double d1 = W2[h] * d2[k] * A1[h][k] * (1 - A1[h][k]);
        dW2[h] += d2[k] * A1[h][k];
        db1[h] += d1;
        dW1[h][0] += d1 * X[0][k];
        dW1[h][1] += d1 * X[1][k];
      }
    }
    b2 -= db2;
    for (int h = 0; h < H; h++) {
      W2[h] -= dW2[h];
      b1[h] -= db1[h];
      W1[h][0] -= dW1[h][0];
      W1[h][1] -= dW1[h][1];
    }
  }
  return cost;
}

/* The milliseconds of each of 100 trainings. */
int main(void) {
  double sum = 0;
  for (int k = 0; k < 100; k++) {
    struct timespec a, b;
    clock_gettime(CLOCK_MONOTONIC, &a);
    sum += train();
    clock_gettime(CLOCK_MONOTONIC, &b);
    printf("%.6f\n", 1e3 * (double)(b.tv_sec - a.tv_sec) + 1e-6 * (double)(b.tv_nsec - a.tv_nsec));
  }
  return sum < 0;
}
