import { type ChildProcess, execFileSync, spawn } from 'node:child_process';
import { existsSync, mkdtempSync, readdirSync, readFileSync, readlinkSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { random } from '../../../src/numeric/random.ts';
import { ownPython } from '../../export/python-run.ts';

/** The engine with JAX. Runs are the built command's. */

const main = resolve('dist/app/main.js');
const DIGITS = 1797;
let folder = '';
let python = '';
const file = (name: string): string => join(folder, name);

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'gradus-jax-test-'));
  if (!existsSync(main)) execFileSync('npm', ['run', '-s', 'build']);
  python = ownPython();
  writeFileSync(file('digits.json'), digits());
  for (const [name, text] of Object.entries({ ...MODELS, and: AND })) writeFileSync(file(`${name}.grad`), text);
});
afterAll(() => rmSync(folder, { recursive: true }));

/** As many examples as the digits are, of as many features and classes. */
function digits(): string {
  const draw = random(7);
  const whole = (below: number) => Math.floor(draw.uniform(0, below));
  const X = Array.from({ length: DIGITS }, () => Array.from({ length: 64 }, () => whole(17)));
  const classes = X.map((x) => Math.floor(((x[3]! + 2 * x[20]! + x[40]! + 3 * x[60]!) / 113) * 10));
  const Y = classes.map((k) => Array.from({ length: 10 }, (_, j) => (j === k ? 1 : 0)));
  return JSON.stringify({ X, Y });
}

const HEAD = 'data X : [m, 64]\ndata Y : [m, 10]\n';
const MODELS = {
  or: readFileSync('examples/or-gate.grad', 'utf8'),
  xor: readFileSync('examples/xor-hidden.grad', 'utf8'),
  softmax: `${HEAD}param W : [64, 10] = 0, b : [10] = 0
Z[i,k] = sum[j](X[i,j]*W[j,k])/16 + b[k]
minimize Cost = -sum(Y .* log_softmax(Z, cols))/m`,
  mlp: `${HEAD}param W1 : [64, 24] ~ xavier, b1 : [24] = 0
param W2 : [24, 10] ~ xavier, b2 : [10] = 0
H[i,j] = tanh(sum[k](X[i,k]*W1[k,j])/16 + b1[j])
Z[i,k] = sum[j](H[i,j]*W2[j,k]) + b2[k]
minimize Cost = -sum(Y .* log_softmax(Z, cols))/m`,
  norm: `${HEAD}param W1 : [64, 24] ~ xavier, g : [24] = 1, b1 : [24] = 0
param W2 : [24, 10] ~ xavier, b2 : [10] = 0
U = X*W1/16
V[i,j] = U[i,j] - sum[k](U[k,j])/m
s[j] = sum[i](V[i,j]^2)/m
H[i,j] = tanh(g[j]*V[i,j]/sqrt(s[j] + 0.00001) + b1[j])
Z[i,k] = sum[j](H[i,j]*W2[j,k]) + b2[k]
minimize Cost = -sum(Y .* log_softmax(Z, cols))/m`,
} as const;

/** The same model with other data. */
const AND = MODELS.or.replace('[[0, 1, 1, 1]]', '[[0, 0, 0, 1]]');

type Name = keyof typeof MODELS;

interface Ended {
  readonly status: number | null;
  readonly out: string;
  readonly err: string;
  /** Milliseconds since it was told something. */
  readonly after: number;
}

interface Started {
  readonly child: ChildProcess;
  readonly ended: Promise<Ended>;
  /** From now on it is counted how long it takes to end. */
  readonly mark: () => void;
}

