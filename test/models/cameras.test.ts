import { isWhatLoopsSay, sum, table } from './model.ts';

// Projection and residuals as in Srajer, Kukelova, Fitzgibbon 2018, §4.2; the rotation as a matrix:
// R = cos θ·1 + sin θ·[u]ₓ + (1 − cos θ)·u·uᵀ.
isWhatLoopsSay('models/cameras', ({ of: { seen, r, centre, f, x0, κ, P, w }, size: { n } }) => {
  const θ = Math.hypot(r!(0), r!(1), r!(2));
  const [x, y, z] = table(3, (k) => r!(k) / θ) as [number, number, number];
  const skew = [0, -z, y, z, 0, -x, -y, x, 0];
  const R = table(9, (at) => {
    const [i, j] = [Math.floor(at / 3), at % 3];
    const u = [x, y, z];
    return (i === j ? Math.cos(θ) : 0) + Math.sin(θ) * skew[at]! + (1 - Math.cos(θ)) * u[i]! * u[j]!;
  });
  return (
    sum(n!, (m) => {
      const from = table(3, (k) => P!(m, k) - centre!(k));
      const [a, b, c] = table(3, (i) => sum(3, (j) => R[3 * i + j]! * from[j]!)) as [number, number, number];
      const [h, v] = [a / c, b / c];
      const s = h * h + v * v;
      const distortion = 1 + κ!(0) * s + κ!(1) * s * s;
      const errors = [h, v].map((p, j) => w!(m) * (f!() * p * distortion + x0!(j) - seen!(m, j)));
      return errors[0]! ** 2 + errors[1]! ** 2 + (1 - w!(m) ** 2) ** 2;
    }) /
    (2 * n!)
  );
});
