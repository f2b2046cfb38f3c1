/**
 * The speed of what is compiled, beside what a user of NumPy, JAX or C would write: `npm run bench:peers`. In turns within one
 * run, one thread each, medians.
 *
 *   --cases mlp,product   only these
 *   --backends js,wasm    only these
 *   --rounds 7            how many turns
 *   --threads 1           of ours; the others have one
 *   --write               the table goes into docs/speed.md
 */
import { existsSync, writeFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { type Backend, train } from '../../../src/index.ts';
import '../../../src/native.ts';
import { type Case, cases, type Way } from './cases.ts';
import { inC, machine, Peer, type Timed } from './peer.ts';

const { values: given } = parseArgs({
  options: {
    cases: { type: 'string' },
    backends: { type: 'string', default: 'auto' },
    rounds: { type: 'string', default: '7' },
    threads: { type: 'string', default: '1' },
    write: { type: 'boolean', default: false },
    python: { type: 'string', default: process.env.GRADUS_PYTHON ?? 'python3' },
  },
});
const backends = given.backends.split(',') as Backend[];
const wanted = given.cases?.split(',');
const [rounds, threads] = [Number(given.rounds), Number(given.threads)];
/** A turn takes about so long, and has at least so many calls. */
const [TURN, LEAST] = [100, 3];

const sorted = (times: readonly number[]): number[] => [...times].sort((a, b) => a - b);
const quantile = (times: readonly number[], q: number): number => sorted(times)[Math.floor(q * (times.length - 1))]!;
const median = (times: readonly number[]): number => quantile(times, 0.5);

interface Row {
  readonly what: string;
  readonly who: string;
  readonly first: number;
  readonly second: number;
  readonly times: readonly number[];
  readonly peers: Readonly<Record<string, readonly number[]>>;
}

/** Our first two calls, then turns: ours, then each peer's. */
async function measured({ name, what, sizes, peers, make }: Case, way: Way, peer: Peer): Promise<Row> {
  const call = (run: () => unknown): number => {
    const begun = performance.now();
    run();
    return performance.now() - begun;
  };
  const run = make(way);
  const [first, second] = [call(run), call(run)];
  for (let k = 0; k < LEAST; k++) run();
  const times: number[] = [];
  const theirs: Record<string, number[]> = {};
  for (let round = 0; round < rounds; round++) {
    const until = performance.now() + TURN;
    for (let k = 0; k < LEAST || performance.now() < until; k++) times.push(call(run));
    for (const library of peers) {
      const asked = { library, case: name, sizes, precision: way.precision };
      const probe: Timed | string = await peer.run({ ...asked, times: LEAST });
      if (typeof probe === 'string') {
        if (round === 0) console.error(`${library}, ${what}: ${probe}`);
        continue;
      }
      const more = await peer.run({ ...asked, times: Math.max(LEAST, Math.round(TURN / median(probe.times))) });
      if (typeof more !== 'string') theirs[library] = [...(theirs[library] ?? []), ...more.times];
    }
  }
  return { what: `${what}, ${way.precision}`, who: way.backend, first, second, times, peers: theirs };
}

const XOR = `param W1 : [3, 2] = [1.2, -0.7; 0.3, 1.9; -1.1, 0.4], b1 : [3] = [0, 0, 0], W2 : [1, 3] = [[0.5, -1.3, 0.9]], b2 = 0
data X = [0, 0, 1, 1; 0, 1, 0, 1], Y = [[0, 1, 1, 0]]
A1 = σ(W1·X + b1)
A2 = σ(W2·A1 + b2)
minimize Cost = sum((A2 - Y).^2)/8`;

async function xor(backend: Backend): Promise<Row> {
  const times: number[] = [];
  for (let k = 0; k < 60; k++) {
    const begun = performance.now();
    await train(XOR, {}, { epochs: 5000, lr: 1, optimizer: 'sgd', backend, threads });
    times.push(performance.now() - begun);
  }
  const [first, second, ...later] = times as [number, number, ...number[]];
  const c = inC('test/bench/peers/xor.c');
  return { what: 'XOR, 5000 epochs of train()', who: backend, first, second, times: later, peers: { C: c } };
}

const ms = (x: number): string => (x < 1 ? x.toPrecision(2) : x < 100 ? x.toPrecision(3) : String(Math.round(x)));

/** A row of the table. */
function line({ what, who, first, second, times, peers }: Row): string {
  const ours = median(times);
  const spread = `${ms(quantile(times, 0.1))}–${ms(quantile(times, 0.9))}`;
  const ratios = ['C', 'numpy', 'jax'].map((name) => {
    const theirs = peers[name];
    return theirs ? `${(ours / median(theirs)).toPrecision(2)} (${ms(median(theirs))})` : '';
  });
  return `| ${[what, who, ms(ours), spread, ms(first), ms(second), ...ratios].join(' | ')} |`;
}

const HEAD = `| work | backend | ms | 10–90 % | first | second | C | NumPy | JAX |
| --- | --- | --- | --- | --- | --- | --- | --- | --- |`;

const script = 'test/bench/peers/peers.py';
if (!existsSync(script)) throw new Error(`${script} is missing: the command runs in the project's folder`);
const peer = new Peer(given.python, script);
const lines: string[] = [];
const tell = (row: Row): void => {
  lines.push(line(row));
  console.log(lines.at(-1));
};
console.log(HEAD);
if (!wanted || wanted.includes('xor')) for (const backend of backends) tell(await xor(backend));
for (const one of cases.filter(({ name }) => !wanted || wanted.includes(name)))
  for (const precision of one.precisions)
    for (const backend of backends) tell(await measured(one, { backend, precision, threads }, peer));
peer.stop();
if (given.write) {
  const text = `# Speed

Milliseconds of a call, medians of turns within one run (\`npm run bench:peers -- --backends ${given.backends} --write\`); behind each
library's ratio its own milliseconds. A ratio above 1 says that it is faster. One thread each. ${machine()}.

${HEAD}
${lines.join('\n')}
`;
  writeFileSync('docs/speed.md', text);
}
