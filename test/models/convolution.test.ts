import { isWhatLoopsSay, sum, table } from './model.ts';

isWhatLoopsSay('models/convolution', ({ of: { X, Y, F }, size: { h, w } }) => {
  const padded = (i: number, j: number) => (i < 0 || j < 0 || i >= h! || j >= w! ? 0 : X!(i, j));
  const Z = (i: number, j: number) => sum(3, (p) => sum(3, (q) => padded(2 * i + p - 1, 2 * j + q - 1) * F!(p, q)));
  return sum(3, (i) => sum(3, (j) => (Z(i, j) - Y!(i, j)) ** 2)) / 9;
});

isWhatLoopsSay(
  'models/conv-net',
  ({ of: { X, Y, F, s, w }, size: { b, c, o } }) =>
    sum(b!, (n) =>
      sum(o!, (to) => {
        const R = table(4, (i) =>
          table(4, (j) =>
            Math.max(0, s!(to) + sum(c!, (from) => sum(2, (p) => sum(2, (q) => X!(n, from, i + p, j + q) * F!(to, from, p, q))))),
          ),
        );
        const largest = (i: number, j: number) =>
          Math.max(R[2 * i]![2 * j]!, R[2 * i]![2 * j + 1]!, R[2 * i + 1]![2 * j]!, R[2 * i + 1]![2 * j + 1]!);
        return (sum(2, (i) => sum(2, (j) => largest(i, j) * w!(i, j))) - Y!(n, to)) ** 2;
      }),
    ) /
    (b! * o!),
);
