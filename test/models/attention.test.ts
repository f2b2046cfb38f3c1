import { type Given, isWhatLoopsSay, sum, table } from './model.ts';

const shares = (scores: readonly number[]): number[] => {
  const top = Math.max(...scores);
  const powers = scores.map((s) => Math.exp(s - top));
  const total = powers.reduce((a, b) => a + b);
  return powers.map((p) => p / total);
};

isWhatLoopsSay('models/attention', ({ of: { X, Y, Wq, Wk, Wv, Wo }, size: { b, t, h } }: Given) => {
  const head = (W: typeof Wq, n: number, g: number) =>
    table(t!, (i) => table(2, (k) => sum(3, (c) => X!(n, i, c) * W!(g, c, k))));
  let total = 0;
  for (let n = 0; n < b!; n++) {
    const outputs = table(h!, (g) => {
      const [Q, K, V] = [Wq, Wk, Wv].map((W) => head(W, n, g)) as [number[][], number[][], number[][]];
      return Q.map((q) => {
        const weights = shares(K.map((k) => sum(2, (c) => q[c]! * k[c]!) / Math.SQRT2));
        return table(2, (c) => sum(t!, (j) => weights[j]! * V[j]![c]!));
      });
    });
    for (let i = 0; i < t!; i++) {
      for (let c = 0; c < 3; c++) {
        total += (sum(h!, (g) => sum(2, (k) => outputs[g]![i]![k]! * Wo!(g, k, c))) - Y!(n, i, c)) ** 2;
      }
    }
  }
  return total / (b! * t! * 3);
});

isWhatLoopsSay(
  'layer-norm',
  ({ of: { X, Y, g, c }, size: { m, d } }) =>
    sum(m!, (i) => {
      const mean = sum(d!, (j) => X!(i, j)) / d!;
      const variance = sum(d!, (j) => (X!(i, j) - mean) ** 2) / d!;
      return sum(d!, (j) => (((X!(i, j) - mean) / Math.sqrt(variance + 1e-5)) * g!(j) + c!(j) - Y!(i, j)) ** 2);
    }) / m!,
);
