export type Shapes = Record<string, (number | string)[]>;

/** Reads entries of an array by subscripts that count from 1. */
type Entries = (...at: number[]) => number;

/** A recurrence, and what a plain loop says it is, entry by entry in row-major order. */
export interface Case {
  readonly source: string;
  readonly shapes: Shapes;
  readonly is: (a: Record<string, Entries>, T: number) => number[];
}

export const upTo = (n: number): number[] => Array.from({ length: n }, (_, k) => k + 1);
const sum = (count: number, term: (k: number) => number): number => upTo(count).reduce((total, k) => total + term(k), 0);
const table = (count: number, entry: (i: number) => number): number[] => upTo(count).map((k) => entry(k));
const σ = (z: number) => 1 / (1 + Math.exp(-z));

/** The states after each of T steps from a first one. */
function scan<S>(T: number, first: S, step: (before: S, t: number) => S): S[] {
  const all: S[] = [];
  for (let t = 1; t <= T; t++) all.push(step(all.at(-1) ?? first, t));
  return all;
}

export const x: Shapes = { x: ['T'] };
const rnn: Shapes = { W: [3, 3], U: [3, 2], X: ['T', 2], h0: [3] };
const tanhLayer =
  ({ W, U, X }: Record<string, Entries>) =>
  (h: number[], t: number) =>
    table(3, (i) => Math.tanh(sum(3, (j) => W!(i, j) * h[j - 1]!) + sum(2, (j) => U!(i, j) * X!(t, j))));

