import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join, relative, resolve } from 'node:path';
import { expect, test } from 'vitest';

/** Data flow one way: a folder may import from those before it in this list, and from itself. */
const ORDER = [
  'language',
  'graph',
  'operators',
  'facts',
  'simplify',
  'differentiate',
  'stabilise',
  'model',
  'elaborate',
  'reading',
  'derivation',
  'render',
  'compile',
  'numeric',
  'data',
  'verify',
  'descend',
  'export',
  'parallel',
  'options',
  'api',
  'mathjs',
  'report',
  'session',
  'app',
];

/** A record in the graph holds its operator, and an operator's rules build graphs: these two know each other's types. */
const TYPES_ONLY = new Set(['graph → operators']);

const root = resolve('src');
const files = readdirSync(root, { recursive: true, encoding: 'utf8' }).filter((f) => f.endsWith('.ts') && f.includes('/'));

test.each(files)('%s imports only from stages before its own', (file) => {
  const own = file.split('/')[0]!;
  expect(ORDER).toContain(own);
  const text = readFileSync(join(root, file), 'utf8');
  for (const [, clause, target] of text.matchAll(/import\s+((?:type\s)?[^;]*?)\s+from\s+'(\.[^']+)'/g)) {
    const stage = relative(root, resolve(root, dirname(file), target!)).split('/')[0]!;
    if (TYPES_ONLY.has(`${own} → ${stage}`)) expect(clause, `${file} may import types only from ${stage}`).toMatch(/^type\s/);
    else expect(ORDER.indexOf(stage), `${file} imports ${target}`).toBeLessThanOrEqual(ORDER.indexOf(own));
  }
});

/** What touches a machine: files, terminals, processes. */
const MACHINE = /from 'node:|import\('node:|\bprocess\.|from '(picocolors|cli-progress|cac)'/;

/** What answers at once loads what it needs itself, where there are modules to load: KaTeX, what compiles, threads. */
const LOADS = new Set(['render/katex.ts', 'compile/targets/native/index.ts', 'compile/targets/wasm/crew.ts']);

test.each(files.filter((file) => !file.startsWith('app/') && !LOADS.has(file)))('%s touches no machine', (file) => {
  expect(readFileSync(join(root, file), 'utf8')).not.toMatch(MACHINE);
});

/** What a file needs when it is run; types are gone by then. */
function neededBy(file: string): string[] {
  const text = readFileSync(join(root, file), 'utf8');
  return [...text.matchAll(/^(?:import|export)\s+(?!type\b)([^;'"]*?)from\s+'(\.[^']+)'/gm)]
    .filter(([, clause]) => !/^\{(\s*type\s+[^,}]+,?)+\s*\}\s*$/.test(clause!))
    .map(([, , target]) => relative(root, resolve(root, dirname(file), target!)));
}

test('no files need each other in a circle when they are run', () => {
  const needs = new Map(files.map((file) => [file, neededBy(file)]));
  const done = new Set<string>();
  const circles: string[] = [];
  const visit = (file: string, path: readonly string[]): void => {
    const at = path.indexOf(file);
    if (at >= 0) circles.push([...path.slice(at), file].join(' → '));
    if (at >= 0 || done.has(file)) return;
    for (const other of needs.get(file) ?? []) visit(other, [...path, file]);
    done.add(file);
  };
  for (const file of files) visit(file, []);
  expect(circles).toEqual([]);
});

/** What would bring all of the engine into a browser, or touch a machine. */
const NOT_FOR_PAGES = /^(?:app\/|index\.ts|native\.ts|api\/(?:derivation|derive|train|check)\.ts)/;
const pages = readdirSync('page/src', { recursive: true, encoding: 'utf8' }).filter((f) => /\.tsx?$/.test(f));

test.each(pages)('page/src/%s imports what a browser may load', (file) => {
  const text = readFileSync(join('page/src', file), 'utf8');
  for (const [, clause, target] of text.matchAll(/import\s+((?:type\s)?[^;]*?)\s+from\s+'(\.[^']+)'/g)) {
    const own = relative(root, resolve('page/src', dirname(file), target!));
    if (!own.startsWith('..') && !clause!.startsWith('type')) expect(own, `${file} imports ${target}`).not.toMatch(NOT_FOR_PAGES);
  }
});
