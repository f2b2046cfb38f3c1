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
  'derivation',
  'render',
  'compile',
  'numeric',
  'verify',
  'descend',
  'options',
  'api',
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
