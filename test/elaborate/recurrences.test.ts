import { describe, expect, it, test } from 'vitest';
import { doubles, evaluate } from '../../src/compile/index.ts';
import { laidOut } from '../../src/compile/link.ts';
import { looped } from '../../src/compile/loops.ts';
import { V8 } from '../../src/compile/machine.ts';
import { javascript } from '../../src/compile/targets/js.ts';
import { prepare } from '../../src/compile/task.ts';
import { differentiate } from '../../src/differentiate/sweep.ts';
import { elaborate } from '../../src/elaborate/elaborate.ts';
import { sizeOf } from '../../src/graph/dimension.ts';
import { check, compile, derive, GradusError, train } from '../../src/index.ts';
import { parse } from '../../src/language/parser.ts';

type Shapes = Record<string, (number | string)[]>;

/** Reads entries of an array by subscripts that count from 1. */
type Entries = (...at: number[]) => number;

/** A recurrence, and what a plain loop says it is, entry by entry in row-major order. */
interface Case {
  readonly source: string;
  readonly shapes: Shapes;
  readonly is: (a: Record<string, Entries>, T: number) => number[];
}

const upTo = (n: number): number[] => Array.from({ length: n }, (_, k) => k + 1);
const sum = (count: number, term: (k: number) => number): number => upTo(count).reduce((total, k) => total + term(k), 0);
const table = (count: number, entry: (i: number) => number): number[] => upTo(count).map((k) => entry(k));
const σ = (z: number) => 1 / (1 + Math.exp(-z));

/** The states after each of T steps from a first one. */
function scan<S>(T: number, first: S, step: (before: S, t: number) => S): S[] {
  const all: S[] = [];
  for (let t = 1; t <= T; t++) all.push(step(all.at(-1) ?? first, t));
  return all;
}

const x: Shapes = { x: ['T'] };
const rnn: Shapes = { W: [3, 3], U: [3, 2], X: ['T', 2], h0: [3] };
const tanhLayer =
  ({ W, U, X }: Record<string, Entries>) =>
  (h: number[], t: number) =>
    table(3, (i) => Math.tanh(sum(3, (j) => W!(i, j) * h[j - 1]!) + sum(2, (j) => U!(i, j) * X!(t, j))));

