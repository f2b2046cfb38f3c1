import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import type { KatexFiles } from '../report/fonts.ts';

const fileOf = (name: string): string => join(dirname(createRequire(import.meta.url).resolve('katex/dist/katex.min.css')), name);

/** KaTeX's files as they are installed here. */
export const katexFiles: KatexFiles = {
  text: (name) => readFile(fileOf(name), 'utf8'),
  base64: (name) => readFile(fileOf(name), 'base64'),
};
