import { execFileSync, spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { dialects } from '../../src/export/index.ts';
import { type DialectName, dialectNames } from '../../src/export/names.ts';
import { exportedOf } from './c-exported.ts';
import { FLAGS } from './c-run.ts';
import { ownPython } from './python-run.ts';

/** What people write in comments, and what would end or lengthen those of some language. */
const ODD = [
  '\\xi is the noise, C:\\Users\\new, \\N{x}',
  'he said """',
  '""""""" and \\"""',
  'a""";import os;os.system("echo INJECTED");"""',
  "it's '''quoted'''",
  'ends in a backslash \\',
  'ends in several \\\\\\',
  'a trigraph ??/',
  'ends here */ int x = 1; /*',
  'turned round \u202e and back \u202c, a line\u2028of its own, null \u0000, \u000b, \u0085, \ufeff',
  'coding: latin-1',
  '# -*- coding: latin-1 -*-',
  `\${process.exit(1)} \`quoted\``,
  '%s %d {0} {name}',
  `${'😀'.repeat(150)}`,
  'noqa: F821',
];

const SOURCES = [
  ...ODD.map((odd) => `# ${odd}\nparam w = 2, θ : [2] = [1, 2]\nz = w*θ\nminimize L = sum(z.^2)`),
  ...ODD.map((odd) => `param w = 2, θ : [2] = [1, 2]\nz = (w* # ${odd}\n  θ)\nminimize L = sum(z.^2) # ${odd}`),
  `# ${ODD.join('\r\n# ')}\r\nparam w = 2\rminimize L = w^2`,
];

/** What is said of all files by the program that reads the language. */
const COMPLAINTS: Readonly<Record<DialectName, (files: readonly string[]) => string>> = {
  numpy: (files) => spawnSync(ownPython(), ['-W', 'error', '-m', 'py_compile', ...files], { encoding: 'utf8' }).stderr,
  jax: (files) => COMPLAINTS.numpy(files),
  torch: (files) => COMPLAINTS.numpy(files),
  js: (files) => files.map((file) => spawnSync(process.execPath, ['--check', file], { encoding: 'utf8' }).stderr).join(''),
  c: (files) => {
    const units = files.filter((file) => file.endsWith('.c'));
    return units
      .map(
        (file) => spawnSync('cc', [...FLAGS, '-Wcomment', '-fsyntax-only', '-DGRADUS_MAIN', file], { encoding: 'utf8' }).stderr,
      )
      .join('');
  },
};

async function inFolder<T>(
  dialect: DialectName,
  source: string,
  use: (files: readonly string[], folder: string) => T,
): Promise<T> {
  const folder = mkdtempSync(join(tmpdir(), 'gradus-comments-'));
  try {
    const texts = Object.entries(await dialects[dialect].files(exportedOf(source)));
    const files = texts.map(([name, text]) => {
      const path = join(folder, name.replace(/\.js$/, '.mjs'));
      writeFileSync(path, text);
      return path;
    });
    return use(files, folder);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

test.each(dialectNames)('no comment of a source is code in %s', async (dialect) => {
  for (const source of SOURCES) expect(await inFolder(dialect, source, COMPLAINTS[dialect]), source).toBe('');
});

test.each(['numpy', 'js', 'c'] as const)('a program with odd comments does what it does without them in %s', async (dialect) => {
  const source = SOURCES.at(-1)!;
  const said = await inFolder(dialect, source, (files, folder) => {
    const [main] = files.filter((file) => !file.endsWith('.h'));
    if (dialect === 'c') execFileSync('cc', [...FLAGS, '-DGRADUS_MAIN', main!, '-lm', '-o', join(folder, 'm')]);
    const command = { numpy: [ownPython(), main!], js: [process.execPath, main!], c: [join(folder, 'm')] }[dialect];
    return spawnSync(command[0]!, command.slice(1), { encoding: 'utf8' });
  });
  expect([said.stderr, Number(said.stdout.replace('L = ', ''))]).toEqual(['', 4]);
});

test('Python has a comment as it was written', async () => {
  const source = `# ${ODD.slice(0, 4).join('\n# ')}\nparam w = 2\nminimize L = w^2`;
  const docs = await inFolder('numpy', source, ([file]) => {
    const ask = 'import ast, sys; print(ast.get_docstring(ast.parse(open(sys.argv[1]).read())))';
    return execFileSync(ownPython(), ['-c', ask, file!], { encoding: 'utf8' });
  });
  expect(docs.replace(/\s+/g, ' ')).toContain(ODD.slice(0, 4).join(' '));
});
