// Writes the kernels of functions as texts of JavaScript, for programs that are handed on: npm run grammar
import { readdirSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';

const folder = fileURLToPath(new URL('../../operators/kernels/', import.meta.url));
const target = fileURLToPath(new URL('kernels.generated.ts', import.meta.url));

const contents = readdirSync(folder)
  .map((file) => `export * from './${file}';`)
  .join('\n');
const { outputFiles } = await build({
  stdin: { contents, resolveDir: folder, loader: 'ts' },
  bundle: true,
  write: false,
  format: 'esm',
  target: 'es2022',
  charset: 'utf8',
  logLevel: 'warning',
});

// Each statement begins at the start of a line; what is exported stands at the end.
const statements = outputFiles[0].text
  .replace(/^export \{[\s\S]*$/m, '')
  .replace(/^\/\/.*\n/gm, '')
  .split(/\n(?=(?:function|var|async|class) )/)
  .map((text) => text.trim())
  .filter((text) => text !== '');
const declared = new Map(statements.map((text) => [/^(?:function|var) ([\w$]+)/.exec(text)[1], text.replace(/^var /, 'const ')]));
const entries = [...declared].map(([name, text]) => {
  const words = new Set(text.match(/[\w$]+/g));
  const needs = [...declared.keys()].filter((other) => other !== name && words.has(other));
  return `  ${name}: { text: ${JSON.stringify(text)}, needs: ${JSON.stringify(needs)} },`;
});
writeFileSync(
  target,
  `// Made by build-kernels.mjs from src/operators/kernels.
export const KERNELS: Readonly<Record<string, { readonly text: string; readonly needs: readonly string[] }>> = {
${entries.join('\n')}
};
`,
);
