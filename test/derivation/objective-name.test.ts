import { expect, test } from 'vitest';
import { derive } from '../../src/index.ts';

/** An objective that is a name is called by it; one that has none gets a name that the source does not use. */
test.each([
  ['param x = 2\nL = x^2\nminimize L', 'L'],
  ['param x = 2\nL = x^2\nL', 'L'],
  ['param x = 2\nminimize Cost = x^2', 'Cost'],
  ['param x = 2\nx^2', 'f'],
  ['param x = 2\nf = x^2\nf^2 + x', 'F'],
  ['param x = 2\nf = x^2\nF = f\nF^2 + x', 'J'],
])('%s', (source, name) => {
  const derivation = derive(source);
  expect(derivation.name).toBe(name);
  expect(derivation.toText().match(new RegExp(`^${name} += `, 'gm'))).toHaveLength(1);
});