function start(name: Name | 'and', argv: readonly string[], env: NodeJS.ProcessEnv = {}): Started {
  const data = name !== 'and' && MODELS[name].startsWith(HEAD) ? ['--data', file('digits.json')] : [];
  const child = spawn(process.execPath, [main, 'train', file(`${name}.grad`), ...data, '--quiet', '--json', ...argv], {
    env: { ...process.env, GRADUS_PYTHON: python, ...env },
  });
  let [out, err, marked] = ['', '', performance.now()];
  child.stdout.on('data', (chunk) => {
    out += chunk;
  });
  child.stderr.on('data', (chunk) => {
    err += chunk;
  });
  const ended = new Promise<Ended>((done) =>
    child.on('close', (status) => done({ status, out, err, after: performance.now() - marked })),
  );
  return {
    child,
    ended,
    mark: () => {
      marked = performance.now();
    },
  };
}

interface Told {
  readonly cost: number;
  readonly epochs: number;
  readonly stopped: string;
  readonly params: Readonly<Record<string, unknown>>;
}

async function trained(name: Name, argv: readonly string[], env: NodeJS.ProcessEnv = {}): Promise<Told> {
  const { status, out, err } = await start(name, argv, env).ended;
  const isTied = name === 'norm' && argv.includes('--batch');
  expect({ status, err }).toEqual({ status: 0, err: isTied ? expect.stringContaining('V ties the examples together') : '' });
  return JSON.parse(out);
}

const JAX = ['--engine', 'jax'];
const together = (count: number) => [...JAX, '--processes', String(count)];

const flat = (x: unknown): number[] => (Array.isArray(x) ? x.flatMap(flat) : [x as number]);

/** The largest difference of what was learned, relative to the largest entry of each parameter. */
function difference(one: Told, other: Told): number {
  return Math.max(
    Math.abs(one.cost - other.cost) / Math.abs(one.cost),
    ...Object.keys(one.params).map((name) => {
      const [a, b] = [flat(one.params[name]), flat(other.params[name])];
      const size = Math.max(...a.map(Math.abs));
      return Math.max(...a.map((x, k) => Math.abs(x - b[k]!))) / (size || 1);
    }),
  );
}

const MOST = 1e-12;
const OWN = new Map<string, Promise<Told>>();
/** Our own result, computed once. */
function own(name: Name, argv: readonly string[]): Promise<Told> {
  const key = JSON.stringify([name, argv]);
  const known = OWN.get(key) ?? trained(name, argv);
  OWN.set(key, known);
  return known;
}

const HUNDRED = ['--epochs', '100', '--lr', '0.5'];
const IN_BATCHES = '--epochs 2 --batch 100 --shuffle --optimizer adam --lr 0.01 --schedule cosine --clip 1'.split(' ');

describe('after 100 steps', () => {
  test.each((Object.keys(MODELS) as Name[]).flatMap((name) => [1, 2, 4].map((count) => [name, count] as const)))(
    '%s in %d processes is as here',
    async (name, count) => {
      expect(difference(await own(name, HUNDRED), await trained(name, [...HUNDRED, ...together(count)]))).toBeLessThan(MOST);
    },
  );

  test.each([2, 3, 8])('1,797 examples over %d devices are as here', async (count) => {
    const env = { XLA_FLAGS: `--xla_force_host_platform_device_count=${count}` };
    for (const name of ['mlp', 'norm'] as const)
      expect(difference(await own(name, HUNDRED), await trained(name, [...HUNDRED, ...JAX], env))).toBeLessThan(MOST);
  });

  test.each(['gd', 'momentum', 'nesterov', 'adagrad', 'rmsprop', 'adam', 'adamw'])('%s steps as here', async (optimizer) => {
    const argv = ['--epochs', '100', '--optimizer', optimizer, '--weight-decay', '0.01', '--clip', '0.5'];
    expect(difference(await own('xor', argv), await trained('xor', [...argv, ...JAX]))).toBeLessThan(MOST);
  });
});

test('halved numbers', async () => {
  const argv = ['--epochs', '20', '--precision', 'f32'];
  expect(difference(await own('mlp', argv), await trained('mlp', [...argv, ...JAX]))).toBeLessThan(1e-4);
});

