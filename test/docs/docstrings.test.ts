import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import * as api from '../../src/index.ts';
import { root } from '../support/snippets.ts';

/** What stands behind `@example` in a docstring runs, and gives what its comments say. */

interface Docstring {
  readonly file: string;
  /** What the docstring is of. */
  readonly name: string;
  readonly text: string;
}

const folder = join(root, 'src/api');
const examples: readonly Docstring[] = readdirSync(folder).flatMap((file) =>
  [
    ...readFileSync(join(folder, file), 'utf8').matchAll(
      /\/\*\*((?:(?!\*\/).)*?) \* @example\n(.*?) \*\/\nexport (?:async )?function (\w+)/gs,
    ),
  ].map(([, , body, name]) => ({ file, name: name!, text: body!.replace(/^ \* ?/gm, '').trim() })),
);

/** An expression whose value a comment tells. */
const TOLD = /^(.*); \/\/ (.*)$/;

describe('the examples in docstrings', () => {
  it.each(['derive', 'compile', 'train', 'check'])('%s has one', (name) => {
    expect(examples.map((example) => example.name)).toContain(name);
  });

  it.each(examples.map((example) => [example.name, example] as const))('%s', async (_, { text }) => {
    const lines = text.split('\n');
    expect(lines.some((line) => TOLD.test(line))).toBe(true);
    const body = lines.map((line) => {
      const [, expression, value] = TOLD.exec(line) ?? [];
      return expression === undefined ? line : `held(${expression}, ${JSON.stringify(value)});`;
    });
    const held = (found: unknown, value: string) =>
      expect(typeof found === 'string' ? found : JSON.stringify(found)?.replaceAll(',', ', ')).toBe(value);
    await new Function('held', ...Object.keys(api), `return (async () => {${body.join('\n')}})()`)(held, ...Object.values(api));
  });
});