const cases: Record<string, Case[]> = {
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

/** Different numbers of both signs. */
const filled = (count: number, salt: number) =>
  Float64Array.from({ length: count }, (_, k) => 0.8 * Math.sin(1.3 * k + salt) + 0.05);

function given(shapes: Shapes, T: number) {
  const arrays = Object.entries(shapes).map(([name, shape], k) => {
    const lengths = shape.map((d) => (typeof d === 'number' ? d : T));
    return {
      name,
      lengths,
      data: filled(
        lengths.reduce((a, b) => a * b, 1),
        k,
      ),
    };
  });
  const entries = Object.fromEntries(
    arrays.map(({ name, lengths, data }) => [
      name,
      (...at: number[]) => data[at.reduce((place, i, axis) => place * lengths[axis]! + i - 1, 0)]!,
    ]),
  );
  const inputs = Object.fromEntries(arrays.map(({ name, lengths, data }) => [name, lengths.length === 0 ? data[0]! : data]));
  return { entries, inputs, arrays };
}

/** By definition, entry after entry. */
function interpreted(source: string, shapes: Shapes, T: number): number[] {
  const model = elaborate(parse(source), { shapes });
  const { arrays } = given(shapes, T);
  const sizes = new Map([['T', T]]);
  const [values] = evaluate(
    [model.objective!.node],
    (v) => ({ shape: v.shape.map((d) => sizeOf(d, sizes)), data: [...arrays.find((a) => a.name === v.name)!.data] }),
    sizes,
    doubles,
  );
  return [...values!.data];
}

const numbers = (result: unknown): number[] =>
  typeof result === 'number' ? [result] : [...(result as { data: Float64Array }).data];

function agree(found: readonly number[], wanted: readonly number[], tolerance: number): void {
  expect(found.length).toBe(wanted.length);
  const scale = Math.max(1, ...wanted.map(Math.abs));
  for (const [k, y] of found.entries())
    expect(Math.abs(y - wanted[k]!) / scale, `entry ${k}: ${y}, not ${wanted[k]}`).toBeLessThan(tolerance);
}

describe.each(Object.entries(cases))('%s', (_, list) => {
  describe.each(list.map((c) => [c.source.replace(/\s+/g, ' '), c] as const))('%s', (_source, { source, shapes, is }) => {
    const ts = Object.values(shapes).some((s) => s.includes('T')) ? [1, 2, 5, 50] : [];
    it.each(ts)('is what a plain loop says, T = %i', (T) => {
      const { entries, inputs } = given(shapes, T);
      const wanted = is(entries, T);
      agree(interpreted(source, shapes, T), wanted, 1e-12);
      for (const backend of ['js', 'closure'] as const)
        agree(numbers(compile(source, { shapes, backend })(inputs)), wanted, 1e-12);
      agree(numbers(compile(source, { shapes, precision: 'f32' })(inputs)), wanted, 2e-5);
    });
    it('has derivatives that print as text of the same value, and steps that hold', () => {
      const { inputs } = given(shapes, 4);
      const d = derive(source, Object.keys(shapes), { shapes });
      for (const name of Object.keys(shapes)) {
        const printed = compile(d.partials[name]!.toString(), { shapes })(inputs);
        agree(numbers(printed), numbers(d.compile().gradient(inputs)[name]), 1e-12);
      }
      expect(d.verifySteps(2)).toMatchObject({ ok: true, failed: [] });
      expect(() => d.toLatex() + d.toHtml() + d.toText({ detail: 'full' })).not.toThrow();
    });
    it('has the right derivative by everything', async () => {
      const report = await check(source, { shapes, points: 1, wrt: Object.keys(shapes) });
      expect(report, JSON.stringify(report)).toMatchObject({ ok: true });
    });
  });
});

describe('derivatives of derivatives', () => {
  const scalar = 'h[0] = a; h[t=1:T] = sin(w*h[t-1] + x[t])';
  const layer = 'h[0] = h0; h[t=1:T] = sin(W*h[t-1])';
  const two = 'h[0] = 0.5; c[0] = a; z[t=1:T] = sin(w*h[t-1] + x[t]); c[t=1:T] = z[t]*c[t-1]; h[t=1:T] = cos(c[t])*z[t]';
  it.each([
    [`${scalar}; grad(h[T], w)`, { w: [], a: [], ...x }],
    [`${scalar}; grad(sum(h.^2), a)`, { w: [], a: [], ...x }],
    [`${scalar}; hessian(h[T], x)`, { w: [], a: [], ...x }],
    [`${layer}; grad(sum(h.^2), h0)`, { W: [2, 2], h0: [2], ...x }],
    [`${layer}; grad(sum(h.^2), W)`, { W: [2, 2], h0: [2], ...x }],
    [`${two}; grad(sum(h) + sum(z), w)`, { w: [], a: [], ...x }],
    ['b[T+1] = a; b[t=1:T] = sin(w*b[t+1]) + x[t]; grad(b[1], w)', { w: [], a: [], ...x }],
    ['F[-1] = a; F[0] = 1; F[t=1:T] = F[t-1]*F[t-2]*x[t]; grad(sum(F), a)', { a: [], ...x }],
  ] as [string, Shapes][])('%s', async (source, shapes) => {
    const report = await check(source, { shapes, points: 1, wrt: Object.keys(shapes) });
    expect(report, JSON.stringify(report)).toMatchObject({ ok: true });
  });

  it('the Hessian of the last state by the first is what a recurrence of second derivatives says', () => {
    const second = compile('h[0] = a; h[t=1:T] = sin(w*h[t-1] + x[t]); diff(diff(h[T], a), a)', {
      shapes: { w: [], a: [], ...x },
    });
    const { entries, inputs } = given({ w: [], a: [], ...x }, 20);
    const [w, a] = [entries.w!(), entries.a!()];
    let [h, d, dd] = [a, 1, 0];
    for (let t = 1; t <= 20; t++) {
      const z = w * h + entries.x!(t);
      [h, d, dd] = [Math.sin(z), Math.cos(z) * w * d, Math.cos(z) * w * dd - Math.sin(z) * (w * d) ** 2];
    }
    agree(numbers(second(inputs)), [dd], 1e-13);
  });
});

test('a recurrence whose one step is written out is that step', async () => {
  const source = 'h[0] = 0.5; z[t=1:1] = sin(w*h[t-1] + u); h[t=1:1] = z[t]*h[t-1] + u; sum(z) + h[1]';
  expect(compile(source)({ w: 0.3, u: 0.7 })).toBeCloseTo(Math.sin(0.85) * 1.5 + 0.7, 14);
  expect(await check(source, { shapes: { w: [], u: [] }, wrt: ['w', 'u'] })).toMatchObject({ ok: true });
});

const LSTM = `
param W : [4, 4] ~ normal(0, 0.5), U : [4, 2] ~ normal(0, 0.5), V : [4, 4] ~ normal(0, 0.5), b : [4] = 1
data X : [T, 2], y : [T]
param v : [4] ~ normal(0, 0.5)
c[0] = zeros(4); h[0] = zeros(4)
f[t=1:T] = σ(W*h[t-1] + U*X[t] + b)
c[t=1:T] = f[t].*c[t-1] + (1 - f[t]).*tanh(V*h[t-1] + U*X[t])
h[t=1:T] = tanh(c[t])
minimize Cost = mean((h*v - y).^2)`;

describe('a program through time', () => {
  /** The program of value and gradient as JavaScript, and how many numbers its buffers hold. */
  const program = (T: number) => {
    const { graph, inputs, objective } = elaborate(parse(LSTM));
    const params = [...inputs.values()].filter((i) => i.role === 'param').map((i) => i.node);
    const outputs = [objective!.node, ...differentiate(graph, objective!.node, params)];
    const { task } = prepare({ outputs, sizes: new Map([['T', T]]) });
    const made = looped(task, V8);
    return {
      text: javascript(laidOut(task, made)).text.length,
      numbers: made.slots.reduce((total, { length }) => total + length, 0),
    };
  };

  it('is a loop, not its steps written out, and needs memory in proportion to the steps', () => {
    const [a, b, c] = [100, 200, 400].map(program) as [Size, Size, Size];
    expect(c.text).toBeLessThan(1.02 * a.text);
    expect(c.numbers - b.numbers).toBe(2 * (b.numbers - a.numbers));
  });
});

type Size = { text: number; numbers: number };

describe('an LSTM', () => {
  it('learns to say what it was told a step before', async () => {
    const T = 24;
    const bits = Array.from({ length: T }, (_, t) => (Math.sin(37 * t * t) > 0 ? 1 : -1));
    const X = bits.map((bit) => [bit, 1]);
    const y = bits.map((_, t) => (t === 0 ? 0 : 0.5 * bits[t - 1]!));
    const { cost } = await train(LSTM, { X, y }, { epochs: 1000, lr: 0.5, seed: 1 });
    expect(cost).toBeLessThan(0.02);
  });
});

describe('a derivation through time', () => {
  const source = `data x : [2, T], y : [3]
    param W : [3, 3], U : [3, 2], h0 : [3]
    h[0] = h0
    h[t=1:T] = tanh(W*h[t-1] + U*x[:, t])
    minimize Cost = sum((h[T] - y).^2)`;

  it('says the recurrence as it was written, what comes back, and the sums over the steps', () => {
    const lines = derive(source).toText().split('\n');
    const line = (start: string) => lines.find((l) => l.trim().startsWith(start) && l.includes('='));
    expect(line('h[0]')).toContain('h[0] = h0, h[t=1:T] = tanh(W·h[t − 1] + U·x[:, t])   T×3');
    expect(line('δh')).toContain(
      'δh[t=1:T] = dh[t] + M[t + 1]   where M[T + 1] = zeros(3), M[t=1:T] = Wᵀ·(δh[t] ⊙ (1 − h[t]∘²))',
    );
    expect(line('δh')).toContain('through time');
    expect(line('∂Cost/∂W')).toMatch(/= \(δh ⊙ \(1 − h∘²\)\)ᵀ·(\S+) {3}where \1\[t=1:T\] = h\[t − 1\]/);
    expect(line('∂Cost/∂U')).toContain('= (δh ⊙ (1 − h∘²))ᵀ·xᵀ');
  });

  it('sums over the steps in the letter of time, and reads the first entry where that is 0', () => {
    const own = source.replace(', h0 : [3]', '').replace('h[0] = h0', 'h[0] = zeros(3)');
    const text = derive(own).toText();
    expect(text).toContain('∂Cost/∂W[i, j] = sum[t](δh[t, i]·(1 − h∘²)[t, i]·h[t − 1, j])');
    expect(text).not.toContain('≥ 2');
  });

  it('prints states of several names as they were written, and lags with numbers for their places', () => {
    const text = derive(LSTM).toText();
    for (const own of [
      'f[t=1:T] = σ(W·h[t − 1] + U·X[t] + b)',
      'c[0] = zeros(4), c[t=1:T] = f[t] ⊙ c[t − 1] + (1 − f[t]) ⊙ tanh(V·h[t − 1] + U·X[t])',
      'h[0] = zeros(4), h[t=1:T] = tanh(c[t])',
    ])
      expect(text).toContain(own);
    expect(derive('h[0] = a; h[t=1:4] = sin(a*h[t-1]); h[4]', 'a').partial.toString()).toContain('M[5] = 0');
  });

  it('holds step by step', () => {
    expect(derive(source).verifySteps()).toMatchObject({ ok: true, failed: [] });
    expect(derive(LSTM).verifySteps(2)).toMatchObject({ ok: true, failed: [] });
  });

  it('does not grow with what a step shares', () => {
    const deep = (n: number) => {
      const names = upTo(n).map(
        (k) => `z${k}[t=1:T] = sin(${k === 1 ? 'h[t-1]' : `z${k - 1}[t]`})*cos(${k === 1 ? 'h[t-1]' : `z${k - 1}[t]`})`,
      );
      return `h[0] = a; ${names.join('; ')}; h[t=1:T] = z${n}[t] + x[t]; h[T]`;
    };
    const length = (n: number) => derive(deep(n), 'a', { shapes: { a: [], ...x } }).partial.toString().length;
    expect(length(12)).toBeLessThan(3 * length(6));
  });
});

describe('entries under their own numbers', () => {
  const F = 'F[0] = 0; F[1] = 1; F[i=2:6] = F[i-1] + F[i-2]; ';
  const h = 'h[2] = 5; h[t=3:5] = 2*h[t-1]; ';
  it.each([
    [`${F}F[0]`, [0]],
    [`${F}F[1]`, [1]],
    [`${F}F[6]`, [8]],
    // An array counts from 1: F[0] is no part of it.
    [`${F}F`, [1, 1, 2, 3, 5, 8]],
    [`${F}sum(F)`, [20]],
    [`${F}F[0:3]`, [0, 1, 1, 2]],
    [`${F}sum[i=1:6](F[i-1])`, [12]],
    [`${h}h[2]`, [5]],
    [`${h}h[3]`, [10]],
    [`${h}h`, [5, 10, 20, 40]],
    [`${h}sum(h)`, [75]],
    [`${h}h[3:4]`, [10, 20]],
    [`${h}sum[t](t*h[t])`, [2 * 5 + 3 * 10 + 4 * 20 + 5 * 40]],
    [`${h}C[t=1:4] = h[t+1]; C`, [5, 10, 20, 40]],
    // An argument is an array, whatever its entries were called.
    [`${h}f(z) = z[1]; f(h)`, [5]],
    [`${h}f(h) = h[1]; f([7, 8])`, [7]],
    // A derivative by an entry is by that entry.
    [`${h}diff(h.^2, h[3])`, [0, 20, 0, 0]],
    [`${F}diff(sum(F.^2), F[6])`, [16]],
    ['y[1] = 7; y[t=2:4] = t^2; y', [7, 4, 9, 16]],
    ['y[0] = 7; y[t=1:3] = t^2; y[0] + y[3]', [16]],
    ['y[2] = 7; y[t=3:3] = 2*y[t-1]; y[2] + y[3]', [21]],
  ] as [string, number[]][])('%s', (source, values) => {
    expect(numbers(compile(source)({}))).toEqual(values);
  });

  it('are written so wherever they stand', () => {
    const d = derive('h[2] = a; h[t=3:5] = b*h[t-1]; C = h[3]*h[5] + sum(h); C', ['a', 'b']);
    expect(d.toText()).toContain('h[3]·h[5] + (Σ h[2:5])');
  });
});

describe('errors', () => {
  it.each([
    ['h[t=1:T] = tanh(h[t-1] + x[t]); h', 'h[0] is not given: the recurrence needs a first entry', 'h'],
    ['h[0] = 1; h[t=1:T] = h[t-1] + h[t-2]; h + x', 'h[-1] is not given: the recurrence needs a first entry', 'h'],
    ['b[t=1:T] = b[t+1] + x[t]; b', 'b[T+1] is not given: the recurrence needs a first entry', 'b'],
    ['h[0] = x; h[t=1:T] = sum(h[t-1]); h', 'the steps of h change its shape', 'h'],
    ['h[0] = 0; h[t=1:T] = h[t-1]*x; h', 'the steps of h change its shape', 'h'],
    [
      'h[0] = 0; h[T+1] = 0; h[t=1:T] = h[t-1] + h[t+1]; h + x',
      'a recurrence refers to earlier entries or to later ones, not to both',
      '',
    ],
    ['h[0] = 0; h[t=1:T] = z[t] + h[t-1]; z[t=1:T] = x[t]*h[t-1]; h', 'this entry is not defined yet at this step', 'z[t]'],
    ['h[0] = 0; h[t=1:T] = h[t] + x[t]; h', 'this entry is not defined yet at this step', 'h[t]'],
    [
      'h[0] = 0; c[0] = 0; h[t=1:T] = c[t-1] + x[t]; c[t=2:T] = h[t-1]; h',
      'definitions that refer to one another run over one index and one range',
      't=2:T',
    ],
    [
      'h[0] = 0; c[0] = 0; h[t=1:T] = c[t-1] + x[t]; c[s=1:T] = h[s-1]; h',
      'definitions that refer to one another run over one index and one range',
      's=1:T',
    ],
    ['h[0] = 0; h[t=1:T] = h[2*t-1] + x[t]; h', 'within its recurrence an entry is read as [t-1], some steps before', 'h[2*t-1]'],
    ['h[0] = 0; h[t=1:T] = sum(h) + x[t]; h', 'h is used before it is defined', 'h'],
    ['F[0] = 1; F[1] = x[1]; F[1]', 'of F only single entries are given', 'F'],
    ['F[0] = 0; F[5] = 1; F[t=1:T] = F[t-1]*x[t]; F', 'F[5] does not lie before the steps 1:T', 'F'],
    ['F[-2] = 0; F[0] = 1; F[t=1:T] = F[t-1]*x[t]; F', 'F[-2] does not lie before the steps 1:T', 'F'],
    ['F[0] = 0; F[1] = 1; F[t=2:6] = F[t-1] + F[t-2]*x[1]; F[7]', 'the subscript reaches 7, beyond the entries from 0 to 6', '7'],
    ['F[0] = 0; F[1] = 1; F[t=2:6] = F[t-1] + F[t-2]*x[1]; F[-1]', 'the subscript reaches -1, beyond the entries', '-1'],
    ['F[0] = x[1]; F[t=1:6] = 2*F[t-1]; diff(F[6], F[0])', 'the subscript reaches 0', '0'],
    ['h[2] = 5; h[t=3:5] = x[1]*h[t-1]; h[1]', 'the subscript reaches 1, beyond the entries from 2 to 5', '1'],
    ['h[2] = 5; h[t=3:5] = x[1]*h[t-1]; sum[t=1:5](h[t])', 'the subscript reaches 1, beyond the entries from 2 to 5', 't'],
    ['h[2] = 5; h[t=3:5] = x[1]*h[t-1]; C[t] = h[t]; C', 'entries are defined from the first on', 't'],
    ['h[0] = 0; h[0] = 1; h[t=1:T] = h[t-1] + x[t]; h', 'h[0] is defined twice', 'h'],
  ])('%s', (source, message, at) => {
    let found: GradusError | undefined;
    try {
      derive(source, 'x', { shapes: x });
    } catch (error) {
      found = error as GradusError;
    }
    expect(found).toBeInstanceOf(GradusError);
    expect(found!.message).toContain(message);
    if (at !== '') expect(source.slice(found!.span!.start, found!.span!.end)).toBe(at);
  });
});
