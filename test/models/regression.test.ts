import { isWhatLoopsSay, sum, table } from './model.ts';

isWhatLoopsSay(
  'ridge',
  ({ of: { X, y, w, λ }, size: { m, d } }) =>
    (sum(m!, (i) => (sum(d!, (j) => X!(i, j) * w!(j)) - y!(i)) ** 2) + λ!() * sum(d!, (j) => w!(j) ** 2)) / (2 * m!),
);

isWhatLoopsSay('least-squares', ({ of: { X, y }, size: { m } }) => {
  // The normal equations of two unknowns, by Cramer's rule.
  const G = (i: number, j: number) => sum(m!, (k) => X!(k, i) * X!(k, j));
  const r = table(2, (i) => sum(m!, (k) => X!(k, i) * y!(k)));
  const det = G(0, 0) * G(1, 1) - G(0, 1) ** 2;
  const w = [(r[0]! * G(1, 1) - r[1]! * G(0, 1)) / det, (r[1]! * G(0, 0) - r[0]! * G(0, 1)) / det];
  return sum(m!, (k) => (X!(k, 0) * w[0]! + X!(k, 1) * w[1]! - y!(k)) ** 2) / m!;
});

isWhatLoopsSay(
  'logistic',
  ({ of: { X, y, w, c }, size: { m } }) =>
    sum(m!, (k) => {
      const p = 1 / (1 + Math.exp(-(w!(0, 0) * X!(0, k) + w!(0, 1) * X!(1, k) + c!())));
      return -(y!(0, k) * Math.log(p) + (1 - y!(0, k)) * Math.log(1 - p));
    }) / m!,
);

isWhatLoopsSay(
  'softmax-regression',
  ({ of: { X, Y, W, c }, size: { m } }) =>
    -sum(m!, (k) => {
      const scores = table(3, (i) => W!(i, 0) * X!(0, k) + W!(i, 1) * X!(1, k) + c!(i));
      const total = sum(3, (i) => Math.exp(scores[i]!));
      return sum(3, (i) => Y!(i, k) * Math.log(Math.exp(scores[i]!) / total));
    }) / m!,
);

isWhatLoopsSay('laplacian', ({ of: { W, y, F }, size: { n } }) =>
  // The quadratic form of a Laplacian is the sum over edges of squared differences.
  sum(2, (c) => sum(n!, (i) => sum(n!, (j) => (W!(i, j) * (F!(i, c) - F!(j, c)) ** 2) / 4) + (F!(i, c) - y!(i, c)) ** 2)),
);
