#!/usr/bin/env node
// Stands for a Python with JAX in tests of our side: it speaks as the driver does, and computes gradient descent on
// mean((w − x)²). What it does besides, AS says: miss, fail, die, abort, hang, print, meet nobody.
import { readFileSync, writeSync } from 'node:fs';
import { join } from 'node:path';

const [folder, number] = [process.argv[3], Number(process.argv[4])];
const as = process.env.AS ?? '';
const tell = (head, data = Buffer.alloc(0)) => {
  const all = Buffer.concat([Buffer.from(`${JSON.stringify({ ...head, bytes: data.length })}\n`), data]);
  for (let at = 0; at < all.length; ) at += writeSync(3, all, at);
};
const end = (head) => {
  tell(head);
  process.exit(1);
};
const doubles = (bytes) => new Float64Array(Uint8Array.from(bytes).buffer);
const bytesOf = (numbers) => Buffer.from(Float64Array.from(numbers).buffer);

const run = JSON.parse(readFileSync(join(folder, 'run.json'), 'utf8'));
tell({ stage: 'starting' });
if (as === 'miss') end({ missing: 'jax' });
if (run.together) tell({ stage: 'joining' });
if (as === 'meet nobody' && number === 1) {
  process.stderr.write('F0101 a stack of C++\n'.repeat(50));
  process.abort();
}
tell({ stage: 'preparing' });
const npy = readFileSync(join(folder, run.data[0].file));
const x = doubles(npy.subarray(10 + npy.readUInt16LE(8)));
const everything = Array.from(x.keys());
if (as === 'print') {
  process.stdout.write('[Gloo] Rank 0 is connected to 0 peer ranks\n');
  process.stderr.write('a warning\n');
}
tell({ ready: true, devices: 1, processes: run.processes });

let w = 0;
let rate = run.settings['learning rate'];
let steps = 0;
const mean = (rows, of) => rows.reduce((sum, row) => sum + of(x[row]), 0) / rows.length;
const cost = (rows) => mean(rows, (value) => (w - value) ** 2);
const step = (rows) => {
  const before = cost(rows);
  w -= rate * 2 * mean(rows, (value) => w - value);
  steps++;
  return before;
};

/** Steps until a cost is not finite. */
const walked = (all) => {
  const costs = [];
  for (const rows of all) {
    costs.push(step(rows));
    if (!Number.isFinite(costs.at(-1))) break;
  }
  return costs;
};

const commands = {
  put: (_, data) => {
    [w] = doubles(data);
    return [];
  },
  get: () => [w],
  rate: ({ value }) => {
    rate = value;
    return [];
  },
  cost: () => [cost(everything)],
  run: ({ steps: count }) => walked(Array.from({ length: count }, () => everything)),
  batches: ({ size }, data) => {
    const rows = new Uint32Array(Uint8Array.from(data).buffer);
    return walked(Array.from({ length: rows.length / size }, (_, k) => [...rows.subarray(k * size, (k + 1) * size)]));
  },
};

let received = Buffer.alloc(0);
process.stdin.on('data', (chunk) => {
  received = Buffer.concat([received, chunk]);
  for (;;) {
    const at = received.indexOf(10);
    if (at < 0) return;
    const head = JSON.parse(received.subarray(0, at).toString());
    if (received.length < at + 1 + head.bytes) return;
    const data = received.subarray(at + 1, at + 1 + head.bytes);
    received = received.subarray(at + 1 + head.bytes);
    if (head.do === 'end') process.exit(0);
    const answer = commands[head.do](head, data);
    const late = steps > 40;
    if (as === 'hang' && late) return;
    if (as === 'fail' && late) end({ error: 'XlaRuntimeError: RESOURCE_EXHAUSTED: Out of memory' });
    if (as === 'die' && late) process.kill(process.pid, 'SIGKILL');
    tell({ done: head.do }, bytesOf(answer));
  }
});
process.stdin.on('end', () => process.exit(1));
if (as === 'second dies' && number === 1) setTimeout(() => process.kill(process.pid, 'SIGKILL'), 300);