export const cases: Record<string, Case[]> = {
  'scalar states': [
    {
      source: 's[0] = a; s[t=1:T] = s[t-1] + x[t]; s',
      shapes: { ...x, a: [] },
      is: ({ x, a }, T) => scan(T, a!(), (s, t) => s + x!(t)),
    },
    {
      source: 's[0] = 1; s[t=1:T] = s[t-1]*exp(a*x[t])/t; s',
      shapes: { ...x, a: [] },
      is: ({ x, a }, T) => scan(T, 1, (s, t) => (s * Math.exp(a!() * x!(t))) / t),
    },
    // Euler's steps of y′ = −a·y² + x.
    {
      source: 'y[0] = b; y[t=1:T] = y[t-1] + 0.1*(x[t] - a*y[t-1]^2); y',
      shapes: { ...x, a: [], b: [] },
      is: ({ x, a, b }, T) => scan(T, b!(), (y, t) => y + 0.1 * (x!(t) - a!() * y ** 2)),
    },
    {
      source: 'm[0] = a; m[t=1:T] = max(m[t-1], x[t]); m',
      shapes: { ...x, a: [] },
      is: ({ x, a }, T) => scan(T, a!(), (m, t) => Math.max(m, x!(t))),
    },
    // The state is not the whole step: it comes back in different places.
    {
      source: 'h[0] = a; h[t=1:T] = sin(h[t-1])*h[t-1] + x[t]*h[t-1]; sum(h.^2)',
      shapes: { ...x, a: [] },
      is: ({ x, a }, T) => [scan(T, a!(), (h, t) => Math.sin(h) * h + x!(t) * h).reduce((s, h) => s + h * h, 0)],
    },
    {
      source: 'h[0] = a; h[t=1:T] = tanh(x[t]*h[t-1]); h[T] + 2*h[0] + h[1]^2',
      shapes: { ...x, a: [] },
      is: ({ x, a }, T) => {
        const h = scan(T, a!(), (s, t) => Math.tanh(x!(t) * s));
        return [h[T - 1]! + 2 * a!() + h[0]! ** 2];
      },
    },
  ],
  'vector and matrix states': [
    {
      source: 'h[0] = h0; h[t=1:T] = tanh(W*h[t-1] + U*X[t]); h',
      shapes: rnn,
      is: (a, T) => scan(T, table(3, a.h0!), tanhLayer(a)).flat(),
    },
    {
      source: 'h[0] = h0; h[t=1:T] = tanh(W*h[t-1] + U*X[t]); sum(h[T].^2) + h[0][1]',
      shapes: rnn,
      is: (a, T) => [scan(T, table(3, a.h0!), tanhLayer(a))[T - 1]!.reduce((s, h) => s + h * h, 0) + a.h0!(1)],
    },
    {
      source: 'h[0] = h0; h[t=1:T, i] = tanh(sum[j](W[i,j]*h[t-1,j]) + i*x[t]); h',
      shapes: { W: [3, 3], h0: [3], ...x },
      is: ({ W, h0, x }, T) =>
        scan(T, table(3, h0!), (h, t) => table(3, (i) => Math.tanh(sum(3, (j) => W!(i, j) * h[j - 1]!) + i * x!(t)))).flat(),
    },
    // Entries that change places: what a step reads must not be what it has just written.
    {
      source: 'h[0] = h0; h[t=1:T, i=1:3] = x[t]*h[t-1, 4-i]; h',
      shapes: { h0: [3], ...x },
      is: ({ h0, x }, T) => scan(T, table(3, h0!), (h, t) => table(3, (i) => x!(t) * h[3 - i]!)).flat(),
    },
    {
      source: "P[0] = A; P[t=1:T] = (x[t]*P[t-1]' + A)/2; P",
      shapes: { A: [2, 2], ...x },
      is: ({ A, x }, T) =>
        scan(T, [A!(1, 1), A!(1, 2), A!(2, 1), A!(2, 2)], ([a, b, c, d], t) => [
          (x!(t) * a! + A!(1, 1)) / 2,
          (x!(t) * c! + A!(1, 2)) / 2,
          (x!(t) * b! + A!(2, 1)) / 2,
          (x!(t) * d! + A!(2, 2)) / 2,
        ]).flat(),
    },
    {
      source: 'P[0] = eye(2); P[t=1:T] = A*P[t-1]; P[T]',
      shapes: { A: [2, 2], ...x },
      is: ({ A }, T) =>
        scan(T, [1, 0, 0, 1], (p) => [0, 1].flatMap((i) => [0, 1].map((j) => A!(i + 1, 1) * p[j]! + A!(i + 1, 2) * p[2 + j]!)))[
          T - 1
        ]!,
    },
    // The covariance of a Kalman filter with one observation x·state.
    {
      source: "P[0] = eye(2); P[t=1:T] = inv(inv(A*P[t-1]*A' + eye(2)) + X[t]*X[t]'); P[T]",
      shapes: { A: [2, 2], X: ['T', 2] },
      is: ({ A, X }, T) => {
        const inv = ([a, b, c, d]: number[]) => [d!, -b!, -c!, a!].map((e) => e / (a! * d! - b! * c!));
        const M = [A!(1, 1), A!(1, 2), A!(2, 1), A!(2, 2)];
        const mul = (p: number[], q: number[]) =>
          [0, 1].flatMap((i) => [0, 1].map((j) => p[2 * i]! * q[j]! + p[2 * i + 1]! * q[2 + j]!));
        return scan(T, [1, 0, 0, 1], (P, t) => {
          const S = mul(mul(M, P), [M[0]!, M[2]!, M[1]!, M[3]!]).map((e, k) => e + (k % 3 === 0 ? 1 : 0));
          return inv(inv(S).map((e, k) => e + X!(t, 1 + (k >> 1)) * X!(t, 1 + (k % 2))));
        })[T - 1]!;
      },
    },
    {
      source: 'p[0] = softmax(h0); p[t=1:T] = softmax(W*p[t-1] + x[t]*h0); p',
      shapes: { W: [3, 3], h0: [3], ...x },
      is: ({ W, h0, x }, T) => {
        const soft = (z: number[]) => z.map((e) => Math.exp(e) / z.reduce((s, f) => s + Math.exp(f), 0));
        return scan(T, soft(table(3, h0!)), (p, t) =>
          soft(table(3, (i) => sum(3, (j) => W!(i, j) * p[j - 1]!) + x!(t) * h0!(i))),
        ).flat();
      },
    },
  ],
  'several lags': [
    {
      source: 'F[-1] = 0; F[0] = a; F[t=1:T] = F[t-1] + F[t-2]; F[T]',
      shapes: { a: [], ...x },
      is: ({ a }, T) => [scan(T, [a!(), 0], ([p, q]) => [p! + q!, p!])[T - 1]![0]!],
    },
    {
      source: 'F[1] = a; F[2] = b; F[t=3:T+2] = F[t-1]*x[t-2] + F[t-2]; F',
      shapes: { a: [], b: [], ...x },
      is: ({ a, b, x }, T) => [a!(), b!(), ...scan(T, [b!(), a!()], ([p, q], t) => [p! * x!(t) + q!, p!]).map(([p]) => p!)],
    },
    {
      source: 'y[-2] = a; y[-1] = b; y[0] = 1; y[t=1:T] = cos(y[t-1] + y[t-3]*x[t]); y',
      shapes: { a: [], b: [], ...x },
      is: ({ a, b, x }, T) => scan(T, [1, b!(), a!()], ([p, q, r], t) => [Math.cos(p! + r! * x!(t)), p!, q!]).map(([p]) => p!),
    },
    {
      source: 'h[-1] = h0; h[0] = zeros(3); h[t=1:T] = tanh(W*h[t-1] - x[t]*h[t-2] + h0); h',
      shapes: { W: [3, 3], h0: [3], ...x },
      is: ({ W, h0, x }, T) =>
        scan(T, [[0, 0, 0], table(3, h0!)], ([p, q], t) => [
          table(3, (i) => Math.tanh(sum(3, (j) => W!(i, j) * p![j - 1]!) - x!(t) * q![i - 1]! + h0!(i))),
          p!,
        ]).flatMap(([p]) => p!),
    },
  ],
  'numbers from anywhere': [
    {
      source: 'F[0] = a; F[1] = b; F[t=2:T+1] = F[t-1]*x[t-1] + F[t-2]; F[T+1]*F[0] + F[1]^2',
      shapes: { a: [], b: [], ...x },
      is: ({ a, b, x }, T) => [scan(T, [b!(), a!()], ([p, q], t) => [p! * x!(t) + q!, p!])[T - 1]![0]! * a!() + b!() ** 2],
    },
    {
      source: 'F[0] = a; F[1] = b; F[t=2:T+1] = F[t-1]*x[t-1] + F[t-2]; F',
      shapes: { a: [], b: [], ...x },
      is: ({ a, b, x }, T) => [b!(), ...scan(T, [b!(), a!()], ([p, q], t) => [p! * x!(t) + q!, p!]).map(([p]) => p!)],
    },
    {
      source: 'h[2] = a; h[t=3:T+2] = x[t-2]*h[t-1]; h[3]*h[T+2] + sum(h)',
      shapes: { a: [], ...x },
      is: ({ a, x }, T) => {
        const h = [a!(), ...scan(T, a!(), (h, t) => x!(t) * h)];
        return [h[1]! * h[T]! + h.reduce((p, q) => p + q)];
      },
    },
    {
      source: 'h[3] = a; h[t=4:T+3] = sin(x[t-3] + h[t-1]); sum[t=4:T+3](t*h[t]*h[t-1])',
      shapes: { a: [], ...x },
      is: ({ a, x }, T) => {
        const h = [a!(), ...scan(T, a!(), (h, t) => Math.sin(x!(t) + h))];
        return [sum(T, (k) => (k + 3) * h[k]! * h[k - 1]!)];
      },
    },
    {
      source: 'F[-2] = a; F[-1] = b; F[t=0:T] = F[t-1]*x[1] + F[t-2]; F[-2] + F[0] + sum(F)',
      shapes: { a: [], b: [], ...x },
      is: ({ a, b, x }, T) => {
        const F = scan(T + 1, [b!(), a!()], ([p, q]) => [p! * x!(1) + q!, p!]).map(([p]) => p!);
        return [a!() + F[0]! + sum(T, (t) => F[t]!)];
      },
    },
    {
      source: 'y[1] = a; y[t=2:T+1] = x[t-1]^2; y',
      shapes: { a: [], ...x },
      is: ({ a, x }, T) => [a!(), ...table(T, (t) => x!(t) ** 2)],
    },
    {
      source: 'r[T+2] = a; r[t=2:T+1] = x[t-1]*r[t+1]; r[2]*r[T+2] + sum(r)',
      shapes: { a: [], ...x },
      is: ({ a, x }, T) => {
        const r = [a!(), ...scan(T, a!(), (r, t) => x!(T + 1 - t) * r)];
        return [r[T]! * a!() + r.reduce((p, q) => p + q)];
      },
    },
    {
      source: 'p[1] = a; q[1] = b; p[t=2:T+1] = p[t-1]*x[t-1] - q[t-1]; q[t=2:T+1] = p[t] + q[t-1]; p[2]*q[T+1] + p[1]',
      shapes: { a: [], b: [], ...x },
      is: ({ a, b, x }, T) => {
        const all = scan(T, [a!(), b!()], ([p, q], t) => [p! * x!(t) - q!, p! * x!(t) - q! + q!]);
        return [all[0]![0]! * all[T - 1]![1]! + a!()];
      },
    },
    {
      source: 'h[2] = h0; h[t=3:T+2] = tanh(W*h[t-1]*x[t-2]); h[3:T+2]',
      shapes: { W: [3, 3], h0: [3], ...x },
      is: ({ W, h0, x }, T) =>
        scan(T, table(3, h0!), (h, t) => table(3, (i) => Math.tanh(sum(3, (j) => W!(i, j) * h[j - 1]!) * x!(t)))).flat(),
    },
  ],
  'entries at the time of the step': [
    {
      source: 'h[0] = a; h[t=1:T] = h[t-1]*S[t,t] + S[t,1]; h',
      shapes: { a: [], S: ['T', 'T'] },
      is: ({ a, S }, T) => scan(T, a!(), (h, t) => h * S!(t, t) + S!(t, 1)),
    },
    {
      source: 'h[0] = zeros(T); h[t=1:T, i] = h[t-1,i]*x[i] + where(i == t, h[t-1,t] + 1, 0); h',
      shapes: x,
      is: ({ x }, T) =>
        scan(
          T,
          table(T, () => 0),
          (h, t) => table(T, (i) => h[i - 1]! * x!(i) + (i === t ? h[t - 1]! + 1 : 0)),
        ).flat(),
    },
    {
      source: 'h[0] = a; h[t=1:T] = h[t-1]*Q[t,t,t] + sum(Q[t,:,t]); h',
      shapes: { a: [], Q: ['T', 'T', 'T'] },
      is: ({ a, Q }, T) => scan(T, a!(), (h, t) => h * Q!(t, t, t) + sum(T, (k) => Q!(t, k, t))),
    },
  ],
  'backward runs': [
    {
      source: 'b[T+1] = 0; b[t=1:T] = a*b[t+1] + x[t]; b',
      shapes: { a: [], ...x },
      is: ({ a, x }, T) => scan(T, 0, (b, k) => a!() * b + x!(T + 1 - k)).reverse(),
    },
    {
      source: 'b[T+1] = h0; b[T+2] = zeros(3); b[t=1:T] = sin(W*b[t+1]) + x[t]*b[t+2]; b[1]',
      shapes: { W: [3, 3], h0: [3], ...x },
      is: ({ W, h0, x }, T) =>
        scan(T, [table(3, h0!), [0, 0, 0]], ([p, q], k) => [
          table(3, (i) => Math.sin(sum(3, (j) => W!(i, j) * p![j - 1]!)) + x!(T + 1 - k) * q![i - 1]!),
          p!,
        ])[T - 1]![0]!,
    },
    // Forwards and backwards, one after the other: smoothing.
    {
      source: 'f[0] = 0; f[t=1:T] = a*f[t-1] + x[t]; b[T+1] = 0; b[t=1:T] = a*b[t+1] + f[t]; sum(b.*f)',
      shapes: { a: [], ...x },
      is: ({ a, x }, T) => {
        const f = scan(T, 0, (s, t) => a!() * s + x!(t));
        const b = scan(T, 0, (s, k) => a!() * s + f[T - k]!).reverse();
        return [sum(T, (t) => f[t - 1]! * b[t - 1]!)];
      },
    },
  ],
  'several states': [
    {
      source: 'p[0] = a; q[0] = 0; p[t=1:T] = p[t-1] + 0.1*q[t-1]; q[t=1:T] = q[t-1] - 0.1*sin(p[t-1]) + x[t]; p + 2*q',
      shapes: { a: [], ...x },
      is: ({ a, x }, T) =>
        scan(T, [a!(), 0], ([p, q], t) => [p! + 0.1 * q!, q! - 0.1 * Math.sin(p!) + x!(t)]).map(([p, q]) => p! + 2 * q!),
    },
    // The second reads what the first has just become (symplectic Euler).
    {
      source: 'p[0] = a; q[0] = 0; p[t=1:T] = p[t-1] + 0.1*q[t-1]; q[t=1:T] = q[t-1] - 0.1*sin(p[t]) + x[t]; p + 2*q',
      shapes: { a: [], ...x },
      is: ({ a, x }, T) =>
        scan(T, [a!(), 0], ([p, q], t) => {
          const now = p! + 0.1 * q!;
          return [now, q! - 0.1 * Math.sin(now) + x!(t)];
        }).map(([p, q]) => p! + 2 * q!),
    },
    {
      source: `c[0] = zeros(3); h[0] = h0
               f[t=1:T] = σ(W*h[t-1] + U*X[t]); g[t=1:T] = tanh(V*h[t-1] + U*X[t])
               c[t=1:T] = f[t].*c[t-1] + (1 - f[t]).*g[t]; h[t=1:T] = σ(X[t,1])*tanh(c[t])
               h`,
      shapes: { ...rnn, V: [3, 3] },
      is: ({ W, U, V, X, h0 }, T) =>
        scan(T, { c: [0, 0, 0], h: table(3, h0!) }, ({ c, h }, t) => {
          const u = (i: number) => sum(2, (j) => U!(i, j) * X!(t, j));
          const f = table(3, (i) => σ(sum(3, (j) => W!(i, j) * h[j - 1]!) + u(i)));
          const g = table(3, (i) => Math.tanh(sum(3, (j) => V!(i, j) * h[j - 1]!) + u(i)));
          const next = table(3, (i) => f[i - 1]! * c[i - 1]! + (1 - f[i - 1]!) * g[i - 1]!);
          return { c: next, h: next.map((e) => σ(X!(t, 1)) * Math.tanh(e)) };
        }).flatMap(({ h }) => h),
    },
    // A gated recurrent unit.
    {
      source: `h[0] = h0
               z[t=1:T] = σ(W*h[t-1] + U*X[t]); r[t=1:T] = σ(V*h[t-1] - U*X[t])
               h[t=1:T] = (1 - z[t]).*h[t-1] + z[t].*tanh(W*(r[t].*h[t-1]) + U*X[t])
               [sum(h), sum(z), sum(r[T])]`,
      shapes: { ...rnn, V: [3, 3] },
      is: ({ W, U, V, X, h0 }, T) => {
        const all = scan(T, { h: table(3, h0!), z: [0], r: [0] }, ({ h }, t) => {
          const u = (i: number) => sum(2, (j) => U!(i, j) * X!(t, j));
          const z = table(3, (i) => σ(sum(3, (j) => W!(i, j) * h[j - 1]!) + u(i)));
          const r = table(3, (i) => σ(sum(3, (j) => V!(i, j) * h[j - 1]!) - u(i)));
          const n = table(3, (i) => Math.tanh(sum(3, (j) => W!(i, j) * r[j - 1]! * h[j - 1]!) + u(i)));
          return { h: table(3, (i) => (1 - z[i - 1]!) * h[i - 1]! + z[i - 1]! * n[i - 1]!), z, r };
        });
        const total = (of: number[][]) => of.flat().reduce((s, e) => s + e, 0);
        return [total(all.map((s) => s.h)), total(all.map((s) => s.z)), total([all[T - 1]!.r])];
      },
    },
    {
      source: 'P[0] = A; s[0] = 1; P[t=1:T] = (A*P[t-1] + s[t-1]*A)/2; s[t=1:T] = tanh(tr(P[t-1]) + x[t]*s[t-1]); s',
      shapes: { A: [2, 2], ...x },
      is: ({ A, x }, T) => {
        const M = [A!(1, 1), A!(1, 2), A!(2, 1), A!(2, 2)];
        return scan(T, { P: M, s: 1 }, ({ P, s }, t) => ({
          P: [0, 1].flatMap((i) => [0, 1].map((j) => (M[2 * i]! * P[j]! + M[2 * i + 1]! * P[2 + j]! + s * M[2 * i + j]!) / 2)),
          s: Math.tanh(P[0]! + P[3]! + x!(t) * s),
        })).map(({ s }) => s);
      },
    },
  ],
};

/** The numbers of a result, in row-major order. */
export const numbers = (result: unknown): number[] =>
  typeof result === 'number' ? [result] : [...(result as { data: Float64Array }).data];
