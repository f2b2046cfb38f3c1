/** What Carlson's integrals are computed with: doubles, or numbers of many digits. */
export interface Field<T> {
  from(x: number): T;
  add(a: T, b: T): T;
  sub(a: T, b: T): T;
  mul(a: T, b: T): T;
  div(a: T, b: T): T;
  sqrt(a: T): T;
  toNumber(a: T): number;
  /** Arguments are brought this near to one another: what is left is of the sixth order in it. */
  readonly near: number;
}

export const DOUBLES: Field<number> = {
  from: (x) => x,
  add: (a, b) => a + b,
  sub: (a, b) => a - b,
  mul: (a, b) => a * b,
  div: (a, b) => a / b,
  sqrt: Math.sqrt,
  toNumber: (a) => a,
  near: 5e-4,
};

/** R_F and R_D of (x, y, z) by duplication (Carlson 1995; DLMF 19.36.1, 19.36.2). x and y are not negative. */
export function carlson<T>(f: Field<T>, x: T, y: T, z: T): { readonly rf: T; readonly rd: T } {
  const sum = (...terms: T[]): T => terms.reduce((a, b) => f.add(a, b));
  const times = (c: number, ...factors: T[]): T => factors.reduce((a, b) => f.mul(a, b), f.from(c));
  const over = (p: number, q: number): T => f.div(f.from(p), f.from(q));
  let [a, b, c] = [x, y, z];
  let tail = f.from(0);
  let power = f.from(1);
  for (let k = 0; k < 200; k++) {
    const mean = f.div(sum(a, b, c), f.from(3));
    const spread = Math.max(...[a, b, c].map((v) => Math.abs(f.toNumber(f.div(f.sub(mean, v), mean)))));
    if (!(spread > f.near)) break;
    const [p, q, r] = [f.sqrt(a), f.sqrt(b), f.sqrt(c)];
    const shift = sum(f.mul(p, q), f.mul(p, r), f.mul(q, r));
    tail = f.add(tail, f.div(power, f.mul(r, f.add(c, shift))));
    power = f.div(power, f.from(4));
    [a, b, c] = [a, b, c].map((v) => f.div(f.add(v, shift), f.from(4))) as [T, T, T];
  }
  const mean = f.div(sum(a, b, c), f.from(3));
  const [s, t] = [a, b].map((v) => f.sub(f.from(1), f.div(v, mean))) as [T, T];
  const u = f.sub(f.from(0), f.add(s, t));
  const e2 = f.sub(f.mul(s, t), f.mul(u, u));
  const e3 = times(1, s, t, u);
  const first = sum(
    f.from(1),
    f.div(e2, f.from(-10)),
    f.div(e3, f.from(14)),
    f.div(f.mul(e2, e2), f.from(24)),
    f.mul(over(-3, 44), f.mul(e2, e3)),
  );
  const weighted = f.div(sum(a, b, times(3, c)), f.from(5));
  const [v, w] = [a, b].map((n) => f.sub(f.from(1), f.div(n, weighted))) as [T, T];
  const n = f.div(f.add(v, w), f.from(-3));
  const vw = f.mul(v, w);
  const nn = f.mul(n, n);
  const d2 = f.sub(vw, times(6, nn));
  const d3 = f.mul(f.sub(times(3, vw), times(8, nn)), n);
  const d4 = times(3, f.sub(vw, nn), nn);
  const d5 = times(1, vw, nn, n);
  const second = sum(
    f.from(1),
    f.mul(over(-3, 14), d2),
    f.mul(over(1, 6), d3),
    f.mul(over(9, 88), f.mul(d2, d2)),
    f.mul(over(-3, 22), d4),
    f.mul(over(-9, 52), f.mul(d2, d3)),
    f.mul(over(3, 26), d5),
  );
  return {
    rf: f.div(first, f.sqrt(mean)),
    rd: f.add(times(3, tail), f.div(f.mul(power, second), f.mul(weighted, f.sqrt(weighted)))),
  };
}
