import { describe, expect, test } from 'vitest';
import { checksProducts, goesOn, linesHold, namesAreKnown, oneRuleEach } from './classics/checks.ts';
import { models } from './classics/models.ts';
import { scalars } from './classics/scalars.ts';
import { derived, verdicts } from './classics/verdict.ts';

/** The derivations of every course, each beside what a book has, and what holds for each of them. */
describe.each([...models, ...scalars])('$name', (classic) => {
  const derivation = derived(classic);

  test('is what the book has, and reads as it was found right', async () => {
    const said = await verdicts(classic, derivation);
    for (const verdict of said) expect(verdict).not.toMatch(/differs/);
    const front = [classic.source.trim(), `# ${classic.book}`, ...said.map((verdict) => `# ${verdict}`)];
    expect(`${front.join('\n')}\n\n${derivation.toText({ detail: 'full' })}`).toMatchSnapshot();
  });

  test('applies one rule a step', () => oneRuleEach(derivation));
  test('checks the dimensions of products, and of nothing else', () => checksProducts(derivation));
  test('goes on from what it has found', () => goesOn(derivation));
  test('speaks of nothing that it has not named', () => namesAreKnown(derivation));
  test('holds line by line', () => linesHold(classic.source, derivation));
});