describe('batches', () => {
  test.each([1, 2, 3])('in %d processes are those of here', async (count) => {
    expect(difference(await own('mlp', IN_BATCHES), await trained('mlp', [...IN_BATCHES, ...together(count)]))).toBeLessThan(
      MOST,
    );
  });

  test('over 3 devices', async () => {
    const env = { XLA_FLAGS: '--xla_force_host_platform_device_count=3' };
    expect(difference(await own('norm', IN_BATCHES), await trained('norm', [...IN_BATCHES, ...JAX], env))).toBeLessThan(MOST);
  });
});

test('a checkpoint goes on in the other engine', async () => {
  const argv = [...IN_BATCHES.slice(2), '--validation', '0.1'].filter((word) => word !== '--schedule' && word !== 'cosine');
  const whole = await own('mlp', ['--epochs', '4', ...argv]);
  for (const [first, then] of [
    [[], together(2)],
    [together(2), []],
  ]) {
    const kept = file(`checkpoint-${first!.length}.json`);
    await trained('mlp', ['--epochs', '2', ...argv, ...first!, '--checkpoint', kept]);
    expect(difference(whole, await trained('mlp', ['--epochs', '4', ...argv, ...then!, '--resume', kept]))).toBeLessThan(MOST);
  }
});

/** The Pythons of a run, by their numbers. */
function pythons(of: ChildProcess): Map<number, number> {
  const found = new Map<number, number>();
  for (const entry of readdirSync('/proc')) {
    if (!/^\d+$/.test(entry)) continue;
    try {
      const parent = /^PPid:\s*(\d+)/m.exec(readFileSync(`/proc/${entry}/status`, 'utf8'))?.[1];
      const line = readFileSync(`/proc/${entry}/cmdline`, 'utf8').split('\0');
      if (Number(parent) === of.pid && line[1]?.endsWith('driver.py')) found.set(Number(line[3]), Number(entry));
    } catch {
      // It has ended meanwhile.
    }
  }
  return found;
}

/** Until a checkpoint tells that steps are done. */
async function underWay(kept: string): Promise<void> {
  while (!existsSync(kept)) await new Promise((done) => setTimeout(done, 100));
}

const member = (number: number, port: number) => [
  ...together(2),
  ...['--coordinator', `127.0.0.1:${port}`, '--process-id', String(number)],
];

const ENDLESS = ['--epochs', '10000000', '--lr', '0.01'];
const keptIn = (kept: string): string[] => ['--checkpoint', kept, '--checkpoint-every', '1s'];
const port = () => 20_000 + (process.pid % 10_000) + Math.floor(performance.now() % 1000);

