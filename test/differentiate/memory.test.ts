import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { expect, it } from 'vitest';
import { compile, derive } from '../../src/index.ts';

setFlagsFromString('--expose-gc');
const collect = runInNewContext('gc') as () => void;

const heap = (): number => {
  collect();
  collect();
  return process.memoryUsage().heapUsed;
};

const shapes = { W: [1, 2], X: [2, 'm'], Y: [1, 'm'] };

/** One of each kind of work, its names different every time, so that nothing remembered could be used again. */
function work(k: number): void {
  const d = derive(`sum((σ(W*X + b${k}) - Y).^2)/(2m) + ${k}*x${k}^2`, ['W', `b${k}`], { shapes });
  d.toText();
  d.partials.W!.toLatex();
  d.compile().gradient({ W: [[1, 2]], X: [[1], [k]], Y: [[1]], [`b${k}`]: 1, [`x${k}`]: 2 });
  compile(`tanh(y${k})`)({ [`y${k}`]: 1 });
}

it('deriving in a loop keeps nothing', { timeout: 60_000 }, () => {
  const rounds = 200;
  let k = 0;
  const span = (count: number): void => {
    for (const end = k + count; k < end; k++) work(k);
  };
  const growth = (): number => {
    const before = heap();
    span(2 * rounds);
    return heap() - before;
  };
  span(rounds);
  // A graph of this model takes some 30 kB: were one kept in each round, this would be 12 MB each time; what is compiled late
  // by the machine grows once.
  expect(Math.min(growth(), growth())).toBeLessThan(2e6);
});
