import { readFileSync } from 'node:fs';
import { bench, describe } from 'vitest';
import { train } from '../../src/api/train.ts';

const source = readFileSync(new URL('../../examples/xor-hidden.grad', import.meta.url), 'utf8');
let run = 0;

/** To compare with the loop by hand in xor.bench.ts. */
describe('XOR 2-3-1, 5000 epochs by train()', () => {
  bench('a source that was trained before', async () => {
    await train(source, {}, { epochs: 5000, lr: 1 });
  });

  bench('a new source: read, derived and compiled too', async () => {
    await train(`${source}\n# ${run++}`, {}, { epochs: 5000, lr: 1 });
  });
});