describe('processes', () => {
  test('one that is killed is told within 2 s', async () => {
    const kept = file('killed.json');
    const run = start('mlp', [...ENDLESS, ...together(3), ...keptIn(kept)]);
    await underWay(kept);
    run.mark();
    process.kill(pythons(run.child).get(1)!, 'SIGKILL');
    const { status, err, out, after } = await run.ended;
    expect({ status, out, err: JSON.parse(err) }).toEqual({
      status: 1,
      out: '',
      err: {
        error: {
          code: 'engine',
          message: 'process 1 of 3 was ended by SIGKILL',
          span: null,
          hint: `go on from where it was with --resume ${kept}`,
        },
      },
    });
    expect(after).toBeLessThan(2000);
  });

  test('one elsewhere that is killed, or is silent, is told within 15 s', async () => {
    for (const signal of ['SIGKILL', 'SIGSTOP'] as const) {
      const [kept, at] = [file(`gone-${signal}.json`), port()];
      const follower = start('mlp', [...ENDLESS, ...member(1, at)]);
      const leader = start('mlp', [...ENDLESS, ...member(0, at), ...keptIn(kept)]);
      await underWay(kept);
      leader.mark();
      const gone = pythons(follower.child).get(1)!;
      process.kill(gone, signal);
      const { status, err, after } = await leader.ended;
      expect(status).toBe(1);
      expect(err.trim().split('\n')).toHaveLength(1);
      expect(err).toMatch(/process 1 of 2 does not answer any more|another process of the run has ended/);
      expect(after).toBeLessThan(15_000);
      if (signal === 'SIGSTOP') process.kill(gone, 'SIGKILL');
      expect((await follower.ended).status).toBe(1);
    }
  });

  test('a coordinator that is none is told within 15 s', async () => {
    const { status, err, after } = await start('or', member(1, 9)).ended;
    expect(status).toBe(1);
    expect(err.trim().split('\n')).toHaveLength(1);
    expect(err).toContain('the 2 processes did not meet at 127.0.0.1:9 within 8 s');
    expect(after).toBeLessThan(15_000);
  });

  test.each([
    ['other options', 'or', '0.02'],
    ['another model', 'xor', '0.01'],
    ['other data', 'and', '0.01'],
  ] as const)('one that has %s is told', { timeout: 60_000 }, async (what, model, rate) => {
    const at = port();
    const leader = start('or', ['--epochs', '10', '--lr', '0.01', ...member(0, at)]);
    const follower = start(model, ['--epochs', '10', '--lr', rate, ...member(1, at)]);
    for (const run of [leader, follower]) {
      const { status, err } = await run.ended;
      expect(status).toBe(1);
      expect(err.trim().split('\n')).toHaveLength(1);
      expect(err).toContain(`process 1 of 2 has ${what} than process 0`);
    }
  });

  test.each([1, 3])('Ctrl-C ends %d of them within a second, with what there is', async (count) => {
    // What else the machine does comes in bursts: one of three must be as quick as it says.
    const times: number[] = [];
    while (times.length < 3 && !times.some((time) => time < 1000)) {
      const kept = file(`interrupted-${count}-${times.length}.json`);
      const run = start('mlp', [...ENDLESS, ...together(count), ...keptIn(kept)]);
      await underWay(kept);
      const own = [...pythons(run.child).values()];
      run.mark();
      run.child.kill('SIGINT');
      const { status, out, err, after } = await run.ended;
      expect(status).toBe(130);
      expect(JSON.parse(out)).toMatchObject({ stopped: 'aborted' });
      expect(JSON.parse(out).epochs).toBeGreaterThan(0);
      expect(err).toContain('stopped before the last epoch');
      for (const pid of own) expect(() => readlinkSync(`/proc/${pid}/exe`)).toThrow();
      times.push(after);
    }
    expect(Math.min(...times)).toBeLessThan(1000);
  });

  test('members that something else starts, the first leading', async () => {
    const at = port();
    const follower = start('mlp', [...HUNDRED, ...member(1, at)]);
    const told = await trained('mlp', [...HUNDRED, ...member(0, at)]);
    expect(difference(await own('mlp', HUNDRED), told)).toBeLessThan(MOST);
    expect(await follower.ended).toMatchObject({ status: 0, out: '', err: '' });
  });

  test('members that a scheduler starts', async () => {
    const env = (number: number) => ({
      ...{ SLURM_JOB_ID: String(port()), SLURM_STEP_NODELIST: '127.0.0.1', SLURM_NTASKS: '2', SLURM_STEP_NUM_NODES: '1' },
      ...{ SLURM_PROCID: String(number), SLURM_LOCALID: String(number) },
    });
    const first = env(0);
    const follower = start('mlp', [...HUNDRED, ...JAX], { ...env(1), SLURM_JOB_ID: first.SLURM_JOB_ID });
    const told = await trained('mlp', [...HUNDRED, ...JAX], first);
    expect(difference(await own('mlp', HUNDRED), told)).toBeLessThan(MOST);
    expect(await follower.ended).toMatchObject({ status: 0, out: '', err: '' });
  });
});

test('a Python without JAX says how to install it', async () => {
  const bare = file('bare');
  execFileSync('python3', ['-m', 'venv', '--without-pip', bare]);
  const at = join(bare, 'bin', 'python');
  const { status, err } = await start('or', [...JAX, '--python', at]).ended;
  expect(status).toBe(1);
  expect(JSON.parse(err).error).toMatchObject({ message: `JAX is not installed for ${at}`, hint: `${at} -m pip install jax` });
});
