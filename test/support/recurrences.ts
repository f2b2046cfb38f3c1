import { random } from '../../src/numeric/random.ts';

/** Sources with a recurrence: one to three states, of numbers or vectors, with up to three lags, forwards or back, from any step on. */
export function recurrence(seed: number): string {
  const draw = random(seed);
  const chance = (p: number): boolean => draw.uniform(0, 1) < p;
  const below = (n: number): number => Math.min(n - 1, Math.floor(draw.uniform(0, n)));
  const pick = <T>(list: readonly T[]): T => list[below(list.length)]!;

  const isVector = chance(0.4);
  const isBackward = chance(0.25);
  const names = ['u', 'w', 'z'].slice(0, 1 + below(3));
  const lags = new Map(names.map((name) => [name, chance(0.6) ? 1 : 2 + below(2)]));
  const from = isBackward ? 1 : pick([1, 1, 1, 2, 2, 3]);
  const length = pick(['T', 'T', '6']);
  const before = (k: number): string => (isBackward ? `t+${k}` : `t-${k}`);

  const term = (): string => {
    const name = pick(names);
    const read = `${name}[${before(1 + below(lags.get(name)!))}]`;
    const other = `${pick(names)}[${before(1)}]`;
    const product = isVector ? '.*' : '*';
    return pick([
      `A*${read}`,
      `c*${read}`,
      `tanh(A*${read} + x[t])`,
      `${read} ${product} ${other}`,
      `sin(${read})`,
      `x[t] ${product} ${read}`,
      // What runs in another form than it is written in.
      `sigmoid(${read})`,
      `log(1 + exp(${read}))`,
      `${read} ${isVector ? './' : '/'} (1 + exp(-${other}))`,
      ...(isVector ? [`${read}.^2`] : [`${read}^2`, `${read}/(2 + ${read}^2)`, `exp(-${read}^2)`]),
    ]);
  };

  const lines = isVector
    ? [`data x : [${length}, 2], y : [${length}, 2]`, 'param A : [2, 2] = 0.3, c = 0.4, s : [2] = 0.1']
    : [`data x : [${length}], y : [${length}]`, 'param A = 0.3, c = 0.4, s = 0.1'];
  for (const [name, depth] of lags)
    for (let k = 1; k <= depth; k++) {
      const place = isBackward ? (length === 'T' ? `T+${k}` : 6 + k) : from - k;
      lines.push(`${name}[${place}] = ${pick(isVector ? ['s', 'zeros(2)', '[0.1, 0.2]'] : ['s', '0', '1', '2*s'])}`);
    }
  const range = `t=${from}:${length}`;
  const hasGate = chance(0.35);
  if (hasGate) lines.push(`q[${range}] = ${term()} + x[t]`);
  for (const name of names)
    lines.push(`${name}[${range}] = ${term()} + ${term()}${chance(0.5) ? ' + x[t]' : ''}${hasGate ? ' + 0.1*q[t]' : ''}`);
  const of = pick(names);
  const end = isBackward ? 1 : length;
  const square = isVector ? `sum(${of}[${end}].^2)` : `${of}[${end}]^2`;
  const error = from === 1 ? [`sum((${of} - y).^2)/2`] : [];
  lines.push(`minimize L = ${pick([`sum(${of}.^2)/2`, square, ...error])}`);
  return lines.join('\n');
}
