import { isWhatLoopsSay, sum, table } from './model.ts';

const logSumExp = (terms: readonly number[]): number => {
  const top = Math.max(...terms);
  return top + Math.log(sum(terms.length, (k) => Math.exp(terms[k]! - top)));
};

// Its log density up to the prior's constant: Srajer, Kukelova, Fitzgibbon, A Benchmark of Selected Algorithmic
// Differentiation Tools on Some Problems in Computer Vision and Machine Learning, 2018, §4.1.
isWhatLoopsSay('models/mixture', ({ of: { X, γ, ω, α, μ, q, L }, size: { n, d, k } }) => {
  const Q = (c: number, i: number, j: number) => (i === j ? Math.exp(q!(c, i)) : i > j ? L!(c, i, j) : 0);
  const fit = sum(n!, (m) =>
    logSumExp(
      table(k!, (c) => {
        const mahalanobis = sum(d!, (i) => sum(d!, (j) => Q(c, i, j) * (X!(m, j) - μ!(c, j))) ** 2);
        return α!(c) + sum(d!, (i) => q!(c, i)) - mahalanobis / 2;
      }),
    ),
  );
  const weights = logSumExp(table(k!, (c) => α!(c)));
  const squares = sum(k!, (c) => sum(d!, (i) => sum(d!, (j) => Q(c, i, j) ** 2)));
  const prior = ω!() * sum(k!, (c) => sum(d!, (i) => q!(c, i))) - (γ!() ** 2 * squares) / 2;
  return -(fit - n! * weights - (n! * d! * Math.log(2 * Math.PI)) / 2 + prior);
});

isWhatLoopsSay('models/k-means', ({ of: { X, C }, size: { n, d, k } }) =>
  sum(n!, (i) => Math.min(...table(k!, (c) => sum(d!, (j) => (X!(i, j) - C!(c, j)) ** 2)))),
);

isWhatLoopsSay('gaussians', ({ of: { R, L }, size: { b } }) =>
  sum(b!, (n) => {
    const S = (i: number, j: number) => sum(2, (k) => L!(n, i, k) * L!(n, j, k)) + (i === j ? 1 : 0);
    const det = S(0, 0) * S(1, 1) - S(0, 1) ** 2;
    const [u, v] = [R!(n, 0), R!(n, 1)];
    return (Math.log(det) + (S(1, 1) * u * u - 2 * S(0, 1) * u * v + S(0, 0) * v * v) / det) / 2;
  }),
);
