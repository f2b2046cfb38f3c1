import { expect, it } from 'vitest';
import { derive, hessian } from '../../src/index.ts';
import { type Case, cases } from '../support/peers.ts';
import { code, number, table } from './reference/markdown.ts';

/** docs/others-open-issues.md is made of the cases that test/peers.test.ts runs. */

function here({ f, by, shapes = {}, second, at }: Case): string {
  const partial = second ? hessian(f, by, { shapes }) : derive(f, by, { shapes }).partial;
  const text = partial.toString();
  const formula = text.length > 60 ? '' : code(text);
  if (!at) return formula;
  const slope = partial.evaluate(at.point as never) as unknown;
  const numbers = typeof slope === 'number' ? slope : (slope as { toArray(): unknown }).toArray();
  const point = Object.entries(at.point).map(([name, x]) => `${name} = ${number(x)}`);
  return [formula, `${number(numbers)} at ${point.join(', ')}`].filter(Boolean).join('<br>');
}

const withoutVersion = (system: string): string => system.replace(/ [\d.]+$|, once$/, '');

function pageText(): string {
  const systems = [...new Set(cases.map(([, { system }]) => withoutVersion(system)))];
  const parts = systems.map((name) => {
    const own = cases.filter(([, { system }]) => withoutVersion(system) === name);
    const rows = own.map(([title, c]) => [
      title,
      code(c.f),
      c.second ? `twice by ${code(c.by)}` : `by ${code(c.by)}`,
      `${c.gave} (${c.system}${c.issue ? `, issue ${c.issue}` : ''})`,
      here(c),
    ]);
    return `## ${name === 'a tracker' ? 'Expected by those who asked' : name}\n\n${table(['what', 'of', 'derived', 'there', 'here'], rows)}`;
  });
  return `# What others have open

Derivatives that other systems gave wrong, not at all, or as NaN: at the version that is named, or by the issue of that number in
their public tracker, some of them closed since. The last column is what this engine gives; \`test/peers.test.ts\` holds each one
against differences and against what is right. The page is made from those cases by \`npm run docs\`.

${parts.join('\n\n')}
`;
}

it('docs/others-open-issues.md is what the cases give: npm run docs writes it', async () => {
  await expect(pageText()).toMatchFileSnapshot('../../docs/others-open-issues.md');
});
