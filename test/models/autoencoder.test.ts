import { type Entries, isWhatLoopsSay, sum, table } from './model.ts';

const layer = (W: Entries, c: Entries, inputs: readonly number[], outputs: number): number[] =>
  table(outputs, (i) => c(i) + sum(inputs.length, (j) => W(i, j) * inputs[j]!));

isWhatLoopsSay(
  'autoencoder',
  ({ of: { X, N, We, Wm, Wv, Wd, Wx, be, bm, bv, bd, bx }, size: { m } }) =>
    sum(m!, (k) => {
      const hidden = layer(
        We!,
        be!,
        table(4, (i) => X!(i, k)),
        3,
      ).map(Math.tanh);
      const mean = layer(Wm!, bm!, hidden, 2);
      const logVariance = layer(Wv!, bv!, hidden, 2);
      const code = mean.map((u, i) => u + Math.sqrt(Math.exp(logVariance[i]!)) * N!(i, k));
      const logits = layer(Wx!, bx!, layer(Wd!, bd!, code, 3).map(Math.tanh), 4);
      const fit = sum(4, (i) => {
        const p = 1 / (1 + Math.exp(-logits[i]!));
        return X!(i, k) === 1 ? -Math.log(p) : -Math.log(1 - p);
      });
      const divergence = sum(2, (i) => (Math.exp(logVariance[i]!) + mean[i]! ** 2 - 1 - logVariance[i]!) / 2);
      return fit + divergence;
    }) / m!,
);
