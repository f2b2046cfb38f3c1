import { expect, test } from 'vitest';
import { Trail } from '../../page/src/worker/trail.ts';
import { lead } from '../../src/descend/leading.ts';
import { elaborate } from '../../src/elaborate/elaborate.ts';
import { parse } from '../../src/language/parser.ts';

const SOURCE = 'data x : [4] = [1, 2, 3, 4], y : [4] = [2, 4, 6, 8]\nparam w = 0, b = 0\nminimize C = mean((w*x + b - y).^2)\n';
const EVER = Number.POSITIVE_INFINITY;

/** The way of a run that goes on to these epochs, for so many milliseconds at once. */
async function way(stops: readonly number[], milliseconds = EVER): Promise<number[][]> {
  const led = lead(elaborate(parse(SOURCE)), {}, { lr: 0.05, epochs: 400 });
  const trail = new Trail(led);
  for (const stop of stops) while (led.epochs < stop) await trail.goOn(stop, performance.now() + milliseconds);
  led.release();
  return trail.places.map((place) => [...place.values()].flatMap((numbers) => [...Array.from(numbers)]));
}

test('the way of a run is the same, however it is watched', async () => {
  const whole = await way([400]);
  expect(whole.length).toBeGreaterThan(80);
  expect(await way([400], 2)).toEqual(whole);
  expect(await way([1, 2, 150, 151, 400])).toEqual(whole);
});

test('each of its first steps is there, and the place where it is', async () => {
  const [few, more] = [await way([7]), await way([399])];
  expect(few.length).toBe(8);
  expect(more.slice(0, 7)).toEqual(few.slice(0, 7));
  expect(more.at(-1)).not.toEqual(more.at(-2));
});

test('of a model with very many numbers no way is kept', async () => {
  const led = lead(elaborate(parse('param W : [100, 100] = 1\nminimize sum(W.^2)')), {}, { lr: 0.1, epochs: 10 });
  const trail = new Trail(led);
  await trail.goOn(5, EVER);
  expect(led.epochs).toBe(5);
  expect(trail.places).toEqual([]);
  led.release();
});
