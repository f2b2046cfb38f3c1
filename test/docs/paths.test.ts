import { existsSync, readFileSync } from 'node:fs';
import { expect, test } from 'vitest';

/** Files and folders that a text names: `src/api/derive.ts`, `test/docs`; below src in the design, `api/derive.ts`. */
const named = (text: string): string[] => [
  ...new Set([...text.matchAll(/`((?:src|page|test|examples|grammar|docs)\/[\w./-]*\w)`/g)].map(([, path]) => path!)),
];
const below = (text: string): string[] => [
  ...new Set(
    [...text.matchAll(/`([a-z]+\/[\w./-]+\.ts)`/g)].map(([, path]) => path!).filter((path) => !/^(src|test|page)\//.test(path)),
  ),
];

test.each(['docs/map.md', 'docs/design.md', 'CONTRIBUTING.md', 'README.md'])('what %s names is there', (file) => {
  const text = readFileSync(file, 'utf8');
  expect(named(text).filter((path) => !existsSync(path))).toEqual([]);
  expect(below(text).filter((path) => !existsSync(`src/${path}`))).toEqual([]);
});
