import { expect, test } from 'vitest';
import { costs, gradus } from '../app/harness.ts';
import { commandsOf, dataOf, folder, NOTHING_AMISS, names } from './folder.ts';

/** No example diverges as it is shipped: neither by the commands in its comment nor without options. */

/** Of those whose epochs take long, by plain descent, fewer are run here. */
const FEWER: Readonly<Record<string, readonly string[]>> = { 'data/digits': ['--epochs', '10'] };

async function learns(argv: readonly string[]): Promise<void> {
  const { status, out, err } = await gradus([...argv, '--quiet']);
  expect(err).toMatch(NOTHING_AMISS);
  expect(status).toBe(0);
  const [before, after] = costs(out) as [number, number];
  expect(after).toBeLessThan(before);
}

test.each(names)('%s, without options', async (name) => {
  await learns(['train', `${folder}${name}.grad`, ...dataOf(name), ...(FEWER[name] ?? [])]);
});

// The others are run so beside their figures.
const proposals = names.flatMap((name) =>
  name.startsWith('models/') ? commandsOf(name).map((argv) => [name, argv.slice(2).join(' '), argv] as const) : [],
);

test.each(proposals)('%s %s', async (_, __, argv) => {
  await learns(argv);
});
